//! How often `access.can` asks SQLite: once.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};
use staffgate::store::{ChangeSet, CommandRecord, CommitOutcome, Put, Read, Row, Store, StoreError, Tenant};
use staffgate::values::UserId;
use staffgate::{Actor, Call, Portal, catalog};
use staffgate_sqlite::SqliteStore;

use crate::world::{AGENCY, Question, World};

type Done<T> = Result<T, Box<dyn std::error::Error>>;

/// A store that counts what it is asked.
struct Counted {
    store: SqliteStore,
    loads: AtomicU32,
}

impl Store for Counted {
    fn load(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, StoreError> {
        self.loads.fetch_add(1, Ordering::Relaxed);
        self.store.load(reads)
    }

    fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError> {
        self.store.commit(changes)
    }
}

/// An agency in a file, with everybody and everything of the data set.
pub struct InSqlite(Portal<Counted>);

impl InSqlite {
    pub fn new(world: &World, path: &Path) -> Done<Self> {
        let store = Counted { store: SqliteStore::open(path, catalog::kinds())?, loads: AtomicU32::new(0) };
        let all = Self(Portal::new(store));
        all.ask(
            Actor::Operator,
            "agencies.create",
            &json!({ "name": "Northlight Staffing", "currency": "EUR" }),
        )?;
        all.ask(Actor::Operator, "agencies.switch_portal", &json!({ "on": true }))?;
        let puts: Vec<Put> = serde_json::from_value(Value::Array(world.puts()?))?;
        let changes = ChangeSet {
            tenant: Tenant::new(AGENCY),
            command_id: "bench fill".to_owned(),
            command: CommandRecord { fingerprint: String::new(), reply: "null".to_owned() },
            expect: Vec::new(),
            puts,
            deletes: Vec::new(),
            claims: Vec::new(),
            events: Vec::new(),
        };
        match all.0.store().commit(&changes)? {
            CommitOutcome::Committed => Ok(all),
            _ => Err("the data set was not written".into()),
        }
    }

    fn ask(&self, actor: Actor, name: &str, input: &Value) -> Done<Value> {
        let call = Call::new(AGENCY, actor, "2026-10-01T09:00:00Z", name, &[7; 32])?;
        Ok(serde_json::from_str(self.0.run_json(&call, name, &input.to_string())?.json())?)
    }

    /// The answers, and how many loads they took.
    pub fn can(&self, user: UserId, questions: &[Question]) -> Done<(Vec<bool>, u32)> {
        let asked: Vec<Value> = questions.iter().map(written).collect();
        let before = self.0.store().loads.load(Ordering::Relaxed);
        let reply = self.ask(Actor::User { id: user }, "access.can", &json!({ "questions": asked }))?;
        let answers = reply["answers"].as_array().ok_or("no answers")?;
        let allowed = answers.iter().map(|one| one["allowed"] == Value::Bool(true)).collect();
        Ok((allowed, self.0.store().loads.load(Ordering::Relaxed) - before))
    }
}

fn written(question: &Question) -> Value {
    let thing = &question.thing;
    let object = match (thing.project, thing.site) {
        (Some(project), _) => json!({ "kind": "project", "id": project }),
        (None, Some(site)) => json!({ "kind": "site", "client": thing.client, "id": site }),
        (None, None) => json!({ "kind": "client", "id": thing.client }),
    };
    json!({ "permission": question.permission, "object": object })
}
