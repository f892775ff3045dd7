//! The enumerations of the API. Their variants stand in the order in which the service lists them in a refusal,
//! where that order was seen.

/// An enumeration whose values are words on the wire.
pub trait Enumeration: Copy + Default + 'static {
    /// The words, in the order in which the service lists them.
    const WORDS: &'static [&'static str];

    /// The value of a word. Words are case-sensitive.
    fn parse(word: &str) -> Option<Self>;

    /// The word.
    fn as_str(self) -> &'static str;
}

macro_rules! enumeration {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub enum $name { $($(#[$variant_meta])* $variant,)+ }

        impl Enumeration for $name {
            const WORDS: &'static [&'static str] = &[$($word),+];

            fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }

            fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}
pub(super) use enumeration;

enumeration! {
    /// What a write answers with.
    ReturnValues {
        /// The whole new item.
        AllNew = "ALL_NEW",
        /// The old values at the updated paths.
        UpdatedOld = "UPDATED_OLD",
        /// The whole old item.
        AllOld = "ALL_OLD",
        /// Nothing.
        #[default]
        None = "NONE",
        /// The new values at the updated paths.
        UpdatedNew = "UPDATED_NEW",
    }
}

enumeration! {
    /// What a write whose condition fails answers with.
    ReturnValuesOnConditionCheckFailure {
        /// The stored item.
        AllOld = "ALL_OLD",
        /// Nothing.
        #[default]
        None = "NONE",
    }
}

enumeration! {
    /// The kind of reason for which a statement of a batch was not done.
    BatchStatementErrorCode {
        /// Its condition did not hold.
        ConditionalCheckFailed = "ConditionalCheckFailed",
        /// It is not allowed, or it does not fit the table.
        #[default]
        ValidationError = "ValidationError",
        /// It would have stored an item whose key another one has.
        DuplicateItem = "DuplicateItem",
        /// Its table is not there.
        ResourceNotFound = "ResourceNotFound",
    }
}

enumeration! {
    /// How much the answer says of the capacity that was consumed.
    ReturnConsumedCapacity {
        /// The total, and the table and each index.
        Indexes = "INDEXES",
        /// The total.
        Total = "TOTAL",
        /// Nothing.
        #[default]
        None = "NONE",
    }
}

enumeration! {
    /// Whether the answer estimates the size of the item collection that was written to.
    ReturnItemCollectionMetrics {
        /// It does.
        Size = "SIZE",
        /// It does not.
        #[default]
        None = "NONE",
    }
}

enumeration! {
    /// The types a key attribute may have.
    ScalarType {
        /// Bytes.
        B = "B",
        /// A number.
        N = "N",
        /// A string.
        #[default]
        S = "S",
    }
}

enumeration! {
    /// The role of a key attribute.
    KeyType {
        /// The partition key.
        #[default]
        Hash = "HASH",
        /// The sort key.
        Range = "RANGE",
    }
}

enumeration! {
    /// How throughput is paid for.
    BillingMode {
        /// By provisioned units.
        #[default]
        Provisioned = "PROVISIONED",
        /// By request.
        PayPerRequest = "PAY_PER_REQUEST",
    }
}

enumeration! {
    /// The kind of key that encrypts a table. The order is the model's.
    SseType {
        /// A key of the service's: no longer accepted by it.
        Aes256 = "AES256",
        /// A key of the account's.
        #[default]
        Kms = "KMS",
    }
}

enumeration! {
    /// The storage class of a table.
    TableClass {
        /// Standard.
        #[default]
        Standard = "STANDARD",
        /// Standard, infrequent access.
        StandardInfrequentAccess = "STANDARD_INFREQUENT_ACCESS",
    }
}

enumeration! {
    /// Where a table is in its life. The order is the model's.
    TableStatus {
        /// Being created.
        Creating = "CREATING",
        /// Being changed.
        Updating = "UPDATING",
        /// Being deleted.
        Deleting = "DELETING",
        /// In use.
        #[default]
        Active = "ACTIVE",
    }
}

enumeration! {
    /// What a query or a scan answers with.
    Select {
        /// The attributes that are asked for.
        SpecificAttributes = "SPECIFIC_ATTRIBUTES",
        /// The number of items alone.
        Count = "COUNT",
        /// All attributes.
        #[default]
        AllAttributes = "ALL_ATTRIBUTES",
        /// All attributes that the index holds.
        AllProjectedAttributes = "ALL_PROJECTED_ATTRIBUTES",
    }
}

enumeration! {
    /// Whether items of a table expire. The order is the model's.
    TimeToLiveStatus {
        /// They will soon.
        Enabling = "ENABLING",
        /// They do for a while yet.
        Disabling = "DISABLING",
        /// They do.
        Enabled = "ENABLED",
        /// They don't.
        #[default]
        Disabled = "DISABLED",
    }
}
