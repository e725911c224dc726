//! Text in pieces.

use scrubline::Stream;
use wasm_bindgen::prelude::*;

use crate::convert;

/// A stream with its buffers. After `feed` and `finish`, the output holds what can be said so far.
#[wasm_bindgen]
pub struct Flow {
    stream: Stream,
    input: Vec<u8>,
    output: Vec<u8>,
}

impl Flow {
    pub(crate) fn new(stream: Stream) -> Self {
        Self { stream, input: Vec::new(), output: Vec::new() }
    }
}

#[wasm_bindgen]
impl Flow {
    /// Makes room for this many bytes and answers where it begins.
    pub fn input(&mut self, len: usize) -> *const u8 {
        convert::room(&mut self.input, len)
    }

    /// Where the output begins.
    pub fn output_ptr(&self) -> *const u8 {
        self.output.as_ptr()
    }

    /// Takes `len` bytes; answers the length of the output.
    pub fn feed(&mut self, len: usize) -> usize {
        self.output.clear();
        self.stream.feed(self.input.get(..len).unwrap_or_default(), &mut self.output);
        self.output.len()
    }

    /// Ends the text; answers the length of the output.
    pub fn finish(&mut self) -> usize {
        self.output.clear();
        self.stream.finish(&mut self.output);
        self.output.len()
    }
}
