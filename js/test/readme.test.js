// The examples of README.md: each compiles as a strict application, and gives what stands behind its arrows.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { compile } from "./compile.js";
import { packageFolder } from "./tools.js";

const examples = [...readFileSync(join(packageFolder, "README.md"), "utf8").matchAll(/^```js\n([^]*?)^```$/gm)].map(([, text]) => text);
const { exports } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
/** What an example takes for granted. */
const GIVEN = {
  redactor: 'import { Redactor as Made } from "scrubline"; const redactor = new Made();',
  Client: "declare const Client: Parameters<typeof Sentry.initAndBind>[0], options: Sentry.ClientOptions;",
};
const ARROW = /^(\S.*?);(?: |\n)\/\/ → (.*)$/gm;

/** The example with what it takes for granted, where it does not have it itself. */
function whole(example) {
  const taken = Object.entries(GIVEN).filter(([name]) => new RegExp(`\\b${name}\\b`).test(example) && !example.includes(`const ${name} =`));
  return [...taken.map(([, given]) => given), example, "export {};\n"].join("\n");
}

test("every entry has an example", () => {
  const text = examples.join("");
  const entries = Object.keys(exports).filter((name) => !/\.wasm$|\.json$/.test(name)).map((name) => name.replace(".", "scrubline"));
  // the same names under another path
  const missing = entries.filter((name) => !text.includes(`"${name}"`) && name !== "scrubline/js" && !text.includes(`${name} has the same`));
  assert.deepEqual(missing, []);
});

for (const example of examples) {
  const [title] = example.match(/".*?"/g).filter((name) => name.includes("scrubline"));

  test(`${title} compiles`, () => {
    const lib = ["es2022", "esnext.disposable", "dom", "dom.iterable"];
    const options = { module: "nodenext", lib, types: ["node"], skipLibCheck: true, esModuleInterop: true, exactOptionalPropertyTypes: false };
    assert.equal(compile(whole(example), options, { tools: true }), "");
  });

  const expected = [...example.matchAll(ARROW)].map(([, , text]) => text.replaceAll("\\n", "\n"));
  if (expected.length === 0) continue;
  test(`${title} gives what it says`, () => {
    const shown = 'const shown = (value) => console.log("→" + JSON.stringify(typeof value === "string" ? value : JSON.stringify(value)));';
    const script = `${shown}\n${example.replace(ARROW, (_, call) => `shown(${call});`)}`;
    const out = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: import.meta.dirname, encoding: "utf8" });
    assert.deepEqual([...out.matchAll(/^→(.*)$/gm)].map(([, text]) => JSON.parse(text)), expected);
  });
}
