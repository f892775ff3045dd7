//! The words of what is not simulated.

use super::enumeration::{Enumeration, enumeration};

enumeration! {
    /// Whether a table could be restored to a point in time, were that asked for. The order is the model's.
    ContinuousBackupsStatus {
        /// It could.
        #[default]
        Enabled = "ENABLED",
        /// It couldn't yet.
        Disabled = "DISABLED",
    }
}

enumeration! {
    /// Whether a table can be restored to a point in time. The order is the model's.
    PointInTimeRecoveryStatus {
        /// It can.
        Enabled = "ENABLED",
        /// It can't.
        #[default]
        Disabled = "DISABLED",
    }
}

enumeration! {
    /// Whether it is watched which keys are asked for most. The order is the model's.
    ContributorInsightsStatus {
        /// It will be soon.
        Enabling = "ENABLING",
        /// It is.
        Enabled = "ENABLED",
        /// It is for a while yet.
        Disabling = "DISABLING",
        /// It isn't.
        #[default]
        Disabled = "DISABLED",
        /// It should be, and could not.
        Failed = "FAILED",
    }
}

enumeration! {
    /// Whose backups are meant. The order is the model's.
    BackupTypeFilter {
        /// Those that a caller made.
        #[default]
        User = "USER",
        /// Those that DynamoDB made.
        System = "SYSTEM",
        /// Those that the backup service made.
        AwsBackup = "AWS_BACKUP",
        /// All.
        All = "ALL",
    }
}
