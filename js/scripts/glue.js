// Turns wasm-bindgen's glue for the web into a function that makes one instance. As it comes, the glue keeps its instance in a
// module variable for ever; after a trap there would be no way to a fresh one.

const LOADING = "async function __wbg_load(";

/**
 * @param {string} glue text of the module that wasm-bindgen wrote
 * @param {readonly string[]} classes those that the package uses
 * @returns {string} text of a module that exports `instantiate`
 */
export function makeGlue(glue, classes) {
  const end = glue.indexOf(LOADING);
  if (end < 0) throw new Error("wasm-bindgen's glue has changed: nothing begins its loading");
  const body = stripComments(glue.slice(0, end)).replace(/^export class/gm, "class");
  if (/\b(export|import)\b/.test(body)) throw new Error("wasm-bindgen's glue has changed: it exports or imports more than classes");
  for (const name of classes) if (!body.includes(`class ${name} `)) throw new Error(`the engine has no class ${name}`);
  return `export function instantiate(module) {
${body}
__wbg_finalize_init(new WebAssembly.Instance(module, __wbg_get_imports()), module);
return { ${classes.join(", ")}, memory: wasm.memory };
}
`;
}

/** Whole-line comments, which are a third of the glue. */
function stripComments(text) {
  return text.replace(/^\s*\/\*[\s\S]*?\*\/\s*?\n/gm, "").replace(/^\s*\/\/.*\n/gm, "");
}
