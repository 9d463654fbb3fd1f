//! Lists and objects on their way out.

use serde::ser::{self, Error as _, Serialize};
use serde_json::Error;

use super::Writer;

/// A list or an object that is not at its end.
pub(super) struct Nested<'w> {
    pub(super) writer: &'w mut Writer,
    pub(super) is_first: bool,
    pub(super) closing: &'static str,
}

impl Nested<'_> {
    fn next(&mut self) {
        if !self.is_first {
            self.writer.text.push(',');
        }
        self.is_first = false;
    }

    fn item<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Error> {
        self.next();
        item.serialize(&mut *self.writer)
    }

    pub(super) fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Error> {
        self.next();
        self.writer.quote(key)?;
        self.writer.text.push(':');
        value.serialize(&mut *self.writer)
    }

    fn field_of_struct<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Error> {
        let (start, was_first) = (self.writer.text.len(), self.is_first);
        self.field(key, value)?;
        if self.writer.leaves_out_null && self.writer.text.ends_with(":null") {
            // No other value ends so: a text would have its quote behind it.
            self.writer.text.truncate(start);
            self.is_first = was_first;
        }
        Ok(())
    }
}

impl Nested<'_> {
    pub(super) fn close(self) {
        self.writer.text.push_str(self.closing);
    }
}

macro_rules! lists {
    ($($trait:ident $name:ident,)+) => {$(
        impl ser::$trait for Nested<'_> {
            type Ok = ();
            type Error = Error;

            fn $name<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Error> {
                self.item(item)
            }

            fn end(self) -> Result<(), Error> {
                self.close();
                Ok(())
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

macro_rules! objects {
    ($($trait:ident,)+) => {$(
        impl ser::$trait for Nested<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Error> {
                self.field_of_struct(key, value)
            }

            fn end(self) -> Result<(), Error> {
                self.close();
                Ok(())
            }
        }
    )+};
}

objects! {
    SerializeStruct,
    SerializeStructVariant,
}

impl ser::SerializeMap for Nested<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.next();
        let start = self.writer.text.len();
        key.serialize(&mut *self.writer)?;
        match self.writer.text.as_bytes().get(start) {
            Some(b'"') => Ok(()),
            _ => Err(Error::custom("a key must be a text")),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.writer.text.push(':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}
