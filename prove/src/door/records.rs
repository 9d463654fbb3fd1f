//! Records as the core keeps them, and the change set that a store takes them in.

use serde_json::Value;
use staffgate::engine::Record;
use staffgate::store::{ChangeSet, Claim, ClaimAction, CommandRecord, Put, Tenant};
use uuid::Uuid;

use crate::Fallible;

/// What one agency keeps.
#[derive(Debug)]
pub(super) struct Records {
    tenant: Tenant,
    puts: Vec<Put>,
    claims: Vec<Claim>,
}

impl Records {
    pub(super) fn of(agency: Uuid) -> Self {
        Self { tenant: Tenant::new(&agency.to_string()), puts: Vec::new(), claims: Vec::new() }
    }

    /// A record from its form at rest; its columns are the core's own.
    pub(super) fn put<T: Record>(&mut self, body: Value) -> Fallible<()> {
        let record: T = serde_json::from_value(body)
            .map_err(|error| format!("no record of kind {}: {error}", T::KIND.name))?;
        let columns = record.columns().into_iter().map(|(name, value)| (name.into(), value)).collect();
        self.puts.push(Put {
            tenant: self.tenant.clone(),
            kind: T::KIND.name.into(),
            id: record.record_id(),
            columns,
            body: serde_json::to_string(&record)?,
        });
        Ok(())
    }

    pub(super) fn claim(&mut self, space: &'static str, name: String, owner: Uuid) {
        let (tenant, owner) = (self.tenant.clone(), owner.to_string());
        self.claims.push(Claim { tenant, space: space.into(), name, owner, action: ClaimAction::Take });
    }

    pub(super) fn into_changes(self) -> ChangeSet {
        ChangeSet {
            tenant: self.tenant,
            command_id: "world".to_owned(),
            command: CommandRecord { fingerprint: String::new(), reply: String::new() },
            expect: Vec::new(),
            puts: self.puts,
            deletes: Vec::new(),
            claims: self.claims,
            events: Vec::new(),
        }
    }
}
