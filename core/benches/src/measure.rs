//! Contenders measured in turns, and what their output still shows.

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// One way to redact a line.
pub struct Contender<'a> {
    /// Name in the table.
    pub name: &'static str,
    /// The work that is timed; its result is thrown away.
    pub work: Box<dyn FnMut(&str) + 'a>,
    /// The same work, for counting what it leaves.
    pub text: Box<dyn Fn(&str) -> String + 'a>,
}

/// Lines and, for each of them, the values planted in it.
pub struct Corpus {
    /// Lines without their ends.
    pub lines: Vec<String>,
    /// For each line the planted values; empty for a line without.
    pub planted: Vec<Vec<String>>,
}

impl Corpus {
    /// Reads `path` and `path.planted` as `tests/bench/generate.py` writes them.
    ///
    /// # Errors
    /// When one of the files cannot be read.
    pub fn read(path: &str) -> std::io::Result<Self> {
        let lines = std::fs::read_to_string(path)?.lines().map(str::to_owned).collect();
        let planted = std::fs::read_to_string(format!("{path}.planted"))?
            .lines()
            .map(|line| line.split('\t').filter(|value| !value.is_empty()).map(str::to_owned).collect())
            .collect();
        Ok(Self { lines, planted })
    }

    fn bytes(&self, count: usize) -> usize {
        self.lines.iter().take(count).map(String::len).sum()
    }

    /// Percent of the planted values that a contender leaves in its output, and percent of the lines without any that it
    /// changes, on the first `count` lines.
    pub fn quality(&self, contender: &Contender, count: usize) -> (f64, f64) {
        let (mut planted, mut left, mut clean, mut changed) = (0, 0, 0, 0);
        for (line, values) in self.lines.iter().zip(&self.planted).take(count) {
            let out = (contender.text)(line);
            planted += values.len();
            left += values.iter().filter(|value| out.contains(value.as_str())).count();
            if values.is_empty() {
                clean += 1;
                changed += usize::from(out != *line);
            }
        }
        (percent(left, planted), percent(changed, clean))
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 }
}

/// The middle of the values.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// What one contender needed.
pub struct Speed {
    /// Median of the rounds, in MB (10^6 bytes) a second.
    pub megabytes: f64,
    /// Median of the rounds, in microseconds a line.
    pub micros: f64,
    /// Median over the rounds of: this contender's time a byte over that of the first contender in the same round.
    pub ratio: f64,
    /// How many lines a round had; a slow contender gets fewer of them.
    pub lines: usize,
}

/// Lets every contender run once a round, one after the other, so that a slow spell of the machine hits all of them.
pub fn race(corpus: &Corpus, contenders: &mut [Contender], rounds: usize) -> Vec<Speed> {
    // A turn lasts about this long. The mix of lines repeats, so the first lines stand for all of them.
    const TURN: Duration = Duration::from_millis(150);
    const FEWEST: usize = 2_000;
    let counts: Vec<usize> = contenders
        .iter_mut()
        .map(|contender| {
            turn(corpus, contender, FEWEST / 4);
            let took = turn(corpus, contender, FEWEST / 2);
            let fit = TURN.as_secs_f64() / took.as_secs_f64() * (FEWEST / 2) as f64;
            (fit as usize).clamp(FEWEST, corpus.lines.len())
        })
        .collect();
    let mut per_byte: Vec<Vec<f64>> = vec![Vec::new(); contenders.len()];
    for _ in 0..rounds {
        for (index, contender) in contenders.iter_mut().enumerate() {
            let took = turn(corpus, contender, counts[index]);
            per_byte[index].push(took.as_secs_f64() / corpus.bytes(counts[index]) as f64);
        }
    }
    let first = per_byte[0].clone();
    per_byte
        .iter()
        .zip(counts)
        .map(|(times, lines)| {
            let second_per_byte = median(times.clone());
            Speed {
                megabytes: 1e-6 / second_per_byte,
                micros: second_per_byte * 1e6 * corpus.bytes(lines) as f64 / lines as f64,
                ratio: median(times.iter().zip(&first).map(|(time, base)| time / base).collect()),
                lines,
            }
        })
        .collect()
}

fn turn(corpus: &Corpus, contender: &mut Contender, count: usize) -> Duration {
    let start = thread_time();
    for line in corpus.lines.iter().take(count) {
        (contender.work)(black_box(line));
    }
    thread_time().saturating_sub(start)
}

/// Time that this thread had a processor: what else the machine does hardly shows in it.
fn thread_time() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), now.tv_nsec.unsigned_abs() as u32)
}

/// Median of the time that `build` takes, in milliseconds.
pub fn build_time(rounds: usize, mut build: impl FnMut()) -> f64 {
    let times = (0..rounds)
        .map(|_| {
            let start = thread_time();
            build();
            thread_time().saturating_sub(start).as_secs_f64() * 1e3
        })
        .collect();
    median(times)
}

/// Bars of this run, to be written for the summary.
#[derive(Default)]
pub struct Bars(Vec<String>);

impl Bars {
    /// Notes whether `value` reaches `bar`: at least it, or with `at_most` at most.
    pub fn check(&mut self, what: &str, value: f64, bar: f64, unit: &str, at_most: bool) {
        let pass = if at_most { value <= bar } else { value >= bar };
        let (verdict, side) = (if pass { "PASS" } else { "BELOW" }, if at_most { "at most" } else { "at least" });
        self.0.push(format!("{verdict:<6} {what:<72} {value:>8.2}{unit}  ({side} {bar}{unit})"));
    }

    /// Writes the bars for `make bench` to print at its end.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, path: &str) -> std::io::Result<()> {
        std::fs::write(path, self.0.join("\n") + "\n")
    }
}

/// Ratios by contender name.
pub type Ratios = HashMap<&'static str, f64>;
