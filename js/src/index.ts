export { ScrublineError } from "./errors.js";
export { Formatter } from "./formatter.js";
export { Redactor } from "./redactor.js";
export type { Action, Candidate, Custom, Finding, Format, FormatOptions, Layout, Limits, Policy, Preset, Report, Secret, Secrets, Setting, Validator } from "./types.js";
