//! The guard that every call passes: JSON bytes come back with a flag, whatever happens inside.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use staffgate::Refusal;
use staffgate::codes::Code;
use staffgate::wire::refusal_json;

use crate::objects::Fault;

/// `(true, reply)` or `(false, refusal)`.
pub(crate) type Answer<'py> = (bool, Bound<'py, PyBytes>);

/// Runs `work` without the interpreter lock. A panic becomes our own `internal` refusal.
pub(crate) fn guarded(py: Python<'_>, work: impl FnOnce() -> Result<String, Refusal> + Send) -> Answer<'_> {
    let (ok, json) = py.detach(|| caught(work));
    (ok, PyBytes::new(py, json.as_bytes()))
}

/// `(true, object)` or `(false, refusal)`.
pub(crate) type Made<'py> = (bool, Bound<'py, PyAny>);

/// Finds a value, without the interpreter lock if `beside`, then makes the object that it is.
pub(crate) fn guarded_object<'py, T: Send>(
    py: Python<'py>,
    beside: bool,
    work: impl FnOnce() -> Result<T, Refusal> + Send,
    make: impl FnOnce(T) -> Result<Bound<'py, PyAny>, Fault>,
) -> Made<'py> {
    let found = if beside { py.detach(|| unwound(work)) } else { unwound(work) };
    match found.and_then(|value| unwound(|| make(value).map_err(Refusal::from))) {
        Ok(object) => (true, object),
        Err(refusal) => (false, PyBytes::new(py, refusal_json(&refusal).as_bytes()).into_any()),
    }
}

fn caught(work: impl FnOnce() -> Result<String, Refusal>) -> (bool, String) {
    match unwound(work) {
        Ok(reply) => (true, reply),
        Err(refusal) => (false, refusal_json(&refusal)),
    }
}

/// Nothing is left half done by the unwinding: a machine that panicked is dropped or refuses, and stores put
/// their own locks in order.
fn unwound<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let reason = payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "a panic".to_owned());
        Err(Refusal::new(Code::Internal).with("reason", reason))
    })
}

/// Panics behind the guard, so that a test can see what becomes of it.
#[pyfunction]
#[pyo3(name = "_panic")]
pub(crate) fn panic_for_test<'py>(py: Python<'py>, reason: &str) -> Answer<'py> {
    let reason = reason.to_owned();
    guarded(py, move || std::panic::resume_unwind(Box::new(reason)))
}
