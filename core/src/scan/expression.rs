//! Regular expressions of a policy: on bytes, with ASCII classes, in linear time.
//!
//! Natively the crate `regex` runs them, which searches for literals and picks among five engines. Its engine for DFAs that are built
//! while they run is as good for lines, and alone is what fits in a browser.

#[cfg(not(target_family = "wasm"))]
pub(crate) use native::Expression;
#[cfg(target_family = "wasm")]
pub(crate) use small::Expression;

/// Bytes that a compiled expression may take, and its DFA.
const SIZE_LIMIT: usize = 1 << 20;

#[cfg(not(target_family = "wasm"))]
mod native {
    use regex::bytes::{Regex, RegexBuilder};

    use super::SIZE_LIMIT;

    /// A compiled expression.
    pub(crate) struct Expression(Regex);

    impl Expression {
        /// Nothing where it does not compile, is too large, or matches the empty text.
        pub(crate) fn new(expression: &str) -> Option<Self> {
            let mut builder = RegexBuilder::new(expression);
            let regex = builder.unicode(false).size_limit(SIZE_LIMIT).dfa_size_limit(SIZE_LIMIT).build().ok()?;
            (!regex.is_match(b"")).then_some(Self(regex))
        }

        /// Calls `visit` with start and end of each match, in order.
        pub(crate) fn each(&self, text: &[u8], visit: &mut dyn FnMut(usize, usize)) {
            self.0.find_iter(text).filter(|found| !found.is_empty()).for_each(|found| visit(found.start(), found.end()));
        }
    }
}

#[cfg(any(target_family = "wasm", test))]
mod small {
    use std::sync::{Mutex, PoisonError};

    use regex_automata::hybrid::dfa;
    use regex_automata::hybrid::regex::{Cache, Regex};
    use regex_automata::nfa::thompson;
    use regex_automata::util::syntax;

    use super::SIZE_LIMIT;

    /// A compiled expression, with the DFA as far as it is built.
    pub(crate) struct Expression {
        regex: Regex,
        cache: Mutex<Cache>,
    }

    impl Expression {
        /// Nothing where it does not compile, is too large, or matches the empty text.
        pub(crate) fn new(expression: &str) -> Option<Self> {
            let regex = Regex::builder()
                .syntax(syntax::Config::new().unicode(false).utf8(false))
                .thompson(thompson::Config::new().utf8(false).nfa_size_limit(Some(SIZE_LIMIT)))
                .dfa(dfa::Config::new().cache_capacity(SIZE_LIMIT).skip_cache_capacity_check(true))
                .build(expression)
                .ok()?;
            let mut cache = regex.create_cache();
            (!regex.is_match(&mut cache, b"")).then_some(Self { regex, cache: Mutex::new(cache) })
        }

        /// Calls `visit` with start and end of each match, in order.
        pub(crate) fn each(&self, text: &[u8], visit: &mut dyn FnMut(usize, usize)) {
            let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
            self.regex.find_iter(&mut cache, text).filter(|found| !found.is_empty()).for_each(|found| visit(found.start(), found.end()));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use proptest::prelude::*;

    use super::{native, small};

    macro_rules! matches {
        ($engine:ident, $expression:expr, $text:expr) => {
            $engine::Expression::new($expression).map(|expression| {
                let mut all = Vec::new();
                expression.each($text, &mut |start, end| all.push((start, end)));
                all
            })
        };
    }

    #[test]
    fn what_both_refuse() {
        for expression in ["(", "[", "a*", "", "^", "a|", "(a)\\1", "a(?=b)", "(?:[a-z]{1000}){1000}", "(?x"] {
            assert!(native::Expression::new(expression).is_none(), "{expression}");
            assert!(small::Expression::new(expression).is_none(), "{expression}");
        }
    }

    #[test]
    fn what_both_find() {
        let text = "STU-123456 stu-1\u{e9}2 aab\r\nN١٢ \u{1f600}x9 foo.bar".as_bytes();
        for expression in [
            "STU-\\d{6}",
            "(?i)stu-\\d",
            "\\b\\w+\\b",
            "(?u:\u{e9})",
            "[^a-z ]+",
            "a|aa|aab",
            "a+?",
            "(?m)^N.",
            "(?s).+",
            "\\x{e9}|\\xe9",
            "(?-u:\\xc3)",
            "\\d+$",
            "(?:^| )\\S",
            "foo\\.(?P<tail>bar)",
            "[[:alpha:]]{3,}",
            "\\Bt",
            "(a*)+b",
            "\\x{1F600}?x",
        ] {
            let found = matches!(native, expression, text);
            assert!(found.is_some(), "{expression}");
            assert_eq!(found, matches!(small, expression, text), "{expression}");
        }
    }

    /// Parts of expressions that are of use together, or not.
    const PARTS: &[&str] =
        &["a", "b", "\\b", "\\w", "\\d", ".", "^", "$", "|", "*", "+", "?", "(", ")", "[ab]", "[^a0]", "{1,3}", "(?i)", "(?m)", "(?:"];

    proptest! {
        #[test]
        fn both_find_the_same(parts in prop::collection::vec(prop::sample::select(PARTS), 1..12), text in "[abA0 \n\u{e9}]{0,24}") {
            let expression = parts.concat();
            prop_assert_eq!(matches!(native, &expression, text.as_bytes()), matches!(small, &expression, text.as_bytes()));
        }
    }
}
