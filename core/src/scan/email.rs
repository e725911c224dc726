//! E-mail addresses, read outwards from the `@`.

use crate::detect::contact::EMAIL;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, before, class, part, run, run_back};

/// Octets of a local part (RFC 5321, section 4.5.3.1.1).
const LOCAL_MAX: usize = 64;
/// Octets of a domain (RFC 5321, section 4.5.3.1.2).
const DOMAIN_MAX: usize = 255;

/// Last labels that make a name a file or a unit of systemd, not a domain.
const NO_DOMAINS: &[&[u8]] = &[b"service", b"socket", b"target", b"timer", b"mount", b"slice", b"scope", b"png", b"jpg", b"jpeg", b"gif", b"svg", b"webp", b"js", b"css", b"html", b"py", b"local"];

impl Scan<'_, '_> {
    pub(super) fn at_sign(&mut self, i: usize) -> usize {
        if i != self.credentials_end
            && let Some(end) = self.domain(i + 1)
            && let Some(start) = self.local_part(i, end)
        {
            self.found(EMAIL, start, end);
            return end;
        }
        i + 1
    }

    fn local_part(&self, i: usize, end: usize) -> Option<usize> {
        let text = self.text;
        if before(text, i) == b'"' {
            let length = run_back(text, i - 1, LOCAL_MAX, |b| b != b'"' && b != b'\n');
            let start = (i - 1).checked_sub(length + 1)?;
            return (length > 0 && at(text, start) == b'"').then_some(start);
        }
        let mut start = i;
        while start > 0 && i - start < LOCAL_MAX * 2 {
            let b = before(text, start);
            let apostrophe = b == b'\'' && start < i && start >= 2 && class(at(text, start - 2)) & (bytes::LOWER | bytes::UPPER) != 0;
            if class(b) & (bytes::WORD | bytes::HIGH) == 0 && !matches!(b, b'.' | b'+' | b'-' | b'!' | b'#' | b'^' | b'~') && !apostrophe {
                break;
            }
            start -= 1;
        }
        // the escape in front of a local part is not of it: `\nana@example.com`
        if before(text, start) == b'\\' && matches!(at(text, start), b'n' | b'r' | b't') {
            start += 1;
        }
        start += run(text, start, |b| matches!(b, b'.' | b'-' | b'!' | b'#' | b'^' | b'~')).min(i - start);
        let git = part(text, start, i) == b"git" && at(text, end) == b':';
        (start < i && before(text, i) != b'.' && !git).then_some(start)
    }

    /// Where the domain at `start` ends: labels and a last one of letters, or an address in brackets.
    fn domain(&self, start: usize) -> Option<usize> {
        let text = self.text;
        if at(text, start) == b'[' {
            let length = run(text, start + 1, |b| b.is_ascii_hexdigit() || matches!(b, b'.' | b':' | b'I' | b'P' | b'v'));
            return (length >= 4 && at(text, start + 1 + length) == b']').then_some(start + length + 2);
        }
        let length = run(part(text, start, text.len().min(start + DOMAIN_MAX)), 0, |b| {
            class(b) & (bytes::UPPER | bytes::LOWER | bytes::DIGIT | bytes::HIGH) != 0 || matches!(b, b'.' | b'-')
        });
        let mut domain = part(text, start, start + length);
        // a sentence may go on behind: `ana@example.com.` and `ana@example.com - sent`
        while let [rest @ .., b'.' | b'-'] = domain {
            domain = rest;
        }
        let dot = domain.iter().rposition(|&b| b == b'.')?;
        let (labels, top) = (domain.get(..dot)?, domain.get(dot + 1..)?);
        // what runs on behind the letters is of the next thing: `example.com1714567890`
        let letters = if top.starts_with(b"xn--") { top.len() } else { run(top, 0, |b| b.is_ascii_alphabetic() || b >= 0x80) };
        let named = labels.iter().any(|&b| b.is_ascii_alphabetic() || b >= 0x80);
        let retina = labels.len() == 2 && at(labels, 0).is_ascii_digit() && at(labels, 1) == b'x';
        let sound = letters >= 2 && (named || letters == top.len()) && !labels.is_empty() && at(domain, 0) != b'.' && !domain.windows(2).any(|pair| pair == b"..") && !retina;
        (sound && !NO_DOMAINS.contains(&top)).then_some(start + dot + 1 + letters)
    }
}
