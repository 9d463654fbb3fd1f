//! What an operation answers with: JSON, or a large reply in packed form, which Python has made into typed objects.

use std::sync::{Arc, LazyLock};

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use staffgate::engine::{Body, Machine, Packed, Packer};

use crate::entry::{Answer, Made, guarded, guarded_object};
use crate::objects::{Fault, unpacked};
use crate::prices::Answers;

/// What an operation answers with, for Python to read.
pub(crate) fn object(py: Python<'_>, body: Body) -> Result<Bound<'_, PyAny>, Fault> {
    Ok(match body {
        Body::Json(json) => PyBytes::new(py, json.as_bytes()).into_any(),
        Body::Packed(packed) => Bound::new(py, PackedReply(packed))?.into_any(),
    })
}

/// The machine, so that its reply may come packed, if that is wanted. Each reply says its own shapes.
pub(crate) fn packing(machine: Machine, packs: bool) -> Machine {
    static PACKER: LazyLock<Arc<Packer>> = LazyLock::new(Arc::default);
    if packs { machine.packing(Arc::clone(&PACKER)) } else { machine }
}

/// A reply that is not read yet.
#[pyclass(frozen, module = "staffgate._native")]
#[derive(Debug)]
pub(crate) struct PackedReply(Packed);

#[pymethods]
impl PackedReply {
    /// What a test has packed: texts with the character 0 behind each, shapes, and the row.
    #[staticmethod]
    fn _of(texts: String, shapes: Vec<String>, row: Vec<u16>) -> Self {
        Self(Packed::of(texts, shapes, row))
    }

    /// The typed object that it is.
    fn _object<'py>(&self, py: Python<'py>, answers: &Answers) -> Made<'py> {
        guarded_object(py, false, || Ok(()), |()| unpacked(py, &self.0, answers.shape()))
    }

    /// The same as JSON.
    fn _json<'py>(&self, py: Python<'py>) -> Answer<'py> {
        guarded(py, || self.0.json().ok_or_else(|| Fault::of("a packed reply does not read").into()))
    }
}
