// Deno, which may have no permission to read, Bun, and what bundlers make for Node: the engine is part of the code.
import { AsyncLocalStorage } from "node:async_hooks";
import { Buffer } from "node:buffer";
import { inflateRawSync } from "node:zlib";

import { supplyStorage } from "../context.js";
import { atHand } from "../source.js";
import { deflated } from "../wasm/embedded.js";

export * from "../index.js";
export { init, initSync } from "./hand.js";
export type { Source } from "../source.js";

supplyStorage(AsyncLocalStorage);

/** Resolved: there is nothing to wait for. */
export const ready: Promise<void> = atHand(() => new WebAssembly.Module(inflateRawSync(Buffer.from(deflated, "base64"))));
