//! Parameters of statements of SQL, which stand apart from the columns that say what they are: `SET password = %s …; args=('x', 4)`,
//! `[@p0='x'] … SET [Password] = @p0`, and in the line behind the statement.

use crate::detect::words::Rule;
use crate::replace::placeholder;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, part, run, skip};
use crate::scan::lines::Open;
use crate::scan::value::{Extent, quote_end};

/// Bytes of a statement and of its parameters that are looked at.
pub(super) const STATEMENT: usize = 4096;

/// How statements with parameters begin.
const STATEMENTS: [&str; 8] = ["insert into ", "replace into ", "merge into ", "delete from ", "update ", "select ", "call ", "exec "];

/// Places at which a parameter with a name may have its value.
const OCCURRENCES: usize = 8;

/// What stands before a list of parameters: of Django, SQLAlchemy, PostgreSQL, MyBatis, Prisma, Knex and Sequelize.
const LISTS: [&str; 12] = [
    "args=",
    "args (",
    "; {\"",
    "parameters: ",
    "parameters=",
    "params: ",
    "params=",
    "bindings: ",
    "binds: ",
    "bind: ",
    "[generated in ",
    "[cached since ",
];

/// Parameters of a statement that are secrets, by their numbers, and of which kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bound {
    rule: Rule,
    places: u32,
    /// Parameters without a number that were counted so far, and up to where.
    counted: (usize, usize),
}

/// Does this stand for the value of a parameter: `?`, `%s`, `$2`, `:2`, `@p0`?
pub(super) fn is_parameter(value: &[u8]) -> bool {
    match value {
        b"?" | b"%s" => true,
        [b'$' | b':', number @ ..] => !number.is_empty() && number.iter().all(u8::is_ascii_digit),
        [b'@', name @ ..] => !name.is_empty() && name.iter().all(|&b| bytes::is_word(b)),
        _ => false,
    }
}

/// Where the statement begins that goes on at `i`: a mark before it is none of its parameters.
fn statement_start(text: &[u8], i: usize) -> usize {
    let from = i.saturating_sub(STATEMENT);
    let line = part(text, from, i).to_ascii_lowercase();
    from + STATEMENTS.iter().filter_map(|verb| bytes::find(&line, 0, verb.as_bytes())).min().unwrap_or(0)
}

impl Scan<'_, '_> {
    /// Notes that the parameter `start..end` has a value of this rule, or takes the value if the parameter has a name: whether it did one of
    /// the two.
    #[inline(never)]
    pub(super) fn bind(&mut self, rule: Rule, start: usize, end: usize) -> bool {
        let text = self.text;
        let mut counted = self.bound.map_or_else(|| (0, statement_start(text, start)), |bound| bound.counted);
        let place = match part(text, start, end) {
            name @ [b'@', ..] => return self.named_parameter(rule, name, start),
            [b'$' | b':', number @ ..] => std::str::from_utf8(number).ok().and_then(|number| number.parse::<usize>().ok()?.checked_sub(1)),
            mark => {
                // of an address, a query follows: `?page=2`
                let is_one = |other: &[u8]| other.starts_with(mark) && other.get(mark.len()).is_none_or(|&next| !bytes::is_word(next));
                counted.0 += part(text, counted.1, start).windows(mark.len() + 1).filter(|other| is_one(other)).count();
                counted.1 = start;
                Some(counted.0)
            }
        };
        let bit = place.and_then(|place| 1_u32.checked_shl(u32::try_from(place).ok()?)).unwrap_or(0);
        self.bound = Some(Bound { rule, places: self.bound.map_or(0, |bound| bound.places) | bit, counted });
        place.is_some()
    }

    /// `@p0=N'x'`, before the statement or behind it.
    fn named_parameter(&mut self, rule: Rule, name: &[u8], start: usize) -> bool {
        let text = self.text;
        let text = bytes::up_to(text, start + STATEMENT);
        let mut from = start.saturating_sub(STATEMENT);
        for _ in 0..OCCURRENCES {
            let Some(found) = bytes::find(text, from, name) else { break };
            from = found + name.len();
            let equals = skip(text, from, |b| b == b' ');
            let quote = skip(text, equals + 1, |b| matches!(b, b' ' | b'N'));
            if at(text, equals) == b'='
                && at(text, quote) == b'\''
                && let Some(end) = quote_end(text, quote + 1, b'\'', 0, 1)
            {
                self.parameter(rule, quote + 1, end, true);
                return true;
            }
        }
        false
    }

    /// Takes the secrets in the list of parameters of this line, or waits for the one of the next.
    pub(super) fn bound(&mut self, bound: Bound, awaited: bool) {
        let text = part(self.text, 0, self.text.len().min(STATEMENT * 2));
        let line = text.to_ascii_lowercase();
        let list = LISTS.iter().filter_map(|list| Some(bytes::find(&line, 0, list.as_bytes())? + list.len())).max();
        match list {
            Some(list) => self.parameters(bound, list),
            None if !awaited && self.open == Open::Nothing => self.open = Open::Bound(bound),
            None => {}
        }
    }

    fn parameters(&mut self, bound: Bound, from: usize) {
        let text = self.text;
        // `[generated in 0.0002s] ('x', 4)`
        let times = run(text, from, |b| bytes::is_word(b) || matches!(b, b'.' | b' '));
        let from = if at(text, from + times) == b']' && times > 0 { from + times + 1 } else { from };
        let opens = |i: usize| matches!(at(text, i), b'(' | b'[') && placeholder::prefix(part(text, i, text.len())).is_none();
        let (mut i, mut place) = (from, 0_u32);
        loop {
            i += run(text, i, |b| b == b' ');
            while opens(i) {
                i += 1;
            }
            // `$1 = 'x'`, and `"$1":"x"`, whose first quote is a part of what stands before a list
            let dollar = i + usize::from(at(text, i) == b'"');
            let number = skip(text, dollar + 1, |b| b.is_ascii_digit());
            let named = bytes::phrase(" = |\":", part(text, number, text.len())).filter(|_| at(text, dollar) == b'$');
            i = named.map_or(i, |length| number + length);
            i += usize::from(matches!(part(text, i, i + 2), [b'u' | b'b' | b'N' | b'E', b'\'' | b'"']));
            let quote = at(text, i);
            let quoted = matches!(quote, b'\'' | b'"');
            let end = match placeholder::prefix(part(text, i, text.len())) {
                Some(length) => i + length,
                None if quoted => match quote_end(text, i + 1, quote, 0, 1) {
                    Some(end) => end,
                    None => return,
                },
                None => skip(text, i, |b| !matches!(b, b',' | b'(' | b')' | b']' | b'\r' | b'\n')),
            };
            if bound.places.checked_shr(place).is_some_and(|places| places & 1 != 0) {
                self.parameter(bound.rule, i + usize::from(quoted), end, quoted);
            }
            // MyBatis says of which type it is: `x(String)`
            i = end + usize::from(quoted);
            i += if at(text, i) == b'(' { run(text, i, |b| b != b')') + 1 } else { 0 };
            i += run(text, i, |b| b == b' ');
            match part(text, i, i + 2) {
                [b',', ..] => (i, place) = (i + 1, place + 1),
                // another row
                b")," => (i, place) = (i + 2, 0),
                _ => return,
            }
        }
    }

    fn parameter(&mut self, rule: Rule, start: usize, end: usize, quoted: bool) {
        if self.is_secret(rule, part(self.text, start, end)) {
            self.take_ahead(rule, &Extent { start, end, open: Open::Nothing, quoted });
        }
    }
}
