//! JSON as this library writes it, read quickly: a value, or nothing, and then `serde_json` reads it and says why.
//!
//! Records and inputs have their fields in the order of the code, for it is our own code that writes them. So a key is
//! not read and looked up: it is compared with the field that comes next, and the type is told that field's number. (A
//! field with two names would shift the numbers; a test sees to it that there is none.)
//! What is read here, `serde_json` reads as the same value; a list is never taken for a struct.

mod inside;
#[cfg(test)]
mod tests;
mod text;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use inside::{Entries, Fields, Items, Variant};

/// The value of a whole text.
pub(in crate::engine) fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Option<T> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    let value = T::deserialize(&mut reader).ok()?;
    reader.next_byte().is_none().then_some(value)
}

/// Deeper values are left to `serde_json`, which has a limit of its own.
const MOST_DEPTH: u8 = 64;

/// This is not for here. Why is found out by who reads it again.
#[derive(Debug)]
pub(super) struct Unread;

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("this value is to be read by another reader")
    }
}

impl std::error::Error for Unread {}

impl serde::de::Error for Unread {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self
    }
}

struct Reader<'de> {
    text: &'de str,
    at: usize,
    depth: u8,
}

impl<'de> Reader<'de> {
    /// The byte at hand, behind any space. We write none, so it is looked for elsewhere.
    #[inline]
    fn next_byte(&mut self) -> Option<u8> {
        match self.text.as_bytes().get(self.at) {
            Some(byte) if *byte > b' ' => Some(*byte),
            _ => self.behind_space(),
        }
    }

    #[cold]
    fn behind_space(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.at)?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    #[inline]
    fn take(&mut self, wanted: u8) -> Result<(), Unread> {
        if self.next_byte() == Some(wanted) {
            self.at += 1;
            return Ok(());
        }
        Err(Unread)
    }

    fn word(&mut self, word: &str) -> Result<(), Unread> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(Unread);
        }
        self.at += word.len();
        Ok(())
    }

    /// Whether another item or field follows, before `end`; it is taken too.
    fn goes_on(&mut self, is_first: &mut bool, end: u8) -> Result<bool, Unread> {
        let byte = self.next_byte().ok_or(Unread)?;
        if byte == end {
            self.at += 1;
            self.depth = self.depth.saturating_sub(1);
            return Ok(false);
        }
        if std::mem::take(is_first) {
            return Ok(true);
        }
        self.take(b',')?;
        // No comma stands before an end.
        if self.next_byte() == Some(end) { Err(Unread) } else { Ok(true) }
    }

    fn open(&mut self, bracket: u8) -> Result<(), Unread> {
        self.take(bracket)?;
        self.depth += 1;
        if self.depth > MOST_DEPTH { Err(Unread) } else { Ok(()) }
    }

    fn object<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unread> {
        self.open(b'{')?;
        let depth = self.depth;
        let value = visitor.visit_map(Entries { reader: self, is_first: true })?;
        self.ended(depth, b'}', value)
    }

    fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unread> {
        self.open(b'[')?;
        let depth = self.depth;
        let value = visitor.visit_seq(Items { reader: self, is_first: true })?;
        self.ended(depth, b']', value)
    }

    /// The value that was opened at this depth. A visitor who knows how much there is has not asked for more.
    fn ended<T>(&mut self, depth: u8, end: u8, value: T) -> Result<T, Unread> {
        if self.depth >= depth {
            self.take(end)?;
            self.depth = depth.saturating_sub(1);
        }
        Ok(value)
    }
}

/// Where a type says what it wants, little code serves; `deserialize_any` would bring all of it to each place.
macro_rules! whole_numbers {
    ($($name:ident)+) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
            match self.next_byte() {
                Some(b'0'..=b'9' | b'-') => self.number(visitor),
                _ => Err(Unread),
            }
        }
    )+};
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.next_byte().ok_or(Unread)? {
            b'"' => self.string(visitor),
            b'{' => self.object(visitor),
            b'[' => self.list(visitor),
            b't' => self.word("true").and_then(|()| visitor.visit_bool(true)),
            b'f' => self.word("false").and_then(|()| visitor.visit_bool(false)),
            b'n' => self.word("null").and_then(|()| visitor.visit_unit()),
            _ => self.number(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.next_byte() {
            Some(b't') => self.word("true").and_then(|()| visitor.visit_bool(true)),
            Some(b'f') => self.word("false").and_then(|()| visitor.visit_bool(false)),
            _ => Err(Unread),
        }
    }

    whole_numbers! { deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_i64 }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        if self.next_byte() == Some(b'[') { self.list(visitor) } else { Err(Unread) }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        if self.next_byte() == Some(b'"') { self.string(visitor) } else { Err(Unread) }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        if self.next_byte() == Some(b'n') {
            self.word("null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        self.open(b'{')?;
        let depth = self.depth;
        let value =
            visitor.visit_map(Fields { reader: &mut *self, names: fields, next: 0, is_first: true })?;
        self.ended(depth, b'}', value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        if self.next_byte() == Some(b'"') {
            return visitor.visit_enum(self.key()?);
        }
        self.open(b'{')?;
        let value = visitor.visit_enum(Variant { reader: &mut *self })?;
        self.ended(self.depth, b'}', value)
    }

    /// `serde_json` takes what it has here as a text, and bytes otherwise.
    fn deserialize_bytes<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unread> {
        Err(Unread)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unread> {
        Err(Unread)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u128 f32 f64 char unit unit_struct tuple tuple_struct map identifier ignored_any
    }
}
