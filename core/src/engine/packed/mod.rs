//! Values as a table of texts and a row of numbers, for a language whose own reader of JSON takes most of the time.
//!
//! A text that stands in many places is in the table once. An object names its shape, which is the list of its fields,
//! and gives their values in that order; the shapes that the reader knows beforehand have their numbers from it. What
//! this form does not hold is written as JSON by who asked for it.
//!
//! The row: a number below [`FIRST_NUMBER`] says what follows; one below [`FIRST_TEXT`] is the whole number that is so
//! much above [`FIRST_NUMBER`]; any other is the text at that place of the table. All of them fit 14 bits, so that two
//! characters of ASCII carry one.

mod nested;
mod reader;
mod shapes;
mod spelled;
#[cfg(test)]
mod tests;
mod texts;
mod writer;

use serde::Serialize;

pub use reader::{Token, Tokens};
use shapes::{Known, Shapes};
use texts::{Table, Texts};
use writer::Writer;

/// What stands behind each text of the table. A value whose texts hold one is not packed.
const END: char = '\0';

const NULL: u16 = 0;
const TRUE: u16 = 1;
const FALSE: u16 = 2;
/// The value is the number that the text says which follows.
const NUMBER: u16 = 3;
/// So many values follow, as two numbers of 14 bits, the low one first.
const LIST: u16 = 4;
/// A shape follows, then the values of its fields.
const OBJECT: u16 = 5;
/// So many pairs of a text and a value follow, counted as those of a list are.
const MAP: u16 = 6;
/// A text at the place that two numbers of 14 bits say, the low one first.
const FAR: u16 = 7;
/// A whole number, in two numbers of 14 bits, the low one first.
const WIDE: u16 = 8;
const FIRST_NUMBER: u16 = 16;
const FIRST_TEXT: u16 = 4096;
/// What one number of the row holds.
const BITS: u32 = 14;
const MASK: u32 = (1 << BITS) - 1;
/// Tables and lists have fewer entries than this.
const MOST: u32 = 1 << (2 * BITS);
/// More are not worth the search for them.
const MOST_WORDS: usize = 1024;

/// Texts that a reader has before a value comes, by their places, which are those before the first of its own: what
/// stands in all answers of a price book crosses once.
#[derive(Clone, Debug, Default)]
pub struct Words(Table);

impl Words {
    /// Of the first of these texts, each once, without those that are long.
    pub fn new(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        Self(Table::of(texts.into_iter().take(MOST_WORDS)))
    }

    /// Each word, in the order of their places.
    pub fn each(&self) -> impl Iterator<Item = &str> {
        self.0.all().split_terminator(END)
    }
}

/// A value in this form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Packed {
    /// How many words the reader has.
    words: u32,
    texts: String,
    shapes: Vec<String>,
    row: Vec<u16>,
}

/// Why a value is not packed: it is to be written as JSON.
#[derive(Debug, thiserror::Error)]
#[error("this value has no packed form: {0}")]
pub struct Unpackable(String);

impl serde::ser::Error for Unpackable {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Packs values for a reader that knows some shapes.
#[derive(Debug, Default)]
pub struct Packer(Known);

impl Packer {
    /// For a reader that knows these shapes by their places: the names of the fields, joined by commas.
    pub fn new<'s>(known: impl IntoIterator<Item = &'s str>) -> Self {
        Self(Known::new(known))
    }

    /// The value in packed form; `room` is about how many bytes its JSON would take.
    pub fn pack<T: Serialize + ?Sized>(&self, value: &T, room: usize) -> Result<Packed, Unpackable> {
        self.pack_beside(&Words::default(), value, room)
    }

    /// The same for a reader that has these words.
    pub fn pack_beside<T: Serialize + ?Sized>(
        &self,
        words: &Words,
        value: &T,
        room: usize,
    ) -> Result<Packed, Unpackable> {
        let (texts, shapes) = (Texts::with_room(room, &words.0), Shapes::new(&self.0));
        let mut writer = Writer { texts, shapes, row: Vec::with_capacity(room / 8) };
        value.serialize(&mut writer)?;
        let Writer { texts, shapes, row } = writer;
        Ok(Packed { words: words.0.count(), texts: texts.whole(), shapes: shapes.said(), row })
    }
}

impl Packed {
    /// The texts, each with the character 0 behind it, which none of them holds.
    pub fn texts(&self) -> &str {
        &self.texts
    }

    /// The shapes that the reader does not know, numbered behind those that it knows: the names of their fields, joined
    /// by commas.
    pub fn shapes(&self) -> &[String] {
        &self.shapes
    }

    /// What the value is made of, each below 2 to the power of 14.
    pub fn row(&self) -> &[u16] {
        &self.row
    }
}
