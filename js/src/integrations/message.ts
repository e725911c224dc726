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

/** The message redacted, or itself. Where something is found in neighbouring texts, they become one; everything else keeps its shape. */
export function redactParts(redactor: Redactor, parts: Parts): Parts {
  const redacted: (string | Slot)[] = [];
  let run: (string | Slot)[] = [];
  let changed = false;
  const walked = (part: string | Slot): string | Slot => {
    if (typeof part === "string" || shown(part.value) !== undefined) return part;
    const value = redactor.redactValue(part.value);
    changed ||= !Object.is(value, part.value);
    return { ...part, value, text: undefined };
  };
  const endRun = (): void => {
    const text = run.map(textOf).join("");
    const clean = redactor.redact(text);
    if (clean === text) redacted.push(...run.map(walked));
    else redacted.push(clean);
    changed ||= clean !== text;
    run = [];
  };
  for (const part of parts) {
    if (typeof part === "string" || part.text !== undefined) {
      run.push(part);
      continue;
    }
    endRun();
    redacted.push(walked(part));
  }
  endRun();
  return changed ? redacted : parts;
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
