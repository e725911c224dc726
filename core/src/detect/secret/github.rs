//! GitHub.

use super::token;
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[token(
    "secret.github",
    &[
        // the stateless one of an installation is a JWT behind its prefix
        "ghs_\\w{1,24}_eyJ[\\w-]{20,1024}\\.[\\w-]{20,2048}\\.[\\w-]{20,1024}",
        "gh[opsur]_[0-9A-Za-z]{36,255}",
        "github_pat_\\w{36,255}",
        "^v1\\.[0-9a-f]{40}",
    ],
    texts!["GitHub Docs, About authentication to GitHub, GitHub's token formats"],
)
.with(
    texts![
        concat!("using «ghp", "_0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX»"),
        concat!("«github", "_pat_11ABCDEFG0aB1cD2eF3gH4_iJ5kL6mN7oP8qR9sT0uV1wX2yZ3aB4cD5eF6gH7iJ8kL9mN0oP1»"),
    ],
    texts!["ghp_", "ghp_short", "github_path_to_repository", "gho_st"],
)];
