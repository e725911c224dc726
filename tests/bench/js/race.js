// Contenders measured in turns, tables of their ratios, and the bars that `make bench` sums up at its end.
import { readFileSync, writeFileSync } from "node:fs";

const TURN = 150; // milliseconds that one turn lasts, about
const FEWEST = 1000; // lines of a turn where there are so many: twenty repetitions of the mix
/** One repetition of the mix, for a contender that takes milliseconds a line. */
export const MIX = 50;

const linesOf = (path) => readFileSync(path, "utf8").split("\n").slice(0, -1);

/** Lines of `path`, and of `path.planted` the values planted in each, as generate.py writes them. */
export function corpus(path) {
  return { lines: linesOf(path), planted: linesOf(`${path}.planted`).map((line) => (line ? line.split("\t") : [])) };
}

/** Percent of planted values left in the output, and percent of lines without any that changed, of the first lines. */
export async function quality({ lines, planted }, redact, count) {
  let values = 0, left = 0, clean = 0, changed = 0;
  for (let i = 0; i < Math.min(count, lines.length); i++) {
    const out = await redact(lines[i]);
    values += planted[i].length;
    left += planted[i].filter((value) => out.includes(value)).length;
    if (planted[i].length > 0) continue;
    clean++;
    changed += out === lines[i] ? 0 : 1;
  }
  return { left: (100 * left) / Math.max(values, 1), wrong: (100 * changed) / Math.max(clean, 1) };
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

// What the contenders return is used, so that no engine may leave out the work.
let sink = 0;

// Milliseconds of a turn by the clock on the wall: Node 20 has none for the time of one thread, so let the machine rest.
async function turn(work, items, count) {
  const start = performance.now();
  for (let i = 0; i < count; i++) {
    const out = work(items[i]);
    sink ^= String(out instanceof Promise ? await out : out).length;
  }
  return performance.now() - start;
}

/**
 * Lets every contender run once a round, one after the other, so that a slow spell of the machine hits all of them.
 * `contenders`: [name, work, items]; a promise of `work` is waited for. For each name: microseconds an item and times the first contender's, both medians of the rounds.
 */
export async function race(contenders, rounds = 9) {
  const counts = [];
  for (const [, work, items] of contenders) {
    const fewest = Math.min(FEWEST, items.length);
    await turn(work, items, fewest);
    await turn(work, items, fewest);
    counts.push(Math.round(Math.max(fewest, Math.min((TURN / (await turn(work, items, fewest))) * fewest, items.length))));
  }
  const times = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, [, work, items]] of contenders.entries()) times[index].push((await turn(work, items, counts[index])) / counts[index]);
  }
  return new Map(
    contenders.map(([name], index) => [
      name,
      { micros: median(times[index]) * 1e3, ratio: median(times[index].map((time, round) => time / times[0][round])) },
    ]),
  );
}

/** Races the contenders, prints a row for each and returns the ratios to the first one. */
export async function table(title, contenders, extra = () => "") {
  const speeds = await race(contenders);
  console.log(`\n${title}`);
  const ratios = {};
  for (const [name, { micros, ratio }] of speeds) {
    console.log(`  ${name.padEnd(46)} ${micros.toFixed(3).padStart(9)} µs ${ratio.toFixed(2).padStart(9)} x ${await extra(name)}`);
    ratios[name] = ratio;
  }
  return ratios;
}

/** The bars of one language, written to a file for the summary. */
export class Bars {
  #rows = [];

  /** Notes whether `value` reaches `bar`: at least it, or at most. */
  check(what, value, bar, unit, { atMost = false } = {}) {
    const verdict = (atMost ? value <= bar : value >= bar) ? "PASS" : "BELOW";
    const side = atMost ? "at most" : "at least";
    this.#rows.push(`${verdict.padEnd(6)} ${what.padEnd(72)} ${value.toFixed(2).padStart(8)}${unit}  (${side} ${bar}${unit})`);
  }

  write(path) {
    writeFileSync(path, this.#rows.join("\n") + "\n");
  }
}
