//! A log record, typed: what every host hands to a formatter.

use super::event::EventFields;

/// A canonical level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// `DEBUG`.
    Debug,
    /// `INFO`, also where nothing is known.
    #[default]
    Info,
    /// `WARNING`.
    Warning,
    /// `ERROR`.
    Error,
    /// `CRITICAL`.
    Critical,
}

impl Level {
    /// The canonical name, in upper case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Warning => "WARNING",
            Self::Error => "ERROR",
            Self::Critical => "CRITICAL",
        }
    }

    /// The canonical name in lower case.
    pub(crate) const fn as_lower_str(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Critical => "critical",
        }
    }

    /// Reads a name in any case (`warn`, `fatal` and other loggers' names too) or a number of pino's scale (10 trace, 20 debug, 30 info,
    /// 40 warn, 50 error, 60 fatal). Python's numbers mean other levels: see [`from_python`](Self::from_python).
    ///
    /// ```
    /// use scrubline::format::Level;
    /// assert_eq!(Level::parse("warn"), Some(Level::Warning));
    /// assert_eq!(Level::parse("40"), Some(Level::Warning));
    /// assert_eq!(Level::parse("loud"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit()) {
            return text.parse().ok().map(Self::from_pino);
        }
        const NAMES: [(&str, Level); 18] = [
            ("debug", Level::Debug),
            ("info", Level::Info),
            ("warning", Level::Warning),
            ("error", Level::Error),
            ("critical", Level::Critical),
            ("warn", Level::Warning),
            ("fatal", Level::Critical),
            ("trace", Level::Debug),
            ("log", Level::Info),
            ("information", Level::Info),
            ("notice", Level::Info),
            ("verbose", Level::Debug),
            ("silly", Level::Debug),
            ("err", Level::Error),
            ("crit", Level::Critical),
            ("alert", Level::Critical),
            ("emerg", Level::Critical),
            ("emergency", Level::Critical),
        ];
        NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|&(_, level)| level)
    }

    /// The level of a number on pino's scale; one in between counts as the level below it.
    pub const fn from_pino(number: u32) -> Self {
        match number {
            0..=29 => Self::Debug,
            30..=39 => Self::Info,
            40..=49 => Self::Warning,
            50..=59 => Self::Error,
            60.. => Self::Critical,
        }
    }

    /// The number of Python's `logging`.
    pub const fn to_python(self) -> u8 {
        match self {
            Self::Debug => 10,
            Self::Info => 20,
            Self::Warning => 30,
            Self::Error => 40,
            Self::Critical => 50,
        }
    }

    /// The level of a number of Python's `logging` (10 to 50); one in between counts as the level below it.
    pub const fn from_python(number: i64) -> Self {
        match number {
            ..=19 => Self::Debug,
            20..=29 => Self::Info,
            30..=39 => Self::Warning,
            40..=49 => Self::Error,
            50.. => Self::Critical,
        }
    }
}

/// An exception as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exception {
    /// The name of its class.
    pub kind: String,
    /// What it says.
    pub message: String,
    /// Its traceback or stack with real newlines, causes included.
    pub traceback: Option<String>,
}

/// A log record whose texts are redacted already.
///
/// Texts are plain, not escaped: that is the formatter's part. The second of each pair in `context` and `fields` is JSON text without
/// white space between tokens, as [`JsonWriter`](super::JsonWriter) writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Milliseconds since the epoch; left out of the output where absent or outside the years 0001 to 9999.
    pub time_ms: Option<i64>,
    /// The canonical level.
    pub level: Level,
    /// Name of the logger; left out where empty.
    pub logger: String,
    /// The rendered message.
    pub message: String,
    /// Name of the business, security or performance event.
    pub event_type: Option<String>,
    /// The id that joins the records of one request.
    pub correlation_id: Option<String>,
    /// The business context: name and JSON text.
    pub context: Vec<(String, String)>,
    /// Module that logged.
    pub module: Option<String>,
    /// Function that logged.
    pub function: Option<String>,
    /// Line that logged.
    pub line: Option<u64>,
    /// A duration in milliseconds as the text of a JSON number.
    pub duration_ms: Option<String>,
    /// The exception that was logged.
    pub exception: Option<Exception>,
    /// What was said of the event, where the record is one: its fields stand at the top level, or together in the nested layout.
    pub event: Option<EventFields>,
    /// Everything else: name and JSON text.
    pub fields: Vec<(String, String)>,
}

impl Record {
    /// The name of the logger, where it has one.
    pub(crate) fn logger(&self) -> Option<&str> {
        Some(self.logger.as_str()).filter(|name| !name.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels() {
        for (text, level) in [
            ("DEBUG", Level::Debug),
            ("Warn", Level::Warning),
            (" fatal ", Level::Critical),
            ("10", Level::Debug),
            ("30", Level::Info),
            ("35", Level::Info),
            ("40", Level::Warning),
            ("50", Level::Error),
            ("60", Level::Critical),
            ("999999999", Level::Critical),
        ] {
            assert_eq!(Level::parse(text), Some(level), "{text}");
        }
        for text in ["", "loud", "-1", "9999999999", "4e1"] {
            assert_eq!(Level::parse(text), None, "{text}");
        }
        assert_eq!(
            [i64::MIN, 10, 20, 25, 30, 40, 50, i64::MAX].map(|n| Level::from_python(n).as_str()),
            ["DEBUG", "DEBUG", "INFO", "INFO", "WARNING", "ERROR", "CRITICAL", "CRITICAL"]
        );
    }
}
