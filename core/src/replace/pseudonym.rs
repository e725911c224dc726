//! Pseudonyms: the first 24 hex digits of HMAC-SHA-256 (RFC 2104, FIPS 180-4) over the detector's id, a zero byte and the canonical form.

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::detect::{DetectorId, contact, payment};
use crate::error::{Code, Error};
use crate::replace::placeholder::PSEUDONYM_DIGITS;
use crate::secrets::Secrets;

/// The least bytes of a key.
const KEY_MIN: usize = 32;

/// A key and its public name. Has no `Debug` and is never serialised.
#[derive(Clone)]
pub(crate) struct Key {
    mac: Hmac<Sha256>,
    id: String,
    nfc: fn(&str) -> String,
    lower: fn(&str) -> String,
}

impl Key {
    pub(crate) fn new(key: &[u8], id: &str, secrets: &Secrets) -> Result<Self, Error> {
        if key.len() < KEY_MIN {
            return Err(Error::new(Code::KeyTooShort, "key"));
        }
        let mac = Hmac::new_from_slice(key).map_err(|_| Error::new(Code::KeyTooShort, "key"))?;
        Ok(Self { mac, id: id.to_owned(), nfc: secrets.nfc, lower: secrets.lower })
    }

    /// Appends `[key-id:24 hex]`.
    pub(crate) fn append(&self, out: &mut Vec<u8>, detector: &str, position: DetectorId, value: &[u8]) {
        let mut mac = self.mac.clone();
        mac.update(detector.as_bytes());
        mac.update(&[0]);
        mac.update(&self.canonical(detector, position, value));
        out.push(b'[');
        out.extend_from_slice(self.id.as_bytes());
        out.push(b':');
        for byte in mac.finalize().into_bytes().iter().take(PSEUDONYM_DIGITS / 2) {
            out.extend([byte >> 4, byte & 15].map(|nibble| if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 }));
        }
        out.push(b']');
    }

    /// The same person's value in the same bytes: addresses in lower case, phone, card and personal numbers as their digits, anything else in NFC.
    fn canonical(&self, detector: &str, position: DetectorId, value: &[u8]) -> Vec<u8> {
        if position == contact::EMAIL {
            return match std::str::from_utf8(value) {
                Ok(text) if !text.is_ascii() => (self.nfc)(&(self.lower)(text)).into_bytes(),
                _ => value.to_ascii_lowercase(),
            };
        }
        if position == contact::PHONE || position == payment::CARD || detector.starts_with("identity.") {
            return value.iter().copied().filter(u8::is_ascii_digit).collect();
        }
        match std::str::from_utf8(value) {
            Ok(text) if !text.is_ascii() => (self.nfc)(text).into_bytes(),
            _ => value.to_vec(),
        }
    }
}
