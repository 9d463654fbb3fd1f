//! What a query leaves behind: a record that is written before its reply goes out.

use crate::store::{ChangeSet, CommandRecord, Expectation, Put, Tenant};

/// The trace of one query.
///
/// It is committed under a command id of its own, so the same trace is written once however often it is left. The hint
/// goes with it as long as nobody else wrote it meanwhile; then the record goes alone, which conflicts with nothing.
#[derive(Clone, Debug)]
pub(super) struct Trace {
    /// Names the trace within the tenant for good.
    pub(super) name: String,
    pub(super) record: Put,
    pub(super) hint: Put,
    /// The hint as it was read.
    pub(super) seen: Expectation,
}

impl Trace {
    /// The record with the hint, for the first try.
    pub(super) fn whole(&self, tenant: &Tenant) -> ChangeSet {
        let mut changes = self.record_alone(tenant);
        changes.puts.push(self.hint.clone());
        changes.expect.push(self.seen.clone());
        changes
    }

    /// The record alone: it expects nothing, so it is written or was written before.
    pub(super) fn record_alone(&self, tenant: &Tenant) -> ChangeSet {
        let id = format!("trace/{}", self.name);
        // Whoever leaves the same trace again is the same: there is no answer to keep.
        let command = CommandRecord { fingerprint: id.clone(), reply: "{}".to_owned() };
        ChangeSet {
            tenant: tenant.clone(),
            command_id: id,
            command,
            expect: Vec::new(),
            puts: vec![self.record.clone()],
            deletes: Vec::new(),
            claims: Vec::new(),
            events: Vec::new(),
        }
    }
}
