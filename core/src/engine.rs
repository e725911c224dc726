//! The engine, which is immutable and shared, and the [`Redactor`], which swaps engines and counts.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use crate::detect::context::PART;
use crate::detect::words::Rule;
use crate::detect::{self, DetectorId, contact, network};
use crate::error::{Code, Error, place};
use crate::explain::Candidate;
use crate::format;
use crate::order;
use crate::policy::{Action, Limits, Policy, Preset, Setting};
use crate::replace::{self, Key, placeholder};
use crate::report::{Counters, Finding, LengthClass, Report};
use crate::scan::bytes::{LETTER, UNDERSCORE, class};
use crate::scan::custom::Customs;
use crate::scan::lines::{self, Cursor, WINDOW};
use crate::scan::sight::Watch;
use crate::scan::value::{self, Form};
use crate::scan::{Match, Triggers, known};
use crate::stream::Stream;
use crate::walk::field::Fields;
use crate::walk::{self, Ruling, Scope, Verdict};

/// The detector id under which inner faults are counted.
const FAULT: &str = "error";

/// Letters that a word may have to be let through at once; the shortest token has more.
const HARMLESS: usize = 15;

/// What a redactor holds besides its policy: never serialised, shown or echoed.
#[derive(Clone)]
pub struct Secrets {
    /// The key of pseudonyms, at least 32 bytes.
    pub key: Option<Vec<u8>>,
    /// Secrets of the application itself, at least 8 bytes each; they are masked wherever they occur, also in base64, hex, percent and JSON escapes.
    pub known_values: Vec<Vec<u8>>,
    /// Unicode NFC, for hosts that have it built in.
    pub nfc: fn(&str) -> String,
    /// Unicode lower case, likewise.
    pub lower: fn(&str) -> String,
}

impl Default for Secrets {
    fn default() -> Self {
        Self { key: None, known_values: Vec::new(), nfc, lower }
    }
}

#[cfg(feature = "nfc")]
fn lower(text: &str) -> String {
    text.to_lowercase()
}

#[cfg(not(feature = "nfc"))]
fn lower(text: &str) -> String {
    text.to_ascii_lowercase()
}

#[cfg(feature = "nfc")]
fn nfc(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfc(text).collect()
}

#[cfg(not(feature = "nfc"))]
fn nfc(text: &str) -> String {
    text.to_owned()
}

/// A compiled policy.
pub(crate) struct Engine {
    pub(crate) policy: Policy,
    /// By position: the action of an active detector.
    actions: Vec<Option<Action>>,
    custom_ids: Vec<String>,
    pub(crate) triggers: Triggers,
    pub(crate) fields: Fields,
    pub(crate) known: known::Known,
    pub(crate) custom: Customs,
    /// Sorted.
    pub(crate) allow: Vec<Vec<u8>>,
    pub(crate) mask: String,
    pub(crate) key: Option<Key>,
    /// A detector of addresses of machines is on.
    pub(crate) addresses: bool,
    /// The preset takes UUIDs under session keys as well.
    pub(crate) strict: bool,
}

impl Engine {
    fn new(policy: Policy, secrets: &Secrets) -> Result<Self, Error> {
        if policy.version != 1 {
            return Err(Error::new(Code::PolicyVersion, "version"));
        }
        let actions = actions(&policy)?;
        let active = |id: DetectorId| actions.get(usize::from(id)).copied().flatten().is_some();
        let custom_ids = custom_ids(&policy)?;
        limits(&policy)?;
        let fields = Fields::new(&policy, active)?;
        let mut engine = Self {
            triggers: Triggers::new(active, &fields),
            fields,
            known: known::Known::new(&secrets.known_values)?,
            custom: Customs::new(&policy.custom, actions.len() as DetectorId, |id| setting(&policy, id))?,
            allow: allowed(&policy),
            mask: policy.mask.clone().unwrap_or_else(|| placeholder::MASK.to_owned()),
            key: None,
            addresses: [network::IPV4, network::IPV6, network::MAC].into_iter().any(active),
            strict: policy.preset == Preset::Strict,
            actions,
            custom_ids,
            policy,
        };
        engine.set_key(secrets)?;
        engine.check_mask()?;
        Ok(engine)
    }

    fn set_key(&mut self, secrets: &Secrets) -> Result<(), Error> {
        let id = self.policy.key_id.as_deref().unwrap_or("id");
        let named = !id.is_empty()
            && id.len() <= 16
            && id != "REDACTED"
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        if !named {
            return Err(Error::new(Code::PolicyInvalidValue, "key_id"));
        }
        self.key = secrets.key.as_deref().map(|key| Key::new(key, id, secrets)).transpose()?;
        let policy = &self.policy;
        let mut asked = policy
            .detectors
            .iter()
            .filter_map(|(_, setting)| setting.action())
            .chain(policy.fields.iter().map(|(_, &action)| action))
            .chain(policy.custom.iter().filter_map(|custom| custom.action));
        if self.key.is_none() && asked.any(|action| action == Action::Pseudonym) {
            return Err(Error::new(Code::KeyMissing, "key"));
        }
        Ok(())
    }

    /// A mask is a placeholder, and nothing that a detector would take for a secret.
    ///
    /// No built-in detector takes the mask that a policy has by itself, as a test shows. To look for that would make every host load a scan
    /// that it may not need yet: half of what it takes to build an engine in JavaScript.
    fn check_mask(&self) -> Result<(), Error> {
        if self.policy.mask.is_none() && self.custom.is_empty() && self.known.is_empty() {
            return Ok(());
        }
        let found = self.redact(self.mask.as_bytes(), 0, &mut Tally::default()).is_some();
        if !placeholder::is(self.mask.as_bytes()) || found { Err(Error::new(Code::PolicyMask, "mask")) } else { Ok(()) }
    }

    /// Is this exactly a value that the policy allows?
    pub(crate) fn allows(&self, value: &[u8]) -> bool {
        self.allow.binary_search_by(|allowed| allowed.as_slice().cmp(value)).is_ok()
    }

    /// The action of a detector, where the policy has it on.
    #[inline]
    pub(crate) fn action(&self, detector: DetectorId) -> Option<Action> {
        self.actions.get(usize::from(detector)).copied().flatten()
    }

    /// The same for a detector of the policy as well: does it run?
    pub(crate) fn is_on(&self, detector: DetectorId) -> bool {
        self.action(detector).or_else(|| self.custom.action(detector)).is_some()
    }

    /// An engine without the secrets of a redactor, to look at texts with.
    pub(crate) fn unkeyed(policy: Policy) -> Option<Self> {
        Self::new(policy, &Secrets { key: Some(vec![0; 32]), ..Secrets::default() }).ok()
    }

    pub(crate) fn id(&self, detector: DetectorId) -> &str {
        let position = usize::from(detector);
        detect::ALL
            .get(position)
            .map(|detector| detector.id)
            .or_else(|| self.custom_ids.get(position.checked_sub(self.actions.len())?).map(String::as_str))
            .unwrap_or(FAULT)
    }

    /// The redacted text, or nothing where it stays as it is.
    pub(crate) fn redact(&self, text: &[u8], context: u64, tally: &mut Tally) -> Option<Vec<u8>> {
        if self.is_harmless(text) {
            return None;
        }
        if text.len() < WINDOW && memchr::memchr(b'\n', text).is_none() {
            let mut matches = Vec::new();
            lines::one(self, text, context, &mut matches);
            if matches.is_empty() {
                return None;
            }
            tally.add(&matches);
            let changes = matches.iter().any(|found| found.action != Action::Keep);
            return changes.then(|| {
                let mut out = Vec::with_capacity(text.len() + 32);
                self.write(text, 0, text.len(), &matches, &mut out);
                out
            });
        }
        self.redact_lines(text, context, tally)
    }

    /// As [`redact`](Self::redact), for more than one line or a very long one.
    #[inline(never)]
    fn redact_lines(&self, text: &[u8], context: u64, tally: &mut Tally) -> Option<Vec<u8>> {
        let mut out: Option<Vec<u8>> = None;
        let mut copied = 0;
        self.each(text, context, &mut |start, end, matches| {
            tally.add(matches);
            if start.lead > 0 || matches.iter().any(|found| found.action != Action::Keep) {
                let out = out.get_or_insert_with(|| Vec::with_capacity(text.len() + 32));
                out.extend_from_slice(text.get(copied..start.at).unwrap_or_default());
                self.write(text, start.at + start.lead, end, matches, out);
                copied = end;
            }
        });
        if let Some(out) = &mut out {
            out.extend_from_slice(text.get(copied..).unwrap_or_default());
        }
        out
    }

    /// Does the policy look for what no mask of a block can tell?
    pub(crate) fn looks_everywhere(&self) -> bool {
        !self.policy.custom.is_empty() || self.fields.short_name
    }

    /// A short word of letters, as most keys and many values are: no detector takes it.
    #[inline]
    fn is_harmless(&self, text: &[u8]) -> bool {
        text.len() <= HARMLESS
            && !self.known.may_be_word(text.len())
            && self.policy.custom.is_empty()
            && text.iter().all(|&b| class(b) & (LETTER | UNDERSCORE) != 0)
    }

    /// Calls `visit` with every segment and its matches, in offsets of the whole text.
    pub(crate) fn each(&self, text: &[u8], context: u64, visit: &mut dyn FnMut(Start, usize, &[Match])) {
        let mut cursor = Cursor::default();
        let mut matches = Vec::new();
        let mut at = 0;
        while let Some(rest) = text.get(at - cursor.behind..) {
            let base = at - cursor.behind;
            let Some(segment) = cursor.next(self, rest, true, context, &mut matches) else { break };
            for found in &mut matches {
                found.start += base;
                found.end += base;
            }
            visit(Start { at, lead: segment.lead }, at + segment.length, &matches);
            at += segment.length;
        }
    }

    /// Appends `text[from..to]` with its matches replaced.
    pub(crate) fn write(&self, text: &[u8], from: usize, to: usize, matches: &[Match], out: &mut Vec<u8>) {
        let mut copied = from;
        for found in matches {
            out.extend_from_slice(text.get(copied..found.start).unwrap_or_default());
            replace::append(out, self, found, text.get(found.start..found.end).unwrap_or_default());
            copied = found.end;
        }
        out.extend_from_slice(text.get(copied..to).unwrap_or_default());
    }

    fn findings(&self, text: &[u8]) -> Vec<Finding> {
        let finding = |found: Match| Finding {
            detector: self.id(found.detector).to_owned(),
            path: String::new(),
            start: found.start,
            end: found.end,
            length_class: LengthClass::of(found.end - found.start),
            action: found.action,
        };
        self.found(text).into_iter().map(finding).collect()
    }

    /// All matches of a text, in order.
    pub(crate) fn found(&self, text: &[u8]) -> Vec<Match> {
        let mut all: Vec<Match> = Vec::new();
        self.each(text, 0, &mut |start, _, matches| {
            if let Some(last) = all.last_mut().filter(|_| start.lead > 0) {
                last.end = start.at + start.lead;
            }
            all.extend_from_slice(matches);
        });
        all
    }
}

/// Where a segment begins, and how much of it belongs to the match before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    pub(crate) at: usize,
    pub(crate) lead: usize,
}

/// By position, the action of each built-in detector under this policy.
pub(crate) fn actions(policy: &Policy) -> Result<Vec<Option<Action>>, Error> {
    for (id, _) in policy.detectors.iter() {
        let known = detect::GROUP_NAMES.contains(&id)
            || detect::ALL.iter().any(|detector| covers(id, detector.id))
            || policy.custom.iter().any(|custom| covers(id, &custom.id));
        if !known {
            return Err(Error::new(Code::PolicyUnknownDetector, ["detectors.", id].concat()).allowing(detect::GROUP_NAMES));
        }
    }
    let action = |detector: &detect::Detector| {
        let own = if policy.preset == Preset::Gdpr && detector.action == Action::Partial && detector.id == "contact.email" {
            Action::Mask
        } else {
            detector.action
        };
        match setting(policy, detector.id) {
            Some(Setting::Off) => None,
            Some(Setting::On) => Some(own),
            Some(setting) => setting.action(),
            None => detector.presets.contains(&policy.preset).then_some(own),
        }
    };
    Ok(detect::ALL.iter().map(action).collect())
}

/// The setting whose id names the detector most closely: `identity.pt.nif` before `identity.pt` before `identity`.
pub(crate) fn setting(policy: &Policy, id: &str) -> Option<Setting> {
    policy.detectors.iter().filter(|(group, _)| covers(group, id)).max_by_key(|(group, _)| group.len()).map(|(_, &setting)| setting)
}

fn covers(group: &str, id: &str) -> bool {
    id.strip_prefix(group).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn allowed(policy: &Policy) -> Vec<Vec<u8>> {
    let mut values: Vec<_> = policy.allow.iter().map(|value| value.clone().into_bytes()).collect();
    order::sort(&mut values, |a, b| a < b);
    values
}

fn custom_ids(policy: &Policy) -> Result<Vec<String>, Error> {
    let mut ids: Vec<String> = Vec::new();
    for (i, custom) in policy.custom.iter().enumerate() {
        let name = custom.id.strip_prefix("custom.").unwrap_or_default();
        let sound = !name.is_empty()
            && name.len() <= 48
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'));
        if !sound
            || custom.shape.is_some() == custom.regex.is_some()
            || ids.contains(&custom.id)
            || detect::ALL.iter().any(|detector| detector.id == custom.id)
        {
            return Err(Error::new(Code::PolicyCustom, place("custom", i)));
        }
        ids.push(custom.id.clone());
    }
    Ok(ids)
}

fn limits(policy: &Policy) -> Result<(), Error> {
    let Limits { depth, nodes } = policy.limits;
    if !(1..=200).contains(&depth) {
        return Err(Error::new(Code::PolicyInvalidValue, "limits.depth"));
    }
    if nodes == 0 {
        return Err(Error::new(Code::PolicyInvalidValue, "limits.nodes"));
    }
    Ok(())
}

/// Counts of one pass, before they are added to the redactor's.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// As many kinds as a text has without need of a heap.
    few: [Option<(DetectorId, Action, u64)>; 6],
    more: Vec<(DetectorId, Action, u64)>,
}

impl Tally {
    pub(crate) fn add(&mut self, matches: &[Match]) {
        for found in matches {
            self.one(found.detector, found.action);
        }
    }

    fn one(&mut self, detector: DetectorId, action: Action) {
        let same = |seen: &(DetectorId, Action, u64)| seen.0 == detector && seen.1 == action;
        match self.few.iter_mut().find(|slot| slot.as_ref().is_none_or(same)) {
            Some(slot) => slot.get_or_insert((detector, action, 0)).2 += 1,
            None => match self.more.iter_mut().find(|seen| same(seen)) {
                Some(seen) => seen.2 += 1,
                None => self.more.push((detector, action, 1)),
            },
        }
    }

    #[inline]
    pub(crate) fn commit(&mut self, engine: &Engine, shared: &Shared) {
        for slot in &mut self.few {
            let Some((detector, action, n)) = slot.take() else { return };
            shared.counters.add(engine, detector, action, n);
        }
        for (detector, action, n) in self.more.drain(..) {
            shared.counters.add(engine, detector, action, n);
        }
    }
}

/// What a redactor shares with its streams.
pub(crate) struct Shared {
    engine: RwLock<Arc<Engine>>,
    secrets: Mutex<Secrets>,
    counters: Counters,
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
        tally.commit(&engine, &self.shared);
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
        known::Known::new(&values)?;
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
        self.shared.counters.add_other(FAULT, Action::Mask, 1);
    }

    /// A snapshot of the engine for one value or record, however many strings it has.
    pub fn pass(&self) -> Pass<'_> {
        Pass { engine: self.shared.engine(), shared: Some(&self.shared), tally: Tally::default() }
    }

    /// A pass whose findings do not count: for a host that looks at something twice.
    pub fn probe(&self) -> Pass<'_> {
        Pass { engine: self.shared.engine(), shared: None, tally: Tally::default() }
    }
}

/// Text from bytes that came out of a redaction of text: replacements are text, and matches begin and end at characters.
fn into_text(text: &str, replaced: Option<Vec<u8>>) -> Cow<'_, str> {
    match replaced.map(String::from_utf8) {
        None => Cow::Borrowed(text),
        Some(Ok(replaced)) => Cow::Owned(replaced),
        Some(Err(error)) => Cow::Owned(String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

/// Does this key pass the context of the key above on to its value? `{"phone": {"number": …}}`
fn passes_on(key: &str) -> bool {
    ["number", "value", "raw", "no", "nr"].iter().any(|name| key.eq_ignore_ascii_case(name))
}

/// One consistent look at a value or record. Its counts are added to the redactor's when it is dropped.
pub struct Pass<'r> {
    engine: Arc<Engine>,
    /// Where its findings count.
    shared: Option<&'r Shared>,
    tally: Tally,
}

impl Pass<'_> {
    /// Redacts plain text.
    pub fn text<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let replaced = self.engine.redact(text.as_bytes(), 0, &mut self.tally);
        into_text(text, replaced)
    }

    /// Redacts bytes.
    pub fn bytes<'t>(&mut self, text: &'t [u8]) -> Cow<'t, [u8]> {
        self.engine.redact(text, 0, &mut self.tally).map_or(Cow::Borrowed(text), Cow::Owned)
    }

    /// The scope of a whole value.
    pub fn root(&self) -> Scope {
        Scope { paths: self.engine.fields.root(), ruling: Ruling::None, context: 0 }
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.engine.fields
    }

    /// The scope of the value under a key.
    pub fn child(&self, parent: Scope, key: &str) -> Scope {
        let fields = &self.engine.fields;
        let (paths, by_path) = if fields.paths.is_empty() { (parent.paths, None) } else { fields.paths.enter(parent.paths, key) };
        let said = fields.verdict(key.as_bytes());
        let ruling = match (by_path, said.rule, parent.ruling) {
            (Some(Action::Keep), _, _) => Ruling::Keep,
            (Some(action), _, _) => Ruling::Apply(Rule::Field, action),
            (None, _, Ruling::Keep) => Ruling::Keep,
            (None, Some((_, Some(Action::Keep))), _) => Ruling::Keep,
            (None, Some((rule, Some(action))), _) => Ruling::Apply(rule, action),
            (None, Some((rule, None)), inherited) => {
                self.engine.action(rule.detector()).map_or(inherited, |action| Ruling::Apply(rule, action))
            }
            (None, None, inherited) => inherited,
        };
        let context = if said.context == 0 && passes_on(key) { parent.context } else { said.context };
        Scope { paths, ruling, context }
    }

    /// As [`child`](Self::child), for a key in which a [`Watch`] saw nothing.
    pub(crate) fn quiet_child(&self, parent: Scope, key: &str) -> Scope {
        if !self.engine.fields.paths.is_empty() || self.engine.addresses {
            return self.child(parent, key);
        }
        let context = if parent.context != 0 && passes_on(key) { parent.context } else { 0 };
        Scope { context, ..parent }
    }

    /// The scope of an element of a list, tuple or set: `*` in a path matches it, everything else is inherited.
    pub fn item(&self, parent: Scope) -> Scope {
        let fields = &self.engine.fields;
        if fields.paths.is_empty() {
            return parent;
        }
        let (paths, by_path) = fields.paths.enter(parent.paths, "");
        let ruling = match by_path {
            Some(Action::Keep) => Ruling::Keep,
            Some(action) => Ruling::Apply(Rule::Field, action),
            None => parent.ruling,
        };
        Scope { paths, ruling, ..parent }
    }

    /// Redacts a string at a position of a value: what its keys say, and what is found in it.
    pub fn leaf<'t>(&mut self, scope: Scope, text: &'t str) -> Cow<'t, str> {
        let replaced = self.leaf_replaced(scope, text.as_bytes());
        into_text(text, replaced)
    }

    /// As [`leaf`](Self::leaf), for bytes.
    pub fn leaf_bytes<'t>(&mut self, scope: Scope, text: &'t [u8]) -> Cow<'t, [u8]> {
        self.leaf_replaced(scope, text).map_or(Cow::Borrowed(text), Cow::Owned)
    }

    fn leaf_replaced(&mut self, scope: Scope, text: &[u8]) -> Option<Vec<u8>> {
        match scope.ruling {
            Ruling::Keep => None,
            Ruling::Apply(rule, action) if value::is_secret(rule, text, Form::Plain, self.engine.strict) => {
                self.replaced(rule, action, text)
            }
            _ => self.engine.redact(text, scope.context | PART, &mut self.tally),
        }
    }

    /// The replacement of a whole value under a sensitive key.
    fn replaced(&mut self, rule: Rule, action: Action, text: &[u8]) -> Option<Vec<u8>> {
        if self.engine.allows(text) {
            return None;
        }
        let detector = if rule == Rule::Field && action == Action::Partial && memchr::memchr(b'@', text).is_some() {
            contact::EMAIL
        } else {
            rule.detector()
        };
        self.tally.one(rule.detector(), action);
        let mut out = Vec::new();
        replace::append(&mut out, &self.engine, &Match { start: 0, end: text.len(), detector, action }, text);
        (action != Action::Keep).then_some(out)
    }

    /// Looks at a number by its decimal text; a replacement is text.
    pub fn number(&mut self, scope: Scope, decimal: &str) -> Option<String> {
        let replaced = match scope.ruling {
            // nothing shorter is a number that any built-in detector takes
            Ruling::None if decimal.len() < 7 && self.engine.policy.custom.is_empty() => None,
            _ => self.leaf_replaced(scope, decimal.as_bytes()),
        };
        replaced.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// As [`number`](Self::number), for a small integer.
    pub fn integer(&mut self, scope: Scope, value: i32) -> Option<String> {
        let mut decimal = String::from(if value < 0 { "-" } else { "" });
        format::integer(&mut decimal, value.unsigned_abs().into());
        self.number(scope, &decimal)
    }

    /// Redacts the key of a map entry, which is text as well.
    pub fn key<'t>(&mut self, key: &'t str) -> Cow<'t, str> {
        let replaced = self.engine.redact(key.as_bytes(), PART, &mut self.tally);
        into_text(key, replaced)
    }

    /// Counts an entry that the host left out because its scope said [`Verdict::Drop`].
    pub fn dropped(&mut self, scope: Scope) {
        if let (Verdict::Drop, Ruling::Apply(rule, action)) = (scope.verdict(), scope.ruling) {
            self.tally.one(rule.detector(), action);
        }
    }

    /// Tells which parts of a text need no scan.
    pub(crate) fn watch(&self, text: &str) -> Option<Watch> {
        Watch::over(self.engine.clone(), text.as_bytes())
    }

    /// Redacts JSON text; see [`Redactor::redact_json`].
    pub fn json<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        walk::redact_json(self, text)
    }

    /// The bounds that the host observes.
    pub fn limits(&self) -> Limits {
        self.engine.policy.limits
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if let Some(shared) = self.shared {
            self.tally.commit(&self.engine, shared);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::map::Map;

    #[test]
    fn no_detector_takes_the_mask_of_a_policy_without_one() {
        for preset in Preset::ALL {
            let detectors: Map<Setting> = detect::GROUP_NAMES.iter().map(|&group| (group.to_owned(), Setting::On)).collect();
            let engine = Engine::unkeyed(Policy { preset, detectors, ..Policy::default() }).unwrap();
            assert!(placeholder::is(engine.mask.as_bytes()));
            assert_eq!(engine.redact(engine.mask.as_bytes(), 0, &mut Tally::default()), None, "{preset:?}");
        }
    }
}
