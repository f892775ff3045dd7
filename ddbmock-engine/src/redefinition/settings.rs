//! The other settings of a table: stream, encryption, storage class, protection, maxima, warm throughput.
//!
//! Source: captures of October 2026, UpdateTable: which of them make a table change for a while, and what is told of
//! them meanwhile.

use ddbmock_model::{Error, OnDemandThroughput, Rule, SseSpecification, StreamSpecification, TableClass};

use super::indexes::{lasting, merged};
use super::{Asked, Draft};
use crate::check::{Maxima, Warmth, invalid};
use crate::encryption::{encryption, is_asked};

impl Asked<'_> {
    pub(super) fn change_settings(&self, draft: &mut Draft<'_>) -> Result<(), Error> {
        let request = self.request;
        if let Some(maxima) =
            request.on_demand_throughput.filter(|maxima| *maxima != OnDemandThroughput::default())
        {
            Maxima::of(Some(maxima), None).check_changed(draft.billing)?;
            let merged = merged(draft.before.on_demand, maxima);
            draft.made.shown.on_demand = Some(merged);
            draft.made.after.on_demand = lasting(merged);
        }
        if let Some(warm) = request.warm_throughput {
            Warmth::of(Some(warm), None).check_changed(draft.before.warm.units)?;
            let after = draft.before.warm.asked(warm);
            draft.made.shown.warm.rising = after != draft.before.warm;
            draft.made.after.warm = after;
        }
        if let Some(protected) = request.deletion_protection_enabled {
            draft.made.after.protected = protected;
            draft.made.shown.protected = protected;
        }
        if let Some(stream) = request.stream_specification {
            self.change_stream(draft, stream)?;
        }
        if let Some(class) = request.table_class {
            self.change_class(draft, class);
        }
        request.sse_specification.as_ref().map_or(Ok(()), |sse| self.change_encryption(draft, sse))
    }

    /// Each time a stream is enabled it is another one; the label of the last stays when it is disabled.
    fn change_stream(&self, draft: &mut Draft<'_>, stream: StreamSpecification) -> Result<(), Error> {
        let name = &self.table.name;
        match (draft.before.stream.is_some(), stream.stream_enabled) {
            (true, true) => {
                let text = format!("Table already has an enabled stream: TableName: {name}");
                return Err(Error::validation(Rule("redefinition.stream_enabled"), text));
            }
            (false, false) => {
                let text = format!("Table has no stream to disable: TableName: {name}");
                return Err(Error::validation(Rule("redefinition.stream_disabled"), text));
            }
            _ => {}
        }
        let (after, shown) = (&mut draft.made.after, &mut draft.made.shown);
        after.stream = Some(stream).filter(|stream| stream.stream_enabled);
        shown.stream = Some(stream);
        if stream.stream_enabled {
            let since = Some(self.world.streams.label(self.table, self.now));
            (after.streaming_since, shown.streaming_since) = (since, since);
        }
        draft.is_updating();
        Ok(())
    }

    /// The class that a table has anyway is no change, though the table is said to change.
    fn change_class(&self, draft: &mut Draft<'_>, class: TableClass) {
        draft.is_updating();
        if draft.before.class.map(|(class, _)| class).unwrap_or_default() != class {
            draft.made.after.class = Some((class, Some(self.done())));
        }
    }

    fn change_encryption(&self, draft: &mut Draft<'_>, asked: &SseSpecification) -> Result<(), Error> {
        let before = draft.before.sse.as_ref();
        let wanted = is_asked(asked);
        let given = asked.kms_master_key_id.as_deref();
        let after = match (wanted, before) {
            (false, None) => {
                let text = "Table is already encrypted by default";
                return Err(invalid(Rule("redefinition.encrypted_by_default"), text));
            }
            (false, Some(_)) => None,
            (true, Some(before)) if given == Some(&before.kms_master_key_arn) => {
                let text = "Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you \
                            want to change Master Key";
                return Err(invalid(Rule("redefinition.same_key"), text));
            }
            (true, Some(before)) if given.is_none() => Some(before.clone()),
            (true, _) => Some(encryption(self.world, self.table.place(), given)),
        };
        let mut shown = before.or(after.as_ref()).cloned();
        if let Some(sse) = &mut shown {
            "UPDATING".clone_into(&mut sse.status);
        }
        draft.made.shown.sse = shown;
        draft.made.after.sse = after;
        Ok(())
    }
}
