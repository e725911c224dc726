import type { Duplex, Writable } from "node:stream";

import { context, type Context } from "../context.js";
import { ERROR } from "../errors.js";
import type { Redactor } from "../redactor.js";
import type { Policy, Secrets } from "../types.js";

/** Options of pino. */
export interface PinoOptions {
  readonly hooks: { streamWrite(line: string): string };
  /** Gives every line the context of its request. */
  mixin(...args: unknown[]): Context;
}

/** Options of the application's own that share a name with these. */
interface OwnOptions {
  readonly hooks?: { streamWrite?(line: string): string } | undefined;
  mixin?(...args: unknown[]): object;
}

/**
 * Options that redact every line that pino writes, and give it the context of `context.run`: `pino(scrubPino(redactor, { level: "debug" }))`.
 *
 * A line is redacted as it leaves, so that bindings of children, serializers, mixins, formatters and interpolated messages are in it.
 * Needs a pino that has the hook `streamWrite`.
 *
 * @param options the application's own, in which `hooks` and `mixin` keep their work: what its `streamWrite` answers is redacted, and
 * what its `mixin` says stands over the context. Beside a spread, `pino({ ...scrubPino(redactor), hooks })` would redact nothing.
 */
export function scrubPino<Options extends object = object>(redactor: Redactor, options?: Options): Options & PinoOptions {
  const own: OwnOptions = options ?? {};
  const hooks = { ...own.hooks, streamWrite: (line: string) => redactLine(redactor, own.hooks?.streamWrite?.(line) ?? line) };
  const mixin = (...args: unknown[]): Context => ({ ...context.current(), ...own.mixin?.(...args) });
  return { ...own, hooks, mixin } as unknown as Options & PinoOptions;
}

/** What the transport is made with; it crosses to a worker, so that it takes a policy and not a redactor. */
export interface PinoTransportOptions extends Secrets {
  readonly policy?: Policy | undefined;
  /** File or number of a descriptor to write to; absent in a pipeline, where the next transport reads. */
  readonly destination?: string | number | undefined;
}

/**
 * A transport of pino: `pino.transport({ target: "scrubline/pino", options: { policy, destination: 1 } })`, or the first of a
 * `pipeline`. The lines cross to its thread before they are redacted; where that must not be, use `scrubPino`.
 */
export default async function transport({ policy, destination, key, knownValues }: PinoTransportOptions = {}): Promise<Writable | Duplex> {
  const { createWriteStream } = await import("node:fs");
  const { Transform, Writable } = await import("node:stream");
  // pino adds options of its own
  const redactor = await redactorOf(policy, { key, knownValues });
  const decoder = new TextDecoder();
  let rest = "";
  const complete = (chunk?: Uint8Array): string => {
    const lines = (rest + decoder.decode(chunk, { stream: chunk !== undefined })).split("\n");
    rest = chunk === undefined ? "" : (lines.pop() ?? "");
    return lines.filter((line) => line !== "").map((line) => redactLine(redactor, `${line}\n`)).join("");
  };

  if (destination === undefined) {
    return new Transform({
      transform: (chunk: Uint8Array, _, done) => done(null, complete(chunk)),
      flush: (done) => done(null, complete()),
    });
  }
  const out = typeof destination === "number" ? createWriteStream("", { fd: destination }) : createWriteStream(destination, { flags: "a" });
  return new Writable({
    write: (chunk: Uint8Array, _, done) => void out.write(complete(chunk), done),
    final: (done) => void out.end(complete(), () => done()),
  });
}

/** A redactor of the default engine, or where the policy has regular expressions, of the one that knows them. */
async function redactorOf(policy: Policy | undefined, values: Secrets): Promise<Redactor> {
  const { Redactor, ScrublineError } = await import("scrubline");
  try {
    return new Redactor(policy, values);
  } catch (refused) {
    if (!(refused instanceof ScrublineError && refused.code === "policy.regex_unavailable")) throw refused;
    const { Redactor } = await import("scrubline/custom");
    return new Redactor(policy, values);
  }
}

/** A Buffer as its own `toJSON` writes it: as numbers, its bytes are no text in which anything is found. */
const BUFFER = /\{"type":"Buffer","data":\[([\d,]*)\]\}/g;

/** The line with the text of each Buffer that holds something in the place of its numbers. */
function withBuffers(redactor: Redactor, line: string): string {
  if (!line.includes('{"type":"Buffer"')) return line;
  return line.replace(BUFFER, (numbers: string, bytes: string) => {
    const text = new TextDecoder().decode(Uint8Array.from(bytes.split(","), Number));
    return redactor.redact(text) === text ? numbers : JSON.stringify(text);
  });
}

function redactLine(redactor: Redactor, line: string): string {
  const redacted = redactor.redactJson(withBuffers(redactor, line));
  return redacted === ERROR ? `${JSON.stringify({ level: 50, time: Date.now(), msg: ERROR })}\n` : redacted;
}
