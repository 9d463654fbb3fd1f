//! The two drivers: they carry out the engine's steps on a store, one blocking, one async.

use std::future::Future;

use super::{ChangeSet, CommitOutcome, Read, Row, StoreError};
use crate::engine::{Answer, Machine, Refusal, Reply, Step};
use crate::hashing::HashingSlots;

/// A store that blocks. Object-safe, so that a host can hold `Arc<dyn Store>`.
pub trait Store: Send + Sync {
    /// One list of rows per read, in the order of the reads, all from one consistent moment.
    fn load(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, StoreError>;
    /// Applies the change set in one transaction, durably, or writes nothing.
    fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError>;
}

/// The same store for an async host. The futures are `Send`.
pub trait AsyncStore: Send + Sync {
    fn load(&self, reads: &[Read]) -> impl Future<Output = Result<Vec<Vec<Row>>, StoreError>> + Send;
    fn commit(&self, changes: &ChangeSet) -> impl Future<Output = Result<CommitOutcome, StoreError>> + Send;
}

impl<S: Store + ?Sized> Store for &S {
    fn load(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, StoreError> {
        (**self).load(reads)
    }
    fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError> {
        (**self).commit(changes)
    }
}

impl<S: Store + ?Sized> Store for std::sync::Arc<S> {
    fn load(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, StoreError> {
        (**self).load(reads)
    }
    fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError> {
        (**self).commit(changes)
    }
}

/// Runs an operation to its end on a blocking store.
pub fn drive<S: Store + ?Sized>(
    store: &S,
    machine: &mut Machine,
    slots: &HashingSlots,
) -> Result<Reply, Refusal> {
    let mut step = machine.start();
    loop {
        let answer = match step {
            Step::Done(result) => return result,
            Step::Load(reads) => Answer::of_load(store.load(&reads)),
            Step::Commit(changes) => Answer::of_commit(store.commit(&changes)),
        };
        step = slots.resume(machine, answer);
    }
}

/// Runs an operation to its end on an async store.
pub async fn drive_async<S: AsyncStore + ?Sized>(
    store: &S,
    machine: &mut Machine,
    slots: &HashingSlots,
) -> Result<Reply, Refusal> {
    let mut step = machine.start();
    loop {
        let answer = match step {
            Step::Done(result) => return result,
            Step::Load(reads) => Answer::of_load(store.load(&reads).await),
            Step::Commit(changes) => Answer::of_commit(store.commit(&changes).await),
        };
        step = slots.resume(machine, answer);
    }
}
