import { instantiate, type Glue } from "./wasm/glue.js";

let compiled: object | undefined;

/** The instance in use; `undefined` before `use` and after a trap. */
export let current: Glue | undefined;

/** Takes a compiled module for all redactors. */
export function use(module: object): void {
  current = instantiate(module);
  compiled = module;
}

/** The instance in use, or a new one of the same module in place of a trapped one. */
export function revive(): Glue | undefined {
  if (current === undefined && compiled !== undefined) current = instantiate(compiled);
  return current;
}

/** Takes an instance out of use: after a trap its memory cannot be trusted. */
export function discard(glue: Glue | undefined): void {
  if (glue === current) current = undefined;
}
