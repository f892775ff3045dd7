//! Structures: requests and the shapes in them, declared member by member.

use ddbmock_model::ApiVersion;
use serde::de::{IgnoredAny, MapAccess};
use serde_json::value::RawValue;

use super::mismatch::{Given, Kind, Place};
use super::scalar::{Integer, OlderBoolean};
use super::{Context, KnownName, Slot, Wire};

/// A type with members.
pub(crate) trait Structure: Default {
    /// The service's name of the shape.
    const SHAPE: &'static str;
    /// Its members, by their names on the wire.
    const MEMBERS: &'static [Member];

    /// Reads one of its members. Returns whether it was given: `null` is not.
    ///
    /// # Errors
    /// A mismatch, noted in the context.
    fn read_member<'de, A: MapAccess<'de>>(
        &mut self,
        name: &'static str,
        entry: Entry<'_, A>,
    ) -> Result<bool, A::Error>;
}

/// A member of a structure.
pub(crate) struct Member {
    /// Its name on the wire.
    pub(crate) name: &'static str,
    /// Whether it must be there.
    pub(crate) required: bool,
}

/// What stands under a member's name, not yet read.
pub(crate) struct Entry<'a, A> {
    entries: &'a mut A,
    context: &'a mut Context,
}

impl<'de, A: MapAccess<'de>> Entry<'_, A> {
    /// Reads it into a field.
    pub(crate) fn read<T: Wire>(self, field: &mut T) -> Result<bool, A::Error> {
        let value = self.entries.next_value_seed(Slot::member(self.context))?;
        let given = value.is_some();
        *field = value.unwrap_or_else(T::absent);
        Ok(given)
    }

    /// Reads it, and hands it on.
    pub(crate) fn read_with<T: Wire>(self, set: impl FnOnce(T)) -> Result<bool, A::Error> {
        let value = self.entries.next_value_seed(Slot::member(self.context))?;
        let given = value.is_some();
        set(value.unwrap_or_else(T::absent));
        Ok(given)
    }

    /// Reads a member that the first API version does not have: there it is passed over.
    pub(crate) fn read_later<T: Wire>(self, field: &mut T) -> Result<bool, A::Error> {
        match self.context.version {
            ApiVersion::V20120810 => self.read(field),
            ApiVersion::V20111205 => self.entries.next_value::<IgnoredAny>().map(|_| false),
        }
    }

    /// Reads a whole number of 32 bits into a field.
    pub(crate) fn read_integer(self, field: &mut Option<i64>) -> Result<bool, A::Error> {
        let integer: Option<Integer> = self.entries.next_value_seed(Slot::member(self.context))?;
        *field = integer.map(i64::from);
        Ok(field.is_some())
    }

    /// Reads a boolean that only the older layer reads from a string.
    pub(crate) fn read_older(self, field: &mut Option<bool>) -> Result<bool, A::Error> {
        let boolean: Option<OlderBoolean> = self.entries.next_value_seed(Slot::member(self.context))?;
        *field = boolean.map(|OlderBoolean(boolean)| boolean);
        Ok(field.is_some())
    }

    /// Passes over it.
    #[cfg(test)]
    pub(crate) fn pass(self) -> Result<bool, A::Error> {
        self.entries.next_value::<IgnoredAny>().map(|_| false)
    }

    /// Notes that a member is given that is not supported. It must be of its type all the same.
    pub(crate) fn read_unsupported(self, name: &'static str, kind: Kind) -> Result<bool, A::Error> {
        let given = Given::of(self.entries.next_value::<&RawValue>()?.get());
        self.context.note_unsupported(name, given != Given::Null);
        self.context.expect(kind, Place::Member);
        if given != Given::Null && !kind.takes(given) {
            return Err(self.context.refuse(given));
        }
        Ok(given != Given::Null)
    }
}

impl<T: Structure> Wire for T {
    const KIND: Kind = Kind::Structure(T::SHAPE);
    const NOTES: bool = true;

    fn absent() -> Self {
        Self::default()
    }

    /// Members that are not known are passed over. Of one that is repeated the last counts.
    fn from_map<'de, A: MapAccess<'de>>(mut entries: A, context: &mut Context) -> Result<Self, A::Error> {
        const { assert!(T::MEMBERS.len() <= Marks::MOST) };
        let mut structure = Self::default();
        let (mut seen, mut given) = (Marks(0), Marks(0));
        while let Some(name) = entries.next_key_seed(KnownName(place_of::<T>))? {
            let Some(at) = name else {
                entries.next_value::<IgnoredAny>()?;
                continue;
            };
            let name = T::MEMBERS[at].name;
            context.enter(name);
            if seen.has(at) {
                context.forget();
            }
            let entry = Entry { entries: &mut entries, context };
            given.set(at, structure.read_member(name, entry)?);
            seen.set(at, true);
            context.leave();
        }
        let missing = T::MEMBERS.iter().enumerate().filter(|(at, member)| member.required && !given.has(*at));
        missing.for_each(|(_, member)| context.note_missing(member.name));
        Ok(structure)
    }
}

fn place_of<T: Structure>(name: &str) -> Option<usize> {
    T::MEMBERS.iter().position(|member| member.name == name)
}

/// A mark on some of the members.
struct Marks(u64);

impl Marks {
    /// The most members a structure can have.
    const MOST: usize = 64;

    fn has(&self, at: usize) -> bool {
        self.0 >> at & 1 == 1
    }

    fn set(&mut self, at: usize, mark: bool) {
        self.0 = self.0 & !(1 << at) | u64::from(mark) << at;
    }
}

/// Declares the members of a request or of a shape in it, one a line:
/// - `required "Name" => field`: it must be there, or it is noted as missing;
/// - `optional "Name" => field`: the field's type says how it is read;
/// - `given "Name" => method`, `set "Name" => method`: as the two before, handed to a method of the type;
/// - `later "Name" => field`: as `optional`, but the first API version does not have it;
/// - `integer "Name" => field`: a whole number of 32 bits;
/// - `older "Name" => field`: a boolean; the request is the older layer's if it is written as a string;
/// - `unsupported "Name" => KIND`: refused if it is given; a constant says of which type it is.
///
/// There may be none, or those of another shape, under a name of its own in refusals. Tests also write what is declared
/// so, and hold it against what they read.
macro_rules! structure {
    ($type:ident as $other:ident is $shape:literal) => {
        #[cfg(test)]
        impl $crate::write::Written for $type {
            fn write(&self, out: &mut $crate::write::Json) {
                self.0.write(out);
            }
        }

        impl $crate::read::Structure for $type {
            const SHAPE: &'static str = $shape;
            const MEMBERS: &'static [$crate::read::Member] = <$other as $crate::read::Structure>::MEMBERS;

            fn read_member<'de, A: serde::de::MapAccess<'de>>(
                &mut self,
                name: &'static str,
                entry: $crate::read::Entry<'_, A>,
            ) -> Result<bool, A::Error> {
                self.0.read_member(name, entry)
            }
        }
    };
    ($type:ident is $shape:literal;) => {
        #[cfg(test)]
        impl $crate::write::Written for $type {
            fn write(&self, out: &mut $crate::write::Json) {
                let _ = out.structure();
            }
        }

        impl $crate::read::Structure for $type {
            const SHAPE: &'static str = $shape;
            const MEMBERS: &'static [$crate::read::Member] = &[];

            fn read_member<'de, A: serde::de::MapAccess<'de>>(
                &mut self,
                _: &'static str,
                _: $crate::read::Entry<'_, A>,
            ) -> Result<bool, A::Error> {
                Ok(false)
            }
        }
    };
    ($type:ident is $shape:literal; $($kind:ident $name:literal => $field:ident,)+) => {
        #[cfg(test)]
        impl $crate::write::Written for $type {
            fn write(&self, out: &mut $crate::write::Json) {
                let mut members = out.structure();
                $($crate::read::structure!(@write $kind self members $name $field);)+
            }
        }

        $crate::read::structure! { @reads $type is $shape; $($kind $name => $field,)+ }
    };
    ($type:ident<$of:ident> is $($members:tt)+) => {
        $crate::read::structure! { @reads $type<$of> is $($members)+ }
    };
    (@reads $type:ident $(<$of:ident>)? is $shape:literal; $($kind:ident $name:literal => $field:ident,)+) => {
        impl $crate::read::Structure for $type$(<$of>)? {
            const SHAPE: &'static str = $shape;
            const MEMBERS: &'static [$crate::read::Member] = &[$($crate::read::Member {
                name: $name,
                required: $crate::read::structure!(@required $kind),
            }),+];

            fn read_member<'de, A: serde::de::MapAccess<'de>>(
                &mut self,
                name: &'static str,
                entry: $crate::read::Entry<'_, A>,
            ) -> Result<bool, A::Error> {
                match name {
                    $($name => $crate::read::structure!(@read $kind self entry $name $field),)+
                    _ => Ok(false),
                }
            }
        }
    };
    (@required required) => { true };
    (@required given) => { true };
    (@required $kind:ident) => { false };
    (@read unsupported $self:ident $entry:ident $name:literal $kind:ident) => {
        $entry.read_unsupported($name, $kind)
    };
    (@read given $self:ident $entry:ident $name:literal $method:ident) => {
        $entry.read_with(|value| $self.$method(value))
    };
    (@read set $self:ident $entry:ident $name:literal $method:ident) => {
        $entry.read_with(|value| $self.$method(value))
    };
    (@read later $self:ident $entry:ident $name:literal $field:ident) => {
        $entry.read_later(&mut $self.$field)
    };
    (@read integer $self:ident $entry:ident $name:literal $field:ident) => {
        $entry.read_integer(&mut $self.$field)
    };
    (@read older $self:ident $entry:ident $name:literal $field:ident) => {
        $entry.read_older(&mut $self.$field)
    };
    (@read $kind:ident $self:ident $entry:ident $name:literal $field:ident) => {
        $entry.read(&mut $self.$field)
    };
    (@write unsupported $self:ident $members:ident $name:literal $kind:ident) => {};
    (@write $kind:ident $self:ident $members:ident $name:literal $field:ident) => {
        $crate::write::entry(&mut $members, $name, &$self.$field);
    };
}
pub(crate) use structure;
