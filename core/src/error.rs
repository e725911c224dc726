//! One error type with a stable code. No message ever holds input text.

use std::fmt;

/// What went wrong, as a stable string that programs may match on.
///
/// Codes are append-only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Code {
    /// The policy is not valid JSON, TOML or not a mapping.
    PolicySyntax,
    /// A field that the schema does not know.
    PolicyUnknownField,
    /// A value of the wrong type or outside its allowed set.
    PolicyInvalidValue,
    /// A version other than 1.
    PolicyVersion,
    /// A detector id or group that does not exist.
    PolicyUnknownDetector,
    /// A field pattern that cannot match, or more pattern steps than the engine holds.
    PolicyField,
    /// A custom detector without id, with a duplicate id, or without exactly one pattern.
    PolicyCustom,
    /// A custom shape that is malformed, matches the empty text, or is too long.
    PolicyShape,
    /// A literal of a custom detector that is empty.
    PolicyLiteral,
    /// A word of context of a custom detector that is no single word.
    PolicyContext,
    /// An example of a custom detector in which it finds nothing.
    PolicyExample,
    /// A counter-example of a custom detector in which it finds something.
    PolicyCounterExample,
    /// A custom regular expression that does not compile or is too large.
    PolicyRegex,
    /// A custom regular expression in a build without them.
    PolicyRegexUnavailable,
    /// A mask outside the placeholder grammar.
    PolicyMask,
    /// An action that needs a key, and no key was given.
    KeyMissing,
    /// A key under 32 bytes.
    KeyTooShort,
    /// A known value under 8 bytes.
    KnownValueTooShort,
    /// A known value that is a public default or otherwise too common.
    KnownValueCommon,
    /// A known value of a type that is neither text nor bytes.
    KnownValueType,
    /// A file that cannot be read.
    Io,
    /// A record that is not a mapping, or misses a required part.
    Record,
    /// A formatter option of the wrong name or value.
    Format,
    /// An option of events of the wrong name or value.
    Event,
}

impl Code {
    /// The stable string, such as `policy.unknown_field`.
    pub const fn as_str(self) -> &'static str {
        self.text().0
    }

    const fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::PolicySyntax => ("policy.syntax", "the policy is not a valid document"),
            Self::PolicyUnknownField => ("policy.unknown_field", "the policy has no such field"),
            Self::PolicyInvalidValue => ("policy.invalid_value", "the value has the wrong type or is not one of the allowed ones"),
            Self::PolicyVersion => ("policy.version", "only version 1 is known"),
            Self::PolicyUnknownDetector => ("policy.unknown_detector", "there is no detector or group of that id"),
            Self::PolicyField => {
                ("policy.field", "a field rule is a key name or a dotted path of names, `*` and `**`, at most 256 steps in all")
            }
            Self::PolicyCustom => (
                "policy.custom",
                "a custom detector needs a unique id (`custom.name`) that no built-in one has, and a shape or a regex, not both",
            ),
            Self::PolicyShape => (
                "policy.shape",
                "the shape is malformed, may match the empty text, has an alternative that an earlier one always takes (put the longer first), or has more than 1,024 bytes; `.`, `^` and `$` mean nothing in it, `\\` makes a byte of a mark",
            ),
            Self::PolicyLiteral => ("policy.literal", "a literal is not empty"),
            Self::PolicyContext => ("policy.context", "a word of context is one word: 2 to 64 letters and digits"),
            Self::PolicyExample => ("policy.example", "the detector finds nothing in its example"),
            Self::PolicyCounterExample => ("policy.counter_example", "the detector finds something in its counter-example"),
            Self::PolicyRegex => ("policy.regex", "the regular expression does not compile, matches the empty string, or is too large"),
            Self::PolicyRegexUnavailable => (
                "policy.regex_unavailable",
                "this build has no regular expressions: write a `shape`, or in JavaScript import `scrubline/custom`",
            ),
            Self::PolicyMask => (
                "policy.mask",
                "a mask must be `[REDACTED]`, `[REDACTED:name]` or a run of three or more `*`, and must not be matched by a detector",
            ),
            Self::KeyMissing => ("key.missing", "the action `pseudonym` needs a key"),
            Self::KeyTooShort => ("key.too_short", "a key is text or bytes, at least 32 bytes"),
            Self::KnownValueTooShort => ("known_value.too_short", "a known value has at least 8 bytes"),
            Self::KnownValueCommon => (
                "known_value.common",
                "a known value must not be a public default, a word of every log, a sequence, or one or two repeated characters",
            ),
            Self::KnownValueType => ("known_value.type", "known values are a list of texts or bytes"),
            Self::Io => ("io", "the file cannot be read"),
            Self::Record => ("record", "a record is a mapping with at least a message"),
            Self::Format => ("format", "the formatter has no such option, or not with that value"),
            Self::Event => (
                "event",
                "a route is an event type, or its beginning and `*`, and an area or `{area, also}` of dotted names; `slow_ms` is above 0",
            ),
        }
    }
}

/// Why a constructor, `register` or `reload` refused.
///
/// [`code`](Self::code) is stable, [`path`](Self::path) names the offending place of the policy
/// (`detectors.contact.emial`, `known_values[2]`), or of its text (`line 3, column 7`) where that is no document; neither holds a value that was passed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    code: Code,
    path: String,
    /// The id of the detector that it is about, if it is about one of the policy's own.
    detector: String,
    /// The words of which one may stand there, where there are such.
    allowed: &'static [&'static str],
}

impl Error {
    /// An error of this code at this place; an empty path means the whole.
    pub fn new(code: Code, path: impl Into<String>) -> Self {
        Self { code, path: path.into(), detector: String::new(), allowed: &[] }
    }

    /// An error of this code at this item of a list.
    pub fn at(code: Code, list: &str, index: usize) -> Self {
        Self::new(code, place(list, index))
    }

    /// The same about a detector of the policy, whose id the message then names.
    pub(crate) fn about(self, detector: &str) -> Self {
        Self { detector: detector.to_owned(), ..self }
    }

    /// The same with the words that may stand there, which the message then names.
    pub(crate) fn allowing(self, allowed: &'static [&'static str]) -> Self {
        Self { allowed, ..self }
    }

    /// The same in line and column of a text, counted from 1 in characters, as its place.
    pub(crate) fn in_text(self, text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        let mut path = String::from("line ");
        crate::format::integer(&mut path, line as u64);
        path.push_str(", column ");
        crate::format::integer(&mut path, column as u64);
        Self { path, ..self }
    }

    /// The stable code.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// The place in the policy, empty where there is none.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// An error of the policy, as opposed to one of keys, known values, files or records.
    pub fn is_policy(&self) -> bool {
        self.code.as_str().starts_with("policy.")
    }
}

/// The place of an item in a list: `custom[2]`.
pub(crate) fn place(list: &str, index: usize) -> String {
    let mut place = [list, "["].concat();
    crate::format::integer(&mut place, index as u64);
    place.push(']');
    place
}

impl Error {
    /// What to do. Of the values of a policy, two have mistakes of their own.
    fn help(&self) -> &'static str {
        match self.code {
            Code::PolicyInvalidValue if self.path.is_empty() => {
                "a policy is an object such as `{\"preset\": \"strict\"}`, not a name, path or text"
            }
            Code::PolicyInvalidValue if self.allowed.is_empty() && self.path.starts_with("detectors.") => {
                "an id with its dot is one key, in TOML in quotes: `\"contact.email\" = \"off\"`"
            }
            code => code.text().1,
        }
    }

    /// Code, place and what to do, as one line.
    pub fn message(&self) -> String {
        let at = if self.path.is_empty() { "" } else { " at " };
        let of = if self.detector.is_empty() { "" } else { " of " };
        let mut message = [self.code.as_str(), at, &self.path, of, &self.detector, ": ", self.help()].concat();
        let mut before = if self.code == Code::PolicyUnknownDetector { "; groups: " } else { "; allowed: " };
        for word in self.allowed {
            message.push_str(before);
            message.push_str(word);
            before = ", ";
        }
        message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for Error {}
