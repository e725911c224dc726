import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "node:test";

import { Redactor, context } from "scrubline";
import { scrubWinston, withContext } from "scrubline/winston";

import { freeze } from "../describe.js";
import { tool } from "../tools.js";
import { keepsSecrets, text, value } from "./random.js";

const winston = tool("winston");
const { combine, errors, json, printf, simple, splat } = winston.format;

function logger(format) {
  const lines = [];
  const stream = new Writable({ write: (chunk, _, done) => (lines.push(chunk.toString()), done()) });
  return { log: winston.createLogger({ level: "debug", format, transports: [new winston.transports.Stream({ stream })] }), lines };
}

test("lines, wherever the format stands", () => {
  for (const format of [combine(splat(), json(), scrubWinston(new Redactor())), combine(splat(), scrubWinston(new Redactor()), json())]) {
    const { log, lines } = logger(format);
    log.info("to ana@example.com", { password: "hunter2", user: { apiKey: "abcd1234efgh5678" }, n: 1 });
    log.warn("password: %s", "hunter2");
    log.log({ level: "info", message: "x", email: "ana@example.com" });
    assert.deepEqual(JSON.parse(lines[0]), { level: "info", message: "to ***@example.com", password: "[REDACTED]", user: { apiKey: "[REDACTED]" }, n: 1 });
    assert.deepEqual(JSON.parse(lines[1]), { level: "warn", message: "password: [REDACTED]" });
    assert.deepEqual(JSON.parse(lines[2]), { level: "info", message: "x", email: "***@example.com" });
  }
});

test("errors, children, and other lines than JSON", () => {
  const { log, lines } = logger(combine(errors({ stack: true }), simple(), scrubWinston(new Redactor())));
  log.error(new Error("no ana@example.com"));
  log.child({ password: "hunter2" }).info("x");
  assert.match(lines[0], /no \*\*\*@example\.com/);
  assert.equal(lines[1], 'info: x {"password":"[REDACTED]"}\n');
  const own = logger(combine(printf(({ message, to }) => `${message} for ${to}`), scrubWinston(new Redactor())));
  own.log.info("m", { to: "ana@example.com" });
  assert.equal(own.lines[0], "m for ***@example.com\n");
});

test("a line of printf has no value that its key made sensitive", () => {
  const line = printf(({ message, password, pin, user }) => `${message} [${password}] ${pin} ${JSON.stringify(user)}`);
  const { log, lines } = logger(combine(line, scrubWinston(new Redactor())));
  log.info("a.b axb", { password: "a.b", pin: 4821, user: { token: "a.b" } });
  log.info("$& hunter2 hunter22", { password: "hunter2", pin: "4821" });
  log.info(`${"x ".repeat(200_000)}ana@example.com`);
  log.info("a - b", { password: "-" });
  assert.equal(lines[0], '[REDACTED] axb [[REDACTED]] [REDACTED] {"token":"[REDACTED]"}\n');
  assert.equal(lines[1], "$& [REDACTED] hunter22 [[REDACTED]] [REDACTED] undefined\n");
  assert.equal(lines[3], "a - b [-] undefined undefined\n");
  assert.match(lines[2], /^(x ){200000}\*{3}@example\.com \[undefined\]/);
});

test("values that the message made sensitive are nowhere beside it", () => {
  const seen = [];
  const keep = { transform: (info) => (seen.push(info), info) };
  const { log, lines } = logger(combine(splat(), scrubWinston(new Redactor()), keep, json()));
  log.info("password: %s", "hunter2");
  log.info("password: %j", { toJSON: () => "hunter2" });
  log.info("at %s", "noon");
  assert.deepEqual(lines.map((line) => JSON.parse(line).message), ["password: [REDACTED]", 'password: "[REDACTED]"', "at noon"]);
  assert.deepEqual(seen.map((info) => info[Symbol.for("splat")]), [[], [], ["noon"]]);
});

test("the context of a request", () => {
  const { log, lines } = logger(combine(withContext(), json(), scrubWinston(new Redactor())));
  context.run({ correlation_id: "req_0123456789ab", school_id: 5 }, () => log.info("x", { school_id: 7 }));
  assert.deepEqual(JSON.parse(lines[0]), { level: "info", message: "x", correlation_id: "req_0123456789ab", school_id: 7 });
});

test("the caller's object stays", () => {
  const { log, lines } = logger(combine(withContext(), scrubWinston(new Redactor()), json()));
  const meta = freeze({ user: { email: "ana@example.com" } });
  context.run({ correlation_id: "a" }, () => log.info("x", meta));
  assert.deepEqual(JSON.parse(lines[0]).user, { email: "***@example.com" });
  assert.equal(meta.user.email, "ana@example.com");
});

test("what cannot be redacted is a line all the same", () => {
  const redactor = new Redactor();
  redactor.redactValue = () => "[REDACTED:error]";
  const { log, lines } = logger(combine(json(), scrubWinston(redactor)));
  log.info("to ana@example.com");
  assert.equal(lines[0], "[REDACTED:error]\n");
});

test("random records: no planted secret comes out", async () => {
  const level = Symbol.for("level");
  const scrub = scrubWinston(new Redactor());
  const formats = [scrub, { transform: (info) => scrub.transform(json().transform(withContext().transform(info), {})) }];
  await keepsSecrets([text, value, value], (message, meta, splatted) => formats.flatMap((format) => {
    const plain = typeof meta === "object" && meta !== null && !Array.isArray(meta) ? meta : { meta };
    try {
      return [format.transform({ message, [level]: "info", level: "info", meta: plain, [Symbol.for("splat")]: [splatted] })];
    } catch (error) {
      // what winston's own `json` cannot write
      assert.doesNotMatch(String(error.stack), /dist\/integrations/);
      return [];
    }
  }));
});
