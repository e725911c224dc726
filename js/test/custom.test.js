// `scrubline/custom`: the same package around an engine that knows regular expressions. The vectors run through it as well (tests/runners).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { corrupt } from "./instance.js";

import * as plain from "scrubline";
import * as custom from "scrubline/custom";
import { scrubConsole } from "scrubline/console";
import { scrubPino } from "scrubline/pino";

import { packageFolder, tool } from "./tools.js";

const { Formatter, Redactor, ScrublineError } = custom;
const STUDENT = { custom: [{ id: "custom.student", regex: "STU-\\d{6}" }] };
const refused = (make) => {
  try {
    make();
  } catch (error) {
    assert.ok(error instanceof ScrublineError, String(error));
    return [error.code, error.path];
  }
  return assert.fail("nothing was refused");
};

test("the same names, under the same conditions", () => {
  const { exports } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  assert.deepEqual(Object.keys(custom).sort(), Object.keys(plain).sort());
  // there is no such engine as JavaScript
  const expected = { ...exports["."], "react-native": null };
  assert.deepEqual(JSON.parse(JSON.stringify(exports["./custom"]).replaceAll("/dist/custom/", "/dist/")), expected);
  assert.deepEqual(Object.keys(exports["./custom"]), Object.keys(exports["."]));
});

test("text, values, JSON, lines and streams", async () => {
  const redactor = new Redactor(STUDENT);
  assert.equal(redactor.redact("to STU-918273 and ana@example.com"), "to [REDACTED] and ***@example.com");
  assert.deepEqual(redactor.redactValue({ a: ["STU-918273", 1] }), { a: ["[REDACTED]", 1] });
  assert.equal(redactor.redactJson('{"a": "STU-918273"}'), '{"a": "[REDACTED]"}');
  assert.equal(new Formatter({ redactor }).format({ message: "STU-918273" }), '{"level":"INFO","message":"[REDACTED]"}');
  assert.deepEqual(redactor.findings("é STU-918273").map(({ detector, start, end }) => [detector, start, end]), [["custom.student", 2, 12]]);
  const text = new Blob(["x STU-918273\n"]).stream().pipeThrough(redactor.stream());
  assert.equal(await new Response(text).text(), "x [REDACTED]\n");
});

test("a trapped instance is replaced", () => {
  const redactor = new Redactor(STUDENT);
  assert.equal(redactor.redact("STU-918273"), "[REDACTED]");
  corrupt();
  assert.equal(redactor.redact("STU-918273"), "[REDACTED:error]");
  assert.equal(redactor.redact("STU-918273"), "[REDACTED]");
});

test("a validator and words of context decide", () => {
  const checked = new Redactor({ custom: [{ id: "custom.member", regex: "\\bM\\d{8,}\\b", validator: "luhn", action: "label" }] });
  assert.equal(checked.redact("M79927398713 M79927398710"), "[REDACTED:custom.member] M79927398710");
  const announced = new Redactor({ custom: [{ id: "custom.locker", regex: "\\b\\d{5}\\b", context: ["cacifo"] }] });
  assert.equal(announced.redact("cacifo 48213"), "cacifo [REDACTED]");
  assert.equal(announced.redact("porta 48213"), "porta 48213");
  assert.deepEqual(announced.redactValue({ cacifo: 48213, porta: 48213 }), { cacifo: "[REDACTED]", porta: 48213 });
});

test("what is refused, and at which place", () => {
  const of = (parts) => () => new Redactor({ custom: [{ id: "custom.a", ...parts }] });
  assert.deepEqual(refused(of({ regex: "A\\d", examples: ["A1"], counter_examples: ["AB"] , shape: "A" })), ["policy.custom", "custom[0]"]);
  assert.deepEqual(refused(of({ regex: "A\\d", examples: ["A1", "s3cr3t"] })), ["policy.example", "custom[0].examples[1]"]);
  assert.deepEqual(refused(of({ regex: "A\\d", counter_examples: ["A1"] })), ["policy.counter_example", "custom[0].counter_examples[0]"]);
  for (const regex of ["(", "a*", "(a)\\1", "a(?=b)", "\\p{L}+", "(?u)\\w+", "(?:[a-z]{1000}){1000}"]) {
    assert.deepEqual(refused(of({ regex })), ["policy.regex", "custom[0].regex"], regex);
  }
  const redactor = new Redactor(STUDENT);
  assert.deepEqual(refused(() => redactor.reload({ custom: [{ id: "custom.b", regex: "[" }] })), ["policy.regex", "custom[0].regex"]);
  assert.equal(redactor.redact("STU-918273"), "[REDACTED]");
});

test("the default entry names this one", () => {
  assert.throws(() => new plain.Redactor(STUDENT), ({ code, message }) => {
    assert.equal(code, "policy.regex_unavailable");
    assert.match(message, /`scrubline\/custom`/);
    return true;
  });
});

test("work is linear in the text", () => {
  const redactor = new Redactor({ custom: [{ id: "custom.a", regex: "(?:a+)+b" }] });
  const text = "a".repeat(100_000);
  assert.equal(redactor.redact(text), text);
});

test("both entries in one process, each with its engine", () => {
  const [mine, theirs] = [new Redactor(STUDENT), new plain.Redactor()];
  assert.equal(mine.redact(theirs.redact("STU-918273 ana@example.com")), "[REDACTED] ***@example.com");
  // a formatter writes by the engine of its redactor
  const line = new plain.Formatter({ format: "json", redactor: mine });
  assert.equal(line.format({ message: "STU-918273" }), '{"level":"INFO","message":"[REDACTED]"}');
});

test("integrations take its redactors", () => {
  const redactor = new Redactor(STUDENT);
  const written = [];
  const target = { log: (...args) => written.push(args.join(" ")), warn() {} };
  const scrubbed = scrubConsole(redactor, { console: target });
  target.log("to %s", "STU-918273");
  scrubbed.restore();
  const pino = tool("pino");
  pino(scrubPino(redactor, { base: null, timestamp: false }), { write: (line) => written.push(line) }).info("STU-918273");
  assert.deepEqual(written, ["to [REDACTED]", '{"level":30,"msg":"[REDACTED]"}\n']);
});
