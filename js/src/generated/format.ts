// Written by scripts/types.js from format.json, a JSON Schema of the engine; not to be changed by hand.

/** The options of a formatter; `{}` is JSON lines. */
export interface FormatOptions {
  /** ANSI colours; of `console` only. */
  readonly colour?: boolean | undefined;
  /** The names of the business context that stand in the envelope, in this order. */
  readonly context_fields?: readonly string[] | undefined;
  /** The kind of line. */
  readonly format?: Format | undefined;
  /** Of `json` only. */
  readonly layout?: Layout | undefined;
  /** The id of the Google Cloud project that holds the traces; of `gcp` only. */
  readonly project?: string | undefined;
  /** The name of the service that logs; of `otel`, `ecs`, `gcp` and `datadog` only. */
  readonly service?: string | undefined;
}

/** Which line a formatter writes. */
export type Format = "json" | "security" | "console" | "otel" | "ecs" | "gcp" | "datadog";

/** Where `json` puts event and fields. */
export type Layout = "flat" | "nested";
