// Runs the vectors against the npm package in any host: it imports nothing. The format is described in tests/README.md.
// vectors.test.mjs runs them in Node, js/packaging in every other runtime and from every bundler.

/** Milliseconds that a case may take, unless a host is known to be slower. */
let patience = 60_000;
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

/** The package under test. */
let api;
/** A redactor of the default policy, as most cases ask for: where no compiler runs, to build one takes as long as a hundred lines. */
let usual;

/** Takes the module of the package under test. */
export function use(scrubline) {
  api = scrubline;
  usual = undefined;
}

/**
 * Runs everything that vectors.mjs reads; a case may take so many `seconds`.
 *
 * @returns the numbers of cases and of lines that ran, and what failed
 */
export async function runAll(scrubline, { manifest, files, corpus }, seconds = 60) {
  use(scrubline);
  patience = seconds * 1000;
  const failures = [];
  const attempt = async (name, body) => {
    try {
      return await body();
    } catch (error) {
      failures.push(`${name}: ${error?.message ?? error}`);
      return 0;
    }
  };
  let cases = 0;
  for (const { kind, cases: all } of Object.values(files)) {
    for (const one of all) {
      cases += 1;
      await attempt(one.name, () => runOne(kind, one));
    }
  }
  await attempt("manifest", () => checkManifest(files, manifest));
  return { cases, lines: await attempt("corpus", () => runCorpus(corpus)), failures };
}

/** Throws where a file is lost, or a case of it. */
export function checkManifest(files, manifest) {
  equal(Object.fromEntries(Object.entries(files).map(([path, file]) => [path, file.cases.length])), manifest, "run tests/vectors/manifest.py after a change");
}

/** Throws what is wrong with one case. */
export async function runOne(kind, one) {
  const known = [...common, ...parts[kind]];
  equal(Object.keys(one).filter((part) => !known.includes(part)), [], "parts that this runner does not know");
  const started = performance.now();
  if (one.requires?.includes("regex") && !hasRegex()) refuses(one, { code: "policy.regex_unavailable" });
  else if ((one.hosts ?? ["javascript"]).includes("javascript")) await run[kind](one);
  ok(performance.now() - started < patience, "too slow");
}

/** Lines of logs with nothing sensitive in them come out as they went in, each alone and a file as a whole. Answers their number. */
export function runCorpus({ manifest, files }) {
  const redactor = new api.Redactor();
  const counts = {};
  const changed = [];
  for (const [name, text] of Object.entries(files)) {
    const lines = text.replace(/\n$/, "").split("\n");
    counts[name] = lines.length;
    changed.push(...lines.filter((line) => redactor.redact(line) !== line || redactor.redactJson(line) !== line).map((line) => `${name}: ${line}`));
    if (redactor.redact(text) !== text) changed.push(`${name} as a whole`);
  }
  equal(counts, manifest, "run tests/corpus/generate.py after a change");
  equal(changed, [], "changed");
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

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
      equal(found, one.findings.map((f) => inUnits(source, f)));
    }
    explained(redactor, source);
    equal(redactor.redact(output), output, "redacted again");
    const bytes = new TextEncoder().encode(source);
    const whole = decode(new TextEncoder().encode(output));
    for (const pieces of splits(bytes)) equal(decode(await streamed(redactor, pieces)), whole, "stream");
  },

  explain(one) {
    const redactor = redactorOf(one);
    const source = text(one.input);
    const candidates = redactor.explain(source).map(({ detector, start, end, step, why, action }) => ({ detector, start, end, step, why, action }));
    equal(candidates, one.candidates.map((c) => inUnits(source, { action: null, ...c })));
    explained(redactor, source);
  },

  json(one) {
    const redactor = redactorOf(one);
    const output = redactor.redactJson(text(one.input));
    checkOutput(one, output);
    equal(redactor.redactJson(output), output, "redacted again");
  },

  value(one) {
    const redactor = redactorOf(one);
    const source = build(one.input);
    const before = plain(build(one.input));
    const expected = plain(build(one.output));
    const output = redactor.redactValue(source);
    equal(plain(output), expected);
    equal(plain(source), before, "the caller's object was changed");
    if (JSON.stringify(before) === JSON.stringify(expected)) ok(Object.is(output, source), "not the same object");
    equal(plain(redactor.redactValue(output)), expected, "redacted again");
  },

  event(one) {
    checkOutput(one, new api.Formatter({ redactor: redactorOf(one), ...one.options }).format(build(one.record)));
  },

  options(one) {
    if (one.ok) return void new api.Formatter(one.options);
    refused(() => new api.Formatter(one.options), one.error);
  },

  plan(one) {
    if (one.event === undefined) return refused(() => api.configureEvents(one.options), one.error);
    api.configureEvents(one.options);
    const [kind, ...values] = one.event;
    const helper = { business: api.businessEvent, security: api.securityEvent, performance: api.performanceEvent }[kind];
    const { event_kind, event_type, level, logger, loggers, message } = helper(...values);
    equal({ event_type, level, loggers, message }, one.plan);
    equal([event_kind, logger], [kind, loggers[0]]);
    api.configureEvents();
  },

  policy(one) {
    if (one.ok) return void redactorOf(one);
    refuses(one, one.error);
  },

  matrix(one) {
    const redactor = redactorOf(one);
    const pairs = one.places.flatMap((place) => one.values.map((pair) => pair.map((middle) => place.split("{}").join(middle))));
    ok(pairs.length > 0);
    equal(pairs.map(([source]) => redactor.redact(source)), pairs.map(([, expected]) => expected));
  },

  async stream(one) {
    const redactor = redactorOf(one);
    const source = text(one.input);
    const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
    const whole = await streamed(redactor, [bytes]);
    checkOutput(one, typeof source === "string" ? decode(whole) : whole);
    for (const pieces of splits(bytes)) equal(await streamed(redactor, pieces), whole);
    if (typeof source === "string") {
      const pieces = [...source];
      equal((await collected(redactor, pieces)).join(""), decode(whole), "code point by code point");
      equal((await collected(redactor, source.split(""))).join(""), decode(whole), "unit by unit");
    }
    equal((one.parts ?? []).length, (one.flushed ?? []).length);
    if (one.parts === undefined) return;
    const stream = redactor.stream();
    const writer = stream.writable.getWriter();
    const out = [];
    const reading = read(stream, out);
    for (const [i, part] of one.parts.entries()) {
      await writer.write(text(part));
      await new Promise((done) => setTimeout(done, 5));
      if (one.flushed[i] !== null) equal(out.join(""), one.flushed[i], `after part ${i + 1}`);
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
  equal(candidates.filter((one) => one.accepted).map(of), redactor.findings(source).map(of));
  ok(candidates.every((one) => !("value" in one)));
}

function redactorOf(one) {
  if (one.policy === undefined && one.key_hex === undefined && one.known_values === undefined) return (usual ??= new api.Redactor());
  const key = one.key_hex === undefined ? undefined : fromHex(one.key_hex);
  return new api.Redactor(one.policy, { key, knownValues: one.known_values });
}

/** Does this build know regular expressions in policies? */
export function hasRegex() {
  try {
    new api.Redactor({ custom: [{ id: "custom.probe", regex: "probe1" }] });
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
  let error;
  try {
    make();
  } catch (thrown) {
    error = thrown;
  }
  ok(error !== undefined, "nothing was refused");
  equal(error.code, expected.code);
  if (expected.path !== undefined) equal(error.path, expected.path);
  if (expected.message !== undefined) equal(error.message, expected.message);
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
const latin1 = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");

function checkOutput(one, output) {
  ok(["output", "absent", "present", "finishes"].some((part) => part in one), "the case expects nothing");
  if ("output" in one) {
    const expected = text(one.output);
    equal(output, expected, "output");
  }
  const shown = typeof output === "string" ? output : latin1(output);
  for (const piece of one.absent ?? []) ok(!shown.includes(piece), `still has ${piece}: ${shown.slice(0, 500)}`);
  for (const piece of one.present ?? []) ok(shown.includes(piece), `misses ${piece}: ${shown.slice(0, 500)}`);
}

function* splits(bytes) {
  const sizes = bytes.length > 50_000 ? [65_537] : bytes.length > 5_000 ? [997] : [1, 7, Math.max(1, bytes.length)];
  for (const size of sizes) {
    const pieces = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
    yield pieces;
  }
}

async function read({ readable }, out = []) {
  const reader = readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return out;
    out.push(value);
  }
}

async function collected(redactor, pieces) {
  const stream = redactor.stream();
  const writer = stream.writable.getWriter();
  const writing = (async () => {
    for (const piece of pieces) await writer.write(piece);
    await writer.close();
  })();
  const out = await read(stream);
  await writing;
  return out;
}

async function streamed(redactor, pieces) {
  const chunks = await collected(redactor, pieces);
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
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
    ok(!key.startsWith("$"), key);
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

// Checks

function ok(condition, message) {
  if (!condition) throw new Error(message);
}

function equal(actual, expected, what = "not equal") {
  if (Object.is(actual, expected)) return;
  const [is, should] = [written(actual), written(expected)];
  if (is !== should) throw new Error(`${what}: ${is.slice(0, 2000)} instead of ${should.slice(0, 2000)}`);
}

function written(value) {
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Uint8Array) return `bytes ${JSON.stringify(latin1(value))}`;
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}: ${written(value[key])}`).join(", ")}}`;
}
