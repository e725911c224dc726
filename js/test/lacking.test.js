// A host that has neither TextEncoder, TextDecoder nor structuredClone, as React Native's: the package brings what it needs.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import * as native from "scrubline";

import { packageFolder, tool } from "./tools.js";

const fc = tool("fast-check");
const LACKING = ["TextEncoder", "TextDecoder", "structuredClone"];

async function load() {
  const kept = LACKING.map((name) => [name, globalThis[name]]);
  for (const name of LACKING) delete globalThis[name];
  try {
    const bare = await import(`${pathToFileURL(join(packageFolder, "dist", "entry", "js.js"))}?bare`);
    new bare.Redactor().redact("a first call makes the engine");
    return bare;
  } finally {
    Object.assign(globalThis, Object.fromEntries(kept));
  }
}

const bare = await load();
const unit = fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0xd7f0, max: 0xe010 }), fc.integer({ min: 0, max: 0xffff }));
const texts = fc.array(unit, { maxLength: 60 }).map((units) => String.fromCharCode(...units));
/** Mostly bytes that begin or go on with a character. */
const byte = fc.oneof(fc.integer({ min: 0x7e, max: 0xff }), fc.constantFrom(0x80, 0x9f, 0xa0, 0xbf, 0xc2, 0xe0, 0xed, 0xf0, 0xf4), fc.integer({ min: 0, max: 0xff }));
const bytes = fc.array(byte, { maxLength: 60 }).map((all) => Uint8Array.from(all));

test("text goes in and comes out the same", () => {
  const [ours, theirs] = [new bare.Redactor(), new native.Redactor()];
  fc.assert(
    fc.property(texts, (text) => assert.equal(ours.redact(`${text} ana@example.com`), theirs.redact(`${text} ana@example.com`))),
    { numRuns: 5000 },
  );
  const long = "é漢😀a".repeat(20_000);
  assert.equal(ours.redact(`${long} ana@example.com`), `${long} ***@example.com`);
});

test("bytes that may be no text come out the same", () => {
  const [ours, theirs] = [new bare.Formatter(), new native.Formatter()];
  fc.assert(
    fc.property(bytes, (message) => assert.equal(ours.format({ message }), theirs.format({ message }))),
    { numRuns: 20_000 },
  );
});

test("in streams, cut anywhere", async () => {
  const through = async ({ Redactor }, pieces) => {
    const stream = new Redactor().stream();
    const writer = stream.writable.getWriter();
    const written = Promise.all(pieces.map((piece) => writer.write(piece))).then(() => writer.close());
    let out = "";
    for await (const piece of stream.readable) out += piece;
    await written;
    return out;
  };
  const text = "é漢😀 to ana@example.com\n😀";
  for (let cut = 0; cut <= text.length; cut++) {
    const pieces = [text.slice(0, cut), text.slice(cut)];
    assert.equal(await through(bare, pieces), await through(native, pieces), String(cut));
  }
});

test("a broken instance is replaced, and its counts are kept", () => {
  const redactor = new bare.Redactor();
  redactor.redact("to ana@example.com");
  const { fromCharCode } = String;
  String.fromCharCode = () => {
    String.fromCharCode = fromCharCode;
    throw new RangeError("no room");
  };
  try {
    assert.equal(redactor.redact("to ana@example.com"), "[REDACTED:error]");
  } finally {
    String.fromCharCode = fromCharCode;
  }
  assert.equal(redactor.redact("to ana@example.com"), "to ***@example.com");
  assert.ok(redactor.report().detectors["contact.email"].partial >= 2);
});
