// Cloudflare Workers: the engine is imported as a compiled module, as these hosts compile nothing while they run.
import { atHand } from "../source.js";
import module from "../wasm/scrubline.wasm";

export * from "../index.js";
export { init, initSync } from "./hand.js";
export type { Source } from "../source.js";

/** Resolved: there is nothing to wait for. */
export const ready: Promise<void> = atHand(() => module);
