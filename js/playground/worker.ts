// The engine, away from the page, so that a large log does not hold it up.
import type { Candidate, Finding, Redactor } from "scrubline";

import deflated from "playground:engine";

import { align, type Place } from "./align.js";
import { ACTIONS, FIELDS, type Calls, type Reply, type Request, type Result } from "./protocol.js";

const engine = load();
/** Pseudonyms need a key, and this one is nobody's: made for this visit, and never shown. */
const key = crypto.getRandomValues(new Uint8Array(32));

const SHORT = 1 << 16;

let redactor: Redactor | undefined;
let mask = "";
let log = "";

async function load() {
  const inflated = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const bytes = await new Response(inflated).arrayBuffer();
  const scrubline = await import("scrubline");
  scrubline.initSync({ bytes });
  return scrubline;
}

const calls: { [N in keyof Calls]: (input: Parameters<Calls[N]>[0]) => Promise<ReturnType<Calls[N]>> } = {
  async setup({ policy, knownValues }) {
    const { Redactor, ScrublineError } = await engine;
    try {
      redactor = new Redactor(policy, { key, knownValues });
      mask = policy.mask ?? "[REDACTED]";
      return undefined;
    } catch (error) {
      if (!(error instanceof ScrublineError)) throw error;
      return { code: error.code, path: error.path, message: error.message };
    }
  },

  async redact(text) {
    // as the engine reads it: half a character is none
    log = text.toWellFormed();
    // a browser compiles an engine in its first calls, which a short log would be all of
    if (log.length < SHORT) ready().redact(log);
    const begun = performance.now();
    const redacted = ready().redact(log);
    const milliseconds = performance.now() - begun;
    const findings = ready().findings(log);
    return pack(redacted, findings, align(log, redacted, findings, mask), milliseconds);
  },

  async explain({ from, to }): Promise<Candidate[]> {
    return ready()
      .explain(log.slice(from, to))
      .map((one) => ({ ...one, start: one.start + from, end: one.end + from }));
  },
};

function ready(): Redactor {
  if (redactor === undefined) throw new Error("no policy was accepted yet");
  return redactor;
}

function pack(text: string, findings: readonly Finding[], places: readonly Place[] | undefined, milliseconds: number): Result {
  const spans = new Uint32Array(FIELDS * findings.length);
  const detectors = new Map<string, number>();
  for (const [i, { start, end, detector, action }] of findings.entries()) {
    if (!detectors.has(detector)) detectors.set(detector, detectors.size);
    spans.set([start, end, ...(places?.[i] ?? [0, 0]), detectors.get(detector) ?? 0, ACTIONS.indexOf(action)], FIELDS * i);
  }
  return { spans, detectors: [...detectors.keys()], lines: linesOf(findings), text, milliseconds };
}

/** How many lines have findings. */
function linesOf(findings: readonly Finding[]): number {
  let lines = 0;
  let end = -1;
  for (const { start } of findings) {
    if (start < end) continue;
    lines++;
    const newline = log.indexOf("\n", start);
    end = newline < 0 ? log.length : newline;
  }
  return lines;
}

addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  let reply: Reply;
  try {
    reply = { id: data.id, answer: await calls[data.name](data.input as never) };
  } catch (error) {
    reply = { id: data.id, fault: String(error) };
  }
  postMessage(reply);
});
