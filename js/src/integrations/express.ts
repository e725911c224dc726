import { AsyncLocalStorage } from "node:async_hooks";

import { context, supplyStorage } from "../context.js";
import { contextOf, DEFAULTS, type CorrelationOptions } from "./request.js";

export type { CorrelationOptions } from "./request.js";

supplyStorage(AsyncLocalStorage);

interface Request {
  readonly headers: Readonly<Record<string, unknown>>;
}

interface Response {
  setHeader(name: string, value: string): unknown;
}

/** Middleware for Express, Connect and whatever has their signature. */
export type Middleware = (request: Request, response: Response, next: () => void) => void;

/**
 * Gives a request its context: correlation id and trace, for its events and records. The response has the id. Put it first;
 * who the user is, say in a `context.run` of your own behind authentication.
 */
export function correlation(options: CorrelationOptions = {}): Middleware {
  const { responseHeader = DEFAULTS.responseHeader } = options;
  return (request, response, next) => {
    const fields = contextOf((name) => request.headers[name.toLowerCase()], options);
    try {
      if (responseHeader !== null) response.setHeader(responseHeader, fields.correlation_id);
    } catch {
      // sent already
    }
    context.run(fields, next);
  };
}
