// Runs every vector against the npm package.
//
// SCRUBLINE_VECTOR=part-of-a-name runs only the cases whose name holds that part. SCRUBLINE_JS names another build: a
// package folder, as an installed tarball is one. The format is described in tests/README.md.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const vectors = join(here, "..", "vectors");
const folder = resolve(process.env.SCRUBLINE_JS ?? join(here, "..", "..", "js"));
const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const { Formatter, Redactor, businessEvent, configureEvents, performanceEvent, ready, securityEvent } = await import(pathToFileURL(join(folder, exports["."].node.default)));
await ready;

const filter = process.env.SCRUBLINE_VECTOR ?? "";
const SECONDS = 60;
const common = ["name", "note", "hosts", "requires", "policy", "key_hex", "known_values", "pseudonym"];
const parts = {
  text: ["input", "output", "absent", "present", "finishes", "findings"],
  json: ["input", "output", "absent", "present", "finishes"],
  value: ["input", "output"],
  event: ["record", "options", "output", "absent", "present"],
  options: ["options", "error", "ok"],
  plan: ["options", "event", "plan", "error"],
  policy: ["json", "toml", "error", "ok"],
  stream: ["input", "output", "absent", "present", "parts", "flushed"],
  matrix: ["places", "values"],
  explain: ["input", "candidates"],
};

const manifest = JSON.parse(readFileSync(join(vectors, "MANIFEST.json"), "utf8"));
const files = new Map();
for (const entry of readdirSync(vectors, { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  for (const name of readdirSync(join(vectors, entry.name))) {
    if (name.endsWith(".json")) files.set(`${entry.name}/${name}`, JSON.parse(readFileSync(join(vectors, entry.name, name), "utf8")));
  }
}
let ran = 0;

test("the manifest is true", () => {
  const counts = Object.fromEntries([...files].map(([path, file]) => [path, file.cases.length]));
  assert.deepEqual(counts, manifest, "run tests/vectors/manifest.py after a change");
});

test("names are unique", () => {
  const names = [...files.values()].flatMap((file) => file.cases.map((one) => one.name));
  assert.equal(new Set(names).size, names.length);
});

// Lines of logs with nothing sensitive in them come out as they went in: each alone, and a file as a whole.
test("the corpus stays as it is", () => {
  const corpus = join(here, "..", "corpus");
  const redactor = new Redactor();
  const counts = {};
  const changed = [];
  for (const name of readdirSync(join(corpus, "lines")).sort()) {
    const text = readFileSync(join(corpus, "lines", name), "utf8");
    const lines = text.replace(/\n$/, "").split("\n");
    counts[name] = lines.length;
    changed.push(...lines.filter((line) => redactor.redact(line) !== line || redactor.redactJson(line) !== line).map((line) => `${name}: ${line}`));
    if (redactor.redact(text) !== text) changed.push(`${name} as a whole`);
  }
  assert.deepEqual(counts, JSON.parse(readFileSync(join(corpus, "MANIFEST.json"), "utf8")), "run tests/corpus/generate.py after a change");
  assert.deepEqual(changed, []);
});

for (const [path, file] of files) {
  test(path, async (t) => {
    for (const one of file.cases.filter(({ name }) => name.includes(filter))) {
      await t.test(one.name, async () => {
        ran += 1;
        const known = [...common, ...parts[file.kind]];
        assert.deepEqual(Object.keys(one).filter((part) => !known.includes(part)), [], "parts that this runner does not know");
        const started = performance.now();
        if (one.requires?.includes("regex") && !hasRegex()) refuses(one, { code: "policy.regex_unavailable" });
        else if ((one.hosts ?? ["javascript"]).includes("javascript")) await run[file.kind](one);
        assert.ok(performance.now() - started < SECONDS * 1000, "too slow");
      });
    }
  });
}

test("every case ran", () => {
  const all = Object.values(manifest).reduce((sum, count) => sum + count, 0);
  assert.ok(filter === "" ? ran === all : ran > 0, `ran ${ran} of ${all} cases`);
});

// Calls by kind

const run = {
  async text(one) {
    const redactor = redactorOf(one);
    if (one.input.hex !== undefined) {
      const output = await streamed(redactor, [text(one.input)]);
      return checkOutput(one, output);
    }
    const source = text(one.input);
    const output = redactor.redact(source);
    checkOutput(one, output);
    if (one.findings !== undefined) {
      const found = redactor.findings(source).map(({ detector, start, end, action }) => ({ detector, start, end, action }));
      assert.deepEqual(found, one.findings.map((f) => inUnits(source, f)));
    }
    explained(redactor, source);
    assert.equal(redactor.redact(output), output, "redacted again");
    const bytes = new TextEncoder().encode(source);
    const whole = output.toWellFormed?.() ?? output;
    for (const pieces of splits(bytes)) assert.equal(decode(await streamed(redactor, pieces)), whole, "stream");
  },

  explain(one) {
    const redactor = redactorOf(one);
    const source = text(one.input);
    const candidates = redactor.explain(source).map(({ detector, start, end, step, why, action }) => ({ detector, start, end, step, why, action }));
    assert.deepEqual(candidates, one.candidates.map((c) => inUnits(source, { action: null, ...c })));
    explained(redactor, source);
  },

  json(one) {
    const redactor = redactorOf(one);
    const output = redactor.redactJson(text(one.input));
    checkOutput(one, output);
    assert.equal(redactor.redactJson(output), output, "redacted again");
  },

  value(one) {
    const redactor = redactorOf(one);
    const source = build(one.input);
    const before = plain(build(one.input));
    const expected = plain(build(one.output));
    const output = redactor.redactValue(source);
    assert.deepEqual(plain(output), expected);
    assert.deepEqual(plain(source), before, "the caller's object was changed");
    if (JSON.stringify(before) === JSON.stringify(expected)) assert.ok(Object.is(output, source), "the same object");
    assert.deepEqual(plain(redactor.redactValue(output)), expected, "redacted again");
  },

  event(one) {
    checkOutput(one, new Formatter({ redactor: redactorOf(one), ...one.options }).format(build(one.record)));
  },

  options(one) {
    if (one.ok) return void new Formatter(one.options);
    refused(() => new Formatter(one.options), one.error);
  },

  plan(one) {
    if (one.event === undefined) return refused(() => configureEvents(one.options), one.error);
    configureEvents(one.options);
    const [kind, ...values] = one.event;
    const helper = { business: businessEvent, security: securityEvent, performance: performanceEvent }[kind];
    const { event_kind, event_type, level, logger, loggers, message } = helper(...values);
    assert.deepEqual({ event_type, level, loggers, message }, one.plan);
    assert.deepEqual([event_kind, logger], [kind, loggers[0]]);
    configureEvents();
  },

  policy(one) {
    if (one.ok) return void redactorOf(one);
    refuses(one, one.error);
  },

  matrix(one) {
    const redactor = redactorOf(one);
    const pairs = one.places.flatMap((place) => one.values.map((pair) => pair.map((middle) => place.split("{}").join(middle))));
    assert.ok(pairs.length > 0);
    assert.deepEqual(pairs.map(([source]) => redactor.redact(source)), pairs.map(([, expected]) => expected));
  },

  async stream(one) {
    const redactor = redactorOf(one);
    const source = text(one.input);
    const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
    const whole = await streamed(redactor, [bytes]);
    checkOutput(one, typeof source === "string" ? decode(whole) : whole);
    for (const pieces of splits(bytes)) assert.deepEqual(await streamed(redactor, pieces), whole);
    if (typeof source === "string") {
      const pieces = [...source];
      assert.equal((await collected(redactor, pieces)).join(""), decode(whole), "code point by code point");
      assert.equal((await collected(redactor, source.split(""))).join(""), decode(whole), "unit by unit");
    }
    assert.equal((one.parts ?? []).length, (one.flushed ?? []).length);
    if (one.parts === undefined) return;
    const stream = redactor.stream();
    const writer = stream.writable.getWriter();
    let out = "";
    const reading = (async () => {
      for await (const chunk of stream.readable) out += chunk;
    })();
    for (const [i, part] of one.parts.entries()) {
      await writer.write(text(part));
      await new Promise((done) => setTimeout(done, 5));
      if (one.flushed[i] !== null) assert.equal(out, one.flushed[i], `after part ${i + 1}`);
    }
    await writer.close();
    await reading;
  },
};

// Parts of the format

/** Offsets of a vector, which are bytes, in UTF-16 units. */
function inUnits(source, place) {
  const unit = (offset) => new TextDecoder().decode(new TextEncoder().encode(source).slice(0, offset)).length;
  return { ...place, start: unit(place.start), end: unit(place.end) };
}

/** What is accepted is what is found. */
function explained(redactor, source) {
  if (source.length > 20_000) return;
  const candidates = redactor.explain(source);
  const of = ({ detector, start, end, length_class, action }) => ({ detector, start, end, length_class, action });
  assert.deepEqual(candidates.filter((one) => one.accepted).map(of), redactor.findings(source).map(of));
  assert.ok(candidates.every((one) => !("value" in one)));
}

function redactorOf(one) {
  const key = one.key_hex === undefined ? undefined : fromHex(one.key_hex);
  return new Redactor(one.policy, { key, knownValues: one.known_values });
}

function hasRegex() {
  try {
    new Redactor({ custom: [{ id: "custom.probe", regex: "probe1" }] });
    return true;
  } catch (error) {
    if (error.code !== "policy.regex_unavailable") throw error;
    return false;
  }
}

function refuses(one, expected) {
  refused(() => redactorOf(one), expected);
}

function refused(make, expected) {
  assert.throws(make, (error) => {
    assert.equal(error.code, expected.code);
    if (expected.path !== undefined) assert.equal(error.path, expected.path);
    return true;
  });
}

function fromHex(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function text(form) {
  if (typeof form === "string") return form;
  if (form.hex !== undefined) return fromHex(form.hex);
  if (form.utf16 !== undefined) return String.fromCharCode(...form.utf16);
  if (form.repeat !== undefined) return form.repeat.repeat(form.times);
  return form.concat.map(text).join("");
}

const decode = (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
const latin1 = (bytes) => Buffer.from(bytes).toString("latin1");

function checkOutput(one, output) {
  assert.ok(["output", "absent", "present", "finishes"].some((part) => part in one), "the case expects nothing");
  if ("output" in one) {
    const expected = text(one.output);
    // assert prints both sides: a megabyte of them helps nobody
    if (typeof expected === "string" && expected.length > 5000) assert.ok(output === expected, "output");
    else assert.deepEqual(output, expected);
  }
  const shown = typeof output === "string" ? output : latin1(output);
  for (const piece of one.absent ?? []) assert.ok(!shown.includes(piece), `still has ${piece}: ${shown.slice(0, 500)}`);
  for (const piece of one.present ?? []) assert.ok(shown.includes(piece), `misses ${piece}: ${shown.slice(0, 500)}`);
}

function* splits(bytes) {
  const sizes = bytes.length > 50_000 ? [65_537] : bytes.length > 5_000 ? [997] : [1, 7, Math.max(1, bytes.length)];
  for (const size of sizes) {
    const pieces = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
    yield pieces;
  }
}

async function collected(redactor, pieces) {
  const stream = redactor.stream();
  const writer = stream.writable.getWriter();
  const writing = (async () => {
    for (const piece of pieces) await writer.write(piece);
    await writer.close();
  })();
  const out = [];
  for await (const chunk of stream.readable) out.push(chunk);
  await writing;
  return out;
}

async function streamed(redactor, pieces) {
  return new Uint8Array(Buffer.concat(await collected(redactor, pieces)));
}

// A live value of the `$` forms; `around` holds the containers, innermost first.
function build(form, around = [], shared = new Map()) {
  if (Array.isArray(form)) {
    const items = [];
    for (const item of form) items.push(build(item, [items, ...around], shared));
    return items;
  }
  if (form === null || typeof form !== "object") return form;
  if ("$bigint" in form) return BigInt(form.$bigint);
  if ("$number" in form) return { nan: NaN, inf: Infinity, "-inf": -Infinity, "-0": -0 }[form.$number];
  if ("$bytes" in form) return fromHex(form.$bytes);
  if ("$cycle" in form) return around[form.$cycle - 1];
  if ("$shared" in form) {
    if ("value" in form) shared.set(form.$shared, build(form.value, around, shared));
    return shared.get(form.$shared);
  }
  if ("$deep" in form) {
    let deep = build(form.leaf);
    for (let level = 0; level < form.$deep; level += 1) deep = form.of === "map" ? { a: deep } : [deep];
    return deep;
  }
  const entries = {};
  for (const [key, item] of Object.entries(form)) {
    assert.ok(!key.startsWith("$"), key);
    // __proto__ is a key like any other here
    Object.defineProperty(entries, key, { value: build(item, [entries, ...around], shared), enumerable: true, writable: true, configurable: true });
  }
  return entries;
}

// A flat list of types, keys and scalars in order, so that values of any depth compare without recursion.
function plain(value) {
  const flat = [];
  const todo = [[value, []]];
  while (todo.length > 0) {
    const [item, around] = todo.pop();
    const inside = [item, ...around].slice(0, 10);
    if (item !== null && typeof item === "object" && around.includes(item)) flat.push("cycle");
    else if (Array.isArray(item)) {
      flat.push(`list ${item.length}`);
      for (let i = item.length - 1; i >= 0; i -= 1) todo.push([item[i], inside]);
    } else if (item instanceof Uint8Array) flat.push(`bytes ${latin1(item)}`);
    else if (item !== null && typeof item === "object") {
      flat.push(`map ${JSON.stringify(Object.keys(item))}`);
      for (const child of Object.values(item).reverse()) todo.push([child, inside]);
    } else flat.push(`${item === null ? "null" : typeof item} ${Object.is(item, -0) ? "-0" : String(item)}`);
  }
  return flat;
}
