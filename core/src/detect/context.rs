//! Context: what words near a weak value say of it. Nine digits are a tax number beside `NIF`, and nothing elsewhere.

pub(crate) const PHONE: u32 = 1;
pub(crate) const CARD: u32 = 1 << 1;
pub(crate) const PT_NIF: u32 = 1 << 2;
pub(crate) const PT_NISS: u32 = 1 << 3;
pub(crate) const BANK: u32 = 1 << 4;
pub(crate) const PT_CC: u32 = 1 << 5;
