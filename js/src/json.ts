import type { Bounds, Engine } from "./engine.js";
import { bytesOf, kindOf, unbox } from "./kinds.js";

const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * A record as JSON text for the engine to redact and format: as `JSON.stringify` writes it, but for what that loses or
 * throws on. A BigInt is written in full, a Map as an object, a Set as an array, an error as type, message and traceback,
 * bytes as text; the limits, cycles and whatever throws leave their marker.
 */
export function recordText(engine: Engine, bounds: Bounds, record: unknown): string {
  return new Writer(engine, bounds).record(record);
}

class Writer {
  readonly #open = new Set<object>();
  #nodes = 0;

  constructor(
    private readonly engine: Engine,
    private readonly bounds: Bounds,
  ) {}

  /** The limits hold for each of a record's fields by itself, as in every host: the record is no level and its fields are no entries. */
  record(record: unknown): string {
    return this.value(record, -1) ?? "null";
  }

  /** `undefined` for what JSON leaves out. */
  value(value: unknown, depth: number): string | undefined {
    switch (typeof value) {
      case "string":
        return JSON.stringify(value);
      case "number":
        return Number.isFinite(value) ? String(value) : "null";
      case "bigint":
      case "boolean":
        return String(value);
      case "object":
        return value === null ? "null" : this.#object(value, depth);
      default:
        return undefined;
    }
  }

  #object(value: object, depth: number): string | undefined {
    if (this.#open.has(value)) return JSON.stringify(this.bounds.circularMark);
    if (depth >= this.bounds.depth) return JSON.stringify(this.bounds.limitMark);
    this.#open.add(value);
    try {
      return this.#container(value, depth);
    } catch {
      return JSON.stringify(this.engine.error());
    } finally {
      this.#open.delete(value);
    }
  }

  #container(value: object, depth: number): string | undefined {
    if (Array.isArray(value)) return this.#array(value, depth);
    const prototype: unknown = Object.getPrototypeOf(value);
    const kind = prototype === Object.prototype || prototype === null ? "plain" : kindOf(value);
    switch (kind) {
      case "bytes":
        return JSON.stringify(decoder.decode(bytesOf(value as ArrayBufferView)));
      case "map":
        return this.#members(Array.from(value as Map<unknown, unknown>, ([key, part]) => [String(key), () => part]), depth);
      case "set":
        return this.#array(Array.from(value as Set<unknown>), depth);
      case "error":
        return this.#error(value as Error, depth);
      case "pairs":
        return this.#members(Array.from(value as Iterable<[string, unknown]>, ([key, part]) => [key, () => part]), depth);
      case "regexp":
        return JSON.stringify(String(value));
      case "boxed":
        return this.value(unbox(value), depth);
    }
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === "function") {
      const plain: unknown = toJSON.call(value, "");
      if (plain !== value) return this.value(plain, depth);
    }
    return this.#members(this.#own(value), depth);
  }

  #own(value: object): [string, () => unknown][] {
    return Object.keys(value).map((key) => [key, () => (value as Record<string, unknown>)[key]]);
  }

  #array(value: readonly unknown[], depth: number): string {
    const parts: string[] = [];
    for (let i = 0; i < value.length; i++) {
      // of a few elements there may be billions of holes
      if (this.#nodes > this.bounds.nodes && !(i in value)) break;
      parts.push(this.#entry(() => value[i], depth) ?? "null");
    }
    return `[${parts.join()}]`;
  }

  #members(members: [string, () => unknown][], depth: number): string {
    const parts: string[] = [];
    for (const [key, read] of members) {
      const part = this.#entry(read, depth);
      if (part !== undefined) parts.push(`${JSON.stringify(key)}:${part}`);
    }
    return `{${parts.join()}}`;
  }

  #entry(read: () => unknown, depth: number): string | undefined {
    if (depth < 0) this.#nodes = 0;
    else if (++this.#nodes > this.bounds.nodes) return JSON.stringify(this.bounds.limitMark);
    try {
      return this.value(read(), depth + 1);
    } catch {
      return JSON.stringify(this.engine.error());
    }
  }

  /** As records give an exception, then what the error has of its own. */
  #error(value: Error, depth: number): string {
    const shape: [string, () => unknown][] = [
      ["type", () => value.name],
      ["message", () => value.message],
      ["traceback", () => this.#traceback(value)],
    ];
    return this.#members([...shape, ...this.#own(value)], depth);
  }

  /** The stack with those of its causes and of the errors that it gathers. */
  #traceback(error: Error, seen = new Set<unknown>()): string {
    seen.add(error);
    const parts = [String(error.stack ?? error)];
    const { cause, errors } = error as { cause?: unknown; errors?: unknown };
    for (const inner of [cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])]) {
      if (inner === undefined || seen.has(inner) || seen.size > this.bounds.depth) continue;
      const isError = typeof inner === "object" && inner !== null && kindOf(inner) === "error";
      parts.push(`Caused by: ${isError ? this.#traceback(inner as Error, seen) : String(inner)}`);
    }
    return parts.join("\n");
  }
}
