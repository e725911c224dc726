//! Personal numbers, one file a country.

pub(crate) mod pt;
