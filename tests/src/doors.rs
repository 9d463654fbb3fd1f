//! The ways into the core that a story can be played through.

use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use staffgate::hashing::HashingSlots;
use staffgate::store::{
    AsyncStore, ChangeSet, CommitOutcome, MemoryStore, Read, Row, Store, StoreError, drive_async,
};
use staffgate::{Refusal, Reply, wire};

/// A request as JSON bytes in, a reply or a refusal out: what every binding is made of.
pub trait Door {
    fn call(&self, request: &[u8]) -> Result<Reply, Refusal>;
}

impl<S: Store> Door for S {
    fn call(&self, request: &[u8]) -> Result<Reply, Refusal> {
        wire::execute(self, request, &HashingSlots::default())
    }
}

/// The memory store as an async host sees it: every answer makes its caller wait once.
#[derive(Debug, Default)]
pub struct AsyncDoor(MemoryAsync);

#[derive(Debug, Default)]
struct MemoryAsync(MemoryStore);

impl AsyncStore for MemoryAsync {
    async fn load(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, StoreError> {
        wait_once().await;
        Store::load(&self.0, reads)
    }

    async fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError> {
        wait_once().await;
        Store::commit(&self.0, changes)
    }
}

impl AsyncDoor {
    pub fn call(&self, request: &[u8]) -> Result<Reply, Refusal> {
        let mut machine = wire::machine(request)?;
        block_on(drive_async(&self.0, &mut machine, &HashingSlots::default()))
    }
}

async fn wait_once() {
    let mut waited = false;
    poll_fn(|_| if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}
