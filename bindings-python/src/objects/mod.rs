//! Values of the core as the typed objects of Python, without text between them. Which class is made of what is said by
//! the Python side once (`shape`); a value then writes itself (`writer`), and what was made lately is used again
//! (`recent`), as it never changes.

mod fields;
mod recent;
mod shape;
mod writer;

use std::fmt::{self, Display};

use pyo3::prelude::*;
use serde::Serialize;

pub(crate) use recent::Recent;
pub(crate) use shape::Shape;

/// Why a value does not become an object: a part of the package is of another version.
#[derive(Debug)]
pub(crate) struct Fault(String);

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

impl serde::ser::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl From<PyErr> for Fault {
    fn from(error: PyErr) -> Self {
        Self(error.to_string())
    }
}

/// The object of this shape that a value is.
pub(crate) fn object<'py>(
    py: Python<'py>,
    value: &impl Serialize,
    shape: &Shape,
    recent: &mut Recent,
) -> Result<Bound<'py, PyAny>, Fault> {
    value.serialize(writer::Writer::new(py, shape, &std::cell::RefCell::new(recent)))
}
