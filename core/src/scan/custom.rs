//! Detectors of the policy that are regular expressions, on bytes, tried only where one of their literals occurs.

use memchr::memmem;
use regex::bytes::{Regex, RegexBuilder};

use crate::detect::DetectorId;
use crate::error::{Code, Error, place};
use crate::policy::{Action, Custom, Setting};
use crate::scan::Match;
use crate::scan::bytes::at;

/// Bytes that a compiled expression may take.
const SIZE_LIMIT: usize = 1 << 20;

#[derive(Default)]
pub(crate) struct Customs(Vec<Compiled>);

struct Compiled {
    regex: Regex,
    literals: Vec<Vec<u8>>,
    id: DetectorId,
    action: Action,
}

impl Customs {
    /// Compiles the policy's detectors; the first has the id `first`.
    /// A setting of the policy for an id comes before the detector's own action.
    pub(crate) fn new(customs: &[Custom], first: DetectorId, setting: impl Fn(&str) -> Option<Setting>) -> Result<Self, Error> {
        let compile = |(i, custom): (usize, &Custom)| {
            let regex = RegexBuilder::new(&custom.regex)
                .unicode(false)
                .size_limit(SIZE_LIMIT)
                .dfa_size_limit(SIZE_LIMIT)
                .build()
                .ok()
                .filter(|regex| !regex.is_match(b""))
                .ok_or_else(|| Error::new(Code::PolicyRegex, [&place("custom", i), ".regex"].concat()))?;
            let literals = custom.literals.iter().map(|literal| literal.to_ascii_lowercase().into_bytes()).collect();
            let setting = setting(&custom.id);
            let action = setting.and_then(Setting::action).or(custom.action).unwrap_or(Action::Mask);
            Ok((setting != Some(Setting::Off)).then_some(Compiled { regex, literals, id: first + i as DetectorId, action }))
        };
        customs.iter().enumerate().map(compile).filter_map(Result::transpose).collect::<Result<_, _>>().map(Self)
    }

    pub(crate) fn find(&self, text: &[u8], matches: &mut Vec<Match>) {
        if self.0.is_empty() {
            return;
        }
        let lower = if self.0.iter().any(|custom| !custom.literals.is_empty()) { text.to_ascii_lowercase() } else { Vec::new() };
        for custom in &self.0 {
            if !custom.literals.is_empty() && !custom.literals.iter().any(|literal| memmem::find(&lower, literal).is_some()) {
                continue;
            }
            for found in custom.regex.find_iter(text).filter(|found| !found.is_empty()) {
                let (mut start, mut end) = (found.start(), found.end());
                // never half a character
                while start > 0 && at(text, start) & 0xc0 == 0x80 {
                    start -= 1;
                }
                while at(text, end) & 0xc0 == 0x80 {
                    end += 1;
                }
                matches.push(Match { start, end, detector: custom.id, action: custom.action });
            }
        }
    }
}
