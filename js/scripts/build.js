// Builds dist/: the engine with wasm-pack, its glue, the TypeScript. Needs Rust with the target wasm32-unknown-unknown and wasm-pack.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import { makeGlue } from "./glue.js";

const root = join(import.meta.dirname, "..");
const bin = join(root, "node_modules", ".bin");
const at = (...parts) => join(root, ...parts);

function run(command, args) {
  // wasm-pack takes wasm-opt from PATH
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  try {
    execFileSync(command, args, { cwd: root, env, stdio: "inherit" });
  } catch (error) {
    if (error.code === "ENOENT") console.error(`${command} is missing: install it and build again`);
    process.exit(1);
  }
}

for (const made of ["dist", "pkg"]) rmSync(at(made), { recursive: true, force: true });
run("wasm-pack", ["build", at("..", "wasm"), "--target", "web", "--no-pack", "--out-dir", at("pkg"), "--out-name", "scrubline_wasm", "--profile", "wasm"]);
run("tsc", ["-p", at("tsconfig.json")]);

mkdirSync(at("dist", "wasm"), { recursive: true });
copyFileSync(at("pkg", "scrubline_wasm_bg.wasm"), at("dist", "wasm", "scrubline.wasm"));
writeFileSync(at("dist", "wasm", "glue.js"), makeGlue(readFileSync(at("pkg", "scrubline_wasm.js"), "utf8"), ["Core", "Lines"]));
