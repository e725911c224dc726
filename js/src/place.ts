// A place in a value, as the engine gives it out: a number that says what the engine makes of what stands there.

/**
 * `index << 6`, and in the bits before it: only a list names it (5), has a name beside it (4), is such a name (3), key changed (2), verdict
 * (0 and 1). The other side is in wasm/src/lib.rs.
 */
export type Place = number;

/** Bits of a place before its index. */
export const INDEX = 6;

/** Verdicts; all from `MASK` on hide what is there. */
const MASK = 2;
const DROP = 3;

/** The engine's answer where it failed: a place under which nothing comes out. */
export const NOWHERE: Place = ((-1 >>> INDEX) << INDEX) | MASK;

export const masks = (place: Place): boolean => (place & MASK) !== 0;
export const drops = (place: Place): boolean => (place & 3) === DROP;
export const keyChanges = (place: Place): boolean => (place & 4) !== 0;
export const isName = (place: Place): boolean => (place & 8) !== 0;
export const isNamed = (place: Place): boolean => (place & 16) !== 0;
export const isNamedByList = (place: Place): boolean => (place & 32) !== 0;
export const isSame = (a: Place, b: Place): boolean => a >>> INDEX === b >>> INDEX;
