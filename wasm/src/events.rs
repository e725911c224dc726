//! Events for the helpers: which loggers, which level, which message.

use js_sys::Array;
use scrubline::event::{self, EventOptions, Kind};
use scrubline::{Code, Event};
use wasm_bindgen::prelude::*;

use crate::{convert, options};

/// Makes events of routes and a limit for what is slow.
#[wasm_bindgen]
pub struct Events(event::Events);

/// Each event is an array: its kind, the field of a record that holds what is said of it, event type, level, message, and the loggers.
#[wasm_bindgen]
impl Events {
    /// Takes the options of `EventOptions` as a plain object.
    ///
    /// # Errors
    /// `[code, path, message]`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue) -> Result<Self, JsValue> {
        let options: Result<EventOptions, _> = options::read(options, Code::Event, Code::Event);
        options.and_then(event::Events::new).map(Self).map_err(convert::error)
    }

    /// Names that a record has as properties of its own where an event says them.
    pub fn context_names() -> Array {
        event::CONTEXT.into_iter().map(JsValue::from).collect()
    }

    /// An event of the business.
    pub fn business(&self, event_type: &str, message: &str) -> Array {
        plan(self.0.business(event_type, message))
    }

    /// An event of security.
    pub fn security(&self, event_type: &str, message: &str) -> Array {
        plan(self.0.security(event_type, message))
    }

    /// How many milliseconds an operation took.
    pub fn performance(&self, operation: &str, duration_ms: f64) -> Array {
        plan(self.0.performance(operation, duration_ms))
    }
}

fn plan(event: Event) -> Array {
    let Event { kind, event_type, level, loggers, message } = event;
    let texts = [Kind::as_str(kind), kind.metadata(), &event_type, level.as_str(), &message];
    texts.into_iter().chain(loggers.iter().map(String::as_str)).map(JsValue::from).collect()
}
