// Node and what is like it: the engine is read from disk and compiled while this module loads.
import { readFileSync } from "node:fs";

import type { Source } from "../source.js";
import { use } from "../wasm.js";

export * from "../index.js";
export type { Source } from "../source.js";

use(new WebAssembly.Module(readFileSync(new URL("../wasm/scrubline.wasm", import.meta.url))));

/** Resolved: the engine was loaded with this module. */
export const ready: Promise<void> = Promise.resolve();

/** For code that is shared with browsers; the engine is there already. */
export function init(_source?: Source): Promise<void> {
  return ready;
}

/** For code that is shared with browsers; the engine is there already. */
export function initSync(_source?: Source): void {}
