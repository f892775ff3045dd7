//! What a table is: who it is, all its life, and what it is defined to be.

use std::sync::Arc;

use ddbmock_model::{
    AttributeDefinition, BillingMode, KeySchemaElement, OnDemandThroughput, Place, SseDescription,
    StreamSpecification, TableClass, Tag,
};

use crate::clock::Timestamp;
use crate::expiry::TimeToLive;
use crate::index::Index;
use crate::policy::Policy;
use crate::stream::Stream;
use crate::throughput::Throughput;
use crate::warm::Warm;

/// Who a table is, all its life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The account it belongs to.
    pub(crate) account: String,
    /// The region it is in.
    pub(crate) region: String,
    /// Its name.
    pub(crate) name: String,
}

impl Identity {
    /// Where it is.
    pub(crate) fn place(&self) -> Place<'_> {
        Place { account: &self.account, region: &self.region }
    }

    /// The table's ARN.
    pub(crate) fn arn(&self) -> String {
        format!("arn:aws:dynamodb:{}:{}:table/{}", self.region, self.account, self.name)
    }
}

/// What a table was defined to be, and may be redefined to be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Definition {
    /// Its id, new each time a table is created.
    pub(crate) id: String,
    /// When it was created.
    pub(crate) created: Timestamp,
    /// The types of its key attributes.
    pub(crate) attributes: Vec<AttributeDefinition>,
    /// Its key, as it was sent.
    pub(crate) key: Vec<KeySchemaElement>,
    /// Its indexes, in the order they came.
    pub(crate) indexes: Vec<Index>,
    /// The part of the table's space that the next index gets.
    pub(crate) next_part: u32,
    /// How it is paid for.
    pub(crate) billing: BillingMode,
    /// When it last became on-demand.
    pub(crate) on_demand_since: Option<Timestamp>,
    /// Its provisioned units; zeros when on-demand.
    pub(crate) throughput: Throughput,
    /// The most units it serves on demand.
    pub(crate) on_demand: Option<OnDemandThroughput>,
    /// What it can serve at once.
    pub(crate) warm: Warm,
    /// Its stream.
    pub(crate) stream: Option<StreamSpecification>,
    /// When its latest stream was enabled, which may be off now.
    pub(crate) streaming_since: Option<Timestamp>,
    /// The stream that its changes go to, if it has one that is on.
    pub(crate) recorded_in: Option<Arc<Stream>>,
    /// Whether its items expire, once that was ever asked for.
    pub(crate) time_to_live: Option<Arc<TimeToLive>>,
    /// How it is encrypted, if not with a key that the service owns.
    pub(crate) sse: Option<SseDescription>,
    /// Its storage class, if one was chosen, and when that was changed.
    pub(crate) class: Option<(TableClass, Option<Timestamp>)>,
    /// Whether it is protected from being deleted.
    pub(crate) protected: bool,
    /// Its tags.
    pub(crate) tags: Vec<Tag>,
    /// Its policy, if it ever had one.
    pub(crate) policy: Option<Policy>,
}

impl Definition {
    /// When what its changes go to was last divided: no change comes before that.
    pub(crate) fn recording_began(&self) -> Timestamp {
        self.recorded_in.as_ref().map(|stream| stream.began()).unwrap_or_default()
    }
}

/// The types of key attributes in the order in which they are described: by name. Source: captures of October 2026,
/// descriptions.
pub(crate) fn sorted(mut definitions: Vec<AttributeDefinition>) -> Vec<AttributeDefinition> {
    definitions.sort_by(|one, other| one.attribute_name.cmp(&other.attribute_name));
    definitions
}
