//! The native stores as one class, and whole requests run on them, here or on another thread.

use std::sync::{Arc, PoisonError, RwLock};

use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use serde_json::{from_slice, to_string};
use staffgate::store::{ChangeSet, MemoryStore, Read, Store, StoreError, StoreErrorKind, drive};
use staffgate::{Refusal, catalog, wire};
use staffgate_sqlite::SqliteStore;

use crate::answer::{Failure, Found, Outgoing, outgoing};
use crate::guard::guarded;
use crate::hashing::slots;
use crate::job::{Job, later};
use crate::reply::{for_facade, told};
use crate::text::{Incoming, incoming, joined};

#[derive(Clone, Debug)]
enum Opened {
    Memory(Arc<MemoryStore>),
    Sqlite(Arc<SqliteStore>),
}

impl Opened {
    fn store(&self) -> &dyn Store {
        match self {
            Self::Memory(store) => store,
            Self::Sqlite(store) => store,
        }
    }
}

/// A store that was opened, or not yet, or was closed.
#[napi(js_name = "NativeStore")]
#[derive(Debug)]
pub struct NativeStore {
    opened: Arc<RwLock<Option<Opened>>>,
}

#[napi]
#[allow(clippy::missing_panics_doc, clippy::new_without_default)]
impl NativeStore {
    #[napi(constructor)]
    pub fn new() -> Self {
        Self { opened: Arc::default() }
    }

    #[napi(catch_unwind)]
    pub fn open_memory(&self) -> Outgoing {
        outgoing(guarded(|| {
            put(&self.opened, Opened::Memory(Arc::default()));
            Ok(String::new())
        }))
    }

    #[napi(catch_unwind)]
    pub fn open_sqlite_later(&self, path: String) -> AsyncTask<Job> {
        let opened = Arc::clone(&self.opened);
        later(move || {
            let store = SqliteStore::open(path, catalog::kinds()).map_err(Refusal::from)?;
            put(&opened, Opened::Sqlite(Arc::new(store)));
            Ok(String::new())
        })
    }

    /// Runs a whole request now. It comes in two parts, because the JavaScript engine pays for joining texts and the
    /// first is often the same. `fast` gives the reply in the form that the facade reads fastest.
    #[napi(catch_unwind)]
    pub fn run(&self, head: Incoming, tail: Incoming, fast: bool) -> Outgoing {
        let request = joined(head, tail);
        outgoing(guarded(|| run(&self.opened, &request?, fast)))
    }

    #[napi(catch_unwind)]
    pub fn run_later(&self, head: Incoming, tail: Incoming, fast: bool) -> AsyncTask<Job> {
        let (opened, request) = (Arc::clone(&self.opened), joined(head, tail));
        later(move || run(&opened, &request?, fast))
    }

    /// The store's own `load`, for the contract's cases.
    #[napi(catch_unwind)]
    pub fn load_later(&self, reads: Incoming) -> AsyncTask<Job> {
        let (opened, reads) = (Arc::clone(&self.opened), incoming(reads));
        later(move || {
            let reads: Vec<Read> = from_slice(&reads?).map_err(unreadable)?;
            to_string(&current(&opened)?.store().load(&reads)?).map_err(Failure::internal)
        })
    }

    /// The store's own `commit`, for the contract's cases.
    #[napi(catch_unwind)]
    pub fn commit_later(&self, changes: Incoming) -> AsyncTask<Job> {
        let (opened, changes) = (Arc::clone(&self.opened), incoming(changes));
        later(move || {
            let changes: ChangeSet = from_slice(&changes?).map_err(unreadable)?;
            to_string(&current(&opened)?.store().commit(&changes)?).map_err(Failure::internal)
        })
    }

    /// Ends the use of the store: what waits on it is finished or refused, what comes later is refused.
    #[napi(catch_unwind)]
    pub fn close_later(&self) -> AsyncTask<Job> {
        let opened = Arc::clone(&self.opened);
        later(move || {
            let store = opened.write().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(Opened::Sqlite(store)) = store {
                store.close().map_err(Refusal::from)?;
            }
            Ok(String::new())
        })
    }
}

fn put(opened: &RwLock<Option<Opened>>, store: Opened) {
    *opened.write().unwrap_or_else(PoisonError::into_inner) = Some(store);
}

fn current(opened: &RwLock<Option<Opened>>) -> Result<Opened, StoreError> {
    let store = opened.read().unwrap_or_else(PoisonError::into_inner).clone();
    store.ok_or_else(|| StoreError::new(StoreErrorKind::Closed, "this portal was closed"))
}

fn run(opened: &RwLock<Option<Opened>>, request: &[u8], fast: bool) -> Found {
    let store = current(opened).map_err(Refusal::from)?;
    let mut machine = for_facade(wire::machine(request)?, fast);
    Ok(told(drive(store.store(), &mut machine, &slots())?, fast))
}

#[allow(clippy::needless_pass_by_value)]
fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::new(StoreErrorKind::Internal, format!("this call to the store does not read: {error}"))
}
