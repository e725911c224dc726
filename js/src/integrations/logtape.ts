import { context, type Context } from "../context.js";
import { ERROR } from "../errors.js";
import type { Formatter } from "../formatter.js";
import type { Redactor } from "../redactor.js";
import { redactParts, redactUnder, shown, textOf, type Slot } from "./message.js";

/** What LogTape hands to a sink. */
export interface LogTapeRecord {
  readonly category: readonly string[];
  readonly level: string;
  /** Text and values in turn. */
  readonly message: readonly unknown[];
  readonly rawMessage: string | TemplateStringsArray;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly properties: Record<string, unknown>;
}

/** A sink that gets redacted records: `sinks: { console: scrubSink(redactor, getConsoleSink()) }`. */
export function scrubSink<Given extends LogTapeRecord, Sink extends (record: Given) => void>(redactor: Redactor, sink: Sink & ((record: Given) => void)): Sink {
  const scrubbed = (record: Given): void => sink(redactRecord(redactor, record));
  // a sink may have Symbol.dispose or Symbol.asyncDispose
  return Object.defineProperties(scrubbed, Object.getOwnPropertyDescriptors(sink)) as unknown as Sink;
}

/** A text formatter that writes the lines of `formatter`, which redacts them: `getStreamSink(stream, { formatter: lines(new Formatter()) })`. */
export function lines(formatter: Formatter): (record: LogTapeRecord) => string {
  return (record) => {
    try {
      const { category, level, message, timestamp, properties } = redactRecord(formatter.redactor, record);
      const text = message.map((part, i) => (i % 2 === 0 ? String(part) : (shown(part) ?? rendered(part)))).join("");
      const fields = { ...properties, time: timestamp, level: LEVELS[level] ?? level, logger: category.join("."), message: text };
      return `${formatter.format(fields)}\n`;
    } catch {
      return `${formatter.format({ level: "error", message: ERROR })}\n`;
    }
  };
}

/** Our context as the one of LogTape: `configure({ contextLocalStorage })`. Its `withContext` sets it, and its records have it. */
export const contextLocalStorage = {
  getStore: (): Record<string, unknown> => context.current(),
  run: <T>(store: Record<string, unknown>, body: () => T): T => context.run(store as Context, body),
} as const;

const LEVELS: Readonly<Record<string, string>> = { trace: "DEBUG", fatal: "CRITICAL" };

function redactRecord<Given extends LogTapeRecord>(redactor: Redactor, record: Given): Given {
  const { level, timestamp } = record;
  const category = [record.category].flat().map((part) => redactor.redact(part));
  try {
    const names = namesOf(record);
    const parts = record.message.map((part, i) => {
      if (i % 2 === 0) return String(part);
      const name = names[(i - 1) / 2];
      const value = name === undefined ? part : redactUnder(redactor, name, part);
      return { value, text: shown(value) };
    });
    const properties = redactor.redactValue(record.properties);
    if (typeof properties !== "object") throw new TypeError("not redacted");
    const message = alternating(redactParts(redactor, parts));
    return { ...record, category, message, rawMessage: redactor.redactValue(record.rawMessage), properties: withoutGone(properties as object, record.message, message) };
  } catch {
    return { category, level, timestamp, message: [ERROR], rawMessage: ERROR, properties: {} } as unknown as Given;
  }
}

const PLACEHOLDER = /\{\{|\}\}|\{([^{}]*)\}/g;
const LAST_KEY = /[^\s.?[\]"']+(?=["'\]\s]*$)/;

/** What the template calls each of its values: `password` of `{user.password}`. Nothing where it is none, or has other values. */
function namesOf({ rawMessage, message }: LogTapeRecord): (string | undefined)[] {
  if (typeof rawMessage !== "string") return [];
  const inside = Array.from(rawMessage.matchAll(PLACEHOLDER), ([, name]) => name).filter((name) => name !== undefined);
  return inside.length * 2 + 1 === message.length ? inside.map((name) => LAST_KEY.exec(name)?.[0]) : [];
}

/** Properties without the values that the message made sensitive: what `password: {word}` has as `word`. */
function withoutGone(properties: object, before: readonly unknown[], after: readonly unknown[]): object {
  const text = after.filter((_, i) => i % 2 === 0).join("");
  const written = (value: unknown): boolean => text.includes(shown(value) ?? "\0");
  const gone = before.filter((value, i) => i % 2 === 1 && !after.includes(value) && !written(value));
  return gone.length === 0 ? properties : Object.fromEntries(Object.entries(properties).filter(([, value]) => !gone.includes(value)));
}

/** Text and values in turn, beginning and ending with text. */
function alternating(parts: readonly (string | Slot)[]): unknown[] {
  const message: unknown[] = [];
  let text = "";
  for (const part of parts) {
    if (typeof part === "string") {
      text += textOf(part);
    } else {
      message.push(text, part.value);
      text = "";
    }
  }
  return [...message, text];
}

function rendered(value: unknown): string {
  try {
    return value instanceof Error ? String(value) : (JSON.stringify(value) ?? String(value));
  } catch {
    return ERROR;
  }
}
