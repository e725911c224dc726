import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { Console } from "node:console";
import { Writable } from "node:stream";
import { test } from "node:test";
import { inspect } from "node:util";

import { corrupt } from "../instance.js";

import { Redactor } from "scrubline";
import { scrubConsole } from "scrubline/console";

import { openPage } from "./page.js";
import { format, keepsSecrets, value } from "./random.js";

/** What a console of Node prints in `body`. */
function printed(body, redactor = new Redactor()) {
  let out = "";
  const stream = new Writable({ write: (chunk, _, done) => ((out += chunk), done()) });
  const target = new Console({ stdout: stream, stderr: stream, colorMode: false });
  const scrubbed = scrubConsole(redactor, { console: target });
  body(target, scrubbed);
  scrubbed.restore();
  return out;
}

for (const [args, expected] of [
  [["to ana@example.com"], "to ***@example.com"],
  [["100%", "ana@example.com"], "100% ***@example.com"],
  [["to %s, %d%%", "ana@example.com", 50], "to ***@example.com, 50%"],
  [["password: %s", "hunter2"], "password: [REDACTED]"],
  [["password:", "hunter2", { a: 1 }], "password: [REDACTED] { a: 1 }"],
  [["password: %j", "hunter2"], "password: [REDACTED]"],
  [["card %d of %o", 4111111111111111, { password: "hunter2" }], "card ****-****-****-1111 of { password: '[REDACTED]' }"],
  [["card %i", 4111111111111111n], "card ****-****-****-1111"],
  [["%O", { user: { email: "ana@example.com" } }], "{ user: { email: '***@example.com' } }"],
  [["%ca%c ana@example.com", "color: red", ""], "a ***@example.com"],
  [["%j", { password: "hunter2" }], '{"password":"[REDACTED]"}'],
  [[{ a: 1 }, "password: %s", "hunter2"], "{ a: 1 } password: [REDACTED]"],
  [["for %s", "ana", "password: %s of %o, token: %d", "hunter2", { a: 1 }, 12345678], "for ana password: [REDACTED] of { a: 1 } , token: [REDACTED]"],
  [[{ a: 1 }, "%cpassword: %s", "color: red", "hunter2", "x"], "{ a: 1 } password: [REDACTED] x"],
  [["a", "100%d", 5, "to %s", "ana@example.com"], "a 100%d 5 to %s ***@example.com"],
  [["%s %s", "only ana@example.com"], "only ***@example.com %s"],
  [[{ password: "hunter2" }, "x", ["ana@example.com"]], "{ password: '[REDACTED]' } x [ '***@example.com' ]"],
  [["plain %s %d", "text", 1.5, { a: [1, 2] }], "plain text 1.5 { a: [ 1, 2 ] }"],
  [[undefined, null, true], "undefined null true"],
  [[], ""],
]) {
  test(`log ${JSON.stringify(args, (_, part) => (typeof part === "bigint" ? `${part}n` : part))}`, () => {
    assert.equal(printed((console) => console.log(...args)), `${expected}\n`);
  });
}

class Printed {
  #text;
  constructor(text) {
    this.#text = text;
  }
  toString() {
    return this.#text;
  }
}

for (const [name, args, expected] of [
  ["toString behind a key", ["password=%s", { toString: () => "hunter2sEcret" }], "password=[REDACTED]"],
  ["toString of a class behind a key", ["password=%s", new Printed("hunter2sEcret")], "password=[REDACTED]"],
  ["Symbol.toPrimitive behind a key", ["password=%s", { [Symbol.toPrimitive]: () => "hunter2sEcret" }], "password=[REDACTED]"],
  ["a list behind a key", ["password=%s", ["hunter2sEcret"]], "password=[REDACTED]"],
  ["a clean toString", ["to %s", new Printed("x"), { password: "hunter2" }], "to x { password: '[REDACTED]' }"],
  ["toString that throws", ["to %s", { toString() { throw new Error("ana@example.com"); } }], "to [REDACTED:error]"],
  ["objects as numbers", ["%d %i %f", { valueOf: () => 4111111111111111 }, new Printed("4111111111111111"), new Printed("1.5")], "****-****-****-1111 ****-****-****-1111 1.5"],
  ["what keeps its shape", ["at %s of %s", new Date(0), { a: 1 }, "ana@example.com"], "at 1970-01-01T00:00:00.000Z of { a: 1 } ***@example.com"],
  ["the parts of a list", ["%s", [1, { password: "hunter2" }]], "[ 1, [Object] ]"],
  ["a function", [Object.assign(function wrap() {}, { headers: { Authorization: "Bearer hunter2sEcret99" } })], "[Function: wrap] { headers: { Authorization: '[REDACTED]' } }"],
  ["a class", [class Keyed { static apiKey = "hunter2hunter2"; }], "[Function: Keyed] { apiKey: '[REDACTED]' }"],
  ["a later format with an object", [new Date(0), "user password: %o", { value: "hunter2sEcret" }], "1970-01-01T00:00:00.000Z user password: { value: '[REDACTED]' }"],
  ["a key that is a symbol", [{ [Symbol("password")]: "hunter2" }, inspect({ [Symbol("password")]: "hunter2", [Symbol("a")]: 1 })], "{ [Symbol(password)]: '[REDACTED]' } { [Symbol(password)]: '[REDACTED]', [Symbol(a)]: 1 }"],
  ["an object behind a key", ["user password:", { value: "hunter2sEcret" }, { a: 1 }], "user password: { value: '[REDACTED]' } { a: 1 }"],
  ["a list behind a key", ["password =", ["hunter2sEcret"]], "password = [ '[REDACTED]' ]"],
  ["a boxed text behind a key", ["password: %O", new String("hunter2sEcret")], "password: [String: '[REDACTED]']"],
  ["toJSON behind a key", ["password: %j", { toJSON: () => "hunter2sEcret" }], 'password: "[REDACTED]"'],
  ["a bare answer to a console behind a key", ["password: %o", { [Symbol.for("nodejs.util.inspect.custom")]: () => "hunter2sEcret" }], "password: '[REDACTED]'"],
  ["objects behind what is no key", ["password policy:", { least: 8 }, "auth:", { user: "ana" }], "password policy: { least: 8 } auth: { user: 'ana' }"],
  ["what %o alone shows", ["%o 100%%o", Object.defineProperty({ a: 1 }, "password", { value: "hunter2sEcret" })], "{ a: 1 } 100%o"],
  ["a promise", [Promise.resolve({ password: "hunter2" })], "[object Promise]"],
  ["entries of a Map", [new Map([["password", "hunter2"]]).entries()], "[object Map Iterator]"],
]) {
  test(name, () => assert.equal(printed((console) => console.log(...args)), `${expected}\n`));
}

test("an assertion that fails says so, even where its value cannot be printed", () => {
  const value = Object.create(null);
  assert.equal(printed((console) => console.assert(false, value)), "Assertion failed: [REDACTED:error]\n");
  assert.equal(printed((console) => console.assert(true, value)), "");
});

test("what is not sensitive is handed on as it is", () => {
  const seen = [];
  const target = { log: (...args) => seen.push(args) };
  const scrubbed = scrubConsole(new Redactor(), { console: target });
  const object = { a: 1 };
  target.log("a %O", object, 5);
  assert.equal(seen[0][1], object);
  assert.deepEqual(seen[0], ["a %O", object, 5]);
  scrubbed.restore();
});

test("every method", () => {
  const out = printed((console) => {
    for (const name of ["log", "info", "debug", "warn", "error", "trace", "dirxml", "group", "groupCollapsed"]) console[name]("to ana@example.com", { password: "hunter2" });
    console.groupEnd();
    console.dir({ password: "hunter2" }, { depth: 0 });
    console.dir(Object.defineProperty({ a: 1 }, "password", { value: "hunter2" }), { showHidden: true });
    console.dir(new Proxy({}, { password: "hunter2" }), { showProxy: true });
    console.table([{ email: "ana@example.com", n: 1 }], ["email"]);
    console.assert(false, "to %s", "ana@example.com");
    console.assert(true, "never");
    for (const name of ["count", "countReset", "time", "timeLog", "timeEnd"]) console[name]("ana@example.com", "ana@example.com");
    console.error(new Error("no ana@example.com", { cause: "ana@example.com" }));
  });
  assert.ok(!/ana@|hunter2|never/.test(out), out);
  assert.ok(out.match(/\*\*\*@example\.com/g).length >= 16, out);
  assert.match(out, /Assertion failed: to \*\*\*@example\.com/);
  assert.match(out, /│ '\*\*\*@example\.com' │/);
});

test("objects that print themselves", () => {
  const request = new Request("http://localhost/?email=ana@example.com", { headers: { authorization: "Bearer abcdef0123456789abcdef" } });
  const out = printed((console) => console.log(request, { request }));
  assert.ok(!/ana@|abcdef0123456789/.test(out), out);
  assert.match(out, /email=\*\*\*@example\.com/);
});

test("undone by restore, by using, and under another wrapper", () => {
  const log = () => undefined;
  const target = { log };
  const scrubbed = scrubConsole(new Redactor(), { console: target });
  assert.notEqual(target.log, log);
  assert.equal(target.log.name, "log");
  scrubbed.restore();
  scrubbed.restore();
  assert.equal(target.log, log);
  scrubConsole(new Redactor(), { console: target })[Symbol.dispose ?? Symbol.for("Symbol.dispose")]();
  assert.equal(target.log, log);

  const seen = [];
  const other = { log: (...args) => seen.push(...args) };
  const first = scrubConsole(new Redactor(), { console: other });
  const inner = other.log;
  other.log = (...args) => inner("outer", ...args);
  first.restore();
  other.log("ana@example.com");
  assert.deepEqual(seen, ["outer", "ana@example.com"]);
});

test("a method of the prototype comes back", () => {
  class Custom { log() {} }
  const target = new Custom();
  scrubConsole(new Redactor(), { console: target }).restore();
  assert.ok(!Object.hasOwn(target, "log"));
});

test("a frozen console, and one that throws", () => {
  scrubConsole(new Redactor(), { console: Object.freeze({ log() {} }) }).restore();
  const target = { log() { throw new Error("broken"); } };
  scrubConsole(new Redactor(), { console: target });
  target.log("x");
});

test("where the engine broke, the marker", () => {
  const redactor = new Redactor();
  const out = printed((console) => {
    corrupt();
    console.log("to ana@example.com");
    console.log("to ana@example.com");
  }, redactor);
  assert.equal(out, "[REDACTED:error]\nto ***@example.com\n");
});

const page = (script) => `
  import { readFileSync } from "node:fs";
  import { Redactor, initSync, init } from ${JSON.stringify(import.meta.resolve("scrubline").replace("node.js", "web.js"))};
  import { scrubConsole } from "scrubline/console";
  const bytes = readFileSync(new URL("../wasm/scrubline.wasm", ${JSON.stringify(import.meta.resolve("scrubline"))}));
  const seen = [];
  const target = { log: (...args) => seen.push(args.join(" ")), warn: (...args) => seen.push(args.join(" ")), groupEnd: () => seen.push("end") };
  ${script}`;

function run(script) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: import.meta.dirname, encoding: "utf8" });
  return { stdout, stderr, status };
}

test("calls wait until the engine is there, the first thousand", () => {
  const { stdout, stderr } = run(page(`
    init({ url: "data:,nothing" }).catch(() => undefined);
    scrubConsole(new Redactor(), { console: target });
    for (let i = 0; i < 1004; i++) i === 1 ? target.groupEnd() : target.log(i, "ana@example.com");
    const before = seen.length;
    initSync({ bytes });
    target.log("then ana@example.com");
    console.log(JSON.stringify([before, seen.length, seen[0], seen[1], seen.at(-3), seen.at(-2), seen.at(-1)]));
  `));
  assert.equal(stderr, "");
  assert.deepEqual(JSON.parse(stdout), [
    0, 1002, "0 ***@example.com", "end", "999 ***@example.com", "scrubline: 4 calls of the console came before the engine, and are lost", "then ***@example.com",
  ]);
});

test("where the engine cannot be loaded, markers come out", () => {
  const { stdout } = run(page(`
    globalThis.fetch = () => Promise.reject(new Error("offline"));
    scrubConsole(new Redactor(), { console: target });
    target.log("ana@example.com");
    setTimeout(() => { target.log("ana@example.com"); console.log(JSON.stringify(seen)); }, 50);
  `));
  assert.deepEqual(JSON.parse(stdout), ["[REDACTED:error]", "[REDACTED:error]"]);
});

for (const [name, act] of [["an error", "throw new Error('to ana@example.com')"], ["a rejection", "Promise.reject(new Error('to ana@example.com'))"]]) {
  const script = (more) => `
    import { Redactor } from "scrubline";
    import { scrubConsole } from "scrubline/console";
    scrubConsole(new Redactor(), { uncaught: true });
    ${more}
    setTimeout(() => { ${act} });`;
  test(`${name} that nobody handles is printed and ends the process`, () => {
    const { stderr, status } = run(script(""));
    assert.equal(status, 1);
    assert.match(stderr, /Uncaught Error: to \*\*\*@example\.com\n\s+at /);
    assert.ok(!stderr.includes("ana@"));
  });
  test(`${name} that the application handles is its own`, () => {
    const { stdout, stderr, status } = run(script("process.on('uncaughtException', () => console.log('mine'));"));
    assert.deepEqual([stdout, stderr, status], ["mine\n", "", 0]);
  });
}

test("a function that is thrown and that nobody catches", () => {
  const { stderr, status } = run(`
    import { Redactor } from "scrubline";
    import { scrubConsole } from "scrubline/console";
    scrubConsole(new Redactor(), { uncaught: true });
    setTimeout(() => { throw Object.assign(function wrap() {}, { password: "hunter2" }); });`);
  assert.equal(status, 1);
  assert.equal(stderr, "Uncaught [Function: wrap] { password: '[REDACTED]' }\n");
});

test("a page: calls before the engine, groups, errors and rejections that nobody handles", async (t) => {
  const page = await openPage(t);
  const seen = [];
  const errors = [];
  page.on("console", (message) => seen.push(`${message.type()} ${message.text()}`));
  page.on("pageerror", (error) => errors.push(error));
  await page.evaluate(async () => {
    const { Redactor, ready } = await import("/dist/entry/web.js");
    const { scrubConsole } = await import("/dist/integrations/console.js");
    const scrubbed = scrubConsole(new Redactor(), { uncaught: true });
    console.log("early %s", "ana@example.com", { password: "hunter2" });
    await ready;
    console.group("for ana@example.com");
    console.warn("late ana@example.com");
    console.groupEnd();
    setTimeout(() => { throw new Error("thrown for ana@example.com"); });
    void Promise.reject(new Error("rejected for ana@example.com"));
    await new Promise((done) => setTimeout(done, 100));
    scrubbed.restore();
    console.log("then ana@example.com");
  });
  assert.deepEqual(errors, []);
  assert.deepEqual(seen.slice(0, 4), ["log early ***@example.com {password: [REDACTED]}", "startGroup for ***@example.com", "warning late ***@example.com", "endGroup console.groupEnd"]);
  const uncaught = seen.slice(4, -1).map((line) => line.split("\n")[0]).sort();
  assert.deepEqual(uncaught, ["error Uncaught (in promise) Error: rejected for ***@example.com", "error Uncaught Error: thrown for ***@example.com"]);
  assert.equal(seen.at(-1), "log then ana@example.com");
});

test("random calls: no planted secret comes out", async () => {
  const names = ["log", "error", "table", "dir", "assert", "group", "trace", "timeLog", "count"];
  const redactor = new Redactor();
  let i = 0;
  await keepsSecrets([format, value, value, value], (format, ...args) => printed((console) => {
    const name = names[i++ % names.length];
    console[name](i % 2 === 0 ? `%s %o %d %j ${format}` : format, ...args);
    console.groupEnd();
  }, redactor));
});
