// Builds dist/: the engine with wasm-pack, as WebAssembly and as JavaScript, its glue, the TypeScript. Needs Rust with the target
// wasm32-unknown-unknown and wasm-pack. `node scripts/build.js --keep-engine` builds the TypeScript alone, around the engine of the last build.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { deflateRawSync } from "node:zlib";

import { build, transform } from "esbuild";

import { makeGlue, makePortable } from "./glue.js";

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

/** Compiles the engine with these flags of rustc into pkg/`name`. */
function compile(name, flags, options, env) {
  // for this target alone: wasm-pack builds tools of its own with the flags that it finds in the environment
  const config = `target.wasm32-unknown-unknown.rustflags=${JSON.stringify([...remapped(), ...flags])}`;
  const all = ["--target", "web", "--no-pack", "--out-dir", at("pkg", name), "--out-name", "scrubline", "--profile", "wasm", ...options];
  run("wasm-pack", ["build", at("..", "wasm"), ...all, "--", "--config", config], env);
}

// Every engine since Safari 16.4 (March 2023) has the instructions; the reader of blocks is a third faster with them.
const simd = ["-C", "target-feature=+simd128"];
// Hundreds of small checks are inlined and unrolled for nothing: without that, a seventh fewer bytes and no slower.
const small = ["-C", "no-vectorize-loops", "-C", "no-vectorize-slp", "-C", "llvm-args=-inlinedefault-threshold=60 -unroll-threshold=20"];

const features = ["bulk-memory", "bulk-memory-opt", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];
const enabled = features.map((name) => `--enable-${name}`);

function engines() {
  rmSync(at("pkg"), { recursive: true, force: true });
  // wasm-bindgen reads which features of wasm are on from a section that stripping takes away; wasm-opt strips afterwards
  compile("wasm", [...simd, ...small], [], { CARGO_PROFILE_WASM_STRIP: "none" });
  // wasm2js knows the first wasm, and one table: without reference types, wasm-bindgen needs no other
  compile("js", ["-C", "target-cpu=mvp", ...small], ["--no-opt"], {});
  // the standard library comes compiled with what is lowered here
  const lowering = ["--llvm-nontrapping-fptoint-lowering", "--signext-lowering"];
  const [compiled, lowered] = [at("pkg", "js", "scrubline_bg.wasm"), at("pkg", "js", "lowered.wasm")];
  run("wasm-opt", [...enabled, ...lowering, "-O3", "--strip-debug", "--strip-producers", compiled, "-o", lowered]);
  run("wasm2js", [...enabled, "-O", lowered, "-o", at("pkg", "js", "engine.js")]);
}

if (!process.argv.includes("--keep-engine")) engines();
rmSync(at("dist"), { recursive: true, force: true });
run("tsc", ["-p", at("tsconfig.json")]);
run("tsc", ["--noEmit", "--strict", "--ignoreConfig", "--target", "esnext", "--module", "nodenext", at("scripts", "glue.check.ts")]);

const text = (...parts) => readFileSync(at("pkg", ...parts), "utf8");
const put = (name, content) => writeFileSync(at("dist", "wasm", name), content);
const classes = ["Core", "Events", "Lines"];
mkdirSync(at("dist", "wasm"), { recursive: true });
// wasm-bindgen's names of imports end in hashes, which are a fifteenth of the JavaScript that a page gets
const shortening = [...enabled, "--enable-simd", "--minify-imports-and-exports-and-modules", at("pkg", "wasm", "scrubline_bg.wasm")];
const names = JSON.parse(execFileSync(join(bin, "wasm-opt"), [...shortening, "-o", at("dist", "wasm", "scrubline.wasm")], { encoding: "utf8" }));
copyFileSync(at("src", "wasm", "scrubline.d.ts"), at("dist", "wasm", "scrubline.d.ts"));
put("glue.js", makeGlue(text("wasm", "scrubline.js"), classes, names));
put("embedded.js", `export const deflated = "${deflateRawSync(readFileSync(at("dist", "wasm", "scrubline.wasm")), { level: 9 }).toString("base64")}";\n`);
const portable = at("dist", "wasm", "portable.js");
const engine = makePortable(text("js", "scrubline.js"), classes, text("js", "engine.js"));
writeFileSync(portable, (await transform(engine, { minify: true, format: "esm", target: "es2020" })).code);

// One file for each entry: Node takes about a millisecond to load a module, whatever its size. What is minified stays apart.
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
    external: ["node:*", "scrubline", "*.wasm", "*.wasm?module", portable],
    logLevel: "warning",
  });
  for (const name of readdirSync(at("dist", folder))) if (name.endsWith(".js") && !entries.has(name)) rmSync(at("dist", folder, name));
}
for (const folder of [at("dist"), at("dist", "generated"), at("dist", "wasm")]) {
  for (const name of readdirSync(folder)) if (name.endsWith(".js") && join(folder, name) !== portable) rmSync(join(folder, name));
}
