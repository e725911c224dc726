import { ERROR } from "../errors.js";
import type { Redactor } from "../redactor.js";
import { redactMessage } from "./arguments.js";

/** Takes the lines of a tail event, JSON each, to where logs go. */
export type Deliver<Env> = (lines: readonly string[], env: Env) => unknown;

/** The handler `tail` of a Worker. */
export type TailHandler<Env> = (events: readonly object[], env: Env, execution: { waitUntil(promise: Promise<unknown>): void }) => void;

/** What an event of a tail holds, as the runtime documents it. It is read by name: some runtimes keep it on a prototype. */
const OF_TRACE = [
  "scriptName", "entrypoint", "scriptVersion", "dispatchNamespace", "outcome", "eventTimestamp", "cpuTime", "wallTime", "truncated",
  "event", "logs", "exceptions", "diagnosticsChannelEvents",
];
const OF_EVENT = ["request", "response", "cron", "scheduledTime", "queue", "batchSize", "mailFrom", "rcptTo", "rawSize", "type", "rpcMethod"];
const OF_REQUEST = ["method", "url", "headers", "cf"];

/** A line longer than this is no line of Logpush; it is left out, and its marker tells so. */
const LONGEST_LINE = 1 << 20;

/**
 * The handler of a tail worker: each event of the traced Workers as a redacted JSON line.
 *
 * ```ts
 * export default { tail: scrubTail(redactor, (lines) => fetch(LOGS, { method: "POST", body: lines.join("\n") })) };
 * ```
 */
export function scrubTail<Env = unknown>(redactor: Redactor, deliver: Deliver<Env>): TailHandler<Env> {
  return (events, env, execution) => {
    const lines = Array.from(events, (event) => lineOf(redactor, event));
    if (lines.length === 0) return;
    const delivered = new Promise((done) => done(deliver(lines, env)));
    // a tail worker has nobody to tell
    execution.waitUntil(delivered.catch(() => undefined));
  };
}

function lineOf(redactor: Redactor, event: object): string {
  try {
    const { event: trigger, ...given } = picked(event, OF_TRACE) as { event?: object | null; logs?: unknown };
    const trace = Array.isArray(given.logs) ? { ...given, logs: given.logs.map((logged) => scrubbed(redactor, logged)) } : given;
    if (trigger === undefined || trigger === null) return redactor.redactJson(JSON.stringify(trace));
    const { request, response, ...other } = picked(trigger, OF_EVENT) as { request?: object; response?: object };
    const http = { ...(request && { request: picked(request, OF_REQUEST) }), ...(response && { response: picked(response, ["status"]) }) };
    return redactor.redactJson(JSON.stringify({ ...trace, event: { ...other, ...http } }));
  } catch {
    return JSON.stringify({ message: ERROR });
  }
}

/** What a Worker wrote to its console: the arguments of a call, which are one message. */
function scrubbed(redactor: Redactor, logged: unknown): unknown {
  const { message } = Object(logged) as { message?: unknown };
  return Array.isArray(message) ? { ...(logged as object), message: redactMessage(redactor, message) } : logged;
}

function picked(from: object, names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, from[name as keyof typeof from] as unknown]).filter(([, value]) => value !== undefined));
}

/**
 * A stream for the lines of a Logpush job (JSON, one each): bytes in, bytes out, each line redacted as JSON when it is complete.
 * What comes compressed goes through a DecompressionStream before.
 */
export function scrubLogpush(redactor: Redactor): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const encoder = new TextEncoder();
  let rest = "";
  let skipping = false;

  const take = (text: string): string => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    let out = "";
    for (const line of lines) {
      out += skipping ? "\n" : `${redactor.redactJson(line)}\n`;
      skipping = false;
    }
    if (rest.length > LONGEST_LINE) {
      if (!skipping) out += JSON.stringify({ message: ERROR });
      skipping = true;
    }
    if (skipping) rest = "";
    return out;
  };
  const emit = (text: string, out: TransformStreamDefaultController<Uint8Array>): void => {
    if (text !== "") out.enqueue(encoder.encode(text));
  };

  return new TransformStream({
    transform: (chunk, out) => emit(take(decoder.decode(chunk, { stream: true })), out),
    flush: (out) => emit(`${take(decoder.decode())}${rest === "" ? "" : redactor.redactJson(rest)}`, out),
  });
}
