import type { Redactor } from "../redactor.js";

/** A value inside a message. With a text it joins its neighbours, so that the `password:` before it is seen. An object is walked by itself as well. */
export interface Slot {
  readonly value: unknown;
  readonly text?: string | undefined;
  /** How the message writes it. */
  readonly specifier?: string;
}

/** A message in parts: text as it stands, and values. */
export type Parts = readonly (string | Slot)[];

/** The words right before a value that may be its key: `user password: `. */
const LABEL = /((?:[^\s:=]+ )?[^\s:=]+)\s*[:=]\s*$/;
const LONGEST_LABEL = 100;
/** A text that a sensitive key makes sensitive. */
const PROBE = "{ value: 'q8Zt4vXw' }";

/** The message redacted, or itself. Where something is found in neighbouring texts, they become one; everything else keeps its shape. */
export function redactParts(redactor: Redactor, parts: Parts): Parts {
  const redacted: (string | Slot)[] = [];
  let run: (string | Slot)[] = [];
  let changed = false;
  const walked = (part: string | Slot, before = ""): string | Slot => {
    if (typeof part === "string" || shown(part.value) !== undefined) return part;
    const value = redactBehind(redactor, before, part.value);
    changed ||= !Object.is(value, part.value);
    return { ...part, value, text: undefined };
  };
  const endRun = (): string => {
    const text = run.map(textOf).join("");
    const clean = redactor.redact(text);
    if (clean === text) redacted.push(...run.map((part) => walked(part)));
    else redacted.push(clean);
    changed ||= clean !== text;
    run = [];
    return text;
  };
  for (const part of parts) {
    if (typeof part === "string" || part.text !== undefined) {
      run.push(part);
      continue;
    }
    const before = endRun();
    redacted.push(walked(part, before));
  }
  endRun();
  return changed ? redacted : parts;
}

/** An object redacted; where the text before it is a sensitive key, as in text, it is the value of that key. */
function redactBehind(redactor: Redactor, before: string, value: unknown): unknown {
  const text = before.slice(-LONGEST_LABEL);
  const label = LABEL.exec(text)?.[1];
  if (label === undefined || !redactor.findings(text + PROBE).some(({ end }) => end > text.length)) return redactor.redactValue(value);
  return redactUnder(redactor, label, value);
}

/** A value redacted as that of a key. */
export function redactUnder(redactor: Redactor, key: string, value: unknown): unknown {
  const redacted = redactor.redactValue({ [key]: value });
  return typeof redacted === "object" ? (Object.values(redacted as object) as unknown[])[0] : redacted;
}

/** What a part has as text; empty for a value that has none. */
export function textOf(part: string | Slot): string {
  return typeof part === "string" ? part : (part.text ?? "");
}

/** How a primitive is written; `undefined` for objects and functions. */
export function shown(value: unknown): string | undefined {
  const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
  return isObject ? undefined : String(value);
}
