// A value as text, with everything that a copy could get wrong: types, order, holes, descriptors, prototypes, cycles and shared objects.

export function describe(value, seen = new Map()) {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "symbol") return String(value);
  if (typeof value === "function") return `function ${identity(value, seen)}`;
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  if (seen.has(value)) return `#${seen.get(value)}`;
  const id = identity(value, seen);
  const parts = [];
  if (value instanceof Map) for (const [key, item] of value) parts.push(`${describe(key, seen)}=>${describe(item, seen)}`);
  if (value instanceof Set) for (const item of value) parts.push(describe(item, seen));
  if (value instanceof Date) parts.push(String(value.getTime()));
  if (value instanceof URL || value instanceof URLSearchParams || value instanceof RegExp) parts.push(String(value));
  if (value instanceof Headers) parts.push(JSON.stringify([...value]));
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `${name(value)}[${bytes(value)}]`;
  for (const key of Reflect.ownKeys(value)) {
    const { value: item, get, enumerable } = Object.getOwnPropertyDescriptor(value, key);
    // the text of a stack and where it is kept differ between engines
    if (key === "stack") continue;
    parts.push(`${enumerable ? "" : "~"}${String(key)}:${get === undefined ? describe(item, seen) : "getter"}`);
  }
  return `#${id} ${name(value)}{${parts.join(", ")}}`;
}

export function bytes(value) {
  const view = ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : new Uint8Array(value);
  return new TextDecoder().decode(view);
}

function identity(value, seen) {
  if (!seen.has(value)) seen.set(value, seen.size);
  return seen.get(value);
}

function name(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null ? "null" : prototype.constructor.name;
}

/** Freezes what can be frozen, so that a write to it throws. */
export function freeze(value, seen = new Set()) {
  if (typeof value !== "object" || value === null || seen.has(value)) return value;
  seen.add(value);
  if (value instanceof Map) for (const pair of value) pair.forEach((part) => freeze(part, seen));
  if (value instanceof Set) for (const item of value) freeze(item, seen);
  for (const key of Reflect.ownKeys(value)) {
    const { value: item } = Object.getOwnPropertyDescriptor(value, key);
    freeze(item, seen);
  }
  return ArrayBuffer.isView(value) ? value : Object.freeze(value);
}
