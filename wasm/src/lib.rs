//! The engine for JavaScript: buffers in and out, values and errors converted, nothing decided.
//!
//! Text crosses as UTF-8 in one reused input buffer: the host asks for room with `input`, writes, and calls with the length.
//! A call answers [`SAME`], [`CHANGED`] (the new text is at `output_ptr`, `output_len`) or [`FAULT`] (the host writes its error marker).
//! Places in a value cross as handles: an index in a table of the scopes seen so far, above the bits [`LISTED`], [`NAMED`], [`NAME`],
//! [`CHANGED_KEY`] and two of the verdict. `js/src/place.ts` reads them.

mod convert;
mod events;
mod flow;
mod options;

use std::borrow::Cow;

use scrubline::beside::{self, Sequence};
use scrubline::format::Formatter;
use scrubline::{Code, Error, Policy, Redactor, Scope, Secrets, Verdict, placeholder};
use wasm_bindgen::prelude::*;

pub use events::Events;
pub use flow::Flow;

/// Half the size of the standard library's, and faster.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

const SAME: u32 = 0;
const CHANGED: u32 = 1;
const FAULT: u32 = 2;

/// Bits of a handle before its index.
const INDEX: u32 = 6;
/// Only a list names the value of the key.
const LISTED: u32 = 1 << 5;
/// The value of the key has a name beside it.
const NAMED: u32 = 1 << 4;
/// The value of the key is such a name.
const NAME: u32 = 1 << 3;
/// The key itself changes: the output has it.
const CHANGED_KEY: u32 = 1 << 2;
/// The verdict that hides what is there.
const MASK: u32 = 2;

/// Room beyond this is given back once it is no longer needed: one huge line must not hold memory for ever.
const KEPT_ROOM: usize = 1 << 20;

/// A redactor with its buffers.
#[wasm_bindgen]
pub struct Core {
    redactor: Redactor,
    scopes: Vec<Scope>,
    input: Vec<u8>,
    output: Vec<u8>,
}

/// A formatter, with the redactor named at each call.
#[wasm_bindgen]
pub struct Lines(Formatter);

#[wasm_bindgen]
impl Lines {
    /// Takes the options of `FormatOptions` as a plain object.
    ///
    /// # Errors
    /// `[code, path, message]`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue) -> Result<Self, JsValue> {
        options::read(options, Code::Format, Code::Format).and_then(Formatter::new).map(Self).map_err(convert::error)
    }
}

#[wasm_bindgen]
impl Core {
    /// Takes the policy as a plain object, or `undefined` for the default one, the key as `Uint8Array` or `undefined`, known values as strings
    /// and `Uint8Array`s, and `since`, from when the report counts, as RFC 3339 writes it.
    ///
    /// # Errors
    /// `[code, path, message]`.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: JsValue, key: &JsValue, known_values: &JsValue, since: String) -> Result<Self, JsValue> {
        let build = || {
            let secrets =
                Secrets { key: convert::key(key)?, known_values: convert::values(known_values)?, nfc: convert::nfc, lower: convert::lower };
            // to read one is the largest of all that building an engine calls
            let policy = if policy.is_undefined() { Policy::default() } else { read_policy(policy)? };
            Redactor::new(policy, secrets, since)
        };
        build().map(|redactor| Self { redactor, scopes: Vec::new(), input: Vec::new(), output: Vec::new() }).map_err(convert::error)
    }

    /// Makes room for this many bytes and answers where it begins; what was written there before stays.
    pub fn input(&mut self, len: usize) -> *const u8 {
        convert::room(&mut self.input, len)
    }

    /// Where the last changed text begins.
    pub fn output_ptr(&self) -> *const u8 {
        self.output.as_ptr()
    }

    /// Length of the last changed text in bytes.
    pub fn output_len(&self) -> usize {
        self.output.len()
    }

    /// Gives oversized buffers back.
    pub fn trim(&mut self) {
        for buffer in [&mut self.input, &mut self.output] {
            if buffer.capacity() > KEPT_ROOM {
                *buffer = Vec::new();
            }
        }
    }

    /// Redacts `len` bytes of text.
    pub fn redact(&mut self, len: usize) -> u32 {
        let Some(text) = self.input.get(..len) else { return FAULT };
        commit(&mut self.output, self.redactor.redact_bytes(text))
    }

    /// Redacts `len` bytes of JSON text.
    pub fn redact_json(&mut self, len: usize) -> u32 {
        let Some(text) = self.input.get(..len).and_then(|text| str::from_utf8(text).ok()) else { return FAULT };
        commit(&mut self.output, convert::bytes(self.redactor.redact_json(text)))
    }

    /// Redacts `len` bytes of JSON, a record, into a line of this format; always [`CHANGED`].
    pub fn format(&mut self, lines: &Lines, len: usize) -> u32 {
        let Some(text) = self.input.get(..len).and_then(|text| str::from_utf8(text).ok()) else { return FAULT };
        self.output = lines.0.format_json(&mut self.redactor.pass(), text).into_bytes();
        CHANGED
    }

    /// The handle of a value that is under no key.
    pub fn root(&mut self) -> u32 {
        let scope = self.redactor.pass().root();
        self.handle(scope)
    }

    /// The handle of an element of a list at `parent`.
    pub fn item(&mut self, parent: u32) -> u32 {
        match self.scope(parent) {
            Some(parent) => {
                let scope = self.redactor.pass().item(parent);
                self.handle(scope)
            }
            None => STRAY,
        }
    }

    /// The handle of the value under the key of `len` bytes in a map at `parent`. With the key bit, the output holds the redacted key.
    pub fn child(&mut self, parent: u32, len: usize) -> u32 {
        let Some(parent) = self.scope(parent) else { return STRAY };
        let Some(key) = self.input.get(..len).and_then(|key| str::from_utf8(key).ok()) else { return STRAY };
        let mut pass = self.redactor.pass();
        let scope = pass.child(parent, key);
        let changed = commit(&mut self.output, convert::bytes(pass.key(key)));
        drop(pass);
        let said = [
            (beside::is_input(key), LISTED),
            (beside::is_named(key), NAMED),
            (beside::is_name(key), NAME),
            (changed == CHANGED, CHANGED_KEY),
        ];
        let bits = said.into_iter().filter(|(is, _)| *is).fold(0, |bits, (_, bit)| bits | bit);
        self.handle(scope) | bits
    }

    /// The handle of a value at `scope` that belongs to the name of `len` bytes beside it.
    pub fn named(&mut self, scope: u32, len: usize) -> u32 {
        let (Some(scope), Some(name)) = (self.scope(scope), self.input.get(..len)) else { return STRAY };
        let named = self.redactor.pass().named(scope, &String::from_utf8_lossy(name));
        self.handle(named)
    }

    /// The handle of an element at `scope` behind one that may be its key. The `len` bytes are what stands before both, with spaces between,
    /// that one from `first` on, and the element from `second` on.
    pub fn second(&mut self, scope: u32, first: usize, second: usize, len: usize, is_pair: bool) -> u32 {
        let (Some(scope), Some(Ok(texts))) = (self.scope(scope), self.input.get(..len).map(str::from_utf8)) else { return STRAY };
        let (Some(line), Some(key), Some(value)) = (texts.get(..first), texts.get(first..second), texts.get(second..)) else {
            return STRAY;
        };
        let of = if is_pair { Sequence::Pair } else { Sequence::Arguments };
        let second = self.redactor.pass().second(scope, line, key, value, of);
        self.handle(second)
    }

    /// Counts a map entry that the host left out.
    pub fn dropped(&mut self, scope: u32) {
        if let Some(scope) = self.scope(scope) {
            self.redactor.pass().dropped(scope);
        }
    }

    /// Redacts `len` bytes of text at this place.
    pub fn leaf(&mut self, scope: u32, len: usize) -> u32 {
        let (Some(scope), Some(text)) = (self.scope(scope), self.input.get(..len)) else { return FAULT };
        commit(&mut self.output, self.redactor.pass().leaf_bytes(scope, text))
    }

    /// Looks at a small integer at this place; when changed, it becomes the text of the output.
    pub fn integer(&mut self, scope: u32, value: i32) -> u32 {
        let Some(scope) = self.scope(scope) else { return FAULT };
        replace(&mut self.output, self.redactor.pass().integer(scope, value))
    }

    /// As `integer`, for any number as `len` bytes of its text: JavaScript writes numbers as RFC 8785 does, and brings what that takes.
    pub fn number(&mut self, scope: u32, len: usize) -> u32 {
        let Some(decimal) = self.input.get(..len).and_then(|text| str::from_utf8(text).ok()) else { return FAULT };
        let Some(scope) = self.scope(scope) else { return FAULT };
        replace(&mut self.output, self.redactor.pass().number(scope, decimal))
    }

    /// Forgets all handles.
    pub fn forget(&mut self) {
        self.scopes = Vec::new();
    }

    /// What was found in `len` bytes of text, as plain objects with offsets in UTF-16 units.
    ///
    /// # Errors
    /// None is known; the type is that of the serialiser.
    pub fn findings(&self, len: usize) -> Result<JsValue, JsValue> {
        let text = self.input.get(..len).unwrap_or_default();
        convert::findings(text, self.redactor.findings(text))
    }

    /// What each detector looked at in `len` bytes of text, in the same way.
    ///
    /// # Errors
    /// None is known; the type is that of the serialiser.
    pub fn explain(&self, len: usize) -> Result<JsValue, JsValue> {
        let text = self.input.get(..len).unwrap_or_default();
        convert::candidates(text, self.redactor.explain(text))
    }

    /// The counts as a plain object.
    ///
    /// # Errors
    /// None is known; the type is that of the serialiser.
    pub fn report(&self) -> Result<JsValue, JsValue> {
        convert::plain(&self.redactor.report())
    }

    /// Counts faults of the host.
    pub fn count_errors(&self, n: u32) {
        (0..n).for_each(|_| self.redactor.count_error());
    }

    /// Adds known values, strings and `Uint8Array`s.
    ///
    /// # Errors
    /// `[code, path, message]`; nothing was added then.
    pub fn register(&self, values: &JsValue) -> Result<(), JsValue> {
        convert::values(values).and_then(|values| self.redactor.register(values)).map_err(convert::error)
    }

    /// Takes a new policy and forgets all handles.
    ///
    /// # Errors
    /// `[code, path, message]`; the old policy stays then.
    pub fn reload(&mut self, policy: JsValue) -> Result<(), JsValue> {
        read_policy(policy).and_then(|policy| self.redactor.reload(policy)).map_err(convert::error)?;
        self.forget();
        Ok(())
    }

    /// A stream of this redactor as it is now.
    pub fn flow(&self) -> Flow {
        Flow::new(self.redactor.stream())
    }

    /// Levels of nesting that a walk may enter.
    pub fn depth(&self) -> u32 {
        self.redactor.pass().limits().depth
    }

    /// Entries that a walk may visit.
    pub fn nodes(&self) -> u32 {
        self.redactor.pass().limits().nodes
    }

    /// Entries behind a value that are looked at for its name, as long as they are scalars.
    pub fn ahead() -> usize {
        beside::AHEAD
    }

    /// Elements of a list that are looked at for what the last of a path, or the arguments of a command, say.
    pub fn elements() -> usize {
        beside::ELEMENTS
    }

    /// What stands in place of a value beyond the limits.
    pub fn limit_mark() -> String {
        placeholder::LIMIT.to_owned()
    }

    /// What stands in place of a value inside itself.
    pub fn circular_mark() -> String {
        placeholder::CIRCULAR.to_owned()
    }

    fn scope(&self, index: u32) -> Option<Scope> {
        self.scopes.get(index as usize).copied()
    }

    /// Few scopes differ in practice, so the table is short and searched from its end.
    fn handle(&mut self, scope: Scope) -> u32 {
        let index = self.scopes.iter().rposition(|seen| *seen == scope).unwrap_or_else(|| {
            self.scopes.push(scope);
            self.scopes.len() - 1
        });
        let verdict = match scope.verdict() {
            Verdict::Scan => 0,
            Verdict::Keep => 1,
            Verdict::Mask => MASK,
            Verdict::Drop => 3,
        };
        u32::try_from(index).map_or(STRAY, |index| index << INDEX | verdict)
    }
}

/// The answer to a handle of no scope: an index that is never given out, so whatever is looked at under it is a fault.
const STRAY: u32 = (u32::MAX >> INDEX) << INDEX | MASK;

fn read_policy(policy: JsValue) -> Result<Policy, Error> {
    options::read(policy, Code::PolicyUnknownField, Code::PolicyInvalidValue)
}

fn commit(output: &mut Vec<u8>, text: Cow<'_, [u8]>) -> u32 {
    match text {
        Cow::Borrowed(_) => SAME,
        Cow::Owned(text) => {
            *output = text;
            CHANGED
        }
    }
}

fn replace(output: &mut Vec<u8>, text: Option<String>) -> u32 {
    text.map_or(SAME, |text| commit(output, Cow::Owned(text.into_bytes())))
}
