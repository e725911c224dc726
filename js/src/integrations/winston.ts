import { context } from "../context.js";
import { ERROR } from "../errors.js";
import type { Redactor } from "../redactor.js";
import { shown } from "./message.js";

/** A format of winston, as `winston.format.combine` takes them. */
export interface WinstonFormat {
  transform<Info extends object>(info: Info): Info;
}

/** The finished line, after formats such as `json()`. */
const MESSAGE = Symbol.for("message");
const LEVEL = Symbol.for("level");
/** What was logged beside the message, which `splat()` has written into it. */
const SPLAT = Symbol.for("splat");

/** A format that redacts. Put it last: `combine(splat(), json(), scrubWinston(redactor))`. */
export function scrubWinston(redactor: Redactor): WinstonFormat {
  return {
    transform<Info extends object>(info: Info): Info {
      try {
        const line = (info as { [MESSAGE]?: unknown })[MESSAGE];
        const redacted = redactor.redactValue(info) as Info & { message?: unknown };
        if (typeof redacted !== "object") return failed(info);
        // of a value by itself nobody can tell that the message made it sensitive
        const values = SPLAT in info && redacted.message !== (info as { message?: unknown }).message ? { [SPLAT]: [] } : {};
        // a line is JSON, or is redacted as text
        const lines = typeof line === "string" ? { [MESSAGE]: redactor.redactJson(withoutGone(line, info, redacted)) } : {};
        const more = { ...values, ...lines };
        return Reflect.ownKeys(more).length === 0 ? redacted : copied(redacted, more);
      } catch {
        return failed(info);
      }
    },
  };
}

/** A line with what became of the record's values. `printf` writes them without their keys, and so without what made them sensitive. */
function withoutGone(line: string, before: object, after: object): string {
  // JSON has its keys
  if (line.startsWith("{")) return line;
  let rest = line;
  for (const [key, value] of Object.entries(before)) {
    const redacted = (after as Record<string, unknown>)[key];
    const text = shown(value) ?? "";
    if (!isWord(text) || typeof redacted !== "string" || redacted === text) continue;
    rest = rest.split(text).reduce((line, part) => line + (isWord(line[line.length - 1]) || isWord(part[0]) ? text : redacted) + part);
  }
  return rest;
}

/** Has a text a letter or a digit? */
function isWord(text = ""): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** A format that gives a record the context of its request; what it has already stays. Put it first. */
export function withContext(): WinstonFormat {
  return {
    transform<Info extends object>(info: Info): Info {
      const missing = Object.entries(context.current()).filter(([name]) => !(name in info));
      return missing.length === 0 ? info : copied(info, Object.fromEntries(missing));
    },
  };
}

function copied<Info extends object>(info: Info, more: object): Info {
  const copy = Object.create(Object.getPrototypeOf(info) as object, Object.getOwnPropertyDescriptors(info)) as Info;
  for (const key of Reflect.ownKeys(more)) {
    Object.defineProperty(copy, key, { value: more[key as keyof typeof more], enumerable: true, writable: true, configurable: true });
  }
  return copy;
}

function failed<Info extends object>(info: Info): Info {
  let level: unknown = "error";
  try {
    level = (info as { [LEVEL]?: unknown })[LEVEL] ?? level;
  } catch {
    // unreadable
  }
  return { level, message: ERROR, [LEVEL]: level, [MESSAGE]: ERROR } as unknown as Info;
}
