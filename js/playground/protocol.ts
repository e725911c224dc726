// What the page and its worker say to each other. The log stays between the two.
import type { Action, Candidate, Policy } from "scrubline";

/** Numbers of one finding in `Result.spans`: where it is in the log and in the redacted text, its detector and its action. */
export const FIELDS = 6;
export const ACTIONS: readonly Action[] = ["mask", "label", "partial", "pseudonym", "drop", "keep"];

export interface Refusal {
  /** Such as `policy.unknown_field`. */
  code: string;
  /** Such as `detectors.contact.emial` or `known_values[2]`. */
  path: string;
  message: string;
}

export interface Result {
  /** Of each finding, in the order of the log: start and end there, start and end in `text`, index in `detectors`, index in `ACTIONS`. */
  spans: Uint32Array<ArrayBuffer>;
  detectors: string[];
  /** How many lines have findings. */
  lines: number;
  /** The redacted log. */
  text: string;
  milliseconds: number;
}

export interface Setup {
  policy: Policy;
  knownValues: string[];
}

export interface Calls {
  /** Takes a policy; the one before stays where it is refused. */
  setup(setup: Setup): Refusal | undefined;
  redact(log: string): Result;
  /** What was looked at in a part of the log that was redacted last. */
  explain(part: { from: number; to: number }): Candidate[];
}

export type Name = keyof Calls;
export type Answer<N extends Name> = ReturnType<Calls[N]>;
export type Request = { [N in Name]: { id: number; name: N; input: Parameters<Calls[N]>[0] } }[Name];
export type Reply = { id: number; answer: Answer<Name> } | { id: number; fault: string };
