//! Why serde refused a value: by kind, place and allowed words, so that nothing is read out of a sentence that may quote input.

use std::fmt;

use serde::de::{self, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use crate::error::{Code, Error, place};

/// What a deserialiser of policies and options says of a value that it refuses.
#[derive(Debug, Default)]
pub struct Refusal {
    is_unknown: bool,
    path: String,
    allowed: &'static [&'static str],
}

impl Refusal {
    /// The same, seen from the structure that has the value at this step: a key, or `[3]`.
    #[cold]
    #[must_use]
    pub fn within(self, step: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Self { path: [step, dot, &self.path].concat(), ..self }
    }

    /// As an error: a field that is not known gives one code, anything else that is wrong the other.
    pub fn into_error(self, unknown: Code, invalid: Code) -> Error {
        Error::new(if self.is_unknown { unknown } else { invalid }, self.path).allowing(self.allowed)
    }
}

impl de::Error for Refusal {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::default()
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::default()
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::default()
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self::default()
    }

    fn unknown_variant(_: &str, allowed: &'static [&'static str]) -> Self {
        Self { allowed, ..Self::default() }
    }

    fn unknown_field(_: &str, allowed: &'static [&'static str]) -> Self {
        Self { is_unknown: true, allowed, ..Self::default() }
    }

    fn missing_field(_: &'static str) -> Self {
        Self::default()
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self::default()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

impl std::error::Error for Refusal {}

/// Reads a structure with any serde deserialiser; what it cannot read at all has the code `syntax`.
pub(crate) fn read<'de, T, D>(deserializer: D, syntax: Code, unknown: Code, invalid: Code) -> Result<T, Error>
where
    T: de::Deserialize<'de>,
    D: de::Deserializer<'de>,
{
    let value = <Value as de::Deserialize>::deserialize(deserializer).map_err(|_| Error::new(syntax, ""))?;
    T::deserialize(Data(value)).map_err(|refusal| refusal.into_error(unknown, invalid))
}

/// A JSON value that is refused by kind and place.
struct Data(Value);

impl<'de> de::Deserializer<'de> for Data {
    type Error = Refusal;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(bool) => visitor.visit_bool(bool),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(int), _) => visitor.visit_u64(int),
                (None, Some(int)) => visitor.visit_i64(int),
                (None, None) => visitor.visit_f64(number.as_f64().unwrap_or_default()),
            },
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(Items { at: 0, items: items.into_iter() }),
            Value::Object(members) => visitor.visit_map(Members { members: members.into_iter(), value: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Refusal> {
        match self.0 {
            Value::String(variant) => visitor.visit_enum(variant.into_deserializer()),
            _ => Err(Refusal::default()),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

struct Items {
    at: usize,
    items: std::vec::IntoIter<Value>,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Refusal;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Refusal> {
        let Some(item) = self.items.next() else { return Ok(None) };
        let at = self.at;
        self.at += 1;
        seed.deserialize(Data(item)).map(Some).map_err(|refusal| refusal.within(&place("", at)))
    }
}

struct Members {
    members: serde_json::map::IntoIter,
    /// The value of the key that was given last, with that key.
    value: Option<(String, Value)>,
}

impl<'de> MapAccess<'de> for Members {
    type Error = Refusal;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Refusal> {
        let Some((key, value)) = self.members.next() else { return Ok(None) };
        let read = seed.deserialize(key.as_str().into_deserializer()).map_err(|refusal: Refusal| refusal.within(&key))?;
        self.value = Some((key, value));
        Ok(Some(read))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refusal> {
        let (key, value) = self.value.take().ok_or_else(Refusal::default)?;
        seed.deserialize(Data(value)).map_err(|refusal| refusal.within(&key))
    }
}
