//! The table of texts: one that was met lately is found again, so that it stands there once.

use std::fmt::{Display, Write};

use serde::ser::Error as _;

use super::{END, MOST, Unpackable};

/// Longer texts are seldom met twice.
const LONGEST: usize = 64;

pub(super) struct Texts {
    all: String,
    /// Where each text begins.
    starts: Vec<u32>,
    /// The place behind that of the text that was met last with a hash that ends so; 0 is none. A text that another
    /// one has pushed out stands in the table twice, which costs room alone.
    met: Vec<u32>,
}

impl Texts {
    /// With room for what takes so many bytes as JSON.
    pub(super) fn with_room(room: usize) -> Self {
        let met = (room / 32).next_power_of_two().clamp(64, 1 << 13);
        Self { all: String::with_capacity(room / 4), starts: Vec::with_capacity(room / 64), met: vec![0; met] }
    }

    /// The place of a text.
    pub(super) fn place(&mut self, text: &str) -> Result<u32, Unpackable> {
        if let Some(known) = self.known(text) {
            return Ok(known);
        }
        let start = self.all.len();
        self.all.push_str(text);
        self.end(start)
    }

    /// The place of what is written so.
    pub(super) fn place_of(&mut self, value: &(impl Display + ?Sized)) -> Result<u32, Unpackable> {
        let start = self.all.len();
        write!(self.all, "{value}").map_err(Unpackable::custom)?;
        let mut all = std::mem::take(&mut self.all);
        let known = all.get(start..).and_then(|text| self.known_in(&all, text));
        if known.is_some() {
            all.truncate(start);
        }
        self.all = all;
        known.map_or_else(|| self.end(start), Ok)
    }

    /// All of it, if no text holds what ends one.
    pub(super) fn whole(self) -> Result<String, Unpackable> {
        if self.all.bytes().filter(|byte| *byte == 0).count() == self.starts.len() {
            Ok(self.all)
        } else {
            Err(Unpackable::custom("a text has the character 0"))
        }
    }

    /// Takes what was written since `start` as a text of its own.
    fn end(&mut self, start: usize) -> Result<u32, Unpackable> {
        let full = || Unpackable::custom("too many texts");
        let place = u32::try_from(self.starts.len()).ok().filter(|place| *place < MOST).ok_or_else(full)?;
        if let Some(text) = self.all.get(start..).filter(|text| text.len() <= LONGEST) {
            let slot = slot(text, self.met.len());
            if let Some(met) = self.met.get_mut(slot) {
                *met = place + 1;
            }
        }
        self.starts.push(u32::try_from(start).map_err(|_| full())?);
        self.all.push(END);
        Ok(place)
    }

    fn known(&self, text: &str) -> Option<u32> {
        self.known_in(&self.all, text)
    }

    fn known_in(&self, all: &str, text: &str) -> Option<u32> {
        if text.len() > LONGEST {
            return None;
        }
        let place = self.met.get(slot(text, self.met.len()))?.checked_sub(1)?;
        let start = usize::try_from(*self.starts.get(usize::try_from(place).ok()?)?).ok()?;
        let there = all.as_bytes().get(start..)?.strip_prefix(text.as_bytes())?;
        (there.first() == Some(&0)).then_some(place)
    }
}

/// Where a text is looked for. Whoever makes texts that fall together makes the table longer, and nothing slower.
fn slot(text: &str, slots: usize) -> usize {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    let mut hash = (text.len() as u64).wrapping_mul(MIX);
    for eight in eights.iter().chain([&last]) {
        hash = (hash.rotate_left(23) ^ u64::from_le_bytes(*eight)).wrapping_mul(MIX);
    }
    // The high bits have seen all of the text.
    usize::try_from(hash >> 32).unwrap_or_default() & (slots - 1)
}
