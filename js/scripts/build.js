// Builds dist/: the engine with wasm-pack, its glue, the TypeScript. Needs Rust with the target wasm32-unknown-unknown and wasm-pack.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

import { build } from "esbuild";

import { makeGlue } from "./glue.js";

const root = join(import.meta.dirname, "..");
const bin = join(root, "node_modules", ".bin");
const at = (...parts) => join(root, ...parts);

function run(command, args, extra = {}) {
  // wasm-pack takes wasm-opt from PATH
  const env = { ...process.env, ...extra, PATH: `${bin}${delimiter}${process.env.PATH}` };
  try {
    execFileSync(command, args, { cwd: root, env, stdio: "inherit" });
  } catch (error) {
    console.error(error.code === "ENOENT" ? `${command} is missing: install it and build again` : `${command} failed`);
    process.exit(1);
  }
}

/** Panic messages name source files: without the folders of this machine. */
function remapped() {
  const sources = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry", "src");
  const registries = existsSync(sources) ? readdirSync(sources).map((name) => join(sources, name)) : [];
  const sysroot = execFileSync("rustc", ["--print", "sysroot"], { encoding: "utf8" }).trim();
  return [...registries, sysroot, at("..")].map((folder) => `--remap-path-prefix=${folder}=.`);
}

// Every engine since Safari 16.4 (March 2023) has the instructions; the reader of blocks is a third faster with them.
const simd = ["-C", "target-feature=+simd128"];
// Hundreds of small checks are inlined and unrolled for nothing: without that, a seventh fewer bytes and no slower.
const small = ["-C", "no-vectorize-loops", "-C", "no-vectorize-slp", "-C", "llvm-args=-inline-threshold=60 -unroll-threshold=20"];

for (const made of ["dist", "pkg"]) rmSync(at(made), { recursive: true, force: true });
// for this target alone: wasm-pack builds tools of its own with the flags that it finds in the environment
const flags = `target.wasm32-unknown-unknown.rustflags=${JSON.stringify([...remapped(), ...simd, ...small])}`;
const options = ["--target", "web", "--no-pack", "--out-dir", at("pkg"), "--out-name", "scrubline_wasm", "--profile", "wasm"];
run("wasm-pack", ["build", at("..", "wasm"), ...options, "--", "--config", flags], {
  // wasm-bindgen reads which features of wasm are on from a section that stripping takes away; wasm-opt strips afterwards
  CARGO_PROFILE_WASM_STRIP: "none",
});
run("tsc", ["-p", at("tsconfig.json")]);
run("tsc", ["--noEmit", "--strict", "--ignoreConfig", "--target", "esnext", "--module", "nodenext", at("scripts", "glue.check.ts")]);

mkdirSync(at("dist", "wasm"), { recursive: true });
copyFileSync(at("pkg", "scrubline_wasm_bg.wasm"), at("dist", "wasm", "scrubline.wasm"));
writeFileSync(at("dist", "wasm", "glue.js"), makeGlue(readFileSync(at("pkg", "scrubline_wasm.js"), "utf8"), ["Core", "Events", "Lines"]));

// One file for each entry: Node takes about a millisecond to load a module, whatever its size.
const { exports } = JSON.parse(readFileSync(at("package.json"), "utf8"));
for (const folder of ["entry", "integrations"]) {
  const entries = new Set(JSON.stringify(exports).match(new RegExp(`(?<=dist/${folder}/)[a-z-]+\\.js`, "g")));
  await build({
    entryPoints: [...entries].map((name) => at("dist", folder, name)),
    outdir: at("dist", folder),
    allowOverwrite: true,
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    external: ["node:*", "scrubline", at("dist", "wasm", "glue.js")],
    logLevel: "warning",
  });
  for (const name of readdirSync(at("dist", folder))) if (name.endsWith(".js") && !entries.has(name)) rmSync(at("dist", folder, name));
}
for (const folder of [at("dist"), at("dist", "generated")]) {
  for (const name of readdirSync(folder)) if (name.endsWith(".js")) rmSync(join(folder, name));
}
