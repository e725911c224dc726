// Events as records, and the context that they take.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { setTimeout as later } from "node:timers/promises";
import { test } from "node:test";

import { corrupt } from "./instance.js";

import { Formatter, businessEvent, configureEvents, context, performanceEvent, securityEvent } from "scrubline";

import { freeze } from "./describe.js";

const formatter = new Formatter();
const line = (record) => formatter.format({ ...record, time: 0 });

test("a business event", () => {
  const metadata = freeze({ amount: 25, to: "ana@example.com", school_id: 7 });
  const record = businessEvent("payment_initiated", "Payment for ana@example.com", metadata);
  assert.ok(Math.abs(record.time - Date.now()) < 60_000);
  assert.deepEqual(
    { ...record, time: 0 },
    {
      time: 0, level: "INFO", logger: "business.payments", message: "Payment for ana@example.com", event_type: "payment_initiated",
      event_kind: "business", school_id: 7, business_metadata: metadata,
    },
  );
  assert.deepEqual(record.loggers, ["business.payments"]);
  assert.equal(
    line(record),
    '{"timestamp":"1970-01-01T00:00:00.000Z","level":"INFO","logger":"business.payments","message":"Payment for ***@example.com",' +
      '"event_type":"payment_initiated","school_id":7,"amount":25,"to":"***@example.com"}',
  );
});

test("a security event is for two loggers", () => {
  const record = securityEvent("authentication_failure", "by 7", { source_ip: "192.0.2.7" });
  assert.deepEqual([record.logger, record.level, record.message], ["security.events", "WARNING", "authentication_failure: by 7"]);
  assert.deepEqual(record.loggers, ["security.events", "security.auth_failures"]);
  assert.ok(!line(record).includes("auth_failures"));
  assert.equal(JSON.parse(line(record)).source_ip, "192.0.2.7");
});

test("a performance event", () => {
  const { level, message, operation, duration_ms, performance_metadata } = performanceEvent("query", 1500, { cache_hit: false });
  assert.deepEqual({ level, message, operation, duration_ms, performance_metadata }, {
    level: "WARNING", message: "query took 1500.0 ms", operation: "query", duration_ms: 1500, performance_metadata: { cache_hit: false },
  });
});

test("a duration that no clock measures is absent", () => {
  for (const duration of [null, undefined, "", NaN, Infinity]) {
    const { message, duration_ms } = JSON.parse(formatter.format(performanceEvent("query", duration)));
    assert.deepEqual([message, duration_ms], ["query", undefined]);
  }
});

test("fields of the record itself", () => {
  const record = businessEvent("x", "m", {}, { time: 1767225600125, exception: new TypeError("no ana@example.com"), module: "shop", function: "pay" });
  const written = JSON.parse(formatter.format(record));
  assert.equal(written.timestamp, "2026-01-01T00:00:00.125Z");
  assert.deepEqual([written.module, written.function, written.exception.type, written.exception.message], ["shop", "pay", "TypeError", "no ***@example.com"]);
});

test("routes are set once, wrong ones are refused and change nothing", () => {
  configureEvents({ routes: { payment_refunded: { area: "refunds", also: ["audit"] } }, slow_ms: 10 });
  try {
    assert.deepEqual(businessEvent("payment_refunded", "m").loggers, ["business.refunds", "audit"]);
    assert.throws(() => configureEvents({ slow_ms: -1 }), { name: "ScrublineError", code: "event", path: "slow_ms" });
    assert.equal(performanceEvent("query", 11).level, "WARNING");
  } finally {
    configureEvents();
  }
  assert.equal(performanceEvent("query", 11).level, "INFO");
});

test("nothing raises", () => {
  const bad = { toString: () => assert.fail("called"), get school_id() { throw new Error("no"); } };
  for (const event of [businessEvent, securityEvent, performanceEvent]) {
    for (const args of [[], [bad, bad, bad, bad], [null, null, null, null], [1n, 1n, 1n], [Symbol("a"), Symbol("b")]]) {
      assert.equal(typeof formatter.format(event(...args)), "string");
    }
  }
});

test("where the engine broke, there was an event", () => {
  businessEvent("x", "m");
  corrupt();
  const { event_type, message, level, logger, business_metadata } = businessEvent("payment_initiated", "ana@example.com", { password: "hunter2" });
  assert.deepEqual([event_type, message, level, logger, business_metadata], ["[REDACTED:error]", "[REDACTED:error]", "WARNING", "business", {}]);
  assert.equal(businessEvent("payment_initiated", "m").logger, "business.payments");
});

test("an id", () => {
  assert.match(context.generate(), /^req_[0-9a-f]{12}$/);
  assert.notEqual(context.generate(), context.generate());
});

test("a context holds for what it starts, and for nothing else", async () => {
  const seen = [];
  const task = (id) => context.run({ correlation_id: id, school_id: 5 }, async () => {
    await later(1);
    context.run({ user_id: 6, school_id: undefined }, () => seen.push(context.current()));
    seen.push(context.current());
    return id;
  });
  assert.deepEqual(await Promise.all([task("req_a"), task("req_b")]), ["req_a", "req_b"]);
  const of = (id) => [{ correlation_id: id, user_id: 6 }, { correlation_id: id, school_id: 5 }];
  assert.deepEqual(seen.map((one) => ({ ...one })).sort((a, b) => a.correlation_id.localeCompare(b.correlation_id)), [...of("req_a"), ...of("req_b")]);
  assert.deepEqual({ ...context.current() }, {});
  assert.throws(() => (context.current().a = 1));
});

test("events take the context; what is said of them wins", () => {
  const record = context.run({ correlation_id: "req_0123456789ab", school_id: 5, tenant: "t" }, () => businessEvent("x", "m", { school_id: 7 }));
  assert.deepEqual([record.correlation_id, record.school_id, record.tenant], ["req_0123456789ab", 7, "t"]);
});

test("a body that throws, and fields that cannot be read", () => {
  assert.throws(() => context.run({ a: 1 }, () => { throw new RangeError("mine"); }), RangeError);
  const bad = { get correlation_id() { throw new Error("no"); } };
  context.run({ a: 1 }, () => context.run(bad, () => assert.deepEqual({ ...context.current() }, { a: 1 })));
});

test("without AsyncLocalStorage the context ends where the function returns", () => {
  const script = `
    import { initSync, context } from ${JSON.stringify(import.meta.resolve("scrubline").replace("node.js", "web.js"))};
    import { readFileSync } from "node:fs";
    initSync({ bytes: readFileSync(new URL("../wasm/scrubline.wasm", ${JSON.stringify(import.meta.resolve("scrubline"))})) });
    process.getBuiltinModule = undefined;
    let inner, after;
    await context.run({ correlation_id: "a" }, async () => {
      inner = context.run({ school_id: 5 }, () => context.current());
      await null;
      after = context.current();
    });
    console.log(JSON.stringify([inner, after, context.current()]));
  `;
  const out = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });
  assert.deepEqual(JSON.parse(out), [{ correlation_id: "a", school_id: 5 }, {}, {}]);
});

test("every copy of the package has the same context", async () => {
  const copy = await import(`${import.meta.resolve("scrubline").replace("node.js", "web.js")}?copy`);
  context.run({ correlation_id: "a" }, () => assert.equal(copy.context.current().correlation_id, "a"));
});
