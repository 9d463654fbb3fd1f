//! The fields of one object, in the order in which the core writes them, and the object that they make.

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use serde::Serialize;
use serde::ser::SerializeStruct;
use smallvec::SmallVec;

use super::Fault;
use super::recent::FEW;
use super::shape::{Record, Shape};
use super::writer::Writer;

pub(super) struct Fields<'a, 'py> {
    pub of: Writer<'a, 'py>,
    /// Not known until the tag is, in a union.
    record: Option<&'a Record>,
    /// In the order of the record's fields.
    values: SmallVec<[Option<Bound<'py, PyAny>>; 20]>,
}

impl<'a, 'py> Fields<'a, 'py> {
    pub(super) fn new(of: Writer<'a, 'py>) -> Self {
        let record = match of.shape {
            Shape::Record(record) => Some(record),
            _ => None,
        };
        Self { of, record, values: SmallVec::new() }
    }

    pub(super) fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Fault> {
        let Some(record) = self.record else { return self.tagged(name, value) };
        let next = self.values.len();
        if let Some(field) = record.fields.get(next).filter(|field| field.wire == name) {
            self.values.push(Some(value.serialize(self.of.inside(&field.shape))?));
            return Ok(());
        }
        let Some((at, field)) = record.fields.iter().enumerate().find(|(_, field)| field.wire == name) else {
            return Err(Fault(format!("no field is called {name}")));
        };
        if next <= at {
            self.values.resize_with(at + 1, || None);
        }
        if let Some(place) = self.values.get_mut(at) {
            *place = Some(value.serialize(self.of.inside(&field.shape))?);
        }
        Ok(())
    }

    /// The first field of a member of a union says which it is.
    fn tagged<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Fault> {
        let Shape::Union { tag, records } = self.of.shape else {
            return Err(Fault(format!("{name} stands where no object is expected")));
        };
        if tag != name {
            return Err(Fault(format!("{name} comes before {tag}")));
        }
        let said = value.serialize(self.of.inside(&Shape::Plain))?;
        let said = said.extract::<String>()?;
        self.record = records.iter().find(|record| record.tag.as_deref() == Some(said.as_str()));
        self.record.map(|_| ()).ok_or_else(|| Fault(format!("no {tag} is called {said}")))
    }

    pub(super) fn made(self) -> Result<Bound<'py, PyAny>, Fault> {
        let Some(record) = self.record else { return Err(Fault("an object without a tag".to_owned())) };
        let py = self.of.py;
        let lacks = || Fault(format!("{} lacks a field", record.make.bind(py)));
        let values: Option<SmallVec<[Bound<'py, PyAny>; 20]>> = self.values.into_iter().collect();
        let values = values.filter(|values| values.len() == record.fields.len()).ok_or_else(lacks)?;
        if values.len() > FEW {
            return Ok(record.make.bind(py).call1(PyTuple::new(py, values)?)?);
        }
        let make = || record.make.bind(py).call1(PyTuple::new(py, &values)?);
        Ok(self.of.recent.borrow_mut().of_parts(py, &record.make, &values, make)?)
    }
}

impl<'py> SerializeStruct for Fields<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Fault> {
        self.field(name, value)
    }

    fn end(self) -> Result<Bound<'py, PyAny>, Fault> {
        self.made()
    }
}
