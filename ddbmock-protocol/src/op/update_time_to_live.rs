//! UpdateTimeToLive.

use ddbmock_model::op::{TimeToLiveSpecification, UpdateTimeToLive, UpdateTimeToLiveOutput};

use crate::read::structure;
use crate::shape::shared;
use crate::write::written;

structure! { UpdateTimeToLive is "UpdateTimeToLiveInput";
    required "TableName" => table_name,
    required "TimeToLiveSpecification" => time_to_live_specification,
}

shared! { TimeToLiveSpecification is "TimeToLiveSpecification";
    required "Enabled" => enabled,
    required "AttributeName" => attribute_name,
}

written! { UpdateTimeToLiveOutput;
    "TimeToLiveSpecification" => time_to_live_specification,
}
