//! Where the value of a key begins: behind its separator, and what a language or a markup puts in between.

use super::Key;
use crate::detect::context::PART;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, before, part, run, skip};
use crate::scan::code;
use crate::scan::value::{self, Around};

/// What Spring, Python's argparse and who compares say between a field and its value.
const REJECTED: &str = " rejected value [| invalid value: | invalid str value: | invalid choice: | got ";

/// What ends an emphasis behind the separator that it has in it.
const MARKUP: &str = "** |* |__ |_ |</b>|</strong>|</em>|</i>|</label>|</span>|</th>|</td>|</dt>|</code>";

/// Calls of Pydantic around a value.
const WRAPPERS: &str = "field(default=|field(|secretstr(";

/// Where the value may begin behind a separator at `i`, and behind what a language or a markup puts in between.
#[inline(always)]
fn value_start(text: &[u8], i: usize) -> usize {
    // `:=`, `=>`, `==`, `::=`
    let behind = i + 1 + run(text, i + 1, |b| matches!(b, b'=' | b'>' | b':')).min(3);
    let over = |behind: usize, may_be: bool, phrases: &str| {
        behind + if may_be { bytes::phrase(phrases, part(text, behind, text.len())).unwrap_or(0) } else { 0 }
    };
    // `**Password:** x`, `<b>Password:</b> x`
    let behind = over(behind, matches!(at(text, behind), b'*' | b'_' | b'<'), MARKUP);
    // `password: rejected value [x]`
    let behind = over(behind, matches!(part(text, behind, behind + 4), b" rej" | b" inv" | b" got"), REJECTED);
    // `password: str = "x"`
    let typed = at(text, i) == b':' || at(text, i + 1) == b'>' || part(text, behind, behind + 3) == b" 0x";
    let behind = if typed { code::behind_type(text, behind) } else { behind };
    let call = skip(text, behind, |b| b == b' ');
    match at(text, call) {
        // `password: str = Field(default="x")`
        b'F' | b'f' | b'S' | b's'
            if let Some(length) = bytes::phrase(WRAPPERS, part(text, call, text.len()))
                && matches!(at(text, call + length), b'"' | b'\'') =>
        {
            call + length
        }
        b'A'..=b'Z' | b'a'..=b'z' => code::behind_types(text, call).unwrap_or(behind),
        // tags of YAML and Ansible that are no reference
        b'!' => bytes::phrase("!!str |!!binary |!unsafe ", part(text, call, text.len())).map_or(behind, |length| call + length),
        // the first of several literals in brackets, of which the others stand in the next lines
        b'(' if is_split(text, call + 1) => call + 1,
        _ => behind,
    }
}

/// Is the literal at `quote` all that is left of its line?
fn is_split(text: &[u8], quote: usize) -> bool {
    let end = if matches!(at(text, quote), b'"' | b'\'') { value::quote_end(text, quote + 1, at(text, quote), 0, 1) } else { None };
    end.is_some_and(|end| part(text, end + 1, text.len()).trim_ascii().is_empty())
}

/// Is the quote at `place` the end of a label: `'New password:' %}`, `"Your token:")`? Values begin with another byte.
fn ends_label(text: &[u8], place: usize) -> bool {
    matches!(at(text, place + 1), b' ' | b')' | b',' | b'|' | b'}' | b']' | b'<')
}

impl Scan<'_, '_> {
    /// Where the value of a key may begin behind its separator at `i`, and what is around it.
    #[inline(never)]
    pub(in crate::scan) fn value_place(&self, key: &Key<'_>, i: usize) -> (usize, Around) {
        let text = self.text;
        let behind = value_start(text, i);
        let opener = before(text, key.start);
        let quoted = key.closers == 0 && matches!(opener, b'"' | b'\'' | b'`');
        let outer = if quoted { opener } else { self.closing_quote(key, behind) };
        let query = matches!(opener, b'?' | b'&');
        // `"?key=" + "x"`
        let plus = skip(text, behind + 1, |b| matches!(b, b' ' | b'+'));
        match key.closers == 0 && outer != 0 && at(text, behind) == outer && at(text, plus) == outer && plus > behind + 1 {
            true => (plus, Around { outer: 0, query }),
            false => (behind, Around { outer, query }),
        }
    }

    /// Is what follows the quote at `place` added to the text that it closes?
    fn is_added(&self, place: usize) -> bool {
        let text = self.text;
        let quote = at(text, place);
        let plus = skip(text, place + 1, |b| b == b' ');
        if !matches!(at(text, plus), b'+' | b'.') || (quote == b'\'' || at(text, plus) == b'.') && at(text, plus + 1) != b' ' {
            return false;
        }
        // `password="+hunter2"`
        let name = skip(text, plus + 1, bytes::is_word);
        name == plus + 1 || at(text, name) != quote
    }

    /// The quote at `from`, if it closes a text that began before `key`, as a label or an expression that goes on: `_('New password:'), …`,
    /// `"host=db;password=" + password`, `'password=' . $password`.
    fn closing_quote(&self, key: &Key<'_>, from: usize) -> u8 {
        let text = self.text;
        let place = skip(text, from, |b| b == b' ');
        let quote = at(text, place);
        let label = place == from && key.closers == 0 && ends_label(text, place);
        if !matches!(quote, b'"' | b'\'') || !(label || self.is_added(place)) {
            return 0;
        }
        // an apostrophe is none, and what was taken has quotes of its own
        let is_quote = |i: usize| !(bytes::is_letter(before(text, i)) && bytes::is_letter(at(text, i + 1)));
        let count = |from: usize, to: usize| memchr::memchr_iter(quote, part(text, from, to)).filter(|i| is_quote(from + i)).count();
        // it may end where a part of a text begins
        let first = if self.context & PART != 0 { skip(text, 0, |b| matches!(b, b'\\' | b'"' | b'\'')) } else { 0 };
        let taken = self.matches.iter().filter(|taken| (first..=key.start).contains(&taken.end)).map(|taken| count(taken.start, taken.end));
        if (count(first, key.start) + taken.sum::<usize>()) % 2 == 1 { quote } else { 0 }
    }
}
