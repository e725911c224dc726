import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { corrupt } from "../instance.js";

import { Redactor, context } from "scrubline";
import { scrubPino } from "scrubline/pino";

import { tool } from "../tools.js";
import { format, keepsSecrets, value } from "./random.js";

const pino = tool("pino");

function logger(options = {}, redactor = new Redactor()) {
  const lines = [];
  const log = pino({ base: null, timestamp: false, ...scrubPino(redactor), ...options }, { write: (line) => lines.push(line) });
  return { log, lines };
}

test("objects, messages, children, errors and serializers", () => {
  const { log, lines } = logger({ serializers: { owner: (id) => `${id}@example.com` } });
  log.info({ user: { email: "ana@example.com" }, password: "hunter2", n: 1.5 }, "to %s, password: %s", "ana@example.com", "hunter2");
  log.child({ apiKey: "abcd1234efgh5678" }).warn("x");
  log.error(new Error("no ana@example.com"));
  log.info({ owner: "ana" });
  assert.equal(lines[0], '{"level":30,"user":{"email":"***@example.com"},"password":"[REDACTED]","n":1.5,"msg":"to ***@example.com, password: [REDACTED]"}\n');
  assert.equal(lines[1], '{"level":40,"apiKey":"[REDACTED]","msg":"x"}\n');
  assert.equal(JSON.parse(lines[2]).err.message, "no ***@example.com");
  assert.equal(lines[3], '{"level":30,"owner":"***@example.com"}\n');
});

test("a buffer, which pino writes as numbers", () => {
  const { log, lines } = logger();
  const harmless = Buffer.from("pong");
  log.info({ body: Buffer.from("to=ana@example.com&n=1"), answers: [harmless, Buffer.alloc(0)] });
  const [body, numbers] = ['"to=***@example.com&n=1"', JSON.stringify(harmless)];
  assert.equal(lines[0], `{"level":30,"body":${body},"answers":[${numbers},{"type":"Buffer","data":[]}]}\n`);
});

test("lines have the context of their request", () => {
  const { log, lines } = logger();
  context.run({ correlation_id: "req_0123456789ab" }, () => log.info({ a: 1 }, "x"));
  assert.equal(lines[0], '{"level":30,"correlation_id":"req_0123456789ab","a":1,"msg":"x"}\n');
});

test("the application's own hooks, mixin, serializers and formatters keep their work", () => {
  const lines = [];
  const seen = [];
  const options = {
    base: null,
    timestamp: false,
    hooks: {
      logMethod(args, method) { seen.push(args.length); method.apply(this, args); },
      streamWrite: (line) => line.replace("eva", "ana"),
    },
    mixin: (object, level) => ({ level_of: level, tenant: "own", email: "rui@example.com" }),
    serializers: { owner: (id) => `${id}@example.com` },
    formatters: { level: (label) => ({ level: label, apiKey: "abcd1234efgh5678" }) },
  };
  const log = pino(scrubPino(new Redactor(), options), { write: (line) => lines.push(line) });
  context.run({ tenant: "of the request", correlation_id: "req_0123456789ab" }, () => log.info({ owner: "ana" }, "password=%s to eva@example.com", "hunter2"));
  assert.deepEqual(seen, [3]);
  assert.deepEqual(JSON.parse(lines[0]), {
    level: "info",
    apiKey: "[REDACTED]",
    tenant: "own",
    correlation_id: "req_0123456789ab",
    level_of: 30,
    email: "***@example.com",
    owner: "***@example.com",
    msg: "password=[REDACTED] to ***@example.com",
  });
  assert.deepEqual(Object.keys(options.hooks), ["logMethod", "streamWrite"]);
  assert.equal(options.hooks.streamWrite("eva"), "ana", "the given options stay");
});

test("what cannot be redacted is a line all the same", () => {
  const { log, lines } = logger();
  corrupt();
  log.info({ password: "hunter2" }, "to ana@example.com");
  const { level, msg } = JSON.parse(lines[0]);
  assert.deepEqual([level, msg], [50, "[REDACTED:error]"]);
});

/** What a transport writes to a file; a process of its own, whose end waits for the worker. */
function written(transport) {
  const folder = mkdtempSync(join(tmpdir(), "scrubline-pino-"));
  const file = join(folder, "log");
  const script = `
    import { createRequire } from "node:module";
    const pino = createRequire(${JSON.stringify(tool.resolve("pino"))})("pino");
    const target = ${JSON.stringify(import.meta.resolve("scrubline/pino"))}, file = ${JSON.stringify(file)};
    const log = pino({ base: null, timestamp: false }, pino.transport(${transport}));
    log.info({ password: "hunter2", grades: "A" }, "to ana@example.com 漢");
    log.info("second");`;
  try {
    execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: import.meta.dirname, encoding: "utf8" });
    return readFileSync(file, "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a transport, alone and in a pipeline", () => {
  const lines = '{"level":30,"password":"[REDACTED]","msg":"to ***@example.com 漢"}\n{"level":30,"msg":"second"}\n';
  assert.equal(written('{ target, options: { policy: { fields: { grades: "drop" } }, destination: file } }'), lines);
  assert.equal(written('{ pipeline: [{ target, options: { policy: { fields: { grades: "drop" } } } }, { target: "pino/file", options: { destination: file } }] }'), lines);
});

test("a transport whose policy has regular expressions", () => {
  const policy = JSON.stringify({ custom: [{ id: "custom.second", regex: "sec.nd" }] });
  assert.match(written(`{ target, options: { policy: ${policy}, destination: file } }`), /\n\{"level":30,"msg":"\[REDACTED\]"\}\n$/);
});

test("random calls: no planted secret comes out", async () => {
  const { log, lines } = logger();
  await keepsSecrets([value, format, value], (object, message, more) => {
    lines.length = 0;
    // what pino itself throws on is the caller's
    const call = (...args) => { try { log.info(...args); } catch (error) { assert.doesNotMatch(String(error.stack), /dist\/integrations/); } };
    call(object, message, more);
    call(message, object, more);
    call({ nested: object, more }, "password: %s", "planted-hunter2");
    return lines.join("");
  });
});
