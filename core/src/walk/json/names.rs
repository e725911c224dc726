//! Keys that become equal get `#2`, `#3`, in their order.

use std::collections::BTreeMap;

use crate::format::integer;

/// The names of one object so far.
#[derive(Default)]
pub(crate) struct Names(BTreeMap<String, Seen>);

struct Seen {
    /// Was it made here, as opposed to given?
    made: bool,
    /// The number to try next.
    next: u64,
}

impl Names {
    /// Takes a name; answers the numbered one where it is needed.
    ///
    /// `made` says that redaction made the name. Names that were equal before stay as they were given.
    pub(crate) fn take(&mut self, name: &str, made: bool) -> Option<String> {
        let Some(seen) = self.0.get(name) else {
            self.0.insert(name.to_owned(), Seen { made, next: 2 });
            return None;
        };
        if !made && !seen.made {
            return None;
        }
        let mut next = seen.next;
        loop {
            let mut numbered = [name, "#"].concat();
            integer(&mut numbered, next);
            next += 1;
            if !self.0.contains_key(&numbered) {
                if let Some(seen) = self.0.get_mut(name) {
                    seen.next = next;
                }
                self.0.insert(numbered.clone(), Seen { made: true, next: 2 });
                return Some(numbered);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_made_names_are_numbered() {
        let mut names = Names::default();
        assert_eq!(names.take("a", false), None);
        assert_eq!(names.take("a", false), None);
        assert_eq!(names.take("x", true), None);
        assert_eq!(names.take("x", false).as_deref(), Some("x#2"));
        assert_eq!(names.take("x#3", false), None);
        assert_eq!(names.take("x", true).as_deref(), Some("x#4"));
        assert_eq!(names.take("a", true).as_deref(), Some("a#2"));
        assert_eq!(names.take("a#2", false).as_deref(), Some("a#2#2"));
    }

    #[test]
    fn many_equal_names_take_linear_steps() {
        let mut names = Names::default();
        names.take("x", true);
        for n in 2..50_000 {
            assert_eq!(names.take("x", true), Some(format!("x#{n}")));
        }
    }
}
