// The integrations as a strict application with the real libraries sees them: the examples compile, mistakes do not.
import assert from "node:assert/strict";
import { test } from "node:test";

import { compile } from "../compile.js";

const examples = {
  console: `
    import { scrubConsole, type ScrubbedConsole } from "scrubline/console";
    const scrubbed: ScrubbedConsole = scrubConsole(redactor, { console, uncaught: true });
    scrubbed.restore();
    { using block = scrubConsole(redactor); void block; }`,
  pino: `
    import pino, { type LoggerOptions } from "pino";
    import { scrubPino, type PinoTransportOptions } from "scrubline/pino";
    pino({ ...scrubPino(redactor), level: "debug" }).info({ a: 1 }, "x");
    pino(scrubPino(redactor)).info("x");
    const own = { customLevels: { audit: 35 }, hooks: { logMethod(args, method) { method.apply(this, args); } }, mixin: (_, n) => ({ n }) } satisfies LoggerOptions<"audit">;
    pino(scrubPino(redactor, own)).audit("x");
    const options: PinoTransportOptions = { policy: { preset: "pci" }, destination: 1, knownValues: ["blue-horse-battery"] };
    pino.transport({ target: "scrubline/pino", options });`,
  sentry: `
    import type { ClientOptions, ErrorEvent, EventHint } from "@sentry/core";
    import { scrubSentry, sentryIntegration } from "scrubline/sentry";
    const scrub = scrubSentry(redactor);
    const mine = (event: ErrorEvent, _hint: EventHint): ErrorEvent | null => scrub.beforeSend({ ...event, tags: { a: "b" } });
    const options: Partial<ClientOptions> = { ...scrub, beforeSend: mine, integrations: [sentryIntegration(redactor)] };
    const plain: Partial<ClientOptions> = scrub;
    void [options, plain];`,
  winston: `
    import winston from "winston";
    import { scrubWinston, withContext } from "scrubline/winston";
    const { combine, json, splat } = winston.format;
    winston.createLogger({ format: combine(withContext(), splat(), json(), scrubWinston(redactor)) });`,
  logtape: `
    import { configure, getConsoleSink, getStreamSink } from "@logtape/logtape";
    import { Formatter } from "scrubline";
    import { contextLocalStorage, lines, scrubSink } from "scrubline/logtape";
    const stream = new WritableStream();
    await configure({
      contextLocalStorage,
      sinks: { console: scrubSink(redactor, getConsoleSink()), file: getStreamSink(stream, { formatter: lines(new Formatter({ redactor })) }), mine: scrubSink(redactor, (record) => void record.category) },
      loggers: [{ category: "shop", sinks: ["console", "file", "mine"] }],
    });`,
  otel: `
    import { LoggerProvider, type LogRecordProcessor } from "@opentelemetry/sdk-logs";
    import { RedactingLogRecordProcessor } from "scrubline/otel";
    const processor: LogRecordProcessor = new RedactingLogRecordProcessor(redactor);
    new LoggerProvider({ processors: [processor] });`,
  express: `
    import express from "express";
    import { correlation } from "scrubline/express";
    express().use(correlation({ headers: ["X-Trace"], responseHeader: null }));`,
  hono: `
    import { Hono } from "hono";
    import { correlation } from "scrubline/hono";
    new Hono().use(correlation()).get("/", (c) => c.text("x"));`,
  next: `
    import { NextResponse, type NextFetchEvent, type NextRequest } from "next/server.js";
    import { correlated, withContext } from "scrubline/next";
    export const GET = withContext(async (request: NextRequest, { params }: { params: Promise<{ id: string }> }) => NextResponse.json({ url: request.nextUrl.pathname, id: (await params).id }));
    export const middleware = withContext((request: NextRequest, _event: NextFetchEvent) => NextResponse.next({ request: { headers: correlated(request) } }));`,
  fetch: `
    import { Formatter } from "scrubline";
    import { Beacon } from "scrubline/fetch";
    const beacon = new Beacon(new Formatter({ redactor }), { url: "/logs", headers: { "x-app": "shop" }, batch: 50 });
    beacon.log({ message: "x" });
    const dropped: number = beacon.dropped;
    await beacon.close();
    void dropped;`,
  cloudflare: `
    import { scrubLogpush, scrubTail, type TailHandler } from "scrubline/cloudflare";
    interface Env { readonly LOGS: { fetch(url: string, init: { method: string; body: string }): Promise<Response> } }
    export default { tail: scrubTail<Env>(redactor, (lines, env) => env.LOGS.fetch("https://logs", { method: "POST", body: lines.join() })) } satisfies { tail: TailHandler<Env> };
    const bytes: ReadableStream<Uint8Array> = new ReadableStream<Uint8Array>().pipeThrough(scrubLogpush(redactor));
    void bytes;`,
};

const bad = {
  console: `import { scrubConsole } from "scrubline/console"; scrubConsole(redactor, { uncaught: 1 });`,
  sentry: `import { scrubSentry } from "scrubline/sentry"; scrubSentry({});`,
  express: `import { correlation } from "scrubline/express"; correlation({ headers: "X-Trace" });`,
  fetch: `import { Beacon } from "scrubline/fetch"; new Beacon(redactor, { url: "/" });`,
};

const options = { module: "nodenext", lib: ["es2022", "esnext.disposable", "dom", "dom.iterable"], types: ["node"], skipLibCheck: true, esModuleInterop: true };
const begin = `import { Redactor } from "scrubline"; const redactor = new Redactor(); void redactor;\n`;

for (const [name, example] of Object.entries(examples)) {
  test(`scrubline/${name}`, () => assert.equal(compile(`${begin}${example}\nexport {};\n`, options, { tools: true }), ""));
}
for (const [name, line] of Object.entries(bad)) {
  test(`refused: ${line}`, () => assert.match(compile(`${begin}${line}\nexport {};\n`, options, { tools: true }), /^example\.ts\(2,/, name));
}

test("without the libraries and without Node, every declaration checked", () => {
  // streams of Node are what a transport of pino is
  const names = Object.keys(examples).filter((name) => name !== "pino");
  const imports = names.map((name) => `import * as of_${name} from "scrubline/${name}";`).join("\n");
  const text = `${imports}\nexport { ${names.map((name) => `of_${name}`).join(", ")} };\n`;
  assert.equal(compile(text, { ...options, types: [], lib: ["es2022", "dom", "dom.iterable"], skipLibCheck: false, exactOptionalPropertyTypes: true }), "");
});
