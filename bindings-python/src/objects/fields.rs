//! The fields of one object, in the order in which the core writes them, and the object that they make.

use pyo3::prelude::*;
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
    /// Where its values begin on the stack, in the order of the record's fields.
    base: usize,
    /// How many there are.
    count: usize,
}

impl<'a, 'py> Fields<'a, 'py> {
    pub(super) fn new(of: Writer<'a, 'py>) -> Self {
        let record = match of.shape {
            Shape::Record(record) => Some(record),
            _ => None,
        };
        Self { of, record, base: of.desk.stack.borrow().len(), count: 0 }
    }

    pub(super) fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Fault> {
        let Some(record) = self.record else { return self.tagged(name, value) };
        // The classes of this package have their fields in the order in which they are written.
        let Some(field) = record.fields.get(self.count).filter(|field| field.wire == name) else {
            return Err(Fault(format!("{name} does not stand where it was expected")));
        };
        let value = value.serialize(self.of.inside(&field.shape))?;
        self.of.desk.stack.borrow_mut().push(value);
        self.count += 1;
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
        let said = value.serialize(self.of.inside(&Shape::Text))?;
        let said = said.extract::<String>()?;
        self.record = records.iter().find(|record| record.tag.as_deref() == Some(said.as_str()));
        self.record.map(|_| ()).ok_or_else(|| Fault(format!("no {tag} is called {said}")))
    }

    pub(super) fn made(self) -> Result<Bound<'py, PyAny>, Fault> {
        let Some(record) = self.record else { return Err(Fault::of("an object without a tag")) };
        if self.count < record.fields.len() {
            return Err(Fault::of("an object without all of its fields"));
        }
        let (py, desk) = (self.of.py, self.of.desk);
        let mut stack = desk.stack.borrow_mut();
        if !record.recurs {
            let values = stack.split_off(self.base);
            // Making an object runs code of Python.
            drop(stack);
            return Ok(record.made(py, values.into_iter())?);
        }
        let values: SmallVec<[Bound<'py, PyAny>; FEW]> = stack.drain(self.base..).collect();
        drop(stack);
        let make = || record.made(py, values.iter().cloned());
        Ok(desk.recent.borrow_mut().of_parts(py, &record.make, &values, make)?)
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
