//! A reader that takes objects for structs and nothing else.
//!
//! Serde also reads a list as a struct, field by field in the order of the code. In an input that would be a wrong
//! type which is let in, and which changes its meaning when a field is added; so lists are refused there.
//!
//! Keys and places go to the trail, which knows where a fault is.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected, VariantAccess,
    Visitor,
};

use super::trail::{Piece, Trail};

/// Wraps what reads, visits or is read, all the way down.
pub(super) struct Strict<'t, 'de, T> {
    inner: T,
    trail: &'t Trail<'de>,
    is_key: bool,
}

impl<'t, 'de, T> Strict<'t, 'de, T> {
    pub(super) const fn new(inner: T, trail: &'t Trail<'de>) -> Self {
        Self { inner, trail, is_key: false }
    }

    const fn key(inner: T, trail: &'t Trail<'de>) -> Self {
        Self { inner, trail, is_key: true }
    }

    fn around<U>(&self, inner: U) -> Strict<'t, 'de, U> {
        Strict { inner, trail: self.trail, is_key: self.is_key }
    }
}

/// Wraps the visitor of a struct: it may see a map, not a list.
struct OfStruct<'t, 'de, V> {
    visitor: V,
    trail: &'t Trail<'de>,
}

macro_rules! forward {
    ($($name:ident $(($($arg:ident: $type:ty),+))?,)+) => {$(
        fn $name<V: Visitor<'de>>(self, $($($arg: $type,)+)? visitor: V) -> Result<V::Value, D::Error> {
            let visitor = self.around(visitor);
            self.inner.$name($($($arg,)+)? visitor)
        }
    )+};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<'_, 'de, D> {
    type Error = D::Error;

    forward! {
        deserialize_any, deserialize_bool, deserialize_i8, deserialize_i16, deserialize_i32, deserialize_i64,
        deserialize_u8, deserialize_u16, deserialize_u32, deserialize_u64, deserialize_f32, deserialize_f64,
        deserialize_char, deserialize_str, deserialize_string, deserialize_bytes, deserialize_byte_buf,
        deserialize_option, deserialize_unit, deserialize_seq, deserialize_map, deserialize_identifier,
        deserialize_ignored_any,
        deserialize_enum(name: &'static str, variants: &'static [&'static str]),
        deserialize_newtype_struct(name: &'static str),
        deserialize_unit_struct(name: &'static str),
        deserialize_tuple(len: usize),
        deserialize_tuple_struct(name: &'static str, len: usize),
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_struct(name, fields, OfStruct { visitor, trail: self.trail })
    }
}

macro_rules! visit {
    ($($name:ident: $type:ty,)+) => {$(
        fn $name<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.inner.$name(value)
        }
    )+};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Strict<'_, 'de, V> {
    type Value = V::Value;

    visit! {
        visit_bool: bool,
        visit_i64: i64,
        visit_u64: u64,
        visit_f64: f64,
    }

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<V::Value, E> {
        if self.is_key {
            self.trail.note(Cow::Owned(value.to_owned()));
        }
        self.inner.visit_str(value)
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<V::Value, E> {
        if self.is_key {
            self.trail.note(Cow::Borrowed(value));
        }
        self.inner.visit_borrowed_str(value)
    }

    fn visit_string<E: Error>(self, value: String) -> Result<V::Value, E> {
        if self.is_key {
            self.trail.note(Cow::Owned(value.clone()));
        }
        self.inner.visit_string(value)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        let deserializer = self.around(deserializer);
        self.inner.visit_some(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        let deserializer = self.around(deserializer);
        self.inner.visit_newtype_struct(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(Items { inner: items, trail: self.trail, next: 0 })
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Fields { inner: fields, trail: self.trail, key: None })
    }

    fn visit_enum<A: EnumAccess<'de>>(self, variant: A) -> Result<V::Value, A::Error> {
        self.inner.visit_enum(Strict::new(variant, self.trail))
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for OfStruct<'_, 'de, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(Fields { inner: fields, trail: self.trail, key: None })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<V::Value, A::Error> {
        Err(A::Error::invalid_type(Unexpected::Seq, &"an object"))
    }
}

impl<'de, T: DeserializeSeed<'de>> DeserializeSeed<'de> for Strict<'_, 'de, T> {
    type Value = T::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T::Value, D::Error> {
        let deserializer = self.around(deserializer);
        self.inner.deserialize(deserializer)
    }
}

/// The items of a list, counted.
struct Items<'t, 'de, A> {
    inner: A,
    trail: &'t Trail<'de>,
    next: usize,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Items<'_, 'de, A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        let index = self.next;
        self.next += 1;
        let item = self.inner.next_element_seed(Strict::new(seed, self.trail));
        if item.is_err() {
            self.trail.out(Piece::Index(index));
        }
        item
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

/// The fields of an object; the key of the one that is being read.
struct Fields<'t, 'de, A> {
    inner: A,
    trail: &'t Trail<'de>,
    key: Option<Cow<'de, str>>,
}

impl<'de, A: MapAccess<'de>> Fields<'_, 'de, A> {
    fn fault(&mut self) {
        if let Some(key) = self.key.take() {
            self.trail.out(Piece::Name(key));
        }
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Fields<'_, 'de, A> {
    type Error = A::Error;

    fn next_key_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        let key = self.inner.next_key_seed(Strict::key(seed, self.trail));
        self.key = self.trail.last_key();
        if key.is_err() {
            self.fault();
        }
        key
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        let value = self.inner.next_value_seed(Strict::new(seed, self.trail));
        if value.is_err() {
            self.fault();
        }
        value
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

/// What a variant holds, with the variant's name.
pub(super) struct Variant<'t, 'de, A> {
    content: A,
    trail: &'t Trail<'de>,
    name: Option<Cow<'de, str>>,
}

impl<'de, A> Variant<'_, 'de, A> {
    fn told<T, E>(trail: &Trail<'de>, name: Option<Cow<'de, str>>, read: Result<T, E>) -> Result<T, E> {
        if let (Err(_), Some(name)) = (&read, name) {
            trail.out(Piece::Name(name));
        }
        read
    }
}

impl<'t, 'de, A: EnumAccess<'de>> EnumAccess<'de> for Strict<'t, 'de, A> {
    type Error = A::Error;
    type Variant = Variant<'t, 'de, A::Variant>;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self::Variant), A::Error> {
        let (value, content) = self.inner.variant_seed(Strict::key(seed, self.trail))?;
        Ok((value, Variant { content, trail: self.trail, name: self.trail.last_key() }))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Variant<'_, 'de, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        let Self { content, trail, name } = self;
        Self::told(trail, name, content.unit_variant())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, A::Error> {
        let Self { content, trail, name } = self;
        Self::told(trail, name, content.newtype_variant_seed(Strict::new(seed, trail)))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        let Self { content, trail, name } = self;
        Self::told(trail, name, content.tuple_variant(len, Strict::new(visitor, trail)))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        let Self { content, trail, name } = self;
        Self::told(trail, name, content.struct_variant(fields, OfStruct { visitor, trail }))
    }
}
