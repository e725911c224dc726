/** What stands in place of a text that could not be redacted. Needed here because it must come out where no engine runs; a test holds it equal to the engine's. */
export const ERROR = "[REDACTED:error]";

/**
 * Why a constructor, `register`, `reload` or `init` refused. Redacting calls never throw.
 *
 * Neither `path` nor `message` holds a value that was passed in.
 */
export class ScrublineError extends Error {
  /** Stable, such as `policy.unknown_field`. */
  readonly code: string;
  /** The offending place, such as `detectors.contact.emial` or `known_values[2]`; empty where there is none. */
  readonly path: string;

  constructor(code: string, path: string, message: string) {
    super(message);
    this.code = code;
    this.path = path;
  }

  /** On the prototype, as with built-in errors. No static block: React Native's Babel preset does not know them. */
  override get name(): string {
    return "ScrublineError";
  }
}

/** The engine throws `[code, path, message]`; anything else is a fault of its instance. */
export function refusal(thrown: unknown): ScrublineError | undefined {
  if (!Array.isArray(thrown)) return undefined;
  const [code, path, message] = thrown as [string, string, string];
  return new ScrublineError(code, path, message);
}
