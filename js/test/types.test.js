// The types as an application sees them: a strict example compiles, its mistakes do not.
import assert from "node:assert/strict";
import { test } from "node:test";

import { compile } from "./compile.js";

const good = `
import {
  Formatter, Redactor, ScrublineError, businessEvent, configureEvents, context, init, performanceEvent, ready, securityEvent,
  type Candidate, type Detector, type DetectorId, type EventOptions, type EventRecord, type Finding, type Line, type Policy, type Report,
  type Setting,
} from "scrubline";
import * as custom from "scrubline/custom";
import { scrubConsole } from "scrubline/console";
import { Beacon } from "scrubline/fetch";
import * as portable from "scrubline/js";
import custom_url from "scrubline/custom/scrubline.wasm";
import url from "scrubline/scrubline.wasm";

const policy: Policy = { preset: "strict", fields: { "**.grades": "drop" }, detectors: { "contact.phone": "off" }, limits: { depth: 50 } };
await ready;
await init({ url });
await custom.init({ url: custom_url });
const own: Redactor = new custom.Redactor({ custom: [{ id: "custom.a", regex: "A1" }] });
scrubConsole(own).restore();
const same: string = new portable.Redactor(policy).redact("text");
const redactor = new Redactor(policy, { key: new Uint8Array(32), knownValues: ["blue-horse-battery", new Uint8Array(8)] });
declare const unset: undefined;
new Redactor(unset, { key: unset, knownValues: unset });
new Formatter({ redactor: unset, format: unset });
businessEvent("a", "b", unset, { time: unset, exception: unset, module: unset, function: unset });
scrubConsole(redactor, { console: unset, uncaught: unset });
new Beacon(new Formatter(), { url: "/logs", headers: unset, batch: unset, fetch: unset });
redactor.explain("text", { show: unset });
await init({ module: unset, bytes: unset, url: unset });
const keyed: Redactor = new Redactor(null, { key: "of the key management, 32 bytes or more" });
const text: string = redactor.redact("text");
const texts: string[] = ["text"].map(keyed.redact);
const value: unknown = redactor.redactValue({ a: 1 });
const other: unknown = redactor.redact({ a: 1 });
const json: string = redactor.redactJson("{}");
const findings: Finding[] = redactor.findings("text");
const start: number | undefined = findings[0]?.start;
const detector: Detector | undefined = findings[0]?.detector;
const builtIn: DetectorId = "identity.pt.nif";
const settings: Record<string, Setting> = { "contact.phone": "off" };
new Redactor({ detectors: { [builtIn]: "label", "identity.pt": "on", secret: "mask", "custom.student": "drop" } });
new Redactor({ detectors: settings });
const candidates: Candidate[] = redactor.explain("text", { show: true });
const because: "shape" | undefined = candidates[0]?.why === "shape" ? "shape" : undefined;
new Redactor({ custom: [{ id: "custom.a", shape: "A[0-9]{4}", validator: "luhn", context: ["a1"], examples: [] }] });
const report: Report = redactor.report();
redactor.register(new Set(["green-horse-battery"]));
redactor.reload({});
const readable: ReadableStream<string | Uint8Array> = new ReadableStream<string>().pipeThrough(redactor.stream());
const line: string = new Formatter({ format: "json", redactor }).format({ message: "x" });
const routes: EventOptions = { routes: { "payment_*": { area: "money", also: ["audit"] }, x: "y" }, slow_ms: 200 };
configureEvents(routes);
const events: EventRecord[] = context.run({ correlation_id: context.generate(), tenant: 7 }, () => [
  businessEvent("a", "b", { c: 1 }, { exception: new Error("d") }), securityEvent("a", "b"), performanceEvent("a", 1.5),
]);
const logger: string | undefined = events[0]?.loggers[0];
const id: string | undefined = context.current().correlation_id;
const parsed = JSON.parse(line) as Line;
const written: string = parsed.message + parsed.level;
try {
  new Redactor({ preset: "pci" });
} catch (error) {
  if (error instanceof ScrublineError) console.log(error.code.length, error.path.length);
}
export { because, detector, id, json, line, logger, other, readable, report, start, text, texts, value, written };
`;

const bad = [
  `new Redactor({ preset: "none" });`,
  `new Redactor({ presett: "pci" });`,
  `new Redactor({ fields: { a: "hide" } });`,
  `new Redactor({ detectors: { "contact.emial": "off" } });`,
  `new Redactor({ detectors: { "contact.email": "of" } });`,
  `console.log(new Redactor().findings("x")[0]?.detector === "contact.emial");`,
  `new Redactor({}, { key: 5 });`,
  `new Formatter({ format: "xml" });`,
  `const n: number = new Redactor().redact("x");`,
  `new Redactor().engine;`,
  `new Redactor({ custom: [{ id: "custom.a", shape: "A", validator: "sum" }] });`,
  `new Redactor({ custom: [{ shape: "A" }] });`,
  `businessEvent("a");`,
  `performanceEvent("a", "1 s");`,
  `configureEvents({ routes: { a: { to: "b" } } });`,
];

const lib = ["es2022", "dom", "dom.iterable"];

for (const module of ["nodenext", "esnext"]) {
  const options = { module, moduleResolution: module === "nodenext" ? "nodenext" : "bundler", lib, skipLibCheck: false };
  test(`a strict application, ${options.moduleResolution}`, () => assert.equal(compile(good, options), ""));
}

test("an application for a browser gets the types of its entry", () => {
  const options = { module: "esnext", moduleResolution: "bundler", customConditions: ["browser"], lib };
  assert.equal(compile(good, options), "");
});

for (const line of bad) {
  test(`refused: ${line}`, () => {
    const names = "Formatter, Redactor, businessEvent, configureEvents, performanceEvent";
    const text = `import { ${names} } from "scrubline";\n${line}\nexport { ${names} };\n`;
    assert.match(compile(text, { module: "nodenext", lib }), /^example\.ts\(2,/);
  });
}
