// The policy's editor knows its JSON Schema: it completes, explains and checks. Of JSON Schema it knows what that schema uses.
import { snippet, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { Diagnostic } from "@codemirror/lint";
import type { EditorState } from "@codemirror/state";
import type { EditorView, Tooltip } from "@codemirror/view";
import type { SyntaxNode } from "@lezer/common";

import root from "playground:schema";

import { about, detector, settable } from "./catalogue.js";
import { h, prose } from "./dom.js";
import type { Refusal } from "./protocol.js";

export interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  const?: string;
  minimum?: number;
}

type Path = readonly (string | number)[];

// ---- the schema of a place

/** Follows references, and leaves the alternative `null` out: a policy leaves out what it does not say. */
function resolved(schema: Schema): Schema {
  if (schema.$ref !== undefined) {
    const { $ref, ...beside } = schema;
    return { ...resolved(root.$defs?.[$ref.split("/").at(-1) ?? ""] ?? {}), ...beside };
  }
  const some = schema.anyOf?.find((part) => part.type !== "null");
  if (some === undefined) return schema;
  const { anyOf: _, ...beside } = schema;
  return { ...resolved(some), ...beside };
}

function member(schema: Schema, name: string | number): Schema | undefined {
  if (typeof name === "number") return schema.items && resolved(schema.items);
  const others = typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined;
  const found = schema.properties?.[name] ?? others;
  return found && resolved(found);
}

function schemaAt(path: Path): Schema | undefined {
  return path.reduce<Schema | undefined>((schema, name) => schema && member(schema, name), root);
}

const typeOf = ({ type }: Schema): string | undefined => [type].flat().find((name) => name !== "null");

const choices = (schema: Schema): { const: string; description: string }[] =>
  (resolved(schema).oneOf ?? []).map((one) => ({ const: one.const ?? "", description: one.description ?? "" }));

/** The presets, with what they are for. */
export const presets = choices(root.properties?.["preset"] ?? {});
/** What can be set for a detector. */
export const settings = choices(root.$defs?.["Setting"] ?? {});

// ---- the tree of the editor

const unquoted = (state: EditorState, node: SyntaxNode): string => {
  const text = state.sliceDoc(node.from, node.to);
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.replace(/^"|"$/g, "");
  }
};

/** The names and indices on the way to an object or a list. */
function pathOf(state: EditorState, container: SyntaxNode): (string | number)[] {
  const path: (string | number)[] = [];
  for (let node: SyntaxNode | null = container; node?.parent; node = node.parent) {
    const { parent } = node;
    if (parent.name === "Property") {
      const name = parent.getChild("PropertyName");
      if (name) path.unshift(unquoted(state, name));
    } else if (parent.name === "Array") {
      let index = 0;
      for (let before = node.prevSibling; before; before = before.prevSibling) if (/^[A-Z]/.test(before.name)) index++;
      path.unshift(index);
    }
  }
  return path;
}

/** The node of a value, or with `name` that of its name; of the nearest that there is. */
function nodeAt(state: EditorState, path: Path, name: boolean): SyntaxNode {
  let node = syntaxTree(state).topNode.firstChild ?? syntaxTree(state).topNode;
  for (const [i, part] of path.entries()) {
    let next: SyntaxNode | undefined;
    if (typeof part === "number") {
      let child = node.firstChild;
      let index = -1;
      for (; child; child = child.nextSibling) if (/^[A-Z]/.test(child.name) && ++index === part) break;
      next = child ?? undefined;
    } else {
      const property = node.getChildren("Property").find((one) => unquoted(state, one.getChild("PropertyName") ?? one) === part);
      const key = property?.getChild("PropertyName");
      next = (name && i === path.length - 1 ? key : property?.lastChild) ?? key ?? undefined;
    }
    if (next === undefined) break;
    node = next;
  }
  return node;
}

// ---- completion

/** What may stand inside the quotes of a name or a value. */
const INSIDE = /^[^\s"{}[\],:]*$/;

export function complete({ state, pos, explicit }: CompletionContext): CompletionResult | null {
  const word = state.sliceDoc(0, pos).match(/"?[^\s"{}[\],:]*$/)?.[0] ?? "";
  if (word === "" && !explicit) return null;
  const start = pos - word.length;
  const before = state.sliceDoc(0, start).trimEnd();
  const mark = before.at(-1);
  const container = containerAt(state, before.length);
  if (container === undefined) return null;
  const from = word.startsWith('"') ? start + 1 : start;
  const to = pos + (/^[^\s"{}[\],:]*/.exec(state.sliceDoc(pos))?.[0].length ?? 0);
  const result = (options: Completion[]): CompletionResult => ({ from, to, options, validFor: INSIDE });
  const path = pathOf(state, container);

  if (container.name === "Object" && (mark === "{" || mark === ",")) {
    return result(names(state, container, path, start, /^"?\s*:/.test(state.sliceDoc(to))));
  }
  if (container.name === "Array" && (mark === "[" || mark === ",")) return result(values(schemaAt([...path, 0])));
  const name = /("(?:[^"\\]|\\.)*")\s*:$/.exec(before)?.[1];
  return name === undefined ? null : result(values(schemaAt([...path, JSON.parse(name) as string])));
}

/** Writes a name or a value with its quotes, in place of those that are there. */
function writes(template: string): Completion["apply"] & object {
  return (view, completion, from, to) => {
    const quote = (at: number): boolean => view.state.sliceDoc(at, at + 1) === '"';
    const opened = quote(from - 1);
    snippet(template)(view, completion, opened ? from - 1 : from, opened && quote(to) ? to + 1 : to);
  };
}

/** The innermost object or list that is open at a place. */
function containerAt(state: EditorState, pos: number): SyntaxNode | undefined {
  for (let node: SyntaxNode | null = syntaxTree(state).resolveInner(pos, -1); node; node = node.parent) {
    if (node.name === "Object" || node.name === "Array") return node;
  }
  return undefined;
}

function names(state: EditorState, container: SyntaxNode, path: Path, from: number, hasValue: boolean): Completion[] {
  const schema = schemaAt(path);
  if (schema === undefined) return [];
  const others = container.getChildren("Property").filter((one) => one.from !== from);
  const taken = new Set(others.map((one) => unquoted(state, one.getChild("PropertyName") ?? one)));
  const free = Object.entries(schema.properties ?? {}).map(([name, part]): [string, Schema, string] => [name, resolved(part), ""]);
  const inDetectors = path.length === 1 && path[0] === "detectors";
  const ids = inDetectors ? settable.map((id): [string, Schema, string] => [id, member(schema, id) ?? {}, about(id)]) : [];
  return [...free, ...ids]
    .filter(([name]) => !taken.has(name))
    .map(([name, part, said]) => {
      const quoted = JSON.stringify(name).replace(/[\\{}$#]/g, "\\$&");
      return {
        label: name,
        type: inDetectors ? "constant" : "property",
        info: () => h("div", {}, ...prose(said === "" ? (part.description ?? "") : said), ...example(name, inDetectors)),
        apply: writes(hasValue ? quoted : `${quoted}: ${stub(part)}`),
      };
    });
}

function example(id: string, inDetectors: boolean): Node[] {
  const text = inDetectors ? detector(id)?.example : undefined;
  return text ? [h("p", {}, h("code", {}, text))] : [];
}

/** What is written for a value that is still to come. */
function stub(schema: Schema): string {
  if (schema.oneOf !== undefined) return '"${}"';
  return { object: "{${}}", array: "[${}]", string: '"${}"' }[typeOf(schema) ?? ""] ?? "${}";
}

function values(schema: Schema | undefined): Completion[] {
  return choices(schema ?? {}).map(({ const: value, description }) => ({
    label: value,
    type: "enum",
    info: () => h("div", {}, ...prose(description)),
    apply: writes(JSON.stringify(value)),
  }));
}

// ---- explanation

export function explainName(view: EditorView, pos: number, side: -1 | 1): Tooltip | null {
  const node = syntaxTree(view.state).resolveInner(pos, side);
  if (node.name !== "PropertyName" || node.parent?.parent == null) return null;
  const name = unquoted(view.state, node);
  const path = pathOf(view.state, node.parent.parent);
  const inDetectors = path.length === 1 && path[0] === "detectors";
  const said = inDetectors ? about(name) : (schemaAt([...path, name])?.description ?? "");
  if (said === "") return null;
  const create = () => ({ dom: h("div", { class: "explanation" }, ...prose(said), ...example(name, inDetectors)) });
  return { pos: node.from, end: node.to, create };
}

// ---- checks

interface Issue {
  path: Path;
  /** Is it the name that is wrong? */
  name: boolean;
  message: string;
}

/** What the schema has against a value. */
export function check(value: unknown, schema: Schema = root, path: Path = []): Issue[] {
  const issue = (message: string, at: Path = path, name = false): Issue[] => [{ path: at, name, message }];
  const known = resolved(schema);
  if (known.oneOf !== undefined) {
    const allowed = choices(known).map((one) => one.const);
    return allowed.includes(value as string) ? [] : issue(`One of ${allowed.map((one) => JSON.stringify(one)).join(", ")}`);
  }
  const nullable = [schema.type].flat().includes("null") || schema.anyOf?.some((part) => part.type === "null");
  if (value === null && nullable) return [];
  switch (typeOf(known)) {
    case "string":
      return typeof value === "string" ? [] : issue("A text is wanted here");
    case "integer":
      if (!Number.isInteger(value)) return issue("A whole number is wanted here");
      return (value as number) < (known.minimum ?? -Infinity) ? issue(`At least ${known.minimum}`) : [];
    case "array":
      if (!Array.isArray(value)) return issue("A list is wanted here");
      return value.flatMap((part, i) => check(part, known.items, [...path, i]));
    case "object": {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return issue("An object is wanted here");
      const missing = (known.required ?? []).filter((name) => !(name in value)).flatMap((name) => issue(`\`${name}\` is missing`));
      const parts = Object.entries(value).flatMap(([name, part]) => {
        const inner = member(known, name);
        return inner === undefined ? issue("There is no such field", [...path, name], true) : check(part, inner, [...path, name]);
      });
      return [...missing, ...parts];
    }
  }
  return [];
}

/** What is wrong in the editor's text: by the schema, and what the engine refused. */
export function diagnose(state: EditorState, value: unknown, refusal: Refusal | undefined): Diagnostic[] {
  const bySchema = check(value).map((one): Diagnostic => ({ ...range(nodeAt(state, one.path, one.name)), severity: "error", source: "schema", message: one.message }));
  if (refusal === undefined) return bySchema;
  const path = enginePath(value, refusal.path);
  const name = refusal.code.startsWith("policy.unknown");
  const byEngine: Diagnostic = { ...range(nodeAt(state, path, name)), severity: "error", source: refusal.code, message: reason(refusal) };
  return [byEngine, ...bySchema.filter((one) => one.from !== byEngine.from)];
}

const range = ({ from, to }: SyntaxNode): { from: number; to: number } => ({ from, to });

/** A refusal's own words, without the code and the path that stand before them. */
export const reason = ({ message }: Refusal): string => message.replace(/^.*?: /, "");

/** The engine's path, such as `custom[0].id` or `detectors.contact.email`, whose names may have dots of their own. */
function enginePath(value: unknown, text: string): Path {
  if (text === "" || typeof value !== "object" || value === null) return [];
  const index = /^\[(\d+)\]\.?/.exec(text);
  if (index !== null && Array.isArray(value)) return [Number(index[1]), ...enginePath(value[Number(index[1])], text.slice(index[0].length))];
  const name = Object.keys(value)
    .filter((key) => text.startsWith(key) && /^$|^[.[]/.test(text.slice(key.length)))
    .sort((a, b) => b.length - a.length)[0];
  if (name === undefined) return [];
  return [name, ...enginePath((value as Record<string, unknown>)[name], text.slice(name.length).replace(/^\./, ""))];
}
