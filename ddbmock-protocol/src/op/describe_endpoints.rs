//! DescribeEndpoints.

use ddbmock_model::op::{DescribeEndpoints, DescribeEndpointsOutput, Endpoint};

use crate::read::structure;
use crate::write::written;

structure! { DescribeEndpoints is "DescribeEndpointsRequest"; }

written! { DescribeEndpointsOutput;
    "Endpoints" => endpoints,
}

written! { Endpoint;
    "Address" => address,
    "CachePeriodInMinutes" => cache_period_in_minutes,
}
