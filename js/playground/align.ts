// Findings say where something is in the log; this finds what stands in its place in the redacted text.
import type { Finding } from "scrubline";

/** First and last-but-one unit in the redacted text. */
export type Place = readonly [start: number, end: number];

/** How much of the text behind a finding is compared to see where its replacement ends. */
const ANCHOR = 64;
const PSEUDONYM = /\[[\w-]{1,16}:[0-9a-f]{24}\]/y;
const CARD = /\*{4}-\*{4}-\*{4}-\d{4}/y;

/**
 * The places of all findings in the redacted text; `undefined` where the two texts do not fit each other.
 *
 * Between findings the texts are the same, so a replacement ends where the text behind its finding goes on. Where that could be at more
 * than one place, the replacement that the action promises is preferred.
 */
export function align(log: string, redacted: string, findings: readonly Finding[], mask: string): Place[] | undefined {
  const places: Place[] = [];
  // what both texts have in common ends here in the log
  let read = 0;
  let written = 0;
  for (const [i, finding] of findings.entries()) {
    const { start, end, action } = finding;
    const from = written + start - read;
    const next = findings[i + 1]?.start ?? log.length;
    const to = action === "keep" ? from + end - start : replacementEnd(log, redacted, finding, from, next, mask);
    if (to < 0 || redacted.slice(written, from) !== log.slice(read, start)) return undefined;
    places.push([from, to]);
    read = end;
    written = to;
  }
  return redacted.slice(written) === log.slice(read) ? places : undefined;
}

function replacementEnd(log: string, redacted: string, finding: Finding, from: number, next: number, mask: string): number {
  if (next === log.length) return redacted.length - (next - finding.end);
  const anchor = log.slice(finding.end, Math.min(next, finding.end + ANCHOR));
  const promised = from + promise(log, redacted, finding, from, mask);
  return redacted.startsWith(anchor, promised) ? promised : redacted.indexOf(anchor, from + 1);
}

/** Length of the replacement by the grammar of placeholders. */
function promise(log: string, redacted: string, { detector, start, end, action }: Finding, from: number, mask: string): number {
  const sticky = (pattern: RegExp): number => {
    pattern.lastIndex = from;
    return pattern.exec(redacted)?.[0].length ?? mask.length;
  };
  if (action === "label") return `[REDACTED:${detector}]`.length;
  if (action === "pseudonym") return sticky(PSEUDONYM);
  if (action !== "partial") return mask.length;
  if (!redacted.startsWith("***@", from)) return sticky(CARD);
  return "***".length + end - (start + log.slice(start, end).lastIndexOf("@"));
}
