// A project that has installed the packed tarball, with the apps in it.
import { execFile } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

export const here = import.meta.dirname;
/** The folder of the project: inside of this one, so that the apps find the bundlers and React. */
export const out = join(here, "out");
export const at = (...parts) => join(out, ...parts);

const RUNNER = join(here, "..", "..", "tests", "runners", "javascript.mjs");
const execute = promisify(execFile);

/** Runs a command to its end in an app's folder; answers what it wrote. Fails with what it said. */
export async function run(folder, command, args, { input, ...env } = {}) {
  const running = execute(command, args, { cwd: at(folder), env: { ...process.env, ...env }, maxBuffer: 1 << 26 });
  running.child.stdin.end(input);
  try {
    return (await running).stdout;
  } catch (error) {
    throw new Error(`${[command, ...args].join(" ")}: ${error.stderr || error.stdout || error.message}`);
  }
}

/** The path of a command of node_modules. */
export const bin = (name) => join(here, "node_modules", ".bin", name);

/** Makes the project anew, with the data for pages beside the apps. */
export async function makeProject(tarball, data) {
  rmSync(out, { recursive: true, force: true });
  cpSync(join(here, "apps"), out, { recursive: true });
  for (const app of readdirSync(out)) {
    copyFileSync(join(here, "app.mjs"), at(app, "app.mjs"));
    copyFileSync(RUNNER, at(app, "javascript.mjs"));
  }
  writeFileSync(at("data.json"), JSON.stringify(data));
  writeFileSync(at("package.json"), '{"private": true, "type": "module"}');
  mkdirSync(at("node_modules"));
  await run(".", "npm", ["install", "--silent", "--offline", "--no-audit", "--no-fund", resolve(tarball)]);
}
