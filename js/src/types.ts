import type { Detector } from "./generated/detectors.js";
import type { Action } from "./generated/policy.js";

export type { Detector, DetectorGroup, DetectorId, DetectorKey } from "./generated/detectors.js";
export type { Format, FormatOptions, Layout } from "./generated/format.js";
export type { Action, Custom, Limits, Policy, Preset, Setting, Validator } from "./generated/policy.js";

/** A key or a known value: bytes, or text that stands for its UTF-8. */
export type Secret = string | Uint8Array;

export interface Secrets {
  /** For pseudonyms, at least 32 bytes. */
  key?: Secret | undefined;
  /** Exact values that must never appear, in any usual encoding; each at least 8 bytes. */
  knownValues?: readonly Secret[] | undefined;
}

/** One thing that was found, never its text. */
export interface Finding {
  /** Such as `contact.email`. */
  detector: Detector;
  /** Dotted path inside a value, empty in plain text. */
  path: string;
  /** First UTF-16 unit of the match. */
  start: number;
  /** One past its last unit. */
  end: number;
  /** Class of the length in bytes. */
  length_class: "1-8" | "9-16" | "17-32" | "33+";
  action: Action;
}

/** What a detector looked at in a text, and what became of it. */
export interface Candidate {
  /** Such as `contact.email`. */
  detector: Detector;
  /** First UTF-16 unit. */
  start: number;
  /** One past its last unit. */
  end: number;
  /** Class of the length in bytes. */
  length_class: "1-8" | "9-16" | "17-32" | "33+";
  /** Is it a finding? */
  accepted: boolean;
  /** The step that decided. */
  step: "key" | "shape" | "check" | "context" | "value" | "policy" | "overlap";
  /** Why, in one word. */
  why:
    | "shape"
    | "key"
    | "context"
    | "known_value"
    | "kept"
    | "check_digit"
    | "structure"
    | "boundary"
    | "placeholder"
    | "entropy"
    | "prose"
    | "public"
    | "allowed"
    | "disabled"
    | "overlap";
  /** What is done with it; `null` where it was refused. */
  action: Action | null;
  /** Its text, where that was asked for. */
  value?: string;
}

/** Counts since the redactor was made. */
export interface Report {
  /** RFC 3339 in UTC. */
  since: string;
  total: number;
  /** Detector id → action → how often. Faults are under `error`. */
  detectors: Record<string, Record<string, number>>;
}
