//! JSON of strangers: objects are objects, and have each name once.

use contest::form::{FormFault, FormField, WrongField};
use serde::de::{DeserializeOwned, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::collections::HashSet;
use std::fmt;

/// A JSON object, and nothing else: derived readers of structs also take an array of their fields in
/// order, which no contract names and a reordered field would change the meaning of.
pub struct Object<T>(pub T);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(reader)?;
        if !raw.get().starts_with('{') {
            return Err(D::Error::custom("not an object"));
        }
        serde_json::from_str(raw.get()).map(Object).map_err(D::Error::custom)
    }
}

/// Any JSON value in which no object has a name twice: a map would keep the last of two without a word.
pub(super) struct NoRepeats;

/// How the fault of [`NoRepeats`] begins; the name follows in backquotes, as in serde's own.
const REPEATED: &str = "repeated field";

impl<'de> Deserialize<'de> for NoRepeats {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for NoRepeats {
    type Value = Self;

    fn expecting(&self, form: &mut fmt::Formatter<'_>) -> fmt::Result {
        form.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            members.next_value::<Self>()?;
            if names.contains(&name) {
                let shown: String = name.chars().filter(|sign| *sign != '`').take(32).collect();
                return Err(A::Error::custom(format!("{REPEATED} `{shown}`")));
            }
            names.insert(name);
        }
        Ok(Self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(Self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(Self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(Self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(Self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(Self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(Self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(Self)
    }
}

/// Names the field of a JSON value of the wrong shape, as far as the reader of JSON does.
pub(super) fn shape_fault(error: &serde_json::Error) -> WrongField {
    let text = error.to_string();
    let faults = [
        (REPEATED, FormFault::RepeatedField),
        ("unknown field", FormFault::UnknownField),
        ("missing field", FormFault::Missing),
    ];
    let told = faults.iter().find(|(begins, _)| text.starts_with(begins));
    let named = text.split('`').nth(1).filter(|_| told.is_some()).unwrap_or_default();
    WrongField::new(FormField::named(named), told.map_or(FormFault::WrongType, |(_, fault)| *fault))
}
