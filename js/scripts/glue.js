// Turns wasm-bindgen's glue for the web into a function that makes one instance. As it comes, the glue keeps its instance in a
// module variable for ever; after a trap there would be no way to a fresh one.

const LOADING = "async function __wbg_load(";
/**
 * Objects are freed by the collector alone and given by this package alone, nobody asks for the instance, and every engine that has
 * WebAssembly has `encodeInto`.
 */
const UNUSED = [
  /^if \(Symbol\.dispose\) .*\n/gm,
  /^    (__destroy_into_raw|free)\(\) \{\n[^]*?^    \}\n/gm,
  /, unregister: \(\) => \{\}/g,
  / [*/] 1\b/g,
  /^    wasm(Instance|Module) = .*\n/gm,
  /\bwasmModule, wasmInstance, /,
  /^ *_assertClass\(.*\n/gm,
  /^function _assertClass\(.*\n[^]*?^\}\n/m,
  /^if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n[^]*?^\}\n/m,
];

/** For hosts without it; those that have WebAssembly with SIMD have it. */
const NO_REGISTRY = /\(typeof FinalizationRegistry === 'undefined'\)\n.*\n\s*: (?=new FinalizationRegistry)/g;

/** Of the two ways in which a text gets in, the shorter: few do, as those of logs go another way. */
const TEXT = /^    if \(realloc === undefined\) (\{\n[^]*?^    \}\n)[^]*?^\}\n/m;

/**
 * The glue of the engine as WebAssembly.
 *
 * @param {string} glue text of the module that wasm-bindgen wrote
 * @param {readonly string[]} classes those that the package uses
 * @param {{imports: [module: string, name: string, short: string][], exports: [name: string, short: string][]}} names as wasm-opt
 * gave new ones to imports and exports; those of modules all became `a`
 * @returns {string} text of a module that exports `instantiate(module)`
 */
export function makeGlue(glue, classes, { imports, exports }) {
  let code = replaced(body(glue, classes), NO_REGISTRY, "");
  for (const [, name, short] of imports) code = replaced(code, new RegExp(`\\b${name}(?=: function)`), () => short);
  code = replaced(code, /"\.\/scrubline_bg\.js"(?=: import0)/, "a");
  code = `export function instantiate(module) {
${code}
__wbg_finalize_init(new WebAssembly.Instance(module, __wbg_get_imports()));
return { ${classes.join(", ")}, memory: wasm.memory, moves: 0 };
}
`;
  const short = new Map(exports);
  return code.replace(/(?<=\bwasm\.)\w+/g, (name) => {
    if (!short.has(name)) throw new Error(`the engine has no export ${name}`);
    return short.get(name);
  });
}

/**
 * The engine as JavaScript, with its glue.
 *
 * @param {string} glue as above
 * @param {readonly string[]} classes as above
 * @param {string} engine text of the module that wasm2js wrote
 * @returns {string} text of a module that exports `instantiate(TextEncoder, TextDecoder)`
 */
export function makePortable(glue, classes, engine) {
  let code = replaced(engine, /^import [^\n]*\n/, "");
  code = replaced(code, /\nvar retasmFunc = [^]*/, "\nreturn asmFunc(imports);\n");
  // Growing copies the memory, and the allocator asks for a little more at a time: so it gets room for twice as much. Views of
  // the memory of before stay as they are, where those of WebAssembly are detached; so who holds one is told.
  code = replaced(code, /var buffer = new ArrayBuffer\((\d+)\);/, "$& pages = $1 / 65536;");
  code = replaced(code, /return buffer\.byteLength >> 16;/, "return pages;");
  const room = "pages = newPages; if (pages * 65536 <= buffer.byteLength) return oldPages;";
  code = replaced(code, /var newBuffer = new ArrayBuffer\(newPages << 16\);/, `${room} var newBuffer = new ArrayBuffer(Math.min(2 * pages, 65535) * 65536);`);
  code = replaced(code, /\bbuffer = newBuffer;/, "$& moves++; cachedDataViewMemory0 = cachedUint8ArrayMemory0 = null;");
  return `export function instantiate(TextEncoder, TextDecoder) {
let moves = 0, pages;
${body(glue, classes)}
__wbg_finalize_init({ exports: engine(__wbg_get_imports()) });
return { ${classes.join(", ")}, memory: wasm.memory, get moves() { return moves; } };
function engine(imports) {
${code}}
}
`;
}

function body(glue, classes) {
  const end = glue.indexOf(LOADING);
  if (end < 0) throw new Error("wasm-bindgen's glue has changed: nothing begins its loading");
  const kept = stripComments(glue.slice(0, end)).replace(/^export class/gm, "class");
  if (/\b(export|import)\b/.test(kept)) throw new Error("wasm-bindgen's glue has changed: it exports or imports more than classes");
  for (const name of classes) if (!kept.includes(`class ${name} `)) throw new Error(`the engine has no class ${name}`);
  return UNUSED.reduce((code, pattern) => replaced(code, pattern, ""), replaced(kept, TEXT, "$1}\n"));
}

function replaced(text, pattern, by) {
  if (!pattern.test(text)) throw new Error(`the tools write something else: there is no ${pattern}`);
  return text.replace(pattern, by);
}

/** Whole-line comments, which are a third of the glue. */
function stripComments(text) {
  return text.replace(/^\s*\/\*[\s\S]*?\*\/\s*?\n/gm, "").replace(/^\s*\/\/.*\n/gm, "");
}
