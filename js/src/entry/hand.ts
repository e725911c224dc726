// What the entries have in common where the engine is at hand.
import { load, loadSync, type Source } from "../source.js";

/**
 * For code that is shared with browsers; there is nothing to load. A source is taken where the engine has not begun.
 * @throws {ScrublineError} `init.load` where there is no engine, as a rejection
 */
export async function init(source: Source = {}): Promise<void> {
  if ((source.module ?? source.bytes ?? source.url) !== undefined) await load(source);
}

/**
 * As `init`, at once.
 * @throws {ScrublineError} `init.load` where there is no engine
 */
export function initSync(source: Omit<Source, "url"> = {}): void {
  if ((source.module ?? source.bytes) !== undefined) loadSync(source);
}
