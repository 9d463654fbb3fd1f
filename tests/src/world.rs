//! A world as a story leaves it, for tests that go on from there.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use serde_json::{Value, json};
use staffgate::hashing::HashingSlots;
use staffgate::store::{ChangeSet, CommitOutcome, MemoryStore, Read, Row, Store, StoreError};
use staffgate::{Refusal, Reply, wire};

use crate::play::play;
use crate::scenario::Scenario;

/// A memory store that counts what is written.
#[derive(Debug, Default)]
struct Counting {
    store: MemoryStore,
    commits: AtomicUsize,
}

impl Store for Counting {
    fn load(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, StoreError> {
        self.store.load(reads)
    }

    fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError> {
        self.commits.fetch_add(1, Relaxed);
        self.store.commit(changes)
    }
}

/// The end of a story: its store, its agency, and the names that its steps saved.
#[derive(Debug)]
pub struct World {
    store: Counting,
    agency: String,
    names: BTreeMap<String, Value>,
    calls: Cell<u32>,
}

impl World {
    /// Plays a story to its end.
    pub fn after(key: &str) -> Result<Self, String> {
        let mut stories = Scenario::all()?.into_iter();
        let scenario = stories.find(|one| one.key == key).ok_or_else(|| format!("no story `{key}`"))?;
        let store = Counting::default();
        let played = play(&scenario, &|request| wire::execute(&store, request, &HashingSlots::default()))?;
        let agency = scenario.agency("main");
        Ok(Self { store, agency, names: played.names, calls: Cell::new(0) })
    }

    /// What a step saved under a name.
    pub fn id(&self, name: &str) -> Value {
        self.names.get(name).cloned().unwrap_or_default()
    }

    pub fn agency(&self) -> &str {
        &self.agency
    }

    /// How often something was written, or tried to be.
    pub fn commits(&self) -> usize {
        self.store.commits.load(Relaxed)
    }

    pub fn store(&self) -> &MemoryStore {
        &self.store.store
    }

    pub fn member(&self, name: &str) -> Value {
        json!({ "as": "member", "id": self.id(name) })
    }

    pub fn user(&self, name: &str) -> Value {
        json!({ "as": "user", "id": self.id(name) })
    }

    /// One call at a time, under a command id of its own.
    pub fn call(&self, actor: &Value, now: &str, operation: &str, input: &Value) -> Result<Reply, Refusal> {
        self.calls.set(self.calls.get() + 1);
        let request = json!({
            "context": {
                "agency": self.agency,
                "actor": actor,
                "now": now,
                "command_id": format!("world/{}", self.calls.get()),
                "entropy": format!("{:064x}", self.calls.get()),
            },
            "operation": operation,
            "input": input,
        });
        wire::execute(&self.store, request.to_string().as_bytes(), &HashingSlots::default())
    }

    /// The same, where a refusal is not expected.
    pub fn reply(&self, actor: &Value, now: &str, operation: &str, input: &Value) -> Result<Value, String> {
        let reply = self.call(actor, now, operation, input);
        let reply = reply.map_err(|refusal| format!("{operation}: {refusal}"))?;
        serde_json::from_str(reply.json()).map_err(|error| error.to_string())
    }
}
