// What every app runs: copied beside it, with the vectors' runner.
import { runAll } from "./javascript.mjs";

const ADDRESS = "to ana@example.com";
const CLEAN = "to ***@example.com";
const ERROR = "[REDACTED:error]";

/** What a redactor answers before anything was awaited. */
export function atOnce({ Redactor }) {
  return new Redactor().redact(ADDRESS);
}

/**
 * All vectors, and what an engine must do when it breaks.
 *
 * @param first what `atOnce` answered: a host that need not wait must have redacted, any other failed closed
 * @param decoding an object and the name of its method, without which no text comes out of the engine
 * @param seconds that one case may take
 */
export async function run(scrubline, data, first, { waits = false, decoding = [TextDecoder.prototype, "decode"], seconds } = {}) {
  const result = await runAll(scrubline, data, seconds);
  if (first !== (waits ? ERROR : CLEAN)) result.failures.push(`before ready: ${first}`);
  const broken = breakOnce(scrubline, ...decoding);
  if (broken !== `${ERROR} ${CLEAN}`) result.failures.push(`a broken instance: ${broken}`);
  return result;
}

/** A fault inside of a call costs the instance: that call gives the marker, the next one has a fresh instance. */
function breakOnce({ Redactor }, owner, name) {
  const redactor = new Redactor();
  const method = owner[name];
  owner[name] = () => {
    owner[name] = method;
    throw new RangeError("no room");
  };
  try {
    return `${redactor.redact(ADDRESS)} ${redactor.redact(ADDRESS)}`;
  } finally {
    owner[name] = method;
  }
}

/** In a page or one of its workers: fetches the vectors and sends the result. */
export async function report(scrubline, first, options = { waits: true }) {
  let result;
  try {
    await scrubline.ready;
    result = await run(scrubline, await (await fetch("/data.json")).json(), first, options);
  } catch (error) {
    result = { failures: [String(error?.stack ?? error)] };
  }
  await fetch("/result", { method: "POST", body: JSON.stringify(result) });
}
