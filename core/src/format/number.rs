//! Numbers as RFC 8785 writes them, which is ECMAScript's `Number::toString`: `25`, `0.1`, `1e+21`, `1.5e-7`.
//! <https://www.rfc-editor.org/rfc/rfc8785#section-3.2.2.3>

use std::fmt::Write;

/// Appends a float: the shortest digits that read back as the same value; `null` for NaN and infinities, `0` for -0.
///
/// The only place that formats floats, so that a build which never calls it does not carry the code.
///
/// ```
/// let mut out = String::new();
/// scrubline::format::json_f64(&mut out, 25.0);
/// assert_eq!(out, "25");
/// ```
pub fn json_f64(out: &mut String, value: f64) {
    if !value.is_finite() {
        out.push_str("null");
        return;
    }
    let mut text = String::with_capacity(32);
    // Rust gives the shortest digits that round-trip, and the closest of these, as ECMAScript asks.
    if write!(text, "{value:e}").is_err() {
        out.push_str("null");
        return;
    }
    match even_neighbour(value, &text) {
        Some(even) => decimal(out, &even),
        None => decimal(out, &text),
    }
}

/// The digits to take instead where the value lies midway between two shortest ones: ECMAScript takes the even one, Rust the upper.
///
/// A fraction of `n` binary digits has exactly `n` decimal digits, the last of them 5; so it is midway exactly if the shortest text has one less.
fn even_neighbour(value: f64, shortest: &str) -> Option<String> {
    let (mantissa, exponent) = shortest.split_once('e')?;
    let last = mantissa.as_bytes().last()?;
    if last % 2 == 0 {
        return None;
    }
    let fraction_digits = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len() as i32) - exponent.parse::<i32>().ok()?;
    let bits = value.to_bits();
    let binary_exponent = (bits >> 52 & 0x7ff) as i32 - 1075;
    let fraction_bits = -(binary_exponent + (bits << 12 >> 12 | 1 << 52).trailing_zeros() as i32);
    if fraction_digits < 0 || fraction_bits != fraction_digits + 1 {
        return None;
    }
    let mut even = format!("{value:.0$}", fraction_bits as usize);
    even.pop();
    let is_even = even.ends_with(['0', '2', '4', '6', '8', '.']);
    (is_even && even.trim_end_matches('.').parse() == Ok(value)).then_some(even)
}

/// Appends an unsigned integer.
pub(crate) fn integer(out: &mut String, value: u64) {
    if value >= 10 {
        integer(out, value / 10);
    }
    out.push((b'0' + (value % 10) as u8) as char);
}

/// Appends a number of JSON text in the one form: integers in full, fractions and exponents as RFC 8785 lays them out, -0 as 0.
///
/// Digits are never rounded, so a text of more digits than a float holds keeps them.
pub(crate) fn decimal(out: &mut String, text: &str) {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    if unsigned.bytes().all(|b| b.is_ascii_digit()) {
        out.push_str(if unsigned == "0" { "0" } else { text });
        return;
    }
    let Some(decimal) = Decimal::read(unsigned) else {
        // An exponent beyond 32 bits is text that no float and no reader can hold: it stays as it is.
        out.push_str(text);
        return;
    };
    if decimal.digits.is_empty() {
        out.push('0');
        return;
    }
    out.push_str(sign);
    layout(out, &decimal.digits, decimal.point);
}

/// Milliseconds, a JSON number, in whole nanoseconds; what is smaller is cut off. Nothing where that has more than 18 digits, which every
/// reader's 64-bit integer holds.
pub(crate) fn nanoseconds(ms: &str) -> Option<String> {
    let (sign, unsigned) = match ms.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", ms),
    };
    let Decimal { digits, point } = Decimal::read(unsigned)?;
    let length = usize::try_from(point + 6).unwrap_or_default();
    if digits.is_empty() || length == 0 {
        return Some("0".to_owned());
    }
    if length > 18 {
        return None;
    }
    let mut text = String::with_capacity(length + 1);
    text.push_str(sign);
    text.push_str(digits.get(..length).unwrap_or(&digits));
    zeros(&mut text, length as i64 - digits.len() as i64);
    Some(text)
}

/// A number without its sign: 0.DIGITS times ten to the power of `point`, no digits for zero.
struct Decimal {
    digits: String,
    point: i64,
}

impl Decimal {
    /// Reads a JSON number; nothing where its exponent is beyond 32 bits.
    fn read(unsigned: &str) -> Option<Self> {
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut digits = [whole, fraction].concat();
        digits.truncate(digits.trim_end_matches('0').len());
        let leading = digits.len() - digits.trim_start_matches('0').len();
        digits.drain(..leading);
        if digits.is_empty() {
            return Some(Self { digits, point: 0 });
        }
        let exponent: i32 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
        Some(Self { digits, point: i64::from(exponent) + whole.len() as i64 - leading as i64 })
    }
}

fn layout(out: &mut String, digits: &str, point: i64) {
    let length = digits.len() as i64;
    if (length..=21).contains(&point) {
        out.push_str(digits);
        zeros(out, point - length);
    } else if (1..=21).contains(&point) {
        let (whole, fraction) = digits.split_at_checked(point as usize).unwrap_or((digits, ""));
        out.push_str(whole);
        out.push('.');
        out.push_str(fraction);
    } else if (-5..=0).contains(&point) {
        out.push_str("0.");
        zeros(out, -point);
        out.push_str(digits);
    } else {
        let (first, rest) = digits.split_at_checked(1).unwrap_or((digits, ""));
        out.push_str(first);
        if !rest.is_empty() {
            out.push('.');
            out.push_str(rest);
        }
        out.push_str(if point > 0 { "e+" } else { "e-" });
        integer(out, (point - 1).unsigned_abs());
    }
}

fn zeros(out: &mut String, n: i64) {
    for _ in 0..n {
        out.push('0');
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn float(value: f64) -> String {
        let mut out = String::new();
        json_f64(&mut out, value);
        out
    }

    fn text(text: &str) -> String {
        let mut out = String::new();
        decimal(&mut out, text);
        out
    }

    #[test]
    fn samples_of_rfc_8785_appendix_b() {
        for (bits, expected) in [
            (0x0000_0000_0000_0000, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x7fff_ffff_ffff_ffff, "null"),
            (0x7ff0_0000_0000_0000, "null"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] {
            assert_eq!(float(f64::from_bits(bits)), expected, "{bits:x}");
        }
        assert_eq!(float(25.0), "25");
        assert_eq!(float(0.1), "0.1");
        assert_eq!(float(-1.5e-7), "-1.5e-7");
        assert_eq!(float(f64::NEG_INFINITY), "null");
    }

    #[test]
    fn number_text() {
        for (given, expected) in [
            ("25.0", "25"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("0e99999999999", "0"),
            ("1E5", "100000"),
            ("1e+5", "100000"),
            ("100e-2", "1"),
            ("0.00100", "0.001"),
            ("12.50", "12.5"),
            ("1e-7", "1e-7"),
            ("1.25e22", "1.25e+22"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("-9007199254740993", "-9007199254740993"),
            ("1e400", "1e+400"),
            ("1e99999999999", "1e99999999999"),
        ] {
            assert_eq!(text(given), expected);
        }
    }

    #[test]
    fn milliseconds_in_nanoseconds() {
        for (ms, expected) in [
            ("0", Some("0")),
            ("-0.0", Some("0")),
            ("25", Some("25000000")),
            ("12.5", Some("12500000")),
            ("0.000001", Some("1")),
            ("1e-7", Some("0")),
            ("1234.56789012", Some("1234567890")),
            ("-1.5", Some("-1500000")),
            ("1.5e+2", Some("150000000")),
            ("100000000000", Some("100000000000000000")),
            ("999999999999.9999999", Some("999999999999999999")),
            ("1000000000000", None),
            ("1e+21", None),
            ("1e99999999999", None),
        ] {
            assert_eq!(nanoseconds(ms).as_deref(), expected, "{ms}");
        }
    }

    #[test]
    fn integers() {
        for n in [0, 9, 10, 4096, u64::MAX] {
            let mut out = String::new();
            integer(&mut out, n);
            assert_eq!(out, n.to_string());
        }
    }

    proptest! {
        #[test]
        fn reads_back_as_the_same_value(bits in any::<u64>()) {
            let value = f64::from_bits(bits);
            let out = float(value);
            if value.is_finite() {
                prop_assert_eq!(out.parse::<f64>().unwrap(), value);
                prop_assert_eq!(text(&out), out.clone());
                prop_assert!(serde_json::from_str::<serde_json::Value>(&out).is_ok());
            } else {
                prop_assert_eq!(out, "null");
            }
        }
    }
}
