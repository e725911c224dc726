// Written by scripts/types.js from the policy's JSON Schema; not to be changed by hand.

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
  readonly detectors?: Readonly<Record<string, Setting>> | undefined;
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

/** A detector of the user's own. */
export interface Custom {
  /** What to do with a match; `mask` where absent. */
  readonly action?: Action | undefined;
  /** `custom.` and a name of lower-case letters, digits, `-` and `_`. */
  readonly id: string;
  /** Literals of which one must occur in the text before the expression is tried; compared without case. */
  readonly literals?: readonly string[] | undefined;
  /** A regular expression on bytes, with ASCII `\w`, `\d` and `\b`. */
  readonly regex: string;
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
