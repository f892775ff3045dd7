//! ListBackups: the backups of a table, or of all.

use std::convert::Infallible;

use crate::constraint::{joined, length, range, word};
use crate::{BackupTypeFilter, Call, Error, Operation, Rule, Wording, table_name};

/// What ListBackups is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ListBackups {
    /// The name or ARN of a table, if one is meant. There need be none of that name.
    pub table_name: Option<String>,
    /// The most to answer with: 1 to 100.
    pub limit: Option<i64>,
    /// The first second, since 1970, of which backups are meant.
    pub time_range_lower_bound: Option<f64>,
    /// The first after those that are meant.
    pub time_range_upper_bound: Option<f64>,
    /// The ARN after which the page begins. There need be no such backup.
    pub exclusive_start_backup_arn: Option<String>,
    /// Whose backups are meant.
    pub backup_type: Option<BackupTypeFilter>,
}

/// What ListBackups is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListBackupsOutput {
    /// The backups: there are none.
    pub backup_summaries: Vec<Infallible>,
}

impl Operation for ListBackups {
    const NAME: &'static str = "ListBackups";
    type Output = ListBackupsOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let request = &call.request;
        let name = request.table_name.as_deref().map(|name| table_name::inside("tableName", name));
        let start = request.exclusive_start_backup_arn.as_deref();
        joined(name.into_iter().flatten().chain([
            range("limit", request.limit, (1, 100)),
            start.and_then(|arn| length("exclusiveStartBackupArn", arn, super::ARN_LENGTHS)),
            word::<BackupTypeFilter>(&call.said, "backupType"),
        ]))?;
        let bounds = request.time_range_lower_bound.zip(request.time_range_upper_bound);
        if bounds.is_some_and(|(lower, upper)| lower > upper) {
            let text = "Time range lower bound must be less than or equal to upper bound";
            return Err(Error::validation(Rule("backups.time_range"), text));
        }
        Ok(())
    }
}
