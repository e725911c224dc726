// Written by scripts/types.js from line.json, a JSON Schema of the engine; not to be changed by hand.

/** A line of the JSON format, flat layout. Whatever else a record holds stands at the top level under its own name. */
export type Line = BusinessEvent | SecurityEvent | PerformanceEvent | LogRecord;

/** Something that the business counts. */
export interface BusinessEvent {
  /** Joins the records of one request or task. */
  readonly correlation_id?: string | undefined;
  /** Name of the event, such as `payment_completed`. */
  readonly event_type: string;
  readonly exception?: LoggedException | undefined;
  /** Function that logged. */
  readonly function?: string | undefined;
  readonly level: Level;
  /** Line of the module that logged. */
  readonly line?: number | undefined;
  /** `business.<area>`, or a logger of the application that its route names as well. */
  readonly logger: string;
  /** The rendered message. */
  readonly message: string;
  /** Module that logged. */
  readonly module?: string | undefined;
  /** The role in which that user worked. */
  readonly role?: Id | undefined;
  /** The school that the record is about. */
  readonly school_id?: Id | undefined;
  /** Span of the request, 16 hexadecimal digits. */
  readonly span_id?: string | undefined;
  /** RFC 3339, UTC, milliseconds. */
  readonly timestamp?: string | undefined;
  /** Flags of the trace: 1 where it is sampled (W3C Trace Context). */
  readonly trace_flags?: number | undefined;
  /** Trace of the request, 32 hexadecimal digits (W3C Trace Context). */
  readonly trace_id?: string | undefined;
  /** The user for whom the application worked. */
  readonly user_id?: Id | undefined;
}

/** A value of the business context. */
export type Id = string | number;

/** A canonical level. */
export type Level = "DEBUG" | "INFO" | "WARNING" | "ERROR" | "CRITICAL";

/** A record that is no event. */
export interface LogRecord {
  /** Joins the records of one request or task. */
  readonly correlation_id?: string | undefined;
  /** Milliseconds, where the record was given any. */
  readonly duration_ms?: number | undefined;
  /** Name of an event, where the record was given one by hand. */
  readonly event_type?: string | undefined;
  readonly exception?: LoggedException | undefined;
  /** Function that logged. */
  readonly function?: string | undefined;
  readonly level: Level;
  /** Line of the module that logged. */
  readonly line?: number | undefined;
  /** Name of the logger. */
  readonly logger?: string | undefined;
  /** The rendered message. */
  readonly message: string;
  /** Module that logged. */
  readonly module?: string | undefined;
  /** The role in which that user worked. */
  readonly role?: Id | undefined;
  /** The school that the record is about. */
  readonly school_id?: Id | undefined;
  /** Span of the request, 16 hexadecimal digits. */
  readonly span_id?: string | undefined;
  /** RFC 3339, UTC, milliseconds. */
  readonly timestamp?: string | undefined;
  /** Flags of the trace: 1 where it is sampled (W3C Trace Context). */
  readonly trace_flags?: number | undefined;
  /** Trace of the request, 32 hexadecimal digits (W3C Trace Context). */
  readonly trace_id?: string | undefined;
  /** The user for whom the application worked. */
  readonly user_id?: Id | undefined;
}

/** An exception as text. */
export interface LoggedException {
  /** What it says. */
  readonly message: string;
  /** Its traceback, causes included. */
  readonly traceback?: string | undefined;
  /** Name of its class. */
  readonly type: string;
}

/** How long something took. */
export interface PerformanceEvent {
  /** Joins the records of one request or task. */
  readonly correlation_id?: string | undefined;
  /** How long, in milliseconds. */
  readonly duration_ms: number;
  /** `performance`. */
  readonly event_type: string;
  readonly exception?: LoggedException | undefined;
  /** Function that logged. */
  readonly function?: string | undefined;
  readonly level: Level;
  /** Line of the module that logged. */
  readonly line?: number | undefined;
  /** `performance`. */
  readonly logger: string;
  /** The rendered message. */
  readonly message: string;
  /** Module that logged. */
  readonly module?: string | undefined;
  /** What took so long. */
  readonly operation: string;
  /** The role in which that user worked. */
  readonly role?: Id | undefined;
  /** The school that the record is about. */
  readonly school_id?: Id | undefined;
  /** Span of the request, 16 hexadecimal digits. */
  readonly span_id?: string | undefined;
  /** RFC 3339, UTC, milliseconds. */
  readonly timestamp?: string | undefined;
  /** Flags of the trace: 1 where it is sampled (W3C Trace Context). */
  readonly trace_flags?: number | undefined;
  /** Trace of the request, 32 hexadecimal digits (W3C Trace Context). */
  readonly trace_id?: string | undefined;
  /** The user for whom the application worked. */
  readonly user_id?: Id | undefined;
}

/** Something that a security officer wants to see. */
export interface SecurityEvent {
  /** Joins the records of one request or task. */
  readonly correlation_id?: string | undefined;
  /** Name of the event, such as `authentication_failure`. */
  readonly event_type: string;
  readonly exception?: LoggedException | undefined;
  /** Function that logged. */
  readonly function?: string | undefined;
  readonly level: Level;
  /** Line of the module that logged. */
  readonly line?: number | undefined;
  /** `security.events` or `security.auth_failures`, or a logger of the application that its route names as well. */
  readonly logger: string;
  /** The rendered message. */
  readonly message: string;
  /** Module that logged. */
  readonly module?: string | undefined;
  /** The role in which that user worked. */
  readonly role?: Id | undefined;
  /** The school that the record is about. */
  readonly school_id?: Id | undefined;
  /** Address of the client, where it was given. */
  readonly source_ip?: string | undefined;
  /** Span of the request, 16 hexadecimal digits. */
  readonly span_id?: string | undefined;
  /** RFC 3339, UTC, milliseconds. */
  readonly timestamp?: string | undefined;
  /** Flags of the trace: 1 where it is sampled (W3C Trace Context). */
  readonly trace_flags?: number | undefined;
  /** Trace of the request, 32 hexadecimal digits (W3C Trace Context). */
  readonly trace_id?: string | undefined;
  /** Browser or program of the client, where it was given. */
  readonly user_agent?: string | undefined;
  /** The user for whom the application worked. */
  readonly user_id?: Id | undefined;
}
