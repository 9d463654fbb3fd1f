//! What an object is made of, as Python describes it with nested tuples.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use uuid::Uuid;

use super::instance::Instances;
use super::recent::FEW;

/// What stands in one place of a reply. Null may stand anywhere.
#[derive(Debug)]
pub(crate) enum Shape {
    /// As it is.
    Text,
    /// A whole number, as it is.
    Whole,
    /// True or false.
    Flag,
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
    callable: Py<PyAny>,
    /// For ids, which are most of what is made of texts.
    ids: Option<Ids>,
}

/// Ids hold a number, and how safely it was made, which nobody knows.
#[derive(Debug)]
struct Ids {
    class: Instances,
    unknown: Py<PyAny>,
}

/// A class and its fields, in the order in which the core writes them.
#[derive(Debug)]
pub(crate) struct Record {
    /// Makes an object of the values of all fields, in their order.
    pub make: Py<PyAny>,
    /// The same, if its objects are nothing but their fields.
    instances: Option<Instances>,
    /// What tells it from its siblings in a union.
    pub tag: Option<String>,
    pub fields: Vec<Field>,
    /// One that is made anew is likely the same as one before.
    pub recurs: bool,
}

#[derive(Debug)]
pub(crate) struct Field {
    /// Its name, as the core writes it.
    pub wire: String,
    pub shape: Shape,
    /// Null if it is not written.
    pub optional: bool,
}

impl Shape {
    /// Reads `(kind, ...)`.
    pub(crate) fn read(described: &Bound<'_, PyAny>) -> PyResult<Self> {
        let parts = described.cast::<PyTuple>()?;
        let part = |at: usize| parts.get_item(at);
        let inner = || Self::read(&part(1)?).map(Box::new);
        Ok(match part(0)?.extract::<String>()?.as_str() {
            "text" => Self::Text,
            "whole" => Self::Whole,
            "flag" => Self::Flag,
            "made" => Self::Made(Maker::read(parts)?),
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

impl Maker {
    /// Reads `("made", number, callable, ids)`.
    fn read(parts: &Bound<'_, PyTuple>) -> PyResult<Self> {
        let (_, number, callable, ids): (String, _, _, Option<Bound<'_, PyTuple>>) = parts.extract()?;
        let ids = ids.as_ref().map(Ids::read).transpose()?.flatten();
        Ok(Self { number, callable, ids })
    }

    pub(crate) fn made<'py>(&self, py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
        if let Some(ids) = &self.ids
            && let Ok(id) = Uuid::try_parse(text)
        {
            return ids.made(py, id);
        }
        self.callable.bind(py).call1((text,))
    }
}

impl Ids {
    /// Reads `(class, slots, unknown)`.
    fn read(parts: &Bound<'_, PyTuple>) -> PyResult<Option<Self>> {
        let unknown = parts.get_item(2)?.unbind();
        Ok(Instances::read(parts)?.map(|class| Self { class, unknown }))
    }

    fn made<'py>(&self, py: Python<'py>, id: Uuid) -> PyResult<Bound<'py, PyAny>> {
        let (upper, lower) = id.as_u64_pair();
        let number = upper.into_pyobject(py)?.lshift(u64::BITS)?.bitor(lower)?;
        self.class.made_apart(py, [number, self.unknown.bind(py).clone()].into_iter())
    }
}

impl Record {
    /// Reads `("record", make, tag, fields, instances)`.
    fn read(parts: &Bound<'_, PyTuple>) -> PyResult<Self> {
        let fields = parts.get_item(3)?;
        let fields = fields.cast::<PyTuple>()?.iter();
        let fields: Vec<Field> = fields.map(|field| Field::read(&field)).collect::<PyResult<_>>()?;
        let is_leaf =
            |field: &Field| matches!(field.shape, Shape::Text | Shape::Whole | Shape::Flag | Shape::Made(_));
        let recurs = fields.len() <= FEW && fields.iter().all(is_leaf);
        let instances: Option<Bound<'_, PyTuple>> = parts.get_item(4)?.extract()?;
        let instances = instances.as_ref().map(Instances::read).transpose()?.flatten();
        let (make, tag) = (parts.get_item(1)?.unbind(), parts.get_item(2)?.extract()?);
        Ok(Self { make, instances, tag, fields, recurs })
    }

    /// An object of the values of all fields, in their order.
    pub(crate) fn made<'py>(
        &self,
        py: Python<'py>,
        values: impl ExactSizeIterator<Item = Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        match &self.instances {
            Some(instances) => instances.made(py, values),
            None => self.make.bind(py).call1(PyTuple::new(py, values)?),
        }
    }
}

impl Field {
    /// Reads `(wire, shape, optional)`.
    fn read(described: &Bound<'_, PyAny>) -> PyResult<Self> {
        let (wire, shape, optional): (String, Bound<'_, PyAny>, bool) = described.extract()?;
        Ok(Self { wire, shape: Shape::read(&shape)?, optional })
    }
}
