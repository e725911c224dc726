import { context } from "../context.js";
import { ERROR } from "../errors.js";
import type { Redactor } from "../redactor.js";

/** What OpenTelemetry's SDK hands to a processor, which may change it. */
interface LogRecord {
  readonly attributes: Record<string, unknown>;
  body?: unknown;
  eventName?: string;
  severityText?: string;
}

/**
 * A LogRecordProcessor that redacts body, attributes and names of every record, and gives it the context of its request. Put it before
 * those that export: `new LoggerProvider({ processors: [new RedactingLogRecordProcessor(redactor), new BatchLogRecordProcessor(exporter)] })`.
 */
export class RedactingLogRecordProcessor {
  constructor(private readonly redactor: Redactor) {}

  /** Never throws: what cannot be redacted is the error marker. */
  onEmit(record: object): void {
    try {
      this.#redact(record);
    } catch {
      // one that does not change: no SDK makes such
      for (const [name, value] of [["body", ERROR], ["attributes", {}]]) Reflect.set(Object(record) as object, name as string, value);
    }
  }

  #redact(record: object): void {
    const { redactor } = this;
    const { attributes, body, eventName, severityText } = record as LogRecord;
    const writable = record as LogRecord;
    for (const [name, value] of Object.entries(context.current())) {
      // the trace is the record's own
      if (name !== "trace_id" && name !== "span_id" && !(name in attributes)) attributes[name] = value;
    }
    if (body !== undefined) writable.body = redactor.redact(body);
    if (eventName !== undefined) writable.eventName = redactor.redact(eventName);
    if (severityText !== undefined) writable.severityText = redactor.redact(severityText);
    const redacted = redactor.redactValue(attributes);
    if (redacted === attributes) return;
    for (const name of Object.keys(attributes)) delete attributes[name];
    if (typeof redacted === "object") Object.assign(attributes, redacted);
    else writable.body = ERROR;
  }

  /** Nothing waits here. */
  async forceFlush(): Promise<void> {}

  /** Nothing is held here. */
  async shutdown(): Promise<void> {}
}
