//! One change set inside a transaction: everything that it rests on is checked before anything is written.

use std::collections::BTreeMap;

use rusqlite::{Connection, Result};
use staffgate::store::sql::{Query, ReadTexts, WriteTexts};
use staffgate::store::{
    ChangeSet, Claim, ClaimAction, CommitOutcome, Expectation, NewEvent, StoreError, Tenant, link_of,
};

use crate::errors::failed;
use crate::values::{count, one, run, text};

/// A transaction in which change sets are applied one after the other; each sees those before it.
pub(crate) struct Apply<'a> {
    connection: &'a Connection,
    reads: &'a ReadTexts,
    writes: &'a WriteTexts,
    /// The ends of the histories that this transaction went on with; they are written once, at its end.
    heads: BTreeMap<Tenant, Head>,
}

#[derive(Default)]
struct Head {
    number: u64,
    link: String,
}

impl<'a> Apply<'a> {
    pub(crate) fn new(connection: &'a Connection, reads: &'a ReadTexts, writes: &'a WriteTexts) -> Self {
        Self { connection, reads, writes, heads: BTreeMap::new() }
    }

    /// An error means that the transaction must be rolled back: part of the change set may be written in it.
    pub(crate) fn apply(&mut self, changes: &ChangeSet) -> std::result::Result<CommitOutcome, StoreError> {
        let known = self.reads.command(&changes.tenant, &changes.command_id);
        let known = one(self.connection, &known, |row| Ok((text(row, 1)?, text(row, 2)?)));
        if let Some((fingerprint, reply)) = known.map_err(|error| failed(&error))? {
            return Ok(CommitOutcome::AlreadyDone { fingerprint, reply });
        }
        for expected in &changes.expect {
            if !self.holds(expected)? {
                return Ok(CommitOutcome::Conflict);
            }
        }
        if !self.claims_hold(&changes.claims).map_err(|error| failed(&error))? {
            return Ok(CommitOutcome::Conflict);
        }
        self.write(changes)?;
        Ok(CommitOutcome::Committed)
    }

    /// Writes what was kept back. Called once, before COMMIT.
    pub(crate) fn finish(self) -> Result<()> {
        self.heads
            .iter()
            .try_for_each(|(tenant, head)| self.run(&self.writes.head(tenant, head.number, &head.link)))
    }

    fn run(&self, query: &Query<'_>) -> Result<()> {
        run(self.connection, query).map(|_| ())
    }

    fn holds(&self, expected: &Expectation) -> std::result::Result<bool, StoreError> {
        let query = self.reads.version(&expected.key)?;
        let version = one(self.connection, &query, |row| count(row, 0)).map_err(|error| failed(&error))?;
        Ok(version.unwrap_or(0) == expected.version)
    }

    /// Whether every name is free or its owner's, once all releases and the takes before it are done.
    fn claims_hold(&self, claims: &[Claim]) -> Result<bool> {
        let mut after: BTreeMap<(&Tenant, &str, &str), Option<String>> = BTreeMap::new();
        for claim in in_order(claims) {
            let name = (&claim.tenant, claim.space.as_ref(), claim.name.as_str());
            let holder = match after.get(&name) {
                Some(holder) => holder.clone(),
                None => one(self.connection, &self.reads.claim(name.0, name.1, name.2), |row| text(row, 2))?,
            };
            let is_own = holder.as_ref() == Some(&claim.owner);
            let holder = match claim.action {
                ClaimAction::Release if is_own => None,
                ClaimAction::Release => holder,
                ClaimAction::Take if is_own || holder.is_none() => Some(claim.owner.clone()),
                ClaimAction::Take => return Ok(false),
            };
            after.insert(name, holder);
        }
        Ok(true)
    }

    fn write(&mut self, changes: &ChangeSet) -> std::result::Result<(), StoreError> {
        for key in &changes.deletes {
            self.run(&self.writes.delete(key)?).map_err(|error| failed(&error))?;
        }
        for put in &changes.puts {
            self.run(&self.writes.put(put)?).map_err(|error| failed(&error))?;
        }
        self.write_rest(changes).map_err(|error| failed(&error))
    }

    fn write_rest(&mut self, changes: &ChangeSet) -> Result<()> {
        for claim in in_order(&changes.claims) {
            self.run(&self.writes.claim(claim))?;
        }
        for event in &changes.events {
            self.append(event)?;
        }
        self.run(&self.writes.command(changes))
    }

    fn append(&mut self, event: &NewEvent) -> Result<()> {
        let head = match self.heads.get(&event.tenant) {
            Some(head) => head,
            None => &self.stored_head(&event.tenant)?,
        };
        let number = head.number + 1;
        let link = link_of(&head.link, number, &event.digest);
        self.run(&self.writes.event(event, number, &link))?;
        self.heads.insert(event.tenant.clone(), Head { number, link });
        Ok(())
    }

    fn stored_head(&self, tenant: &Tenant) -> Result<Head> {
        let head = one(self.connection, &self.reads.head(tenant), |row| {
            Ok(Head { number: count(row, 0)?, link: text(row, 1)? })
        });
        Ok(head?.unwrap_or_default())
    }
}

/// All releases, then all takes.
fn in_order(claims: &[Claim]) -> impl Iterator<Item = &Claim> {
    let of = |action| claims.iter().filter(move |claim| claim.action == action);
    of(ClaimAction::Release).chain(of(ClaimAction::Take))
}
