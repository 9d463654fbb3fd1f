//! Any value writes itself into the row.

use std::fmt::Display;

use serde::ser::{Error as _, Serialize, Serializer};

use super::nested::{Counted, Nested};
use super::shapes::{START, Shapes};
use super::texts::Texts;
use super::{
    BITS, FALSE, FAR, FIRST_NUMBER, FIRST_TEXT, LIST, MAP, MASK, MOST, NULL, NUMBER, OBJECT, TRUE,
    Unpackable, WIDE,
};

pub(super) struct Writer<'k> {
    pub texts: Texts<'k>,
    pub shapes: Shapes<'k>,
    pub row: Vec<u16>,
}

impl<'k> Writer<'k> {
    fn put(&mut self, place: u32) {
        match u16::try_from(place).ok().filter(|place| u32::from(*place) <= MASK - u32::from(FIRST_TEXT)) {
            Some(near) => self.row.push(FIRST_TEXT + near),
            None => self.row.extend([FAR, low(place), high(place)]),
        }
    }

    pub(super) fn text(&mut self, text: &str) -> Result<(), Unpackable> {
        let place = self.texts.place(text)?;
        self.put(place);
        Ok(())
    }

    fn number(&mut self, number: &(impl Display + ?Sized)) -> Result<(), Unpackable> {
        let place = self.texts.place_of(number)?;
        self.row.push(NUMBER);
        self.put(place);
        Ok(())
    }

    /// A list, or a map: how much of it there is is written when it ends.
    fn counted(&mut self, kind: u16) -> usize {
        self.row.extend([kind, 0, 0]);
        self.row.len() - 2
    }

    /// Writes a count where room was left for it.
    pub(super) fn count(&mut self, at: usize, count: u32) -> Result<(), Unpackable> {
        match self.row.get_mut(at..at + 2) {
            Some([first, second]) if count < MOST => (*first, *second) = (low(count), high(count)),
            _ => return Err(Unpackable::custom("a list without end")),
        }
        Ok(())
    }

    fn object(&mut self) -> Nested<'_, 'k> {
        self.row.extend([OBJECT, 0]);
        let at = self.row.len() - 1;
        Nested { writer: self, at, way: START }
    }

    /// An object with one field, whose value comes next.
    fn around(&mut self, variant: &'static str) -> Result<(), Unpackable> {
        let field = self.shapes.after(START, variant)?;
        let shape = self.shapes.ending(field)?;
        self.row.extend([OBJECT, shape]);
        Ok(())
    }
}

fn low(number: u32) -> u16 {
    u16::try_from(number & MASK).unwrap_or_default()
}

fn high(number: u32) -> u16 {
    u16::try_from(number >> BITS & MASK).unwrap_or_default()
}

macro_rules! numbers {
    ($($name:ident: $type:ty,)+) => {$(
        fn $name(self, number: $type) -> Result<(), Unpackable> {
            self.serialize_i64(i64::from(number))
        }
    )+};
}

impl<'w, 'k> Serializer for &'w mut Writer<'k> {
    type Ok = ();
    type Error = Unpackable;
    type SerializeSeq = Counted<'w, 'k>;
    type SerializeTuple = Counted<'w, 'k>;
    type SerializeTupleStruct = Counted<'w, 'k>;
    type SerializeTupleVariant = Counted<'w, 'k>;
    type SerializeMap = Counted<'w, 'k>;
    type SerializeStruct = Nested<'w, 'k>;
    type SerializeStructVariant = Nested<'w, 'k>;

    numbers! {
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
    }

    fn serialize_bool(self, value: bool) -> Result<(), Unpackable> {
        self.row.push(if value { TRUE } else { FALSE });
        Ok(())
    }

    fn serialize_i64(self, number: i64) -> Result<(), Unpackable> {
        match u32::try_from(number) {
            Ok(small) if small < u32::from(FIRST_TEXT - FIRST_NUMBER) => {
                self.row.push(FIRST_NUMBER + low(small));
            }
            Ok(wide) if wide < MOST => self.row.extend([WIDE, low(wide), high(wide)]),
            _ => return self.number(&number),
        }
        Ok(())
    }

    fn serialize_u64(self, number: u64) -> Result<(), Unpackable> {
        match i64::try_from(number) {
            Ok(number) => self.serialize_i64(number),
            Err(_) => self.number(&number),
        }
    }

    /// As JSON has it: what is no number is null.
    fn serialize_f32(self, number: f32) -> Result<(), Unpackable> {
        if number.is_finite() { self.number(&number) } else { self.serialize_unit() }
    }

    fn serialize_f64(self, number: f64) -> Result<(), Unpackable> {
        if number.is_finite() { self.number(&number) } else { self.serialize_unit() }
    }

    fn serialize_char(self, value: char) -> Result<(), Unpackable> {
        self.text(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Unpackable> {
        Err(Unpackable::custom("bytes"))
    }

    fn serialize_str(self, text: &str) -> Result<(), Unpackable> {
        self.text(text)
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), Unpackable> {
        let place = self.texts.place_of(value)?;
        self.put(place);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Unpackable> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unpackable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unpackable> {
        self.row.push(NULL);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unpackable> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Unpackable> {
        self.text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unpackable> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Unpackable> {
        self.around(variant)?;
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Counted<'w, 'k>, Unpackable> {
        let at = self.counted(LIST);
        Ok(Counted { writer: self, at, count: 0 })
    }

    fn serialize_tuple(self, _: usize) -> Result<Counted<'w, 'k>, Unpackable> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Counted<'w, 'k>, Unpackable> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Counted<'w, 'k>, Unpackable> {
        self.around(variant)?;
        self.serialize_seq(None)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Counted<'w, 'k>, Unpackable> {
        let at = self.counted(MAP);
        Ok(Counted { writer: self, at, count: 0 })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Nested<'w, 'k>, Unpackable> {
        Ok(self.object())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Nested<'w, 'k>, Unpackable> {
        self.around(variant)?;
        Ok(self.object())
    }
}
