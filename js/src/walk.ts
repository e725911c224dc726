import { drops, keeps, keyChanges, masks, type Engine, type Place } from "./engine.js";
import { ERROR } from "./errors.js";
import { bytesOf, isIndex, kindOf, ownEnumerable, restoreBytes, unbox } from "./kinds.js";

/**
 * A copy of `value` with what is sensitive replaced, or `value` itself where nothing is.
 *
 * Every property is read once, and nothing of the caller's is written to. Code of the caller that runs on the way
 * (getters, proxies, `toJSON`, `toString`) may throw; the error marker then stands in place of that value.
 */
export function redactValue(engine: Engine, value: unknown): unknown {
  try {
    const bounds = engine.enter();
    if (bounds === undefined) return ERROR;
    try {
      return new Walk(engine, bounds).value(value, bounds.root, 0);
    } finally {
      engine.leave();
    }
  } catch {
    return ERROR; // the stack is full: not even counting it is possible
  }
}

type Bounds = NonNullable<ReturnType<Engine["enter"]>>;

/** A visit of an object at one place; the same object at another place may come out differently. */
interface Visit {
  readonly place: Place;
  open: boolean;
  result: unknown;
  readonly before: Visit | undefined;
}

/** What became of a container's entries, in order, dropped ones left out. */
interface Entries {
  readonly names: unknown[];
  readonly values: unknown[];
  readonly changed: boolean;
}

/** Headers, URLSearchParams, FormData: names may repeat. */
interface Pairs extends Iterable<[string, unknown]> {
  append(name: string, value: unknown): void;
}

/** What consoles of Node, Deno and Bun print in place of an object. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** In place of a property that could not be read. */
const UNREADABLE = Symbol("unreadable");

class Walk {
  readonly #engine: Engine;
  readonly #bounds: Bounds;
  readonly #epoch: number;
  readonly #visits = new Map<object, Visit>();
  #nodes = 0;

  constructor(engine: Engine, bounds: Bounds) {
    this.#engine = engine;
    this.#bounds = bounds;
    this.#epoch = engine.epoch;
  }

  value(value: unknown, place: Place, depth: number): unknown {
    switch (typeof value) {
      case "string":
        return this.#text(value, place);
      case "number":
      case "bigint":
        return this.#stale() ? this.#engine.error() : (this.#engine.number(place, value) ?? value);
      case "symbol":
        return this.#opaque(value, String(value), place);
      case "object":
        return value === null ? value : this.#object(value, place, depth);
      default:
        return value;
    }
  }

  /** A getter of the caller's may have reloaded the policy, or a trap replaced the engine: places mean nothing then. */
  #stale(): boolean {
    return this.#engine.epoch !== this.#epoch;
  }

  #text(text: string, place: Place): string {
    return this.#stale() ? this.#engine.error() : this.#engine.leaf(place, text);
  }

  /** A value that is looked at as one text: itself, or the changed text. */
  #opaque(value: unknown, text: string, place: Place): unknown {
    const redacted = this.#text(text, place);
    return redacted === text ? value : redacted;
  }

  #object(value: object, place: Place, depth: number): unknown {
    if (keeps(place)) return value;
    const before = this.#visits.get(value);
    if (before?.open === true) return this.#bounds.circularMark;
    for (let visit = before; visit !== undefined; visit = visit.before) {
      if (visit.place === place) return visit.result;
    }
    const visit: Visit = { place, open: true, result: undefined, before };
    this.#visits.set(value, visit);
    try {
      visit.result = this.#container(value, place, depth);
    } catch {
      visit.result = this.#engine.error();
    }
    visit.open = false;
    return visit.result;
  }

  #container(value: object, place: Place, depth: number): unknown {
    const full = depth >= this.#bounds.depth;
    if (Array.isArray(value)) return full ? this.#bounds.limitMark : this.#list(value, place, depth);
    const prototype: object | null = Object.getPrototypeOf(value);
    const plain = prototype === Object.prototype || prototype === null;
    const kind = plain ? "plain" : kindOf(value);
    switch (kind) {
      case "kept":
        return value;
      case "bytes":
        return this.#bytes(value as ArrayBufferView | ArrayBuffer, place);
      case "date":
        return this.#opaque(value, dateText(value as Date), place);
      case "regexp":
        return this.#opaque(value, String(value), place);
      case "url":
        return this.#url(value as URL, place);
      case "boxed":
        return this.#boxed(value, place, depth);
    }
    if (full) return this.#bounds.limitMark;
    switch (kind) {
      case "plain":
        return this.#plain(value, prototype, place, depth);
      case "map":
        return this.#map(value as Map<unknown, unknown>, place, depth);
      case "set":
        return this.#set(value as Set<unknown>, place, depth);
      case "error":
        return this.#error(value as Error, place, depth);
      case "pairs":
        return this.#pairs(value as Pairs, place, depth);
      case "instance":
        return this.#instance(value, place, depth);
    }
  }

  /** Counts an entry; dropped ones count as well, as they do in JSON text. */
  #counted(): boolean {
    return ++this.#nodes <= this.#bounds.nodes;
  }

  #entry(value: unknown, place: Place, depth: number, counted = this.#counted()): unknown {
    if (!counted) return this.#bounds.limitMark;
    return value === UNREADABLE ? this.#engine.error() : this.value(value, place, depth + 1);
  }

  /** The properties `keys` of `source`, walked. Symbols go by their description and stay. */
  #properties(source: object, keys: readonly PropertyKey[], place: Place, depth: number): Entries {
    const names: unknown[] = [];
    const values: unknown[] = [];
    let changed = false;
    for (const key of keys) {
      const counted = this.#counted();
      const below = this.#engine.child(place, typeof key === "symbol" ? (key.description ?? "") : String(key));
      let name: unknown = key;
      if (keyChanges(below) && typeof key !== "symbol") {
        name = this.#engine.changedKey();
        changed = true;
      }
      if (drops(below)) {
        this.#engine.dropped(below);
        changed = true;
        continue;
      }
      const before = read(source, key);
      const after = this.#entry(before, below, depth, counted);
      changed ||= !Object.is(before, after);
      names.push(name);
      values.push(after);
    }
    return { names: changed ? distinct(names) : names, values, changed };
  }

  #plain(value: object, prototype: object | null, place: Place, depth: number): unknown {
    if (typeof read(value, "toJSON") === "function" || typeof read(value, INSPECT) === "function") return this.#instance(value, place, depth);
    const own = this.#properties(value, ownEnumerable(value), place, depth);
    return own.changed ? fill(Object.create(prototype) as object, own) : value;
  }

  #list(value: readonly unknown[], place: Place, depth: number): unknown {
    const { length } = value;
    const keys = Reflect.ownKeys(value);
    const below = this.#engine.item(place);
    const copy: unknown[] = [];
    let changed = false;
    // "length" is a key of its own: with one key more than elements there is no hole and nothing else
    if (keys.length === length + 1) {
      for (let i = 0; i < length; i++) {
        const before = read(value, i);
        const after = this.#entry(before, below, depth);
        changed ||= !Object.is(before, after);
        copy.push(after);
      }
      return changed ? copy : value;
    }
    copy.length = length;
    const others: PropertyKey[] = [];
    for (const key of keys) {
      if (isIndex(key)) {
        const before = read(value, key);
        const after = this.#entry(before, below, depth);
        changed ||= !Object.is(before, after);
        define(copy, key, after, true);
      } else if (Object.prototype.propertyIsEnumerable.call(value, key)) {
        others.push(key);
      }
    }
    const own = this.#properties(value, others, place, depth);
    return changed || own.changed ? fill(copy, own) : value;
  }

  #map(value: Map<unknown, unknown>, place: Place, depth: number): unknown {
    const names: unknown[] = [];
    const values: unknown[] = [];
    let changed = false;
    // the entries are taken at once: a getter that adds some must not keep the walk going
    for (const [key, before] of Array.from(Map.prototype.entries.call(value) as Iterable<[unknown, unknown]>)) {
      const counted = this.#counted();
      let name = key;
      let below: Place;
      if (typeof key === "object" && key !== null) {
        below = this.#engine.item(place);
        name = this.#entry(key, below, depth, counted);
      } else {
        below = this.#engine.child(place, typeof key === "symbol" ? (key.description ?? "") : String(key));
        if (keyChanges(below)) name = this.#engine.changedKey();
      }
      if (drops(below)) {
        this.#engine.dropped(below);
        changed = true;
        continue;
      }
      const after = this.#entry(before, below, depth, counted);
      changed ||= !Object.is(name, key) || !Object.is(before, after);
      names.push(name);
      values.push(after);
    }
    const own = this.#properties(value, ownEnumerable(value), place, depth);
    if (!changed && !own.changed) return value;
    const unique = distinct(names);
    return fill(new Map(unique.map((name, i) => [name, values[i]])), own);
  }

  #set(value: Set<unknown>, place: Place, depth: number): unknown {
    const below = this.#engine.item(place);
    let changed = false;
    const copy = new Set<unknown>();
    for (const before of Array.from(Set.prototype.values.call(value) as Iterable<unknown>)) {
      const after = this.#entry(before, below, depth);
      changed ||= !Object.is(before, after);
      copy.add(after);
    }
    const own = this.#properties(value, ownEnumerable(value), place, depth);
    return changed || own.changed ? fill(copy, own) : value;
  }

  /** All own properties, hidden ones too (`message`, `stack`, `cause`, `errors`), and those that engines keep on the prototype. */
  #error(value: Error, place: Place, depth: number): unknown {
    const keys = Reflect.ownKeys(value);
    const hidden = new Set<unknown>(keys.filter((key) => !Object.prototype.propertyIsEnumerable.call(value, key)));
    for (const key of ["name", "message", "stack"]) {
      if (Object.hasOwn(value, key) || read(value, key) === undefined) continue;
      keys.push(key);
      hidden.add(key);
    }
    const own = this.#properties(value, keys, place, depth);
    if (!own.changed) return value;
    // a real error, so that runtimes print it as one
    const copy = Object.setPrototypeOf(new Error(), Object.getPrototypeOf(value)) as object;
    delete (copy as { stack?: unknown }).stack;
    own.names.forEach((name, i) => define(copy, name as PropertyKey, own.values[i], !hidden.has(name)));
    return copy;
  }

  #bytes(value: ArrayBufferView | ArrayBuffer, place: Place): unknown {
    if (this.#stale()) return this.#engine.error();
    const redacted = this.#engine.leafBytes(place, bytesOf(value));
    return redacted === undefined ? value : restoreBytes(redacted, value);
  }

  #url(value: URL, place: Place): unknown {
    const href = String(value);
    const redacted = this.#text(href, place);
    if (redacted === href) return value;
    try {
      return new URL(redacted);
    } catch {
      return redacted;
    }
  }

  #pairs(value: Pairs, place: Place, depth: number): unknown {
    let changed = false;
    const copy = new (value.constructor as new () => Pairs)();
    for (const [name, before] of Array.from(value)) {
      const counted = this.#counted();
      const below = this.#engine.child(place, name);
      const key = keyChanges(below) ? this.#engine.changedKey() : name;
      if (drops(below)) {
        this.#engine.dropped(below);
        changed = true;
        continue;
      }
      const after = this.#entry(before, below, depth, counted);
      changed ||= key !== name || !Object.is(before, after);
      copy.append(key, after);
    }
    return changed ? copy : value;
  }

  #boxed(value: object, place: Place, depth: number): unknown {
    const before = unbox(value);
    const after = this.value(before, place, depth);
    if (Object.is(before, after)) return value;
    return typeof before === typeof after ? Object(after) : after;
  }

  /**
   * What an object shows is its enumerable properties, what `toJSON` and a console's own method say, and what it prints as. The
   * first of them that is sensitive decides what stands in its place: the redacted answer, a plain object, or the redacted text.
   */
  #instance(value: object, place: Place, depth: number): unknown {
    const { toJSON, toString, [INSPECT]: inspect } = value as { toJSON?: unknown; toString?: unknown; [INSPECT]?: unknown };
    const answers: unknown[] = [];
    if (typeof toJSON === "function") answers.push(toJSON.call(value, ""));
    if (typeof inspect === "function") answers.push(inspected(value, inspect));
    for (const before of answers) {
      if (before === value) continue;
      const after = this.#entry(before, place, depth);
      if (!Object.is(before, after)) return after;
    }
    const own = this.#properties(value, ownEnumerable(value), place, depth);
    if (own.changed) return fill({}, own);
    if (typeof toString === "function" && toString !== Object.prototype.toString) {
      const text: unknown = toString.call(value);
      return typeof text === "string" ? this.#opaque(value, text, place) : value;
    }
    // nothing of it can be seen, and its key says that it must not be
    return masks(place) ? this.#opaque(value, Object.prototype.toString.call(value), place) : value;
  }
}

/** What a console would print; nothing where it would throw. */
function inspected(value: object, inspect: Function): unknown {
  // as a console calls it: some of Node's own write to the options
  const options = { depth: 2, colors: false, stylize: String };
  const plain = (part: unknown): string => (typeof part === "object" ? JSON.stringify(part) : String(part));
  try {
    return inspect.call(value, 2, options, plain) as unknown;
  } catch {
    return undefined;
  }
}

function read(source: object, key: PropertyKey): unknown {
  try {
    return (source as Record<PropertyKey, unknown>)[key];
  } catch {
    return UNREADABLE;
  }
}

/** Never an assignment: `__proto__` would set the prototype, and an inherited setter would run. */
function define(target: object, name: PropertyKey, value: unknown, enumerable: boolean): void {
  Object.defineProperty(target, name, { value, enumerable, writable: true, configurable: true });
}

function fill<T extends object>(target: T, { names, values }: Entries): T {
  names.forEach((name, i) => define(target, name as PropertyKey, values[i], true));
  return target;
}

/** Texts that became equal get `#2`, `#3` in order. */
function distinct(names: unknown[]): unknown[] {
  const next = new Map<unknown, number>();
  return names.map((name) => {
    let unique = name;
    if (typeof name === "string") {
      let n = next.get(name) ?? 2;
      while (next.has(unique)) unique = `${name}#${n++}`;
      next.set(name, n);
    }
    next.set(unique, next.get(unique) ?? 2);
    return unique;
  });
}

function dateText(value: Date): string {
  const time = Date.prototype.getTime.call(value);
  return Number.isNaN(time) ? "" : new Date(time).toISOString();
}
