import type { Glue } from "./glue.js";

/** Makes an instance of the engine that wasm2js wrote. Written by scripts/build.js. */
export function instantiate(): Glue;
