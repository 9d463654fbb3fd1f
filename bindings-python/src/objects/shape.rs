//! What an object is made of, as Python describes it with nested tuples.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// What stands in one place of a reply. Null may stand anywhere.
#[derive(Debug)]
pub(crate) enum Shape {
    /// A text, number or truth value, as it is.
    Plain,
    /// What a callable makes of a text, such as a `Decimal`.
    Made(Maker),
    List(Box<Self>),
    Tuple(Box<Self>),
    /// From texts to values.
    Map(Box<Self>),
    Record(Record),
    /// One of these; the field `tag` says which.
    Union {
        tag: String,
        records: Vec<Record>,
    },
}

/// A callable of one text. Its number tells its products from those of others.
#[derive(Debug)]
pub(crate) struct Maker {
    pub number: u8,
    pub callable: Py<PyAny>,
}

/// A class and its fields, in the order in which the core writes them.
#[derive(Debug)]
pub(crate) struct Record {
    /// Makes an object of the values of all fields, in their order.
    pub make: Py<PyAny>,
    /// What tells it from its siblings in a union.
    pub tag: Option<String>,
    pub fields: Vec<Field>,
}

#[derive(Debug)]
pub(crate) struct Field {
    /// Its name, as the core writes it.
    pub wire: String,
    pub shape: Shape,
}

impl Shape {
    /// Reads `(kind, ...)`.
    pub(crate) fn read(described: &Bound<'_, PyAny>) -> PyResult<Self> {
        let parts = described.cast::<PyTuple>()?;
        let part = |at: usize| parts.get_item(at);
        let inner = || Self::read(&part(1)?).map(Box::new);
        Ok(match part(0)?.extract::<String>()?.as_str() {
            "plain" => Self::Plain,
            "made" => Self::Made(Maker { number: part(1)?.extract()?, callable: part(2)?.unbind() }),
            "list" => Self::List(inner()?),
            "tuple" => Self::Tuple(inner()?),
            "map" => Self::Map(inner()?),
            "record" => Self::Record(Record::read(parts)?),
            "union" => {
                let records = part(2)?;
                let records = records.cast::<PyTuple>()?.iter();
                let read = |record: Bound<'_, PyAny>| Record::read(record.cast::<PyTuple>()?);
                Self::Union { tag: part(1)?.extract()?, records: records.map(read).collect::<PyResult<_>>()? }
            }
            other => return Err(PyValueError::new_err(format!("no shape is called {other}"))),
        })
    }
}

impl Record {
    /// Reads `("record", make, tag, fields)`.
    fn read(parts: &Bound<'_, PyTuple>) -> PyResult<Self> {
        let fields = parts.get_item(3)?;
        let fields = fields.cast::<PyTuple>()?.iter();
        Ok(Self {
            make: parts.get_item(1)?.unbind(),
            tag: parts.get_item(2)?.extract()?,
            fields: fields.map(|field| Field::read(&field)).collect::<PyResult<_>>()?,
        })
    }
}

impl Field {
    /// Reads `(wire, shape)`.
    fn read(described: &Bound<'_, PyAny>) -> PyResult<Self> {
        let (wire, shape): (String, Bound<'_, PyAny>) = described.extract()?;
        Ok(Self { wire, shape: Shape::read(&shape)? })
    }
}
