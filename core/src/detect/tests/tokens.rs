//! Every format of a token, with values made up from its shape, where tokens are found: in headers, JSON, SQL, tracebacks.

use super::redactor;
use crate::detect::{ALL, Find, unchecked};
use crate::scan::shape::Shape;
use crate::scan::shape::sample::{Random, Sample};
use crate::{Preset, Redactor};

/// Values of each shape.
const VALUES: usize = 200;
/// Bytes of the random part that must not be left together.
const TRACE: usize = 6;

fn percent(value: &str) -> String {
    value
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() || b"-._~".contains(&b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

fn xml(value: &str) -> String {
    value.replace("&amp;", "&").replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

const CONTEXTS: &[fn(&str) -> String] = &[
    |v| format!("received {v} from upstream"),
    |v| format!("retry ({v}) failed"),
    |v| format!(r#"{{"id": 7, "value": "{v}", "ok": true}}"#),
    |v| format!("{{'id': 7, 'value': '{v}', 'ok': True}}"),
    |v| format!("GET /v1/items?page=2&x={}&sort=asc HTTP/1.1", percent(v)),
    |v| format!("X-Upstream: {v}"),
    |v| format!("  value: {v}"),
    |v| format!("export VALUE={v}"),
    |v| format!("INSERT INTO settings (name, value) VALUES ('x', '{v}');"),
    |v| format!("ValueError: bad value '{v}' in line 3"),
    |v| format!("<setting name=\"x\" value=\"{}\"/>", xml(v)),
    |v| format!("7,2024-05-01,\"{v}\",ok"),
    |v| format!("level=info msg=done value={v} ms=12"),
    |v| format!("curl -s -d \"{v}\" localhost"),
    |v| format!("Use `{v}` here."),
    |v| format!("The value is {v}."),
    |v| format!("really {v}..."),
    |v| format!("value:{v}"),
    |v| format!("first\n{v}\nlast"),
    |v| format!("b'{v}\\n'"),
    |v| format!("['a', '{v}', 'b']"),
    |v| format!("値{v}です"),
    |v| format!("<b>{v}</b>"),
    |v| format!("\x1b[31m{v}\x1b[0m"),
];

/// A shape of a detector of tokens.
struct Format {
    id: &'static str,
    examples: usize,
    text: &'static str,
    shape: Shape,
    check: fn(&[u8]) -> bool,
}

/// The formats that are found anywhere, or those that are `led`: they begin with a digit, and need a word before them.
fn formats(led: bool) -> impl Iterator<Item = Format> {
    ALL.iter().flat_map(move |detector| {
        let (shapes, check): (&[&str], _) = match detector.find {
            Find::Token { shapes, check } => (shapes, check),
            _ => (&[], unchecked as fn(&[u8]) -> bool),
        };
        let format =
            move |text: &'static str| Format { id: detector.id, examples: detector.examples.len(), text, shape: whole(text), check };
        shapes.iter().copied().filter(move |text| text.starts_with(|c: char| c.is_ascii_digit()) == led).map(format)
    })
}

/// The shape with its lead.
fn whole(text: &str) -> Shape {
    Shape::new(&text.trim_start_matches('^').replacen('<', "", 1)).unwrap()
}

/// Texts of the shape that it matches whole: a group or a set that takes more than it should spoils some.
fn samples(shape: &Shape, seed: u64, count: usize, shortest: bool) -> Vec<Sample> {
    let mut random = Random::new(seed);
    let made = (0..count * 10).map(|_| shape.sample(&mut random, shortest));
    made.filter(|sample| shape.end(&sample.text, 0) == Some(sample.text.len())).take(count).collect()
}

/// What of the random part is left in a redacted text.
fn left<'v>(redactor: &Redactor, context: fn(&str) -> String, value: &'v str, head: usize) -> Option<&'v str> {
    let text = context(value);
    let out = redactor.redact(&text);
    assert_eq!(redactor.redact(&out), out, "{text}");
    if out == context("[REDACTED]") {
        return None;
    }
    let around = context("");
    (head..value.len().saturating_sub(TRACE - 1)).map(|i| &value[i..i + TRACE]).find(|trace| out.contains(trace) && !around.contains(trace))
}

#[test]
fn no_made_up_token_survives() {
    let redactor = redactor(Preset::Default, &[]);
    let (mut tokens, mut unlikely, mut beginnings) = (0, 0, 0);
    let mut failures = Vec::new();
    for (seed, Format { id, examples, text, shape, check }) in formats(false).enumerate() {
        beginnings += if id.starts_with("secret.") { shape.formats() } else { 0 };
        let samples = samples(&shape, seed as u64, VALUES, false);
        assert_eq!(samples.len(), VALUES, "{id} {text}: what is made up of it does not match");
        let (likely, others): (Vec<_>, Vec<_>) = samples.iter().partition(|sample| check(&sample.text));
        // a decoded header, which cannot be made up
        if likely.len() < VALUES / 2 {
            assert!(examples >= 3, "{id} {text}: {examples} examples, and {} of {VALUES} pass the check", likely.len());
            continue;
        }
        unlikely += others.len();
        tokens += likely.len();
        for (i, sample) in likely.iter().enumerate() {
            let value = std::str::from_utf8(&sample.text).unwrap();
            let context = CONTEXTS.get(i % CONTEXTS.len()).unwrap();
            if let Some(left) = left(&redactor, *context, value, sample.head) {
                failures.push(format!("{id} {text}: {left} of {}", context(value)));
                break;
            }
        }
    }
    println!("{beginnings} beginnings of vendors' tokens, {tokens} tokens, {unlikely} more that were taken for names");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(beginnings >= 500, "{beginnings}");
    // one in five hundred
    assert!(unlikely * 500 < tokens, "{unlikely} of {tokens}");
}

#[test]
fn digits_begin_a_token_behind_a_word() {
    let redactor = redactor(Preset::Default, &[]);
    let contexts: [fn(&str) -> String; 4] = [
        |v| format!("token {v} refreshed"),
        |v| format!("the upstream session of ana, {v}, has expired"),
        |v| format!("using credentials of {v}"),
        |v| format!("{{\"id\": 7, \"message\": \"session {v} expired\"}}"),
    ];
    let mut tokens = 0;
    for (seed, Format { shape, .. }) in formats(true).enumerate() {
        for (sample, context) in samples(&shape, seed as u64, VALUES, false).iter().zip(contexts.iter().cycle()) {
            let value = std::str::from_utf8(&sample.text).unwrap();
            let text = context(value);
            let redacted =
                if text.starts_with('{') { redactor.redact_json(&text).into_owned() } else { redactor.redact(&text).into_owned() };
            assert!(!redacted.contains(value.get(5..15).unwrap()), "{text} → {redacted}");
            tokens += 1;
        }
    }
    assert!(tokens >= 2 * VALUES, "{tokens}");
}

#[test]
fn near_misses_are_left_alone() {
    let redactor = redactor(Preset::Default, &[]);
    let (mut tried, mut taken, mut other) = (0, 0, 0);
    for (seed, Format { id, shape, .. }) in formats(false).enumerate() {
        for sample in samples(&shape, seed as u64, 20, true) {
            let short = String::from_utf8(sample.shortened()).unwrap();
            let findings = redactor.findings(format!("near {short} miss").as_bytes());
            tried += 1;
            taken += usize::from(findings.iter().any(|found| found.detector == id));
            other += usize::from(findings.iter().any(|found| found.detector != id));
        }
    }
    println!("{taken} of {tried} near misses taken, {other} by another detector");
    // one in a hundred; what is short for one format may be long enough for another, or as wild as no id is
    assert!(taken * 100 < tried, "{taken} of {tried}");
    assert!(other * 4 < tried, "{other} of {tried}");
}

/// What vendors publish, and names that begin as tokens do.
#[test]
fn what_is_public_stays() {
    let redactor = redactor(Preset::Default, &[]);
    for text in [
        concat!("pk_", "live_51HxK2mQ8rT5vW9yZ3aB6cD0eF4gH7iJ"),
        concat!("using pk_", "test_TYooMQauvdEDq54NiTphI7jx"),
        concat!("phc", "_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V"),
        concat!("sb_", "publishable_a1B2c3D4e5F6g7H8i9J0k1_L2m3N4o5"),
        concat!("NRJS", "-a1b2c3d4e5f6a7b8c9d"),
        concat!("AC", "0123456789abcdef0123456789abcdef"),
        concat!("rzp_", "live_a1B2c3D4e5F6g7"),
        concat!("sq0idp", "-uZGn3lJQK4Y4EfxqDOoV8J"),
        concat!("mdb_sa_id", "_66a1b2c3d4e5f6a7b8c9d0e1"),
        concat!("pk.", "eyJ1IjoiYW5hIiwiYSI6ImNqbGg1N242In0.lUneM-o3NucXN189EYyXxQ"),
        "231545488769-4d1mcev9vifvlncrern52id2pqqf5u5l.apps.googleusercontent.com",
        "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
        "npub180cvv07tjdrrgpa0j7j7tmnyl2yr6yr7l8j4s3evf6u64th6gkwsyjh6w6",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8tVf1n1mQf1Zl9mQv0oQ2f8n8l1bqkq0Wm3m4v5b6c ana@host",
        "re_3UMBBIinUVpNbHPqGGQ3y5jGq",
        "test_UserCanLoginWithTheCodeOfAnAuthenticator",
        "test_user_can_login_with_2fa_code_and_password_of_2024",
        "live_stream_of_the_first_match_in_lisbon_2024",
        "sk-fading-circle sk-three-bounce-delay",
        "app-distribution-of-the-frontend-2024",
        "cache_key_d41d8cd98f00b204e9800998ecf8427e",
        "vca_security_group_of_the_database_in_lisbon",
        "npm_config_registry=https://registry.npmjs.org",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "md5: 9e107d9d372bb6826bd81d3542a419d6",
        "hooks.zapier.com/hooks/catch/",
        "https://discord.com/api/webhooks/",
        "GET https://hook.eu1.make.com/",
    ] {
        // a prefix and a long random run are a token to the general rule
        let found: Vec<_> =
            redactor.findings(text.as_bytes()).into_iter().filter(|found| !found.detector.starts_with("generic.")).collect();
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}
