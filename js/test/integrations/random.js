// Random values with secrets planted in them, for what every integration promises: it does not throw, does not change what it is
// given, and lets no planted secret out. The same ones every
// time; SCRUBLINE_FUZZ sets the number of runs, and asks for others.
import assert from "node:assert/strict";
import { inspect } from "node:util";

import { describe } from "../describe.js";
import { tool } from "../tools.js";

const fc = tool("fast-check");
export { fc };

const { SCRUBLINE_FUZZ, SCRUBLINE_SEED } = process.env;
const numRuns = Number(SCRUBLINE_FUZZ ?? 2000);
const seed = Number(SCRUBLINE_SEED ?? (SCRUBLINE_FUZZ === undefined ? 99_991 : Date.now() % 2 ** 31));

/** Made up, and each found wherever it stands by itself. */
export const SECRETS = ["ana.planted@example.com", "4111111111111111", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "planted-hunter2"];
const texts = fc.constantFrom("ana.planted@example.com", "card 4111111111111111", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "password=planted-hunter2", '{"password": "planted-hunter2"}', "50% of ana.planted@example.com");
const planted = fc.oneof(texts, fc.record({ password: fc.constant("planted-hunter2") }), texts.map((text) => new Error(text)), texts.map((text) => new Map([["a", text]])),
  // what only a console or a method shows
  texts.map((text) => Object.assign(() => 1, { a: text })), texts.map((text) => Promise.resolve(text)), texts.map((text) => new Map([["a", text]]).entries()),
  texts.map((text) => ({ toString: () => text })), texts.map((text) => Object.assign(new Error("x"), { toJSON: () => ({ a: text }) })));
const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withNullPrototype: true, withObjectString: true, withBoxedValues: true, maxDepth: 2 });
const hostile = fc.constantFrom(
  { toJSON() { throw new Error("no"); } },
  { toString() { throw new Error("no"); } },
  // fast-check must be able to name it
  new Proxy({}, { ownKeys() { throw new Error("no"); }, has: (_, key) => key === fc.toStringMethod, get(_, key) { if (key === fc.toStringMethod) return () => "a hostile proxy"; throw new Error("no"); } }),
  Object.freeze({ a: Object.freeze(["ana.planted@example.com"]) }),
  (() => { const cycle = { to: "ana.planted@example.com" }; cycle.self = cycle; return cycle; })(),
  Symbol("planted"), undefined, null, NaN, -0, () => undefined,
);

/** Any value: random, hostile, or with a secret in it. */
export const value = fc.oneof({ weight: 3, arbitrary: planted }, { weight: 3, arbitrary: anything }, { weight: 1, arbitrary: hostile },
  { weight: 2, arbitrary: fc.dictionary(fc.string(), fc.oneof(planted, anything), { maxKeys: 4 }) },
  { weight: 1, arbitrary: fc.array(fc.oneof(planted, anything), { maxLength: 4 }) });

/** Text: any, or with a secret. */
export const text = fc.oneof(texts, fc.string());

/** The same as a format: a value that is glued to a word is part of it, as in every message. */
export const format = text.map((any) => any.replace(/%[sdifjoO]/g, " $& "));

/** Asserts for many random arguments that no planted secret comes out, and that nothing given changes. `body` answers all that came out. */
export async function keepsSecrets(arbitraries, body) {
  await fc.assert(
    fc.asyncProperty(...arbitraries, async (...args) => {
      const before = safely(args);
      const out = await body(...args);
      assert.equal(safely(args), before, "what was given has changed");
      const shown = typeof out === "string" ? out : seen(out);
      for (const secret of SECRETS) assert.ok(!shown.includes(secret), `${secret} came out: ${shown.slice(0, 2000)}`);
    }),
    { numRuns, seed, includeErrorInReport: true },
  );
}

/** Everything that can be seen of a value. */
export function seen(out) {
  return inspect(out, { depth: 12, maxArrayLength: null, maxStringLength: null, breakLength: Infinity });
}

function safely(args) {
  return args.map((arg) => {
    try {
      return describe(arg);
    } catch (error) {
      return `unreadable: ${error.message}`;
    }
  }).join("\n");
}
