//! Values of the core as the typed objects of Python, without text between them. Which class is made of what is said by
//! the Python side once (`shape`). An answer of a price book writes itself (`writer`), and what was made lately is used
//! again (`recent`), as it never changes; a large reply of an operation is packed, and is read from that form (`packed`).

mod alike;
mod fields;
mod instance;
mod layout;
mod packed;
mod recent;
mod shape;
mod table;
mod writer;

use std::cell::RefCell;
use std::fmt::{self, Display};

use pyo3::prelude::*;
use serde::Serialize;
use staffgate::Refusal;
use staffgate::codes::Code;

pub(crate) use packed::unpacked;
pub(crate) use recent::Recent;
pub(crate) use shape::Shape;

/// Why a value does not become an object: a part of the package is of another version.
#[derive(Debug)]
pub(crate) struct Fault(String);

impl Fault {
    pub(crate) fn of(what: &str) -> Self {
        Self(what.to_owned())
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::new(Code::Internal).with("reason", fault)
    }
}

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
    let desk = writer::Desk { recent: RefCell::new(recent), stack: RefCell::default() };
    value.serialize(writer::Writer::new(py, shape, &desk))
}
