// What the package does with no more than React Native gives it.
import * as scrubline from "scrubline";
import { scrubConsole } from "scrubline/console";
import { Beacon } from "scrubline/fetch";

import { atOnce } from "./app.mjs";

/** What was there though it should not be, and what went wrong. */
export const failures = ["WebAssembly", "TextDecoder", "structuredClone", "addEventListener", "document"]
  .filter((name) => name in globalThis)
  .map((name) => `this host has ${name}`);
export const first = atOnce(scrubline);

function expect(what, answer, expected) {
  if (answer !== expected) failures.push(`${what}: ${answer}`);
}

/** The console and the beacon, which an application has from its first line on. */
export async function integrations() {
  const printed = [];
  const log = (...args) => printed.push(args);
  const console = { log };
  const scrubbed = scrubConsole(new scrubline.Redactor(), { console, uncaught: true });
  console.log("to %s", "ana@example.com", { password: "hunter2" });
  scrubbed.restore();
  console.log("to ana@example.com");
  expect("console", JSON.stringify(printed), '[["to ***@example.com",{"password":"[REDACTED]"}],["to ana@example.com"]]');

  const bodies = [];
  const fetch = async (_, { body }) => (bodies.push(body), { ok: true });
  const beacon = new Beacon(new scrubline.Formatter(), { url: "https://logs.example", fetch });
  beacon.log({ message: "olá, ana@example.com" });
  await beacon.close();
  expect("beacon", bodies.map((body) => JSON.parse(body).message).join(), "olá, ***@example.com");
}
