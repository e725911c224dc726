// Runs every vector against the npm package in Node, through the entry without regular expressions and the one with them.
//
// SCRUBLINE_VECTOR=part-of-a-name runs only the cases whose name holds that part. SCRUBLINE_JS names another build: a
// package folder, as an installed tarball is one. The format is described in tests/README.md.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { readData } from "./data.mjs";
import { checkManifest, hasRegex, runCorpus, runOne, use } from "./javascript.mjs";

const folder = resolve(process.env.SCRUBLINE_JS ?? join(import.meta.dirname, "..", "..", "js"));
const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const entries = { ".": { regex: false }, "./custom": { regex: true } };

const filter = process.env.SCRUBLINE_VECTOR ?? "";
const { manifest, files, corpus } = readData();

test("the manifest is true", () => checkManifest(files, manifest));

test("names are unique", () => {
  const names = Object.values(files).flatMap((file) => file.cases.map((one) => one.name));
  assert.equal(new Set(names).size, names.length);
});

for (const [entry, { regex }] of Object.entries(entries)) {
  test(entry, async (t) => {
    use(await import(pathToFileURL(join(folder, exports[entry].node.default))));
    assert.equal(hasRegex(), regex);
    let ran = 0;
    await t.test("the corpus stays as it is", () => void runCorpus(corpus));
    for (const [path, file] of Object.entries(files)) {
      await t.test(path, async (t) => {
        for (const one of file.cases.filter(({ name }) => name.includes(filter))) {
          await t.test(one.name, async () => {
            ran += 1;
            await runOne(file.kind, one);
          });
        }
      });
    }
    const all = Object.values(manifest).reduce((sum, count) => sum + count, 0);
    assert.ok(filter === "" ? ran === all : ran > 0, `ran ${ran} of ${all} cases`);
  });
}
