//! From a policy to an engine: what the policy asks for is resolved detector by detector, and a policy that makes no sense is refused.

use crate::detect::{self, Detector, DetectorId, network};
use crate::engine::{Engine, Tally};
use crate::error::{Code, Error, place};
use crate::order;
use crate::policy::{Action, Limits, Policy, Preset, Setting};
use crate::replace::{Key, placeholder};
use crate::scan::Triggers;
use crate::scan::custom::Customs;
use crate::scan::known::Known;
use crate::secrets::Secrets;
use crate::walk::field::Fields;

/// The name of the key of pseudonyms where the policy gives none.
const KEY_ID: &str = "id";
const KEY_ID_MAX: usize = 16;
/// Bytes of the name of an own detector behind `custom.`.
const CUSTOM_NAME_MAX: usize = 48;
/// How deep a walk may be told to go.
const DEPTH_MAX: u32 = 200;

impl Engine {
    /// Compiles a policy.
    pub(crate) fn new(policy: Policy, secrets: &Secrets) -> Result<Self, Error> {
        if policy.version != 1 {
            return Err(Error::new(Code::PolicyVersion, "version"));
        }
        let actions = actions(&policy)?;
        let active = |id: DetectorId| actions.get(usize::from(id)).copied().flatten().is_some();
        let custom_ids = custom_ids(&policy)?;
        check_limits(policy.limits)?;
        let fields = Fields::new(&policy, active)?;
        let engine = Self {
            triggers: Triggers::new(active, &fields),
            fields,
            known: Known::new(&secrets.known_values)?,
            custom: Customs::new(&policy.custom, actions.len() as DetectorId, |id| setting(&policy, id))?,
            allow: allowed(&policy),
            mask: policy.mask.clone().unwrap_or_else(|| placeholder::MASK.to_owned()),
            key: key(&policy, secrets)?,
            addresses: [network::IPV4, network::IPV6, network::MAC].into_iter().any(active),
            strict: policy.preset == Preset::Strict,
            actions,
            custom_ids,
            policy,
        };
        engine.check_mask()?;
        Ok(engine)
    }

    /// An engine without the secrets of a redactor, to look at texts with.
    pub(crate) fn unkeyed(policy: Policy) -> Option<Self> {
        Self::new(policy, &Secrets { key: Some(vec![0; 32]), ..Secrets::default() }).ok()
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
    let action = |detector: &Detector| match setting(policy, detector.id) {
        Some(Setting::Off) => None,
        Some(Setting::On) => Some(detector.action_in(policy.preset)),
        Some(setting) => setting.action(),
        None => detector.presets.contains(&policy.preset).then(|| detector.action_in(policy.preset)),
    };
    Ok(detect::ALL.iter().map(action).collect())
}

/// The setting whose id names the detector most closely: `identity.pt.nif` before `identity.pt` before `identity`.
pub(crate) fn setting(policy: &Policy, id: &str) -> Option<Setting> {
    policy.detectors.iter().filter(|(group, _)| covers(group, id)).max_by_key(|(group, _)| group.len()).map(|(_, &setting)| setting)
}

/// Is this the id of the detector itself, or of a group that it is in?
fn covers(group: &str, id: &str) -> bool {
    id.strip_prefix(group).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The ids of the policy's own detectors, in its order.
fn custom_ids(policy: &Policy) -> Result<Vec<String>, Error> {
    let mut ids: Vec<String> = Vec::new();
    for (i, custom) in policy.custom.iter().enumerate() {
        let name = custom.id.strip_prefix("custom.").unwrap_or_default();
        let sound = !name.is_empty()
            && name.len() <= CUSTOM_NAME_MAX
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'));
        let taken = ids.contains(&custom.id) || detect::ALL.iter().any(|detector| detector.id == custom.id);
        let one_pattern = custom.shape.is_some() != custom.regex.is_some();
        if !sound || taken || !one_pattern {
            return Err(Error::new(Code::PolicyCustom, place("custom", i)));
        }
        ids.push(custom.id.clone());
    }
    Ok(ids)
}

fn check_limits(Limits { depth, nodes }: Limits) -> Result<(), Error> {
    if !(1..=DEPTH_MAX).contains(&depth) {
        return Err(Error::new(Code::PolicyInvalidValue, "limits.depth"));
    }
    if nodes == 0 {
        return Err(Error::new(Code::PolicyInvalidValue, "limits.nodes"));
    }
    Ok(())
}

/// The values that the policy allows, sorted.
fn allowed(policy: &Policy) -> Vec<Vec<u8>> {
    let mut values: Vec<_> = policy.allow.iter().map(|value| value.clone().into_bytes()).collect();
    order::sort(&mut values, |a, b| a < b);
    values
}

/// The key of pseudonyms, which a policy that asks for them cannot do without.
fn key(policy: &Policy, secrets: &Secrets) -> Result<Option<Key>, Error> {
    let id = policy.key_id.as_deref().unwrap_or(KEY_ID);
    let named = (1..=KEY_ID_MAX).contains(&id.len())
        && id != "REDACTED"
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if !named {
        return Err(Error::new(Code::PolicyInvalidValue, "key_id"));
    }
    let key = secrets.key.as_deref().map(|key| Key::new(key, id, secrets)).transpose()?;
    let mut asked = policy
        .detectors
        .iter()
        .filter_map(|(_, setting)| setting.action())
        .chain(policy.fields.iter().map(|(_, &action)| action))
        .chain(policy.custom.iter().filter_map(|custom| custom.action));
    if key.is_none() && asked.any(|action| action == Action::Pseudonym) {
        return Err(Error::new(Code::KeyMissing, "key"));
    }
    Ok(key)
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
