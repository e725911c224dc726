export { context } from "./context.js";
export { ScrublineError } from "./errors.js";
export { businessEvent, configureEvents, performanceEvent, securityEvent } from "./events.js";
export { Formatter } from "./formatter.js";
export { Redactor } from "./redactor.js";
export type { Context } from "./context.js";
export type { EventFields, EventRecord, Metadata } from "./events.js";
export type { EventOptions, FullRoute, Route } from "./generated/events.js";
export type { BusinessEvent, Level, Line, LoggedException, LogRecord, PerformanceEvent, SecurityEvent } from "./generated/line.js";
export type {
  Action, Candidate, Custom, Detector, DetectorGroup, DetectorId, DetectorKey, Finding, Format, FormatOptions, Layout, Limits, Policy,
  Preset, Report, Secret, Secrets, Setting, Validator,
} from "./types.js";
