/** What happens to a finding. */
export type Action = "mask" | "label" | "partial" | "pseudonym" | "drop" | "keep";

/** A setting of one detector or of a group of them. */
export type Setting = Action | "on" | "off";

/** What is redacted and how. Every part has a default, so `{}` is a policy. */
export interface Policy {
  version?: 1;
  preset?: "default" | "strict" | "minimal" | "pci" | "gdpr";
  /** Key names, by segment, or dotted paths with `*` (one level) and `**` (any number). */
  fields?: Record<string, Action>;
  /** By detector id (`contact.email`) or group (`identity`); the longer id wins. */
  detectors?: Record<string, Setting>;
  /** Detectors of the user's own: regular expressions, which this build of the engine refuses with `policy.regex_unavailable`. */
  custom?: { id: string; regex: string; literals?: string[]; action?: Action }[];
  /** Exact values that are never redacted. */
  allow?: string[];
  /** What `mask` writes. */
  mask?: string;
  /** The name of the key that pseudonyms carry. */
  key_id?: string;
  /** Bounds of one call. */
  limits?: { depth?: number; nodes?: number };
}

/** A known value: text or bytes. */
export type Secret = string | Uint8Array;

export interface Secrets {
  /** For pseudonyms, at least 32 bytes. */
  key?: Uint8Array;
  /** Exact values that must never appear, in any usual encoding; each at least 8 bytes. */
  knownValues?: readonly Secret[];
}

/** One thing that was found, never its text. */
export interface Finding {
  /** Such as `contact.email`. */
  detector: string;
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

/** Counts since the redactor was made. */
export interface Report {
  /** RFC 3339 in UTC. */
  since: string;
  total: number;
  /** Detector id → action → how often. Faults are under `error`. */
  detectors: Record<string, Record<string, number>>;
}

export interface FormatOptions {
  format?: "json" | "security" | "console";
  layout?: "flat" | "nested";
  /** ANSI colours, of `console` only. */
  colour?: boolean;
  /** Names of the business context. */
  context_fields?: string[];
}
