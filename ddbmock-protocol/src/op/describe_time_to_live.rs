//! DescribeTimeToLive.

use ddbmock_model::op::{DescribeTimeToLive, DescribeTimeToLiveOutput, TimeToLiveDescription};

use crate::read::structure;
use crate::write::written;

structure! { DescribeTimeToLive is "DescribeTimeToLiveInput";
    required "TableName" => table_name,
}

written! { DescribeTimeToLiveOutput;
    "TimeToLiveDescription" => time_to_live_description,
}

written! { TimeToLiveDescription;
    "TimeToLiveStatus" => time_to_live_status,
    "AttributeName" => attribute_name,
}
