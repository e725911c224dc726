// scrubline in Node beside what it replaces: lines, objects, the start, and what it weighs.
//
//     node tests/bench/js/bench.js DATA BARS
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { buildSync } from "esbuild";
import { Redactor, ready } from "scrubline";

import { arcjetRedact, deepRedact, logtape, pinoRedact, plainPino, redactingPino, scrubbedPino, six } from "./peers.js";
import { Bars, corpus, median, MIX, quality, table } from "./race.js";

const FRESH = 15; // processes for the time to ready
const [data, barsPath] = process.argv.slice(2);
const bars = new Bars();

await ready;
const redactor = new Redactor();
const redact = (line) => redactor.redact(line);

async function lines(name) {
  const texts = corpus(join(data, `${name}.log`));
  const redactors = {
    "scrubline redact": redact,
    "six RegExps, one after the other": six,
    "LogTape redaction, its five patterns": logtape(),
    "deep-redact, the six patterns": deepRedact(false),
    "@arcjet/redact, all it knows": arcjetRedact,
  };
  const ratios = await table(
    `${name}, lines of text: time a line, times scrubline's; planted values left %, lines without any changed %`,
    Object.entries(redactors).map(([peer, work]) => [peer, work, work === arcjetRedact ? texts.lines.slice(0, MIX) : texts.lines]),
    async (peer) => {
      const { left, wrong } = await quality(texts, redactors[peer], 5000);
      return `${left.toFixed(2).padStart(7)} % left ${wrong.toFixed(2).padStart(7)} % false`;
    },
  );
  const over = { sparse: { six: 5, LogTape: 8, "@arcjet/redact": 300 }, dense: { six: 4 } };
  for (const [peer, bar] of Object.entries(over[name])) {
    const row = Object.keys(ratios).find((row) => row.startsWith(peer));
    bars.check(`Node, ${name} lines: speed over ${row}`, ratios[row], bar, "x");
  }
}

async function objects(name) {
  const texts = linesOf(name);
  const values = texts.map((text) => JSON.parse(text));
  const stringify = "scrubline: JSON.stringify, then redactJson";
  const scrubbed = "pino with scrubline/pino";
  const byPath = "pino with redaction of fifteen paths";
  const ratios = await table(`${name}, objects of about 700 bytes to a line of JSON: time an object, times pino's without redaction`, [
    ["pino, no redaction", plainPino(), values],
    [stringify, (value) => redactor.redactJson(JSON.stringify(value)), values],
    ["scrubline: redactValue, then JSON.stringify", (value) => JSON.stringify(redactor.redactValue(value)), values],
    ["JSON.stringify alone", (value) => JSON.stringify(value), values],
    [scrubbed, scrubbedPino(redactor), values],
    [byPath, redactingPino(), values],
    ["@pinojs/redact, the same paths", pinoRedact(), values],
    ["deep-redact, keys and the six patterns", deepRedact(true), values],
    ["JSON.stringify, then six RegExps", (value) => six(JSON.stringify(value)), values],
  ]);
  bars.check(`Node, ${name} objects: stringify and redactJson over pino without redaction`, ratios[stringify], 1.5, "x", { atMost: true });
  bars.check(`Node, ${name} objects: stringify and redactJson, speed over pino's redaction of fifteen paths`, ratios[byPath] / ratios[stringify], 1, "x");
  bars.check(`Node, ${name} objects: the same over @pinojs/redact`, ratios["@pinojs/redact, the same paths"] / ratios[stringify], 2, "x");
  bars.check(`Node, ${name} objects: pino with scrubline/pino over pino's redaction`, ratios[scrubbed] / ratios[byPath], 1, "x", { atMost: true });
}

function linesOf(name) {
  return corpus(join(data, `${name}.jsonl`)).lines;
}

const PROBE = (statement, before) => `${before}; const start = performance.now(); ${statement}; console.log(performance.now() - start)`;

function starting() {
  const loaded = 'const { ready, Redactor } = await import("scrubline"); await ready';
  const cases = {
    "import of an empty package": 'await import("empty-package")',
    "import scrubline, ready": loaded,
    "the first redactor after that": ["new Redactor()", loaded],
    "its first redaction": ['redactor.redact("a=b")', `${loaded}; const redactor = new Redactor()`],
    "one more redactor": ["new Redactor()", `${loaded}; new Redactor()`],
    "import pino": 'await import("pino")',
    "import @logtape/redaction": 'await import("@logtape/redaction")',
    "import @hackylabs/deep-redact": 'await import("@hackylabs/deep-redact")',
  };
  const cwd = dirname(fileURLToPath(import.meta.url));
  const empty = join(cwd, "node_modules", "empty-package");
  mkdirSync(empty, { recursive: true });
  writeFileSync(join(empty, "package.json"), '{"type": "module", "exports": "./index.js"}');
  writeFileSync(join(empty, "index.js"), "");
  const times = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
  for (let round = 0; round < FRESH; round++) {
    for (const [name, probed] of Object.entries(cases)) {
      const [statement, before = ""] = [probed].flat();
      times[name].push(Number(execFileSync(process.execPath, ["--input-type=module", "-e", PROBE(statement, before)], { cwd, encoding: "utf8" })));
    }
  }
  console.log(`\nstart in a fresh Node, median of ${FRESH}`);
  for (const name of Object.keys(cases)) console.log(`  ${name.padEnd(46)} ${median(times[name]).toFixed(2).padStart(9)} ms`);
  // Node's own loader takes longer for its first package than the engine does
  const added = median(times["import scrubline, ready"]) - median(times["import of an empty package"]);
  bars.check("Node: import to ready, over an empty package", added, 5, " ms", { atMost: true });
  bars.check("Node: the first redactor, with what V8 compiles for it", median(times["the first redactor after that"]), 8, " ms", { atMost: true });
}

/** Bytes, gzip -9, of the wasm, and of the JavaScript that a page gets with a redactor: bundled and minified. */
function weighing() {
  const zipped = (bytes) => gzipSync(bytes, { level: 9 }).length;
  const wasm = zipped(readFileSync(fileURLToPath(import.meta.resolve("scrubline/scrubline.wasm"))));
  const bundling = { stdin: { contents: 'export { Redactor } from "scrubline"', resolveDir: import.meta.dirname }, bundle: true, minify: true, format: "esm", write: false };
  const glue = zipped(buildSync(bundling).outputFiles[0].contents);
  console.log(`\nsizes, gzip -9: wasm ${wasm} bytes, JavaScript of a redactor ${glue} bytes`);
  bars.check("npm: wasm, gzip", wasm / 1024, 64, " KB", { atMost: true });
  bars.check("npm: glue, gzip", glue / 1024, 8, " KB", { atMost: true });
}

console.log(`Node ${process.versions.node}`);
for (const name of ["sparse", "dense"]) {
  await lines(name);
  await objects(name);
}
starting();
weighing();
bars.write(barsPath);
