import { context } from "./context.js";
import { EventsOf } from "./engine.js";
import { ERROR } from "./errors.js";
import type { EventOptions } from "./generated/events.js";
import type { Level } from "./generated/line.js";
import { snapshot } from "./snapshot.js";
import type { EventPlan } from "./wasm/glue.js";

/** What is said of an event: any names, any values. */
export type Metadata = Readonly<Record<string, unknown>>;

/** What a record has beside its event. */
export interface EventFields {
  /** Epoch milliseconds; now where absent. */
  readonly time?: number | undefined;
  /** An error that belongs to the event. */
  readonly exception?: unknown;
  /** Module that logs. */
  readonly module?: string | undefined;
  /** Function that logs. */
  readonly function?: string | undefined;
}

/** An event as a record, for `Formatter.format` or any logger. It holds what was given as it was: nothing is redacted yet. */
export interface EventRecord {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly level: Level;
  /** The first of `loggers`. */
  readonly logger: string;
  /** All loggers that the event is for; not enumerable, so that no line has them. */
  readonly loggers: readonly string[];
  readonly message: string;
  /** Name of the event, such as `payment_completed`. */
  readonly event_type: string;
  readonly event_kind: "business" | "security" | "performance";
  readonly [field: string]: unknown;
}

let maker = /* @__PURE__ */ new EventsOf({});

/**
 * Sets the routes of all events, and above how many milliseconds an operation is slow.
 * @throws {ScrublineError} `event` where an option is refused; the ones before stay then
 */
export function configureEvents(options: EventOptions = {}): void {
  maker = new EventsOf(snapshot(options)).check();
}

/** Something that the business counts, at INFO for `business.<area>`. Never throws. */
export function businessEvent(eventType: string, message: string, metadata?: Metadata, fields?: EventFields): EventRecord {
  const plan = maker.plan((events) => events.business(text(eventType), text(message)));
  return record("business", plan, {}, metadata, fields);
}

/** Something for the security officer, at WARNING for `security.events`; a failure to authenticate also for `security.auth_failures`. Never throws. */
export function securityEvent(eventType: string, message: string, metadata?: Metadata, fields?: EventFields): EventRecord {
  const plan = maker.plan((events) => events.security(text(eventType), text(message)));
  return record("security", plan, {}, metadata, fields);
}

/** How many milliseconds an operation took, for `performance`: at WARNING where that is slow, else at INFO. Never throws. */
export function performanceEvent(operation: string, durationMs: number, metadata?: Metadata, fields?: EventFields): EventRecord {
  const plan = maker.plan((events) => events.performance(text(operation), number(durationMs)));
  return record("performance", plan, { operation, duration_ms: durationMs }, metadata, fields);
}

type Kind = EventRecord["event_kind"];

function record(asked: Kind, plan: EventPlan | undefined, own: Metadata, metadata: Metadata = {}, fields: EventFields = {}): EventRecord {
  // says that there was an event, and nothing of it
  if (plan === undefined) return written(asked, `${asked}_metadata`, { level: "WARNING", event_type: ERROR, message: ERROR }, [asked], {});
  const [kind, holder, eventType, level, message, ...loggers] = plan;
  const around = context.current();
  const given = { ...own };
  for (const name of [...maker.contextNames, ...Object.keys(around)]) {
    const value = read(metadata, name) ?? around[name];
    if (value !== undefined) given[name] = value;
  }
  return written(kind, holder, { ...given, ...taken(fields), level, event_type: eventType, message }, loggers, metadata);
}

function written(event_kind: string, holder: string, parts: Metadata, loggers: readonly string[], metadata: Metadata): EventRecord {
  const made = { time: Date.now(), ...parts, logger: loggers[0], event_kind, [holder]: metadata };
  return Object.defineProperty(made, "loggers", { value: loggers }) as unknown as EventRecord;
}

/** The fields that are there. */
function taken(fields: EventFields): Metadata {
  const names = ["time", "exception", "module", "function"] as const;
  return Object.fromEntries(names.map((name) => [name, read(fields as Metadata, name)] as const).filter(([, value]) => value !== undefined));
}

function read(from: Metadata | null, name: string): unknown {
  try {
    return from?.[name];
  } catch {
    return ERROR; // a getter of the caller's
  }
}

function text(value: unknown): string {
  try {
    return String(value);
  } catch {
    return ERROR;
  }
}

function number(value: unknown): number {
  try {
    return value === null || value === "" ? NaN : Number(value);
  } catch {
    return NaN;
  }
}
