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
const scripts = files.filter((name) => name.endsWith(".js")).sort();
const read = (name) => readFileSync(join(dist, name));
const gzipped = (names) => names.reduce((sum, name) => sum + gzipSync(read(name), { level: 9 }).length, 0);

test("no dependencies, no scripts at installation, types first", () => {
  assert.equal(manifest.dependencies, undefined);
  assert.equal(manifest.peerDependencies, undefined);
  for (const script of ["preinstall", "install", "postinstall", "prepare"]) assert.equal(manifest.scripts[script], undefined);
  const hosts = ["react-native", "workerd", "edge-light", "deno", "bun", "node", "browser"];
  assert.deepEqual(Object.keys(manifest.exports["."]), ["types", ...hosts, "default"]);
  const paths = JSON.stringify(manifest.exports).match(/\.\/dist\/[^"]+/g);
  assert.ok(paths.length >= 6);
  for (const path of paths) assert.ok(existsSync(join(packageFolder, path)), path);
});

test("every entry is ESM with types", () => {
  assert.deepEqual(scripts.filter((name) => !name.startsWith("integrations/")), [
    ...["edge", "embedded", "node", "web", "workerd"].map((name) => `custom/entry/${name}.js`),
    ...["edge", "embedded", "js", "node", "web", "workerd"].map((name) => `entry/${name}.js`),
    "wasm/portable.js",
  ]);
  for (const name of scripts) assert.ok(!/\brequire\(|module\.exports|\beval\(|new Function/.test(read(name)), name);
  // the types of scrubline/custom are those of the default entry
  for (const name of scripts.filter((name) => !name.startsWith("wasm/"))) assert.ok(files.includes(name.replace("custom/", "").replace(".js", ".d.ts")), name);
});

test("an integration is one small file that needs nothing", () => {
  const subpaths = Object.entries(manifest.exports).filter(([, to]) => /\/integrations\//.test(to.default));
  const integrations = scripts.filter((name) => name.startsWith("integrations/"));
  assert.deepEqual(subpaths.map(([, { default: path }]) => path.replace("./dist/", "")).sort(), integrations);
  for (const [name, conditions] of subpaths) assert.deepEqual(Object.keys(conditions), ["types", "default"], name);
  for (const name of integrations) {
    assert.ok(gzipped([name]) <= 4 * 1024, `${name} ${gzipped([name])}`);
    assert.deepEqual([...read(name).toString().matchAll(/^import .* from "(?!node:)(.*)";$/gm)].map(([line]) => line), [], name);
  }
});

test("no folder of the building machine is in the engines", () => {
  for (const name of ["wasm/scrubline.wasm", "custom/wasm/scrubline.wasm"]) {
    assert.ok(!/\/root\/|\/home\/|\/Users\/|index\.crates|[a-z]:\\Users/i.test(read(name).toString("latin1")), name);
  }
});

test("entries for other hosts need nothing of Node", () => {
  const hosts = ["edge", "web", "workerd"].flatMap((name) => [`entry/${name}.js`, `custom/entry/${name}.js`]);
  for (const name of [...hosts, "entry/js.js", "wasm/portable.js"]) {
    assert.ok(!/from "node:|\bprocess\.|\bBuffer\b/.test(read(name)), name);
  }
});

test("importing it loads none of the slow parts of Node", () => {
  // what process.moduleLoadList names is loaded: the import must not add Node's fetch or its streams
  const script = `const before = process.moduleLoadList.length; await import("scrubline"); console.log(process.moduleLoadList.slice(before).join("\\n"));`;
  const out = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: import.meta.dirname, encoding: "utf8" });
  assert.ok(!/undici|webstreams|internal\/http|\bnet\b/.test(out), out);
});

test("JavaScript knows no key name, pattern or mask", () => {
  // the engine's own words: what a rule about them would have to name
  const words = /passw|secret|token|cookie|authorization|bearer|credit|iban|e-?mail|phone|session|\bcvv\b|\[REDACTED\]|REDACTED:limit|\*\*\*|\[circular\]/i;
  const strip = (text) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
  // these have the engine itself in them
  const engine = ["entry/embedded.js", "custom/entry/embedded.js", "wasm/portable.js"];
  for (const name of scripts.filter((name) => !engine.includes(name))) {
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
