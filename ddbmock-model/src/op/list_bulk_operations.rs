//! ListBulkOperations: the writes from files, many at a time.

use std::convert::Infallible;

use crate::constraint::{joined, length, range, token};
use crate::{Call, Error, Operation, Wording};

/// The fewest and the most characters of a token.
const TOKEN_LENGTHS: (usize, usize) = (1, 1024);

/// What ListBulkOperations is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListBulkOperations {
    /// The most to answer with: 1 to 25.
    pub max_results: Option<i64>,
    /// Where the page begins.
    pub next_token: Option<String>,
}

/// What ListBulkOperations is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListBulkOperationsOutput {
    /// The operations: there are none.
    pub bulk_operations_summary_list: Vec<Infallible>,
}

impl Operation for ListBulkOperations {
    const NAME: &'static str = "ListBulkOperations";
    type Output = ListBulkOperationsOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let next = call.request.next_token.as_deref();
        joined([
            range("maxResults", call.request.max_results, super::JOBS_LISTED),
            next.and_then(|next| token("nextToken", next)),
            next.and_then(|next| length("nextToken", next, TOKEN_LENGTHS)),
        ])?;
        super::check_first_page(next)
    }
}
