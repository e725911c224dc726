// The JSON Schema of a line, by a validator that is not ours; Python validates the same lines in tests/runners/test_schema.py.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Formatter, businessEvent, performanceEvent, securityEvent } from "scrubline";

import { tool } from "./tools.js";

const { default: Ajv } = tool("ajv/dist/2020.js");

const tests = join(process.env.SCRUBLINE_TOOLS ?? join(import.meta.dirname, ".."), "..", "tests");
const read = (...path) => JSON.parse(readFileSync(join(tests, ...path), "utf8"));
const schema = read("..", "core", "schema", "line.json");
// Formats of numbers, which `minimum` and `type` stand for.
const ajv = new Ajv({ allErrors: true, formats: { uint8: true, uint64: true, double: true } });
const validate = ajv.compile(schema);
const kinds = Object.fromEntries(
  ["BusinessEvent", "SecurityEvent", "PerformanceEvent", "LogRecord"].map((name) => [
    name,
    ajv.compile({ $defs: schema.$defs, $ref: `#/$defs/${name}` }),
  ]),
);

function assertValid(check, line) {
  assert.ok(check(line), `${ajv.errorsText(check.errors)}: ${JSON.stringify(line)}`);
}

/** What the vectors say a line of the flat layout is, with its name. */
const lines = readdirSync(join(tests, "vectors", "event"))
  .flatMap((file) => {
    const { kind, cases } = read("vectors", "event", file);
    return kind === "event" ? cases : [];
  })
  .filter(({ output, options = {} }) => output !== undefined && (options.format ?? "json") === "json" && options.layout !== "nested")
  .map(({ name, output }) => [name, JSON.parse(output)]);

test("every line of the vectors keeps to the schema", () => {
  assert.ok(lines.length > 50, `${lines.length} lines`);
  for (const [, line] of lines) assertValid(validate, line);
});

test("lines of the helpers keep to the schema of their kind", () => {
  const formatter = new Formatter();
  const line = (record) => JSON.parse(formatter.format(record));
  const context = { school_id: 7, user_id: "u1", correlation_id: "req_0123456789ab" };
  const error = { exception: new TypeError("no") };
  const made = {
    BusinessEvent: line(businessEvent("payment_completed", "m", { ...context, amount: 25.5 }, error)),
    SecurityEvent: line(securityEvent("authentication_failure", "m", { ...context, source_ip: "192.0.2.7" })),
    PerformanceEvent: line(performanceEvent("query", 12.5, { ...context, cache_hit: false })),
    LogRecord: line({ time: Date.now(), level: "WARNING", logger: "shop", message: "m", module: "a", function: "f", line: 7, ...error }),
  };
  for (const [name, each] of Object.entries(made)) {
    assertValid(validate, each);
    assertValid(kinds[name], each);
  }
  assert.ok(!kinds.PerformanceEvent(made.BusinessEvent));
  for (const wrong of [{ level: "WARN" }, { timestamp: "2026-01-01" }, { school_id: { a: 1 } }, { line: null }, { trace_flags: -1 }]) {
    assert.ok(!kinds.BusinessEvent({ ...made.BusinessEvent, ...wrong }), JSON.stringify(wrong));
  }
});
