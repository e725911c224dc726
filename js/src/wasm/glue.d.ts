// What scripts/build.js makes of wasm-bindgen's glue: a function, so that a trapped instance can be replaced.
import type { Core, Flow, Lines } from "../../pkg/scrubline_wasm.js";

export type { Core, Flow, Lines };

/** One instance of the engine with its classes and memory. */
export interface Glue {
  readonly Core: typeof Core;
  readonly Lines: typeof Lines;
  readonly memory: { readonly buffer: ArrayBuffer };
}

/** Instantiates a compiled module, synchronously. */
export function instantiate(module: object): Glue;
