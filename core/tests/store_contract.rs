//! The store contract on the memory store, and the contract as the JSON that other languages read.

use std::collections::BTreeSet;

use staffgate::store::contract::{self, Case, Step};
use staffgate::store::{ChangeSet, CommitOutcome, MemoryStore, Read, Row, Store, StoreError};

#[test]
fn the_memory_store_keeps_the_contract() {
    let store = MemoryStore::new(contract::kinds());
    for run in ["first", "second"] {
        let report = contract::check(&store, run);
        assert!(report.passed(), "{report}");
    }
}

#[test]
fn there_are_enough_cases_each_with_its_own_name() {
    let cases = contract::cases();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert!(cases.len() >= 40, "only {} cases", cases.len());
    assert_eq!(names.len(), cases.len(), "two cases share a name");
    assert!(cases.iter().all(|case| !case.steps.is_empty() && !case.why.is_empty()));
}

#[test]
fn cases_survive_their_json_form() {
    let cases = contract::cases();
    let text = serde_json::to_string(&cases).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Case>>(&text).unwrap(), cases);
    assert!(text.contains(contract::RUN_MARKER));
}

/// A marker in every tenant and nowhere else: a runner may replace it as text.
#[test]
fn every_tenant_is_of_the_run() {
    let ours = |tenant: &str| tenant.starts_with(contract::RUN_MARKER);
    for step in contract::cases().iter().flat_map(|case| &case.steps) {
        match step {
            Step::Load { reads, .. } => assert!(reads.iter().all(|read| ours(read.tenant().as_str()))),
            Step::Commit { changes, .. } => {
                assert!(ours(changes.tenant.as_str()));
                assert!(changes.puts.iter().all(|put| ours(put.tenant.as_str())));
                assert!(changes.claims.iter().all(|claim| ours(claim.tenant.as_str())));
                assert!(changes.events.iter().all(|event| ours(event.tenant.as_str())));
            }
        }
    }
}

/// A way in which a store can be wrong.
#[derive(Clone, Copy, Debug)]
enum Fault {
    ForgetsLimit,
    ForgetsExpectations,
    ForgetsCommand,
    ForgetsClaims,
    ForgetsDeletes,
    TrimsIds,
    LosesLinks,
    StartsVersionsAtZero,
}

#[derive(Debug)]
struct Faulty(MemoryStore, Fault);

impl Store for Faulty {
    fn load(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, StoreError> {
        let mut reads = reads.to_vec();
        for read in &mut reads {
            match (read, self.1) {
                (Read::Range(range), Fault::ForgetsLimit) => range.limit = u32::MAX,
                (Read::Point(key), Fault::TrimsIds) => key.id = key.id.trim().to_owned(),
                _ => {}
            }
        }
        let mut answers = self.0.load(&reads)?;
        for row in answers.iter_mut().flatten() {
            match self.1 {
                Fault::LosesLinks => row.link = None,
                Fault::StartsVersionsAtZero => row.version -= 1,
                _ => {}
            }
        }
        Ok(answers)
    }

    fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError> {
        let mut changes = changes.clone();
        match self.1 {
            Fault::ForgetsExpectations => changes.expect.clear(),
            Fault::ForgetsCommand => changes.command_id = format!("{:?}", changes.puts),
            Fault::ForgetsClaims => changes.claims.clear(),
            Fault::ForgetsDeletes => changes.deletes.clear(),
            _ => {}
        }
        self.0.commit(&changes)
    }
}

/// The contract is only worth something if wrong stores fail it.
#[test]
fn faulty_stores_do_not_pass() {
    use Fault::{
        ForgetsClaims, ForgetsCommand, ForgetsDeletes, ForgetsExpectations, ForgetsLimit, LosesLinks,
        StartsVersionsAtZero, TrimsIds,
    };
    for fault in [
        ForgetsLimit,
        ForgetsExpectations,
        ForgetsCommand,
        ForgetsClaims,
        ForgetsDeletes,
        TrimsIds,
        LosesLinks,
        StartsVersionsAtZero,
    ] {
        let report = contract::check(&Faulty(MemoryStore::new(contract::kinds()), fault), "run");
        assert!(!report.passed(), "a store that {fault:?} passes the contract");
    }
}
