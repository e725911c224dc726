// The same value tests in a real page, and what only a browser has. Needs Chromium: CHROMIUM names it where it is not at /usr/bin/chromium.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";

import { packageFolder, tool } from "./tools.js";
import { cases } from "./values.js";

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };
const PAGE = `<!doctype html><meta charset="utf-8"><script type="importmap">{"imports": {"scrubline": "/package/dist/entry/web.js"}}</script>`;
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

let browser;
let server;
let origin;

function serve(request, response) {
  const { pathname } = new URL(request.url, "http://page");
  const policy = "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'";
  if (pathname === "/") return void response.writeHead(200, { "content-type": TYPES[".html"], "content-security-policy": policy }).end(PAGE);
  const [, root, ...parts] = normalize(pathname).split("/");
  const folder = { package: packageFolder, test: import.meta.dirname }[root];
  const path = folder && join(folder, ...parts);
  if (!path || !existsSync(path)) return void response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/plain" }).end(readFileSync(path));
}

before(async () => {
  assert.ok(existsSync(executablePath), `there is no browser at ${executablePath}; set CHROMIUM`);
  server = createServer(serve);
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${server.address().port}/`;
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  browser = await tool("playwright-core").chromium.launch({ executablePath, headless: true, args });
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** Runs a function in a fresh page; what the page itself throws or logs as an error fails the test. */
async function inPage(body) {
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(origin);
  const result = await page.evaluate(body);
  await page.close();
  assert.deepEqual(errors, []);
  return result;
}

test("every kind of value", async () => {
  const results = await inPage(async () => {
    const { Redactor, ready } = await import("scrubline");
    await ready;
    const { cases, run } = await import("/test/values.js");
    return cases.map((one) => [one.name, run(one, Redactor)]);
  });
  assert.equal(results.length, cases.length);
  assert.deepEqual(results.filter(([, faults]) => faults.length > 0), []);
});

test("before ready, then ready", async () => {
  const result = await inPage(async () => {
    const { Redactor, ready } = await import("scrubline");
    const redactor = new Redactor();
    const early = redactor.redact("ana@example.com");
    await ready;
    return [early, redactor.redact("ana@example.com"), redactor.report().total];
  });
  assert.deepEqual(result, ["[REDACTED:error]", "***@example.com", 2]);
});

test("loaded from where the application says", async () => {
  const result = await inPage(async () => {
    const { Redactor, init, ready } = await import("scrubline");
    await init({ bytes: await (await fetch("/package/dist/wasm/scrubline.wasm")).arrayBuffer() });
    await ready;
    return new Redactor().redact("ana@example.com");
  });
  assert.equal(result, "***@example.com");
});

test("an instance that broke is replaced at once", async () => {
  const result = await inPage(async () => {
    const { corrupt } = await import("/test/instance.js");
    const { Redactor, ready } = await import("scrubline");
    await ready;
    const redactor = new Redactor();
    corrupt();
    return [redactor.redact("ana@example.com"), redactor.redact("ana@example.com")];
  });
  assert.deepEqual(result, ["[REDACTED:error]", "***@example.com"]);
});

test("an error and an element of the page", async () => {
  const result = await inPage(async () => {
    const { Redactor, Formatter, ready } = await import("scrubline");
    await ready;
    const redactor = new Redactor();
    const out = redactor.redactValue(new TypeError("no ana@example.com"));
    const element = document.createElement("input");
    element.state = { password: "hunter2" };
    return {
      tag: Object.prototype.toString.call(out),
      stack: out.stack.split("\n")[0],
      own: redactor.redactValue(element) === element,
      window: redactor.redactValue(window) === window,
      line: new Formatter().format({ time: 0, message: "to ana@example.com" }),
    };
  });
  assert.deepEqual(result, {
    tag: "[object Error]",
    stack: "TypeError: no ***@example.com",
    own: true,
    window: true,
    line: '{"timestamp":"1970-01-01T00:00:00.000Z","level":"INFO","message":"to ***@example.com"}',
  });
});

test("events, requests and files show what their prototypes read", async () => {
  const result = await inPage(async () => {
    const { Redactor, ready } = await import("scrubline");
    await ready;
    const redactor = new Redactor();
    const clean = [new Event("x"), new MouseEvent("click", { view: window, relatedTarget: document.body }), new Request("/a"), new Response("x"), new Blob(["x"]), new XMLHttpRequest()];
    const [event, failure, request, response, file] = redactor.redactValue([
      new CustomEvent("x", { detail: { password: "hunter2" } }),
      new ErrorEvent("error", { error: new Error("no ana@example.com"), message: "no ana@example.com" }),
      new Request("/a?token=abcdef0123456789", { headers: { authorization: "Bearer abcdef0123456789" } }),
      new Response("x", { headers: { "x-api-key": "abcdef0123456789" } }),
      new File(["x"], "ana@example.com.txt"),
    ]);
    return {
      clean: clean.filter((one) => redactor.redactValue(one) !== one).map(String),
      event: [event.type, event.detail],
      failure: [failure.message, failure.error.message],
      request: [new URL(request.url).search, request.headers.get("authorization"), request.credentials],
      response: [response.status, response.headers.get("x-api-key")],
      file: [file.name, file.size],
    };
  });
  assert.deepEqual(result, {
    clean: [], event: ["x", { password: "[REDACTED]" }], failure: ["no ***@example.com", "no ***@example.com"],
    request: ["?token=[REDACTED]", "[REDACTED]", "same-origin"], response: [200, "[REDACTED]"], file: ["***@example.com.txt", 1],
  });
});

test("a stream", async () => {
  const result = await inPage(async () => {
    const { Redactor, ready } = await import("scrubline");
    await ready;
    const source = new Blob(["to ana@exam", "ple.com\n"]).stream();
    return new Response(source.pipeThrough(new Redactor().stream())).text();
  });
  assert.equal(result, "to ***@example.com\n");
});
