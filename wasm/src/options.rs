//! Options as plain JavaScript data, read with serde.
//!
//! serde-wasm-bindgen asks an object only for the fields that a structure has, so a mistyped one would pass, and says nothing of
//! where a value stands. This deserialiser knows the few types that policies and options are made of, and the path.

use js_sys::{Array, Object};
use scrubline::{Code, Error, Refusal};
use serde::Deserialize;
use serde::de::{self, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use wasm_bindgen::{JsCast, JsValue};

/// Reads options. A field that is not known gives one code, anything else that is wrong the other.
pub(crate) fn read<'de, T: Deserialize<'de>>(options: JsValue, unknown: Code, invalid: Code) -> Result<T, Error> {
    T::deserialize(Data(options)).map_err(|refusal| refusal.into_error(unknown, invalid))
}

struct Data(JsValue);

impl Data {
    fn entries<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value, Refusal> {
        match self.0.dyn_ref::<Object>() {
            Some(object) if self.0.is_object() && !Array::is_array(object) => {
                visitor.visit_map(Entries { entries: Object::entries(object), next: 0 })
            }
            _ => Err(Refusal::default()),
        }
    }
}

impl<'de> de::Deserializer<'de> for Data {
    type Error = Refusal;

    /// A text or a structure.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self.0.as_string() {
            Some(text) => visitor.visit_string(text),
            None => self.entries(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        visitor.visit_bool(self.0.as_bool().ok_or_else(Refusal::default)?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        let number = self.0.as_f64().filter(|n| n.fract() == 0.0 && *n >= 0.0 && *n <= f64::from(u32::MAX));
        visitor.visit_u32(number.ok_or_else(Refusal::default)? as u32)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        visitor.visit_f64(self.0.as_f64().ok_or_else(Refusal::default)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        visitor.visit_string(self.0.as_string().ok_or_else(Refusal::default)?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self.0.dyn_into::<Array>() {
            Ok(items) => visitor.visit_seq(Items { items, next: 0 }),
            Err(_) => Err(Refusal::default()),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        self.entries(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Refusal> {
        self.entries(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Refusal> {
        let variant = self.0.as_string().ok_or_else(Refusal::default)?;
        visitor.visit_enum(variant.as_str().into_deserializer())
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 char str bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct identifier ignored_any
    }
}

struct Items {
    items: Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Refusal;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Refusal> {
        let at = self.next;
        if at >= self.items.length() {
            return Ok(None);
        }
        self.next += 1;
        seed.deserialize(Data(self.items.get(at))).map(Some).map_err(|refusal| refusal.within(&format!("[{at}]")))
    }
}

struct Entries {
    entries: Array,
    next: u32,
}

impl Entries {
    /// Of the present entry, its key or its value.
    #[inline(never)]
    fn part(&self, part: u32) -> JsValue {
        self.entries.get(self.next).dyn_ref::<Array>().map_or(JsValue::UNDEFINED, |entry| entry.get(part))
    }

    #[inline(never)]
    fn key(&self) -> String {
        self.part(0).as_string().unwrap_or_default()
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Refusal;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Refusal> {
        if self.next >= self.entries.length() {
            return Ok(None);
        }
        let key = self.key();
        seed.deserialize(key.as_str().into_deserializer()).map(Some).map_err(|refusal: Refusal| refusal.within(&key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refusal> {
        let value = seed.deserialize(Data(self.part(1))).map_err(|refusal| refusal.within(&self.key()))?;
        self.next += 1;
        Ok(value)
    }
}
