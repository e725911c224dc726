// Browsers, their workers, and hosts that no other entry knows: the engine is fetched from beside this module, unless the
// application hands it over.
import { load, loadSync, type Source } from "../source.js";
import { settle as settleWaiting } from "../wasm.js";

export * from "../index.js";
export type { Source } from "../source.js";

let settle: { resolve: () => void; reject: (reason: unknown) => void };
let asked = false;

/** Resolves when the engine is loaded, rejects when the default place has none. Until then redacting calls answer `[REDACTED:error]`. */
export const ready: Promise<void> = new Promise((resolve, reject) => {
  settle = { resolve, reject };
});
// whoever awaits it sees the reason; nobody must
ready.catch(() => undefined);

/**
 * Loads the engine from elsewhere than from beside this module. Called while the application's modules load, it replaces the default.
 * @throws {ScrublineError} `init.load` where there is no engine, as a rejection
 */
export async function init(source: Source = {}): Promise<void> {
  asked = true;
  const given = source.module ?? source.bytes ?? source.url;
  await load(given === undefined ? { url: new URL("../wasm/scrubline.wasm", import.meta.url) } : source);
  settle.resolve();
}

/**
 * As `init`, at once, with what is compiled or read already.
 * @throws {ScrublineError} `init.load` where there is no engine
 */
export function initSync(source: Omit<Source, "url">): void {
  asked = true;
  loadSync(source);
  settle.resolve();
}

// after the modules that are loading now, so that one of them may call `init` first
queueMicrotask(() => {
  if (asked) return;
  init().catch((reason: unknown) => {
    settle.reject(reason);
    settleWaiting();
  });
});
