import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";

import { Redactor } from "scrubline";

import { cases, run } from "./values.js";

for (const one of cases) {
  test(one.name, () => assert.deepEqual(run(one, Redactor), []));
}

const redactor = new Redactor();
const foreign = (source) => redactor.redactValue(vm.runInNewContext(source));

test("Buffer stays a Buffer", () => {
  const given = Buffer.from("to ana@example.com");
  const out = redactor.redactValue(given);
  assert.ok(Buffer.isBuffer(out));
  assert.equal(out.toString(), "to ***@example.com");
  const clean = Buffer.from("nothing");
  assert.equal(redactor.redactValue(clean), clean);
});

test("SharedArrayBuffer", () => {
  const given = new SharedArrayBuffer(15);
  new Uint8Array(given).set(Buffer.from("ana@example.com"));
  const out = redactor.redactValue(given);
  assert.ok(out instanceof SharedArrayBuffer);
  assert.equal(Buffer.from(out).toString(), "***@example.com");
});

test("values of another realm", () => {
  assert.deepEqual({ ...foreign(`({ a: { b: "ana@example.com" }, password: "hunter2" })`).a }, { b: "***@example.com" });
  assert.equal(foreign(`["ana@example.com"]`)[0], "***@example.com");
  assert.equal(foreign(`new Map([["a", "ana@example.com"]])`).get("a"), "***@example.com");
  assert.deepEqual([...foreign(`new Set(["ana@example.com"])`)], ["***@example.com"]);
  assert.equal(Buffer.from(foreign(`Uint8Array.from("ana@example.com", (c) => c.charCodeAt())`)).toString(), "***@example.com");
  const [plain, prototype] = vm.runInNewContext(`[{ a: "ana@example.com" }, Object.prototype]`);
  assert.equal(Object.getPrototypeOf(redactor.redactValue(plain)), prototype);
  const clean = vm.runInNewContext(`({ a: [1, new Map(), new Error("x"), new Date(0)] })`);
  assert.equal(redactor.redactValue(clean), clean);
});

test("errors of another realm keep their prototype", () => {
  const context = vm.createContext({});
  const out = redactor.redactValue(vm.runInContext(`new RangeError("no ana@example.com", { cause: "eva@example.com" })`, context));
  assert.ok(out instanceof vm.runInContext("RangeError", context));
  assert.equal(out.message, "no ***@example.com");
  assert.equal(out.cause, "***@example.com");
  assert.ok(!out.stack.includes("ana@example.com"));
});

test("an error is printed as one", () => {
  const out = redactor.redactValue(new TypeError("no ana@example.com"));
  assert.ok(Error.isError?.(out) ?? Object.prototype.toString.call(out) === "[object Error]");
  assert.match(out.stack, /^TypeError: no \*\*\*@example\.com\n\s+at /);
});

test("a request of Node's http module", async () => {
  const http = await import("node:http");
  const request = http.request({ host: "localhost", headers: { authorization: "Bearer abcdef0123456789abcdef" } });
  request.on("error", () => undefined).destroy();
  const { inspect } = await import("node:util");
  assert.ok(!inspect(redactor.redactValue({ request }), { depth: 20, showHidden: false }).includes("abcdef0123456789"));
});

test("redact sends other values the way of redactValue", () => {
  assert.deepEqual(redactor.redact({ password: "hunter2" }), { password: "[REDACTED]" });
  assert.equal(redactor.redact("password=hunter2"), "password=[REDACTED]");
});

test("many keys, many times", () => {
  const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`key${i}`, i % 1000 === 0 ? "ana@example.com" : "x"]));
  for (let i = 0; i < 3; i++) {
    const out = redactor.redactValue(wide);
    assert.equal(out.key1000, "***@example.com");
    assert.equal(out.key1001, "x");
    assert.equal(Object.keys(out).length, 20_000);
  }
});

test("many values, and a name beside the last", () => {
  const pairs = [...Array.from({ length: 200_000 }, () => ["value", "1"]), ["name", "password"], ["value", "hunter2"]];
  const out = redactor.redactValue(new URLSearchParams(pairs));
  assert.deepEqual([...out].slice(-3), [["value", "[REDACTED]"], ["name", "password"], ["value", "[REDACTED]"]]);
});
