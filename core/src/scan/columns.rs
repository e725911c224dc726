//! Tables of text: a line of names, and lines of values under them, as CSV, `psql` and Markdown have them. And forms: a line that is a
//! label, and its value in the next one.

use crate::detect::context::{PART, VERSION};
use crate::detect::words::Rule;
use crate::scan::bytes::{self, at, part, skip};
use crate::scan::code;
use crate::scan::lines::Open;
use crate::scan::value::{self, Extent};
use crate::scan::{Match, Scan};

/// Bytes of a line of names, and of one name.
const HEADER_MAX: usize = 512;
const NAME_MAX: usize = 32;
/// Bytes of a line that is a label, and of the line that is its value.
const LABEL_MAX: usize = 64;
const VALUE_MAX: usize = 48;

/// Columns of one table whose values are looked at.
const COLUMNS_MAX: usize = 6;

/// A column by what its name says of the values in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Column {
    place: u8,
    rule: Option<Rule>,
    context: u64,
}

/// The columns of a table, of which some have names that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Table {
    named: [Option<Column>; COLUMNS_MAX],
    count: u8,
    mark: u8,
    /// The names are indented, so that one column before them may have none: the index of a frame of pandas.
    indented: bool,
}

/// What may stand between two columns.
fn is_column_mark(b: u8) -> bool {
    matches!(b, b',' | b';' | b'\t' | b'|')
}

/// The first byte of a line that is drawn between columns: `│`, `┃`, `║`.
const DRAWN: u8 = 0xe2;

/// The bytes of the mark between columns at `i`.
fn mark_width(line: &[u8], i: usize) -> usize {
    match part(line, i, i + 3) {
        [DRAWN, 0x94, 0x82 | 0x83] | [DRAWN, 0x95, 0x91] => 3,
        [DRAWN, ..] => 0,
        _ => 1,
    }
}

/// Two spaces at least, by which columns are aligned where there is no mark.
fn is_gap(line: &[u8], i: usize) -> bool {
    part(line, i, i + 2) == b"  "
}

/// The columns of a line: each with where it begins and ends, without the spaces and the quotes around it.
fn columns(line: &[u8], mark: u8) -> impl Iterator<Item = (usize, usize)> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let from = next?;
        let start = skip(line, from, |b| b == b' ');
        let quote = at(line, start);
        let closing = if matches!(quote, b'"' | b'\'') { value::quote_end(line, start + 1, quote, 0, 1) } else { None };
        let (start, end) = closing.map_or((start, start), |closing| (start + 1, closing));
        let stop = match mark {
            b' ' => (end..line.len()).find(|&i| is_gap(line, i)).unwrap_or(line.len()),
            DRAWN => (end..line.len()).find(|&i| at(line, i) == DRAWN && mark_width(line, i) > 0).unwrap_or(line.len()),
            _ => skip(line, end, |b| b != mark),
        };
        next = (stop < line.len()).then_some(stop + mark_width(line, stop));
        let end = if closing.is_some() { end } else { start + part(line, start, stop).trim_ascii_end().len() };
        Some((start, end))
    })
}

impl Scan<'_, '_> {
    /// If the line is nothing but names of columns: those that say something of the values in the next lines.
    pub(super) fn header(&self) -> Option<Table> {
        // a line end before it was held back under a key
        let line = self.text.trim_ascii();
        // of a statement of SQL over several lines
        let line = line.strip_prefix(b"(").and_then(|list| list.strip_suffix(b")")).unwrap_or(line);
        if line.len() > HEADER_MAX || !self.text.ends_with(b"\n") {
            return None;
        }
        let table = self.table_of(line, Self::mark(line))?;
        Some(Table { indented: table.mark == b' ' && is_gap(self.text, 0), ..table })
    }

    /// What stands between the columns of a line.
    fn mark(line: &[u8]) -> u8 {
        let mark = line.iter().enumerate().find(|&(i, &b)| is_column_mark(b) || b == DRAWN && mark_width(line, i) > 0);
        mark.map_or(b' ', |(_, &b)| b)
    }

    /// The next lines have the columns of this list, with this mark between.
    pub(super) fn rows_follow(&mut self, list: &[u8], mark: u8) {
        if self.open == Open::Nothing
            && let Some(table) = self.table_of(list, b',')
        {
            self.open = Open::Table(Table { mark, ..table });
        }
    }

    /// Of names with this mark between, where some say something.
    fn table_of(&self, line: &[u8], mark: u8) -> Option<Table> {
        let mut table = Table { named: [None; COLUMNS_MAX], count: 0, mark, indented: false };
        let mut slots = table.named.iter_mut();
        // words of a name have spaces between only where nothing else has: `User name,Secret access key`
        let spaced = || mark == b'|' || mark != b' ' && memchr::memchr_iter(mark, line).all(|i| at(line, i + 1) != b' ');
        for (start, end) in columns(line, mark) {
            let name = part(line, start, end);
            // a frame has nothing outside of its first and its last mark
            let outside = name.is_empty() && matches!(mark, b'|' | DRAWN) && (table.count == 0 || end == line.len());
            let sound = outside
                || (1..=NAME_MAX).contains(&name.len())
                    && name.iter().all(|&b| bytes::is_key(b) && b != b'.' || b == b' ' && spaced())
                    && !name.iter().all(u8::is_ascii_digit);
            // a list of fields and their types: `password | text`
            if !sound || code::is_type(name) || table.count == u8::MAX {
                return None;
            }
            let verdict = self.engine.fields.verdict(name);
            let rule = verdict.rule.map(|(rule, _)| rule).filter(|rule| rule.may_be_column());
            let context = verdict.context & !VERSION;
            if (rule.is_some() || context != 0)
                && let Some(slot) = slots.next()
            {
                *slot = Some(Column { place: table.count, rule, context });
            }
            table.count += 1;
        }
        (table.count > 1 && table.named.iter().any(Option::is_some)).then_some(table)
    }

    /// Takes the values in the columns that the line of names said, and waits for the next line.
    pub(super) fn row(&mut self, table: Table) {
        let line = self.text.trim_ascii_end();
        // a row of a statement of SQL: `(1, 'x'),`
        let row = line.strip_suffix(b"),").or_else(|| line.strip_suffix(b");")).filter(|row| at(row.trim_ascii_start(), 0) == b'(');
        let line = row.unwrap_or(line);
        let ruled_off =
            !line.is_empty() && line.iter().all(|&b| matches!(b, b'-' | b'+' | b'|' | b' ' | b':' | b'=' | 0x80..=0xbf | DRAWN));
        let between = ruled_off || line.trim_ascii().eq_ignore_ascii_case(b"values");
        if !between {
            let unnamed = columns(line, table.mark).count().wrapping_sub(usize::from(table.count));
            if unnamed > usize::from(table.indented) {
                return;
            }
            for column in table.named.into_iter().flatten() {
                let Some((start, end)) = columns(line, table.mark).nth(unnamed + usize::from(column.place)) else { return };
                match column.rule {
                    Some(rule) => self.secret_cell(rule, start, end, table.mark),
                    None => self.cell(column.context, start, end),
                }
            }
        }
        if self.open == Open::Nothing {
            self.open = Open::Table(table);
        }
    }

    fn secret_cell(&mut self, rule: Rule, start: usize, end: usize, mark: u8) {
        let value = part(self.text, start, end);
        // a list of fields looks the same, and what is aligned may be a list of anything
        let wild = if mark == b' ' { value::is_striking(value) } else { value::has_digit_or_symbol(value) };
        let count = value.len() < 4 && value.iter().all(u8::is_ascii_digit);
        if wild && !count && !value.contains(&b'(') && self.is_secret(rule, value) {
            self.take_ahead(rule, &Extent { start, end, open: Open::Nothing, quoted: true });
        }
    }

    /// A value that its column says something of, as a key would.
    fn cell(&mut self, context: u64, start: usize, end: usize) {
        let mut found = Vec::new();
        Scan::new(self.engine, part(self.text, start, end), context, &mut found).run(Open::Nothing);
        self.matches.extend(found.into_iter().map(|found| Match { start: found.start + start, end: found.end + start, ..found }));
    }

    /// If the line is nothing but a label, as those of a form are: what it says of the next line.
    pub(super) fn label(&self) -> Option<u64> {
        let label = self.text.trim_ascii_end();
        let other = |&b: &u8| is_column_mark(b) || matches!(b, b'0'..=b'9' | b'=' | b'[' | b'*');
        let plain = label.len() <= LABEL_MAX && self.text.ends_with(b"\n") && !label.iter().any(other);
        let said = if plain && self.matches.is_empty() { self.announced_by(label.len()) } else { 0 };
        (said & !PART != 0).then_some(said & !PART)
    }

    /// May this line be the value of the label in the one before? Digits or a code, without words.
    pub(super) fn is_labelled_line(&self) -> bool {
        let line = self.text.trim_ascii();
        let value = |word: &[u8]| word.len() <= 3 && word.iter().all(u8::is_ascii_uppercase) || word.iter().any(u8::is_ascii_digit);
        line.len() <= VALUE_MAX && line.iter().any(u8::is_ascii_digit) && line.split(|&b| b == b' ').all(value)
    }
}
