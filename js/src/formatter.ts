import { LinesOf } from "./engine.js";
import { ERROR } from "./errors.js";
import { recordText } from "./json.js";
import { Redactor } from "./redactor.js";
import { snapshot } from "./snapshot.js";
import type { FormatOptions } from "./types.js";

/** Makes lines of records. A record is redacted on the way, so a formatter alone is safe. */
export class Formatter {
  readonly #redactor: Redactor;
  readonly #lines: LinesOf;

  /**
   * @throws {ScrublineError} where an option is refused
   */
  constructor(options: FormatOptions & { readonly redactor?: Redactor | undefined } = {}) {
    const { redactor, rest } = parted(options);
    this.#lines = new LinesOf(snapshot(rest));
    this.#redactor = redactor ?? new Redactor();
    // for `records.map(formatter.format)`
    this.format = this.format.bind(this);
  }

  /** @internal */
  get redactor(): Redactor {
    return this.#redactor;
  }

  /** One line without its end. Never throws: what cannot be read becomes the error marker. */
  format(record: object): string {
    const { engine } = this.#redactor;
    try {
      const bounds = engine.enter();
      if (bounds === undefined) return ERROR;
      try {
        return engine.format(recordText(engine, bounds, record), this.#lines);
      } finally {
        engine.leave();
      }
    } catch {
      return ERROR;
    }
  }
}

/** The redactor, and the options of the engine; what is no redactor is left among them, for the engine to refuse. */
function parted(options: FormatOptions & { readonly redactor?: Redactor | undefined }): { redactor?: Redactor | undefined; rest: unknown } {
  try {
    const { redactor, ...rest } = options;
    // of any copy of this package: `instanceof` would know this one's alone
    return typeof redactor === "object" && "engine" in redactor ? { redactor, rest } : { rest: options };
  } catch {
    return { rest: null };
  }
}
