//! Which logger an event goes to.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::map::Map;
use crate::scan::bytes::stands_in;

/// Where the events of a pattern go: an area, or an area and loggers of the application that get them as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Route {
    /// Business events go to `business.<area>`.
    Area(String),
    /// An area, further loggers, or both.
    Full(Full),
}

/// A route in full.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "FullRoute"))]
#[serde(default, deny_unknown_fields)]
pub struct Full {
    /// Business events go to `business.<area>`; where absent, as without this route.
    pub area: Option<String>,
    /// Loggers that get the event as well.
    pub also: Vec<String>,
}

/// By the type of the value; derived, it would be read twice and its errors would not tell where.
impl<'de> Deserialize<'de> for Route {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Route;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an area or a route")
            }

            fn visit_str<E: de::Error>(self, area: &str) -> Result<Route, E> {
                Ok(Route::Area(area.to_owned()))
            }

            fn visit_map<M: MapAccess<'de>>(self, route: M) -> Result<Route, M::Error> {
                Full::deserialize(MapAccessDeserializer::new(route)).map(Route::Full)
            }
        }

        deserializer.deserialize_any(Any)
    }
}

impl Route {
    pub(super) fn area(&self) -> Option<&str> {
        match self {
            Self::Area(area) => Some(area),
            Self::Full(full) => full.area.as_deref(),
        }
    }

    pub(super) fn also(&self) -> &[String] {
        match self {
            Self::Area(_) => &[],
            Self::Full(full) => &full.also,
        }
    }

    pub(super) fn is_valid(&self, pattern: &str) -> bool {
        let literal = pattern.strip_suffix('*').unwrap_or(pattern);
        !pattern.is_empty() && !literal.contains('*') && self.area().into_iter().chain(self.also().iter().map(String::as_str)).all(is_name)
    }
}

/// Names joined by dots, as loggers have them.
fn is_name(text: &str) -> bool {
    text.split('.').all(|part| !part.is_empty()) && text.chars().all(is_of_name)
}

/// Beyond ASCII whatever is written, which needs no table of all letters.
pub(super) fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') || !(c.is_ascii() || c.is_control() || c.is_whitespace())
}

/// The route of the pattern that says most of an event type.
pub(super) fn find<'r>(routes: &'r Map<Route>, event_type: &str) -> Option<&'r Route> {
    let fitting = routes.iter().filter(|(pattern, _)| matches(pattern, event_type));
    fitting.max_by_key(|(pattern, _)| pattern.len()).map(|(_, route)| route)
}

fn matches(pattern: &str, event_type: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => event_type.starts_with(beginning),
        None => event_type == pattern,
    }
}

/// The area of an event type without a route of its own.
pub(super) fn built_in(event_type: &str) -> Option<&'static str> {
    const AREAS: [(&str, &[&str]); 3] = [
        ("payments", &["payment_*"]),
        ("sessions", &["session_*"]),
        (
            "authentication",
            &["sign_in*", "sign_out*", "login*", "logout*", "user_login*", "user_logout*", "user_logged_*", "authentication_*"],
        ),
    ];
    AREAS.iter().find(|(_, patterns)| patterns.iter().any(|pattern| matches(pattern, event_type))).map(|&(area, _)| area)
}

/// Did somebody fail to show who they are?
pub(super) fn is_auth_failure(event_type: &str) -> bool {
    const OF_SIGN_IN: [&str; 7] = ["auth", "login", "sign_in", "signin", "2fa", "mfa", "two_factor"];
    const FAILED: [&str; 3] = ["fail", "invalid", "denied"];
    let has = |words: &[&str]| words.iter().any(|word| stands_in(event_type, word));
    event_type == "invalid_credentials" || has(&OF_SIGN_IN) && has(&FAILED) && !stands_in(event_type, "authoriz")
}
