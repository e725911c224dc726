// Bad moments: before the engine is there, after its instance broke, code of the caller that redacts or reloads while it is walked.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { corrupt } from "./instance.js";

import { Formatter, Redactor, ScrublineError, configureEvents } from "scrubline";
import { Redactor as PortableRedactor } from "scrubline/js";

import { packageFolder } from "./tools.js";

const ERROR = "[REDACTED:error]";
const dist = join(packageFolder, "dist");

const errors = (redactor) => Object.values(redactor.report().detectors.error ?? {}).reduce((sum, n) => sum + n, 0);

test("the marker is the engine's", () => {
  // an unreadable record is the one case in which the engine itself writes it; the process below shows JavaScript's
  assert.equal(JSON.parse(new Formatter().format(undefined)).message, ERROR);
});

test("a line of an array of billions of holes ends at the limit", () => {
  const holes = [];
  holes[4_294_967_293] = "ana@example.com";
  const redactor = new Redactor({ limits: { nodes: 3 } });
  assert.equal(new Formatter({ redactor }).format({ message: "m", holes, after: 1 }), '{"level":"INFO","message":"m","after":1,"holes":[null,null,null,"[REDACTED:limit]"]}');
});

for (const [name, call, good] of [
  ["redact", (r) => r.redact("to ana@example.com"), "to ***@example.com"],
  ["redactJson", (r) => r.redactJson('{"password":"hunter2"}'), '{"password":"[REDACTED]"}'],
  ["redactValue", (r) => r.redactValue({ password: "hunter2" }), { password: "[REDACTED]" }],
  ["redactValue of bytes", (r) => r.redactValue(new TextEncoder().encode("ana@example.com")), new TextEncoder().encode("***@example.com")],
  ["redactValue of a number", (r) => r.redactValue(4111111111111111), "****-****-****-1111"],
  ["redactValue of a BigInt", (r) => r.redactValue(4111111111111111n), "****-****-****-1111"],
  ["findings", (r) => r.findings("ana@example.com").length, 1],
  ["explain", (r) => r.explain("ana@example.com").length, 1],
  ["format", (_, formatter) => formatter.format({ message: "ana@example.com" }), '{"level":"INFO","message":"***@example.com"}'],
]) {
  test(`${name} after the instance broke`, () => {
    const redactor = new Redactor();
    const other = new Redactor();
    const formatter = new Formatter({ redactor });
    assert.deepEqual(call(redactor, formatter), good);
    corrupt();
    const bad = call(redactor, formatter);
    assert.ok(!JSON.stringify(bad ?? null).includes("ana@") && !JSON.stringify(bad ?? null).includes("hunter2"), JSON.stringify(bad));
    assert.notDeepEqual(bad, good);
    assert.deepEqual(call(redactor, formatter), good, "a fresh instance");
    assert.deepEqual(call(other, new Formatter({ redactor: other })), good, "for the others too");
    assert.equal(errors(redactor), 1);
    assert.equal(errors(other), 0);
  });
}

test("policy, key, known values and what was registered survive", () => {
  const key = new Uint8Array(32).fill(7);
  const redactor = new Redactor({ preset: "minimal" }, { key, knownValues: ["blue-horse-battery"] });
  redactor.reload({ detectors: { "contact.email": "pseudonym" } });
  redactor.register([new TextEncoder().encode("green-horse-battery")]);
  const text = "ana@example.com blue-horse-battery green-horse-battery";
  const before = redactor.redact(text);
  assert.match(before, /^\[id:[0-9a-f]{24}\] \[REDACTED\] \[REDACTED\]$/);
  key.fill(0);
  corrupt();
  assert.equal(redactor.redact(text), ERROR);
  assert.equal(redactor.redact(text), before);
});

test("counts of a broken instance that can still be read are kept", () => {
  const redactor = new Redactor();
  redactor.redact("ana@example.com");
  // fails outside of the engine, whose memory stays whole
  const { decode } = TextDecoder.prototype;
  TextDecoder.prototype.decode = () => {
    TextDecoder.prototype.decode = decode;
    throw new RangeError("no room");
  };
  assert.equal(redactor.redact("eva@example.com"), ERROR);
  redactor.redact("rui@example.com");
  const { total, detectors } = redactor.report();
  assert.equal(detectors["contact.email"].partial, 3);
  assert.equal(total, 4);
});

test("a stream whose instance breaks tells no more", async () => {
  const redactor = new Redactor();
  const stream = redactor.stream();
  const writer = stream.writable.getWriter();
  const out = [];
  const reading = (async () => {
    for await (const chunk of stream.readable) out.push(chunk);
  })();
  await writer.write("first line\n");
  corrupt();
  await writer.write("ana@example.com\n");
  await writer.write("eva@example.com\n");
  await writer.close();
  await reading;
  assert.equal(out[0], "first line\n");
  assert.match(out.slice(1).join(""), /^(\[REDACTED:error\])+$/);
  assert.equal(redactor.redact("ana@example.com"), "***@example.com");
});

test("the engine as JavaScript is replaced as well", async () => {
  const redactor = new PortableRedactor();
  const other = new PortableRedactor();
  for (const one of [redactor, other]) assert.equal(one.redact("ana@example.com"), "***@example.com");
  const stream = redactor.stream();
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  await Promise.all([writer.write("first line\n"), reader.read()]);
  // its memory cannot grow: the call ends in the middle of the engine
  const { ArrayBuffer } = globalThis;
  let refused = 0;
  globalThis.ArrayBuffer = function () {
    refused += 1;
    throw new RangeError("no room");
  };
  try {
    assert.equal(redactor.redact("ana@example.com ".repeat(1 << 20)), ERROR);
  } finally {
    globalThis.ArrayBuffer = ArrayBuffer;
  }
  assert.equal(refused, 1);
  for (const one of [redactor, other]) assert.equal(one.redact("eva@example.com"), "***@example.com");
  assert.deepEqual([errors(redactor), errors(other)], [1, 0]);
  writer.write("second line\n");
  assert.equal((await reader.read()).value, ERROR, "a stream of the old instance");
  assert.equal(redactor.redact("ana@example.com ".repeat(1 << 20)), "***@example.com ".repeat(1 << 20), "there is room again");
});

test("a getter that redacts", () => {
  const redactor = new Redactor();
  const given = {
    a: "ana@example.com",
    get b() {
      return redactor.redactValue({ c: "eva@example.com" });
    },
    d: "rui@example.com",
  };
  assert.deepEqual(redactor.redactValue(given), { a: "***@example.com", b: { c: "***@example.com" }, d: "***@example.com" });
});

test("a getter that reloads: places of the old policy are not used with the new one", () => {
  const redactor = new Redactor({ fields: { secretive: "mask" } });
  const given = {
    a: "x",
    get b() {
      redactor.reload({});
      return "y";
    },
    secretive: "z",
    password: "hunter2",
  };
  assert.deepEqual(redactor.redactValue(given), { a: "x", b: ERROR, secretive: ERROR, password: ERROR });
  assert.deepEqual(redactor.redactValue({ secretive: "z", password: "hunter2" }), { secretive: "z", password: "[REDACTED]" });
});

test("a getter that breaks the instance", () => {
  const redactor = new Redactor();
  const given = {
    get a() {
      corrupt();
      return "x";
    },
    b: "ana@example.com",
  };
  assert.ok(!JSON.stringify(redactor.redactValue(given)).includes("ana@"));
  assert.deepEqual(redactor.redactValue({ b: "ana@example.com" }), { b: "***@example.com" });
});

test("at the end of the stack", () => {
  const redactor = new Redactor();
  const given = { a: { b: ["ana@example.com"] } };
  let deepest;
  const dive = () => {
    let out;
    try {
      out = redactor.redactValue(given);
    } catch (error) {
      assert.ok(error instanceof RangeError); // there was no room for the call itself
    }
    if (out !== undefined) {
      assert.ok(!JSON.stringify(out).includes("ana@"));
      deepest = out;
    }
    dive();
  };
  assert.throws(dive, RangeError);
  assert.ok(deepest !== undefined);
  assert.deepEqual(redactor.redactValue(given), { a: { b: ["***@example.com"] } });
});

test("refusals have code and path, and no input", () => {
  const secret = "s3cr3t-value";
  const thrower = () => {
    throw new Error(secret);
  };
  const cyclic = {};
  cyclic.fields = { a: cyclic };
  let deep = {};
  for (let i = 0; i < 50_000; i++) deep = { fields: deep };
  for (const [make, code, path] of [
    [() => new Redactor({ presett: secret }), "policy.unknown_field", "presett"],
    [() => new Redactor({ preset: secret }), "policy.invalid_value", "preset"],
    [() => new Redactor({ limits: { depth: 1.5 } }), "policy.invalid_value", "limits.depth"],
    [() => new Redactor({ limits: { depht: 1 } }), "policy.unknown_field", "limits.depht"],
    [() => new Redactor({ fields: { a: secret } }), "policy.invalid_value", "fields.a"],
    [() => new Redactor({ allow: [secret, 5] }), "policy.invalid_value", "allow[1]"],
    [() => new Redactor({ fields: () => secret }), "policy.invalid_value", "fields"],
    [() => new Redactor([]), "policy.invalid_value", ""],
    [() => new Redactor(new Map([["preset", "strict"]])), "policy.invalid_value", ""],
    [() => new Redactor({ fields: new Map([["a", "drop"]]) }), "policy.invalid_value", "fields"],
    [() => new Redactor(cyclic), "policy.invalid_value", "fields.a"],
    [() => new Redactor({ limits: cyclic }), "policy.unknown_field", "limits.fields"],
    [() => new Redactor(deep), "policy.invalid_value", "fields.fields"],
    [() => new Redactor({ get preset() { return thrower(); } }), "policy.invalid_value", ""],
    [() => new Redactor({ fields: { get a() { return thrower(); } } }), "policy.invalid_value", "fields"],
    [() => new Redactor(new Proxy({}, { ownKeys: thrower })), "policy.invalid_value", ""],
    [() => new Redactor(secret), "policy.invalid_value", ""],
    [() => new Redactor({ version: 2 }), "policy.version", "version"],
    [() => new Redactor({ detectors: { "contact.emial": "off" } }), "policy.unknown_detector", "detectors.contact.emial"],
    [() => new Redactor({ custom: [{ id: "custom.a", regex: "a" }] }), "policy.regex_unavailable", "custom[0].regex"],
    [() => new Redactor({}, { key: new Uint8Array(31) }), "key.too_short", "key"],
    [() => new Redactor({}, { key: secret }), "key.too_short", "key"],
    [() => new Redactor({}, { key: 5 }), "key.too_short", "key"],
    [() => new Redactor({}, { known_values: [secret] }), "policy.unknown_field", "known_values"],
    [() => new Redactor(null, { preset: "strict" }), "policy.invalid_value", "preset"],
    [() => new Redactor({}, secret), "policy.unknown_field", "0"],
    [() => new Redactor({}, { get key() { return thrower(); } }), "key.too_short", "key"],
    [() => new Redactor({}, { get knownValues() { return thrower(); } }), "known_value.type", "known_values"],
    [() => new Redactor({}, { knownValues: ["blue-horse-battery", "short"] }), "known_value.too_short", "known_values[1]"],
    [() => new Redactor({}, { knownValues: ["blue-horse-battery", 5] }), "known_value.type", "known_values[1]"],
    [() => new Redactor().register([null]), "known_value.type", "known_values[0]"],
    [() => new Redactor({}, { knownValues: secret }), "known_value.type", "known_values"],
    [() => new Redactor({}, { knownValues: 5 }), "known_value.type", "known_values"],
    [() => new Redactor().register(secret), "known_value.type", "known_values"],
    [() => new Redactor().register(5), "known_value.type", "known_values"],
    [() => new Redactor().register({ [Symbol.iterator]: thrower }), "known_value.type", "known_values"],
    [() => new Redactor().reload({ version: 3 }), "policy.version", "version"],
    [() => new Redactor().reload({ get version() { return thrower(); } }), "policy.invalid_value", ""],
    [() => new Formatter({ formatt: secret }), "format", "formatt"],
    [() => new Formatter({ format: secret }), "format", "format"],
    [() => new Formatter(null), "format", ""],
    [() => new Formatter(5), "format", ""],
    [() => new Formatter({ redactor: 5 }), "format", "redactor"],
    [() => new Formatter({ redactor: {} }), "format", "redactor"],
    [() => new Formatter({ get format() { return thrower(); } }), "format", ""],
    [() => configureEvents({ get routes() { return thrower(); } }), "event", ""],
  ]) {
    assert.throws(make, (error) => {
      assert.ok(error instanceof ScrublineError && error instanceof Error);
      assert.deepEqual([error.name, error.code, error.path], ["ScrublineError", code, path]);
      assert.ok(!`${error.stack}${error.message}`.includes(secret));
      return true;
    });
  }
});

test("a part of a policy may stand in it twice", () => {
  const off = ["NIF"];
  const redactor = new Redactor({ custom: [{ id: "custom.a", shape: "A[0-9]{4}", context: off }, { id: "custom.b", shape: "B[0-9]{4}", context: off }] });
  assert.equal(redactor.redact("NIF A1234, NIF B1234"), "NIF [REDACTED], NIF [REDACTED]");
});

test("absent parts of a policy are absent", () => {
  assert.equal(new Redactor({ mask: undefined, limits: { depth: undefined } }).redact("password=hunter2"), "password=[REDACTED]");
  assert.equal(new Redactor(null, null).redact("password=hunter2"), "password=[REDACTED]");
});

test("a failed reload and a failed register change nothing", () => {
  const redactor = new Redactor({ detectors: { "contact.email": "off" } });
  assert.throws(() => redactor.reload({ preset: "none" }));
  assert.throws(() => redactor.reload([]));
  assert.throws(() => redactor.register(["blue-horse-battery", "short"]));
  assert.equal(redactor.redact("ana@example.com blue-horse-battery"), "ana@example.com blue-horse-battery");
});

test("reload without a policy takes the default one", () => {
  for (const absent of [null, undefined]) {
    const redactor = new Redactor({ preset: "strict" });
    redactor.reload(absent);
    assert.equal(redactor.redact("password=hunter2 192.0.2.7"), "password=[REDACTED] 192.0.2.7");
  }
});

test("a policy that changes later is another policy", () => {
  const policy = { detectors: { "contact.email": "off" } };
  const redactor = new Redactor(policy);
  policy.detectors["contact.email"] = "mask";
  corrupt();
  redactor.redact("x");
  assert.equal(redactor.redact("ana@example.com"), "ana@example.com");
});

test("nothing of key and known values shows", async () => {
  const { inspect } = await import("node:util");
  const redactor = new Redactor({}, { key: new TextEncoder().encode("k".repeat(40)), knownValues: ["blue-horse-battery"] });
  const shown = inspect(redactor, { depth: 20, showHidden: true }) + JSON.stringify(redactor) + String(redactor);
  assert.ok(!shown.includes("blue-horse") && !shown.includes("kkkk") && !shown.includes("107, 107"));
});

test("before the engine is loaded", () => {
  // a process of its own, in which the entry for browsers finds nothing to fetch
  const script = `
    import { readFileSync } from "node:fs";
    const { Redactor, Formatter, ready, init, initSync } = await import(${JSON.stringify(pathToFileURL(join(dist, "entry", "web.js")))});
    const early = new Redactor({ detectors: { "contact.email": "label" } });
    const wrong = new Redactor({ preset: "none" });
    const stream = early.stream();
    const writer = stream.writable.getWriter();
    writer.write("ana@example.com");
    const out = {
      text: early.redact("ana@example.com"),
      json: early.redactJson("{}"),
      value: early.redactValue({ a: 1 }),
      findings: early.findings("ana@example.com"),
      line: new Formatter({ redactor: early }).format({ message: "x" }),
      stream: (await stream.readable.getReader().read()).value,
      total: early.report().total,
      register: await Promise.resolve().then(() => early.register([])).catch(({ code }) => code),
      ready: await ready.catch(({ code }) => code),
      init: await init({ bytes: new Uint8Array(8) }).catch(({ code }) => code),
    };
    initSync({ bytes: readFileSync(${JSON.stringify(join(dist, "wasm", "scrubline.wasm"))}) });
    await init();
    out.late = early.redact("ana@example.com");
    out.counted = early.report();
    out.wrong = wrong.redact("x");
    try { wrong.reload({ preset: "none" }) } catch ({ code }) { out.reason = code }
    console.log(JSON.stringify(out));
  `;
  const out = JSON.parse(execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" }));
  const { counted, ...rest } = out;
  assert.deepEqual(rest, {
    text: ERROR,
    json: ERROR,
    value: ERROR,
    findings: [],
    line: ERROR,
    stream: ERROR,
    total: 7,
    register: "init.pending",
    ready: "init.load",
    init: "init.load",
    late: "[REDACTED:contact.email]",
    wrong: ERROR,
    reason: "policy.invalid_value",
  });
  assert.equal(counted.total, 8);
  assert.equal(counted.detectors["contact.email"].label, 1);
});
