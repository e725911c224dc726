import type { Redactor } from "../redactor.js";
import { redactParts, shown, textOf, type Parts, type Slot } from "./message.js";

/** What a method of a console takes. */
export type Args = readonly unknown[];

const SPECIFIERS = /%[sdifjoOc%]/g;

/** With `%o` the consoles of servers show what is no enumerable property, and which a copy does not have. */
const OBJECT = "process" in globalThis ? "%O" : "%o";

/** The arguments of `console.log`: a format and its values, or values side by side. */
export function redactMessage(redactor: Redactor, args: Args): Args {
  if (args.length <= 1) return args.map((arg) => redactor.redact(arg));
  const [first, ...rest] = filled(redactor, args);
  const format = typeof first === "string" ? first.replace(SPECIFIERS, (specifier) => (specifier === "%o" ? OBJECT : specifier)) : first;
  const parts = partsOf([format, ...rest]);
  const redacted = redactParts(redactor, parts);
  return redacted === parts ? [format, ...rest] : written(redacted);
}

/** The same as values side by side, for who shows them without a console. */
export function redactArguments(redactor: Redactor, args: Args): Args {
  const all = filled(redactor, args);
  const parts = partsOf(all);
  const redacted = redactParts(redactor, parts);
  return redacted === parts ? all : sideBySide(redacted);
}

/**
 * Consoles take the first argument alone for a format, and write a later one as it stands: `log(user, "password: %s", word)`. Where it
 * makes its values sensitive, they are filled in.
 */
function filled(redactor: Redactor, args: Args): Args {
  let all = args;
  for (let at = args.length - 2; at > 0; at--) {
    const format = args[at];
    if (typeof format !== "string") continue;
    const end = at + 1 + (format.match(SPECIFIERS) ?? []).filter((specifier) => specifier !== "%%").length;
    if (end === at + 1) continue;
    const parts = partsOf(all.slice(at, end).map((arg) => redactor.redact(arg)));
    const redacted = redactParts(redactor, parts);
    if (redacted !== parts) all = [...all.slice(0, at), ...sideBySide(redacted), ...all.slice(end)];
  }
  return all;
}

function sideBySide(parts: Parts): Args {
  const all: unknown[] = [];
  let text = "";
  const endText = (): void => {
    if (text.trim() !== "") all.push(text.trim());
    text = "";
  };
  for (const part of parts) {
    if (isValue(part)) {
      endText();
      // a style is of no use without its text
      if (part.specifier !== "%c") all.push(part.value);
    } else {
      text += textOf(part);
    }
  }
  endText();
  return all;
}

function partsOf([first, ...rest]: Args): Parts {
  if (typeof first !== "string") return beside([first, ...rest]);
  const parts: (string | Slot)[] = [];
  let next = 0;
  let end = 0;
  for (const { 0: specifier, index } of first.matchAll(SPECIFIERS)) {
    if (specifier !== "%%" && next === rest.length) continue;
    parts.push(first.slice(end, index));
    end = index + specifier.length;
    if (specifier === "%%") parts.push("%");
    else parts.push(slot(specifier, rest[next++]));
  }
  parts.push(first.slice(end));
  return next === rest.length ? parts : [...parts, " ", ...beside(rest.slice(next))];
}

function beside(args: Args): Parts {
  return args.flatMap((arg, i) => (i === 0 ? [{ value: arg, text: shown(arg) }] : [" ", { value: arg, text: shown(arg) }]));
}

function slot(specifier: string, value: unknown): Slot {
  // a style is no text of the message
  if (specifier === "%c") return { value, specifier };
  const text = shown(value);
  if (text === undefined) return { value, text: converted(specifier, value as object), specifier };
  if (specifier === "%d" || specifier === "%f") return { value, text: typeof value === "symbol" ? "NaN" : String(Number(value)), specifier };
  return { value, text, specifier };
}

const TO_NUMBER: Readonly<Record<string, (value: unknown) => number>> = { "%d": Number, "%i": (value) => parseInt(value as string), "%f": (value) => parseFloat(value as string) };

/** What consoles of every host show in parts, for all that it has a text. */
const IN_PARTS: readonly unknown[] = [Object, Error, Date].map(({ prototype }) => prototype.toString);

/** The text that a specifier makes of an object; `undefined` where the console shows its parts, and where there is none. */
function converted(specifier: string, value: object): string | undefined {
  try {
    const toNumber = TO_NUMBER[specifier];
    if (toNumber !== undefined) return String(toNumber(value));
    const { toString, [Symbol.toPrimitive]: toPrimitive } = value as { toString?: unknown; [Symbol.toPrimitive]?: unknown };
    const method = value instanceof Date ? toString : (toPrimitive ?? toString);
    return specifier === "%s" && typeof method === "function" && !IN_PARTS.includes(method) ? String(value) : undefined;
  } catch {
    return undefined;
  }
}

const isValue = (part: string | Slot | undefined): part is Slot => typeof part === "object" && part.text === undefined;

/** As arguments again: a text or a format, and the values; those that stood at the end without a place in the format still do. */
function written(parts: Parts): Args {
  const inside = [...parts];
  // `at` is too new for Hermes
  for (let last = inside[inside.length - 1]; isValue(last) && last.specifier === undefined; last = inside[inside.length - 1]) {
    inside.pop();
    // consoles put the space between
    const before = inside.pop();
    if (before === undefined) break;
    const text = textOf(before).slice(0, -1);
    if (text !== "") inside.push(text);
  }
  const values = parts.filter(isValue).map(({ value }) => value);
  if (values.length === 0) return [inside.map(textOf).join("")];
  const format = inside.map((part) => (isValue(part) ? (part.specifier ?? "%O") : textOf(part).replaceAll("%", "%%")));
  return format.length === 0 ? values : [format.join(""), ...values];
}
