// What is shipped: its size, its start, what it needs, and that it decides nothing which is the engine's to decide.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { packageFolder } from "./tools.js";

const dist = join(packageFolder, "dist");
const manifest = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(dist, join(entry.parentPath, entry.name)));
const read = (name) => readFileSync(join(dist, name));
const gzipped = (names) => names.reduce((sum, name) => sum + gzipSync(read(name), { level: 9 }).length, 0);

test("no dependencies, no scripts at installation, types first", () => {
  assert.equal(manifest.dependencies, undefined);
  assert.equal(manifest.peerDependencies, undefined);
  for (const script of ["preinstall", "install", "postinstall", "prepare"]) assert.equal(manifest.scripts[script], undefined);
  const conditions = manifest.exports["."];
  for (const condition of ["node", "browser"]) assert.equal(Object.keys(conditions[condition])[0], "types");
  assert.equal(Object.keys(conditions).at(-1), "default");
  const paths = JSON.stringify(manifest.exports).match(/\.\/dist\/[^"]+/g);
  assert.ok(paths.length >= 6);
  for (const path of paths) assert.ok(existsSync(join(packageFolder, path)), path);
});

test("every module is ESM with types", () => {
  const modules = files.filter((name) => name.endsWith(".js") && !name.startsWith("wasm/"));
  assert.ok(modules.length > 10);
  for (const name of modules) {
    assert.ok(files.includes(name.replace(/js$/, "d.ts")), name);
    assert.ok(!/\brequire\(|module\.exports|\beval\(|new Function/.test(read(name)), name);
  }
});

test("the wasm glue is at most 8 KB", () => {
  assert.ok(gzipped(["wasm/glue.js"]) <= 8 * 1024, String(gzipped(["wasm/glue.js"])));
});

test("all JavaScript of an entry is at most 20 KB", () => {
  const scripts = files.filter((name) => name.endsWith(".js"));
  assert.ok(gzipped(scripts) <= 20 * 1024, String(gzipped(scripts)));
});

test("no folder of the building machine is in the engine", () => {
  const text = read("wasm/scrubline.wasm").toString("latin1");
  assert.ok(!/\/root\/|\/home\/|\/Users\/|index\.crates|[a-z]:\\/.test(text));
});

test("the modules of the API load no wasm and nothing of Node", () => {
  for (const name of files.filter((name) => name.endsWith(".js") && name !== "entry/node.js")) {
    assert.ok(!/from "node:/.test(read(name)), name);
  }
});

test("JavaScript knows no key name, pattern or mask", () => {
  // the engine's own words: what a rule about them would have to name
  const words = /passw|secret|token|cookie|authorization|bearer|credit|iban|e-?mail|phone|session|\bcvv\b|\[REDACTED\]|REDACTED:limit|\*\*\*|\[circular\]/i;
  const strip = (text) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
  for (const name of files.filter((name) => name.endsWith(".js"))) {
    const found = words.exec(strip(read(name).toString()));
    assert.equal(found?.[0], undefined, name);
  }
});

test("the source map of nothing, and no test, is shipped", () => {
  assert.deepEqual(files.filter((name) => !/\.(js|d\.ts|wasm)$/.test(name)), []);
});

test("a process that redacts ends by itself", () => {
  const script = `import { Redactor } from "scrubline"; console.log(new Redactor().redact("ana@example.com"));`;
  const out = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: import.meta.dirname, encoding: "utf8", timeout: 20_000 });
  assert.equal(out, "***@example.com\n");
});
