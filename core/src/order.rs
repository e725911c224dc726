//! One sort for everything, since a copy of the standard library's for each type weighs four kilobytes of WebAssembly.

/// Puts `items` in the order in which `less` has them. Equal ones end in any order. (Heapsort: no memory, and no bad case.)
pub(crate) fn sort<T>(items: &mut [T], less: impl Fn(&T, &T) -> bool) {
    let is_less = |items: &[T], a: usize, b: usize| matches!((items.get(a), items.get(b)), (Some(a), Some(b)) if less(a, b));
    // most are in order already
    if items.is_sorted_by(|a, b| !less(b, a)) {
        return;
    }
    let sift = |items: &mut [T], mut root: usize, end: usize| loop {
        let mut child = 2 * root + 1;
        if child >= end {
            return;
        }
        child += usize::from(child + 1 < end && is_less(items, child, child + 1));
        if !is_less(items, root, child) {
            return;
        }
        items.swap(root, child);
        root = child;
    };
    for root in (0..items.len() / 2).rev() {
        sift(items, root, items.len());
    }
    for end in (1..items.len()).rev() {
        items.swap(0, end);
        sift(items, 0, end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_the_standard_library(mut items in prop::collection::vec(0u8..20, 0..60)) {
            let mut expected = items.clone();
            expected.sort_unstable();
            sort(&mut items, |a, b| a < b);
            prop_assert_eq!(items, expected);
        }
    }
}
