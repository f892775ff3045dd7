//! ListExports: the exports of a table, or of all.

use std::convert::Infallible;

use crate::constraint::{joined, length, range};
use crate::{Call, Error, Operation, Wording};

/// What ListExports is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListExports {
    /// The ARN of a table, if one is meant.
    pub table_arn: Option<String>,
    /// The most to answer with: 1 to 25.
    pub max_results: Option<i64>,
    /// Where the page begins.
    pub next_token: Option<String>,
}

/// What ListExports is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListExportsOutput {
    /// The exports: there are none.
    pub export_summaries: Vec<Infallible>,
}

impl Operation for ListExports {
    const NAME: &'static str = "ListExports";
    type Output = ListExportsOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let request = &call.request;
        joined([
            request.table_arn.as_deref().and_then(|arn| length("tableArn", arn, super::TABLE_ARN_LENGTHS)),
            range("maxResults", request.max_results, super::JOBS_LISTED),
        ])?;
        super::check_first_page(request.next_token.as_deref())
    }
}
