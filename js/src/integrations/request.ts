import { context, type Context } from "../context.js";

/** Where the correlation id of a request comes from, and where it goes. */
export interface CorrelationOptions {
  /** Headers of a request that may bring an id, the first valid one counts: 1 to 128 of `A-Z a-z 0-9 . _ -`. */
  readonly headers?: readonly string[] | undefined;
  /** Header of the response that has the id; `null` for none. */
  readonly responseHeader?: string | null | undefined;
}

export const DEFAULTS = { headers: ["X-Correlation-ID", "X-Request-ID"], responseHeader: "X-Correlation-ID" } as const;

// a response header, a JSON field and a URL take such a one as it is
const CORRELATION_ID = /^[A-Za-z0-9._-]{1,128}$/;
// W3C Trace Context (Recommendation of 23 November 2021), section 3.2. A higher version may bring more fields behind a dash; ff is none.
const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-[\x21-\x7e]*)?$/;
const LONGEST_TRACEPARENT = 512;

type Header = (name: string) => unknown;

/** The context of a request: the id that it brings, else its trace id, else a new one. */
export function contextOf(header: Header, { headers = DEFAULTS.headers }: CorrelationOptions = {}): Context & { correlation_id: string } {
  const trace = traceOf(text(header, "traceparent"));
  const given = headers.map((name) => text(header, name)).find((value) => CORRELATION_ID.test(value));
  return { correlation_id: given ?? trace?.trace_id ?? context.generate(), ...trace };
}

function traceOf(traceparent: string): { trace_id: string; span_id: string } | undefined {
  if (traceparent.length > LONGEST_TRACEPARENT) return undefined;
  const [, version, trace_id, span_id, more] = TRACEPARENT.exec(traceparent.replace(/^[ \t]+|[ \t]+$/g, "")) ?? [];
  if (trace_id === undefined || span_id === undefined || (version === "00" && more !== undefined)) return undefined;
  return { trace_id, span_id };
}

function text(header: Header, name: string): string {
  try {
    const value = header(name);
    return typeof value === "string" ? value : "";
  } catch {
    return ""; // no name of a header
  }
}
