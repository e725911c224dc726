//! Events: what the business, security and performance helpers of every host log, and which logger each goes to.
//!
//! ```
//! use scrubline::event::{EventOptions, Events};
//! let events = Events::new(EventOptions::default())?;
//! let event = events.business("payment_completed", "Payment successful");
//! assert_eq!((event.level.as_str(), event.loggers.as_slice()), ("INFO", ["business.payments".to_owned()].as_slice()));
//! # Ok::<(), scrubline::Error>(())
//! ```

mod routes;
#[cfg(feature = "schema")]
mod schema;

use serde::{Deserialize, Serialize};

use crate::error::{Code, Error};
use crate::format::Level;
use crate::map::Map;
use crate::refusal;
use crate::scan::bytes::stands_in;

pub use routes::Route;
#[cfg(feature = "schema")]
pub use schema::json_schema;

/// What an event tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Something that the business counts.
    Business,
    /// Something that a security officer wants to see.
    Security,
    /// How long something took.
    Performance,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Business, Self::Security, Self::Performance];

    /// The name in a record's `event_kind`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Business => "business",
            Self::Security => "security",
            Self::Performance => "performance",
        }
    }

    /// The field of a record that holds what was said of the event.
    pub const fn metadata(self) -> &'static str {
        match self {
            Self::Business => "business_metadata",
            Self::Security => "security_context",
            Self::Performance => "performance_metadata",
        }
    }

    /// Reads a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// What of an event's own fields is said in the envelope of its record, as the context of the request is.
pub const CONTEXT: [&str; 4] = {
    let [school, user, role] = BUSINESS_CONTEXT;
    [school, user, role, "correlation_id"]
};

/// Names of the business context where nobody gives others.
pub const BUSINESS_CONTEXT: [&str; 3] = ["school_id", "user_id", "role"];

/// Where events go and what is slow; `{}` is the built-in table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct EventOptions {
    /// Event types, or how they begin (`payment_*`), and their routes. They go before those that are built in, and the longest before others.
    pub routes: Map<Route>,
    /// Milliseconds above which an operation is slow, and its event a warning.
    pub slow_ms: f64,
}

impl Default for EventOptions {
    fn default() -> Self {
        Self { routes: Map::default(), slow_ms: 1000.0 }
    }
}

impl EventOptions {
    /// Reads options with any serde deserialiser.
    ///
    /// # Errors
    /// `event` with the path of the offending option.
    pub fn deserialize_from<'de, D>(deserializer: D) -> Result<Self, Error>
    where
        D: serde::Deserializer<'de>,
    {
        refusal::read(deserializer, Code::Event, Code::Event, Code::Event)
    }

    /// The JSON Schema (draft 2020-12) of the options, as JSON text.
    #[cfg(feature = "schema")]
    pub fn json_schema() -> String {
        format!("{:#}\n", schemars::schema_for!(Self).as_value())
    }
}

/// An event on its way to the loggers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What it tells of.
    pub kind: Kind,
    /// Its name, such as `payment_completed`.
    pub event_type: String,
    /// Its level.
    pub level: Level,
    /// The loggers, the first of which names the event in lines that several of them would write.
    pub loggers: Vec<String>,
    /// Its message. That of a security event begins with the event type.
    pub message: String,
}

/// Makes events; immutable.
///
/// A business event goes to `business.<area>`: `payment_*` to `business.payments`, `session_*` to `business.sessions`, sign-in and sign-out
/// to `business.authentication`, any other to `business.<event type>`. A security event goes to `security.events`, a failure to
/// authenticate also to `security.auth_failures`; a performance event goes to `performance`. Routes change the areas and add loggers.
#[derive(Debug, Clone)]
pub struct Events {
    options: EventOptions,
}

impl Events {
    /// A maker of events.
    ///
    /// # Errors
    /// `event` with the path of a route whose pattern has a `*` that is not its end, or whose area or logger is no dotted name; of a
    /// `slow_ms` that is not above zero.
    pub fn new(options: EventOptions) -> Result<Self, Error> {
        if options.slow_ms.is_nan() || options.slow_ms <= 0.0 {
            return Err(Error::new(Code::Event, "slow_ms"));
        }
        if let Some((pattern, _)) = options.routes.iter().find(|(pattern, route)| !route.is_valid(pattern)) {
            return Err(Error::new(Code::Event, ["routes.", pattern].concat()));
        }
        Ok(Self { options })
    }

    /// An event of the business, at INFO.
    pub fn business(&self, event_type: &str, message: &str) -> Event {
        let route = routes::find(&self.options.routes, event_type);
        let area = route.and_then(Route::area).or_else(|| routes::built_in(event_type)).unwrap_or(event_type);
        self.event(Kind::Business, event_type, Level::Info, vec![business_logger(area)], message.to_owned())
    }

    /// An event of security, at WARNING.
    pub fn security(&self, event_type: &str, message: &str) -> Event {
        let mut loggers = vec!["security.events".to_owned()];
        if routes::is_auth_failure(event_type) {
            loggers.push("security.auth_failures".to_owned());
        }
        let message = if stands_in(message, event_type) { message.to_owned() } else { [event_type, ": ", message].concat() };
        self.event(Kind::Security, event_type, Level::Warning, loggers, message)
    }

    /// How many milliseconds an operation took: at WARNING where that is slow, else at INFO.
    pub fn performance(&self, operation: &str, duration_ms: f64) -> Event {
        let level = if duration_ms > self.options.slow_ms { Level::Warning } else { Level::Info };
        let message = match tenths(duration_ms) {
            Some(duration) => [operation, " took ", &duration, " ms"].concat(),
            None => operation.to_owned(),
        };
        self.event(Kind::Performance, "performance", level, vec!["performance".to_owned()], message)
    }

    fn event(&self, kind: Kind, event_type: &str, level: Level, mut loggers: Vec<String>, message: String) -> Event {
        let further = routes::find(&self.options.routes, event_type).map(Route::also).unwrap_or_default();
        for logger in further {
            if !loggers.contains(logger) {
                loggers.push(logger.clone());
            }
        }
        Event { kind, event_type: event_type.to_owned(), level, loggers, message }
    }
}

/// A number with one decimal place, half to even; `None` for what no clock measures. The standard library's way to write any float is
/// kilobytes of wasm that nothing else needs.
fn tenths(number: f64) -> Option<String> {
    let size = number.abs();
    if size.is_nan() || size >= (1_u64 << 53) as f64 {
        return None;
    }
    // of a fraction that rounds to a tenth, 64 binary places are all there are
    let scaled = ((size.fract() * (1_u128 << 64) as f64) as u128) * 10;
    let (tenth, rest, half) = (scaled >> 64, scaled as u64, 1_u64 << 63);
    let up = rest > half || rest == half && tenth % 2 == 1;
    let tenth = tenth as u64 + u64::from(up);
    let sign = if number.is_sign_negative() { "-" } else { "" };
    Some(format!("{sign}{}.{}", size as u64 + tenth / 10, tenth % 10))
}

/// `business.<area>`, with `_` for what no name of a logger has.
pub fn business_logger(area: &str) -> String {
    const LONGEST: usize = 64;
    let mut name = String::from("business.");
    name.extend(area.chars().take(LONGEST).map(|c| if routes::is_of_name(c) { c } else { '_' }));
    name
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn events(options: &str) -> Result<Events, Error> {
        Events::new(EventOptions::deserialize_from(&mut serde_json::Deserializer::from_str(options))?)
    }

    fn loggers(options: &str, event_type: &str) -> String {
        events(options).unwrap().business(event_type, "").loggers.join(" ")
    }

    #[test]
    fn the_built_in_routes() {
        for (event_type, logger) in [
            ("payment_initiated", "business.payments"),
            ("session_booked", "business.sessions"),
            ("user_login", "business.authentication"),
            ("sign_in", "business.authentication"),
            ("teacher_registered", "business.teacher_registered"),
            ("payments", "business.payments"),
            ("a b\n", "business.a_b_"),
            ("", "business."),
        ] {
            assert_eq!(loggers("{}", event_type), logger);
        }
    }

    #[test]
    fn routes_of_the_options() {
        let options = r#"{"routes": {"payment_*": {"also": ["finances.payments"]}, "payment_refunded": "refunds", "*": "other"}}"#;
        assert_eq!(loggers(options, "payment_initiated"), "business.payments finances.payments");
        assert_eq!(loggers(options, "payment_refunded"), "business.refunds");
        assert_eq!(loggers(options, "teacher_registered"), "business.other");
        let security = events(r#"{"routes": {"authentication_*": {"also": ["accounts.auth", "security.events"]}}}"#).unwrap();
        assert_eq!(
            security.security("authentication_failure", "m").loggers,
            ["security.events", "security.auth_failures", "accounts.auth"]
        );
    }

    #[test]
    fn levels_and_messages() {
        let events = events(r#"{"slow_ms": 200}"#).unwrap();
        let event = events.security("permission_violation", "by 7");
        assert_eq!((event.level, event.message.as_str()), (Level::Warning, "permission_violation: by 7"));
        assert_eq!(events.security("login_failed", "login_failed by 7").message, "login_failed by 7");
        assert_eq!(events.business("x", "50% done").message, "50% done");
        let event = events.performance("query", 200.04);
        assert_eq!(
            (event.level, event.message.as_str(), event.event_type.as_str()),
            (Level::Warning, "query took 200.0 ms", "performance")
        );
        assert_eq!(events.performance("query", 200.0).level, Level::Info);
        assert_eq!(events.performance("query", f64::NAN).message, "query");
    }

    #[test]
    fn one_decimal_place() {
        let numbers = [
            0.0,
            -0.0,
            0.04,
            0.05,
            0.25,
            0.35,
            0.95,
            0.949_999_999,
            1e-300,
            999.95,
            1000.04,
            -1.25,
            12_345_678.55,
            4_503_599_627_370_495.5,
        ];
        for number in numbers.into_iter().chain((0..10_000).map(|n| f64::from(n) * 0.050_000_1)) {
            assert_eq!(tenths(number), Some(format!("{number:.1}")), "{number:e}");
        }
        assert_eq!([1e16, f64::INFINITY, f64::NAN].map(tenths), [None, None, None]);
    }

    #[test]
    fn wrong_options() {
        for (options, path) in [
            (r#"{"slow": 1}"#, "slow"),
            (r#"{"slow_ms": 0}"#, "slow_ms"),
            (r#"{"routes": {"pay*ment": "x"}}"#, "routes.pay*ment"),
            (r#"{"routes": {"pay": ""}}"#, "routes.pay"),
            (r#"{"routes": {"pay": {"also": ["a..b"]}}}"#, "routes.pay"),
            (r#"{"routes": {"pay": {"to": "x"}}}"#, "routes.pay.to"),
        ] {
            let error = events(options).unwrap_err();
            assert_eq!((error.code(), error.path()), (Code::Event, path), "{options}");
        }
    }
}
