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
    /// The kind of reason for which a transaction was not done.
    CancellationCode {
        /// The action would have been done.
        #[default]
        None = "None",
        /// Its condition did not hold.
        ConditionalCheckFailed = "ConditionalCheckFailed",
        /// It does not fit the table, or what is stored.
        ValidationError = "ValidationError",
        /// It would have stored an item whose key another one has.
        DuplicateItem = "DuplicateItem",
        /// Its table is not there.
        ResourceNotFound = "ResourceNotFound",
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
    /// How an attribute is compared, without an expression.
    ComparisonOperator {
        /// It is equal to one of the values.
        In = "IN",
        /// It is absent.
        Null = "NULL",
        /// It is not outside the two values.
        Between = "BETWEEN",
        /// It is less.
        Lt = "LT",
        /// It does not contain the value.
        NotContains = "NOT_CONTAINS",
        /// It is equal.
        #[default]
        Eq = "EQ",
        /// It is greater.
        Gt = "GT",
        /// It is there.
        NotNull = "NOT_NULL",
        /// It is not equal.
        Ne = "NE",
        /// It is less or equal.
        Le = "LE",
        /// It begins with the value.
        BeginsWith = "BEGINS_WITH",
        /// It is greater or equal.
        Ge = "GE",
        /// It contains the value.
        Contains = "CONTAINS",
    }
}

enumeration! {
    /// How several conditions go together, without an expression.
    ConditionalOperator {
        /// Any of them must hold.
        Or = "OR",
        /// All of them must hold.
        #[default]
        And = "AND",
    }
}

enumeration! {
    /// What is done with an attribute, without an expression.
    AttributeAction {
        /// Adds to a number, a set or a list.
        Add = "ADD",
        /// Takes it out, or members out of a set.
        Delete = "DELETE",
        /// Writes it.
        #[default]
        Put = "PUT",
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
    /// What a stream record holds of the item. The order is the model's.
    StreamViewType {
        /// The item after the change.
        NewImage = "NEW_IMAGE",
        /// The item before the change.
        OldImage = "OLD_IMAGE",
        /// Both.
        NewAndOldImages = "NEW_AND_OLD_IMAGES",
        /// The key alone.
        #[default]
        KeysOnly = "KEYS_ONLY",
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
    /// Which attributes an index holds beside the keys.
    ProjectionType {
        /// All of the item's.
        #[default]
        All = "ALL",
        /// Those listed.
        Include = "INCLUDE",
        /// None.
        KeysOnly = "KEYS_ONLY",
    }
}

enumeration! {
    /// Where an index is in its life. The order is the model's.
    IndexStatus {
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

enumeration! {
    /// Whether a table could be restored to a point in time, were that asked for. The order is the model's.
    ContinuousBackupsStatus {
        /// It could.
        #[default]
        Enabled = "ENABLED",
        /// It couldn't yet.
        Disabled = "DISABLED",
    }
}

enumeration! {
    /// Whether a table can be restored to a point in time. The order is the model's.
    PointInTimeRecoveryStatus {
        /// It can.
        Enabled = "ENABLED",
        /// It can't.
        #[default]
        Disabled = "DISABLED",
    }
}

enumeration! {
    /// Whether it is watched which keys are asked for most. The order is the model's.
    ContributorInsightsStatus {
        /// It will be soon.
        Enabling = "ENABLING",
        /// It is.
        Enabled = "ENABLED",
        /// It is for a while yet.
        Disabling = "DISABLING",
        /// It isn't.
        #[default]
        Disabled = "DISABLED",
        /// It should be, and could not.
        Failed = "FAILED",
    }
}

enumeration! {
    /// Whose backups are meant. The order is the model's.
    BackupTypeFilter {
        /// Those that a caller made.
        #[default]
        User = "USER",
        /// Those that DynamoDB made.
        System = "SYSTEM",
        /// Those that the backup service made.
        AwsBackup = "AWS_BACKUP",
        /// All.
        All = "ALL",
    }
}
