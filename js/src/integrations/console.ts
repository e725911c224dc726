/// <reference lib="esnext.disposable" preserve="true" />
import { ERROR } from "../errors.js";
import type { Redactor } from "../redactor.js";
import { redactParts, shown, textOf, type Parts, type Slot } from "./message.js";

/** What is scrubbed beside the calls of `globalThis.console`. */
export interface ConsoleOptions {
  /** Another console. */
  readonly console?: Console;
  /**
   * Also what the host itself prints of errors that nobody caught and of rejections that nobody handled: it is printed by this
   * console instead. Node then ends with code 1, as it does by itself; listeners of the application keep it from both.
   */
  readonly uncaught?: boolean;
}

/** A scrubbed console, until it is restored. */
export interface ScrubbedConsole extends Disposable {
  /** Puts the methods of before back, and prints what still waits. */
  restore(): void;
}

/** What waits for the engine at most; what comes later is counted, and said when it is there. */
const WAITING = 1000;

type Args = readonly unknown[];
type Redact = (redactor: Redactor, args: Args) => Args;

const values: Redact = (redactor, args) => args.map((arg) => redactor.redact(arg));
const message: Redact = redactMessage;
const labelled: Redact = (redactor, [label, ...rest]) => [redactor.redact(label), ...redactMessage(redactor, rest)];
const asserted: Redact = (redactor, [condition, ...rest]) => [condition, ...redactMessage(redactor, rest)];
/** Nothing is shown that a copy does not have. */
const shownAs: Redact = (redactor, [value, ...options]) => [redactor.redact(value), ...options.map((given) => ({ ...Object(given), showHidden: false, showProxy: false }))];

const METHODS: Readonly<Record<string, Redact>> = {
  assert: asserted,
  count: values,
  countReset: values,
  debug: message,
  dir: shownAs,
  dirxml: message,
  error: message,
  group: message,
  groupCollapsed: message,
  info: message,
  log: message,
  profile: values,
  profileEnd: values,
  table: values,
  time: values,
  timeEnd: values,
  timeLog: labelled,
  timeStamp: values,
  trace: message,
  warn: message,
};

// ends groups and empties the page: nothing to redact, but they wait in their turn
const ORDERED = ["groupEnd", "clear"];

/**
 * Redacts what is written to the console, every method of it, until `restore` or the end of a `using` block.
 *
 * Objects are printed as redacted copies; what the application holds stays. Before the engine is loaded, up to 1,000 calls wait for it.
 */
export function scrubConsole(redactor: Redactor, { console: target = globalThis.console, uncaught = false }: ConsoleOptions = {}): ScrubbedConsole {
  const methods = target as unknown as Record<string, unknown>;
  const undo: (() => void)[] = [];
  let active = true;
  let waiting: (() => void)[] | undefined;
  let dropped = 0;

  const print = (): void => {
    const calls = waiting ?? [];
    waiting = undefined;
    for (const call of calls) call();
    if (dropped > 0) target.warn(`scrubline: ${dropped} calls of the console came before the engine, and are lost`);
    dropped = 0;
  };
  if (redactor.engine.awaited(print)) waiting = [];

  for (const name of [...Object.keys(METHODS), ...ORDERED]) {
    const original = methods[name];
    if (typeof original !== "function") continue;
    const redact = METHODS[name] ?? ((_, args) => args);
    const scrubbed = (...args: unknown[]): void => {
      if (!active) return void Reflect.apply(original, target, args);
      if (waiting === undefined) return call(original, target, redact, redactor, args);
      if (waiting.length < WAITING) waiting.push(() => call(original, target, redact, redactor, args));
      else dropped++;
    };
    Object.defineProperty(scrubbed, "name", { value: name });
    const before = Object.getOwnPropertyDescriptor(methods, name);
    if (!replace(methods, name, scrubbed)) continue;
    undo.push(() => {
      // what somebody wrapped again stays, and passes through
      if (methods[name] !== scrubbed) return;
      if (before === undefined) delete methods[name];
      else Object.defineProperty(methods, name, before);
    });
  }
  if (uncaught) undo.push(catchAll((...args) => target.error(...args)));

  const restore = (): void => {
    if (!active) return;
    print();
    active = false;
    for (const step of undo) step();
  };
  return { restore, [Symbol.dispose ?? Symbol.for("Symbol.dispose")]: restore } as ScrubbedConsole;
}

function replace(methods: Record<string, unknown>, name: string, value: unknown): boolean {
  try {
    methods[name] = value;
    return methods[name] === value;
  } catch {
    return false; // a frozen console stays as it is
  }
}

function call(original: Function, target: Console, redact: Redact, redactor: Redactor, args: Args): void {
  try {
    Reflect.apply(original, target, redact(redactor, args));
  } catch {
    // what a copy prints as may throw
    try {
      Reflect.apply(original, target, redact === asserted ? [args[0], ERROR] : [ERROR]);
    } catch {
      // the console itself is broken
    }
  }
}

const SPECIFIERS = /%[sdifjoOc%]/g;

/** With `%o` the consoles of servers show what is no enumerable property, and which a copy does not have. */
const OBJECT = "process" in globalThis ? "%O" : "%o";

/** The arguments of `console.log`: a format and its values, or values side by side. */
export function redactMessage(redactor: Redactor, args: Args): Args {
  if (args.length <= 1) return args.map((arg) => redactor.redact(arg));
  const [first, ...rest] = args;
  const format = typeof first === "string" ? first.replace(SPECIFIERS, (specifier) => (specifier === "%o" ? OBJECT : specifier)) : first;
  const parts = partsOf([format, ...rest]);
  const redacted = redactParts(redactor, parts);
  return redacted === parts ? [format, ...rest] : written(redacted);
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

/** As arguments again: a text or a format, and the values; those that stood at the end without a place in the format still do. */
function written(parts: Parts): Args {
  const isValue = (part: string | Slot | undefined): part is Slot => typeof part === "object" && part.text === undefined;
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

type Print = (...args: unknown[]) => void;

/** Prints in place of the host what nobody caught; answers how to stop that. */
function catchAll(print: Print): () => void {
  const { process: node } = globalThis as { process?: NodeJS.Process };
  if (node?.versions?.node !== undefined && !("Deno" in globalThis)) {
    const listener = (error: unknown): void => {
      // Node itself prints and ends only where nobody listens
      if (node.listenerCount("uncaughtException") > 1) return;
      print("Uncaught", error);
      node.exit(1);
    };
    node.on("uncaughtException", listener);
    return () => void node.off("uncaughtException", listener);
  }
  // React Native gives to the console itself what nobody caught
  if (typeof addEventListener !== "function") return () => undefined;
  const onError = (event: ErrorEvent): void => {
    print("Uncaught", event.error ?? event.message);
    event.preventDefault();
  };
  const onRejection = (event: PromiseRejectionEvent): void => {
    print("Uncaught (in promise)", event.reason);
    event.preventDefault();
  };
  addEventListener("error", onError);
  addEventListener("unhandledrejection", onRejection);
  return () => {
    removeEventListener("error", onError);
    removeEventListener("unhandledrejection", onRejection);
  };
}
