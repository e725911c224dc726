import { ScrublineError } from "./errors.js";
import { current, supply, use } from "./wasm.js";
import { instantiate } from "./wasm/glue.js";

/** Where the engine comes from: a compiled `WebAssembly.Module`, its bytes, or where to fetch it. One of them. */
export interface Source {
  readonly module?: object | undefined;
  readonly bytes?: ArrayBuffer | Uint8Array | undefined;
  readonly url?: string | URL | undefined;
}

/** For hosts where the engine is at hand: it is compiled when the first redactor is made. Answers `ready`. */
export function atHand(compile: () => object): Promise<void> {
  supply(() => {
    const module = loaded(compile, "init.load: the engine could not be read from the package");
    return () => instantiate(module);
  });
  return Promise.resolve();
}

/**
 * Loads the engine from where the application says, unless it is there already.
 * @throws {ScrublineError} `init.load` where there is no engine, as a rejection
 */
export async function load(source: Source): Promise<void> {
  if (current !== undefined) return;
  try {
    const module = source.module ?? (await compile(source));
    if (current === undefined) use(() => instantiate(module));
  } catch {
    throw new ScrublineError("init.load", "", "init.load: no engine there");
  }
}

/**
 * As `load`, at once.
 * @throws {ScrublineError} `init.load` where there is no engine
 */
export function loadSync({ module, bytes }: Omit<Source, "url">): void {
  if (current !== undefined) return;
  loaded(() => {
    const compiled = module ?? new WebAssembly.Module(bytes as BufferSource);
    use(() => instantiate(compiled));
  }, "init.load: no engine there");
}

async function compile({ bytes, url }: Source): Promise<WebAssembly.Module> {
  if (bytes !== undefined) return WebAssembly.compile(bytes as BufferSource);
  const response = await fetch(url as string | URL);
  if (response.headers.get("content-type") === "application/wasm") return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

function loaded<T>(attempt: () => T, message: string): T {
  try {
    return attempt();
  } catch {
    throw new ScrublineError("init.load", "", message);
  }
}
