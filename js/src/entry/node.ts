// Node and what is like it: the engine is read from disk and compiled when the first redactor is made, with no wait.
import { AsyncLocalStorage } from "node:async_hooks";
import { readFileSync } from "node:fs";

import { supplyStorage } from "../context.js";
import { ScrublineError } from "../errors.js";
import type { Source } from "../source.js";
import { supply } from "../wasm.js";

export * from "../index.js";
export type { Source } from "../source.js";

supplyStorage(AsyncLocalStorage);

supply(() => {
  try {
    return new WebAssembly.Module(readFileSync(new URL("../wasm/scrubline.wasm", import.meta.url)));
  } catch {
    throw new ScrublineError("init.load", "", "init.load: the engine could not be read from the package");
  }
});

/** Resolved: there is nothing to wait for. */
export const ready: Promise<void> = Promise.resolve();

/** For code that is shared with browsers; there is nothing to load. */
export function init(_source?: Source): Promise<void> {
  return ready;
}

/** For code that is shared with browsers; there is nothing to load. */
export function initSync(_source?: Source): void {}
