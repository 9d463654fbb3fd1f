//! A value writes itself as an object of a shape.

use std::cell::RefCell;
use std::fmt::{self, Display, Write as _};

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};
use serde::ser::{Impossible, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use smallvec::SmallVec;

use super::Fault;
use super::fields::Fields;
use super::recent::Recent;
use super::shape::Shape;

/// Texts that stay as they are, among the products of makers.
const AS_IT_IS: u8 = 0;

/// What all parts of one value share.
pub(super) struct Desk<'a, 'py> {
    pub recent: RefCell<&'a mut Recent>,
    /// The values of objects that are not whole yet, those of inner ones above those of outer ones.
    pub stack: RefCell<Vec<Bound<'py, PyAny>>>,
}

#[derive(Clone, Copy)]
pub(super) struct Writer<'a, 'py> {
    pub py: Python<'py>,
    pub shape: &'a Shape,
    pub desk: &'a Desk<'a, 'py>,
}

impl<'a, 'py> Writer<'a, 'py> {
    pub(super) const fn new(py: Python<'py>, shape: &'a Shape, desk: &'a Desk<'a, 'py>) -> Self {
        Self { py, shape, desk }
    }

    /// The same for what stands inside.
    pub(super) const fn inside(self, shape: &'a Shape) -> Self {
        Self { shape, ..self }
    }

    fn text(self, text: &str) -> Result<Bound<'py, PyAny>, Fault> {
        let mut recent = self.desk.recent.borrow_mut();
        let plain = || PyString::new(self.py, text).into_any();
        Ok(match self.shape {
            Shape::Made(maker) => recent.of_text(self.py, maker.number, text, || maker.made(self.py, text)),
            _ => recent.of_text(self.py, AS_IT_IS, text, || Ok(plain())),
        }?)
    }

    fn none(self) -> Bound<'py, PyAny> {
        self.py.None().into_bound(self.py)
    }
}

type Done<'py> = Result<Bound<'py, PyAny>, Fault>;

fn unknown<T>(what: &str) -> Result<T, Fault> {
    Err(Fault(format!("no reply holds {what}")))
}

macro_rules! numbers {
    ($($method:ident: $kind:ty),+ $(,)?) => {
        $(fn $method(self, value: $kind) -> Done<'py> {
            let Ok(number) = value.into_pyobject(self.py);
            Ok(number.to_owned().into_any())
        })+
    };
}

impl<'a, 'py> Serializer for Writer<'a, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Fault;
    type SerializeSeq = Items<'a, 'py>;
    type SerializeTuple = Impossible<Self::Ok, Fault>;
    type SerializeTupleStruct = Impossible<Self::Ok, Fault>;
    type SerializeTupleVariant = Impossible<Self::Ok, Fault>;
    type SerializeMap = Entries<'a, 'py>;
    type SerializeStruct = Fields<'a, 'py>;
    type SerializeStructVariant = Impossible<Self::Ok, Fault>;

    numbers! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_f32: f32, serialize_f64: f64,
    }

    fn serialize_char(self, value: char) -> Done<'py> {
        self.text(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Done<'py> {
        self.text(text)
    }

    /// Money writes itself so; most of it is short.
    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Done<'py> {
        let mut short = Short::default();
        if write!(short, "{value}").is_err() {
            return self.text(&value.to_string());
        }
        self.text(short.text())
    }

    fn serialize_bytes(self, _: &[u8]) -> Done<'py> {
        unknown("bytes")
    }

    fn serialize_none(self) -> Done<'py> {
        Ok(self.none())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done<'py> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done<'py> {
        Ok(self.none())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done<'py> {
        Ok(self.none())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done<'py> {
        self.text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done<'py> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: &T,
    ) -> Done<'py> {
        unknown(variant)
    }

    fn serialize_seq(self, count: Option<usize>) -> Result<Items<'a, 'py>, Fault> {
        let (Shape::List(item) | Shape::Tuple(item)) = self.shape else { return unknown("a list here") };
        Ok(Items { of: self, item, made: Vec::with_capacity(count.unwrap_or_default()) })
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Fault> {
        unknown("a tuple")
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Fault> {
        unknown(name)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Fault> {
        unknown(variant)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries<'a, 'py>, Fault> {
        if let Shape::Map(value) = self.shape {
            return Ok(Entries::Map { of: self, value, entries: PyDict::new(self.py), key: None });
        }
        Ok(Entries::Record { fields: Fields::new(self), key: None })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'a, 'py>, Fault> {
        Ok(Fields::new(self))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Fault> {
        unknown(variant)
    }
}

/// The items of a list.
pub(super) struct Items<'a, 'py> {
    of: Writer<'a, 'py>,
    item: &'a Shape,
    made: Vec<Bound<'py, PyAny>>,
}

impl<'py> SerializeSeq for Items<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Fault;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.made.push(value.serialize(self.of.inside(self.item))?);
        Ok(())
    }

    fn end(self) -> Done<'py> {
        Ok(match self.of.shape {
            Shape::Tuple(_) => PyTuple::new(self.of.py, self.made)?.into_any(),
            _ => PyList::new(self.of.py, self.made)?.into_any(),
        })
    }
}

/// What writes itself with names: a map, or a record whose fields are not known beforehand.
pub(super) enum Entries<'a, 'py> {
    Map { of: Writer<'a, 'py>, value: &'a Shape, entries: Bound<'py, PyDict>, key: Option<Bound<'py, PyAny>> },
    Record { fields: Fields<'a, 'py>, key: Option<String> },
}

impl<'py> SerializeMap for Entries<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Fault> {
        match self {
            Self::Map { of, key, .. } => *key = Some(name.serialize(of.inside(&Shape::Text))?),
            Self::Record { fields, key } => {
                *key = Some(name.serialize(fields.of.inside(&Shape::Text))?.extract::<String>()?);
            }
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Fault> {
        match self {
            Self::Map { of, value, entries, key } => {
                let Some(key) = key.take() else { return unknown("a value without a name") };
                entries.set_item(key, item.serialize(of.inside(value))?)?;
                Ok(())
            }
            Self::Record { fields, key } => {
                let Some(key) = key.take() else { return unknown("a value without a name") };
                fields.field(&key, item)
            }
        }
    }

    fn end(self) -> Done<'py> {
        match self {
            Self::Map { entries, .. } => Ok(entries.into_any()),
            Self::Record { fields, .. } => fields.made(),
        }
    }
}

/// A text without room of its own on the heap.
#[derive(Default)]
struct Short(SmallVec<[u8; 48]>);

impl Short {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Write for Short {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        self.0.extend_from_slice(part.as_bytes());
        Ok(())
    }
}
