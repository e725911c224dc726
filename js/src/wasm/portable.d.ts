import type { Glue } from "./glue.js";

/** Makes an instance of the engine that wasm2js wrote, which has no globals but these. Written by scripts/build.js. */
export function instantiate(encoder: typeof TextEncoder, decoder: typeof TextDecoder): Glue;
