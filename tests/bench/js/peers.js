// The peers from npm and the hand-written way, each as its users set it up.
import { readFileSync } from "node:fs";

import { redact as arcjet } from "@arcjet/redact";
import { DeepRedact } from "@hackylabs/deep-redact";
import {
  CREDIT_CARD_NUMBER_PATTERN,
  EMAIL_ADDRESS_PATTERN,
  JWT_PATTERN,
  KR_RRN_PATTERN,
  redactByPattern,
  US_SSN_PATTERN,
} from "@logtape/redaction";
import pathRedact from "@pinojs/redact";
import pino from "pino";
import { scrubPino } from "scrubline/pino";

const SIX = JSON.parse(readFileSync(new URL("../six.json", import.meta.url), "utf8")).patterns.map((rule) => ({
  pattern: new RegExp(rule.pattern, rule.ignore_case ? "gi" : "g"),
  replacement: rule.replacement,
}));
const KEYS = ["email", "phone", "password", "token", "api_key", "number", "Authorization", "STRIPE_SECRET_KEY"];
/** Fifteen paths: the keys on two levels, which is as deep as the wildcard goes, and one header. */
const PATHS = [...KEYS.filter((key) => key !== "Authorization").flatMap((key) => [key, `*.${key}`]), "upstream.headers.Authorization"];

/** Six RegExps, one after the other. */
export function six(line) {
  for (const { pattern, replacement } of SIX) line = line.replace(pattern, replacement);
  return line;
}

/** All patterns that come with LogTape, around a formatter that gives the message. */
export function logtape() {
  const patterns = [EMAIL_ADDRESS_PATTERN, CREDIT_CARD_NUMBER_PATTERN, JWT_PATTERN, US_SSN_PATTERN, KR_RRN_PATTERN];
  return redactByPattern((line) => line, patterns);
}

/** All that @arcjet/redact knows by itself; answers a promise. */
export async function arcjetRedact(line) {
  return (await arcjet(line))[0];
}

/** deep-redact with the six patterns for text and a list of keys; with `serialise` an object becomes JSON text. */
export function deepRedact(serialise) {
  const stringTests = SIX.map(({ pattern, replacement }) => ({
    pattern,
    replacer: (value) => value.replace(pattern, replacement),
  }));
  const engine = new DeepRedact({ stringTests, blacklistedKeys: KEYS, serialise });
  return (value) => engine.redact(value);
}

const nowhere = { write() {} };

/** @pinojs/redact, from an object to a line of JSON. */
export function pinoRedact() {
  return pathRedact({ paths: PATHS });
}

/** pino to nowhere, with these options. */
function pinoWith(options) {
  const logger = pino(options, nowhere);
  return (record) => logger.info(record);
}

export const plainPino = () => pinoWith({});
export const redactingPino = () => pinoWith({ redact: PATHS });
export const scrubbedPino = (redactor) => pinoWith(scrubPino(redactor));
