//! GitHub.

use super::token;
use crate::detect::{Detector, Token, texts};
use crate::scan::shape::{ALNUM, ByteSet, Step};

/// Fine-grained tokens have an underscore inside.
const FINE_GRAINED: ByteSet = ByteSet::of("0-9A-Za-z_");
const CLASSIC: &[&str] = &["ghp_", "gho_", "ghu_", "ghs_", "ghr_"];

pub(crate) const DETECTORS: &[Detector] = &[token(
    "secret.github",
    &[
        Token { starts: CLASSIC, shape: &[Step::Any(CLASSIC), Step::Run(ALNUM, 36, 255)], check: None },
        Token { starts: &["github_pat_"], shape: &[Step::Lit("github_pat_"), Step::Run(FINE_GRAINED, 36, 255)], check: None },
    ],
    &["GitHub Docs, About authentication to GitHub, GitHub's token formats"],
    texts![
        concat!("using «ghp", "_0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX»"),
        concat!("«github", "_pat_11ABCDEFG0aB1cD2eF3gH4_iJ5kL6mN7oP8qR9sT0uV1wX2yZ3aB4cD5eF6gH7iJ8kL9mN0oP1»"),
    ],
    texts!["ghp_", "ghp_short", "github_path_to_repository", "gho_st"],
)];
