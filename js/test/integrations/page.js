// A page of a real browser with the package beside it. Needs Chromium: CHROMIUM names it where it is not at /usr/bin/chromium.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

import { packageFolder, tool } from "../tools.js";

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };

/** An empty page that has the package under `/dist`; what it posts goes to `posted`. */
export async function openPage(t, posted = () => undefined) {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  assert.ok(existsSync(executablePath), `there is no browser at ${executablePath}; set CHROMIUM`);
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      let body = "";
      for await (const chunk of request) body += chunk;
      response.writeHead(204).end();
      return posted(body);
    }
    const path = request.url.startsWith("/dist/") ? join(packageFolder, request.url) : undefined;
    response.writeHead(200, { "content-type": TYPES[extname(path ?? "")] ?? "text/html" }).end(path === undefined ? "<!doctype html>" : readFileSync(path));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const browser = await tool("playwright-core").chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
  t.after(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  return page;
}
