//! Secondary indexes, as requests define them and answers describe them.

use super::enumeration::{Enumeration, enumeration};
use super::table::{
    KeySchemaElement, OnDemandThroughput, ProvisionedThroughput, ProvisionedThroughputDescription,
    WarmThroughput, WarmThroughputDescription,
};

/// The attributes that an index holds beside the keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Projection {
    /// Which: all, none, or those listed.
    pub projection_type: Option<ProjectionType>,
    /// Those listed, for `INCLUDE`.
    pub non_key_attributes: Option<Vec<String>>,
}

/// A local secondary index: the table's partition key with another sort key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LocalSecondaryIndex {
    /// Its name.
    pub index_name: String,
    /// Its key.
    pub key_schema: Vec<KeySchemaElement>,
    /// What it holds.
    pub projection: Projection,
}

/// A global secondary index: any key, of up to four attributes for the partition and four for the order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GlobalSecondaryIndex {
    /// Its name.
    pub index_name: String,
    /// Its key.
    pub key_schema: Vec<KeySchemaElement>,
    /// What it holds.
    pub projection: Projection,
    /// Its provisioned units; needed for, and only for, a provisioned table.
    pub provisioned_throughput: Option<ProvisionedThroughput>,
    /// The most units it serves on demand.
    pub on_demand_throughput: Option<OnDemandThroughput>,
    /// What it can serve at once.
    pub warm_throughput: Option<WarmThroughput>,
}

/// What is to become of a global index: one of the three.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GlobalSecondaryIndexUpdate {
    /// An index to change.
    pub update: Option<UpdateGlobalSecondaryIndex>,
    /// An index to create.
    pub create: Option<CreateGlobalSecondaryIndex>,
    /// An index to delete.
    pub delete: Option<DeleteGlobalSecondaryIndex>,
}

/// New throughput for a global index.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UpdateGlobalSecondaryIndex {
    /// The index.
    pub index_name: String,
    /// Its new provisioned units.
    pub provisioned_throughput: Option<ProvisionedThroughput>,
    /// The most units it is to serve on demand; -1 takes a maximum away.
    pub on_demand_throughput: Option<OnDemandThroughput>,
    /// What it is to serve at once.
    pub warm_throughput: Option<WarmThroughput>,
}

/// A global index to add to a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CreateGlobalSecondaryIndex(pub GlobalSecondaryIndex);

/// A global index to take from a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeleteGlobalSecondaryIndex {
    /// The index.
    pub index_name: String,
}

/// A local secondary index, described.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LocalSecondaryIndexDescription {
    /// Its name.
    pub index_name: String,
    /// Its key.
    pub key_schema: Vec<KeySchemaElement>,
    /// What it holds.
    pub projection: Projection,
    /// The bytes of its entries.
    pub index_size_bytes: u64,
    /// The number of its entries.
    pub item_count: u64,
    /// Its ARN.
    pub index_arn: String,
}

/// A global secondary index, described.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GlobalSecondaryIndexDescription {
    /// Its name.
    pub index_name: String,
    /// Its key.
    pub key_schema: Vec<KeySchemaElement>,
    /// What it holds.
    pub projection: Projection,
    /// Where it is in its life.
    pub index_status: IndexStatus,
    /// Whether it is being filled from the table, while it is being added to one.
    pub backfilling: Option<bool>,
    /// Its provisioned units; zeros when on-demand.
    pub provisioned_throughput: ProvisionedThroughputDescription,
    /// The bytes of its entries.
    pub index_size_bytes: u64,
    /// The number of its entries.
    pub item_count: u64,
    /// Its ARN.
    pub index_arn: String,
    /// The maxima of an on-demand index.
    pub on_demand_throughput: Option<OnDemandThroughput>,
    /// What it can serve at once.
    pub warm_throughput: Option<WarmThroughputDescription>,
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
