/**
 * What the records of one request or task have in common: the correlation id, the trace, and for whom it runs (school, user
 * and role, or whatever names an application has). Events take it as their fields.
 */
export interface Context {
  /** Joins the records of one request or task. */
  readonly correlation_id?: string | undefined;
  /** Trace of the request, 32 hexadecimal digits (W3C Trace Context). */
  readonly trace_id?: string | undefined;
  /** Span of the request, 16 hexadecimal digits. */
  readonly span_id?: string | undefined;
  readonly [name: string]: unknown;
}

interface Storage {
  getStore(): Context | undefined;
  run<T>(store: Context, body: () => T): T;
}

type StorageClass = new () => Storage;

const EMPTY: Context = /* @__PURE__ */ Object.freeze({});

/** For hosts that do not follow a task: the context ends where the function returns, so that no other task can see it. */
class Stack implements Storage {
  #top: Context | undefined;

  getStore(): Context | undefined {
    return this.#top;
  }

  run<T>(store: Context, body: () => T): T {
    const before = this.#top;
    this.#top = store;
    try {
      return body();
    } finally {
      this.#top = before;
    }
  }
}

/** Every subpath of the package has a copy of this module; the context is one for all. */
const SHARED = Symbol.for("scrubline.context");
const shared = globalThis as { [SHARED]?: Storage };

interface Host {
  /** A global of the edge runtimes of Vercel and Next.js. */
  AsyncLocalStorage?: StorageClass;
  /** Node from 20.16, Deno, Bun, and workerd with `nodejs_compat`: a look at a built-in module that no bundler follows. */
  process?: { getBuiltinModule?: (name: string) => { AsyncLocalStorage?: StorageClass } | undefined };
}

function storage(): Storage {
  return (shared[SHARED] ??= found());
}

function found(): Storage {
  try {
    const { AsyncLocalStorage, process } = globalThis as Host;
    const Found = AsyncLocalStorage ?? process?.getBuiltinModule?.("node:async_hooks")?.AsyncLocalStorage;
    if (Found !== undefined) return new Found();
  } catch {
    // a host that only pretends to have it
  }
  return new Stack();
}

/** Takes the class from an entry that can import it. */
export function supplyStorage(Given: StorageClass): void {
  if (shared[SHARED] === undefined) shared[SHARED] = new Given();
}

/** The context of a request or task. */
export const context = {
  /**
   * Runs `body` with these fields, on top of those around it; `undefined` takes one away.
   *
   * With AsyncLocalStorage (Node, Deno, Bun, edge runtimes, Workers with `nodejs_compat`) they hold for everything that
   * `body` starts, elsewhere until it returns.
   */
  run<T>(fields: Context, body: () => T): T {
    return storage().run(within(fields), body);
  },

  /** The context that holds here; empty where there is none. Not to be changed. */
  current(): Context {
    return storage().getStore() ?? EMPTY;
  },

  /** A new correlation id: `req_` and 12 hexadecimal digits. It is not set. */
  generate(): string {
    const bytes = new Uint8Array(6);
    try {
      crypto.getRandomValues(bytes);
    } catch {
      // React Native has no crypto; the id is no secret
      bytes.forEach((_, i) => (bytes[i] = Math.random() * 256));
    }
    return `req_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  },
} as const;

function within(fields: Context): Context {
  const around = context.current();
  try {
    const all = { ...around, ...fields };
    return Object.freeze(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== null)));
  } catch {
    return around; // a getter of the caller's
  }
}
