import assert from "node:assert/strict";
import { test } from "node:test";

import { Formatter, Redactor, context } from "scrubline";
import { contextLocalStorage, lines, scrubSink } from "scrubline/logtape";

import { freeze } from "../describe.js";
import { tool } from "../tools.js";
import { fc, keepsSecrets, text, value } from "./random.js";

const { configure, getLogger, getTextFormatter, withContext } = tool("@logtape/logtape");

async function logger(sink) {
  await configure({ reset: true, contextLocalStorage, sinks: { test: sink }, loggers: [{ category: "shop", sinks: ["test"], lowestLevel: "trace" }, { category: ["logtape", "meta"], lowestLevel: "error" }] });
  return getLogger(["shop", "orders"]);
}

test("records, as a text formatter and a structured sink see them", async () => {
  const records = [];
  const formatter = getTextFormatter({ timestamp: "none" });
  const seen = [];
  const log = await logger(scrubSink(new Redactor(), (record) => (records.push(record), seen.push(formatter(record)))));
  log.info("password: {word} of {user} at {n}", { word: "hunter2", user: { email: "ana@example.com" }, n: 5 });
  log.warn`to ${"ana@example.com"} and ${7}`;
  log.error("plain {a}", { a: 1 });
  log.info("x", { apiKey: "abcd1234efgh5678" });
  assert.deepEqual(records[0].message, ["password: [REDACTED] of ", { email: "***@example.com" }, " at ", 5, ""]);
  assert.deepEqual(records[0].properties, { user: { email: "***@example.com" }, n: 5 });
  assert.deepEqual(records[1].message, ["to ***@example.com and 7"]);
  assert.deepEqual(records[2].message, ["plain ", 1, ""]);
  assert.equal(records[3].properties.apiKey, "[REDACTED]");
  log.getChild("to ana@example.com").info("x");
  assert.deepEqual(records.pop().category, ["shop", "orders", "to ***@example.com"]);
  log.info("password: {given}", { given: { toJSON: () => "hunter2" } });
  assert.deepEqual(records[4].message, ["password: ", "[REDACTED]", ""]);
  assert.ok(!/hunter2|ana@|abcd1234/.test(seen.join("")), seen.join(""));
  assert.match(seen[0], /password: \[REDACTED\]/);
});

test("values whose key in the template or whose text before makes them sensitive", async () => {
  const [records, out] = [[], []];
  const format = lines(new Formatter());
  const sink = scrubSink(new Redactor(), (record) => records.push(record));
  const log = await logger((record) => (out.push(JSON.parse(format(record))), sink(record)));
  log.info("as {user.password} {{x}} of {n}", { user: { password: "hunter2" }, n: 5 });
  log.info("password: {word} at {n}", { word: "hunter2", n: 5 });
  log.info("password: {list}", { list: ["hunter2"] });
  log.info("failed: {cause}", { cause: new RangeError("no ana@example.com") });
  const failure = records.pop();
  assert.equal(String(failure.message[1]), "RangeError: no ***@example.com");
  assert.equal(out.pop().message, "failed: RangeError: no ***@example.com");
  assert.deepEqual(records.map(({ message }) => message), [["as ", "[REDACTED]", " {x} of ", 5, ""], ["password: [REDACTED] at 5"], ["password: ", ["[REDACTED]"], ""]]);
  assert.deepEqual(records.map(({ properties }) => properties), [{ user: { password: "[REDACTED]" }, n: 5 }, { n: 5 }, {}]);
  assert.deepEqual(out.map(({ timestamp, level, logger, ...rest }) => rest), [
    { message: "as [REDACTED] {x} of 5", n: 5, user: { password: "[REDACTED]" } },
    { message: "password: [REDACTED] at 5", n: 5 },
    { message: "password: [REDACTED]" },
  ]);
});

test("lines of our formatter, with the context of the request", async () => {
  const out = [];
  const format = lines(new Formatter());
  const log = await logger((record) => out.push(format({ ...record, timestamp: 0 })));
  context.run({ correlation_id: "req_0123456789ab" }, () => log.fatal("to {to} of {list}", { to: "ana@example.com", list: [1] }));
  withContext({ correlation_id: "abc" }, () => log.trace("x"));
  assert.deepEqual(out, [
    '{"timestamp":"1970-01-01T00:00:00.000Z","level":"CRITICAL","logger":"shop.orders","message":"to ***@example.com of [1]","correlation_id":"req_0123456789ab","list":[1],"to":"***@example.com"}\n',
    '{"timestamp":"1970-01-01T00:00:00.000Z","level":"DEBUG","logger":"shop.orders","message":"x","correlation_id":"abc"}\n',
  ]);
});

test("a sink keeps how it is disposed of", () => {
  const dispose = Symbol.for("dispose");
  const sink = Object.assign(() => undefined, { [dispose]: () => "gone" });
  assert.equal(scrubSink(new Redactor(), sink)[dispose](), "gone");
});

test("what cannot be redacted is a record all the same", () => {
  const redactor = new Redactor();
  redactor.redactValue = () => "[REDACTED:error]";
  const record = freeze({ category: ["a", "of ana@example.com"], level: "info", message: ["to ana@example.com"], rawMessage: "to ana@example.com", timestamp: 5, properties: { a: 1 } });
  scrubSink(redactor, (given) => assert.deepEqual(given, { ...record, category: ["a", "of ***@example.com"], message: ["[REDACTED:error]"], rawMessage: "[REDACTED:error]", properties: {} }))(record);
});

test("random records: no planted secret comes out", async () => {
  const record = fc.record({ category: fc.constant(["a"]), level: fc.constantFrom("info", "fatal"), message: fc.array(fc.oneof(text, value), { maxLength: 5 }).map((values) => ["password: ", "planted-hunter2", ...values.flatMap((one) => [" ", one]), " "]), rawMessage: text, timestamp: fc.nat(), properties: fc.dictionary(fc.string(), value) });
  const redactor = new Redactor();
  const format = lines(new Formatter({ redactor }));
  await keepsSecrets([record], (given) => {
    const out = [format(given)];
    scrubSink(redactor, (seen) => out.push(seen))(given);
    assert.equal(out.length, 2);
    return out;
  });
});
