// Writes src/generated/*.ts from the JSON Schemas of policies, formats, events and lines, which the engine's own structures are the source of.
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

function declaration(name, node) {
  if (node.type !== "object") return `${comment(node.description, "")}export type ${name} = ${type(node)};\n`;
  const fields = Object.entries(node.properties).map(([field, part]) => {
    const optional = !(node.required ?? []).includes(field);
    return `${comment(part.description, "  ")}  readonly ${field}${optional ? "?" : ""}: ${type(part)}${optional ? " | undefined" : ""};\n`;
  });
  // the example of the description is Rust
  const description = (node.description ?? "").split("\n```")[0];
  return `${comment(description, "")}export interface ${name} {\n${fields.join("")}}\n`;
}

for (const name of ["policy", "format", "events", "line"]) {
  const schema = JSON.parse(readFileSync(join(root, "..", "core", "schema", `${name}.json`), "utf8"));
  const target = join(root, "src", "generated", `${name}.ts`);
  const text = [
    `// Written by scripts/types.js from ${name}.json, a JSON Schema of the engine; not to be changed by hand.\n`,
    declaration(schema.title, schema),
    ...Object.entries(schema.$defs).map(([type, node]) => declaration(type, node)),
  ].join("\n");
  if (!process.argv.includes("--check")) writeFileSync(target, text);
  else if (readFileSync(target, "utf8") !== text) {
    console.error(`src/generated/${name}.ts is not what the schema says: run node scripts/types.js`);
    process.exit(1);
  }
}
