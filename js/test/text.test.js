import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";

import { Formatter, Redactor, ready, init, initSync } from "scrubline";

test("ready is there", async () => {
  assert.equal(await ready, undefined);
  assert.equal(await init(), undefined);
  assert.equal(initSync({}), undefined);
});

test("methods that are handed on work without their object", () => {
  const { redact, redactValue, redactJson, findings } = new Redactor();
  const { format } = new Formatter();
  assert.deepEqual(["ana@example.com"].map(redact), ["***@example.com"]);
  assert.deepEqual([{ password: "hunter2" }].map(redactValue), [{ password: "[REDACTED]" }]);
  assert.deepEqual(['{"password":"hunter2"}'].map(redactJson), ['{"password":"[REDACTED]"}']);
  assert.equal(["ana@example.com"].flatMap(findings).length, 1);
  assert.deepEqual([{ message: "ana@example.com" }].map(format), ['{"level":"INFO","message":"***@example.com"}']);
});

test("a key is bytes, or text that stands for its UTF-8", () => {
  const text = "of the key management, 32 bytes or more, çã 漢";
  const [one, two] = [text, new TextEncoder().encode(text)].map((key) => new Redactor({ detectors: { "contact.email": "pseudonym" } }, { key }));
  assert.match(one.redact("ana@example.com"), /^\[id:[0-9a-f]{24}\]$/);
  assert.equal(one.redact("ana@example.com"), two.redact("ana@example.com"));
});

test("offsets are UTF-16 units of the given text", () => {
  const redactor = new Redactor();
  for (const before of ["", "é ", "漢字 ", "😀😀 ", "漢😀é\u0000 ", "\ud800 ", "e\u0301 👩‍👩‍👧 "]) {
    const text = `${before}ana@example.com, ${before}rui@example.com`;
    const found = redactor.findings(text);
    assert.deepEqual(
      found.map(({ start, end }) => text.slice(start, end)),
      ["ana@example.com", "rui@example.com"],
      JSON.stringify(before),
    );
    assert.deepEqual(found[0], { detector: "contact.email", path: "", start: before.length, end: before.length + 15, length_class: "9-16", action: "partial" });
  }
  assert.deepEqual(redactor.findings("nothing"), []);
  assert.deepEqual(redactor.findings(undefined), []);
});

test("JSON text", () => {
  const redactor = new Redactor();
  const clean = '{ "a" : 1.50, "b":[ 12345678901234567890 ] }';
  assert.equal(redactor.redactJson(clean), clean);
  assert.equal(redactor.redactJson('{"a": 1.50, "password": "x1y2z3"}'), '{"a": 1.50, "password": "[REDACTED]"}');
  assert.equal(redactor.redactJson("password=hunter2 {"), "password=[REDACTED] {");
  assert.equal(redactor.redactJson(undefined), "undefined");
});

test("the report counts", () => {
  const redactor = new Redactor();
  redactor.redact("ana@example.com");
  redactor.redactValue({ a: "ana@example.com", password: "hunter2" });
  const { since, total, detectors } = redactor.report();
  assert.ok(Math.abs(Date.parse(since) - Date.now()) < 60_000);
  assert.equal(total, 3);
  assert.equal(detectors["contact.email"].partial, 2);
  assert.equal(Object.values(detectors).flatMap((actions) => Object.values(actions)).reduce((a, b) => a + b), 3);
});

test("a hundred megabytes, and small lines after them", () => {
  const redactor = new Redactor();
  const half = "word ".repeat(10_000_000);
  const out = redactor.redact(`${half}ana@example.com ${half}`);
  assert.equal(out.length, 2 * half.length + "***@example.com ".length);
  assert.equal(out.slice(half.length, half.length + 15), "***@example.com");
  assert.equal(redactor.redact("ana@example.com"), "***@example.com");
});

async function through(stream, chunks) {
  const out = [];
  const writer = stream.writable.getWriter();
  const writing = (async () => {
    for (const chunk of chunks) await writer.write(chunk);
    await writer.close();
  })();
  for await (const chunk of stream.readable) out.push(chunk);
  await writing;
  return out;
}

test("a stream of text in any pieces gives the text of the whole", async () => {
  const redactor = new Redactor();
  const text = "漢字 ana@example.com 😀\npassword=hunter2 é\n\ud800 end 4111 1111 1111 1111";
  const whole = redactor.redact(text);
  for (const size of [1, 2, 3, 7, 1000]) {
    const chunks = [];
    for (let at = 0; at < text.length; at += size) chunks.push(text.slice(at, at + size));
    const out = await through(redactor.stream(), chunks);
    assert.ok(out.every((chunk) => typeof chunk === "string"));
    assert.equal(out.join(""), whole);
  }
});

test("a stream of bytes", async () => {
  const redactor = new Redactor();
  const bytes = new Uint8Array([0xff, ...new TextEncoder().encode(" ana@example.com\n"), 0xfe]);
  for (const size of [1, 5, 100]) {
    const chunks = [];
    for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
    const out = await through(redactor.stream(), chunks);
    assert.ok(out.every((chunk) => chunk instanceof Uint8Array));
    assert.deepEqual(Buffer.concat(out), Buffer.concat([Buffer.from([0xff]), Buffer.from(" ***@example.com\n"), Buffer.from([0xfe])]));
  }
});

test("a stream refuses nothing and passes nothing that it does not know", async () => {
  const redactor = new Redactor();
  assert.deepEqual(await through(redactor.stream(), [{ password: "hunter2" }]), ["[REDACTED:error]"]);
  assert.equal(redactor.report().total, 1);
  const bytes = new TextEncoder().encode("x\n");
  const mixed = await through(redactor.stream(), [bytes, { password: "hunter2" }, "y\n", null, Symbol("z")]);
  assert.deepEqual(mixed, [bytes, new TextEncoder().encode("[REDACTED:error]"), "y\n", "[REDACTED:error]", "[REDACTED:error]"]);
});

test("a stream of buffers and views", async () => {
  const { buffer } = new TextEncoder().encode("ana@example.com\nana@example.com\n").slice();
  const foreign = vm.runInNewContext(`Uint8Array.from("ana@example.com\\n", (c) => c.charCodeAt())`);
  const chunks = [buffer, new DataView(buffer, 4, 12), new Uint16Array(buffer, 0, 16), Buffer.from(buffer), foreign];
  const out = await through(new Redactor().stream(), chunks);
  assert.ok(out.every((chunk) => chunk instanceof Uint8Array));
  const line = "***@example.com\n";
  assert.equal(Buffer.concat(out).toString(), `${line.repeat(2)}example.com\n${line.repeat(5)}`);
});

const format = (record, options) => new Formatter(options).format(record);

test("a line", () => {
  const line = format({ time: 0, level: "warn", logger: "app", message: "to ana@example.com\n", duration_ms: 25.0, password: "hunter2", n: 2n ** 64n });
  assert.equal(line, '{"timestamp":"1970-01-01T00:00:00.000Z","level":"WARNING","logger":"app","message":"to ***@example.com\\n","duration_ms":25,"n":18446744073709551616,"password":"[REDACTED]"}');
});

test("what JSON.stringify loses or throws on", () => {
  const cyclic = { a: 1 };
  cyclic.self = cyclic;
  const fields = {
    at: new Date(0),
    map: new Map([["a", new Set([1, 2])]]),
    bytes: new TextEncoder().encode("héllo"),
    nan: [NaN, Infinity, -0, 1e21, 5e-324],
    url: new URL("https://example.com/?page=2"),
    cyclic,
    lone: "\ud800",
    nothing: undefined,
    call: () => 1,
    list: [undefined, Symbol("x")],
    boxed: [new String("x"), Object(1n)],
    pattern: /a+/g,
    get thrown() {
      throw new Error("never show this");
    },
  };
  const { message, level, ...rest } = JSON.parse(format({ message: "x", ...Object.fromEntries([]), extra: fields }));
  assert.equal(message, "x");
  assert.equal(level, "INFO");
  assert.deepEqual(rest.extra, {
    at: "1970-01-01T00:00:00.000Z",
    map: { a: [1, 2] },
    bytes: "héllo",
    nan: [null, null, 0, 1e21, 5e-324],
    url: "https://example.com/?page=2",
    cyclic: { a: 1, self: "[circular]" },
    lone: "\ufffd",
    list: [null, null],
    boxed: ["x", 1],
    pattern: "/a+/g",
    thrown: "[REDACTED:error]",
  });
});

test("an error as the exception", () => {
  const error = new TypeError("no ana@example.com", { cause: new Error("eva@example.com") });
  const { exception } = JSON.parse(format({ message: "x", exception: error }));
  assert.equal(exception.type, "TypeError");
  assert.equal(exception.message, "no ***@example.com");
  assert.match(exception.traceback, /^TypeError: no \*\*\*@example\.com\n\s+at [^]*\nCaused by: Error: \*\*\*@example\.com\n/);
});

test("options", () => {
  const redactor = new Redactor({ detectors: { "contact.email": "off" } });
  assert.equal(format({ message: "ana@example.com" }, { redactor }), '{"level":"INFO","message":"ana@example.com"}');
  assert.match(format({ message: "x", level: "error" }, { format: "console", colour: true }), /\u001b\[/);
  assert.equal(JSON.parse(format({ message: "x", a: 1 }, { layout: "nested" })).extra.a, 1);
});

test("whatever is given, a line comes out", () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  for (const record of [undefined, null, 1, "text", [], {}, revoked.proxy, () => 1, Symbol("x"), new Map()]) {
    const line = format(record);
    assert.equal(JSON.parse(line).message, "[REDACTED:error]", String(line));
    assert.ok(!line.includes("\n"));
  }
  assert.equal(JSON.parse(format({ plan: "a" })).plan, "a");
});

test("an explanation tells what was refused and why, in UTF-16 units", () => {
  const redactor = new Redactor();
  const text = "é😀 ana@example.com password=${PW} 4539148803436468";
  const [email, placeholder, card] = redactor.explain(text);
  assert.deepEqual(email, {
    detector: "contact.email",
    start: 4,
    end: 19,
    length_class: "9-16",
    accepted: true,
    step: "shape",
    why: "shape",
    action: "partial",
  });
  assert.deepEqual([placeholder.detector, placeholder.step, placeholder.why, placeholder.action], ["credential.password", "value", "placeholder", null]);
  assert.equal(card.why, "check_digit");
  const shown = redactor.explain(text, { show: true });
  assert.deepEqual(shown.slice(0, 2).map(({ value }) => value), ["ana@example.com", "${PW}"]);
  assert.deepEqual(redactor.explain("nothing"), []);
  assert.deepEqual(redactor.explain(undefined), []);
  assert.deepEqual(redactor.explain(text, null), redactor.explain(text));
  assert.equal(redactor.report().total, 0);
});

test("own rules are shapes in the default entry, and regular expressions are refused with a way out", async () => {
  const redactor = new Redactor({ custom: [{ id: "custom.student", shape: "STU-\\d{6}", examples: ["STU-918273"] }] });
  assert.equal(redactor.redact("to STU-918273."), "to [REDACTED].");
  assert.deepEqual(redactor.redactValue({ a: new Map([["b", "STU-918273"]]) }), { a: new Map([["b", "[REDACTED]"]]) });
  const short = new Redactor({ custom: [{ id: "custom.pin", shape: "\\d{4}", context: ["cacifo"] }] });
  assert.deepEqual(short.redactValue({ cacifo: 4821, n: 4821 }), { cacifo: "[REDACTED]", n: 4821 });
  assert.throws(() => new Redactor({ custom: [{ id: "custom.a", regex: "x1" }] }), ({ code, path, message }) => {
    assert.deepEqual([code, path], ["policy.regex_unavailable", "custom[0].regex"]);
    assert.match(message, /shape/);
    return true;
  });
  assert.throws(() => new Redactor({ custom: [{ id: "custom.a", shape: "A[0-9]", examples: ["s3cr3t"] }] }), ({ code, message }) => {
    assert.equal(code, "policy.example");
    assert.ok(message.includes("custom.a") && message.includes("examples[0]") && !message.includes("s3cr3t"));
    return true;
  });
});
