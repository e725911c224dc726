//! From a record to its line: JSON in the form of each platform, or the console.
//!
//! Escaping happens here and nowhere else, once: see [`json_string`].

mod console;
mod datadog;
mod ecs;
mod escape;
mod event;
mod fields;
mod gcp;
mod json;
mod number;
mod otel;
mod read;
mod record;
mod security;
mod time;
mod trace;
pub(crate) mod word;
mod writer;

use serde::{Deserialize, Serialize};

use crate::error::{Code, Error, place};
use crate::pass::Pass;
use crate::refusal;
use crate::replace::placeholder;

pub use escape::json_string;
pub use event::EventFields;
pub(crate) use number::integer;
pub use number::json_f64;
pub use record::{Exception, Level, Record};
pub use time::timestamp;
pub use writer::JsonWriter;

/// Which line a formatter writes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// One JSON object a line.
    #[default]
    Json,
    /// The security log: JSON in its own order.
    Security,
    /// For a developer's terminal.
    Console,
    /// OpenTelemetry: OTLP/JSON, as its file exporter writes it.
    Otel,
    /// Elastic Common Schema.
    Ecs,
    /// Google Cloud Logging and Error Reporting.
    Gcp,
    /// Datadog.
    Datadog,
}

impl Format {
    /// Is this the name of something else where the context names stand?
    fn is_taken(self, name: &str, layout: Layout) -> bool {
        fields::is_envelope(name)
            || match self {
                Self::Json => layout == Layout::Nested && name == "extra",
                Self::Security => matches!(name, "security_level" | "security_context"),
                Self::Otel => otel::is_taken(name),
                Self::Datadog => datadog::is_taken(name),
                // ECS and Google Cloud have the context among their labels.
                Self::Console | Self::Ecs | Self::Gcp => false,
            }
    }
}

/// Where `json` puts event and fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// At the top level.
    #[default]
    Flat,
    /// Inside `extra`.
    Nested,
}

/// The options of a formatter; `{}` is JSON lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct FormatOptions {
    /// The kind of line.
    pub format: Format,
    /// Of `json` only.
    pub layout: Layout,
    /// ANSI colours; of `console` only.
    pub colour: bool,
    /// The names of the business context that stand in the envelope, in this order.
    pub context_fields: Vec<String>,
    /// The name of the service that logs; of `otel`, `ecs`, `gcp` and `datadog` only.
    pub service: Option<String>,
    /// The id of the Google Cloud project that holds the traces; of `gcp` only.
    pub project: Option<String>,
}

impl Default for FormatOptions {
    fn default() -> Self {
        Self {
            format: Format::Json,
            layout: Layout::Flat,
            colour: false,
            context_fields: ["school_id", "user_id", "role"].map(str::to_owned).to_vec(),
            service: None,
            project: None,
        }
    }
}

impl FormatOptions {
    /// The same with these context names, for a host that has one list for all its formats: a name that this one has for something else
    /// is left to that, and so is one that is empty or given twice.
    pub fn with_context(mut self, names: &[String]) -> Self {
        let free = names.iter().enumerate().filter(|&(i, _)| self.is_free(names, i));
        self.context_fields = free.map(|(_, name)| name.clone()).collect();
        self
    }

    /// May the context name at `i` stand in the envelope?
    fn is_free(&self, names: &[String], i: usize) -> bool {
        let mut names = names.iter().take(i + 1).rev();
        names
            .next()
            .is_some_and(|name| !name.is_empty() && !self.format.is_taken(name, self.layout) && names.all(|earlier| earlier != name))
    }

    /// Reads options with any serde deserialiser.
    ///
    /// # Errors
    /// `format` with the path of the offending option.
    pub fn deserialize_from<'de, D>(deserializer: D) -> Result<Self, Error>
    where
        D: serde::Deserializer<'de>,
    {
        refusal::read(deserializer, Code::Format, Code::Format, Code::Format)
    }

    /// The JSON Schema (draft 2020-12) of the options, as JSON text.
    #[cfg(feature = "schema")]
    pub fn json_schema() -> String {
        format!("{:#}\n", schemars::schema_for!(Self).as_value())
    }

    /// Reads options from JSON text.
    ///
    /// # Errors
    /// As [`deserialize_from`](Self::deserialize_from).
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let options = Self::deserialize_from(&mut deserializer)?;
        deserializer.end().map_err(|_| Error::new(Code::Format, ""))?;
        Ok(options)
    }
}

/// Writes records as lines. Immutable; one serves any number of threads.
///
/// ```
/// use scrubline::format::{FormatOptions, Formatter, Level, Record};
/// let formatter = Formatter::new(FormatOptions::default())?;
/// let record = Record { time_ms: Some(0), level: Level::Warning, message: "slow\n".into(), ..Record::default() };
/// assert_eq!(formatter.format(&record), r#"{"timestamp":"1970-01-01T00:00:00.000Z","level":"WARNING","message":"slow\n"}"#);
/// # Ok::<(), scrubline::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Formatter {
    options: FormatOptions,
}

impl Formatter {
    /// A formatter of these options.
    ///
    /// # Errors
    /// `format` where a context name is empty, given twice or one of the envelope, or the service or project is empty.
    pub fn new(mut options: FormatOptions) -> Result<Self, Error> {
        if let Some(i) = (0..options.context_fields.len()).find(|&i| !options.is_free(&options.context_fields, i)) {
            return Err(Error::new(Code::Format, place("context_fields", i)));
        }
        for (name, value) in [("service", &options.service), ("project", &options.project)] {
            if value.as_ref().is_some_and(String::is_empty) {
                return Err(Error::new(Code::Format, name));
            }
        }
        match options.format {
            Format::Security => options.context_fields = security::context_names(options.context_fields),
            Format::Otel | Format::Ecs | Format::Gcp | Format::Datadog => {
                options.context_fields.retain(|name| !trace::NAMES.contains(&name.as_str()));
            }
            Format::Json | Format::Console => {}
        }
        Ok(Self { options })
    }

    /// The line of a record, without a newline at its end. Whatever the record holds, it is one line (the console indents what follows).
    pub fn format(&self, record: &Record) -> String {
        let names = &self.options.context_fields;
        let service = self.options.service.as_deref();
        match self.options.format {
            Format::Json => match self.options.layout {
                Layout::Flat => json::flat(record, names),
                Layout::Nested => json::nested(record, names),
            },
            Format::Security => security::format(record, names),
            Format::Console => console::format(record, names, self.options.colour),
            Format::Otel => otel::format(record, names, service),
            Format::Ecs => ecs::format(record, names, service),
            Format::Gcp => gcp::format(record, names, service, self.options.project.as_deref()),
            Format::Datadog => datadog::format(record, names, service),
        }
    }

    /// Redacts a record that is one JSON object and writes its line; see [`Record::from_json`] for its keys.
    ///
    /// An object that cannot be read gives an ERROR line with the message `[REDACTED:error]`.
    pub fn format_json(&self, pass: &mut Pass<'_>, text: &str) -> String {
        match Record::from_json(pass, text) {
            Ok(record) => self.format(&record),
            Err(_) => self.format(&Record { level: Level::Error, message: placeholder::ERROR.to_owned(), ..Record::default() }),
        }
    }
}

#[cfg(test)]
mod tests;
