// Vercel's edge runtime: as in Workers, with the suffix by which its bundlers know a module that is to be compiled.
import { atHand } from "../source.js";
import module from "../wasm/scrubline.wasm?module";

export * from "../index.js";
export { init, initSync } from "./hand.js";
export type { Source } from "../source.js";

/** Resolved: there is nothing to wait for. */
export const ready: Promise<void> = atHand(() => module);
