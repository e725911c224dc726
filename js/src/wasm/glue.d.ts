// What scripts/build.js makes of wasm-bindgen's glue: a function, so that a trapped instance can be replaced. These are the parts
// that the package uses; scripts/glue.check.ts compares them with what wasm-bindgen wrote.

/** Room for text, and where changed text lies: offsets in the memory of the instance. */
export interface Buffers {
  input(len: number): number;
  output_ptr(): number;
}

/** See the crate's documentation. Numbers that answer are flags or handles. */
export interface Core extends Buffers {
  output_len(): number;
  trim(): void;
  redact(len: number): number;
  redact_json(len: number): number;
  format(lines: Lines, len: number): number;
  root(): number;
  item(parent: number): number;
  child(parent: number, len: number): number;
  named(scope: number, len: number): number;
  second(scope: number, first: number, second: number, len: number, is_pair: boolean): number;
  dropped(scope: number): void;
  leaf(scope: number, len: number): number;
  number(scope: number, len: number): number;
  integer(scope: number, value: number): number;
  forget(): void;
  findings(len: number): unknown;
  explain(len: number): unknown;
  report(): unknown;
  count_errors(n: number): void;
  register(values: unknown): void;
  reload(policy: unknown): void;
  flow(): Flow;
  depth(): number;
  nodes(): number;
}

export interface Flow extends Buffers {
  feed(len: number): number;
  finish(): number;
}

export interface Lines {
  free(): void;
}

/** Of an event: kind, field of a record for what is said of it, event type, level, message, and the loggers. */
export type EventPlan = readonly [kind: string, holder: string, eventType: string, level: string, message: string, logger: string, ...also: string[]];

export interface Events {
  business(eventType: string, message: string): unknown[];
  security(eventType: string, message: string): unknown[];
  performance(operation: string, durationMs: number): unknown[];
}

export interface Classes {
  readonly Core: {
    new (policy: unknown, key: unknown, knownValues: unknown, since: string): Core;
    ahead(): number;
    elements(): number;
    limit_mark(): string;
    circular_mark(): string;
  };
  readonly Events: {
    new (options: unknown): Events;
    context_names(): string[];
  };
  readonly Lines: new (options: unknown) => Lines;
}

/** One instance of the engine. */
export interface Glue extends Classes {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** How often the memory moved and left the views of before as they were; that of WebAssembly detaches them. */
  readonly moves: number;
}

/** Instantiates a compiled module, synchronously. */
export function instantiate(module: object): Glue;
