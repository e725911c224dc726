//! Numbers and codes of persons and companies, one file a region.

pub(crate) mod africa;
pub(crate) mod any;
pub(crate) mod balkan;
pub(crate) mod baltic;
pub(crate) mod benelux;
pub(crate) mod brazil;
pub(crate) mod britain;
pub(crate) mod canada;
pub(crate) mod central_america;
pub(crate) mod central_europe;
pub(crate) mod china;
pub(crate) mod dach;
pub(crate) mod east;
pub(crate) mod france;
pub(crate) mod iberia;
pub(crate) mod international;
pub(crate) mod italy;
pub(crate) mod japan;
pub(crate) mod lusophone;
pub(crate) mod mexico;
pub(crate) mod middle_east;
pub(crate) mod nordic;
pub(crate) mod oceania;
pub(crate) mod pt;
pub(crate) mod south_america;
pub(crate) mod south_asia;
pub(crate) mod southeast_asia;
pub(crate) mod us;
pub(crate) mod vat;

use crate::detect::{Alone, Detector, Find, PERSONAL};

/// An id of a country: personal data, masked whole.
const fn id(
    id: &'static str,
    shapes: &'static [&'static str],
    check: fn(&[u8]) -> bool,
    announced: (u64, Alone),
    references: &'static [&'static str],
) -> Detector {
    Detector::masked(id, Find::id(shapes, check, announced), PERSONAL, references)
}
