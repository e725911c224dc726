import { ERROR } from "../errors.js";
import type { Redactor } from "../redactor.js";
import { redactArguments } from "./arguments.js";

/** Options of `Sentry.init`. Each takes what is about to be sent, and answers a redacted copy. */
export interface SentryOptions {
  beforeSend<Event extends object>(event: Event): Event;
  beforeSendTransaction<Event extends object>(event: Event): Event | null;
  beforeSendSpan<Span extends object>(span: Span): Span;
  beforeBreadcrumb<Breadcrumb extends object>(breadcrumb: Breadcrumb): Breadcrumb | null;
  beforeSendLog<Log extends object>(log: Log): Log | null;
  beforeSendMetric<Metric extends object>(metric: Metric): Metric | null;
}

/** What an event keeps where it cannot be redacted, and a span likewise: made by the SDK. */
const OF_EVENT = ["event_id", "timestamp", "level", "platform", "type"];
const OF_SPAN = ["trace_id", "span_id", "parent_span_id", "start_timestamp", "timestamp", "end_timestamp", "is_segment", "status"];

/**
 * Options that redact what Sentry sends: `Sentry.init({ dsn, ...scrubSentry(redactor) })`. To change an event yourself, call
 * these last: `beforeSend: (event) => scrub.beforeSend(mine(event))`.
 *
 * What cannot be redacted is not sent; of an event and of a span a part without data is. Attachments are left alone.
 */
export function scrubSentry(redactor: Redactor): SentryOptions {
  const copy = <T extends object>(given: T): T | undefined => {
    // where the engine breaks under a value, each of its texts is an error marker, ids too: a fresh one may do better
    for (let attempt = 0; attempt < 2; attempt++) {
      const { epoch } = redactor.engine;
      const redacted = redactor.redactValue(given);
      if (typeof redacted === "object" && redactor.engine.epoch === epoch) return redacted as T;
    }
    return undefined;
  };

  const event = <Event extends object>(given: Event): Event | undefined => {
    try {
      // the SDK's own: spans and scopes, that never leave the process
      const { sdkProcessingMetadata, ...sent } = given as { sdkProcessingMetadata?: unknown };
      const redacted = copy(rendered(redactor, sent));
      if (redacted === undefined) return undefined;
      return (sdkProcessingMetadata === undefined ? redacted : { ...redacted, sdkProcessingMetadata }) as Event;
    } catch {
      return undefined;
    }
  };

  /** Where the message had to be redacted, its parameters may be what the template made sensitive. */
  const log = <Log extends object>(given: Log): Log | undefined => {
    const redacted = copy(given) as { message?: unknown; attributes?: unknown } | undefined;
    const { attributes } = redacted ?? {};
    try {
      if (typeof attributes !== "object" || attributes === null) return redacted as Log | undefined;
      if (String(redacted?.message) === String((given as { message?: unknown }).message)) return redacted as Log;
      const kept = Object.entries(attributes).filter(([name]) => !name.startsWith("sentry.message.parameter"));
      // of a template the message is a text with its parameters beside it
      return { ...redacted, message: String(redacted?.message), attributes: Object.fromEntries(kept) } as unknown as Log;
    } catch {
      return undefined;
    }
  };

  return {
    beforeSend: (given) => event(given) ?? { ...parts(given, OF_EVENT), message: ERROR },
    beforeSendTransaction: (given) => event(given) ?? null,
    beforeSendSpan: (given) => typed(copy(given)) ?? { ...parts(given, OF_SPAN), name: ERROR, description: ERROR, data: {}, attributes: {} },
    beforeBreadcrumb: (given) => copy(said(redactor, given)) ?? null,
    beforeSendLog: (given) => log(given) ?? null,
    beforeSendMetric: (given) => copy(given) ?? null,
  };
}

/** What the integration needs of a client of Sentry. */
export interface SentryClient {
  on(hook: "createDsc", callback: (dsc: object) => void): unknown;
  on(hook: "beforeEnvelope", callback: (envelope: object) => void): unknown;
}

/** An integration of Sentry, as `integrations` takes them. */
export interface SentryIntegration {
  readonly name: string;
  setup(client: SentryClient): void;
}

/**
 * An integration for what no option of Sentry sees: feedback, check-ins, sessions, replays, what a scope adds to logs, names of
 * attachments, and the name of a transaction in the headers of requests and envelopes (`sentry-transaction` of the baggage).
 * `Sentry.init({ dsn, ...scrubSentry(redactor), integrations: [sentryIntegration(redactor)] })`.
 */
export function sentryIntegration(redactor: Redactor): SentryIntegration {
  return {
    name: "Scrubline",
    setup: (client) => {
      client.on("createDsc", (dsc) => {
        const names = dsc as { transaction?: unknown };
        if (typeof names.transaction === "string") names.transaction = redactor.redact(names.transaction);
      });
      client.on("beforeEnvelope", (envelope) => {
        const [, items] = envelope as unknown as [object, Item[]];
        items.forEach((item, i) => (items[i] = sent(redactor, item)));
      });
    },
  };
}

/** A part of an envelope: its headers and what it carries. */
type Item = [headers: { filename?: unknown }, payload: unknown];

/** Bytes and text, as attachments and recordings are, stay; nothing of what cannot be redacted is sent. */
function sent(redactor: Redactor, [headers, payload]: Item): Item {
  const named = headers.filename === undefined ? headers : { ...headers, filename: redactor.redact(headers.filename) };
  if (typeof payload !== "object" || payload === null || ArrayBuffer.isView(payload)) return [named, payload];
  const redacted = redactor.redactValue(payload);
  if (typeof redacted !== "object") return [named, {}];
  const { items } = redacted as { items?: unknown };
  return [named, Array.isArray(items) ? { ...redacted, items: items.map(typed) } : redacted];
}

interface Attribute {
  readonly value?: unknown;
  readonly type?: unknown;
}

/** A log, a span or a metric whose attributes have the type of their values: under a sensitive key, both were redacted. */
function typed<T>(item: T): T {
  const { attributes } = Object(item) as { attributes?: unknown };
  if (typeof attributes !== "object" || attributes === null) return item;
  const types = Object.entries(attributes as Record<string, Attribute>).map(([name, attribute]) => {
    const { value, type } = Object(attribute) as Attribute;
    return [name, type === undefined ? attribute : { ...attribute, type: typeOf(value, type) }];
  });
  return { ...item, attributes: Object.fromEntries(types) };
}

/** Numbers and what the SDK does not know keep theirs. */
function typeOf(value: unknown, type: unknown): unknown {
  if (Array.isArray(value)) return "array";
  return typeof value === "string" || typeof value === "boolean" ? typeof value : type;
}

interface Said {
  readonly message?: unknown;
  readonly data?: { readonly arguments?: unknown };
  readonly extra?: { readonly arguments?: unknown };
  readonly exception?: { readonly values?: unknown };
}

/** What a call of the console left behind, a breadcrumb or an event, whose arguments are one message. */
function said<T>(redactor: Redactor, given: T): T {
  try {
    const { message, data, extra, exception } = Object(given) as Said;
    const args = data?.arguments ?? extra?.arguments;
    if (!Array.isArray(args)) return given;
    const redacted = redactArguments(redactor, args);
    if (redacted === args) return given;
    const parts = data?.arguments === undefined ? { extra: { ...extra, arguments: redacted } } : { data: { ...data, arguments: redacted } };
    // the SDK joins them, whatever they are, and says the same of an exception where it adds the stack
    const [before, after] = [args, redacted].map((all) => all.map(String).join(" "));
    const values = Array.isArray(exception?.values) ? (exception.values as object[]) : [];
    const raised = values.map((one) => ((one as Attribute | null)?.value === before ? { ...one, value: after } : one));
    return { ...given, ...parts, ...(message === before && { message: after }), ...(values.length > 0 && { exception: { ...exception, values: raised } }) };
  } catch {
    return given; // of what throws, the copy has markers
  }
}

interface SentEvent {
  logentry?: { message?: string; params?: unknown[] };
  breadcrumbs?: object[];
}

/** An event whose messages stand in it as one text each, where their parts are sensitive together. */
function rendered(redactor: Redactor, given: object): object {
  const event: SentEvent = said(redactor, given);
  const { breadcrumbs } = event;
  return templated(redactor, Array.isArray(breadcrumbs) ? { ...event, breadcrumbs: breadcrumbs.map((one) => said(redactor, one)) } : event);
}

function templated(redactor: Redactor, event: SentEvent): object {
  const { message, params } = event.logentry ?? {};
  if (typeof message !== "string" || !Array.isArray(params)) return event;
  let next = 0;
  const text = message.replaceAll("%s", (specifier) => (next < params.length ? String(params[next++]) : specifier));
  const redacted = redactor.redact(text);
  return redacted === text ? event : { ...event, logentry: { message: redacted } };
}

function parts<T extends object>(given: T, names: readonly string[]): T {
  try {
    return Object.fromEntries(names.filter((name) => name in given).map((name) => [name, given[name as keyof T]])) as T;
  } catch {
    return {} as T;
  }
}
