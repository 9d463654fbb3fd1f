//! Handles to the stores that are written in Rust. All of their work is done without the interpreter lock.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde::Serialize;
use staffgate::Refusal;
use staffgate::codes::Code;
use staffgate::store::{self as boundary, ChangeSet, Read, Store, StoreError};
use staffgate::wire;

use crate::entry::{Answer, Made, guarded, guarded_object};
use crate::facts::known_kinds;
use crate::hashing::slots;
use crate::replies::{object, packing};

/// Runs a whole request: context, operation and input in, reply or refusal out.
fn execute<'py>(py: Python<'py>, store: &impl Store, request: &[u8], packs: bool) -> Made<'py> {
    let run = || {
        let mut machine = packing(wire::machine(request)?, packs);
        boundary::drive(store, &mut machine, &slots()).map(|reply| reply.body)
    };
    guarded_object(py, true, run, |body| object(py, body))
}

fn unreadable(error: serde_json::Error) -> Refusal {
    Refusal::new(Code::StoreFault).with("reason", error)
}

/// A store's own answer or its error, for callers who speak to the store directly.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Told<T> {
    Ok(T),
    Error(StoreError),
}

fn told<T: Serialize>(answer: Result<T, StoreError>) -> Result<String, Refusal> {
    let answer = answer.map_or_else(Told::Error, Told::Ok);
    serde_json::to_string(&answer).map_err(unreadable)
}

fn load<'py>(py: Python<'py>, store: &impl Store, reads: &[u8]) -> Answer<'py> {
    guarded(py, || {
        let reads: Vec<Read> = serde_json::from_slice(reads).map_err(unreadable)?;
        told(store.load(&reads))
    })
}

fn commit<'py>(py: Python<'py>, store: &impl Store, changes: &[u8]) -> Answer<'py> {
    guarded(py, || {
        let changes: ChangeSet = serde_json::from_slice(changes).map_err(unreadable)?;
        told(store.commit(&changes))
    })
}

/// Keeps everything in memory: for tests, and for trying things out.
#[pyclass(frozen, module = "staffgate._native")]
#[derive(Debug)]
pub(crate) struct MemoryStore(boundary::MemoryStore);

#[pymethods]
impl MemoryStore {
    #[new]
    #[pyo3(signature = (*, contract = false))]
    fn new(contract: bool) -> Self {
        Self(boundary::MemoryStore::new(&known_kinds(contract)))
    }

    #[pyo3(signature = (request, packs = false))]
    fn _execute<'py>(&self, py: Python<'py>, request: &[u8], packs: bool) -> Made<'py> {
        execute(py, &self.0, request, packs)
    }

    fn _load<'py>(&self, py: Python<'py>, reads: &[u8]) -> Answer<'py> {
        load(py, &self.0, reads)
    }

    fn _commit<'py>(&self, py: Python<'py>, changes: &[u8]) -> Answer<'py> {
        commit(py, &self.0, changes)
    }

    #[allow(clippy::unused_self)]
    fn _close<'py>(&self, py: Python<'py>) -> Answer<'py> {
        (true, PyBytes::new(py, b"null"))
    }
}

/// One SQLite file: the embedded default. Made by `_open`, because opening can be refused.
#[pyclass(frozen, module = "staffgate._native")]
#[derive(Debug)]
pub(crate) struct SqliteStore(staffgate_sqlite::SqliteStore);

#[pymethods]
impl SqliteStore {
    /// The store and the answer of opening; without the store if it was refused.
    #[staticmethod]
    #[pyo3(signature = (path, *, contract = false))]
    fn _open(py: Python<'_>, path: PathBuf, contract: bool) -> (Option<Self>, Answer<'_>) {
        let mut opened = None;
        let answer = guarded(py, || {
            opened = Some(staffgate_sqlite::SqliteStore::open(path, &known_kinds(contract))?);
            Ok("null".to_owned())
        });
        (opened.map(Self), answer)
    }

    #[pyo3(signature = (request, packs = false))]
    fn _execute<'py>(&self, py: Python<'py>, request: &[u8], packs: bool) -> Made<'py> {
        execute(py, &self.0, request, packs)
    }

    fn _load<'py>(&self, py: Python<'py>, reads: &[u8]) -> Answer<'py> {
        load(py, &self.0, reads)
    }

    fn _commit<'py>(&self, py: Python<'py>, changes: &[u8]) -> Answer<'py> {
        commit(py, &self.0, changes)
    }

    fn _close<'py>(&self, py: Python<'py>) -> Answer<'py> {
        guarded(py, || self.0.close().map(|()| "null".to_owned()).map_err(Refusal::from))
    }
}
