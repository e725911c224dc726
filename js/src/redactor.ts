import { Engine } from "./engine.js";
import { REFUSED, snapshot } from "./snapshot.js";
import { redactingStream } from "./stream.js";
import type { Candidate, Finding, Policy, Report, Secret, Secrets } from "./types.js";
import { read, redactValue } from "./walk.js";

/**
 * Finds and replaces sensitive data. Only the constructor, `register` and `reload` throw; every other call returns,
 * with `[REDACTED:error]` in place of what could not be redacted, such as before `ready`.
 */
export class Redactor {
  /** @internal */
  readonly engine: Engine;

  /**
   * @param policy what is redacted and how; the default policy where absent
   * @throws {ScrublineError} where the policy, the key or a known value is refused. Before `ready` none of them can be
   * checked: the redactor then answers `[REDACTED:error]` for ever, and `register` and `reload` throw the reason.
   */
  constructor(policy?: Policy | null, options?: Secrets | null) {
    const given = options ?? {};
    const key = read(given, "key");
    const known = read(given, "knownValues") ?? [];
    // `known_values` of another host would be no protection: what is no option is no field of a policy either
    for (const name in given) if (name !== "key" && name !== "knownValues") policy = { ...policy, [name]: REFUSED };
    this.engine = new Engine(snapshot(policy ?? undefined), key instanceof Uint8Array ? key.slice() : key, listed(known as Iterable<Secret>));
    // for `texts.map(redactor.redact)`
    this.redact = this.redact.bind(this);
    this.redactValue = this.redactValue.bind(this);
    this.redactJson = this.redactJson.bind(this);
    this.findings = this.findings.bind(this);
  }

  /** Text with what is sensitive replaced; the same string where nothing is. Other values go the way of `redactValue`. */
  redact<T>(value: T): T extends string ? string : unknown;
  redact(value: unknown): unknown {
    return typeof value === "string" ? this.engine.redact(value) : redactValue(this.engine, value);
  }

  /** A copy with what is sensitive replaced, or the value itself where nothing is. The caller's objects never change. */
  redactValue(value: unknown): unknown {
    return redactValue(this.engine, value);
  }

  /** JSON text to JSON text: number text, key order, duplicates and white space stay. What is no JSON is redacted as text. */
  redactJson(text: string): string {
    return typeof text === "string" ? this.engine.redactJson(text) : String(redactValue(this.engine, text));
  }

  /** What `redact` would replace, with offsets in UTF-16 units; of a value, look at its JSON text. */
  findings(text: string): Finding[] {
    return typeof text === "string" ? this.engine.findings(text) : [];
  }

  /**
   * What each detector looked at, in the order of the text: which step accepted or refused it, and why. What is accepted is what
   * `findings` has. Only with `show` the candidates hold their text. For people, not for every line: it is slow.
   */
  explain(text: string, options?: { readonly show?: boolean | undefined } | null): Candidate[] {
    const candidates = typeof text === "string" ? this.engine.explain(text) : [];
    return read(options ?? {}, "show") === true ? candidates.map((one) => ({ ...one, value: text.slice(one.start, one.end) })) : candidates;
  }

  /**
   * Adds known values.
   * @throws {ScrublineError} where one is refused; none was added then
   */
  register(values: Iterable<Secret>): void {
    this.engine.register(listed(values));
  }

  /**
   * Takes a new policy, the default one where absent; counts, key and known values stay.
   * @throws {ScrublineError} where it is refused; the old one stays then
   */
  reload(policy?: Policy | null): void {
    this.engine.reload(snapshot(policy ?? {}));
  }

  /** What was redacted so far, by detector and action. */
  report(): Report {
    return this.engine.report();
  }

  /** A stream of text or bytes: text comes out as text, bytes as `Uint8Array`. Gives the bytes of the whole, however it was split. */
  stream(): TransformStream<string | ArrayBuffer | ArrayBufferView, string | Uint8Array> {
    return redactingStream(this.engine);
  }
}

/** Known values as a list. What is none is one for the engine to refuse: a text would be taken for its letters. */
function listed(values: Iterable<Secret>): Secret[] | undefined {
  try {
    if (typeof values !== "string") return [...values];
  } catch {
    // no iterable, or one that throws
  }
  return undefined;
}
