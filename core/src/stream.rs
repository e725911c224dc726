//! Redaction of text that arrives in pieces, in constant memory.

use std::sync::Arc;

use crate::engine::{Engine, Tally};
use crate::redactor::Shared;
use crate::scan::lines::Cursor;

/// Redacts what is fed to it. The bytes that come out are those of the whole text redacted at once, however it was split.
///
/// A line comes out when its end has been seen and nothing is open across it; a line of more than 16 KB in windows. What is held
/// back is bounded by that.
pub struct Stream {
    shared: Arc<Shared>,
    /// The engine of the stream's beginning: a reload does not change a text in its middle.
    engine: Arc<Engine>,
    cursor: Cursor,
    buffer: Vec<u8>,
    tally: Tally,
}

impl Stream {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        let engine = shared.engine();
        Self { shared, engine, cursor: Cursor::default(), buffer: Vec::new(), tally: Tally::default() }
    }

    /// Takes a piece and appends to `out` what is decided.
    pub fn feed(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        self.buffer.extend_from_slice(piece);
        self.drain(false, out);
    }

    /// Appends what is left. The stream is at its beginning again afterwards.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        self.drain(true, out);
        self.cursor = Cursor::default();
        self.buffer.clear();
    }

    /// Counts a fault of the host, as [`Redactor::count_error`](crate::Redactor::count_error) does.
    pub fn count_error(&self) {
        self.shared.count_error();
    }

    fn drain(&mut self, at_end: bool, out: &mut Vec<u8>) {
        let mut matches = Vec::new();
        // where the part of the buffer begins that the cursor still needs
        let mut from = 0;
        while let Some(text) = self.buffer.get(from..) {
            let behind = self.cursor.behind;
            let Some(segment) = self.cursor.next(&self.engine, text, at_end, 0, &mut matches) else { break };
            let end = behind + segment.length;
            self.engine.write(text, behind + segment.lead, end, &matches, out);
            self.tally.add(&matches);
            from += end - self.cursor.behind;
        }
        self.buffer.drain(..from);
        self.tally.commit(&self.engine, &self.shared.counters);
    }
}
