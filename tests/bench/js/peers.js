// The peers from npm and the hand-written way, each as its users set it up.
import { readFileSync } from "node:fs";

import { DeepRedact } from "@hackylabs/deep-redact";
import {
  CREDIT_CARD_NUMBER_PATTERN,
  EMAIL_ADDRESS_PATTERN,
  JWT_PATTERN,
  KR_RRN_PATTERN,
  redactByPattern,
  US_SSN_PATTERN,
} from "@logtape/redaction";
import pino from "pino";

const SIX = JSON.parse(readFileSync(new URL("../six.json", import.meta.url), "utf8")).patterns.map((rule) => ({
  pattern: new RegExp(rule.pattern, rule.ignore_case ? "gi" : "g"),
  replacement: rule.replacement,
}));
const KEYS = ["email", "phone", "password", "token", "api_key", "number", "Authorization", "STRIPE_SECRET_KEY"];

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

/** pino to nowhere, without redaction. */
export function plainPino() {
  const logger = pino({}, nowhere);
  return (record) => logger.info(record);
}

/** pino to nowhere with paths that name the keys on two levels, which is as deep as its wildcard goes. */
export function redactingPino() {
  const plain = KEYS.filter((key) => /^\w+$/.test(key));
  const logger = pino({ redact: [...plain, ...plain.map((key) => `*.${key}`), "upstream.headers.Authorization"] }, nowhere);
  return (record) => logger.info(record);
}
