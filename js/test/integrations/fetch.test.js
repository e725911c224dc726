import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";

import { Formatter } from "scrubline";
import { Beacon } from "scrubline/fetch";

import { openPage } from "./page.js";
import { keepsSecrets, value } from "./random.js";

/** An endpoint that answers with these statuses, then 204; and the bodies that it got. */
async function endpoint(t, statuses = [], headers = {}) {
  const bodies = [];
  const types = [];
  let open = 0;
  let most = 0;
  const server = createServer(async (request, response) => {
    most = Math.max(most, ++open);
    let body = "";
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    types.push(request.headers["content-type"]);
    await new Promise((done) => setTimeout(done, 2));
    open--;
    response.writeHead(statuses.shift() ?? 204, headers).end();
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  t.after(() => (server.closeAllConnections(), server.close()));
  return { url: `http://127.0.0.1:${server.address().port}/logs`, bodies, types, most: () => most };
}

const lines = (bodies) => bodies.flatMap((body) => body.trimEnd().split("\n").map((line) => JSON.parse(line).message));

test("records that come from elsewhere", async (t) => {
  const { url, bodies } = await endpoint(t);
  const beacon = new Beacon(new Formatter(), { url });
  [{ message: "one" }, { message: "two" }].forEach(beacon.log);
  await beacon.close();
  assert.deepEqual(lines(bodies), ["one", "two"]);
});

test("batches, one request at a time", async (t) => {
  const { url, bodies, types, most } = await endpoint(t);
  const beacon = new Beacon(new Formatter(), { url, batch: 10 });
  for (let i = 0; i < 25; i++) beacon.log({ message: `${i} to ana@example.com`, password: "hunter2" });
  await beacon.close();
  assert.deepEqual(lines(bodies), Array.from({ length: 25 }, (_, i) => `${i} to ***@example.com`));
  assert.deepEqual(bodies.map((body) => body.trimEnd().split("\n").length), [10, 10, 5]);
  assert.deepEqual([most(), types[0], beacon.dropped], [1, "application/x-ndjson", 0]);
  assert.ok(!bodies.join("").includes("hunter2"));
});

test("an unfilled batch goes after the interval", async (t) => {
  const { url, bodies } = await endpoint(t);
  const beacon = new Beacon(new Formatter(), { url, interval: 5 });
  beacon.log({ message: "x" });
  while (bodies.length === 0) await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual(lines(bodies), ["x"]);
  await beacon.close();
});

test("again after a failure, each line once", async (t) => {
  const { url, bodies } = await endpoint(t, [500, 429, 408]);
  const beacon = new Beacon(new Formatter(), { url, backoff: 1 });
  beacon.log({ message: "x" });
  await beacon.close();
  assert.equal(bodies.length, 4);
  assert.equal(new Set(bodies).size, 1);
  assert.equal(beacon.dropped, 0);
});

test("no network, then one", async (t) => {
  const { url, bodies } = await endpoint(t);
  let calls = 0;
  const beacon = new Beacon(new Formatter(), { url, backoff: 1, fetch: (...args) => (++calls < 3 ? Promise.reject(new TypeError("offline")) : fetch(...args)) });
  beacon.log({ message: "x" });
  await beacon.close();
  assert.deepEqual([calls, lines(bodies)], [3, ["x"]]);
});

test("waits as long as the endpoint asks", async (t) => {
  const { url, bodies } = await endpoint(t, [503], { "retry-after": "1" });
  const beacon = new Beacon(new Formatter(), { url, backoff: 60_000 });
  beacon.log({ message: "x" });
  await beacon.close();
  assert.equal(bodies.length, 2);
});

test("waits as long as it would, where the endpoint asks for less than nothing", async (t) => {
  const waits = [];
  t.mock.method(globalThis, "setTimeout", (run, milliseconds) => (waits.push(milliseconds), queueMicrotask(run), 0));
  const beacon = new Beacon(new Formatter(), { url: "https://logs.example", backoff: 1000, fetch: async () => new Response("", { status: 503, headers: { "retry-after": "-1" } }), retries: 2 });
  beacon.log({ message: "x" });
  await beacon.close();
  assert.ok(waits.slice(-2).every((wait) => wait >= 500), String(waits));
});

test("what is refused, or fails for ever, is dropped and counted; the next lines tell", async (t) => {
  const { url, bodies } = await endpoint(t, [400, 500, 500, 500]);
  const beacon = new Beacon(new Formatter(), { url, batch: 2, backoff: 1, retries: 2 });
  for (let i = 0; i < 5; i++) beacon.log({ message: String(i) });
  await beacon.close();
  assert.equal(beacon.dropped, 4);
  const told = lines(bodies).filter((message) => message.endsWith("records were dropped"));
  assert.deepEqual([told.at(0), told.at(-1)], ["2 records were dropped", "2 records were dropped"]);
  assert.equal(lines(bodies.slice(-1))[0], "4");
});

test("a full queue drops what comes, and counts", async (t) => {
  const { url, bodies } = await endpoint(t);
  const beacon = new Beacon(new Formatter(), { url, queue: 3 });
  for (let i = 0; i < 10; i++) beacon.log({ message: String(i) });
  assert.equal(beacon.dropped, 7);
  await beacon.close();
  assert.deepEqual(lines(bodies), ["0", "1", "2", "7 records were dropped"]);
  beacon.log({ message: "after the end" });
  assert.equal(beacon.dropped, 8);
});

test("requests stay below what a browser lets a page send behind itself", async (t) => {
  const { url, bodies } = await endpoint(t);
  const beacon = new Beacon(new Formatter(), { url });
  for (let i = 0; i < 10; i++) beacon.log({ message: "漢 ".repeat(5000) });
  beacon.log({ message: "x ".repeat(50_000) });
  await beacon.close();
  assert.equal(lines(bodies).length, 11);
  for (const body of bodies) assert.ok(Buffer.byteLength(body) <= 60_000 || body.trimEnd().split("\n").length === 1);
});

test("random records: no planted secret comes out", async () => {
  let sent = "";
  const beacon = new Beacon(new Formatter(), { url: "http://none.invalid/", fetch: async (_, { body }) => ((sent += body), new Response(null, { status: 204 })) });
  await keepsSecrets([value, value], async (record, part) => {
    sent = "";
    beacon.log(record);
    beacon.log({ message: part, part });
    await beacon.flush();
    return sent;
  });
  await beacon.close();
});

test("a page that is left sends what waits, also what came before the engine", async (t) => {
  const bodies = [];
  let arrived;
  const arrival = new Promise((done) => (arrived = done));
  const page = await openPage(t, (body) => (bodies.push(body), arrived()));
  await page.evaluate(async () => {
    const { Formatter, ready } = await import("/dist/entry/web.js");
    const { Beacon } = await import("/dist/integrations/fetch.js");
    const beacon = new Beacon(new Formatter(), { url: "/logs" });
    beacon.log({ message: "early ana@example.com" });
    await ready;
    beacon.log({ message: "late ana@example.com" });
  });
  assert.deepEqual(bodies, []);
  await page.goto("about:blank");
  await arrival;
  assert.deepEqual(lines(bodies), ["early ***@example.com", "late ***@example.com"]);
});
