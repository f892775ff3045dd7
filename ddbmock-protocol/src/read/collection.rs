//! Lists and maps.

use std::collections::BTreeMap;

use ddbmock_model::{ApiVersion, AttributeMap, AttributeValue, Attributes, Conditions, Key, KeyConditions};
use serde::de::{Deserializer, MapAccess, SeqAccess};

use super::mismatch::{Kind, Place};
use super::{Context, Slot, Wire, plain, structure};

impl<T: Wire> Wire for Vec<T> {
    const KIND: Kind = Kind::List(&T::KIND);
    const NOTES: bool = T::NOTES;

    fn absent() -> Self {
        Self::new()
    }

    fn from_list<'de, A: SeqAccess<'de>>(mut elements: A, context: &mut Context) -> Result<Self, A::Error> {
        let mut list = Self::new();
        context.enter_element(0);
        while let Some(element) = elements.next_element_seed(Slot::<T>::element(context))? {
            list.push(element.unwrap_or_else(T::absent));
            context.leave();
            context.enter_element(list.len());
        }
        context.leave();
        Ok(list)
    }
}

impl<T: Wire> Wire for BTreeMap<String, T> {
    const KIND: Kind = Kind::Map(&T::KIND);
    const NOTES: bool = T::NOTES;

    fn absent() -> Self {
        Self::new()
    }

    fn from_map<'de, A: MapAccess<'de>>(mut entries: A, context: &mut Context) -> Result<Self, A::Error> {
        let mut map = Self::new();
        while let Some(name) = entries.next_key::<String>()? {
            if T::NOTES {
                context.enter_entry(&name);
            }
            if T::NOTES && map.contains_key(&name) {
                context.forget();
            }
            let value = entries.next_value_seed(Slot::<T>::element(context))?;
            map.insert(name, value.unwrap_or_else(T::absent));
            if T::NOTES {
                context.leave();
            }
        }
        Ok(map)
    }
}

impl Wire for Attributes {
    const KIND: Kind = AttributeMap::KIND;

    fn absent() -> Self {
        Self::default()
    }

    fn from_map<'de, A: MapAccess<'de>>(entries: A, context: &mut Context) -> Result<Self, A::Error> {
        match context.wants_plain() {
            Some(plain) => plain::pack(entries, plain).map(Self::Packed),
            None => AttributeMap::from_map(entries, context).map(Self::Sent),
        }
    }
}

/// As the API version of the body has it.
impl Wire for Key {
    const KIND: Kind = Attributes::KIND;
    const NOTES: bool = true;

    fn absent() -> Self {
        Self::default()
    }

    fn read<'de, D: Deserializer<'de>>(
        source: D,
        place: Place,
        context: &mut Context,
    ) -> Result<Option<Self>, D::Error> {
        Ok(match context.version {
            ApiVersion::V20120810 => Attributes::read(source, place, context)?.map(Self::Named),
            ApiVersion::V20111205 => Positions::read(source, place, context)?
                .map(|Positions { partition, sort }| Self::Positional(partition, sort)),
        })
    }
}

/// A key of the first API version.
struct Positions {
    partition: AttributeValue,
    sort: Option<AttributeValue>,
}

impl Default for Positions {
    fn default() -> Self {
        Self { partition: AttributeValue::absent(), sort: None }
    }
}

structure! { Positions is "Key";
    required "HashKeyElement" => partition,
    optional "RangeKeyElement" => sort,
}

impl Wire for KeyConditions {
    const KIND: Kind = Conditions::KIND;
    const NOTES: bool = Conditions::NOTES;

    fn absent() -> Self {
        Self::Named(Conditions::absent())
    }

    fn from_map<'de, A: MapAccess<'de>>(entries: A, context: &mut Context) -> Result<Self, A::Error> {
        Conditions::from_map(entries, context).map(Self::Named)
    }
}
