//! Addresses of wallets.

use super::Alone::Never;
use super::context::WALLET;
use super::{Detector, DetectorId, Find, PAYMENT, position, texts};
use crate::validate::digits::varied;
use crate::validate::{base58, bech32};

/// Addresses in base 58 or 32, which the scan looks for by [`is_address`].
pub(crate) const BASE58: DetectorId = position("payment.crypto-wallet");

const fn wallet(id: &'static str, find: Find, references: &'static [&'static str]) -> Detector {
    Detector::masked(id, find, PAYMENT, references)
}

pub(crate) const DETECTORS: &[Detector] = &[
    wallet(
        "payment.crypto-wallet",
        Find::Own,
        texts![
            "Bitcoin, Base58Check and BIP 13",
            "XRP Ledger, base58 encodings",
            "Tron, address format",
            "Litecoin, Dogecoin and Dash, chainparams.cpp",
            "Stellar, SEP 23",
            "Algorand and Polkadot, address formats"
        ],
    ),
    wallet(
        "payment.crypto-wallet-segwit",
        Find::Token {
            shapes: &["(bc|tb|ltc|cosmos|osmo|bnb|avax|terra|celestia)1[02-9ac-hj-np-z]{38,59}", "(BC|TB|LTC)1[02-9AC-HJ-NP-Z]{39,59}"],
            check: bech32::is_valid,
        },
        texts!["BIP 173, Bech32", "BIP 350, Bech32m", "Cosmos SDK, Bech32 on Cosmos"],
    )
    .with(
        texts![
            "paid to «cosmos1hxyj9ykw3wpezcvs97y3hl4uuvftx8ycr5ep6w»",
            "paid to «bc1q0nxe7f9ypejrwh3txsdps3v2njh94c0tlg5jq0»",
            "wallet=«bc1p0739nqjnv6mjmu2wnsz9za374fvy6vu3tkm5v5xrw3084tjapzk9eyu0kr»",
            "«LTC1QJ5P5J5F6YJVUJGSC24QHZA2HHJXUDMD822HENM»"
        ],
        texts![
            "bc1q0nxe7f9ypejrwh3txsdps3v2njh94c0tlg5jqq",
            "wallet bc1p0739nqjnv6mjmu2wnsz9za374fvy6vu3tkm5v5xrw3084tjapzk9eyu0kq",
            "bc1qexample"
        ],
    ),
    wallet(
        "payment.crypto-wallet-cardano",
        Find::Token { shapes: &["(addr|stake)(_test)?1[02-9ac-hj-np-z]{51,98}"], check: bech32::is_valid },
        texts!["CIP 19, Cardano addresses", "BIP 173, Bech32"],
    )
    .with(
        texts![
            "paid to «addr1rrr2fzl05z8j6v7v0u6lzw6u0mdlvzzss0dw6sf5r58ezlc9md24j756d34ely3vzeg3r2a7ecdqd2qs8ecwrv247up96ta7fn»",
            "stake «stake1z8lsgzh9qnky9acdncwlexy8hm6uyvn7m82h2tf5l4sq2qw3vvk2»",
            "«addr_test1n88l7y06jkwtqr5anuuefsh4gm9ftjhvk9yet4h5tnpp9kxmn8lyc»"
        ],
        texts![
            "addr1rrr2fzl05z8j6v7v0u6lzw6u0mdlvzzss0dw6sf5r58ezlc9md24j756d34ely3vzeg3r2a7ecdqd2qs8ecwrv247up96ta7fq",
            "wallet stake1z8lsgzh9qnky9acdncwlexy8hm6uyvn7m82h2tf5l4sq2qw3vvkq",
            "addr1 z8lsgzh9qnky9a"
        ],
    ),
    wallet(
        "payment.crypto-wallet-ethereum",
        Find::Id { shapes: &["0X[0-9A-F]{40}"], check: varied, words: WALLET, alone: Never, names: "" },
        texts!["Ethereum Yellow Paper, appendix F", "ERC-55, mixed-case checksum address encoding"],
    )
    .with(
        texts![
            "wallet «0xf61155ade3267ff4c33e4e2fcbe7161e33600bd2»",
            "ethereum: «0x67AC60992aC792dba9B936FbC969cCbBD6F2852F»",
            "eth_address=«0x8d389888d7b77e776bf33c25d1406823ee924b2a»",
        ],
        texts![
            "transaction 0xf61155ade3267ff4c33e4e2fcbe7161e33600bd2",
            "wallet 0xf61155ade3267ff4c33e4e2fcbe7161e33600bd",
            "wallet 0x0000000000000000000000000000000000000000",
        ],
    ),
];

/// Is this run of letters and digits an address with a checksum, or, beside a word of wallets, one of a currency without?
pub(crate) fn is_address(run: &[u8], context: u64) -> bool {
    // no hexadecimal number
    let is_cased = || run.iter().any(u8::is_ascii_uppercase) && run.iter().any(|b| matches!(b, b'g'..=b'z'));
    let is_bitcoin = |versions: &[u8]| {
        is_cased() && base58::version(run, base58::BITCOIN, base58::ADDRESS).is_some_and(|version| versions.contains(&version))
    };
    match (run.first(), run.len()) {
        (Some(b'1' | b'2' | b'3' | b'm' | b'n' | b'L' | b'M'), 26..=35) => is_bitcoin(&[0, 5, 48, 50, 111, 196]),
        (Some(b'D' | b'9' | b'A'), 33..=34) => is_bitcoin(&[22, 30]),
        (Some(b'T'), 34) => is_bitcoin(&[65]),
        (Some(b'X'), 34) => is_bitcoin(&[76]),
        (Some(b'r'), 25..=35) => base58::version(run, base58::RIPPLE, base58::ADDRESS) == Some(0),
        // Monero, whose checksum is of Keccak
        (Some(b'4' | b'8'), 95) => context & WALLET != 0 && run.iter().all(|b| base58::BITCOIN.contains(b)),
        // Stellar and Algorand, in base 32
        (_, 56 | 58) => context & WALLET != 0 && run.iter().all(|b| matches!(b, b'A'..=b'Z' | b'2'..=b'7')),
        // Solana and Polkadot: a public key, which no hash in small letters is
        (_, 32..=48) => context & WALLET != 0 && run.iter().any(u8::is_ascii_uppercase) && run.iter().all(|b| base58::BITCOIN.contains(b)),
        _ => false,
    }
}

/// Is this a private key of Bitcoin in the format in which wallets import one, or of Litecoin and Dogecoin, of which the last byte says that
/// its public key is compressed?
pub(crate) fn is_private_key(run: &[u8]) -> bool {
    let compressed = run.len() == 52;
    matches!(run, [b'5' | b'6' | b'9', ..] if run.len() == 51) | matches!(run, [b'K' | b'L' | b'T' | b'Q' | b'c', ..] if compressed)
        && base58::version(run, base58::BITCOIN, base58::PRIVATE_KEY + usize::from(compressed))
            .is_some_and(|version| matches!(version, 128 | 176 | 158 | 239))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_keys() {
        // of the keys 1 and 2, as Bitcoin's wiki has them
        for key in ["5HpHagT65TZzG1PH3CSu63k8DbpvD8s5ip4nEB3kEsreAnchuDf", "KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU74NMTptX4"] {
            assert!(is_private_key(key.as_bytes()), "{key}");
        }
        assert!(!is_private_key(b"5HpHagT65TZzG1PH3CSu63k8DbpvD8s5ip4nEB3kEsreAnchuDg"));
    }

    #[test]
    fn base58_addresses() {
        // made up: Bitcoin (hash of a key, of a script), Litecoin, Dogecoin, Tron, XRP
        for address in [
            "1BeGhP977BLMYA6TFVxDKLwJovLSajTL5D",
            "3QLn7EyiEtzd8BrHxNwK3hEkWL1ATJGc6Y",
            "LRoKLr2NdMgGQsi79QyPnzZ8LWx3vNc9gD",
            "DMnRPqarqTy1EHGqiqMBYZWWcyd4BGrmv2",
            "THivVfRgKgkApFSdoyBoLNy7zuY4po664g",
            "rnPwrfoS1wK3BEGw5iLhij2uLoMP8ZustX",
        ] {
            assert!(is_address(address.as_bytes(), 0), "{address}");
            let wrong =
                format!("{}{}", address.get(..address.len() - 1).unwrap_or_default(), if address.ends_with('a') { 'b' } else { 'a' });
            assert!(!is_address(wrong.as_bytes(), 0), "{address}");
        }
        let solana = b"9p9FMETCB9qV4myVejgKTuUekzpQmdnYxQpwraCLJkXv";
        assert!(is_address(solana, WALLET) && !is_address(solana, 0));
    }
}
