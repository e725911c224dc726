// A page that logs one event and sends one request to the sample project, both with one correlation id.
//
// Argument: the port of the project. Standard input: the body of the request, a payment. SCRUBLINE_JS names the directory of the npm package, CHROMIUM the browser. Standard output: JSON
// with the id, the header of the answer, the page's record, and the lines that its beacon sent.
import { readFileSync } from "node:fs";
import { createServer, request as forward } from "node:http";
import { createRequire } from "node:module";
import { extname, join, resolve } from "node:path";
import { text } from "node:stream/consumers";

const root = join(import.meta.dirname, "..", "..", "js");
const folder = resolve(process.env.SCRUBLINE_JS ?? root);
const { chromium } = createRequire(join(root, "package.json"))("playwright-core");
const [port] = process.argv.slice(2);
const payment = await text(process.stdin);
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };
let sent = "";

// the package, the endpoint of the logs, and the project, all of one origin as behind a proxy
const server = createServer(async (request, response) => {
  if (request.url.startsWith("/api/")) {
    const { method, url: path, headers } = request;
    return void request.pipe(forward({ port, method, path, headers }, (answer) => answer.pipe(response.writeHead(answer.statusCode, answer.headers))));
  }
  if (request.url === "/logs") {
    for await (const chunk of request) sent += chunk;
    return void response.writeHead(204).end();
  }
  const file = request.url.startsWith("/dist/") ? join(folder, request.url) : undefined;
  response.writeHead(200, { "content-type": TYPES[extname(file ?? "")] ?? "text/html" }).end(file === undefined ? "<!doctype html>" : readFileSync(file));
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const seen = await page.evaluate(async (body) => {
    const { Formatter, businessEvent, context, ready } = await import("/dist/entry/web.js");
    const { Beacon } = await import("/dist/integrations/fetch.js");
    await ready;
    const beacon = new Beacon(new Formatter(), { url: "/logs" });
    const correlation_id = context.generate();
    const said = { amount: 25, school_id: 5, payer: "ana.silva@example.com", card: "4111 1111 1111 1111" };
    const record = context.run({ correlation_id }, () => businessEvent("payment_initiated", "Payment started by ana.silva@example.com", said));
    beacon.log(record);
    const headers = { "content-type": "application/json", "x-correlation-id": correlation_id };
    const answer = await fetch("/api/finances/payments/", { method: "POST", headers, body });
    await answer.text();
    await beacon.close();
    return { correlation_id, status: answer.status, header: answer.headers.get("x-correlation-id"), record };
  }, payment);
  console.log(JSON.stringify({ ...seen, lines: sent.trimEnd().split("\n") }));
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
