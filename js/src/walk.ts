import type { Bounds, Engine } from "./engine.js";
import { ERROR } from "./errors.js";
import { bytesOf, isIndex, kindOf, loaded, ownEnumerable, ownNamed, restoreBytes, tagOf, unbox } from "./kinds.js";
import { drops, isName, isNamed, isNamedByList, isSame, keyChanges, masks, type Place } from "./place.js";

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

/** A visit of an object at one place; the same object at another place may come out differently. */
interface Visit {
  readonly place: Place;
  open: boolean;
  result: unknown;
  readonly before: Visit | undefined;
}

/** What became of a container's entries, in order, dropped ones left out. Names may be equal now. */
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

/** What JSON and consoles ask an object for, in place of its properties. */
const FORMS = ["toJSON", INSPECT] as const;
/** What it is asked for as text. */
const TEXTS = ["toString", Symbol.toPrimitive] as const;

const METHODS = [...FORMS, ...TEXTS];

type Method = (typeof METHODS)[number];

/** An answer of an object about itself, redacted. */
interface Answer {
  readonly method: Method;
  readonly after: unknown;
  readonly changed: boolean;
}

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
        return this.#opaque(value, String(value), place, depth);
      case "object":
      case "function":
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

  /** A value that is looked at as one text: itself, or that text redacted, where it or a property of somebody's changes. */
  #opaque(value: object | symbol, text: string, place: Place, depth: number): unknown {
    const redacted = this.#text(text, place);
    return redacted === text && !this.#own(value as object, place, depth).changed ? value : redacted;
  }

  #object(value: object, place: Place, depth: number): unknown {
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
    // of those of every realm the prototype is one itself
    const spoken = (after: unknown, methods: readonly Method[] = METHODS): unknown => this.#spoken(value, after, methods, place, depth);
    const prototype: object | null = Object.getPrototypeOf(value);
    if (Array.isArray(value)) return full ? this.#bounds.limitMark : spoken(this.#list(value, place, depth), Array.isArray(prototype) ? FORMS : METHODS);
    const plain = prototype === Object.prototype || prototype === null;
    const kind = typeof value === "function" ? "instance" : plain ? "plain" : kindOf(value);
    switch (kind) {
      case "kept":
        return value;
      case "sealed":
        return this.#text(tagOf(value), place);
      case "bytes":
        return this.#bytes(value as ArrayBufferView | ArrayBuffer, place, depth);
      case "date":
        return spoken(this.#opaque(value, dateText(value as Date), place, depth));
      case "regexp":
        return spoken(this.#opaque(value, String(value), place, depth));
      case "url":
        return spoken(this.#url(value as URL, place, depth));
      case "boxed":
        return spoken(this.#boxed(value, place, depth));
    }
    if (full) return this.#bounds.limitMark;
    switch (kind) {
      case "plain":
        return this.#plain(value, prototype, place, depth);
      case "map":
        return spoken(this.#map(value as Map<unknown, unknown>, place, depth));
      case "set":
        return spoken(this.#set(value as Set<unknown>, place, depth));
      case "error":
        return this.#error(value as Error, place, depth);
      case "pairs":
        return spoken(this.#fields(value as Pairs, place, depth));
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

  /** Named entries, walked. A symbol goes by its description; an object that is a name is walked itself, and its value as an element. */
  #entries<Name>(keys: readonly Name[], get: (key: Name, i: number) => unknown, place: Place, depth: number): Entries {
    const names: unknown[] = [];
    const values: unknown[] = [];
    let changed = false;
    const all: unknown[] = [];
    const at = (i: number): unknown => (i in all ? all[i] : (all[i] = get(keys[i] as Name, i)));
    let label: string | undefined;
    let looked = 0;
    // no callback: Hermes goes only so deep through functions of its own
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as Name;
      const counted = this.#counted();
      let name: unknown = key;
      let below: Place;
      if (Object(key) === key) {
        below = this.#engine.item(place);
        name = this.#entry(key, below, depth, counted);
      } else {
        below = this.#engine.child(place, typeof key === "symbol" ? (key.description ?? "") : String(key));
        if (keyChanges(below)) name = typeof key === "symbol" ? Symbol(this.#engine.changedKey()) : this.#engine.changedKey();
      }
      if (drops(below)) {
        this.#engine.dropped(below);
        changed = true;
        continue;
      }
      const before = at(i);
      if (isNamed(below)) {
        // of many such values, each goes on where the one before it stopped; ahead of it stand scalars
        for (; label === undefined && looked < keys.length; looked++) {
          const said = at(looked);
          if (looked >= i && (looked > i + this.#bounds.ahead || Object(said) === said)) break;
          label = this.#label(keys[looked], said, place);
        }
        if (label !== undefined && (!isNamedByList(below) || Array.isArray(all[looked - 1]))) below = this.#engine.named(below, label);
      }
      const after = this.#entry(before, below, depth, counted);
      changed ||= !Object.is(name, key) || !Object.is(before, after);
      names.push(name);
      values.push(after);
    }
    return { names, values, changed };
  }

  /** What an entry says that a value beside it is: `{ name: "password", value: "x" }`; of a list the last that says something. */
  #label(key: unknown, said: unknown, place: Place): string | undefined {
    if (typeof key !== "string" || !isName(this.#engine.child(place, key))) return undefined;
    const says = (name: unknown): name is string => typeof name === "string" && !isSame(this.#engine.named(place, name), place);
    return (Array.isArray(said) ? said.slice(0, this.#bounds.elements) : [said]).filter(says).pop();
  }

  /** The properties that a copy gets, or `keys`, walked. */
  #own(source: object, place: Place, depth: number, keys = ownEnumerable(source)): Entries {
    return this.#entries(keys, (key) => read(source, key), place, depth);
  }

  #plain(value: object, prototype: object | null, place: Place, depth: number): unknown {
    if (METHODS.some((method) => Object.hasOwn(value, method))) return this.#instance(value, place, depth);
    const own = this.#own(value, place, depth);
    return own.changed ? fill(Object.create(prototype) as object, own) : value;
  }

  #list(value: readonly unknown[], place: Place, depth: number): unknown {
    const { length } = value;
    const keys = Reflect.ownKeys(value);
    // "length" is a key of its own: with one key more than elements there is no hole and nothing else
    if (keys.length === length + 1) {
      const { values, changed } = this.#items(length, (i) => read(value, i), place, depth, length === 2);
      return changed ? values : value;
    }
    const present = keys.filter(isIndex);
    const inside = this.#items(present.length, (i) => read(value, present[i] as string), place, depth);
    const own = this.#own(value, place, depth, ownNamed(value));
    if (!inside.changed && !own.changed) return value;
    const copy: unknown[] = [];
    copy.length = length;
    return fill(fill(copy, { ...inside, names: present }), own);
  }

  /** Elements, walked; of a `pair` the first may be the key of the second, any flag or header that of the next, and a flag may hold a secret: `["--password", "x"]`, `["mysql", "-px"]`. */
  #items(count: number, get: (i: number) => unknown, place: Place, depth: number, pair = false): Omit<Entries, "names"> {
    const below = this.#engine.item(place);
    const values: unknown[] = [];
    let changed = false;
    const all: unknown[] = [];
    for (let i = 0; i < count; i++) {
      const before = get(i);
      const last = all[i - 1];
      let scope = below;
      // without a dash the engine would say nothing, and a call of it for each element is dear
      if (typeof last === "string" && typeof before === "string" && (pair || last.includes("-") || before.startsWith("-"))) {
        const line = all.slice(0, Math.min(i - 1, this.#bounds.elements)).filter((element) => typeof element === "string");
        scope = this.#engine.second(below, line.join(" "), last, before, pair);
      }
      const after = this.#entry(before, scope, depth);
      all.push(before);
      changed ||= !Object.is(before, after);
      values.push(after);
    }
    return { values, changed };
  }

  #map(value: Map<unknown, unknown>, place: Place, depth: number): unknown {
    // the entries are taken at once: a getter that adds some must not keep the walk going
    const pairs = Array.from(Map.prototype.entries.call(value) as Iterable<[unknown, unknown]>);
    const inside = this.#pairs(pairs, place, depth);
    const own = this.#own(value, place, depth);
    if (!inside.changed && !own.changed) return value;
    const names = distinct(inside.names);
    return fill(new Map(names.map((name, i) => [name, inside.values[i]])), own);
  }

  #pairs(pairs: readonly [unknown, unknown][], place: Place, depth: number): Entries {
    return this.#entries(pairs.map(([key]) => key), (_, i) => pairs[i]?.[1], place, depth);
  }

  #set(value: Set<unknown>, place: Place, depth: number): unknown {
    const all = Array.from(Set.prototype.values.call(value) as Iterable<unknown>);
    const { values, changed } = this.#items(all.length, (i) => all[i], place, depth);
    const own = this.#own(value, place, depth);
    return changed || own.changed ? fill(new Set(values), own) : value;
  }

  /** All own properties, hidden ones too (`message`, `stack`, `cause`, `errors`), those that engines keep on the prototype, and what it says of itself. */
  #error(value: Error, place: Place, depth: number): unknown {
    const keys = Reflect.ownKeys(value);
    const hidden = new Set<unknown>(keys.filter((key) => !Object.prototype.propertyIsEnumerable.call(value, key)));
    for (const key of ["name", "message", "stack"]) {
      if (Object.hasOwn(value, key) || read(value, key) === undefined) continue;
      keys.push(key);
      hidden.add(key);
    }
    const own = this.#own(value, place, depth, keys);
    const said = this.#said(value, METHODS, place, depth);
    if (!own.changed && !said.some(({ changed }) => changed)) return value;
    // a real error, so that runtimes print it as one
    const copy = Object.setPrototypeOf(new Error(), Object.getPrototypeOf(value)) as object;
    delete (copy as { stack?: unknown }).stack;
    return speak(fill(copy, own, hidden), said);
  }

  #bytes(value: ArrayBufferView | ArrayBuffer, place: Place, depth: number): unknown {
    if (this.#stale()) return this.#engine.error();
    const redacted = this.#engine.leafBytes(place, bytesOf(value));
    if (redacted !== undefined) return restoreBytes(redacted, value);
    if ((value as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT === 8) {
      // elements that can hold the number of a card; with one that changes, they are a list
      const numbers = Array.from(value as unknown as ArrayLike<number | bigint>);
      const list = this.#list(numbers, place, depth);
      if (list !== numbers) return list;
    }
    const own = this.#own(value, place, depth, ownNamed(value));
    return own.changed ? fill(restoreBytes(bytesOf(value), value), own) : value;
  }

  #url(value: URL, place: Place, depth: number): unknown {
    const redacted = this.#opaque(value, String(value), place, depth);
    try {
      return redacted === value ? value : new URL(redacted as string);
    } catch {
      return redacted;
    }
  }

  #fields(value: Pairs, place: Place, depth: number): unknown {
    const { names, values, changed } = this.#pairs(Array.from(value), place, depth);
    if (!changed) return value;
    const copy = new (value.constructor as new () => Pairs)();
    names.forEach((name, i) => copy.append(name as string, values[i]));
    return copy;
  }

  #boxed(value: object, place: Place, depth: number): unknown {
    const before = unbox(value);
    const after = this.value(before, place, depth);
    // the letters of a string are properties too
    const own = this.#own(value, place, depth, ownNamed(value));
    if (Object.is(before, after) && !own.changed) return value;
    return typeof before === typeof after ? fill(Object(after) as object, own) : after;
  }

  /**
   * What an object shows is its enumerable properties, what it says to JSON and to a console, and what it prints as; a function also
   * its name. The first of them that is sensitive decides what stands in its place: the redacted answer, a plain object or a function
   * that does nothing, or the redacted text.
   */
  #instance(value: object, place: Place, depth: number): unknown {
    const form = this.#spoken(value, value, FORMS, place, depth);
    if (form !== value) return form;
    const own = this.#own(value, place, depth, shown(value));
    const texts = this.#said(value, TEXTS, place, depth);
    let bare = {};
    let { changed } = own;
    if (typeof value === "function") {
      const { name } = value;
      const redacted = this.#entry(name, this.#bounds.root, depth);
      changed ||= !Object.is(name, redacted);
      bare = Object.defineProperty(() => {}, "name", { value: redacted });
    }
    if (changed) return speak(fill(bare, own), texts);
    for (const { changed, after } of texts) if (changed) return after;
    // nothing of it can be seen, and its key says that it must not be
    return masks(place) && typeof value !== "function" ? this.#opaque(value, tagOf(value), place, depth) : value;
  }

  /** What came of an object; where that is itself, the first of its answers that is sensitive. */
  #spoken(value: object, after: unknown, methods: readonly Method[], place: Place, depth: number): unknown {
    if (after !== value) return after;
    const first = this.#said(value, methods, place, depth).find(({ changed }) => changed);
    return first ? first.after : value;
  }

  /** What an object says of itself where it is asked in these ways. */
  #said(value: object, methods: readonly Method[], place: Place, depth: number): Answer[] {
    const said: Answer[] = [];
    for (const method of methods) {
      const before = ask(value, method);
      if (before === value || before === undefined) continue;
      const after = this.#entry(before, place, depth);
      said.push({ method, after, changed: !Object.is(before, after) });
    }
    return said;
  }
}

/** Makes a copy say what the object said. Its class cannot: what it reads may be private, and so in no copy. */
function speak(copy: object, said: readonly Answer[]): object {
  for (const { method, after } of said) define(copy, method, () => after, false);
  return copy;
}

/** What everything has, and tells nothing that a walk does not see. */
const BUILT_IN: readonly unknown[] = [Object, Function, Error, Array].map(({ prototype }) => prototype.toString);

/** The answer of an object about itself; nothing where it has none. */
function ask(value: object, method: Method): unknown {
  try {
    const own = (value as Partial<Record<Method, unknown>>)[method];
    if (typeof own !== "function" || BUILT_IN.includes(own) || loaded().some(([{ prototype }]) => read(prototype, method) === own)) return undefined;
    if (method === INSPECT) return inspected(value, own);
    // `toString` may have a parameter of its own, such as a radix
    return own.call(value, ...(method === "toString" ? [] : [method === "toJSON" ? "" : "string"])) as unknown;
  } catch {
    return UNREADABLE;
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

/**
 * Names of what an instance shows: its own properties, and what the prototype of a platform's object has of it, such as `detail` of an
 * event (Web IDL, section 3.7.6: enumerable, as no getter of a class is). Some cannot be read as the object is, and are not shown.
 */
function shown(value: object): PropertyKey[] {
  const names = ownEnumerable(value);
  for (const name in value) if (!Object.hasOwn(value, name) && !/^(f|sy)/.test(typeof read(value, name))) names.push(name);
  return names;
}

export function read(source: object, key: PropertyKey): unknown {
  try {
    return (source as Record<PropertyKey, unknown>)[key];
  } catch {
    return UNREADABLE;
  }
}

/** No assignment, which is several times as fast, where the name is inherited: `__proto__` would set the prototype, and a setter would run. */
function define(target: object, name: PropertyKey, value: unknown, enumerable: boolean): void {
  if (enumerable && !(name in target)) (target as Record<PropertyKey, unknown>)[name] = value;
  else Object.defineProperty(target, name, { value, enumerable, writable: true, configurable: true });
}

function fill<T extends object>(target: T, { names, values }: Entries, hidden?: ReadonlySet<unknown>): T {
  distinct(names).forEach((name, i) => define(target, name as PropertyKey, values[i], hidden?.has(name) !== true));
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
  try {
    return Date.prototype.toISOString.call(value);
  } catch {
    return ""; // no time
  }
}
