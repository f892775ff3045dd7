//! Streams, as answers list and describe them, and the records in them.

use std::borrow::Cow;

use super::enumeration::{Enumeration, enumeration};
use super::table::KeySchemaElement;
use crate::Item;

/// A stream, as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stream {
    /// Its ARN.
    pub stream_arn: String,
    /// The name of its table.
    pub table_name: String,
    /// Its label: when it was enabled.
    pub stream_label: String,
}

/// A stream, described.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StreamDescription {
    /// Its ARN.
    pub stream_arn: String,
    /// Its label: when it was enabled.
    pub stream_label: String,
    /// Where it is in its life.
    pub stream_status: StreamStatus,
    /// What its records hold.
    pub stream_view_type: StreamViewType,
    /// When it was enabled: seconds since 1970, with milliseconds.
    pub creation_request_date_time: f64,
    /// The name of its table.
    pub table_name: String,
    /// The key of its table.
    pub key_schema: Vec<KeySchemaElement>,
    /// A page of its shards, parents before children.
    pub shards: Vec<Shard>,
    /// The last shard of the page, if there are more.
    pub last_evaluated_shard_id: Option<String>,
}

/// A shard of a stream.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shard {
    /// Its id.
    pub shard_id: String,
    /// The sequence numbers of its records.
    pub sequence_number_range: SequenceNumberRange,
    /// The shard that it went on from, which may be gone.
    pub parent_shard_id: Option<String>,
}

/// The sequence numbers of a shard's records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SequenceNumberRange {
    /// No record has a lower one.
    pub starting_sequence_number: String,
    /// No record has a higher one; nothing while the shard is open.
    pub ending_sequence_number: Option<String>,
}

/// Which shards to describe.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShardFilter {
    /// The kind of filter.
    pub filter_type: Option<ShardFilterType>,
    /// The shard whose children are described.
    pub shard_id: Option<String>,
}

/// A record of a stream: what happened to an item.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// 32 hexadecimal digits that no other record has.
    pub event_id: String,
    /// What happened.
    pub event_name: OperationType,
    /// The version of the record's form.
    pub event_version: Cow<'static, str>,
    /// `aws:dynamodb`.
    pub event_source: Cow<'static, str>,
    /// The region of the table.
    pub aws_region: String,
    /// The item.
    pub dynamodb: StreamRecord,
    /// Who did it, if the service itself did.
    pub user_identity: Option<Identity>,
}

/// The item that a record is about.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StreamRecord {
    /// When it happened: whole seconds since 1970.
    pub approximate_creation_date_time: u64,
    /// Its key.
    pub keys: Option<Item>,
    /// The item after, if there is one and the records hold it.
    pub new_image: Option<Item>,
    /// The item before, if there was one and the records hold it.
    pub old_image: Option<Item>,
    /// The record's place: it rises within a shard.
    pub sequence_number: String,
    /// The bytes of the key and the images.
    pub size_bytes: u64,
    /// What the record holds.
    pub stream_view_type: StreamViewType,
}

/// Who changed an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identity {
    /// `dynamodb.amazonaws.com`.
    pub principal_id: Cow<'static, str>,
    /// `Service`.
    pub identity_type: Cow<'static, str>,
}

enumeration! {
    /// Where a stream is in its life. The order is the model's.
    StreamStatus {
        /// Being enabled.
        Enabling = "ENABLING",
        /// Recording.
        #[default]
        Enabled = "ENABLED",
        /// Being disabled.
        Disabling = "DISABLING",
        /// Done recording.
        Disabled = "DISABLED",
    }
}

enumeration! {
    /// What happened to an item. The order is the model's.
    OperationType {
        /// It was not there before.
        #[default]
        Insert = "INSERT",
        /// It was there and is.
        Modify = "MODIFY",
        /// It is not there any more.
        Remove = "REMOVE",
    }
}

enumeration! {
    /// Where in a shard to begin. The order is the model's.
    ShardIteratorType {
        /// At its oldest record.
        #[default]
        TrimHorizon = "TRIM_HORIZON",
        /// After its newest record.
        Latest = "LATEST",
        /// At a record.
        AtSequenceNumber = "AT_SEQUENCE_NUMBER",
        /// After a record.
        AfterSequenceNumber = "AFTER_SEQUENCE_NUMBER",
        /// At a moment.
        AtTimestamp = "AT_TIMESTAMP",
    }
}

enumeration! {
    /// Which shards to describe.
    ShardFilterType {
        /// Those that went on from a shard.
        #[default]
        ChildShards = "CHILD_SHARDS",
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
