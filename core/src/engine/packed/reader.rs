//! Reads the row of a packed value again, for those who make objects of it.

use super::{
    BITS, END, FALSE, FAR, FIRST_NUMBER, FIRST_TEXT, LIST, MAP, NULL, NUMBER, OBJECT, Packed, TRUE, WIDE,
};

/// What stands next in a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Token {
    Null,
    Flag(bool),
    Whole(u32),
    /// The number that the text at this place says.
    Number(usize),
    /// The text at this place.
    Text(usize),
    /// So many values follow.
    List(usize),
    /// So many pairs of a text and a value follow.
    Map(usize),
    /// The values of the fields of the shape with this number follow.
    Object(usize),
}

/// The rest of a row.
#[derive(Clone, Debug)]
pub struct Tokens<'p>(std::slice::Iter<'p, u16>);

impl Packed {
    /// What somebody has packed by other means, as a test does.
    pub fn of(texts: String, shapes: Vec<String>, row: Vec<u16>) -> Self {
        Self { words: 0, texts, shapes, row }
    }

    /// Each text of the table, in the order of their places, which begin behind those of the words.
    pub fn each_text(&self) -> impl Iterator<Item = &str> {
        self.texts().split_terminator(END)
    }

    /// The fields of each shape that the reader does not know.
    pub fn each_shape(&self) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        self.shapes().iter().map(|shape| names(shape))
    }

    /// All that the row says, from its beginning.
    pub fn tokens(&self) -> Tokens<'_> {
        Tokens(self.row().iter())
    }
}

/// The names of the fields of a shape.
pub(super) fn names(shape: &str) -> impl Iterator<Item = &str> + Clone {
    shape.split_terminator(',')
}

impl<'p> Tokens<'p> {
    /// The next values as they stand in the row, if each of them is null, true, false, or a text or number that takes
    /// one place. What stands there in the same way is the same.
    pub fn single(&self, count: usize) -> Option<&'p [u16]> {
        let values = self.0.as_slice().get(..count)?;
        values.iter().all(|code| *code <= FALSE || *code >= FIRST_NUMBER).then_some(values)
    }

    /// Goes on behind so many of those.
    pub fn skip_single(&mut self, count: usize) {
        self.0 = self.0.as_slice().get(count..).unwrap_or_default().iter();
    }

    fn code(&mut self) -> Option<u16> {
        self.0.next().copied()
    }

    fn long(&mut self) -> Option<u32> {
        let (low, high) = (self.code()?, self.code()?);
        Some(u32::from(low) | u32::from(high) << BITS)
    }

    fn count(&mut self) -> Option<usize> {
        usize::try_from(self.long()?).ok()
    }

    fn number(&mut self) -> Option<Token> {
        match self.next()? {
            Token::Text(place) => Some(Token::Number(place)),
            _ => None,
        }
    }
}

/// None at the end, and where there is something that nobody has packed.
impl Iterator for Tokens<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        let code = self.code()?;
        if let Some(place) = code.checked_sub(FIRST_TEXT) {
            return Some(Token::Text(place.into()));
        }
        if let Some(number) = code.checked_sub(FIRST_NUMBER) {
            return Some(Token::Whole(number.into()));
        }
        Some(match code {
            NULL => Token::Null,
            TRUE => Token::Flag(true),
            FALSE => Token::Flag(false),
            NUMBER => return self.number(),
            LIST => Token::List(self.count()?),
            OBJECT => Token::Object(self.code()?.into()),
            MAP => Token::Map(self.count()?),
            FAR => Token::Text(self.count()?),
            WIDE => Token::Whole(self.long()?),
            _ => return None,
        })
    }
}
