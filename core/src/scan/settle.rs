//! What makes redaction idempotent: a replacement changes what stands beside its neighbours, so where a match does not stand
//! between plain marks the redacted segment is scanned once more, and what is found there becomes part of the answer.

use crate::detect::credential::URL;
use crate::engine::Engine;
use crate::policy::Action;
use crate::scan::bytes::{BRACKET, at, before, class, is_key, part, skip_back};
use crate::scan::lines::Open;
use crate::scan::{Match, Scan, resolve};
use crate::walk::field::KEY_MAX;

/// Rounds after which nothing new can reasonably turn up.
const ROUNDS: usize = 4;

/// Adds what the redacted text would show. `merged` says that matches overlapped, which alone asks for a second look.
pub(super) fn settle(engine: &Engine, segment: &[u8], context: u64, merged: bool, matches: &mut Vec<Match>) {
    // nobody knows between what marks the policy's own detectors look
    if !merged && engine.custom.is_empty() && matches.iter().all(|found| is_apart(segment, found)) {
        return;
    }
    for _ in 0..ROUNDS {
        let (redacted, pieces) = render(engine, segment, matches);
        let mut found = Vec::new();
        Scan::new(engine, &redacted, context, &mut found).run(Open::Nothing);
        resolve::resolve(&mut found);
        resolve::allow(&mut found, &redacted, engine);
        if found.is_empty() {
            return;
        }
        for new in found {
            let (start, first) = origin(&pieces, new.start, false);
            let (end, last) = origin(&pieces, new.end, true);
            let action = if first || last { Action::Mask } else { new.action };
            matches.push(Match { start, end, action, ..new });
        }
        resolve::resolve(matches);
    }
}

/// Does the match stand between marks that mean the same whatever is between them?
fn is_apart(segment: &[u8], found: &Match) -> bool {
    let plain = |b: u8| matches!(b, 0 | b' ' | b'\t' | b'\r' | b'\n');
    let opens = match before(segment, found.start) {
        // behind a key, which is no value of another
        b'=' | b':' => !matches!(before(segment, skip_back(segment, found.start - 1, KEY_MAX, is_key)), b'=' | b':' | b'%'),
        // a mark that opens does so only behind something that closes
        b'"' | b'\'' | b'(' | b'<' | b'/' => {
            matches!(before(segment, found.start - 1), 0 | b' ' | b'=' | b':' | b'(' | b'[' | b'{' | b',' | b'>' | b'/' | b'\n')
        }
        b => plain(b),
    };
    let (after, next) = (at(segment, found.end), at(segment, found.end + 1));
    let closes = match after {
        b'<' => next == b'/',
        b'\\' => matches!(next, b'"' | b'\'' | b'n' | b'r' | b't'),
        b'&' => before(segment, found.start) == b'=',
        b'@' => found.detector == URL,
        // a colon may stand behind a key that went with the match
        b',' | b';' | b'.' => plain(next) || matches!(next, b'"' | b'\''),
        b'"' | b'\'' | b')' | b'}' => plain(next) || matches!(next, b',' | b';' | b')' | b'}' | b']' | b':' | b'>'),
        b => plain(b),
    };
    // digits at a space or a colon away may belong to a phrase with those of the match
    let (first, earlier) = (at(segment, found.start), before(segment, found.start.saturating_sub(1)));
    let digits = matches!(before(segment, found.start), b' ' | b':')
        && (earlier.is_ascii_digit() || earlier >= 0x80 && first.is_ascii_digit())
        || after == b' ' && next.is_ascii_digit();
    // a bracket that goes with the match may have closed what stays, and `public` have spoken of the key behind it
    let value = part(segment, found.start, found.end);
    let brackets = || value.iter().fold(0, |all, &b| all | class(b)) & BRACKET != 0;
    opens && closes && !digits && !value.ends_with(b"public") && !brackets()
}

/// A part of the redacted text: where it begins, and what it stands for.
struct Piece {
    at: usize,
    start: usize,
    end: usize,
    replaced: bool,
}

fn render(engine: &Engine, segment: &[u8], matches: &[Match]) -> (Vec<u8>, Vec<Piece>) {
    let mut out = Vec::with_capacity(segment.len());
    let mut pieces = Vec::with_capacity(matches.len() * 2 + 1);
    let mut copied = 0;
    for found in matches {
        pieces.push(Piece { at: out.len(), start: copied, end: found.start, replaced: false });
        out.extend_from_slice(part(segment, copied, found.start));
        pieces.push(Piece { at: out.len(), start: found.start, end: found.end, replaced: found.action != Action::Keep });
        crate::replace::append(&mut out, engine, found, part(segment, found.start, found.end));
        copied = found.end;
    }
    pieces.push(Piece { at: out.len(), start: copied, end: segment.len(), replaced: false });
    out.extend_from_slice(part(segment, copied, segment.len()));
    (out, pieces)
}

/// The place in the segment of a place in the redacted text, and whether it is inside a replacement: then the replacement's edge.
fn origin(pieces: &[Piece], place: usize, is_end: bool) -> (usize, bool) {
    // an end belongs to the piece before it
    let index = pieces.partition_point(|piece| if is_end { piece.at < place } else { piece.at <= place }).saturating_sub(1);
    match pieces.get(index) {
        Some(piece) if piece.replaced => (if is_end { piece.end } else { piece.start }, true),
        Some(piece) => (piece.start + (place - piece.at).min(piece.end - piece.start), false),
        None => (place, false),
    }
}
