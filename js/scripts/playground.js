// Builds the playground: one page that holds the engine, the styles and the code, opens from disk and asks for nothing.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { deflateRawSync } from "node:zlib";

import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const source = join(root, "playground");

/**
 * The text of the page.
 *
 * @param {string} packageFolder the built npm package whose engine the page shows
 * @returns {Promise<string>}
 */
export async function playground(packageFolder) {
  const engine = deflateRawSync(readFileSync(join(packageFolder, "dist", "wasm", "scrubline.wasm")), { level: 9 });
  const worker = await bundle("worker.ts", { "playground:engine": ["binary", engine] }, { scrubline: join(packageFolder, "dist", "entry", "web.js") });
  const detectors = catalogue(readFileSync(join(root, "..", "core", "DETECTORS.md"), "utf8"));
  const schema = readFileSync(join(root, "..", "core", "schema", "policy.json"), "utf8");
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  const script = await bundle("main.ts", {
    "playground:worker": ["text", worker],
    "playground:catalogue": ["json", JSON.stringify(detectors)],
    "playground:schema": ["json", schema],
    "playground:version": ["text", version],
  });
  const style = await bundle("style.css", {});
  const parts = { style, script, hash: createHash("sha256").update(script).digest("base64") };
  return readFileSync(join(source, "index.html"), "utf8").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
}

/** One file as one text; `made` are modules that exist only here, with their loaders. */
async function bundle(entry, made, alias = {}) {
  const { outputFiles } = await build({
    entryPoints: [join(source, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["es2022", "chrome111", "firefox114", "safari16.4"],
    // without it, esbuild follows the paths that tsconfig.json has for the type checker
    tsconfigRaw: {},
    // the default place of the engine, which is never asked: the page hands it over
    define: { "import.meta.url": '"about:blank"' },
    alias,
    plugins: [
      {
        name: "playground",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^playground:/ }, ({ path }) => ({ path, namespace: "playground" }));
          onLoad({ filter: /./, namespace: "playground" }, ({ path }) => ({ loader: made[path][0], contents: made[path][1] }));
        },
      },
    ],
    logLevel: "warning",
  });
  return outputFiles[0].text.trim();
}

/** The detectors, read from the page that the engine writes of them. */
export function catalogue(page) {
  const groups = [...page.matchAll(/^## (\w+)\n\n(.*)$/gm)].map(([, id, description]) => ({ id, description }));
  const detectors = [...page.matchAll(/^\| `([^`]+)` \|(.*)\|$/gm)].map(([, id, row]) => {
    const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\([|_])/g, "$1"));
    if (cells.length !== 5) throw new Error(`DETECTORS.md has a row that this script does not know: ${id}`);
    const [foundBy, action, presets, example, references] = cells;
    return { id, foundBy, action, presets: presets === "all" ? "all" : presets.split(", "), example: example.replace(/^`|`$/g, ""), references };
  });
  const announced = Number(/The (\d+) detectors/.exec(page)?.[1]);
  if (detectors.length !== announced) throw new Error(`DETECTORS.md announces ${announced} detectors and has ${detectors.length}`);
  return { groups, detectors };
}

if (process.argv[1] === import.meta.filename) {
  const target = resolve(process.argv[2] ?? join(root, "..", "dist", "playground.html"));
  mkdirSync(join(target, ".."), { recursive: true });
  const page = await playground(process.env.SCRUBLINE_JS ?? root);
  writeFileSync(target, page);
  console.log(`${(page.length / 1024).toFixed(0)} KB, to be opened in a browser: file://${target}`);
}
