// Packs the package, installs the tarball in an empty project, and runs the tests twice: on this folder and on what was installed.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const project = mkdtempSync(join(tmpdir(), "scrubline-packed-"));

function run(command, args, cwd, env = {}) {
  execFileSync(command, args, { cwd, env: { ...process.env, ...env }, stdio: "inherit" });
}

let failed = false;
function tests(folder, env) {
  const names = readdirSync(join(root, "test"), { recursive: true }).filter((name) => name.endsWith(".test.js"));
  try {
    run(process.execPath, ["--test", ...process.argv.slice(2), ...names.map((name) => join(folder, "test", name))], folder, env);
  } catch {
    failed = true;
  }
}

try {
  run(process.execPath, [join(root, "scripts", "types.js"), "--check"], root);

  console.log("# the build in js/dist");
  tests(root);

  console.log("# the packed tarball");
  run("npm", ["pack", "--silent", "--pack-destination", project], root);
  const [tarball] = readdirSync(project);
  writeFileSync(join(project, "package.json"), '{"private": true, "type": "module"}');
  run("npm", ["install", "--silent", "--offline", "--no-save", `./${tarball}`], project);
  mkdirSync(join(project, "test"));
  cpSync(join(root, "test"), join(project, "test"), { recursive: true });
  tests(project, { SCRUBLINE_TOOLS: root });
} finally {
  rmSync(project, { recursive: true });
}
process.exit(failed ? 1 : 0);
