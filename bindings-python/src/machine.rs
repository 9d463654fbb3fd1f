//! The engine for stores written in Python: it says what to load and what to commit, Python does it.

use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use staffgate::Refusal;
use staffgate::codes::Code;
use staffgate::engine::{Body, Machine as Engine, Reply, Step};
use staffgate::wire;

use crate::entry::{Made, guarded_object};
use crate::hashing::slots;
use crate::replies::{object, packing};

/// One operation on its way. `start` and `resume` return `(True, step)`; a packed reply is the last step itself.
#[pyclass(frozen, module = "staffgate._native")]
#[derive(Debug)]
pub(crate) struct Machine {
    request: Vec<u8>,
    packs: bool,
    engine: Mutex<Option<Engine>>,
}

#[pymethods]
impl Machine {
    #[new]
    #[pyo3(signature = (request, packs = false))]
    fn new(request: Vec<u8>, packs: bool) -> Self {
        Self { request, packs, engine: Mutex::new(None) }
    }

    /// Reads the request and returns the first step.
    fn start<'py>(&self, py: Python<'py>) -> Made<'py> {
        self.step(py, || {
            let mut engine = packing(wire::machine(&self.request)?, self.packs);
            let step = engine.start();
            Ok((engine, step))
        })
    }

    /// Returns the next step, given the answer to the last one.
    fn resume<'py>(&self, py: Python<'py>, answer: &[u8]) -> Made<'py> {
        self.step(py, || {
            // Taken out while it runs: after a panic there is none, and the next call is refused.
            let taken = self.engine.lock().unwrap_or_else(PoisonError::into_inner).take();
            let Some(mut engine) = taken else {
                return Err(Refusal::new(Code::Internal).with("reason", "this operation is not waiting"));
            };
            let step = wire::resume(&mut engine, answer, &slots());
            Ok((engine, step))
        })
    }
}

impl Machine {
    fn step<'py>(
        &self,
        py: Python<'py>,
        take: impl FnOnce() -> Result<(Engine, Step), Refusal> + Send,
    ) -> Made<'py> {
        let taken = || {
            let (engine, step) = take()?;
            *self.engine.lock().unwrap_or_else(PoisonError::into_inner) = Some(engine);
            Ok(body(step))
        };
        guarded_object(py, true, taken, |body| object(py, body))
    }
}

/// The next step as JSON, or the reply itself if it is packed.
fn body(step: Step) -> Body {
    match step {
        Step::Done(Ok(Reply { body: packed @ Body::Packed(_), .. })) => packed,
        step => Body::Json(wire::step_json(&step)),
    }
}
