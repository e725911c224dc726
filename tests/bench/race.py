"""Contenders measured in turns, tables of their ratios, and the bars that `make bench` sums up at its end."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import thread_time

TURN = 0.15  # seconds that one turn lasts, about
FEWEST = 500  # items of the slowest contender's turn: ten repetitions of the mix


@dataclass
class Corpus:
    """Lines and, for each of them, the values planted in it."""

    lines: list[str]
    planted: list[list[str]]

    @classmethod
    def read(cls, path: Path) -> Corpus:
        """Read `path` and `path.planted` as generate.py writes them."""
        lines = path.read_text(encoding="utf-8").split("\n")[:-1]
        planted = Path(f"{path}.planted").read_text(encoding="utf-8").split("\n")[:-1]
        return cls(lines, [line.split("\t") if line else [] for line in planted])

    def quality(self, redact: Callable[[str], str], count: int) -> tuple[float, float]:
        """Percent of planted values left in the output, and percent of lines without any that changed."""
        values = left = clean = changed = 0
        for line, planted in zip(self.lines[:count], self.planted[:count], strict=True):
            out = redact(line)
            values += len(planted)
            left += sum(value in out for value in planted)
            if not planted:
                clean += 1
                changed += out != line
        return 100 * left / max(values, 1), 100 * changed / max(clean, 1)


@dataclass
class Contender:
    """`work(items)` is timed on what `prepare(n)` made of n items; preparing is not timed."""

    name: str
    work: Callable[[Sequence[object]], None]
    prepare: Callable[[int], Sequence[object]]


@dataclass
class Speed:
    """Microseconds an item (median of the rounds), and times the first contender's (median of the rounds' ratios)."""

    micros: float
    ratio: float
    count: int


def race(contenders: list[Contender], most: int, rounds: int = 9) -> dict[str, Speed]:
    """Let every contender run once a round, one after the other, so that a slow spell of the machine hits all of them."""
    counts = []
    for contender in contenders:
        once(contender, FEWEST)
        fit = int(TURN / once(contender, FEWEST) * FEWEST)
        counts.append(max(FEWEST, min(fit, most)))
    times: list[list[float]] = [[] for _ in contenders]
    for _ in range(rounds):
        for index, contender in enumerate(contenders):
            times[index].append(once(contender, counts[index]) / counts[index])
    return {
        contender.name: Speed(
            micros=statistics.median(mine) * 1e6,
            ratio=statistics.median(a / b for a, b in zip(mine, times[0], strict=True)),
            count=count,
        )
        for contender, mine, count in zip(contenders, times, counts, strict=True)
    }


def once(contender: Contender, count: int) -> float:
    """Seconds that this thread had a processor in one turn over `count` items; other processes hardly show in it."""
    items = contender.prepare(count)
    start = thread_time()
    contender.work(items)
    return thread_time() - start


@dataclass
class Bars:
    """The bars of one language, written to a file for the summary."""

    rows: list[str] = field(default_factory=list)

    def check(
        self, what: str, value: float, bar: float, unit: str, *, at_most: bool = False
    ) -> None:
        """Note whether `value` reaches `bar`: at least it, or at most."""
        passed = value <= bar if at_most else value >= bar
        side = "at most" if at_most else "at least"
        self.rows.append(
            f"{'PASS' if passed else 'BELOW':<6} {what:<72} {value:>8.2f}{unit}  ({side} {bar:g}{unit})"
        )

    def write(self, path: Path) -> None:
        """Write the rows to `path`."""
        path.write_text("\n".join(self.rows) + "\n", encoding="utf-8")
