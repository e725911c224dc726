// Written by scripts/types.js from events.json, a JSON Schema of the engine; not to be changed by hand.

/** Where events go and what is slow; `{}` is the built-in table. */
export interface EventOptions {
  /** Event types, or how they begin (`payment_*`), and their routes. They go before those that are built in, and the longest before others. */
  readonly routes?: Readonly<Record<string, Route>> | undefined;
  /** Milliseconds above which an operation is slow, and its event a warning. */
  readonly slow_ms?: number | undefined;
}

/** A route in full. */
export interface FullRoute {
  /** Loggers that get the event as well. */
  readonly also?: readonly string[] | undefined;
  /** Business events go to `business.<area>`; where absent, as without this route. */
  readonly area?: string | undefined;
}

/** Where the events of a pattern go: an area, or an area and loggers of the application that get them as well. */
export type Route = string | FullRoute;
