// Checks types and exports of the packed tarball, runs the vectors on it in every runtime and from every bundler, and prints a table.
//
//     node run.js TARBALL [PART]    PART of a row: only the hosts that have it
import { resolve } from "node:path";

import { readData } from "../../tests/runners/data.mjs";
import { openBrowser } from "./browser.js";
import { allHosts } from "./hosts.js";
import { pipe } from "./pipe.js";
import { bin, makeProject, run } from "./project.js";

const MINUTES = 30;
const [tarball, part = ""] = process.argv.slice(2);
const sum = (counts) => Object.values(counts).reduce((total, count) => total + count, 0);

const data = readData();
const expected = { cases: sum(data.manifest), lines: sum(data.corpus.manifest) };
await makeProject(tarball, data);
await run(".", bin("attw"), ["--profile", "esm-only", "--no-definitely-typed", resolve(tarball)]);
await run(".", bin("publint"), ["--strict", resolve(tarball)]);
const browser = await openBrowser();
const { hosts, close } = allHosts(JSON.stringify(data), browser);
const chosen = hosts.filter(({ runtime, by = "" }) => `${runtime} ${by}`.includes(part));

/** What one host answered, and what is wrong with it. */
async function outcome({ make, run }) {
  let started = performance.now();
  let timer;
  const silence = new Promise((_, fail) => (timer = setTimeout(fail, MINUTES * 60_000, new Error(`no answer in ${MINUTES} minutes`))));
  try {
    const made = await make?.();
    started = performance.now();
    const { failures, ...counts } = await Promise.race([run(made), silence]);
    for (const [what, count] of Object.entries(expected)) if (counts[what] !== count) failures.push(`${counts[what]} of ${count} ${what} ran`);
    return { ...counts, failures, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    return { failures: [String(error?.stack ?? error)], seconds: (performance.now() - started) / 1000 };
  } finally {
    clearTimeout(timer);
  }
}

const row = (...cells) => console.log(cells.map((cell, i) => (i < 2 ? String(cell).padEnd(34 - 14 * i) : String(cell).padStart(8))).join(" "));
row("runtime", "bundled by", "cases", "lines", "seconds", "failed");
let failed = chosen.length === 0;
const begun = new Map(chosen.filter(({ slow }) => slow).map((host) => [host, outcome(host)]));
function complain(failures) {
  for (const failure of failures.slice(0, 5)) console.log(`    ${failure.slice(0, 1000)}`);
  failed ||= failures.length > 0;
}
try {
  for (const host of chosen) {
    const { cases = "", lines = "", seconds, failures } = await (begun.get(host) ?? outcome(host));
    row(host.runtime, host.by ?? "", cases, lines, seconds.toFixed(1), failures.length);
    complain(failures);
  }
  if ("workerd".includes(part)) complain(await pipe(Object.values(data.corpus.files).join("")));
} finally {
  await close();
  await browser.close();
}
process.exitCode = failed ? 1 : 0;
