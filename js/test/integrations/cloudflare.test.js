import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Redactor } from "scrubline";
import { scrubLogpush, scrubTail } from "scrubline/cloudflare";

import { freeze } from "../describe.js";
import { packageFolder, tool } from "../tools.js";
import { fc, keepsSecrets, text, value } from "./random.js";

test("a tail worker in workerd", async (t) => {
  const { Miniflare } = tool("miniflare");
  const { buildSync } = tool("esbuild");
  const dist = (name) => JSON.stringify(join(packageFolder, "dist", name));
  const tail = `
    import module from "./scrubline.wasm";
    import { Redactor, initSync } from ${dist("entry/web.js")};
    import { scrubTail } from ${dist("integrations/cloudflare.js")};
    initSync({ module });
    export default { tail: scrubTail(new Redactor(), (lines, env) => env.SINK.fetch("http://sink/", { method: "POST", body: lines.join("\\n") })) };`;
  const { outputFiles } = buildSync({ stdin: { contents: tail, resolveDir: packageFolder }, bundle: true, format: "esm", write: false, external: ["./scrubline.wasm"], logLevel: "silent" });
  const app = `export default { async fetch(request) {
    console.log("to ana@example.com", { password: "hunter2" });
    console.log("password: %s of %d", "hunter2", 5);
    console.log("password:", ["hunter2"]);
    if (request.url.includes("fail")) throw new Error("no ana@example.com");
    return new Response("ok");
  } };`;
  const bodies = [];
  let arrived;
  const SINK = async (request) => (bodies.push(await request.text()), arrived(), new Response(null, { status: 204 }));
  const date = "2026-01-01";
  const miniflare = new Miniflare({
    workers: [
      { name: "app", modules: [{ type: "ESModule", path: "app.mjs", contents: app }], compatibilityDate: date, tails: ["tail"] },
      {
        name: "tail", compatibilityDate: date, serviceBindings: { SINK },
        modules: [
          { type: "ESModule", path: "tail.mjs", contents: outputFiles[0].text },
          { type: "CompiledWasm", path: "scrubline.wasm", contents: readFileSync(join(packageFolder, "dist", "wasm", "scrubline.wasm")) },
        ],
      },
    ],
  });
  t.after(() => miniflare.dispose());
  for (const path of ["?email=ana@example.com", "fail"]) {
    const delivery = new Promise((done) => (arrived = done));
    await miniflare.dispatchFetch(`http://app/${path}`, { headers: { authorization: "Bearer abcdef0123456789abcdef" } }).catch(() => undefined);
    await delivery;
  }
  const [first, second] = bodies.map((body) => JSON.parse(body));
  assert.deepEqual(first.logs[0].message, ["to ***@example.com", { password: "[REDACTED]" }]);
  assert.deepEqual(first.logs[1].message, ["password: [REDACTED] of 5"]);
  assert.deepEqual(first.logs[2].message, ["password:", ["[REDACTED]"]]);
  assert.match(first.event.request.url, /email=\*\*\*@example\.com$/);
  assert.equal(second.exceptions[0].message, "no ***@example.com");
  assert.deepEqual([first.outcome, second.outcome, first.event.response.status], ["ok", "exception", 200]);
  assert.ok(!/ana@|hunter2|abcdef0123456789/.test(bodies.join("")), bodies.join("\n"));
});

async function piped(chunks, redactor = new Redactor()) {
  const stream = new ReadableStream({ start(out) { for (const chunk of chunks) out.enqueue(chunk); out.close(); } });
  return new Response(stream.pipeThrough(scrubLogpush(redactor))).text();
}

test("lines of Logpush, however they are split", async () => {
  const given = '{"ClientIP": "192.0.2.7", "ClientRequestURI": "/?email=ana@example.com", "password": "hunter2"}\n\n{"a": 1.50}\nto ana@example.com 漢';
  const expected = '{"ClientIP": "192.0.2.7", "ClientRequestURI": "/?email=***@example.com", "password": "[REDACTED]"}\n\n{"a": 1.50}\nto ***@example.com 漢';
  const bytes = new TextEncoder().encode(given);
  for (const size of [1, 7, 40, bytes.length]) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.slice(i * size, (i + 1) * size));
    assert.equal(await piped(chunks), expected, `chunks of ${size}`);
  }
});

test("a line without an end holds no memory, and is left out", async () => {
  const chunk = new TextEncoder().encode("ana@example.com ".repeat(4096));
  const out = await piped([...Array.from({ length: 40 }, () => chunk), new TextEncoder().encode('\n{"a":1}\n')]);
  assert.equal(out, '{"message":"[REDACTED:error]"}\n{"a":1}\n');
});

test("a delivery that fails is nobody's error", async () => {
  for (const deliver of [() => { throw new Error("no"); }, () => Promise.reject(new Error("no"))]) {
    const waited = [];
    scrubTail(new Redactor(), deliver)([{ logs: [] }], {}, { waitUntil: (promise) => waited.push(promise) });
    assert.deepEqual(await Promise.all(waited), [undefined]);
  }
  scrubTail(new Redactor(), assert.fail)([], {}, { waitUntil: assert.fail });
});

test("fields of a prototype are read, the event stays", () => {
  class Trace { get outcome() { return "ok"; } get logs() { return [{ message: ["ana@example.com"] }]; } }
  const event = freeze(new Trace());
  let got;
  scrubTail(new Redactor(), (lines) => (got = lines))([event], {}, { waitUntil() {} });
  assert.deepEqual(got, ['{"outcome":"ok","logs":[{"message":["***@example.com"]}]}']);
});

test("random events and lines: no planted secret comes out", async () => {
  const redactor = new Redactor();
  const event = fc.record({ outcome: value, logs: value, exceptions: value, event: fc.oneof(value, fc.record({ request: value, response: value })) }, { requiredKeys: [] });
  await keepsSecrets([fc.oneof(event, fc.object()), fc.array(text)], async (given, lines) => {
    const out = [];
    scrubTail(redactor, (delivered) => out.push(...delivered))([given], {}, { waitUntil() {} });
    assert.equal(out.length, 1);
    return [...out, await piped([new TextEncoder().encode(lines.join("\n"))], redactor)].join("\n");
  });
});
