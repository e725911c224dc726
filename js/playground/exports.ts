// A policy in the words of the hosts that take one.
import type { Policy } from "scrubline";

import { write } from "./policy.js";

type Json = string | number | boolean | null | readonly Json[] | Table;
type Table = { readonly [name: string]: Json | undefined };

export interface Format {
  label: string;
  /** Where the text goes. */
  use: string;
  write(policy: Policy): string;
}

export const FORMATS: readonly Format[] = [
  { label: "JSON", use: "A file for `Redactor.from_file` and the command: `scrubline --policy policy.json < app.log`", write: (policy) => `${write(policy)}\n` },
  { label: "TOML", use: "A file for `Redactor.from_file` and the command: `scrubline --policy scrubline.toml < app.log`", write: (policy) => toml(members(policy)) },
  { label: "Django", use: "A part of the settings module", write: (policy) => `SCRUBLINE = ${python({ POLICY: policy as Json }, "")}\n` },
  { label: "TypeScript", use: "A module of Node or a browser", write: typescript },
];

/** What is there: a null says the same as nothing. */
function members(table: object): [string, Json][] {
  return Object.entries(table).filter(([, value]) => value !== undefined && value !== null) as [string, Json][];
}

const isTable = (value: Json): value is Table => typeof value === "object" && value !== null && !Array.isArray(value);
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

// ---- TOML 1.0

function toml(root: [string, Json][]): string {
  const tables = root.filter(([, value]) => isTable(value));
  const lists = root.filter(([, value]) => isList(value) && value.some(isTable));
  const plain = root.filter((member) => !tables.includes(member) && !lists.includes(member));
  const block = (table: [string, Json][]): string => table.map(([name, value]) => `${tomlKey(name)} = ${tomlValue(value)}\n`).join("");
  return [
    block(plain),
    ...tables.map(([name, table]) => `[${tomlKey(name)}]\n${block(members(table as Table))}`),
    ...lists.flatMap(([name, list]) => (list as readonly Table[]).map((table) => `[[${tomlKey(name)}]]\n${block(members(table))}`)),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

const tomlKey = (name: string): string => (/^[\w-]+$/.test(name) ? name : tomlText(name));

function tomlValue(value: Json): string {
  if (typeof value === "string") return tomlText(value);
  if (isList(value)) return `[${value.map(tomlValue).join(", ")}]`;
  if (isTable(value)) return `{ ${members(value).map(([name, part]) => `${tomlKey(name)} = ${tomlValue(part)}`).join(", ")} }`;
  return String(value);
}

/** A literal string where that spares backslashes; else a basic one, whose escapes are those of JSON and one more. */
function tomlText(text: string): string {
  const whole = text.toWellFormed();
  if (/^[^\\']*\\[^']*$/.test(whole) && !/[\x00-\x1f\x7f]/.test(whole)) return `'${whole}'`;
  return JSON.stringify(whole).replaceAll("\x7f", "\\u007f");
}

// ---- Python

function python(value: Json, indent: string): string {
  if (value === true) return "True";
  if (value === false) return "False";
  if (value === null) return "None";
  // the escapes of JSON are Python's
  if (typeof value === "string") return JSON.stringify(value.toWellFormed());
  const inner = `${indent}    `;
  if (isList(value)) return brackets("[", "]", value.map((part) => python(part, inner)), indent, inner);
  if (isTable(value)) return brackets("{", "}", members(value).map(([name, part]) => `${python(name, "")}: ${python(part, inner)}`), indent, inner);
  return String(value);
}

// ---- TypeScript

function typescript(policy: Policy): string {
  return `import { Redactor, type Policy } from "scrubline";

export const policy = ${script(policy as Json, "")} satisfies Policy;

export const redactor = new Redactor(policy);
`;
}

function script(value: Json, indent: string): string {
  const inner = `${indent}  `;
  if (isList(value)) return brackets("[", "]", value.map((part) => script(part, inner)), indent, inner);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const name = (text: string): string => (/^[A-Za-z_$][\w$]*$/.test(text) ? text : JSON.stringify(text));
  return brackets("{", "}", members(value).map(([key, part]) => `${name(key)}: ${script(part, inner)}`), indent, inner);
}

const WIDE = 88;

/** On one line where that is short and has no lines of its own; a map only where it is empty. */
function brackets(open: string, close: string, parts: readonly string[], indent: string, inner: string): string {
  const line = `${open}${parts.join(", ")}${close}`;
  const short = indent.length + line.length <= WIDE && !line.includes("\n");
  if (parts.length === 0 || (open === "[" && short)) return line;
  return `${open}\n${parts.map((part) => `${inner}${part},\n`).join("")}${indent}${close}`;
}
