import { context } from "../context.js";
import { contextOf, DEFAULTS, type CorrelationOptions } from "./request.js";

export type { CorrelationOptions } from "./request.js";

interface HonoContext {
  readonly req: { header(name: string): string | undefined };
  header(name: string, value: string): void;
}

/** Middleware for Hono. */
export type Middleware = (c: HonoContext, next: () => Promise<void>) => Promise<void>;

/**
 * Gives a request its context: correlation id and trace, for its events and records. The response has the id. Put it first;
 * who the user is, say in a `context.run` of your own behind authentication. On Workers it needs `nodejs_compat`.
 */
export function correlation(options: CorrelationOptions = {}): Middleware {
  const { responseHeader = DEFAULTS.responseHeader } = options;
  return async (c, next) => {
    const fields = contextOf((name) => c.req.header(name), options);
    await context.run(fields, next);
    try {
      if (responseHeader !== null) c.header(responseHeader, fields.correlation_id);
    } catch {
      // not a header's name
    }
  };
}
