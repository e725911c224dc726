import { context } from "../context.js";
import { contextOf, DEFAULTS, type CorrelationOptions } from "./request.js";

export type { CorrelationOptions } from "./request.js";

/** A route handler or a middleware of Next.js, or of whatever else takes a `Request` and answers a `Response`. */
export type Handler<Given extends Request, Rest extends unknown[], Answer> = (request: Given, ...rest: Rest) => Answer | Promise<Answer>;

/**
 * A handler whose requests have a context: correlation id and trace, for their events and records. The response has the id.
 *
 * ```ts
 * export const GET = withContext(async (request) => Response.json({}));
 * export const middleware = withContext((request) => NextResponse.next({ request: { headers: correlated(request) } }));
 * ```
 */
export function withContext<Given extends Request, Rest extends unknown[], Answer extends Response | null | undefined | void>(
  handler: Handler<Given, Rest, Answer>,
  options: CorrelationOptions = {},
): (request: Given, ...rest: Rest) => Promise<Answer> {
  const { responseHeader = DEFAULTS.responseHeader } = options;
  return async (request, ...rest) => {
    const fields = contextOf((name) => request.headers.get(name), options);
    const answer = await context.run(fields, () => handler(request, ...rest));
    return responseHeader === null || !answer ? answer : (labelled(answer, responseHeader, fields.correlation_id) as Answer);
  };
}

/** The headers of a request with the id of the context, for the one that it is forwarded to. */
export function correlated(request: Request, name: string = DEFAULTS.headers[0]): Headers {
  const headers = new Headers(request.headers);
  const { correlation_id } = context.current();
  if (correlation_id !== undefined) headers.set(name, correlation_id);
  return headers;
}

function labelled(response: Response, name: string, id: string): Response {
  try {
    response.headers.set(name, id);
    return response;
  } catch {
    // that of a `fetch` or a redirect does not change
  }
  try {
    const copy = new Response(response.body, response);
    copy.headers.set(name, id);
    return copy;
  } catch {
    return response; // a status that no constructor takes
  }
}
