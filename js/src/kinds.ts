// What a value is, asked in ways that a value of another realm or with a false name answers truthfully.

/**
 * How an object is walked. `kept` has no data of its own, `sealed` data that consoles print and that nobody can read without a change of
 * it; `plain` is an object literal of this realm or another, `instance` any other class.
 */
export type Kind = "sealed" | "map" | "set" | "error" | "bytes" | "date" | "regexp" | "url" | "pairs" | "boxed" | "kept" | "plain" | "instance";

type Class = abstract new (...args: never[]) => object;

/** By the name that `Object.prototype.toString` gives to objects of every realm. */
const BY_TAG: Readonly<Record<string, Kind>> = {
  Map: "map",
  Set: "set",
  Error: "error",
  DOMException: "error",
  ArrayBuffer: "bytes",
  SharedArrayBuffer: "bytes",
  Date: "date",
  RegExp: "regexp",
  URL: "url",
  URLSearchParams: "pairs",
  Headers: "pairs",
  FormData: "pairs",
  String: "boxed",
  Number: "boxed",
  BigInt: "boxed",
  Symbol: "boxed",
  Promise: "sealed",
  "Map Iterator": "sealed",
  "Set Iterator": "sealed",
};

/** Known by their class alone. A page's nodes and window are views of the page, not data, and lead everywhere. */
const KEPT = ["ReadableStream", "WritableStream", "TransformStream", "Node", "Window"];

const classes: (readonly [Class, Kind])[] = [];
let unseen: (readonly [string, Kind])[] = [...Object.entries(BY_TAG), ...KEPT.map((name) => [name, "kept"] as const)];

/**
 * The classes that have a kind. Node loads some of its globals when they are first looked at, which takes longer than all of
 * this package; until somebody did, they are getters, and have no instances.
 */
export function loaded(): readonly (readonly [Class, Kind])[] {
  if (unseen.length > 0) {
    unseen = unseen.filter(([name, kind]) => {
      const found: unknown = Object.getOwnPropertyDescriptor(globalThis, name)?.value;
      if (typeof found === "function") classes.push([found as Class, kind]);
      return found === undefined;
    });
  }
  return classes;
}

/** Brand checks: each throws for what only pretends. */
const BRANDS: Partial<Record<Kind, (value: object) => unknown>> = {
  map: (value) => Map.prototype.has.call(value as Map<unknown, unknown>, 0),
  set: (value) => Set.prototype.has.call(value as Set<unknown>, 0),
  date: (value) => Date.prototype.getTime.call(value),
  bytes: (value) => new Uint8Array(value as ArrayBuffer, 0, 0),
  boxed: unbox,
};

export function kindOf(value: object): Kind {
  if (ArrayBuffer.isView(value)) return "bytes";
  const kind = claimed(value);
  try {
    BRANDS[kind]?.(value);
    return kind;
  } catch (thrown) {
    // a proxy around one: consoles look through it, a walk cannot
    if (loaded().some(([known, its]) => its === kind && value instanceof known)) throw thrown;
    return "instance";
  }
}

function claimed(value: object): Kind {
  const tag = tagOf(value).slice(8, -1);
  if (Object.hasOwn(BY_TAG, tag)) return BY_TAG[tag] as Kind;
  // a subclass can hide its tag, its prototype chain tells then
  for (const [known, kind] of loaded()) if (value instanceof known) return kind;
  const prototype: object | null = Object.getPrototypeOf(value);
  const foreign = prototype !== null && Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "hasOwnProperty");
  return foreign ? "plain" : "instance";
}

/** What every object has as its text at least, such as `[object Promise]`. */
export function tagOf(value: object): string {
  return Object.prototype.toString.call(value);
}

/** The primitive inside a boxed one. */
export function unbox(value: object): unknown {
  for (const { prototype } of [String, Number, BigInt, Symbol]) {
    try {
      return (prototype.valueOf as (this: unknown) => unknown).call(value);
    } catch {
      // of another type
    }
  }
  throw new TypeError("not boxed");
}

/** Names of the properties that a copy gets: enumerable ones, symbols last. */
export function ownEnumerable(value: object): PropertyKey[] {
  const names: PropertyKey[] = Object.keys(value);
  for (const symbol of Object.getOwnPropertySymbols(value)) {
    if (Object.prototype.propertyIsEnumerable.call(value, symbol)) names.push(symbol);
  }
  return names;
}

/** The same without elements. Of very many elements the engine of JavaScript would list every one: then none is named. */
export function ownNamed(value: object): PropertyKey[] {
  const { length } = value as { length?: number };
  return ArrayBuffer.isView(value) && (length as number) > 1 << 16 ? [] : ownEnumerable(value).filter((key) => !isIndex(key));
}

/** Is the key an array index in its canonical form? */
export function isIndex(key: PropertyKey): key is string {
  if (typeof key !== "string") return false;
  const index = Number(key) >>> 0;
  return index !== 0xffffffff && String(index) === key;
}

/** The bytes of a typed array, a view or a buffer, not copied. */
export function bytesOf(value: ArrayBufferView | ArrayBufferLike): Uint8Array {
  return ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : new Uint8Array(value);
}

type TypedArray = new (buffer: ArrayBufferLike) => object;

const tagOfTypedArray = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)?.get as (this: unknown) => string | undefined;

/** Redacted bytes in the type that they came in. Elements wider than a byte are filled up with spaces. */
export function restoreBytes(bytes: Uint8Array, like: object): object {
  if (!ArrayBuffer.isView(like)) {
    const copy = new (tagOf(like) === "[object SharedArrayBuffer]" ? SharedArrayBuffer : ArrayBuffer)(bytes.length);
    new Uint8Array(copy).set(bytes);
    return copy;
  }
  const name = tagOfTypedArray.call(like);
  if (name === undefined) return new DataView(bytes.slice().buffer);
  const type = (globalThis as unknown as Record<string, TypedArray>)[name] as TypedArray;
  const width = (like as Uint8Array).BYTES_PER_ELEMENT;
  const filled = new Uint8Array(Math.ceil(bytes.length / width) * width).fill(0x20);
  filled.set(bytes);
  // keeps a Buffer a Buffer
  return Object.setPrototypeOf(new type(filled.buffer), Object.getPrototypeOf(like)) as object;
}
