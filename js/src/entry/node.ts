// Node: the engine is read from disk.
import { AsyncLocalStorage } from "node:async_hooks";
import { readFileSync } from "node:fs";

import { supplyStorage } from "../context.js";
import { atHand } from "../source.js";

export * from "../index.js";
export { init, initSync } from "./hand.js";
export type { Source } from "../source.js";

supplyStorage(AsyncLocalStorage);

/** Resolved: there is nothing to wait for. */
export const ready: Promise<void> = atHand(() => new WebAssembly.Module(readFileSync(new URL("../wasm/scrubline.wasm", import.meta.url))));
