// Hosts without WebAssembly, such as Hermes, or a page whose content security policy forbids it: the same engine as JavaScript.
import type { Source } from "../source.js";
import { supply } from "../wasm.js";
import { instantiate } from "../wasm/portable.js";

export * from "../index.js";
export type { Source } from "../source.js";

supply(() => () => instantiate(TextEncoder, TextDecoder));

/** Resolved: there is nothing to wait for. */
export const ready: Promise<void> = Promise.resolve();

/** For code that is shared with other hosts; there is nothing to load. */
export function init(_source?: Source): Promise<void> {
  return ready;
}

/** For code that is shared with other hosts; there is nothing to load. */
export function initSync(_source?: Omit<Source, "url">): void {}
