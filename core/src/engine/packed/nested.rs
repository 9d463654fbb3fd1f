//! Objects, lists and maps that are not at their end.

use serde::ser::{self, Error as _, Serialize};

use super::shapes::Way;
use super::writer::Writer;
use super::{FAR, FIRST_TEXT, Unpackable};

/// An object: its shape is known when it ends.
pub(super) struct Nested<'w, 'k> {
    pub writer: &'w mut Writer<'k>,
    /// Where its shape is to stand.
    pub at: usize,
    pub way: Way,
}

impl Nested<'_, '_> {
    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unpackable> {
        self.way = self.writer.shapes.after(self.way, name)?;
        value.serialize(&mut *self.writer)
    }

    fn close(self) -> Result<(), Unpackable> {
        let shape = self.writer.shapes.ending(self.way)?;
        if let Some(place) = self.writer.row.get_mut(self.at) {
            *place = shape;
        }
        Ok(())
    }
}

macro_rules! objects {
    ($($trait:ident,)+) => {$(
        impl ser::$trait for Nested<'_, '_> {
            type Ok = ();
            type Error = Unpackable;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Unpackable> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Unpackable> {
                self.close()
            }
        }
    )+};
}

objects! {
    SerializeStruct,
    SerializeStructVariant,
}

/// A list or a map: how long it is is known when it ends.
pub(super) struct Counted<'w, 'k> {
    pub writer: &'w mut Writer<'k>,
    /// Where the count is to stand.
    pub at: usize,
    pub count: u32,
}

impl Counted<'_, '_> {
    fn item<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unpackable> {
        self.count = self.count.saturating_add(1);
        item.serialize(&mut *self.writer)
    }

    fn close(self) -> Result<(), Unpackable> {
        self.writer.count(self.at, self.count)
    }
}

macro_rules! lists {
    ($($trait:ident $name:ident,)+) => {$(
        impl ser::$trait for Counted<'_, '_> {
            type Ok = ();
            type Error = Unpackable;

            fn $name<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unpackable> {
                self.item(item)
            }

            fn end(self) -> Result<(), Unpackable> {
                self.close()
            }
        }
    )+};
}

lists! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}

impl ser::SerializeMap for Counted<'_, '_> {
    type Ok = ();
    type Error = Unpackable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unpackable> {
        let start = self.writer.row.len();
        self.item(key)?;
        match self.writer.row.get(start) {
            Some(code) if *code >= FIRST_TEXT || *code == FAR => Ok(()),
            _ => Err(Unpackable::custom("a key must be a text")),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unpackable> {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Unpackable> {
        self.close()
    }
}
