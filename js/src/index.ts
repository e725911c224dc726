export { ScrublineError } from "./errors.js";
export { Formatter } from "./formatter.js";
export { Redactor } from "./redactor.js";
export type { Action, Finding, FormatOptions, Policy, Report, Secret, Secrets, Setting } from "./types.js";
