// Compiles an example against the package as it is installed.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { packageFolder, tool } from "./tools.js";

const compiler = join(dirname(tool.resolve("typescript/package.json")), "bin", "tsc");
const modules = join(dirname(compiler), "..", "..");

/** What the compiler says, nothing where it is content. With `tools`, the example can import the development dependencies. */
export function compile(text, options, { tools = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "scrubline-types-"));
  try {
    mkdirSync(join(folder, "node_modules"));
    if (tools) for (const name of readdirSync(modules)) symlinkSync(join(modules, name), join(folder, "node_modules", name));
    rmSync(join(folder, "node_modules", "scrubline"), { recursive: true, force: true });
    for (const file of ["package.json", "dist"]) cpSync(join(packageFolder, file), join(folder, "node_modules", "scrubline", file), { recursive: true });
    writeFileSync(join(folder, "package.json"), '{"type": "module"}');
    writeFileSync(join(folder, "example.ts"), text);
    const compilerOptions = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true, target: "es2022", types: [], ...options };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["example.ts"] }));
    execFileSync(process.execPath, [compiler, "-p", folder], { cwd: folder, encoding: "utf8" });
    return "";
  } catch (error) {
    return error.stdout || String(error);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

