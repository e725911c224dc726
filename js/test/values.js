// What becomes of every kind of JavaScript value. Runs in Node and in a page, so it knows neither.
//
// A case makes a value and looks at what comes out. `same`: the very object must come back. Otherwise `like` makes what is
// expected, or `check` looks itself. Before and after, the made value must be the same to the last descriptor.
import { bytes, describe, freeze } from "./describe.js";

const ADDRESS = "ana@example.com";
const SAFE = "***@example.com";
const MASK = "[REDACTED]";
const ERROR = "[REDACTED:error]";
const LIMIT = "[REDACTED:limit]";
const CIRCULAR = "[circular]";
const CARD = 4111111111111111;
const SAFE_CARD = "****-****-****-1111";

const encode = (text) => new TextEncoder().encode(text);

class Account {
  constructor(email) {
    this.email = email;
    this.plan = "free";
  }
}

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

class Inspected {
  #address;
  constructor(address) {
    this.#address = address;
  }
  [INSPECT](depth, options, inspect) {
    options.colors = true;
    return `to ${inspect(this.#address)}`;
  }
}

class List extends Array {
  #address = ADDRESS;
  toJSON() {
    return { a: this.#address };
  }
}

class Table extends Map {
  #address = ADDRESS;
  toJSON() {
    return { a: this.#address };
  }
}

class Group extends Set {
  #address = ADDRESS;
  [INSPECT]() {
    return `to ${this.#address}`;
  }
}

class Day extends Date {
  #address = ADDRESS;
  toJSON() {
    return { a: this.#address };
  }
}

class Place extends URL {
  #address = ADDRESS;
  toString() {
    return this.#address ?? "";
  }
}

class Failure extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = "Failure";
    this.address = ADDRESS;
  }
}

class Keyed {
  static apiKey = "hunter2hunter2";
}

/** As objects of a platform are: what they show is on the prototype, some of it not readable, and enumerable, as methods are. */
class Shown {
  #detail;
  constructor(detail) {
    this.#detail = detail;
  }
  get detail() {
    return this.#detail;
  }
  get early() {
    throw new Error("not yet");
  }
  get hidden() {
    return ADDRESS;
  }
  close() {}
}
for (const name of ["detail", "early", "close"]) Object.defineProperty(Shown.prototype, name, { enumerable: true });

/** Says what is in a private field: a copy has none, and its class throws on it. */
class Reported extends Error {
  #config;
  constructor(message, config) {
    super(message);
    this.#config = config;
  }
  toJSON() {
    return { message: this.message, config: this.#config };
  }
  [INSPECT]() {
    return `Reported: ${this.#config.to}`;
  }
  toString() {
    return `Reported(${this.#config.to})`;
  }
}

class Hidden {
  #address = ADDRESS;
  toJSON() {
    return { address: this.#address };
  }
}

class Printed {
  #address = ADDRESS;
  toString() {
    return `to ${this.#address}`;
  }
}

class Registry extends Map {
  get [Symbol.toStringTag]() {
    return "Registry";
  }
}

const thrower = () => {
  throw new Error(`never show ${ADDRESS}`);
};
const throwing = new Proxy({}, Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((trap) => [trap, thrower])));
const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

function deep(levels, wrap, leaf) {
  let value = leaf;
  for (let i = 0; i < levels; i++) value = wrap(value);
  return value;
}

function depthOf(value, unwrap) {
  let levels = 0;
  for (; typeof value === "object"; value = unwrap(value)) levels++;
  return [levels, value];
}

/** @type {{name: string, make: () => unknown, same?: boolean, like?: () => unknown, check?: (out: any, given: any, ok: (truth: unknown, what: string) => void) => void, policy?: object, live?: boolean}[]} */
export const cases = [
  // primitives
  { name: "string", make: () => `to ${ADDRESS}`, like: () => `to ${SAFE}` },
  { name: "clean string", make: () => "nothing here", same: true },
  { name: "empty string", make: () => "", same: true },
  { name: "string after CJK and emoji", make: () => `漢字😀 ${ADDRESS} 😀`, like: () => `漢字😀 ${SAFE} 😀` },
  { name: "clean lone surrogate", make: () => "\ud800 x", same: true },
  { name: "lone surrogate in a changed string", make: () => `\ud800 ${ADDRESS}`, like: () => `\ufffd ${SAFE}` },
  { name: "byte order mark stays", make: () => `\ufeff ${ADDRESS}`, like: () => `\ufeff ${SAFE}` },
  { name: "long string", make: () => `${"é".repeat(100_000)} ${ADDRESS}`, like: () => `${"é".repeat(100_000)} ${SAFE}` },
  { name: "long ASCII string", make: () => `${"x ".repeat(100_000)}${ADDRESS}`, like: () => `${"x ".repeat(100_000)}${SAFE}` },
  { name: "number", make: () => 25, same: true },
  { name: "card as a number", make: () => ({ n: CARD }), like: () => ({ n: SAFE_CARD }) },
  { name: "card as a BigInt", make: () => ({ n: BigInt(CARD) }), like: () => ({ n: SAFE_CARD }) },
  { name: "BigInt", make: () => ({ n: 2n ** 64n }), same: true },
  { name: "odd numbers", make: () => [NaN, Infinity, -Infinity, -0, 2 ** 53 + 2, 5e-324], same: true },
  { name: "number under a sensitive key", make: () => ({ password: 12345678 }), like: () => ({ password: MASK }) },
  { name: "NaN under a sensitive key", make: () => ({ password: NaN }), check: (out, _given, ok) => ok(out.password === MASK || Number.isNaN(out.password), "masked, or not a value at all") },
  { name: "booleans, null, undefined", make: () => [true, false, null, undefined], same: true },
  { name: "booleans under a sensitive key", make: () => ({ password: true, secret: null, token: undefined }), same: true },
  { name: "symbol", make: () => Symbol("x"), same: true },
  { name: "symbol with an address", make: () => [Symbol(ADDRESS)], like: () => [`Symbol(${SAFE})`] },
  // functions
  { name: "function", make: () => ({ f: thrower, password: thrower, Account, bound: thrower.bind(null), [Symbol.iterator]: function* () {} }), same: true },
  { name: "function with clean properties", make: () => [Object.assign(() => 1, { note: "x", self: { a: [1] } })], same: true },
  {
    name: "function with properties",
    make: () => Object.assign(function wrap() {}, { defaults: { headers: { Authorization: "Bearer hunter2sEcret99" } }, clean: thrower }),
    check: (out, given, ok) => ok(typeof out === "function" && out !== given && out.name === "wrap" && out.defaults.headers.Authorization === MASK && out.clean === thrower && out() === undefined, "a function without a body"),
  },
  { name: "class with a static field", make: () => [Keyed], check: ([out], _given, ok) => ok(out.name === "Keyed" && out.apiKey === MASK && Keyed.apiKey !== MASK, "redacted") },
  { name: "function with a sensitive name", make: () => [{ [ADDRESS]: () => 1 }[ADDRESS]], check: ([out], _given, ok) => ok(out.name === SAFE, "redacted name") },
  { name: "function that is its own property", make: () => { const f = Object.assign(() => 1, { mail: ADDRESS }); f.f = f; return f; }, check: (out, _given, ok) => ok(out.f === CIRCULAR && out.mail === SAFE, "cycle") },
  { name: "function with toJSON", make: () => [Object.assign(() => 1, { toJSON: () => ({ a: ADDRESS }) })], like: () => [{ a: SAFE }] },
  { name: "function that prints itself", make: () => [Object.assign(() => 1, { toString: () => ADDRESS })], like: () => [SAFE] },
  { name: "proxy of a function that throws", make: () => [new Proxy(() => 1, { get: thrower })], live: true, like: () => [ERROR] },
  { name: "function kept by policy", policy: { fields: { support: "keep" } }, make: () => ({ support: Keyed }), same: true },
  // plain objects
  { name: "plain object", make: () => ({ a: ADDRESS, b: { c: [1, ADDRESS] } }), like: () => ({ a: SAFE, b: { c: [1, SAFE] } }) },
  { name: "clean object", make: () => ({ a: "x", b: { c: [1, "y", { d: null }] } }), same: true },
  { name: "unchanged part is the same part", make: () => ({ a: ADDRESS, b: { c: 1 } }), check: (out, given, ok) => ok(out.b === given.b, "same part") },
  { name: "sensitive key", make: () => ({ user: { password: "hunter2", name: "x" } }), like: () => ({ user: { password: MASK, name: "x" } }) },
  { name: "null prototype", make: () => Object.assign(Object.create(null), { a: ADDRESS }), like: () => Object.assign(Object.create(null), { a: SAFE }) },
  { name: "key with an address", make: () => ({ [ADDRESS]: 1 }), like: () => ({ [SAFE]: 1 }) },
  { name: "keys that become equal", make: () => ({ "ana@example.com": 1, "eva@example.com": 2, "rui@example.com": 3 }), like: () => ({ [SAFE]: 1, [`${SAFE}#2`]: 2, [`${SAFE}#3`]: 3 }) },
  { name: "own __proto__", make: () => JSON.parse(`{"__proto__": {"polluted": true}, "a": "${ADDRESS}"}`), check: (out, _given, ok) => ok(Object.hasOwn(out, "__proto__") && out.polluted === undefined && out.a === SAFE, "an own property") },
  { name: "inherited names", make: () => ({ a: ADDRESS, isPrototypeOf: ADDRESS, valueOf: 1 }), like: () => ({ a: SAFE, isPrototypeOf: SAFE, valueOf: 1 }) },
  { name: "own __proto__ with an address", make: () => JSON.parse(`{"__proto__": "${ADDRESS}"}`), like: () => JSON.parse(`{"__proto__": "${SAFE}"}`) },
  { name: "constructor and toString as keys", make: () => ({ constructor: ADDRESS, toString: "x", hasOwnProperty: 1 }), like: () => ({ constructor: SAFE, toString: "x", hasOwnProperty: 1 }) },
  { name: "symbol keys", make: () => ({ [Symbol.for("note")]: ADDRESS }), like: () => ({ [Symbol.for("note")]: SAFE }) },
  { name: "symbol key with an address", make: () => ({ [Symbol(ADDRESS)]: 1 }), like: () => ({ [Symbol(SAFE)]: 1 }) },
  { name: "sensitive symbol key", make: () => ({ [Symbol.for("password")]: "hunter2" }), like: () => ({ [Symbol.for("password")]: MASK }) },
  { name: "dropped by policy", policy: { fields: { grades: "drop" } }, make: () => ({ a: 1, grades: [1, 2] }), like: () => ({ a: 1 }) },
  { name: "dotted path", policy: { fields: { "a.*.c": "mask" } }, make: () => ({ a: { x: { c: "x" } }, c: "x" }), like: () => ({ a: { x: { c: MASK } }, c: "x" }) },
  { name: "kept by policy", policy: { fields: { support: "keep" } }, make: () => ({ support: ADDRESS }), same: true },
  { name: "everything below a sensitive key", make: () => ({ password: { a: "hunter2", b: ["hunter3"] } }), like: () => ({ password: { a: MASK, b: [MASK] } }) },
  // arrays
  { name: "array", make: () => [1, ADDRESS, [ADDRESS]], like: () => [1, SAFE, [SAFE]] },
  { name: "sparse array", make: () => [, ADDRESS, , 1, ,], like: () => [, SAFE, , 1, ,] },
  { name: "clean sparse array", make: () => [, 1, ,], same: true },
  { name: "huge sparse array", make: () => Object.assign([], { 4294967290: ADDRESS }), check: (out, _given, ok) => ok(out.length === 4294967291 && out[4294967290] === SAFE && !(0 in out), "sparse still") },
  { name: "array with properties", make: () => Object.assign([1], { note: ADDRESS, 5: 2 }), like: () => Object.assign([1], { note: SAFE, 5: 2 }) },
  { name: "match of a regular expression", make: () => /@(.*)/.exec(ADDRESS), check: (out, _given, ok) => ok(out.input === SAFE && out.index === 3 && out.length === 2, "match") },
  // Map and Set
  { name: "Map", make: () => new Map([["a", ADDRESS], [ADDRESS, 1], [5, "x"], ["password", "hunter2"]]), like: () => new Map([["a", SAFE], [SAFE, 1], [5, "x"], ["password", MASK]]) },
  { name: "clean Map", make: () => new Map([["a", new Map()], [{}, 1], [NaN, 2], [undefined, 3]]), same: true },
  { name: "Map with objects as keys", make: () => new Map([[{ mail: ADDRESS }, 1]]), like: () => new Map([[{ mail: SAFE }, 1]]) },
  { name: "Map with a card as a key", make: () => new Map([[CARD, 1]]), like: () => new Map([[SAFE_CARD, 1]]) },
  { name: "Map with symbols and functions as keys", make: () => new Map([[Symbol(ADDRESS), 1], [Keyed, 2]]), check: (out, _given, ok) => { const [[symbol], [keyed]] = out; ok(String(symbol) === `Symbol(${SAFE})` && keyed.apiKey === MASK, "redacted keys"); } },
  { name: "Map drops", policy: { fields: { grades: "drop" } }, make: () => new Map([["grades", 1], ["a", 2]]), like: () => new Map([["a", 2]]) },
  { name: "Map keys that become equal", make: () => new Map([["ana@example.com", 1], ["eva@example.com", 2]]), like: () => new Map([[SAFE, 1], [`${SAFE}#2`, 2]]) },
  { name: "Map with properties", make: () => Object.assign(new Map([["a", 1]]), { note: ADDRESS }), like: () => Object.assign(new Map([["a", 1]]), { note: SAFE }) },
  { name: "Map with another name", make: () => new Registry([["a", ADDRESS]]), check: (out, _given, ok) => ok(out instanceof Map && out.get("a") === SAFE, "seen through") },
  { name: "Set", make: () => new Set([ADDRESS, 1, new Set([ADDRESS])]), like: () => new Set([SAFE, 1, new Set([SAFE])]) },
  { name: "clean Set", make: () => new Set([1, "x"]), same: true },
  { name: "object of a platform", make: () => Object.assign(new Shown({ password: "hunter2" }), { a: 1 }), like: () => ({ a: 1, detail: { password: MASK } }) },
  { name: "clean object of a platform", make: () => new Shown({ a: 1 }), same: true },
  { name: "pretended Map", make: () => ({ __proto__: { [Symbol.toStringTag]: "Map" }, a: ADDRESS }), check: (out, _given, ok) => ok(out.a === SAFE, "walked as an instance") },
  // errors
  { name: "clean error", make: () => new TypeError("nothing"), same: true },
  {
    name: "error",
    make: () => new TypeError(`no ${ADDRESS}`),
    check: (out, given, ok) => ok(out instanceof TypeError && out !== given && out.message === `no ${SAFE}` && !String(out.stack).includes(ADDRESS) && out.name === "TypeError" && !Object.keys(out).length, "a TypeError"),
  },
  {
    name: "own error class with cause",
    make: () => new Failure("a", { cause: new Error(`b ${ADDRESS}`, { cause: { password: "hunter2" } }) }),
    check: (out, _given, ok) => ok(out instanceof Failure && out.address === SAFE && out.cause.message === `b ${SAFE}` && out.cause.cause.password === MASK && out.message === "a" && !Object.keys(out).includes("cause"), "chain"),
  },
  { name: "AggregateError", make: () => new AggregateError([new Error(ADDRESS), "x"], "all"), check: (out, _given, ok) => ok(out instanceof AggregateError && out.errors[0].message === SAFE && out.errors[1] === "x" && out.message === "all", "errors") },
  { name: "DOMException", make: () => new DOMException(`no ${ADDRESS}`, "DataError"), check: (out, _given, ok) => ok(out instanceof DOMException && out.message === `no ${SAFE}` && out.name === "DataError", "name and message") },
  { name: "error without a stack", make: () => Object.assign(new Error(ADDRESS), { stack: undefined }), check: (out, _given, ok) => ok(out.message === SAFE, "message") },
  { name: "error whose message throws", make: () => Object.defineProperty(new Error("x"), "message", { get: thrower }), live: true, check: (out, _given, ok) => ok(out.message === ERROR, "marker") },
  { name: "error that is its own cause", make: () => { const error = new Error("x"); error.cause = error; return error; }, check: (out, _given, ok) => ok(out.cause === CIRCULAR && out.message === "x", "cycle") },
  { name: "clean error that says so", make: () => new Reported("x", { to: "y" }), same: true },
  {
    name: "error with private fields and an address",
    make: () => new Reported(ADDRESS, { to: "y" }),
    check: (out, _given, ok) => ok(out instanceof Reported && out.message === SAFE && JSON.stringify(out) === `{"message":"${SAFE}","config":{"to":"y"}}` && out[INSPECT]() === "Reported: y" && String(out) === "Reported(y)" && !Object.keys(out).length, "says it redacted"),
  },
  {
    name: "clean error with something in private fields",
    make: () => new Reported("x", { to: ADDRESS, password: "hunter2" }),
    check: (out, _given, ok) => ok(out instanceof Reported && JSON.stringify(out) === `{"message":"x","config":{"to":"${SAFE}","password":"${MASK}"}}` && out[INSPECT]() === `Reported: ${SAFE}` && String(out) === `Reported(${SAFE})`, "says it redacted"),
  },
  { name: "error whose toJSON throws", make: () => Object.assign(new Error("x"), { toJSON: thrower }), check: (out, _given, ok) => ok(out.message === "x" && JSON.stringify(out) === `"${ERROR}"`, "marker") },
  // types with a meaning
  { name: "Date", make: () => ({ at: new Date(0) }), same: true },
  { name: "invalid Date", make: () => [new Date(NaN)], same: true },
  { name: "Date under a masked key", policy: { fields: { born: "mask" } }, make: () => ({ born: new Date(0) }), like: () => ({ born: MASK }) },
  { name: "Date with a property", make: () => [Object.assign(new Date(0), { password: "hunter2" })], like: () => ["1970-01-01T00:00:00.000Z"] },
  { name: "RegExp", make: () => [/a+/g], same: true },
  { name: "RegExp with an address", make: () => [/ana@example.com/], like: () => [`/${SAFE}/`] },
  { name: "URL", make: () => new URL("https://example.com/a?b=1"), same: true },
  { name: "URL with a password", make: () => new URL("https://ana:hunter2hunter2@example.com/"), check: (out, _given, ok) => ok(out instanceof URL && out.host === "example.com" && !out.href.includes("hunter2"), "a URL") },
  { name: "URL with a token", make: () => new URL("https://example.com/?access_token=abcdef0123456789abcdef"), check: (out, _given, ok) => ok(out instanceof URL && !out.href.includes("abcdef0123456789"), "a URL") },
  { name: "URLSearchParams", make: () => new URLSearchParams({ mail: ADDRESS, password: "hunter2", page: "1" }), like: () => new URLSearchParams({ mail: SAFE, password: MASK, page: "1" }) },
  { name: "clean URLSearchParams", make: () => new URLSearchParams({ page: "1" }), same: true },
  { name: "Headers", make: () => new Headers({ authorization: "Bearer abcdef0123456789abcdef", accept: "text/html" }), check: (out, _given, ok) => ok(out instanceof Headers && !out.get("authorization").includes("abcdef") && out.get("accept") === "text/html", "headers") },
  { name: "clean Headers", make: () => new Headers({ accept: "text/html" }), same: true },
  { name: "FormData", make: () => { const form = new FormData(); form.append("mail", ADDRESS); form.append("mail", "x"); return form; }, check: (out, _given, ok) => ok(out instanceof FormData && out.getAll("mail").join() === `${SAFE},x`, "form") },
  { name: "boxed string", make: () => [new String(ADDRESS)], check: (out, _given, ok) => ok(out[0] instanceof String && String(out[0]) === SAFE, "boxed") },
  { name: "boxed string with properties", make: () => [Object.assign(new String("abc"), { password: "hunter2", note: 1 })], like: () => [Object.assign(new String("abc"), { password: MASK, note: 1 })] },
  { name: "boxed number", make: () => [new Number(CARD)], like: () => [SAFE_CARD] },
  { name: "clean boxed values", make: () => [new String("x"), new Number(1), new Boolean(true), Object(1n), Object(Symbol("x"))], same: true },
  // bytes
  { name: "Uint8Array", make: () => encode(`to ${ADDRESS}`), like: () => encode(`to ${SAFE}`) },
  { name: "clean bytes", make: () => [new Uint8Array([0xff, 0, 1]), new ArrayBuffer(8), new DataView(new ArrayBuffer(2)), new Float64Array(3), new BigInt64Array(1), new Uint8Array(0)], same: true },
  { name: "bytes that are no UTF-8", make: () => new Uint8Array([0xff, ...encode(` ${ADDRESS} `), 0xfe]), like: () => new Uint8Array([0xff, ...encode(` ${SAFE} `), 0xfe]) },
  { name: "view into a larger buffer", make: () => encode(`xx ${ADDRESS} yy`).subarray(3, 3 + ADDRESS.length), check: (out, _given, ok) => ok(bytes(out) === SAFE && out.buffer.byteLength === SAFE.length, "its part alone") },
  { name: "ArrayBuffer", make: () => encode(ADDRESS).slice().buffer, check: (out, _given, ok) => ok(out instanceof ArrayBuffer && bytes(out) === SAFE, "buffer") },
  { name: "DataView", make: () => new DataView(encode(ADDRESS).slice().buffer), check: (out, _given, ok) => ok(out instanceof DataView && bytes(out) === SAFE, "view") },
  { name: "wide elements are filled up", make: () => new Uint32Array(encode("to ana@examp1e.com,x").slice().buffer), check: (out, _given, ok) => ok(out instanceof Uint32Array && bytes(out).trimEnd() === "to ***@examp1e.com,x", "filled") },
  { name: "properties of bytes", make: () => Object.assign(new Uint8Array([1, 2]), { password: "hunter2" }), check: (out, _given, ok) => ok(out instanceof Uint8Array && out.password === MASK && out[1] === 2, "redacted properties") },
  { name: "properties of a buffer", make: () => [Object.assign(new ArrayBuffer(2), { password: "hunter2" }), Object.assign(new DataView(new ArrayBuffer(2)), { password: "hunter2" })], check: (out, _given, ok) => ok(out.every((part) => part.password === MASK && part.byteLength === 2), "redacted properties") },
  { name: "bytes with clean properties", make: () => [Object.assign(new Uint8Array(3), { a: 1 }), new Uint8Array(100_000)], same: true },
  { name: "bytes under a sensitive key", make: () => ({ password: encode("hunter2") }), like: () => ({ password: encode(MASK) }) },
  { name: "elements that hold a card", make: () => [new BigInt64Array([1n, BigInt(CARD)]), new BigUint64Array([BigInt(CARD)]), new Float64Array([CARD, 0.5])], like: () => [[1n, SAFE_CARD], [SAFE_CARD], [SAFE_CARD, 0.5]] },
  { name: "elements of 64 bits", make: () => [new BigInt64Array([1n, -5n]), new Float64Array([0.5, NaN, 25])], same: true },
  // classes
  { name: "clean instance", make: () => new Account("none"), same: true },
  { name: "instance", make: () => new Account(ADDRESS), like: () => ({ email: SAFE, plan: "free" }) },
  { name: "toJSON", make: () => [new Hidden()], like: () => [{ address: SAFE }] },
  { name: "toJSON of a plain object", make: () => ({ toJSON: () => ({ a: ADDRESS }) }), like: () => ({ a: SAFE }) },
  { name: "clean toJSON", make: () => ({ a: 1, toJSON: () => ({ a: 1 }) }), same: true },
  { name: "toJSON that throws", make: () => [{ toJSON: thrower }], like: () => [ERROR] },
  { name: "toJSON that answers itself", make: () => ({ a: 1, toJSON() { return this; } }), same: true },
  { name: "what a list, a Map, a Set, a date or a URL of an own class says", make: () => [List, Table, Group, Day, Place].map((own) => new own(...(own === Place ? ["https://a.example"] : []))), like: () => [{ a: SAFE }, { a: SAFE }, `to ${SAFE}`, { a: SAFE }, SAFE] },
  { name: "what a list and a Map say themselves", make: () => [Object.assign([1], { toJSON: () => ADDRESS }), Object.assign(new Map(), { toString: () => ADDRESS })], like: () => [SAFE, SAFE] },
  { name: "own classes that say nothing else", make: () => [List, Table, Group].map((own) => Object.assign(new own(), { toJSON: undefined, [INSPECT]: undefined })), same: true },
  { name: "what a console prints", make: () => [new Inspected(ADDRESS), { a: ADDRESS, [INSPECT]: () => "x" }], check: (out, _given, ok) => ok(out[0] === `to ${SAFE}` && out[1].a === SAFE, "redacted answers") },
  { name: "a clean answer to a console", make: () => [new Inspected("x"), { [INSPECT]: () => "x" }, { [INSPECT]: () => { throw new Error("no"); } }], same: true },
  { name: "toString", make: () => [new Printed()], like: () => [`to ${SAFE}`] },
  { name: "toString of a plain object", make: () => [{ a: 1, toString: () => `to ${ADDRESS}` }], like: () => [`to ${SAFE}`] },
  { name: "toString of a plain object with an address", make: () => ({ a: ADDRESS, toString: () => `to ${ADDRESS}` }), check: (out, _given, ok) => ok(out.a === SAFE && String(out) === `to ${SAFE}`, "both redacted") },
  { name: "Symbol.toPrimitive", make: () => [{ [Symbol.toPrimitive]: (hint) => `${hint} ${ADDRESS}` }], like: () => [`string ${SAFE}`] },
  { name: "toString with a radix", make: () => [new (class Big { toString(radix = 10) { return (25).toString(radix); } })()], same: true },
  { name: "toString that throws", make: () => [{ __proto__: { toString: thrower, constructor: Object } }], like: () => [ERROR] },
  { name: "instance without anything to see, under a sensitive key", make: () => ({ password: new (class Opaque {})() }), like: () => ({ password: MASK }) },
  { name: "WeakMap, streams, iterators of lists", make: () => [new WeakMap(), new WeakSet(), new WeakRef({}), new ReadableStream(), new WritableStream(), new TransformStream(), [1].values(), "x"[Symbol.iterator]()], same: true, live: true },
  {
    name: "what consoles print and nobody can read",
    make: () => [Promise.resolve({ password: "hunter2" }), new (class Later extends Promise { get [Symbol.toStringTag]() { return "Later"; } })(() => undefined), new Map([["password", "hunter2"]]).entries(), new Set(["hunter2"]).values()],
    live: true,
    like: () => ["[object Promise]", "[object Later]", "[object Map Iterator]", "[object Set Iterator]"],
  },
  // what throws
  { name: "getter", make: () => ({ get a() { return ADDRESS; } }), like: () => ({ a: SAFE }) },
  { name: "clean getter", make: () => ({ get a() { return 1; } }), same: true },
  { name: "getter that throws", make: () => ({ b: 1, get a() { return thrower(); } }), like: () => ({ b: 1, a: ERROR }) },
  { name: "getter that throws in an array", make: () => Object.defineProperty([0, 1], 1, { get: thrower, enumerable: true }), like: () => [0, ERROR] },
  { name: "proxy that throws on everything", make: () => [throwing], live: true, like: () => [ERROR] },
  { name: "proxy that throws, at the top", make: () => throwing, live: true, like: () => ERROR },
  { name: "revoked proxies", make: () => [revoked({}), revoked([])], live: true, like: () => [ERROR, ERROR] },
  { name: "proxy of a Map", make: () => [new Proxy(new Map([["a", ADDRESS]]), {})], live: true, like: () => [ERROR] },
  { name: "proxy that answers", make: () => [new Proxy({ a: ADDRESS }, {})], live: true, like: () => [{ a: SAFE }] },
  { name: "proxy without end", make: () => { const endless = () => new Proxy({}, { get: (_target, key) => (typeof key === "symbol" || key === "toJSON" ? undefined : endless()), ownKeys: () => ["a"], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) }); return endless(); }, live: true, check: (out, _given, ok) => ok(depthOf(out, ({ a }) => a)[1] === LIMIT, "ends at the limit") },
  { name: "toStringTag that throws", make: () => [{ __proto__: { get [Symbol.toStringTag]() { return thrower(); } } }], like: () => [ERROR] },
  // shape
  { name: "cycle", make: () => { const a = { x: ADDRESS }; a.self = a; return a; }, like: () => ({ x: SAFE, self: CIRCULAR }) },
  { name: "cycle through Map, Set and array", make: () => { const list = []; list.push(new Map([["a", new Set([list])]])); return list; }, like: () => [new Map([["a", new Set([CIRCULAR])]])] },
  { name: "shared references stay shared", make: () => { const shared = { mail: ADDRESS }; return [shared, { shared }, shared]; }, like: () => { const shared = { mail: SAFE }; return [shared, { shared }, shared]; } },
  { name: "shared, but under another key", make: () => { const shared = { a: "hunter2" }; return { first: shared, password: shared }; }, like: () => ({ first: { a: "hunter2" }, password: { a: MASK } }) },
  { name: "20,000 levels of objects", make: () => deep(20_000, (a) => ({ a }), ADDRESS), live: true, check: (out, _given, ok) => ok(depthOf(out, ({ a }) => a).join() === `200,${LIMIT}`, "limit at 200") },
  { name: "20,000 levels of arrays", make: () => deep(20_000, (a) => [a], ADDRESS), live: true, check: (out, _given, ok) => ok(depthOf(out, ([a]) => a).join() === `200,${LIMIT}`, "limit at 200") },
  { name: "20,000 causes", make: () => deep(20_000, (cause) => new Error("x", { cause }), "end"), live: true, check: (out, _given, ok) => ok(depthOf(out, ({ cause }) => cause).join() === `200,${LIMIT}`, "limit at 200") },
  { name: "20,000 Maps", make: () => deep(20_000, (a) => new Map([["a", a]]), "end"), live: true, check: (out, _given, ok) => ok(depthOf(out, (map) => map.get("a")).join() === `200,${LIMIT}`, "limit at 200") },
  { name: "depth of the policy", policy: { limits: { depth: 2 } }, make: () => ({ a: { b: { c: 1 }, d: ADDRESS } }), like: () => ({ a: { b: LIMIT, d: SAFE } }) },
  { name: "nodes of the policy", policy: { limits: { nodes: 3 } }, make: () => [1, [2, 3, 4], 5], like: () => [1, [2, LIMIT, LIMIT], LIMIT] },
  { name: "a value that grows while it is walked", make: () => { const map = new Map(); map.set("a", { get b() { map.set(map.size, 1); return 1; } }); return map; }, live: true, check: (out, given, ok) => ok(out === given, "walked as it was") },
];

/** Runs one case; answers what is wrong. */
export function run(one, Redactor) {
  const faults = [];
  const ok = (truth, what) => truth || faults.push(what);
  const redactor = new Redactor(one.policy);
  const given = one.make();
  // a live value cannot be looked at twice, or not at all
  const before = one.live ? "" : describe(freeze(given));
  let out;
  try {
    out = redactor.redactValue(given);
  } catch (error) {
    return [`threw ${error}`];
  }
  if (!one.live) ok(describe(given) === before, `the given value was changed: ${before} -> ${describe(given)}`);
  if (one.same) ok(Object.is(out, given), "not the same object");
  if (one.like) {
    const [got, wanted] = [describe(out), describe(one.like())];
    ok(got === wanted, `got ${got.slice(0, 500)}, not ${wanted.slice(0, 500)}`);
  }
  one.check?.(out, given, ok);
  try {
    if (!one.live) ok(describe(redactor.redactValue(out)) === describe(out), "changes when redacted again");
  } catch (error) {
    faults.push(`threw at the second time: ${error}`);
  }
  return faults;
}
