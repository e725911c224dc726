// The Node half of the demonstration: raw records in, redacted JSON lines and the report out.
//
// Standard input: one raw record as JSON on each line. Standard output: one line for each, then one line with the report.
// SCRUBLINE_JS names the directory of the npm package. --flip-byte damages one byte of the lines, for the test of the comparison.

import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const folder = resolve(process.env.SCRUBLINE_JS);
// A package may import itself by name, so this takes the same way through its `exports` as an application does.
const entry = createRequire(join(folder, "package.json")).resolve("scrubline");
const { Redactor, Formatter, ready } = await import(pathToFileURL(entry));
await ready;

const redactor = new Redactor();
const formatter = new Formatter({ format: "json", redactor });
const records = (await text(process.stdin)).split("\n").filter((line) => line !== "");
const lines = records.map((line) => formatter.format(JSON.parse(line)));

const output = Buffer.from(lines.map((line) => `${line}\n`).join(""));
if (process.argv.includes("--flip-byte")) output[output.length >> 1] ^= 1;
process.stdout.write(output);
process.stdout.write(`${JSON.stringify(redactor.report())}\n`);
