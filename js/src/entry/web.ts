// Browsers: the engine is fetched from beside this module, unless the application hands it over.
import { ScrublineError } from "../errors.js";
import type { Source } from "../source.js";
import { current, settle as settleWaiting, use } from "../wasm.js";

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
  if (current !== undefined) return;
  try {
    const module = source.module ?? (await compile(source));
    if (current === undefined) use(module);
  } catch {
    throw new ScrublineError("init.load", "", "init.load: the engine could not be loaded from there");
  }
  settle.resolve();
}

/**
 * As `init`, at once.
 * @throws {ScrublineError} `init.load` where there is no engine
 */
export function initSync({ module, bytes }: { module?: object; bytes?: ArrayBuffer | Uint8Array }): void {
  asked = true;
  if (current !== undefined) return;
  try {
    use(module ?? new WebAssembly.Module(bytes as BufferSource));
  } catch {
    throw new ScrublineError("init.load", "", "init.load: this is not the engine");
  }
  settle.resolve();
}

async function compile({ bytes, url }: Source): Promise<WebAssembly.Module> {
  if (bytes !== undefined) return WebAssembly.compile(bytes as BufferSource);
  const response = await fetch(url ?? new URL("../wasm/scrubline.wasm", import.meta.url));
  if (response.headers.get("content-type") === "application/wasm") return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

// after the modules that are loading now, so that one of them may call `init` first
queueMicrotask(() => {
  if (asked) return;
  init().catch((reason: unknown) => {
    settle.reject(reason);
    settleWaiting();
  });
});
