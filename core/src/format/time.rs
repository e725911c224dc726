//! Times as text, by arithmetic alone: UTC, milliseconds since the epoch, years 0001 to 9999.

const DAY: i64 = 86_400_000;
/// 0001-01-01T00:00:00.000Z.
const FIRST: i64 = -62_135_596_800_000;
/// 9999-12-31T23:59:59.999Z.
const LAST: i64 = 253_402_300_799_999;

/// Has the time a year of four digits? What has none counts no milliseconds, but microseconds or less.
pub(crate) fn has_year(epoch_ms: i64) -> bool {
    (FIRST..=LAST).contains(&epoch_ms)
}

/// Appends `2026-03-01T09:30:00.125Z` (RFC 3339) and answers true; outside the years 0001 to 9999 nothing is written.
pub(crate) fn rfc3339(out: &mut String, epoch_ms: i64) -> bool {
    if !has_year(epoch_ms) {
        return false;
    }
    let (year, month, day) = civil(epoch_ms.div_euclid(DAY));
    two(out, year / 100);
    two(out, year % 100);
    out.push('-');
    two(out, month);
    out.push('-');
    two(out, day);
    out.push('T');
    clock(out, epoch_ms);
    out.push('Z');
    true
}

/// `2026-03-01T09:30:00.125Z` (RFC 3339, UTC) of milliseconds since the epoch; `None` outside the years 0001 to 9999.
pub fn timestamp(epoch_ms: i64) -> Option<String> {
    let mut out = String::with_capacity(24);
    rfc3339(&mut out, epoch_ms).then_some(out)
}

/// Appends `09:30:00.125`: the time of day in UTC.
pub(crate) fn clock(out: &mut String, epoch_ms: i64) {
    let ms = epoch_ms.rem_euclid(DAY);
    two(out, ms / 3_600_000);
    out.push(':');
    two(out, ms / 60_000 % 60);
    out.push(':');
    two(out, ms / 1000 % 60);
    out.push('.');
    digit(out, ms / 100 % 10);
    two(out, ms % 100);
}

/// Year, month and day of a day counted from 1970-01-01, in the proleptic Gregorian calendar.
///
/// Years are counted from March, so that the leap day is the last of its year and 400 years have 146,097 days.
const fn civil(days: i64) -> (i64, i64, i64) {
    // From 0000-03-01.
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    // Five months from March on always have 153 days.
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year + carry, month, day)
}

fn two(out: &mut String, n: i64) {
    digit(out, n / 10);
    digit(out, n % 10);
}

#[inline(always)]
fn digit(out: &mut String, n: i64) {
    out.push((b'0' + (n % 10) as u8) as char);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(ms: i64) -> Option<String> {
        let mut out = String::new();
        rfc3339(&mut out, ms).then_some(out)
    }

    #[test]
    fn known_times() {
        // Values by `date -u -d @N`.
        for (ms, expected) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_709_210_096_789, "2024-02-29T12:34:56.789Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"),
            (FIRST, "0001-01-01T00:00:00.000Z"),
            (LAST, "9999-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(text(ms).as_deref(), Some(expected));
        }
    }

    #[test]
    fn outside_nothing_is_written() {
        for ms in [FIRST - 1, LAST + 1, i64::MIN, i64::MAX] {
            let mut out = String::new();
            assert!(!rfc3339(&mut out, ms));
            assert_eq!(out, "");
            clock(&mut out, ms);
            assert_eq!(out.len(), 12);
        }
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let leap = |y: i64| y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
        let (mut y, mut m, mut d) = (1, 1, 1);
        for day in FIRST / DAY..=LAST / DAY {
            assert_eq!(civil(day), (y, m, d));
            let length = match m {
                2 => 28 + i64::from(leap(y)),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            d += 1;
            if d > length {
                (d, m) = (1, m + 1);
            }
            if m > 12 {
                (m, y) = (1, y + 1);
            }
        }
        assert_eq!(y, 10_000);
    }
}
