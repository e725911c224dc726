//! Base58Check: what most wallets' addresses are written in, with four bytes of a double SHA-256 at the end.

use sha2::{Digest, Sha256};

/// The digits of Bitcoin, and of most others.
pub(crate) const BITCOIN: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// The digits of the XRP Ledger.
pub(crate) const RIPPLE: &[u8; 58] = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

/// Bytes of an address: version, hash, checksum.
pub(crate) const ADDRESS: usize = 25;
/// Bytes of a private key (Bitcoin's wallet import format): version, key, checksum.
pub(crate) const PRIVATE_KEY: usize = 37;

/// The version byte of so many bytes whose checksum is right.
pub(crate) fn version(text: &[u8], alphabet: &[u8; 58], length: usize) -> Option<u8> {
    let mut bytes = [0u8; PRIVATE_KEY + 1];
    let bytes = bytes.get_mut(..length)?;
    for b in text {
        let mut carry = alphabet.iter().position(|digit| digit == b)?;
        for byte in bytes.iter_mut().rev() {
            carry += usize::from(*byte) * 58;
            *byte = carry as u8;
            carry >>= 8;
        }
        if carry > 0 {
            return None;
        }
    }
    let (payload, checksum) = bytes.split_at(length - 4);
    Sha256::digest(Sha256::digest(payload)).starts_with(checksum).then(|| payload.first().copied())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors() {
        // the address of the genesis block, the pay-to-script-hash example of BIP 13, and ACCOUNT_ZERO of the XRP Ledger's documentation
        assert_eq!(version(b"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", BITCOIN, ADDRESS), Some(0));
        assert_eq!(version(b"3P14159f73E4gFr7JterCCQh9QjiTjiZrG", BITCOIN, ADDRESS), Some(5));
        assert_eq!(version(b"rrrrrrrrrrrrrrrrrrrrrhoLvTp", RIPPLE, ADDRESS), Some(0));
        assert_eq!(version(b"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", BITCOIN, ADDRESS), None);
        assert_eq!(version(b"0A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", BITCOIN, ADDRESS), None);
        assert_eq!(version(&[b'z'; 40], BITCOIN, ADDRESS), None);
    }
}
