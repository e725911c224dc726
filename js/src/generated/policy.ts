// Written by scripts/types.js from policy.json, a JSON Schema of the engine; not to be changed by hand.

import type { DetectorKey } from "./detectors.js";

/**
 * What is redacted and how.
 *
 * Every part has a default, so `{}` is a policy. Unknown fields are refused.
 */
export interface Policy {
  /** Exact values that are never redacted (a support address, a test card). */
  readonly allow?: readonly string[] | undefined;
  /** Detectors of the user's own. */
  readonly custom?: readonly Custom[] | undefined;
  /** Settings by detector id (`contact.email`) or group (`identity`); the longer id wins. */
  readonly detectors?: { readonly [key in DetectorKey]?: Setting | undefined } | undefined;
  /** Key names (`student_name`, by segment, in any case and style) or dotted paths with `*` (one level) and `**` (any number), and what to do with the values under them. */
  readonly fields?: Readonly<Record<string, Action>> | undefined;
  /** The name of the HMAC key, which pseudonyms carry; `id` where absent. 1 to 16 letters, digits, `-` and `_`. */
  readonly key_id?: string | undefined;
  /** Bounds of one call. */
  readonly limits?: Limits | undefined;
  /** What `mask` writes; `[REDACTED]` where absent. */
  readonly mask?: string | undefined;
  /** The starting point. */
  readonly preset?: Preset | undefined;
  /** Version of this structure: 1. */
  readonly version?: number | undefined;
}

/** What happens to a finding. */
export type Action = "mask" | "label" | "partial" | "pseudonym" | "drop" | "keep";

/**
 * A detector of the user's own: a shape or a regular expression, and what must hold for a match to count.
 *
 * Only that a match has one of the `literals` in its line, passes the `validator` and has one of the words of `context` near makes it a
 * finding. `examples` and `counter_examples` are tried when the policy is loaded, and what they contradict is refused.
 */
export interface Custom {
  /** What to do with a match; `mask` where absent. */
  readonly action?: Action | undefined;
  /**
   * Words of which one must stand near a match, up to 48 bytes before or 16 behind it in its line, or in the key of its value;
   * whole words without case.
   */
  readonly context?: readonly string[] | undefined;
  /** Texts in which it must find nothing. */
  readonly counter_examples?: readonly string[] | undefined;
  /** Texts in which the detector must find something. */
  readonly examples?: readonly string[] | undefined;
  /** `custom.` and a name of lower-case letters, digits, `-` and `_`. */
  readonly id: string;
  /** Literals of which one must occur in the line before the pattern is tried; compared without case. */
  readonly literals?: readonly string[] | undefined;
  /** A regular expression on bytes, with ASCII `\w`, `\d` and `\b`. Not in the default npm entry. Without `shape`. */
  readonly regex?: string | undefined;
  /**
   * What a value looks like, in every runtime: `STU-\d{6}`. Bytes stand for themselves, `\` before a mark that means something else;
   * `[0-9a-f-]`, `[^ ]`, `\d` and `\w` are one byte of a set; `(ab|cd)` is the first that matches; `?`, `*`, `+`, `{3}`, `{3,}` and `{3,9}`
   * say how often, as often as it can. A match begins and ends where a word does, and has at most 4,096 bytes. Without `regex`.
   */
  readonly shape?: string | undefined;
  /** The check that the letters and digits of a match must pass. */
  readonly validator?: Validator | undefined;
}

/** Bounds of one call. Beyond them stands the marker `[REDACTED:limit]`, never raw data. */
export interface Limits {
  /** Levels of nesting in a value, 1 to 200. */
  readonly depth?: number | undefined;
  /** Entries of all maps and lists of one value together, at least 1. */
  readonly nodes?: number | undefined;
}

/** A starting point that the rest of the policy changes. */
export type Preset = "default" | "strict" | "minimal" | "pci" | "gdpr";

/** A setting of one detector or of a group of them. */
export type Setting = "on" | "off" | "mask" | "label" | "partial" | "pseudonym" | "drop" | "keep";

/** A check of the letters and digits of a match. Small letters count as capitals; the same digit all the way passes none. */
export type Validator = "luhn" | "verhoeff" | "mod97" | "mod11_10" | "mod11_2" | "iban" | "entropy";
