//! Replies, and records as they are kept, as JSON text: byte for byte what `serde_json` writes, but for fields that a
//! record leaves out.
//!
//! A page of a thousand shifts is a megabyte, and most of the time of writing it went into looking at each byte of
//! keys, ids and times for something to escape. Here eight bytes are looked at together; what has to be escaped, and
//! what no reply holds, is left to `serde_json`.

mod nested;
mod reader;
#[cfg(test)]
mod tests;

use std::fmt::{Display, Write};

use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::{Error, to_string};

use nested::Nested;
pub(super) use reader::read;

/// The value as JSON, in a text with room for `room` bytes: one that grows step by step is copied at each.
pub(super) fn write<T: Serialize>(value: &T, room: usize) -> Result<String, Error> {
    let mut writer = Writer { text: String::with_capacity(room), leaves_out_null: false };
    value.serialize(&mut writer)?;
    Ok(writer.text)
}

/// The same without the fields that are null: what is kept for years says only what is there. A field that is missing
/// reads as null.
pub(super) fn write_sparse<T: Serialize>(value: &T) -> Result<String, Error> {
    let mut writer = Writer { text: String::with_capacity(SPARSE_ROOM), leaves_out_null: true };
    value.serialize(&mut writer)?;
    Ok(writer.text)
}

/// Most records fit.
const SPARSE_ROOM: usize = 1024;

struct Writer {
    text: String,
    /// Fields of structs that are null; those of maps are what somebody put there.
    leaves_out_null: bool,
}

/// Whether nothing in the text has to be escaped: no control character, quote or backslash.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (eights, rest) = bytes.as_chunks::<8>();
    // The last eight overlap with those before; a text of less is filled up with what needs no escape.
    let tail = bytes.last_chunk::<8>().copied().unwrap_or_else(|| {
        let mut tail = [b' '; 8];
        for (to, from) in tail.iter_mut().zip(rest) {
            *to = *from;
        }
        tail
    });
    eights.iter().fold(escaped(tail), |found, eight| found | escaped(*eight)) == 0
}

/// The high bit of at least one byte if any of the eight has to be escaped; else 0.
fn escaped(eight: [u8; 8]) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = EACH << 7;
    let bytes = u64::from_le_bytes(eight);
    // A byte from which more is taken than it holds borrows, which sets its high bit unless it was set before.
    let below = |bytes: u64, limit: u8| bytes.wrapping_sub(EACH * u64::from(limit)) & !bytes;
    (below(bytes, b' ')
        | below(bytes ^ (EACH * u64::from(b'"')), 1)
        | below(bytes ^ (EACH * u64::from(b'\\')), 1))
        & HIGH
}

impl Writer {
    fn quote(&mut self, text: &str) -> Result<(), Error> {
        if is_plain(text) {
            self.text.reserve(text.len() + 2);
            self.text.push('"');
            self.text.push_str(text);
            self.text.push('"');
        } else {
            self.text.push_str(&to_string(text)?);
        }
        Ok(())
    }

    fn digits(&mut self, number: u64) {
        if number >= 10 {
            self.digits(number / 10);
        }
        self.text.push(char::from(b'0' + u8::try_from(number % 10).unwrap_or(0)));
    }

    fn rare<T: Serialize>(&mut self, value: &T) -> Result<(), Error> {
        self.text.push_str(&to_string(value)?);
        Ok(())
    }

    fn open(&mut self, variant: Option<&str>, bracket: char) -> Result<Nested<'_>, Error> {
        let closing = match (bracket, variant) {
            ('{', None) => "}",
            ('{', Some(_)) => "}}",
            (_, None) => "]",
            (_, Some(_)) => "]}",
        };
        if let Some(variant) = variant {
            self.text.push('{');
            self.quote(variant)?;
            self.text.push(':');
        }
        self.text.push(bracket);
        Ok(Nested { writer: self, is_first: true, closing })
    }
}

macro_rules! numbers {
    ($($name:ident: $type:ty,)+) => {$(
        fn $name(self, number: $type) -> Result<(), Error> {
            self.serialize_i64(i64::from(number))
        }
    )+};
}

macro_rules! rare {
    ($($name:ident: $type:ty,)+) => {$(
        fn $name(self, value: $type) -> Result<(), Error> {
            self.rare(&value)
        }
    )+};
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Nested<'w>;
    type SerializeTuple = Nested<'w>;
    type SerializeTupleStruct = Nested<'w>;
    type SerializeTupleVariant = Nested<'w>;
    type SerializeMap = Nested<'w>;
    type SerializeStruct = Nested<'w>;
    type SerializeStructVariant = Nested<'w>;

    numbers! {
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
    }

    rare! {
        serialize_f32: f32,
        serialize_f64: f64,
        serialize_char: char,
        serialize_bytes: &[u8],
    }

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.text.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i64(self, number: i64) -> Result<(), Error> {
        if number < 0 {
            self.text.push('-');
        }
        self.digits(number.unsigned_abs());
        Ok(())
    }

    fn serialize_u64(self, number: u64) -> Result<(), Error> {
        self.digits(number);
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        self.quote(text)
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), Error> {
        let start = self.text.len();
        self.text.push('"');
        write!(self.text, "{value}").map_err(Error::custom)?;
        let written = self.text.get(start + 1..).unwrap_or_default();
        if is_plain(written) {
            self.text.push('"');
            return Ok(());
        }
        let written = written.to_owned();
        self.text.truncate(start);
        self.quote(&written)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.text.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.quote(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let mut object = self.open(None, '{')?;
        object.field(variant, value)?;
        object.close();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Nested<'w>, Error> {
        self.open(None, '[')
    }

    fn serialize_tuple(self, _: usize) -> Result<Nested<'w>, Error> {
        self.open(None, '[')
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Nested<'w>, Error> {
        self.open(None, '[')
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Nested<'w>, Error> {
        self.open(Some(variant), '[')
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Nested<'w>, Error> {
        self.open(None, '{')
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Nested<'w>, Error> {
        self.open(None, '{')
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Nested<'w>, Error> {
        self.open(Some(variant), '{')
    }
}
