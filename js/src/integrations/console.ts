/// <reference lib="esnext.disposable" preserve="true" />
import { ERROR } from "../errors.js";
import type { Redactor } from "../redactor.js";
import { redactMessage, type Args } from "./arguments.js";

/** What is scrubbed beside the calls of `globalThis.console`. */
export interface ConsoleOptions {
  /** Another console. */
  readonly console?: Console | undefined;
  /**
   * Also what the host itself prints of errors that nobody caught and of rejections that nobody handled: it is printed by this
   * console instead. Node then ends with code 1, as it does by itself; listeners of the application keep it from both.
   */
  readonly uncaught?: boolean | undefined;
}

/** A scrubbed console, until it is restored. */
export interface ScrubbedConsole extends Disposable {
  /** Puts the methods of before back, and prints what still waits. */
  restore(): void;
}

/** What waits for the engine at most; what comes later is counted, and said when it is there. */
const WAITING = 1000;

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
