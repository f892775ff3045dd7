//! The attributes of a request: as they were sent, or packed already.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use crate::item::{Item, ValueFault};
use crate::value::AttributeMap;

/// The attributes that a request holds: an item, a key, or the values of its expressions.
///
/// Whoever makes a request gives them as they are, and the operation looks for what is wrong with them in its turn. Who
/// reads a body can pack those that nothing can be wrong with ([`Item::plain`]): packed means checked.
///
/// ```
/// use ddbmock_model::{Attributes, Item, attributes};
///
/// let sent = Attributes::from(attributes! { "id" => "a" });
/// let packed = Attributes::from(Item::strict(&attributes! { "id" => "a" }).unwrap());
/// assert_eq!(sent, packed);
/// ```
#[derive(Debug, Clone)]
pub enum Attributes {
    /// As their sender wrote them. Nothing is checked.
    Sent(AttributeMap),
    /// In the strict form.
    Packed(Item),
}

impl Attributes {
    /// The strict form: as it is packed already, or else as `strict` makes it of what was sent.
    ///
    /// # Errors
    /// Those of `strict`.
    pub fn strict_by<E>(&self, strict: impl FnOnce(&AttributeMap) -> Result<Item, E>) -> Result<Item, E> {
        match self {
            Self::Sent(map) => strict(map),
            Self::Packed(item) => Ok(item.clone()),
        }
    }

    /// The attributes as they were sent, unless they are packed already.
    pub fn sent(&self) -> Option<&AttributeMap> {
        match self {
            Self::Sent(map) => Some(map),
            Self::Packed(_) => None,
        }
    }

    /// Their names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let (sent, packed) = match self {
            Self::Sent(map) => (Some(map), None),
            Self::Packed(item) => (None, Some(item)),
        };
        let sent = sent.into_iter().flat_map(AttributeMap::keys).map(String::as_str);
        sent.chain(packed.into_iter().flat_map(|item| item.attributes().names()))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Sent(map) => map.is_empty(),
            Self::Packed(item) => item.attributes().is_empty(),
        }
    }

    /// The attributes as owned values.
    pub fn to_map(&self) -> Cow<'_, AttributeMap> {
        match self {
            Self::Sent(map) => Cow::Borrowed(map),
            Self::Packed(item) => Cow::Owned(item.to_map()),
        }
    }

    fn strict(&self) -> Result<Item, ValueFault> {
        self.strict_by(Item::strict)
    }
}

impl Default for Attributes {
    fn default() -> Self {
        Self::Sent(AttributeMap::new())
    }
}

impl From<AttributeMap> for Attributes {
    fn from(map: AttributeMap) -> Self {
        Self::Sent(map)
    }
}

impl From<Item> for Attributes {
    fn from(item: Item) -> Self {
        Self::Packed(item)
    }
}

/// Of attributes that are equal it is the same.
impl Hash for Attributes {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.strict() {
            Ok(item) => item.packed().hash(state),
            Err(_) => self.sent().hash(state),
        }
    }
}

/// Attributes are equal if they have the same strict form, or have none and were sent the same.
impl PartialEq for Attributes {
    fn eq(&self, other: &Self) -> bool {
        match (self.strict(), other.strict()) {
            (Ok(own), Ok(other)) => own == other,
            (Err(_), Err(_)) => self.sent() == other.sent(),
            _ => false,
        }
    }
}
