//! The [`Redactor`], the handle that hosts hold: it swaps engines and counts.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use crate::engine::{Engine, FAULT, Tally, into_text};
use crate::error::Error;
use crate::explain::Candidate;
use crate::pass::Pass;
use crate::policy::{Action, Policy};
use crate::report::{Counters, Finding, Report};
use crate::scan::known::Known;
use crate::secrets::Secrets;
use crate::stream::Stream;

/// What a redactor shares with its streams.
pub(crate) struct Shared {
    engine: RwLock<Arc<Engine>>,
    secrets: Mutex<Secrets>,
    pub(crate) counters: Counters,
    since: String,
}

impl Shared {
    fn read(&self) -> RwLockReadGuard<'_, Arc<Engine>> {
        self.engine.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn engine(&self) -> Arc<Engine> {
        self.read().clone()
    }

    fn swap(&self, engine: Engine) {
        *self.engine.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(engine);
    }

    pub(crate) fn count_error(&self) {
        self.counters.add_other(FAULT, Action::Mask, 1);
    }
}

/// A handle on an engine: redacts, counts, and swaps its engine atomically.
pub struct Redactor {
    shared: Arc<Shared>,
}

impl Redactor {
    /// Compiles a policy. `since` is the time of now in RFC 3339, which reports carry; empty where the host has no clock.
    ///
    /// # Errors
    /// A code and the offending path of the policy, of the key, or of a known value.
    pub fn new(policy: Policy, secrets: Secrets, since: String) -> Result<Self, Error> {
        let engine = Engine::new(policy, &secrets)?;
        let shared = Shared { engine: RwLock::new(Arc::new(engine)), secrets: Mutex::new(secrets), counters: Counters::default(), since };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Redacts text; borrowed where nothing changed.
    pub fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        into_text(text, self.replaced(text.as_bytes()))
    }

    /// Redacts text in any encoding that contains ASCII, valid or not.
    pub fn redact_bytes<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        self.replaced(text).map_or(Cow::Borrowed(text), Cow::Owned)
    }

    fn replaced(&self, text: &[u8]) -> Option<Vec<u8>> {
        let engine = self.shared.read();
        let mut tally = Tally::default();
        let replaced = engine.redact(text, 0, &mut tally);
        tally.commit(&engine, &self.shared.counters);
        replaced
    }

    /// Redacts JSON text: number text, key order, duplicate keys and white space stay. What is not JSON is redacted as text.
    pub fn redact_json<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.pass().json(text)
    }

    /// What would be redacted, without the text of it. Offsets are bytes.
    pub fn findings(&self, text: &[u8]) -> Vec<Finding> {
        self.shared.read().findings(text)
    }

    /// What every detector looked at, and which step accepted or refused it and why; never the text of it. Offsets are bytes.
    ///
    /// What is accepted is what [`findings`](Self::findings) has. This is for people: it takes some hundred times as long.
    ///
    /// ```
    /// # use scrubline::{Policy, Redactor, Secrets};
    /// let redactor = Redactor::new(Policy::default(), Secrets::default(), String::new())?;
    /// let candidates = redactor.explain(b"password=${DB_PASSWORD}");
    /// assert_eq!((candidates[0].detector.as_str(), candidates[0].why.as_str()), ("credential.password", "placeholder"));
    /// # Ok::<(), scrubline::Error>(())
    /// ```
    pub fn explain(&self, text: &[u8]) -> Vec<Candidate> {
        self.shared.engine().explain(text)
    }

    /// A stream over this redactor.
    pub fn stream(&self) -> Stream {
        Stream::new(self.shared.clone())
    }

    /// Adds known values to those of the constructor.
    ///
    /// # Errors
    /// The position of a value that is too short or common; then none is added.
    pub fn register(&self, values: Vec<Vec<u8>>) -> Result<(), Error> {
        // checked alone first, so that a position is one of this call
        Known::new(&values)?;
        let mut secrets = self.shared.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        let mut wider = secrets.clone();
        wider.known_values.extend(values);
        let engine = Engine::new(self.policy(), &wider)?;
        *secrets = wider;
        self.shared.swap(engine);
        Ok(())
    }

    /// Takes another policy; key, known values and counters stay.
    ///
    /// # Errors
    /// As [`new`](Self::new); then the policy of before stays in force.
    pub fn reload(&self, policy: Policy) -> Result<(), Error> {
        let secrets = self.shared.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        let engine = Engine::new(policy, &secrets)?;
        self.shared.swap(engine);
        Ok(())
    }

    /// The policy in force.
    pub fn policy(&self) -> Policy {
        self.shared.read().policy.clone()
    }

    /// Counts since the redactor was made.
    pub fn report(&self) -> Report {
        self.shared.counters.report(self.shared.since.clone())
    }

    /// Counts an inner fault of a host.
    pub fn count_error(&self) {
        self.shared.count_error();
    }

    /// A snapshot of the engine for one value or record, however many strings it has.
    pub fn pass(&self) -> Pass<'_> {
        Pass::new(self.shared.engine(), Some(&self.shared.counters))
    }

    /// A pass whose findings do not count: for a host that looks at something twice.
    pub fn probe(&self) -> Pass<'_> {
        Pass::new(self.shared.engine(), None)
    }
}
