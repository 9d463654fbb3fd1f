//! Texts, keys and numbers.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserializer, Visitor};

use super::{Reader, Unread};
use crate::engine::json::escaped;
use crate::engine::short::is_same;

/// A number of so many digits fits any of 64 bits.
const SURE_DIGITS: usize = 18;

impl<'de> Reader<'de> {
    /// The text at hand; its quote is there.
    pub(super) fn string<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unread> {
        let start = self.at;
        let end = self.plain_end(start + 1)?;
        if self.text.as_bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
            return visitor.visit_borrowed_str(self.text.get(start + 1..end).ok_or(Unread)?);
        }
        let end = self.escaped_end(end)?;
        self.at = end + 1;
        let quoted = self.text.get(start..=end).ok_or(Unread)?;
        visitor.visit_string(serde_json::from_str(quoted).map_err(|_| Unread)?)
    }

    /// A key as a text. One with an escape is left to the other reader.
    pub(super) fn key(&mut self) -> Result<BorrowedStrDeserializer<'de, Unread>, Unread> {
        self.take(b'"')?;
        let (start, end) = (self.at, self.plain_end(self.at)?);
        self.at = end;
        self.take(b'"')?;
        Ok(BorrowedStrDeserializer::new(self.text.get(start..end).ok_or(Unread)?))
    }

    /// Which of these the key at hand is; it is taken then.
    #[inline]
    pub(super) fn key_among(&mut self, names: &[&str]) -> Option<usize> {
        let quoted = self.text.as_bytes().get(self.at..)?;
        let (b'"', key) = quoted.split_first()? else { return None };
        for (place, name) in names.iter().enumerate() {
            if begins_with(key, name.as_bytes()) {
                self.at += name.len() + 2;
                return Some(place);
            }
        }
        None
    }

    /// Where the first byte stands that is not itself: a quote, a backslash or a control character.
    fn plain_end(&self, start: usize) -> Result<usize, Unread> {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
            let found = escaped(*eight);
            if found != 0 {
                // The lowest bit is that of the first; those above it may be there for its sake.
                return Ok(at + usize::try_from(found.trailing_zeros() / 8).unwrap_or_default());
            }
            at += 8;
        }
        let rest = bytes.get(at..).ok_or(Unread)?;
        let ahead = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..b' ')).ok_or(Unread)?;
        Ok(at + ahead)
    }

    /// Where a text ends in which something is escaped, first at `at`.
    fn escaped_end(&self, mut at: usize) -> Result<usize, Unread> {
        loop {
            match self.text.as_bytes().get(at).ok_or(Unread)? {
                b'"' => return Ok(at),
                // What is escaped may be a quote.
                b'\\' => at = self.plain_end(at + 2)?,
                _ => return Err(Unread),
            }
        }
    }

    pub(super) fn number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unread> {
        let rest = self.text.as_bytes().get(self.at..).ok_or(Unread)?;
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        let digits = rest.get(..length).ok_or(Unread)?;
        let whole = self.text.get(self.at..self.at + length).ok_or(Unread)?;
        self.at += length;
        match digits {
            [b'0'] => visitor.visit_u64(0),
            [b'1'..=b'9', ..] if length <= SURE_DIGITS && digits.iter().all(u8::is_ascii_digit) => {
                let value = digits.iter().fold(0, |value, digit| value * 10 + u64::from(digit - b'0'));
                visitor.visit_u64(value)
            }
            [] => Err(Unread),
            // A fraction, an exponent, a sign or very many digits.
            _ => rare(whole, visitor).map_err(|_| Unread),
        }
    }
}

/// Whether this name and its closing quote stand at the beginning.
#[inline]
fn begins_with(key: &[u8], name: &[u8]) -> bool {
    let Some((begin, rest)) = key.split_at_checked(name.len()) else { return false };
    rest.first() == Some(&b'"') && is_same(begin, name)
}

fn rare<'de, V: Visitor<'de>>(number: &'de str, visitor: V) -> Result<V::Value, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(number);
    let value = reader.deserialize_any(visitor)?;
    reader.end().map(|()| value)
}
