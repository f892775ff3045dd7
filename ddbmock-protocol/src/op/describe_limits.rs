//! DescribeLimits.

use ddbmock_model::op::{DescribeLimits, DescribeLimitsOutput};

use crate::read::structure;
use crate::write::written;

structure! { DescribeLimits is "DescribeLimitsInput"; }

written! { DescribeLimitsOutput;
    "AccountMaxReadCapacityUnits" => account_max_read_capacity_units,
    "AccountMaxWriteCapacityUnits" => account_max_write_capacity_units,
    "TableMaxReadCapacityUnits" => table_max_read_capacity_units,
    "TableMaxWriteCapacityUnits" => table_max_write_capacity_units,
}
