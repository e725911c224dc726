//! Escapes between words: what follows one begins a word, and what it hides is worth a second look.

use crate::scan::Scan;
use crate::scan::bytes::{at, part, run};
use crate::scan::keyed::before_colour;

/// Does an escape (`\n`) or a colour of a terminal end here, so that the letter before is no letter?
pub(super) fn is_escaped(text: &[u8], i: usize) -> bool {
    matches!(part(text, i.saturating_sub(2), i), [b'\\', b'n' | b'r' | b't']) || before_colour(text, i) < i
}

impl Scan<'_, '_> {
    /// At `\`, `%` or ESC: goes on behind the escape.
    pub(super) fn escape(&mut self, i: usize) -> usize {
        if let Some(end) = self.first_track(i) {
            return end;
        }
        let end = self.escape_end(i);
        // a lone backslash or percent sign is no escape
        if end > i + 1 {
            self.floor = self.floor.max(end);
        }
        end
    }

    fn escape_end(&mut self, i: usize) -> usize {
        let text = self.text;
        let hex =
            |from: usize, n: usize| part(text, from, from + n).len() == n && part(text, from, from + n).iter().all(u8::is_ascii_hexdigit);
        match (at(text, i), at(text, i + 1)) {
            (b'%', _) if hex(i + 1, 2) => {
                self.disguised = true;
                i + 3
            }
            (b'\\', b'u') if hex(i + 2, 4) => {
                self.disguised = true;
                i + 6
            }
            (b'\\', b'x') if hex(i + 2, 2) => {
                self.disguised = true;
                i + 4
            }
            // a control sequence of a terminal (ECMA-48, section 5.4)
            (0x1b, b'[') => i + 3 + run(text, i + 2, |b| matches!(b, 0x20..=0x3f)),
            (b'\\', b'n' | b'r' | b't' | b'b' | b'f' | b'v') => i + 2,
            _ => i + 1,
        }
    }

    /// Above ASCII: full-width forms, characters that cannot be seen, and letters that look like others.
    pub(super) fn high(&mut self, i: usize) -> usize {
        let text = self.text;
        self.disguised |= matches!(
            (at(text, i), at(text, i + 1), at(text, i + 2)),
            (0xce..=0xd4, ..) | (0xef, 0xbc | 0xbd, _) | (0xef, 0xbb, 0xbf) | (0xe2, 0x80, 0x8b..=0x8f | 0xaa..=0xae) | (0xe2, 0x81, 0xa0..=0xa4) | (0xc2, 0xad, _)
        );
        i + 1
    }
}
