// The runtimes and bundlers: how each gets an app to run, and what it answered.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { transformFileAsync } from "@babel/core";
import { EdgeRuntime } from "edge-runtime";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import webpack from "webpack";

import { at, bin, here, run } from "./project.js";

const version = (name) => JSON.parse(readFileSync(`${here}/node_modules/${name}/package.json`, "utf8")).version;
export const COMPATIBILITY_DATE = "2026-01-01";

/** A process that reads the vectors from its standard input. */
const inProcess = async (data, folder, command, args) => JSON.parse(await run(folder, command, args, { input: data }));

/** An app that answers a request with the vectors as its body. */
async function ask(fetch, data) {
  const response = await fetch("http://127.0.0.1/", { method: "POST", body: data });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${answer.slice(0, 2000)}`);
  return JSON.parse(answer);
}

/** Bundles a Worker as its deployment does; answers the names of its modules in `dist`, the main one first. */
export async function makeWorker(folder) {
  const quiet = { CI: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: at(folder, "logs") };
  await run(folder, bin("wrangler"), ["deploy", "main.mjs", "--dry-run", "--outdir", "dist", "--name", folder, "--compatibility-date", COMPATIBILITY_DATE], quiet);
  return ["main.js", ...readdirSync(at(folder, "dist")).filter((name) => name.endsWith(".wasm"))];
}

async function inWorkerd(data, modules) {
  const miniflare = new Miniflare({
    compatibilityDate: COMPATIBILITY_DATE,
    modulesRoot: at("worker", "dist"),
    modules: modules.map((name) => ({ type: name.endsWith(".js") ? "ESModule" : "CompiledWasm", path: at("worker", "dist", name) })),
  });
  try {
    return await ask((...request) => miniflare.dispatchFetch(...request), data);
  } finally {
    await miniflare.dispose();
  }
}

/** As Vercel's own bundler does it: imports with `?module` become globals that hold compiled modules. */
async function makeEdge() {
  const globals = {};
  const wasm = {
    name: "wasm",
    setup(building) {
      building.onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => ({ path: resolve(resolveDir, path.replace("?module", "")), namespace: "wasm" }));
      building.onLoad({ filter: /./, namespace: "wasm" }, ({ path }) => {
        globals.wasm_engine = new WebAssembly.Module(readFileSync(path));
        return { contents: "export default wasm_engine" };
      });
    },
  };
  const contents = 'import app from "./main.mjs"; addEventListener("fetch", (event) => event.respondWith(app.fetch(event.request)));';
  const stdin = { contents, resolveDir: at("worker") };
  const { outputFiles } = await build({ stdin, bundle: true, conditions: ["edge-light"], format: "iife", plugins: [wasm], write: false });
  return { initialCode: outputFiles[0].text, extend: (context) => Object.assign(context, globals), codeGeneration: { strings: false, wasm: false } };
}

async function inEdgeRuntime(data, made) {
  const runtime = new EdgeRuntime(made);
  return ask((...request) => runtime.dispatchFetch(...request), data);
}

/** As Metro does it: with React Native's Babel preset, module by module, and compiled before it runs. */
async function makeHermes() {
  const preset = [fileURLToPath(import.meta.resolve("@react-native/babel-preset")), { disableImportExportTransform: true }];
  const metro = {
    name: "metro",
    setup(building) {
      building.onLoad({ filter: /\.m?js$/ }, async ({ path }) => {
        if (path.includes("@babel/runtime")) return undefined;
        const { code } = await transformFileAsync(path, { presets: [preset], babelrc: false, configFile: false, compact: false, caller: { name: "metro", supportsStaticESM: true } });
        return { contents: code };
      });
    },
  };
  const [bundled, compiled] = [at("hermes", "bundled.js"), at("hermes", "main.hbc")];
  await build({ entryPoints: [at("hermes", "main.mjs")], bundle: true, conditions: ["react-native"], format: "iife", outfile: bundled, plugins: [metro] });
  await run("hermes", hermes("hermesc"), ["-O", "-w", "-emit-binary", "-out", compiled, bundled]);
  return compiled;
}

/** It frees nothing that the package holds in its memory, as it does not tell when an object is gone. */
const inHermes = async (compiled) => JSON.parse(await run("hermes", hermes("hermes"), ["-gc-max-heap=3g", compiled]));

/** A command of Hermes; it has them for x86-64 alone. */
function hermes(name) {
  const folder = { darwin: "osx-bin", linux: "linux64-bin", win32: "win64-bin" }[process.platform];
  return `${here}/node_modules/hermes-engine-cli/${folder}/${name}`;
}

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

async function startNext(origin) {
  const env = { NEXT_TELEMETRY_DISABLED: "1", PAGES: origin };
  await run("next", bin("next"), ["build"], env);
  const port = await freePort();
  const server = spawn(bin("next"), ["start", "-p", port, "-H", "127.0.0.1"], { cwd: at("next"), env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
  const exit = new Promise((done) => server.on("exit", done));
  await new Promise((ready, fail) => {
    server.stdout.on("data", (chunk) => String(chunk).includes("Ready") && ready());
    exit.then(() => fail(new Error("next start ended")));
  });
  return { url: `http://127.0.0.1:${port}/`, stop: () => (server.kill(), exit) };
}

/** Bundle an app, with the bundler's own defaults where those do. */
const bundle = {
  node: () => run("process", bin("esbuild"), ["main.mjs", "--bundle", "--platform=node", "--format=esm", "--outfile=bundled.mjs", "--log-level=warning"]),
  wrangler: () => makeWorker("worker"),
  vite: (app = "vite") => run(app, bin("vite"), ["build", "--base", "./", "--logLevel", "warn"]),
  webpack: async () => {
    const stats = await promisify(webpack)({ mode: "production", context: at("webpack"), entry: "./main.mjs", output: { path: at("webpack", "dist") }, performance: false });
    if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString());
  },
  rollup: () => run("rollup", bin("rollup"), ["--config", "rollup.config.mjs", "--failAfterWarnings", "--silent"]),
  esbuild: () => run("esbuild", bin("esbuild"), ["main.mjs", "--bundle", "--format=esm", "--loader:.wasm=file", "--outdir=dist", "--public-path=dist", "--log-level=warning"]),
};

/**
 * The hosts in the order of the table: `runtime`, `by` (what bundled the app), `make` (bundles it), `run` (takes what that answered, answers the
 * result) and `slow` (it runs beside the others).
 *
 * @param data the vectors as text
 * @param browser what `openBrowser` made
 * @returns the hosts, and `close`
 */
export function allHosts(data, browser) {
  const chromium = `Chromium ${parseInt(browser.version)}`;
  const named = (name) => `${name} ${version(name)}`;
  const node = (folder, ...args) => inProcess(data, folder, process.execPath, args);
  const page = (path) => () => browser.report(path);
  let next;
  const inNext = { by: named("next"), make: () => (next ??= startNext(browser.origin)) };
  const asked = (path) => async () => ask(async (_, request) => fetch(new URL(path, (await next).url), request), data);
  const bundled = (name, path = `/${name}/`) => ({ runtime: chromium, by: named(name), make: bundle[name], run: page(path) });
  const hosts = [
    { runtime: `Node ${process.versions.node}`, run: () => node("process", "--disallow-code-generation-from-strings", "main.mjs") },
    { runtime: `Node ${process.versions.node}`, by: named("esbuild"), make: bundle.node, run: () => node("process", "bundled.mjs") },
    { runtime: `Node ${process.versions.node}`, ...inNext, run: asked("in-node") },
    { runtime: `Deno ${version("deno")}, no permissions`, run: () => inProcess(data, "process", bin("deno"), ["run", "--no-prompt", "--cached-only", "main.mjs"]) },
    { runtime: `Bun ${version("bun")}`, run: () => inProcess(data, "process", bin("bun"), ["--no-install", "main.mjs"]) },
    { runtime: `workerd ${version("workerd")}`, by: named("wrangler"), make: bundle.wrangler, run: (modules) => inWorkerd(data, modules) },
    { runtime: `edge-runtime ${version("edge-runtime")}`, by: named("esbuild"), make: makeEdge, run: (made) => inEdgeRuntime(data, made) },
    { runtime: "edge-runtime of Next.js", ...inNext, run: asked("in-edge") },
    { runtime: chromium, run: page("/page/") },
    { runtime: `${chromium}, worker`, run: page("/web-worker/") },
    { runtime: `${chromium}, service worker`, run: page("/service-worker/") },
    bundled("vite", "/vite/dist/"),
    bundled("webpack"),
    bundled("rollup"),
    bundled("esbuild"),
    { runtime: `${chromium}, custom`, by: named("vite"), make: () => bundle.vite("custom"), run: page("/custom/dist/") },
    { runtime: chromium, ...inNext, run: async () => browser.report((await next).url) },
    { runtime: `Node ${process.versions.node}, no WebAssembly`, run: () => node("no-wasm", "--import", "data:text/javascript,delete globalThis.WebAssembly", "main.mjs") },
    { runtime: `${chromium}, strict CSP`, run: page("/strict-page/") },
    // it interprets: the vectors, which build thousands of engines, take it minutes
    { runtime: `Hermes ${version("hermes-engine-cli")}`, by: named("@react-native/babel-preset"), slow: true, make: makeHermes, run: inHermes },
  ];
  return { hosts, close: () => next?.then(({ stop }) => stop(), () => undefined) };
}
