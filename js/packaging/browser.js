// Chromium, and a server of the project's files to which its pages report.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { json } from "node:stream/consumers";

import { chromium } from "playwright-core";

import { at } from "./project.js";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".mjs": "text/javascript", ".wasm": "application/wasm" };
const STRICT = "script-src 'self'";
// the import map of the page without a bundler is inline
const POLICY = `${STRICT} 'unsafe-inline' 'wasm-unsafe-eval'`;

/** Chromium: CHROMIUM names it where it is not at /usr/bin/chromium. */
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

let arrived;

function serve(request, response) {
  const { pathname } = new URL(request.url, "http://page");
  if (pathname === "/result") return void json(request).then((result) => (arrived(result), response.writeHead(204).end()));
  const path = at(...pathname.split("/"), pathname.endsWith("/") ? "index.html" : "");
  if (!existsSync(path)) return void response.writeHead(404).end();
  const policy = pathname.startsWith("/strict-page/") ? STRICT : POLICY;
  response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/plain", "content-security-policy": policy }).end(readFileSync(path));
}

/** Starts both. `report(url)` opens a page and answers what it, or one of its workers, reports; `origin` is where the files are. */
export async function openBrowser() {
  const server = createServer(serve);
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
  return {
    origin,
    version: browser.version(),
    async report(url) {
      const page = await browser.newPage();
      try {
        return await new Promise((settle, fail) => {
          arrived = settle;
          page.on("pageerror", fail);
          page.on("crash", () => fail(new Error("the page crashed")));
          page.on("requestfailed", (request) => fail(new Error(`${request.url()}: ${request.failure()?.errorText}`)));
          page.goto(new URL(url, origin).href).catch(fail);
        });
      } finally {
        await page.close();
      }
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
