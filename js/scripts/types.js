// Writes src/generated/*.ts from the JSON Schemas of policies, formats, events and lines, which the engine's own structures are the source of,
// and from the page of all detectors.
// `node scripts/types.js --check` writes nothing and fails where a file is not what it should be.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

const SCALARS = { string: "string", integer: "number", number: "number", boolean: "boolean" };

function comment(text, indent) {
  const lines = (text ?? "").replaceAll("*/", "*\\/").trim().split("\n");
  if (lines[0] === "") return "";
  return lines.length === 1 ? `${indent}/** ${lines[0]} */\n` : `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

function type(node) {
  if (node.$ref) return node.$ref.split("/").at(-1);
  if ("const" in node) return JSON.stringify(node.const);
  if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(" | ");
  // an absent value is written by leaving it out
  const some = (node.oneOf ?? node.anyOf)?.filter((part) => part.type !== "null");
  if (some) return some.map(type).join(" | ");
  const types = [node.type].flat().filter((name) => name !== "null");
  if (types.length !== 1) throw new Error(`a schema that this script does not know: ${JSON.stringify(node)}`);
  const [name] = types;
  if (name === "array") return `readonly ${type(node.items)}[]`;
  if (name === "object" && typeof node.additionalProperties === "object") return `Readonly<Record<string, ${type(node.additionalProperties)}>>`;
  if (!(name in SCALARS)) throw new Error(`a schema that this script does not know: ${JSON.stringify(node)}`);
  return SCALARS[name];
}

/** What an object has as keys, where the schema knows no more than that they are texts. */
const KEYS = { detectors: "DetectorKey" };

function fieldType(field, node) {
  if (!(field in KEYS)) return type(node);
  return `{ readonly [key in ${KEYS[field]}]?: ${type(node.additionalProperties)} | undefined }`;
}

function declaration(name, node) {
  if (node.type !== "object") return `${comment(node.description, "")}export type ${name} = ${type(node)};\n`;
  const fields = Object.entries(node.properties).map(([field, part]) => {
    const optional = !(node.required ?? []).includes(field);
    return `${comment(part.description, "  ")}  readonly ${field}${optional ? "?" : ""}: ${fieldType(field, part)}${optional ? " | undefined" : ""};\n`;
  });
  // the example of the description is Rust
  const description = (node.description ?? "").split("\n```")[0];
  return `${comment(description, "")}export interface ${name} {\n${fields.join("")}}\n`;
}

const core = (...path) => readFileSync(join(root, "..", "core", ...path), "utf8");

function put(name, source, parts) {
  const target = join(root, "src", "generated", `${name}.ts`);
  const text = [`// Written by scripts/types.js from ${source}; not to be changed by hand.\n`, ...parts].join("\n");
  if (!process.argv.includes("--check")) writeFileSync(target, text);
  else if (readFileSync(target, "utf8") !== text) {
    console.error(`src/generated/${name}.ts is not what its source says: run node scripts/types.js`);
    process.exit(1);
  }
}

for (const name of ["policy", "format", "events", "line"]) {
  const schema = JSON.parse(core("schema", `${name}.json`));
  const imports = Object.keys(schema.properties ?? {}).filter((field) => field in KEYS);
  put(name, `${name}.json, a JSON Schema of the engine`, [
    ...imports.map((field) => `import type { ${KEYS[field]} } from "./detectors.js";\n`),
    declaration(schema.title, schema),
    ...Object.entries(schema.$defs).map(([type, node]) => declaration(type, node)),
  ]);
}

const ids = Array.from(core("DETECTORS.md").matchAll(/^\| `([a-z0-9.-]+)` \|/gm), ([, id]) => id);
const groups = new Set(ids.flatMap((id) => id.split(".").slice(0, -1).map((_, i, parts) => parts.slice(0, i + 1).join("."))));
const union = (names) => Array.from(names, (name) => `\n  | ${JSON.stringify(name)}`).join("");
put("detectors", "DETECTORS.md, the page of all detectors", [
  `/** Id of a built-in detector. */\nexport type DetectorId =${union(ids)};\n`,
  `/** What the ids of several begin with. */\nexport type DetectorGroup =${union(groups)};\n`,
  "/** Id of a detector: a built-in one, or one of the policy's own. */\nexport type Detector = DetectorId | `custom.${string}`;\n",
  "/** What a policy has settings for. */\nexport type DetectorKey = Detector | DetectorGroup;\n",
]);
