//! The texts of a value: one that was met lately is found again, so that it stands in the table once.

use std::fmt::{Display, Write};

use serde::ser::Error as _;

use super::{END, MOST, Unpackable};
use crate::engine::short::is_same;

/// Longer texts are seldom met twice.
const LONGEST: usize = 64;

/// The texts of one value: those that its reader has already, and those that it is told.
pub(super) struct Texts<'w> {
    words: &'w Table,
    /// The place behind the last of the words.
    first: u32,
    told: Table,
}

impl<'w> Texts<'w> {
    /// With room for what takes so many bytes as JSON.
    pub(super) fn with_room(room: usize, words: &'w Table) -> Self {
        let met = (room / 32).next_power_of_two().clamp(128, 1 << 13);
        let told = Table {
            all: String::with_capacity(room / 4),
            starts: Vec::with_capacity(room / 64),
            met: vec![0; met],
        };
        Self { words, first: words.count(), told }
    }

    /// The place of a text.
    pub(super) fn place(&mut self, text: &str) -> Result<u32, Unpackable> {
        let hash = hash(text)?;
        if let Some(word) = self.words.find(hash, text) {
            return Ok(word);
        }
        let place = match self.told.find(hash, text) {
            Some(told) => told,
            None => self.told.add(hash, text)?,
        };
        self.behind_words(place)
    }

    /// The place of what is written so.
    pub(super) fn place_of(&mut self, value: &(impl Display + ?Sized)) -> Result<u32, Unpackable> {
        let start = self.told.all.len();
        write!(self.told.all, "{value}").map_err(Unpackable::custom)?;
        let text = self.told.all.get(start..).unwrap_or_default();
        let hash = hash(text)?;
        let (word, told) = (self.words.find(hash, text), self.told.find(hash, text));
        if word.or(told).is_some() {
            self.told.all.truncate(start);
        }
        match (word, told) {
            (Some(word), _) => Ok(word),
            (None, Some(told)) => self.behind_words(told),
            (None, None) => {
                let place = self.told.end(start, hash)?;
                self.behind_words(place)
            }
        }
    }

    fn behind_words(&self, place: u32) -> Result<u32, Unpackable> {
        self.first.checked_add(place).filter(|place| *place < MOST).ok_or_else(full)
    }

    /// All that the reader is told.
    pub(super) fn whole(self) -> String {
        self.told.all
    }
}

/// Texts by their places, of which one that was met lately is found again.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    all: String,
    /// Where each text begins.
    starts: Vec<u32>,
    /// The place behind that of the text that was met last with a hash that ends so; 0 is none. A text that another
    /// one has pushed out stands in the table twice, which costs room alone.
    met: Vec<u32>,
}

impl Table {
    /// A table of short texts, with room to find most of them.
    pub(super) fn of(texts: impl Iterator<Item = impl AsRef<str>>) -> Self {
        let mut table = Self::default();
        let texts: Vec<_> = texts.collect();
        table.met = vec![0; (8 * texts.len()).next_power_of_two()];
        for text in &texts {
            let text = text.as_ref();
            if let Ok(hash @ Some(_)) = hash(text)
                && table.find(hash, text).is_none()
            {
                // A table that is full has nothing more to add.
                let _ = table.add(hash, text);
            }
        }
        table
    }

    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.starts.len()).unwrap_or(MOST)
    }

    pub(super) fn all(&self) -> &str {
        &self.all
    }

    fn add(&mut self, hash: Option<u32>, text: &str) -> Result<u32, Unpackable> {
        let start = self.all.len();
        self.all.push_str(text);
        self.end(start, hash)
    }

    /// Takes what was written since `start` as a text of its own.
    fn end(&mut self, start: usize, hash: Option<u32>) -> Result<u32, Unpackable> {
        let place = self.count();
        if place >= MOST {
            return Err(full());
        }
        if let Some(met) = hash.map(|hash| self.slot(hash)).and_then(|slot| self.met.get_mut(slot)) {
            *met = place + 1;
        }
        self.starts.push(u32::try_from(start).map_err(|_| full())?);
        self.all.push(END);
        Ok(place)
    }

    fn find(&self, hash: Option<u32>, text: &str) -> Option<u32> {
        let place = self.met.get(self.slot(hash?))?.checked_sub(1)?;
        let start = usize::try_from(*self.starts.get(usize::try_from(place).ok()?)?).ok()?;
        let (there, behind) = self.all.as_bytes().get(start..)?.split_at_checked(text.len())?;
        (behind.first() == Some(&0) && is_same(there, text.as_bytes())).then_some(place)
    }

    /// Its length is a power of two, or nothing.
    fn slot(&self, hash: u32) -> usize {
        hash as usize & self.met.len().wrapping_sub(1)
    }
}

fn full() -> Unpackable {
    Unpackable::custom("too many texts")
}

/// What a text is looked for by; nothing if it is long. Whoever makes texts that fall together makes the table longer,
/// and nothing slower. A text that holds what ends one is refused.
fn hash(text: &str) -> Result<Option<u32>, Unpackable> {
    let bytes = text.as_bytes();
    let mut hash = Hash { mixed: bytes.len() as u64, zeros: 0 };
    let is_short = bytes.len() <= LONGEST;
    if !is_short {
        hash.zeros = u64::from(bytes.contains(&0));
    } else if let Some(tail) = bytes.last_chunk::<8>() {
        let (eights, _) = bytes.as_chunks::<8>();
        for eight in eights {
            hash.take(u64::from_le_bytes(*eight));
        }
        // The last eight overlap with those before.
        hash.take(u64::from_le_bytes(*tail));
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        hash.take(u64::from(first) << 32 | u64::from(last));
    } else {
        for byte in bytes {
            hash.take(u64::from_le_bytes([*byte; 8]));
        }
    }
    if hash.zeros != 0 {
        return Err(Unpackable::custom("a text has the character 0"));
    }
    // The high bits have seen all of the text.
    Ok(is_short.then_some(u32::try_from(hash.mixed >> 32).unwrap_or_default()))
}

struct Hash {
    mixed: u64,
    /// Not 0 if a byte was.
    zeros: u64,
}

impl Hash {
    const fn take(&mut self, part: u64) {
        const EACH: u64 = u64::from_le_bytes([1; 8]);
        self.mixed = (self.mixed.rotate_left(23) ^ part).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        // A byte from which one is taken that is not there borrows, which sets its high bit unless it was set before.
        self.zeros |= part.wrapping_sub(EACH) & !part & (EACH << 7);
    }
}
