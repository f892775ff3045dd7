//! ListImports: the imports into a table, or into all.

use std::convert::Infallible;

use crate::constraint::{joined, length, range, token};
use crate::{Call, Error, Operation, Wording};

/// The fewest and the most characters of a token.
const TOKEN_LENGTHS: (usize, usize) = (112, 1024);

/// What ListImports is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListImports {
    /// The ARN of a table, if one is meant.
    pub table_arn: Option<String>,
    /// The most to answer with: 1 to 25.
    pub page_size: Option<i64>,
    /// Where the page begins.
    pub next_token: Option<String>,
}

/// What ListImports is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListImportsOutput {
    /// The imports: there are none.
    pub import_summary_list: Vec<Infallible>,
}

impl Operation for ListImports {
    const NAME: &'static str = "ListImports";
    type Output = ListImportsOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let request = &call.request;
        let next = request.next_token.as_deref();
        joined([
            request.table_arn.as_deref().and_then(|arn| length("tableArn", arn, super::TABLE_ARN_LENGTHS)),
            range("pageSize", request.page_size, super::JOBS_LISTED),
            next.and_then(|next| token("nextToken", next)),
            next.and_then(|next| length("nextToken", next, TOKEN_LENGTHS)),
        ])?;
        super::check_first_page(next)
    }
}
