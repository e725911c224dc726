//! Checksums and structural checks, one file each, with their source and their vectors.

pub(crate) mod base58;
pub(crate) mod base64;
pub(crate) mod bech32;
pub(crate) mod digits;
pub(crate) mod iban;
pub(crate) mod jwt;
pub(crate) mod luhn;
pub(crate) mod mod97;
pub(crate) mod pt;
