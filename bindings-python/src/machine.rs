//! The engine for stores written in Python: it says what to load and what to commit, Python does it.

use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use staffgate::Refusal;
use staffgate::codes::Code;
use staffgate::engine::Machine as Engine;
use staffgate::wire;

use crate::entry::{Answer, guarded};
use crate::hashing::slots;

/// One operation on its way. `start` and `resume` return `(True, step)`.
#[pyclass(frozen, module = "staffgate._native")]
#[derive(Debug)]
pub(crate) struct Machine {
    request: Vec<u8>,
    engine: Mutex<Option<Engine>>,
}

#[pymethods]
impl Machine {
    #[new]
    fn new(request: Vec<u8>) -> Self {
        Self { request, engine: Mutex::new(None) }
    }

    /// Reads the request and returns the first step.
    fn start<'py>(&self, py: Python<'py>) -> Answer<'py> {
        guarded(py, || {
            let mut engine = wire::machine(&self.request)?;
            let step = wire::step_json(&engine.start());
            *self.engine.lock().unwrap_or_else(PoisonError::into_inner) = Some(engine);
            Ok(step)
        })
    }

    /// Returns the next step, given the answer to the last one.
    fn resume<'py>(&self, py: Python<'py>, answer: &[u8]) -> Answer<'py> {
        guarded(py, || {
            // Taken out while it runs: after a panic there is none, and the next call is refused.
            let taken = self.engine.lock().unwrap_or_else(PoisonError::into_inner).take();
            let Some(mut engine) = taken else {
                return Err(Refusal::new(Code::Internal).with("reason", "this operation is not waiting"));
            };
            let step = wire::step_json(&wire::resume(&mut engine, answer, &slots()));
            *self.engine.lock().unwrap_or_else(PoisonError::into_inner) = Some(engine);
            Ok(step)
        })
    }
}
