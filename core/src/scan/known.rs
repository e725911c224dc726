//! Known values: secrets that the application itself has, found raw and in the encodings in which they usually leak.

use crate::detect::key::KNOWN;
use crate::error::{Code, Error, place};
use crate::order;
use crate::policy::Action;
use crate::scan::Match;
use crate::scan::bytes::part;

/// The least bytes of a known value.
pub(crate) const LEAST: usize = 8;

/// Defaults that everybody has: hiding them would tear holes into every log.
const COMMON: &[&str] = &[
    "password",
    "passw0rd",
    "postgres",
    "postgresql",
    "changeme",
    "localhost",
    "administrator",
    "12345678",
    "123456789",
    "1234567890",
    "undefined",
    "development",
    "production",
    "username",
    "testtest",
    "django-insecure",
];

/// The bytes of a known value in every form that is looked for.
#[derive(Default)]
pub(crate) struct Known {
    forms: Vec<Vec<u8>>,
    /// Four bytes that stand at offset 0 to 3 of a form, the form and the offset, sorted. Every occurrence of eight bytes or more covers a block
    /// of four at a multiple of four, so one look-up for each four bytes of text finds all.
    grams: Vec<(u32, u32, u8)>,
    filter: Vec<u64>,
}

const FILTER_BITS: u32 = 16;

fn slot(gram: u32) -> usize {
    (gram.wrapping_mul(0x9e37_79b1) >> (32 - FILTER_BITS)) as usize
}

impl Known {
    /// Checks and compiles values; an error names the position, never the text.
    pub(crate) fn new(values: &[Vec<u8>]) -> Result<Self, Error> {
        let mut known = Self::default();
        for (i, value) in values.iter().enumerate() {
            check(value, i)?;
            known.forms.extend(forms(value).into_iter().filter(|form| form.len() >= LEAST));
        }
        order::sort(&mut known.forms, |a, b| a < b);
        known.forms.dedup();
        if known.forms.is_empty() {
            return Ok(known);
        }
        known.filter = vec![0; 1 << (FILTER_BITS - 6)];
        for (index, form) in (0..).zip(&known.forms) {
            for offset in 0..4u8 {
                let gram = gram(form, offset.into());
                known.grams.push((gram, index, offset));
                let slot = slot(gram);
                if let Some(word) = known.filter.get_mut(slot >> 6) {
                    *word |= 1 << (slot & 63);
                }
            }
        }
        order::sort(&mut known.grams, |a, b| a < b);
        Ok(known)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    pub(crate) fn find(&self, text: &[u8], matches: &mut Vec<Match>) {
        if self.forms.is_empty() {
            return;
        }
        for (block, bytes) in text.chunks_exact(4).enumerate() {
            let gram = bytes.iter().rev().fold(0u32, |gram, &b| gram << 8 | u32::from(b));
            let slot = slot(gram);
            if self.filter.get(slot >> 6).is_none_or(|word| word >> (slot & 63) & 1 == 0) {
                continue;
            }
            let first = self.grams.partition_point(|&(known, ..)| known < gram);
            for &(_, form, offset) in self.grams.iter().skip(first).take_while(|&&(known, ..)| known == gram) {
                let Some(form) = self.forms.get(form as usize) else { continue };
                let Some(start) = (block * 4).checked_sub(offset.into()) else { continue };
                if part(text, start, start + form.len()) == form.as_slice() {
                    matches.push(Match { start, end: start + form.len(), detector: KNOWN, action: Action::Mask });
                }
            }
        }
    }
}

/// Four bytes from `offset`, the first the lowest.
fn gram(form: &[u8], offset: usize) -> u32 {
    form.iter().skip(offset).take(4).rev().fold(0, |gram, &b| gram << 8 | u32::from(b))
}

fn check(value: &[u8], i: usize) -> Result<(), Error> {
    let error = |code| Err(Error::new(code, place("known_values", i)));
    if value.len() < LEAST {
        return error(Code::KnownValueTooShort);
    }
    let same = value.iter().all(|b| Some(b) == value.first());
    if same || COMMON.iter().any(|common| value.eq_ignore_ascii_case(common.as_bytes())) {
        return error(Code::KnownValueCommon);
    }
    Ok(())
}

/// The value as it is, and as JSON, percent, hex and base64 (at each of the three alignments, both alphabets) write it.
fn forms(value: &[u8]) -> Vec<Vec<u8>> {
    let mut forms = vec![value.to_vec()];
    if let Ok(text) = std::str::from_utf8(value) {
        let mut json = String::new();
        crate::format::json_string(&mut json, text);
        forms.push(json.trim_matches('"').as_bytes().to_vec());
    }
    let unreserved = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    for digits in [b"0123456789ABCDEF", b"0123456789abcdef"] {
        let hex = |b: u8| [b >> 4, b & 15].map(|nibble| digits.get(usize::from(nibble)).copied().unwrap_or_default());
        forms.push(value.iter().flat_map(|&b| if unreserved(b) { vec![b] } else { [b'%'].into_iter().chain(hex(b)).collect() }).collect());
        forms.push(value.iter().flat_map(|&b| hex(b)).collect());
    }
    for alphabet in [b"+/", b"-_"] {
        forms.extend((0..3).map(|shift| base64_core(value, shift, *alphabet)));
    }
    forms
}

/// The characters of base64 that depend on `value` alone when `shift` bytes stand before it.
fn base64_core(value: &[u8], shift: usize, last_two: [u8; 2]) -> Vec<u8> {
    let bits = value.len() * 8;
    // the first character that begins inside the value, in bits from its beginning
    let first = (6 - shift * 8 % 6) % 6;
    (first..=bits.saturating_sub(6))
        .step_by(6)
        .map(|bit| {
            let pair = u16::from(value.get(bit / 8).copied().unwrap_or_default()) << 8
                | u16::from(value.get(bit / 8 + 1).copied().unwrap_or_default());
            match (pair >> (10 - bit % 8) & 63) as u8 {
                n @ 0..=25 => b'A' + n,
                n @ 26..=51 => b'a' + n - 26,
                n @ 52..=61 => b'0' + n - 52,
                62 => last_two[0],
                _ => last_two[1],
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn base64_at_each_alignment() {
        // base64 of "Xs3cr3t-value", "XYs3cr3t-value" and "s3cr3t-value"
        assert!("WHMzY3IzdC12YWx1ZQ==".contains(&String::from_utf8(base64_core(b"s3cr3t-value", 1, *b"+/")).unwrap()));
        assert!("WFlzM2NyM3QtdmFsdWU=".contains(&String::from_utf8(base64_core(b"s3cr3t-value", 2, *b"+/")).unwrap()));
        assert!("czNjcjN0LXZhbHVl".contains(&String::from_utf8(base64_core(b"s3cr3t-value", 0, *b"+/")).unwrap()));
    }

    #[test]
    fn found_at_every_offset() {
        let known = Known::new(&[b"s3cr3t-value".to_vec()]).unwrap();
        for pad in 0..9 {
            let text = format!("{}s3cr3t-value.", " ".repeat(pad));
            let mut matches = Vec::new();
            known.find(text.as_bytes(), &mut matches);
            assert!(matches.iter().any(|found| found.start == pad && found.end == pad + 12), "{pad}");
        }
    }

    #[test]
    fn refused_by_position() {
        let error = |values: &[&str]| Known::new(&values.iter().map(|v| v.as_bytes().to_vec()).collect::<Vec<_>>()).err().unwrap();
        assert_eq!(error(&["long enough value", "short"]).path(), "known_values[1]");
        assert_eq!(error(&["PostgreSQL"]).code(), Code::KnownValueCommon);
        assert_eq!(error(&[""]).code(), Code::KnownValueTooShort);
    }
}
