/**
 * A copy of options that nobody else holds, so that neither a later change nor a getter reaches the engine.
 *
 * Absent values are left out. What is no data stays as it is, for the engine to refuse.
 */
export function snapshot(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snapshot);
  if (typeof value !== "object" || value === null) return value;
  const present = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(present.map(([name, part]) => [name, snapshot(part)]));
}
