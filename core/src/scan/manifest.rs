//! Documents of which a part is secret though no key of it says so.

use crate::detect::words::Rule;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, before, part, skip, skip_back};
use crate::scan::lines::Open;
use crate::scan::value::{self, Extent};

/// Bytes around the kind of a document in which its values are looked for, and how many of them.
const NEAR: usize = 4096;
const VALUES: usize = 32;
/// Such documents in a segment.
const MANIFESTS: usize = 16;

impl Scan<'_, '_> {
    /// The values of a secret of Kubernetes, whatever their keys: `"data": {"x": "…"}` beside `"kind": "Secret"`.
    pub(super) fn manifest(&mut self, i: usize) {
        let text = self.text;
        let start = i.saturating_sub("Secret".len());
        if at(text, i) != b'"'
            || part(text, start, i) != b"Secret"
            || !bytes::ends_with_one_of(part(text, 0, start), &["\"kind\":\"", "\"kind\": \""])
        {
            return;
        }
        self.manifests += 1;
        if self.manifests > MANIFESTS {
            return;
        }
        let near = bytes::up_to(text, i + NEAR);
        for name in [&b"\"data\":"[..], b"\"stringData\":"] {
            let Some(found) = bytes::find(near, i.saturating_sub(NEAR), name) else { continue };
            let mut from = found + name.len();
            // from one quote to the next: keys and values in turns
            for _ in 0..2 * VALUES {
                let open = skip(text, from, |b| matches!(b, b' ' | b'{' | b',' | b':'));
                let end = if at(text, open) == b'"' { value::quote_end(text, open + 1, b'"', 0, 1) } else { None };
                let Some(end) = end else { break };
                let value = part(text, open + 1, end);
                if before(text, skip_back(text, open, 1, |b| b == b' ')) == b':' && self.is_secret(Rule::Secret, value) {
                    self.take_ahead(Rule::Secret, &Extent { start: open + 1, end, open: Open::Nothing, quoted: true });
                }
                from = end + 1;
            }
        }
    }
}
