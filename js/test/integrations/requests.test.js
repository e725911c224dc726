// Express, Hono and Next.js: the context of a request.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Formatter, businessEvent, context } from "scrubline";
import { correlation as ofExpress } from "scrubline/express";
import { correlation as ofHono } from "scrubline/hono";
import { correlated, withContext } from "scrubline/next";

import { tool } from "../tools.js";
import { fc, keepsSecrets, text } from "./random.js";

const express = tool("express");
const { Hono } = tool("hono");
const { NextRequest, NextResponse } = tool("next/server");

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";

/** What a request makes of its headers, in each of the three: the header of the response, and the context behind an `await`. */
const hosts = {
  async express(headers, options) {
    const app = express();
    app.use(ofExpress(options));
    app.get("/", async (request, response) => {
      await new Promise((done) => setImmediate(done));
      response.json(context.current());
    });
    const server = await new Promise((listening) => { const made = app.listen(0, "127.0.0.1", () => listening(made)); });
    try {
      return await fetch(`http://127.0.0.1:${server.address().port}/`, { headers });
    } finally {
      server.close();
    }
  },
  hono(headers, options) {
    const app = new Hono();
    app.use(ofHono(options));
    app.get("/", async (c) => (await null, c.json(context.current())));
    return app.request("/", { headers });
  },
  next(headers, options) {
    const handler = withContext(async () => (await null, NextResponse.json(context.current())), options);
    return handler(new NextRequest("http://localhost/", { headers }));
  },
};

for (const [host, request] of Object.entries(hosts)) {
  const of = async (headers, options) => {
    const response = await request(headers, options);
    return [response.headers.get("x-correlation-id"), await response.json()];
  };

  test(`${host}: the id that is given`, async () => {
    assert.deepEqual(await of({ "x-correlation-id": "abc.1_2-3" }), ["abc.1_2-3", { correlation_id: "abc.1_2-3" }]);
    assert.equal((await of({ "x-request-id": "abc" }))[0], "abc");
    assert.equal((await of({ "x-correlation-id": "first", "x-request-id": "second" }))[0], "first");
    assert.equal((await of({ "x-correlation-id": "not plain", "x-request-id": "second" }))[0], "second");
  });

  test(`${host}: an id that is not short and plain is no id`, async () => {
    for (const id of ["a b", "a".repeat(129), "", "<script>", "a;b", "\u00e9"]) {
      const [header, { correlation_id }] = await of({ "x-correlation-id": id });
      assert.match(correlation_id, /^req_[0-9a-f]{12}$/, id);
      assert.equal(header, correlation_id);
    }
    assert.equal((await of({ "x-correlation-id": "a".repeat(128) }))[0], "a".repeat(128));
  });

  test(`${host}: traceparent`, async () => {
    const good = `00-${TRACE}-${SPAN}-01`;
    for (const traceparent of [good, ` ${good} `, `01-${TRACE}-${SPAN}-00-more`, `cc-${TRACE}-${SPAN}-01`]) {
      assert.deepEqual(await of({ traceparent }), [TRACE, { correlation_id: TRACE, trace_id: TRACE, span_id: SPAN }], traceparent);
    }
    assert.deepEqual(await of({ traceparent: good, "x-request-id": "abc" }), ["abc", { correlation_id: "abc", trace_id: TRACE, span_id: SPAN }]);
    for (const traceparent of [
      `ff-${TRACE}-${SPAN}-01`, `${good}-more`, `00-${"0".repeat(32)}-${SPAN}-01`, `00-${TRACE}-${"0".repeat(16)}-01`, good.toUpperCase(),
      `00-${TRACE}-${SPAN}`, "", `01-${TRACE}-${SPAN}-01-${"x".repeat(500)}`,
    ]) {
      const [, fields] = await of({ traceparent });
      assert.deepEqual(Object.keys(fields), ["correlation_id"], traceparent);
      assert.match(fields.correlation_id, /^req_/);
    }
  });

  test(`${host}: other headers, or none`, async () => {
    const response = await request({ "x-trace": "abc" }, { headers: ["X-Trace"], responseHeader: "X-Trace" });
    assert.deepEqual([response.headers.get("x-trace"), response.headers.get("x-correlation-id")], ["abc", null]);
    assert.equal((await request({}, { responseHeader: null })).headers.get("x-correlation-id"), null);
  });

  test(`${host}: names that are no headers`, async () => {
    const response = await request({}, { headers: ["not a name", ""], responseHeader: "not a name" });
    assert.match((await response.json()).correlation_id, /^req_/);
  });
}

test("two requests at once have their own context, and outside is none", async () => {
  const handler = withContext(async (request) => {
    await new Promise((done) => setTimeout(done, 2));
    return Response.json(businessEvent("x", "m", { path: new URL(request.url).pathname }));
  });
  const answers = await Promise.all(["a", "b"].map((id) => handler(new Request(`http://h/${id}`, { headers: { "x-request-id": id } }))));
  const events = await Promise.all(answers.map((answer) => answer.json()));
  assert.deepEqual(events.map((event) => event.correlation_id), ["a", "b"]);
  assert.deepEqual({ ...context.current() }, {});
});

test("a middleware of Next.js hands the id on", async () => {
  const middleware = withContext((request) => NextResponse.next({ request: { headers: correlated(request) } }));
  const response = await middleware(new NextRequest("http://localhost/", { headers: { "x-request-id": "abc" } }));
  assert.equal(response.headers.get("x-middleware-request-x-correlation-id"), "abc");
  assert.equal(response.headers.get("x-correlation-id"), "abc");
});

test("a response that does not change is copied, no response stays none", async () => {
  const handler = withContext(() => Response.redirect("http://localhost/to"));
  const response = await handler(new Request("http://localhost/", { headers: { "x-request-id": "abc" } }));
  assert.deepEqual([response.status, response.headers.get("location"), response.headers.get("x-correlation-id")], [302, "http://localhost/to", "abc"]);
  assert.equal(await withContext(() => undefined)(new Request("http://localhost/")), undefined);
  const error = await withContext(() => Response.error())(new Request("http://localhost/"));
  assert.equal(error.type, "error");
});

test("what the application throws is its own", async () => {
  await assert.rejects(withContext(() => { throw new RangeError("mine"); })(new Request("http://localhost/")), RangeError);
  assert.throws(() => ofExpress()({ headers: {} }, { setHeader() { throw new Error("sent"); } }, () => { throw new RangeError("mine"); }), RangeError);
});

test("random headers: no planted secret comes out", async () => {
  const formatter = new Formatter();
  const header = fc.oneof(text, fc.string({ unit: "binary" }), fc.anything());
  await keepsSecrets([fc.record({ "x-correlation-id": header, traceparent: header }, { requiredKeys: [] })], (headers) => {
    let line;
    const sent = {};
    const response = { setHeader: (name, value) => { sent[name] = value; } };
    ofExpress()({ headers }, response, () => { line = formatter.format(businessEvent("x", "m")); });
    assert.ok(JSON.parse(line).correlation_id);
    assert.match(sent["X-Correlation-ID"], /^[A-Za-z0-9._-]{1,128}$/);
    return String(line);
  });
});
