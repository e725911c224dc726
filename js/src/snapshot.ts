/** In place of what has no end or cannot be read. No option takes it, so that the engine refuses what has it, and says where. */
export const REFUSED = Symbol("refused");

/**
 * A copy of options that nobody else holds, so that neither a later change nor a getter reaches the engine.
 *
 * Absent values are left out. What is no data stays as it is, for the engine to refuse.
 */
export function snapshot(value: unknown, around: readonly unknown[] = []): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (around.includes(value)) return REFUSED;
  const within = [...around, value];
  try {
    if (Array.isArray(value)) return value.map((part) => snapshot(part, within));
    // a Map, whose entries are no properties, would pass for an empty object
    if (Symbol.iterator in value) return REFUSED;
    const present = Object.entries(value).filter(([, part]) => part !== undefined);
    return Object.fromEntries(present.map(([name, part]) => [name, snapshot(part, within)]));
  } catch {
    return REFUSED;
  }
}
