//! Private keys of wallets, networks and files that are written as one word.

use super::token;
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    // `xpub` and its like are public
    token(
        "secret.bitcoin-extended-key",
        &["[xyztuv]prv[1-9A-HJ-NP-Za-km-z]{100,112}", "[YZUV]prv[1-9A-HJ-NP-Za-km-z]{100,112}"],
        texts!["BIP 32", "SLIP 132"],
    ),
    token("secret.ripple-seed", &["sEd[1-9A-HJ-NP-Za-km-z]{28}"], texts!["XRP Ledger documentation, Cryptographic keys"]),
    token(
        "secret.tezos",
        &["(edsk|spsk|p2sk|edesk|spesk)[1-9A-HJ-NP-Za-km-z]{50,94}"],
        texts!["Tezos documentation, Base58Check prefixes"],
    ),
    token("secret.sui", &["suiprivkey1[02-9ac-hj-np-z]{58,64}"], texts!["Sui improvement proposal 15"]),
    token("secret.aptos", &["(ed25519|secp256k1)-priv-0x[0-9a-f]{64}"], texts!["Aptos improvement proposal 80"]),
    token("secret.near", &["ed25519:[1-9A-HJ-NP-Za-km-z]{80,90}"], texts!["NEAR documentation, Access keys"]),
    token("secret.nostr", &["nsec1[02-9ac-hj-np-z]{58}"], texts!["Nostr NIP-19"]),
    token(
        "secret.cardano",
        &["(ed25519e?_sk|xprv|root_xsk|acct_xsk|addr_xsk|stake_sk)1[02-9ac-hj-np-z]{58,180}"],
        texts!["Cardano improvement proposal 5"],
    ),
    // `lnd` in a macaroon, in base64
    token("secret.lightning-macaroon", &["AgEDbG5k[0-9A-Za-z+/_-]{60,512}={0,2}"], texts!["Lightning Labs documentation, Macaroons"]),
    token("secret.cashu", &["cashu[AB][0-9A-Za-z_-]{60,8192}={0,2}"], texts!["Cashu NUT-00"]),
    token(
        "secret.age-key",
        &["AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}", "AGE-SECRET-KEY-PQ-1[02-9AC-HJ-NP-Z]{58,64}"],
        texts!["age specification, X25519 recipient"],
    ),
    token("secret.age-plugin", &["AGE-PLUGIN-[0-9A-Z+._-]{1,32}-1[02-9AC-HJ-NP-Z]{20,1024}"], texts!["age plugin protocol"]),
    token("secret.minisign", &["RWRTY0Iy[0-9A-Za-z+/]{120,256}={0,2}"], texts!["minisign, Secret key format"]),
    token("secret.signify", &["RWRCS[wxyz][0-9A-Za-z+/]{60,160}={0,2}"], texts!["signify(1)"]),
    token("secret.tor", &["(ED25519-V3|RSA1024):[0-9A-Za-z+/]{80,1024}={0,2}"], texts!["Tor control protocol, ADD_ONION"]),
    token("secret.quicknode", &["QN_[0-9a-f]{32}"], texts!["QuickNode documentation, Console API"]),
];
