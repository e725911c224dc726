//! The detectors as they ship. As declared, each is a structure of fat pointers, most of them to nothing, which a browser pays for:
//! here they are a few texts and bytes, written when this crate is compiled and read when the first engine is made.

use super::{Alone, COUNT, Detector, Find, GROUPS, unchecked};
use crate::policy::{Action, Preset};

/// Between the texts of two detectors, and between two shapes of one. No shape and no word has them.
const NEXT: u8 = b'\n';
const ALSO: u8 = b'\t';

/// The texts of a detector.
#[derive(Clone, Copy)]
enum Text {
    Id,
    Shapes,
    Names,
}

/// Writes as much as there is room for, and counts all.
struct Pen<const ROOM: usize> {
    bytes: [u8; ROOM],
    length: usize,
}

#[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where an index out of bounds does not compile")]
impl<const ROOM: usize> Pen<ROOM> {
    const fn put(&mut self, byte: u8) {
        if self.length < ROOM {
            self.bytes[self.length] = byte;
        }
        self.length += 1;
    }

    const fn write(&mut self, text: &str) {
        let mut bytes = text.as_bytes();
        while let [byte, rest @ ..] = bytes {
            self.put(*byte);
            bytes = rest;
        }
    }

    /// This text of all detectors.
    const fn column(text: Text) -> Self {
        let mut pen = Self { bytes: [0; ROOM], length: 0 };
        let mut groups = GROUPS;
        while let [detectors, others @ ..] = groups {
            let mut detectors = *detectors;
            while let [detector, rest @ ..] = detectors {
                match (text, detector.find) {
                    (Text::Id, _) => pen.write(detector.id),
                    (Text::Shapes, Find::Id { shapes, .. } | Find::Token { shapes, .. }) => {
                        let mut shapes = shapes;
                        while let [shape, rest @ ..] = shapes {
                            pen.write(shape);
                            if !rest.is_empty() {
                                pen.put(ALSO);
                            }
                            shapes = rest;
                        }
                    }
                    (Text::Names, Find::Id { names, .. }) => pen.write(names),
                    _ => {}
                }
                pen.put(NEXT);
                detectors = rest;
            }
            groups = others;
        }
        pen
    }
}

macro_rules! column {
    ($text:expr) => {{
        const LENGTH: usize = Pen::<0>::column($text).length;
        const BYTES: [u8; LENGTH] = Pen::column($text).bytes;
        match str::from_utf8(&BYTES) {
            Ok(text) => text,
            Err(_) => "",
        }
    }};
}

static IDS: &str = column!(Text::Id);
static SHAPES: &str = column!(Text::Shapes);
static NAMES: &str = column!(Text::Names);

/// What of a detector is no text.
struct Traits {
    /// How it is found, and [`Alone`].
    find: [u8; COUNT],
    words: [u32; COUNT],
    action: [u8; COUNT],
    /// A bit for each preset.
    presets: [u8; COUNT],
    checks: [fn(&[u8]) -> bool; COUNT],
}

const KEY: u8 = 0;
const OWN: u8 = 1;
const TOKEN: u8 = 2;
/// And the place of what follows among [`ALONE`].
const ID: u8 = 3;

const ALONE: [Alone; 6] = [Alone::Never, Alone::Marked, Alone::Text, Alone::Printed, Alone::PrintedText, Alone::Always];

static TRAITS: Traits = traits();

#[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where an index out of bounds does not compile")]
const fn traits() -> Traits {
    let mut traits = Traits { find: [KEY; COUNT], words: [0; COUNT], action: [0; COUNT], presets: [0; COUNT], checks: [unchecked; COUNT] };
    let mut i = 0;
    let mut groups = GROUPS;
    while let [detectors, others @ ..] = groups {
        let mut detectors = *detectors;
        while let [detector, rest @ ..] = detectors {
            traits.action[i] = detector.action as u8;
            let mut presets = detector.presets;
            while let [preset, rest @ ..] = presets {
                traits.presets[i] |= 1 << *preset as u8;
                presets = rest;
            }
            traits.find[i] = match detector.find {
                Find::Key => KEY,
                Find::Own => OWN,
                Find::Token { check, .. } => {
                    traits.checks[i] = check;
                    TOKEN
                }
                Find::Id { check, words, alone, .. } => {
                    traits.checks[i] = check;
                    traits.words[i] = words as u32;
                    assert!(words <= u32::MAX as u64);
                    ID + alone as u8
                }
            };
            i += 1;
            detectors = rest;
        }
        groups = others;
    }
    traits
}

/// Every built-in detector, in the order of their positions.
pub(super) fn unpack() -> Vec<Detector> {
    let Traits { find, words, action, presets, checks } = &TRAITS;
    let texts = IDS.lines().zip(SHAPES.lines()).zip(NAMES.lines());
    let traits = find.iter().zip(words).zip(action).zip(presets).zip(checks);
    let detector = |(((id, shapes), names), ((((&find, &words), &action), &presets), &check))| Detector {
        id,
        find: match find {
            KEY => Find::Key,
            OWN => Find::Own,
            TOKEN => Find::Token { shapes: split(shapes), check },
            _ => {
                let alone = ALONE.get(usize::from(find - ID)).copied().unwrap_or(Alone::Never);
                Find::Id { shapes: split(shapes), check, words: u64::from(words), alone, names }
            }
        },
        action: Action::ALL.get(usize::from(action)).copied().unwrap_or(Action::Mask),
        presets: Preset::ALL.into_iter().filter(|&preset| presets >> preset as u8 & 1 != 0).collect::<Vec<_>>().leak(),
        references: &[],
        examples: &[],
        counter_examples: &[],
    };
    texts.zip(traits).map(detector).collect()
}

/// They live as long as the process.
fn split(shapes: &'static str) -> &'static [&'static str] {
    shapes.split(char::from(ALSO)).collect::<Vec<_>>().leak()
}
