// Node: the engine is read from disk.
import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";

import { supplyStorage } from "../context.js";
import { atHand } from "../source.js";

export * from "../index.js";
export { init, initSync } from "./hand.js";
export type { Source } from "../source.js";

supplyStorage(AsyncLocalStorage);

/** Resolved: there is nothing to wait for. */
export const ready: Promise<void> = atHand(() => {
  // an `import` of it would load all that it exports, longer than this package takes; a `require` of one's own takes half a millisecond
  const { readFileSync } = process.getBuiltinModule?.("node:fs") ?? (createRequire(import.meta.url)("node:fs") as typeof import("node:fs"));
  return new WebAssembly.Module(readFileSync(new URL("../wasm/scrubline.wasm", import.meta.url)));
});
