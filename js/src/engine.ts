import { ERROR, refusal, ScrublineError } from "./errors.js";
import { INDEX, keyChanges, NOWHERE, type Place } from "./place.js";
import { Port } from "./port.js";
import type { Candidate, Finding, Report, Secret } from "./types.js";
import { awaited, current, discard, revive } from "./wasm.js";
import type { Core, EventPlan, Events, Flow, Glue, Lines } from "./wasm/glue.js";

const CHANGED = 1;
const FAULT = 2;
/** Keys and their places that are remembered between calls. */
const CACHE_ENTRIES = 4096;
const CACHE_KEY_LENGTH = 64;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** What bounds a walk, and where it begins. */
export interface Bounds {
  root: Place;
  readonly depth: number;
  readonly nodes: number;
  /** Entries behind a value that are looked at for its name. */
  readonly ahead: number;
  /** Elements of a list that are looked at for the path or the command that they are. */
  readonly elements: number;
  readonly limitMark: string;
  readonly circularMark: string;
}

/** An engine of one instance, with everything whose life ends with it. */
interface Live extends Bounds {
  readonly glue: Glue;
  readonly core: Core;
  readonly port: Port;
  /** By index of the parent: its keys' places. Only keys that stay as they are. */
  children: Map<string, Place>[];
  items: Place[];
  cached: number;
}

/**
 * The one place that talks to wasm memory.
 *
 * Holds what it takes to build the engine again, because a trap costs the instance. No redacting method throws.
 */
export class Engine {
  #live: Live | undefined;
  #policy: unknown;
  readonly #key: unknown;
  /** No list where what was given is none: the engine refuses that. */
  readonly #known: Secret[] | undefined;
  readonly #since = new Date().toISOString();
  /** Counts of instances that trapped. */
  #past: Report | undefined;
  /** Errors that no instance has counted yet. */
  #errors = 0;
  /** Changes whenever places lose their meaning: a walk that began before must not go on with them. */
  epoch = 0;
  /** Walks under way; more than one where a getter redacts. */
  #walks = 0;

  constructor(policy: unknown, key: unknown, known: readonly Secret[] | undefined) {
    this.#policy = policy;
    this.#key = key;
    this.#known = known?.map(copy);
    if (revive() !== undefined) this.#attach();
  }

  /** The engine of the instance in use; `undefined` where there is none. Throws what the policy is refused for. */
  #attach(): Live | undefined {
    this.#live = withGlue((glue) => this.#begin(glue, new glue.Core(this.#policy, this.#key, this.#known, this.#since)));
    return this.#live;
  }

  #begin(glue: Glue, core: Core): Live {
    this.epoch++;
    return {
      glue,
      core,
      port: new Port(glue, core),
      children: [],
      items: [],
      cached: 0,
      root: core.root() >>> 0,
      depth: core.depth(),
      nodes: core.nodes(),
      ahead: glue.Core.ahead(),
      elements: glue.Core.elements(),
      limitMark: glue.Core.limit_mark(),
      circularMark: glue.Core.circular_mark(),
    };
  }

  #ready(): Live {
    const live = this.#live;
    if (live !== undefined && live.glue === current) return live;
    const fresh = this.#attach();
    if (fresh === undefined) throw new ScrublineError("init.pending", "", "init.pending: await `ready` first");
    return fresh;
  }

  /** Calls `then` when the engine is loaded, or cannot be; answers false, and does not call it, where that is so already. */
  awaited(then: () => void): boolean {
    return awaited(then);
  }

  /** Counts a value that could not be redacted, and answers what stands in its place. */
  error(): string {
    this.#errors++;
    return ERROR;
  }

  /** After anything was thrown out of a call: the instance is given up, its counts are kept if they can still be read. */
  #fault(thrown: unknown): string {
    if (!(thrown instanceof ScrublineError)) this.#giveUp();
    return this.error();
  }

  #giveUp(): void {
    const live = this.#live;
    if (live === undefined) return;
    this.#live = undefined;
    this.epoch++;
    try {
      this.#past = sum(this.#past, live.core.report() as Report);
    } catch {
      // the counts of this instance are lost with it
    }
    discard(live.glue);
  }

  #text(live: Live, flag: number, unchanged: string): string {
    if (flag === 0) return unchanged;
    if (flag !== CHANGED) return this.error();
    return decoder.decode(live.port.output(live.core.output_len()));
  }

  #trim(live: Live): void {
    if (!live.port.large) return;
    live.core.trim();
    live.port.forget();
  }

  redact(text: string): string {
    if (text === "") return text;
    try {
      const live = this.#ready();
      const flag = live.core.redact(live.port.write(text));
      if (flag === 0 && !live.port.large) return text;
      const redacted = this.#text(live, flag, text);
      this.#trim(live);
      return redacted;
    } catch (thrown) {
      return this.#fault(thrown);
    }
  }

  redactJson(text: string): string {
    try {
      const live = this.#ready();
      const redacted = this.#text(live, live.core.redact_json(live.port.write(text)), text);
      this.#trim(live);
      return redacted;
    } catch (thrown) {
      return this.#fault(thrown);
    }
  }

  findings(text: string): Finding[] {
    return this.#list(text, "findings") as Finding[];
  }

  explain(text: string): Candidate[] {
    return this.#list(text, "explain") as Candidate[];
  }

  #list(text: string, about: "findings" | "explain"): unknown {
    try {
      const live = this.#ready();
      return live.core[about](live.port.write(text));
    } catch (thrown) {
      this.#fault(thrown);
      return [];
    }
  }

  /** A record as JSON text to a line. */
  format(text: string, lines: LinesOf): string {
    try {
      const live = this.#ready();
      const line = this.#text(live, live.core.format(lines.in(live.glue), live.port.write(text)), "");
      this.#trim(live);
      return line;
    } catch (thrown) {
      return this.#fault(thrown);
    }
  }

  // ---- a walk over a value: places, leaves, numbers ----

  /** Begins a walk: its bounds and its root, or `undefined` where nothing can be redacted. Each is followed by `leave`. */
  enter(): Bounds | undefined {
    try {
      let live = this.#ready();
      if (this.#walks === 0 && live.cached > CACHE_ENTRIES) {
        live.core.forget();
        live = this.#live = this.#begin(live.glue, live.core);
      }
      this.#walks++;
      return live;
    } catch (thrown) {
      this.#fault(thrown);
      return undefined;
    }
  }

  leave(): void {
    this.#walks--;
  }

  /** The place under a key. Where the key itself changes, `changedKey` tells its new text until the next call. */
  child(parent: Place, key: string): Place {
    try {
      const live = this.#ready();
      const index = parent >>> INDEX;
      let places = live.children[index];
      if (places === undefined) places = live.children[index] = new Map();
      const known = places.get(key);
      if (known !== undefined) return known;
      const place = live.core.child(index, live.port.write(key)) >>> 0;
      live.cached++;
      if (live.cached <= CACHE_ENTRIES && key.length <= CACHE_KEY_LENGTH && !keyChanges(place)) places.set(key, place);
      return place;
    } catch (thrown) {
      this.#fault(thrown);
      return NOWHERE;
    }
  }

  changedKey(): string {
    try {
      return this.#text(this.#ready(), CHANGED, "");
    } catch (thrown) {
      return this.#fault(thrown);
    }
  }

  item(parent: Place): Place {
    try {
      const live = this.#ready();
      const index = parent >>> INDEX;
      return (live.items[index] ??= live.core.item(index) >>> 0);
    } catch (thrown) {
      this.#fault(thrown);
      return NOWHERE;
    }
  }

  /** The place of a value that belongs to a name beside it. */
  named(place: Place, name: string): Place {
    return this.#place((core, port) => core.named(place >>> INDEX, port.write(name)));
  }

  /** The place of an element behind `first`, which may be its key: the other of a pair, or an argument behind others, `line`. */
  second(place: Place, line: string, first: string, second: string, isPair: boolean): Place {
    return this.#place((core, port) => {
      const [from, to] = [port.write(line), port.write(line + first)];
      return core.second(place >>> INDEX, from, to, port.write(line + first + second), isPair);
    });
  }

  #place(ask: (core: Core, port: Port) => number): Place {
    try {
      const { core, port } = this.#ready();
      return ask(core, port) >>> 0;
    } catch (thrown) {
      this.#fault(thrown);
      return NOWHERE;
    }
  }

  dropped(place: Place): void {
    try {
      this.#ready().core.dropped(place >>> INDEX);
    } catch (thrown) {
      this.#fault(thrown);
    }
  }

  leaf(place: Place, text: string): string {
    if (text === "") return text;
    try {
      const live = this.#ready();
      const flag = live.core.leaf(place >>> INDEX, live.port.write(text));
      return flag === 0 ? text : this.#text(live, flag, text);
    } catch (thrown) {
      return this.#fault(thrown);
    }
  }

  /** The redacted bytes, or `undefined` where they stay as they are. */
  leafBytes(place: Place, bytes: Uint8Array): Uint8Array | undefined {
    if (bytes.length === 0) return undefined;
    try {
      const live = this.#ready();
      const flag = live.core.leaf(place >>> INDEX, live.port.writeBytes(bytes));
      if (flag === FAULT) return encoder.encode(this.error());
      const redacted = flag === CHANGED ? live.port.output(live.core.output_len()).slice() : undefined;
      this.#trim(live);
      return redacted;
    } catch (thrown) {
      return encoder.encode(this.#fault(thrown));
    }
  }

  /** The text that a number becomes, or `undefined` where it stays. */
  number(place: Place, value: number | bigint): string | undefined {
    try {
      const live = this.#ready();
      const small = typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= 0x7fffffff;
      const flag = small ? live.core.integer(place >>> INDEX, value) : live.core.number(place >>> INDEX, live.port.write(String(value)));
      return flag === 0 ? undefined : this.#text(live, flag, "");
    } catch (thrown) {
      return this.#fault(thrown);
    }
  }

  // ---- everything else ----

  register(values: readonly Secret[] | undefined): void {
    const copies = values?.map(copy);
    this.#change((core) => core.register(copies));
    this.#known?.push(...(copies ?? []));
  }

  reload(policy: unknown): void {
    this.#change((core) => core.reload(policy));
    this.#policy = policy;
    const live = this.#live;
    if (live !== undefined) this.#live = this.#begin(live.glue, live.core);
  }

  /** Passes refusals on. A broken instance is replaced, and asked again. */
  #change(change: (core: Core) => void): void {
    try {
      change(this.#ready().core);
    } catch (thrown) {
      const refused = thrown instanceof ScrublineError ? thrown : refusal(thrown);
      if (refused !== undefined) throw refused;
      this.#giveUp();
      change(this.#ready().core);
    }
  }

  report(): Report {
    const errors = this.#errors;
    try {
      const { core } = this.#ready();
      core.count_errors(errors);
      this.#errors -= errors;
      return sum(this.#past, core.report() as Report);
    } catch {
      const uncounted: Report = { since: this.#since, total: this.#errors, detectors: {} };
      return sum(this.#past, uncounted);
    }
  }

  /** A stream of the engine as it is now; `undefined` where there is none. */
  flow(): FlowPort | undefined {
    try {
      const live = this.#ready();
      return new FlowPort(this, live.glue, live.core.flow(), (thrown) => this.#fault(thrown));
    } catch (thrown) {
      this.#fault(thrown);
      return undefined;
    }
  }
}

/** A stream's side of the boundary. After a fault, in whichever call of its instance, it answers the error marker, and nothing more of the text. */
export class FlowPort {
  readonly #port: Port;
  #broken = false;

  constructor(
    private readonly engine: Engine,
    private readonly glue: Glue,
    private readonly flow: Flow,
    private readonly fault: (thrown: unknown) => string,
  ) {
    this.#port = new Port(glue, flow);
  }

  /** Takes text, or ends it; the bytes that are ready are the caller's own. */
  next(input?: string | Uint8Array): Uint8Array {
    this.#broken ||= this.glue !== current;
    if (this.#broken) return encoder.encode(this.engine.error());
    try {
      let length: number;
      if (input === undefined) length = this.flow.finish();
      else length = this.flow.feed(typeof input === "string" ? this.#port.write(input) : this.#port.writeBytes(input));
      return length === 0 ? new Uint8Array(0) : this.#port.output(length).slice();
    } catch (thrown) {
      this.#broken = true;
      return encoder.encode(this.fault(thrown));
    }
  }
}

/** Something that options say how to build, built again in every instance. */
class Built<T> {
  #glue: Glue | undefined;
  #built: T | undefined;

  constructor(private readonly build: (glue: Glue) => T) {}

  in(glue: Glue): T {
    if (this.#built === undefined || this.#glue !== glue) {
      this.#built = this.build(glue);
      this.#glue = glue;
    }
    return this.#built;
  }
}

/** A formatter's options, and what each instance made of them. */
export class LinesOf extends Built<Lines> {
  constructor(options: unknown) {
    super((glue) => new glue.Lines(options));
    withGlue((glue) => this.in(glue));
  }
}

/** The options of events, and what each instance made of them. */
export class EventsOf extends Built<Events> {
  /** Names that a record has as properties of its own where an event says them; none before the first plan. */
  contextNames: readonly string[] = [];

  constructor(options: unknown) {
    super((glue) => {
      this.contextNames = glue.Events.context_names();
      return new glue.Events(options);
    });
  }

  /** Throws what the options are refused for. */
  check(): this {
    withGlue((glue) => this.in(glue));
    return this;
  }

  /** What the engine says of an event; `undefined` where there is none, or it broke. */
  plan(ask: (events: Events) => unknown[]): EventPlan | undefined {
    const glue = current ?? revive();
    if (glue === undefined) return undefined;
    try {
      return ask(this.in(glue)) as unknown as EventPlan;
    } catch {
      discard(glue);
      return undefined;
    }
  }
}

/** Builds something of the instance in use; where that one turns out to be broken, of a fresh one. */
function withGlue<T>(build: (glue: Glue) => T): T | undefined {
  for (let last = false; ; last = true) {
    const glue = revive();
    if (glue === undefined) return undefined;
    try {
      return build(glue);
    } catch (thrown) {
      const refused = refusal(thrown);
      if (refused !== undefined || last) throw refused ?? thrown;
      discard(glue);
    }
  }
}

/** Bytes are copied, so that what a redactor knows cannot change behind its back. What is neither is refused by the engine. */
function copy(value: Secret): Secret {
  return value instanceof Uint8Array ? value.slice() : value;
}

function sum(past: Report | undefined, now: Report): Report {
  if (past === undefined) return now;
  const detectors: Report["detectors"] = structuredClone(past.detectors);
  for (const [id, actions] of Object.entries(now.detectors)) {
    const counts = (detectors[id] ??= {});
    for (const [action, n] of Object.entries(actions)) counts[action] = (counts[action] ?? 0) + n;
  }
  return { since: now.since, total: past.total + now.total, detectors };
}
