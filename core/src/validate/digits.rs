//! What the check digits of ids are made of: weighted sums, and the systems of ISO/IEC 7064.
//!
//! All of them refuse what people write in place of a number: the same digit all the way.
//!
//! None is inlined: hundreds of checks call them, few of which run for a line, and a browser loads them all.

use super::luhn;

/// What no digit is.
pub(crate) const NONE: u32 = 99;

/// What a digit or a capital letter counts: 0 to 35.
pub(crate) const fn value(b: u8) -> u32 {
    match b {
        b'0'..=b'9' => (b - b'0') as u32,
        b'A'..=b'Z' => (b - b'A') as u32 + 10,
        _ => NONE,
    }
}

/// Where a character stands in an alphabet.
#[inline(never)]
pub(crate) fn place(alphabet: &[u8], b: u8) -> u32 {
    alphabet.iter().position(|&other| other == b).map_or(NONE, |place| place as u32)
}

/// The character at a place.
pub(crate) fn at(id: &[u8], place: usize) -> u8 {
    id.get(place).copied().unwrap_or_default()
}

/// What the character at a place counts.
#[inline(never)]
pub(crate) fn digit(id: &[u8], place: usize) -> u32 {
    value(at(id, place))
}

/// What the last character counts.
#[inline(never)]
pub(crate) fn last(id: &[u8]) -> u32 {
    id.last().map_or(NONE, |&b| value(b))
}

/// The first so many characters.
#[inline(never)]
pub(crate) fn head(id: &[u8], length: usize) -> &[u8] {
    id.get(..length).unwrap_or_default()
}

/// All but the first so many characters.
#[inline(never)]
pub(crate) fn tail(id: &[u8], from: usize) -> &[u8] {
    id.get(from..).unwrap_or_default()
}

/// The number that so many digits from a place on are.
#[inline(never)]
pub(crate) fn number(id: &[u8], from: usize, length: usize) -> u64 {
    tail(id, from).iter().take(length).fold(0, |n, &b| n * 10 + u64::from(value(b)))
}

/// Are its digits not all the same?
#[inline(never)]
pub(crate) fn varied(id: &[u8]) -> bool {
    let mut digits = id.iter().filter(|b| b.is_ascii_digit());
    digits.next().is_some_and(|first| digits.any(|digit| digit != first))
}

/// The same of what a date without separators looks like: eight digits, of which the first four may be a year.
#[inline(never)]
pub(crate) fn undated(id: &[u8]) -> bool {
    varied(id) && !(id.len() == 8 && is_date(id, 0))
}

/// The sum of what the characters count, each times its weight, as far as there are weights.
#[inline(never)]
pub(crate) fn sum(id: &[u8], weights: &[u8]) -> u32 {
    id.iter().zip(weights).map(|(&b, &weight)| value(b) * u32::from(weight)).sum()
}

/// The same with the digits of each product instead of the product: 14 counts 5.
#[inline(never)]
pub(crate) fn cross_sum(id: &[u8], weights: &[u8]) -> u32 {
    id.iter().zip(weights).map(|(&b, &weight)| value(b) * u32::from(weight)).map(|product| product / 10 + product % 10).sum()
}

/// The remainder of the weighted sum.
#[inline(never)]
pub(crate) fn rest(id: &[u8], weights: &[u8], modulus: u32) -> u32 {
    if varied(id) { sum(id, weights) % modulus } else { NONE }
}

/// What the weighted sum lacks to a multiple of the modulus.
#[inline(never)]
pub(crate) fn lack(id: &[u8], weights: &[u8], modulus: u32) -> u32 {
    if varied(id) { (modulus - sum(id, weights) % modulus) % modulus } else { NONE }
}

/// Is the last digit what the others lack to a multiple of 11, 0 standing for 10?
#[inline(never)]
pub(crate) fn lacks_11(id: &[u8], weights: &[u8]) -> bool {
    varied(id) && last(id) == lack(id, weights, 11) % 10
}

/// The Luhn formula.
#[inline(never)]
pub(crate) fn luhn(id: &[u8]) -> bool {
    varied(id) && luhn::is_valid(id)
}

/// MOD 11,10: a remainder of each step goes into the next.
#[inline(never)]
pub(crate) fn iso_11_10(id: &[u8]) -> bool {
    let step = |rest, &b: &u8| match (rest + value(b)) % 10 {
        0 => 9,
        rest => rest * 2 % 11,
    };
    varied(id) && id.split_last().is_some_and(|(&check, id)| (id.iter().fold(10, step) + value(check)) % 10 == 1)
}

/// MOD 11-2, `X` standing for 10.
#[inline(never)]
pub(crate) fn iso_11_2(id: &[u8]) -> bool {
    let count = |b| if b == b'X' { 10 } else { value(b) };
    varied(id) && id.iter().fold(0, |rest, &b| (rest * 2 + count(b)) % 11) == 1
}

/// Verhoeff's check digit, by the dihedral group of order ten.
#[inline(never)]
pub(crate) fn verhoeff(id: &[u8]) -> bool {
    const POWERS: [&[u8; 10]; 8] =
        [b"0123456789", b"1576283094", b"5803796142", b"8916043527", b"9453126870", b"4286573901", b"2793806415", b"7046913258"];
    let product = |a: u32, b: u32| match (a / 5, b / 5) {
        (0, 0) => (a + b) % 5,
        (0, _) => 5 + (a + b) % 5,
        (_, 0) => 5 + (a + 5 - b) % 5,
        _ => (a + 5 - b) % 5,
    };
    let power = |(&b, power): (&u8, &&[u8; 10])| value(at(*power, value(b) as usize));
    varied(id) && id.iter().rev().zip(POWERS.iter().cycle()).map(power).fold(0, product) == 0
}

/// Can this be a day of a year?
#[inline(never)]
pub(crate) fn is_day(month: u64, day: u64) -> bool {
    let days = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Year, month and day of two digits each, from a place on.
#[inline(never)]
pub(crate) fn is_ymd(id: &[u8], from: usize) -> bool {
    is_day(number(id, from + 2, 2), number(id, from + 4, 2))
}

/// Day, month and year.
#[inline(never)]
pub(crate) fn is_dmy(id: &[u8], from: usize) -> bool {
    is_day(number(id, from + 2, 2), number(id, from, 2))
}

/// A date of the last hundred years or so: four digits of the year, two of the month and two of the day.
#[inline(never)]
pub(crate) fn is_date(id: &[u8], from: usize) -> bool {
    is_year(number(id, from, 4)) && is_ymd(id, from + 2)
}

/// A year in which somebody who lives now can be born.
#[inline(never)]
pub(crate) fn is_year(year: u64) -> bool {
    (1900..2040).contains(&year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors() {
        // ISO/IEC 7064, the examples of its clauses on the systems
        assert!(iso_11_2(b"07940") && iso_11_2(b"079X") && !iso_11_2(b"0794X") && iso_11_10(b"07945") && !iso_11_10(b"07946"));
        // Verhoeff 1969: 236 has the check digit 3
        assert!(verhoeff(b"2363") && !verhoeff(b"2364") && !verhoeff(b"3263"));
        assert!(luhn(b"79927398713") && !luhn(b"79927398710") && !luhn(b"5555555555"));
        assert_eq!((sum(b"1A", &[2, 3]), cross_sum(b"79", &[2, 1]), lack(b"12", &[1, 1], 11)), (32, 14, 8));
    }

    #[test]
    fn the_same_digit_all_the_way_is_no_number() {
        assert!(!varied(b"0000") && !varied(b"AB777") && !varied(b"") && varied(b"7787"));
        assert!(!verhoeff(b"0000") && !luhn(b"0000000000"));
        assert_eq!((rest(b"00", &[1, 1], 11), lack(b"99", &[1, 1], 9)), (NONE, NONE));
    }

    #[test]
    fn days() {
        assert!(is_ymd(b"240229", 0) && !is_ymd(b"240230", 0) && !is_ymd(b"241301", 0) && !is_ymd(b"240100", 0));
        assert!(is_dmy(b"310124", 0) && !is_dmy(b"310424", 0) && is_date(b"19991231", 0) && !is_date(b"18991231", 0));
    }
}
