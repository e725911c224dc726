import type { Glue } from "./wasm/glue.js";

/** Makes an instance of the engine. */
export type Make = () => Glue;

let make: Make | undefined;
let prepare: (() => Make) | undefined;
let waiting: (() => void)[] = [];

/** The instance in use; `undefined` before the first use and after a trap. */
export let current: Glue | undefined;

/** Takes an engine for all redactors. */
export function use(given: Make): void {
  current = given();
  make = given;
  settle();
}

/** Tells who waits that the engine is there, or that it will not come: what they kept must come out, if only as error markers. */
export function settle(): void {
  const settled = waiting;
  waiting = [];
  for (const then of settled) then();
}

/** Calls `then` when the engine is there; answers false where it is there already, and does not call it. */
export function awaited(then: () => void): boolean {
  try {
    if (revive() !== undefined) return false;
  } catch {
    return false; // it will not come
  }
  waiting.push(then);
  return true;
}

/** Takes what prepares the engine, once it is needed: who imports a library that logs need not pay before anything is logged. */
export function supply(source: () => Make): void {
  prepare = source;
}

/** The instance in use, or a new one: the first, or one in place of a trapped one. */
export function revive(): Glue | undefined {
  if (current === undefined) {
    make ??= prepare?.();
    if (make !== undefined) current = make();
  }
  return current;
}

/** Takes an instance out of use: after a trap its memory cannot be trusted. */
export function discard(glue: Glue | undefined): void {
  if (glue === current) current = undefined;
}
