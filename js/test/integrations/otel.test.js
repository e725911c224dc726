import assert from "node:assert/strict";
import { test } from "node:test";

import { Redactor, context } from "scrubline";
import { RedactingLogRecordProcessor } from "scrubline/otel";

import { freeze } from "../describe.js";
import { tool } from "../tools.js";
import { fc, keepsSecrets, text, value } from "./random.js";

const { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } = tool("@opentelemetry/sdk-logs");

function logger(redactor = new Redactor()) {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ processors: [new RedactingLogRecordProcessor(redactor), new SimpleLogRecordProcessor({ exporter })] });
  return { log: provider.getLogger("test"), provider, records: () => exporter.getFinishedLogRecords() };
}

test("body, attributes, exception and event name", async () => {
  const { log, provider, records } = logger(new Redactor({ fields: { grades: "drop" } }));
  const body = freeze({ user: { email: "ana@example.com" }, list: ["ana@example.com"], n: 5 });
  log.emit({ body, attributes: freeze({ apiKey: "abcd1234efgh5678", grades: "A", a: 1 }), eventName: "to ana@example.com" });
  log.emit({ body: "to ana@example.com", severityText: "to ana@example.com", exception: new Error("no ana@example.com") });
  await provider.forceFlush();
  const [first, second] = records();
  assert.deepEqual(first.body, { user: { email: "***@example.com" }, list: ["***@example.com"], n: 5 });
  assert.deepEqual(first.attributes, { apiKey: "[REDACTED]", a: 1 });
  assert.equal(first.eventName, "to ***@example.com");
  assert.equal(second.body, "to ***@example.com");
  assert.equal(second.severityText, "to ***@example.com");
  assert.equal(second.attributes["exception.message"], "no ***@example.com");
  assert.ok(!second.attributes["exception.stacktrace"].includes("ana@"));
  await provider.shutdown();
});

test("the context of a request", () => {
  const { log, records } = logger();
  const fields = { correlation_id: "req_0123456789ab", trace_id: "4bf92f3577b34da6a3ce929d0e0e4736", school_id: 5 };
  context.run(fields, () => log.emit({ body: "x", attributes: { school_id: 7 } }));
  assert.deepEqual(records()[0].attributes, { correlation_id: "req_0123456789ab", school_id: 7 });
});

test("what cannot be redacted is a record without data", () => {
  const redactor = new Redactor();
  redactor.redactValue = () => "[REDACTED:error]";
  const { log, records } = logger(redactor);
  log.emit({ body: "x", attributes: { a: "ana@example.com" } });
  assert.deepEqual([records()[0].body, records()[0].attributes], ["[REDACTED:error]", {}]);
});

test("a record that does not change has no data, and nothing is thrown", () => {
  const processor = new RedactingLogRecordProcessor(new Redactor());
  const record = { body: "x", attributes: Object.freeze({ password: "hunter2" }) };
  processor.onEmit(record);
  assert.deepEqual(record, { body: "[REDACTED:error]", attributes: {} });
  processor.onEmit(null);
  processor.onEmit(Object.freeze({ body: "x", attributes: {} }));
});

test("random records: no planted secret comes out", async () => {
  const redactor = new Redactor();
  const processor = new RedactingLogRecordProcessor(redactor);
  await keepsSecrets([fc.oneof(text, value), fc.dictionary(fc.string(), value), text], (body, attributes, eventName) => {
    const { log, records } = logger(redactor);
    try {
      log.emit({ body, attributes, eventName });
    } catch (error) {
      assert.doesNotMatch(String(error.stack), /dist\/integrations/, "what the SDK itself cannot take");
    }
    // and one that the SDK did not make
    const given = { body, attributes: { ...attributes }, eventName };
    processor.onEmit(given);
    return [records().map((record) => [record.body, record.attributes, record.eventName]), given];
  });
});
