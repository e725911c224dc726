//! Values that are nobody's secret: hiding them would tear holes into every log.

use crate::scan::bytes::Words;

/// Defaults that everybody has, and words of logs, in lower case.
const COMMON: Words = Words::new(
    "administrator changeit changeme changeme123 change-me change_me changethis default1 django-insecure iloveyou insecure \
     letmein1 minioadmin notasecret passw0rd password password1 password123 placeholder qwerty12 qwerty123 qwertyui \
     qwertyuiop secret123 secretkey secret_key supersecret test1234 testpass testpassword testtest topsecret trustno1 \
     your-api-key your-secret-key yourpassword 127.0.0.1 clickhouse elasticsearch example.com grafana1 host.docker.internal \
     influxdb kubernetes localhost localhost:3000 localhost:5432 localhost:6379 localhost:8000 localhost:8080 memcached \
     opensearch postgres postgresql prometheus rabbitmq accounts anonymous application application/json authorization \
     complete completed connection critical database debugging defaults development disabled document exception external \
     finished function http://localhost https:// instance internal keep-alive messages not-found optional password_hash \
     priority production received register repository request_id requests required resource response security sequence \
     services sessions settings staging1 starting statement template text/html text/plain timestamp transaction undefined \
     username validation",
);

/// Is it a default that everybody has, or is there hardly anything in it?
pub(super) fn is_common(value: &[u8]) -> bool {
    COMMON.has(value) || is_repeated(value) || is_sequence(value)
}

/// One character, or two in turns or in any order: `--------`, `10101010`.
fn is_repeated(value: &[u8]) -> bool {
    let first = value.first();
    let second = value.iter().find(|&b| Some(b) != first);
    value.iter().all(|b| Some(b) == first || Some(b) == second)
}

/// Neighbours of the alphabet or digits in their order, up or down: `12345678`, `abcdefgh`, `87654321`, `1234567890`.
fn is_sequence(value: &[u8]) -> bool {
    let follows = |a: u8, b: u8| b == a.wrapping_add(1) || (a, b) == (b'9', b'0');
    let all = |follows: &dyn Fn(u8, u8) -> bool| value.iter().zip(value.iter().skip(1)).all(|(&a, &b)| follows(a, b));
    all(&follows) || all(&|a, b| follows(b, a))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_common() {
        for value in ["password", "PostgreSQL", "LOCALHOST", "aaaaaaaa", "10110100", "12345678", "1234567890", "87654321", "abcdefgh"] {
            assert!(is_common(value.as_bytes()), "{value}");
        }
        for value in ["blue-Tram-28", "blueTr28", "13572468", "seven red trams", "passwordX9"] {
            assert!(!is_common(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn the_list_is_lower_case_and_long_enough() {
        for common in COMMON.iter() {
            assert!(common.len() >= super::super::LEAST && !common.bytes().any(|b| b.is_ascii_uppercase()), "{common}");
        }
    }
}
