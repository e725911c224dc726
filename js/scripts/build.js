// Builds dist/: the engine with wasm-pack, as WebAssembly without and with regular expressions and as JavaScript, its glue, the
// TypeScript. Needs Rust with the target wasm32-unknown-unknown and wasm-pack. `node scripts/build.js --keep-engine` builds the
// TypeScript alone, around the engines of the last build.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, join } from "node:path";
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

/** Compiles the engine with these flags of rustc, and options of wasm-pack and of cargo, into pkg/`name`. */
function compile(name, flags, { options = [], cargo = [], env = {} }) {
  // for this target alone: wasm-pack builds tools of its own with the flags that it finds in the environment
  const config = `target.wasm32-unknown-unknown.rustflags=${JSON.stringify([...remapped(), ...flags])}`;
  const all = ["--target", "web", "--no-pack", "--out-dir", at("pkg", name), "--out-name", "scrubline", "--profile", "wasm", ...options];
  run("wasm-pack", ["build", at("..", "wasm"), ...all, "--", "--config", config, ...cargo], env);
}

// Every engine since Safari 16.4 (March 2023) has the instructions; the reader of blocks is a third faster with them.
const simd = ["-C", "target-feature=+simd128"];
/** Hundreds of small checks are inlined and unrolled for nothing: without that, a seventh fewer bytes and no slower. */
const small = (inlined) => ["-C", "no-vectorize-loops", "-C", "no-vectorize-slp", "-C", `llvm-args=-inlinedefault-threshold=${inlined} -unroll-threshold=20`];

const instructions = ["bulk-memory", "bulk-memory-opt", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];
const enabled = instructions.map((name) => `--enable-${name}`);

/**
 * The engines as WebAssembly: the name of each in pkg, its folder in dist, its features, up to which cost a call is inlined, and for what
 * it is optimised.
 */
const engines = [
  { name: "wasm", folder: "", features: [], inlined: 60, level: "2" },
  { name: "custom", folder: "custom", features: ["--features", "regex"], inlined: 15, level: "z" },
];

function compileAll() {
  rmSync(at("pkg"), { recursive: true, force: true });
  // wasm-bindgen reads which features of wasm are on from a section that stripping takes away; wasm-opt strips afterwards
  for (const { name, features, inlined, level } of engines) {
    const env = { CARGO_PROFILE_WASM_STRIP: "none", CARGO_PROFILE_WASM_OPT_LEVEL: level };
    compile(name, [...simd, ...small(inlined)], { cargo: features, env });
  }
  // wasm2js knows the first wasm, and one table: without reference types, wasm-bindgen needs no other
  compile("js", ["-C", "target-cpu=mvp", ...small(60)], { options: ["--no-opt"] });
  // the standard library comes compiled with what is lowered here
  const lowering = ["--llvm-nontrapping-fptoint-lowering", "--signext-lowering"];
  const [compiled, lowered] = [at("pkg", "js", "scrubline_bg.wasm"), at("pkg", "js", "lowered.wasm")];
  run("wasm-opt", [...enabled, ...lowering, "-O3", "--strip-debug", "--strip-producers", compiled, "-o", lowered]);
  run("wasm2js", [...enabled, "-O", lowered, "-o", at("pkg", "js", "engine.js")]);
}

if (!process.argv.includes("--keep-engine")) compileAll();
rmSync(at("dist"), { recursive: true, force: true });
run("tsc", ["-p", at("tsconfig.json")]);
run("tsc", ["--noEmit", "--strict", "--ignoreConfig", "--target", "esnext", "--module", "nodenext", at("scripts", "glue.check.ts")]);

const text = (...parts) => readFileSync(at("pkg", ...parts), "utf8");
const classes = ["Core", "Events", "Lines"];

/** Puts an engine into its folder of dist; its glue, and the module that has it embedded, into pkg. */
function place({ name, folder }) {
  mkdirSync(at("dist", folder, "wasm"), { recursive: true });
  const [compiled, placed] = [at("pkg", name, "scrubline_bg.wasm"), at("dist", folder, "wasm", "scrubline.wasm")];
  // wasm-bindgen's names of imports end in hashes, which are a fifteenth of the JavaScript that a page gets
  const shortening = [...enabled, "--enable-simd", "--minify-imports-and-exports-and-modules", compiled, "-o", placed];
  const names = JSON.parse(execFileSync(join(bin, "wasm-opt"), shortening, { encoding: "utf8" }));
  writeFileSync(at("pkg", name, "glue.js"), makeGlue(text(name, "scrubline.js"), classes, names));
  const deflated = deflateRawSync(readFileSync(placed), { level: 9 }).toString("base64");
  writeFileSync(at("pkg", name, "embedded.js"), `export const deflated = "${deflated}";\n`);
}

const { exports } = JSON.parse(readFileSync(at("package.json"), "utf8"));

const LACKING = at("pkg", "entries", "entry", "lacking.js");

/** Bundles what package.json has in a folder of dist, one file each: Node takes about a millisecond to load a module, whatever its size. */
async function bundle(folder, engine) {
  const paths = new Set(JSON.stringify(exports).match(new RegExp(`(?<=\\./dist/${folder}/)[a-z-]+\\.js`, "g")));
  const portable = [...paths].filter((path) => path === "js.js");
  await bundleAll(folder, portable, { ...engine, inject: [LACKING] });
  await bundleAll(folder, [...paths].filter((path) => !portable.includes(path)), engine);
}

function bundleAll(folder, paths, { name, inject } = {}) {
  const engine = {
    name: "engine",
    setup: ({ onResolve }) => onResolve({ filter: /\/wasm\/(glue|embedded)\.js$/ }, ({ path }) => ({ path: at("pkg", name, basename(path)) })),
  };
  return build({
    inject,
    entryPoints: paths.map((path) => at("pkg", "entries", basename(folder), path)),
    outdir: at("dist", folder),
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    external: ["node:*", "scrubline", "scrubline/*", "*.wasm", "*.wasm?module", "../wasm/portable.js"],
    plugins: [engine],
    logLevel: "warning",
  });
}

for (const engine of engines) {
  place(engine);
  await bundle(join(engine.folder, "entry"), engine);
}
await bundle("integrations");
copyFileSync(at("src", "wasm", "scrubline.d.ts"), at("dist", "wasm", "scrubline.d.ts"));
// what is minified stays apart
const portable = makePortable(text("js", "scrubline.js"), classes, text("js", "engine.js"));
writeFileSync(at("dist", "wasm", "portable.js"), (await transform(portable, { minify: true, format: "esm", target: "es2020" })).code);
