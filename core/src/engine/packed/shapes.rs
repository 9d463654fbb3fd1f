//! The shapes of objects: which fields they have, in the order in which they write them.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use serde::ser::Error as _;

use super::{MASK, Unpackable};

/// What stands between the names of fields.
const SEPARATOR: &str = ",";

/// A tree of fields: each way from the root is the beginning of a shape.
#[derive(Debug)]
struct Tree {
    /// The first is none: what stands before the first field of an object.
    fields: Vec<Field>,
}

#[derive(Debug, Default)]
struct Field {
    name: Box<str>,
    /// Where in memory the name was that was last found to be this one. A name of the code is at one place for good, so
    /// that it is known again without a look at its letters.
    met: AtomicUsize,
    before: usize,
    /// One that may stand in its place; 0 is none, here and below.
    other: usize,
    /// One that may stand behind it.
    next: usize,
    /// The number of the shape that ends with it.
    shape: Option<u16>,
}

impl Default for Tree {
    fn default() -> Self {
        Self { fields: vec![Field::default()] }
    }
}

impl Field {
    /// Two names at one place have one length or another.
    fn was_met_as(&self, name: &'static str) -> bool {
        self.met.load(Relaxed) == name.as_ptr().addr() && self.name.len() == name.len()
    }
}

impl Tree {
    /// The first that may stand behind another, if it was met by this very name; most have no other.
    fn likely(&self, before: usize, name: &'static str) -> Option<usize> {
        let place = self.fields.get(before)?.next;
        self.fields.get(place).filter(|field| place != 0 && field.was_met_as(name))?;
        Some(place)
    }

    fn after(&self, before: usize, name: &str) -> Option<usize> {
        let mut place = self.fields.get(before)?.next;
        while let Some(field) = self.fields.get(place).filter(|_| place != 0) {
            if *field.name == *name {
                return Some(place);
            }
            place = field.other;
        }
        None
    }

    /// The same, with a field that is added if it is not there.
    fn grown(&mut self, before: usize, name: &str) -> usize {
        if let Some(known) = self.after(before, name) {
            return known;
        }
        let place = self.fields.len();
        let other =
            self.fields.get_mut(before).map_or(0, |before| std::mem::replace(&mut before.next, place));
        self.fields.push(Field { name: name.into(), before, other, ..Field::default() });
        place
    }

    fn way_to(&self, last: usize) -> Vec<&str> {
        let mut names = Vec::new();
        let mut here = last;
        while let Some(field) = self.fields.get(here).filter(|_| here != 0) {
            names.push(&*field.name);
            here = field.before;
        }
        names.reverse();
        names
    }
}

/// The shapes that a reader knows by their numbers.
#[derive(Debug, Default)]
pub(super) struct Known {
    tree: Tree,
    /// First fields with their places, by name: there are hundreds, and few fields that may stand behind another.
    firsts: Vec<(Box<str>, usize)>,
    /// The places of first fields that were met, where the place of their name in memory says.
    met: Vec<AtomicUsize>,
    count: usize,
}

/// A power of two, and more than there are first fields in one reply.
const MET: usize = 128;

impl Known {
    pub(super) fn new<'s>(shapes: impl IntoIterator<Item = &'s str>) -> Self {
        let mut known = Self::default();
        for (number, shape) in (0..).zip(shapes) {
            let last = shape.split(SEPARATOR).fold(0, |before, name| known.tree.grown(before, name));
            if let Some(last) = known.tree.fields.get_mut(last) {
                last.shape = Some(number);
            }
            known.count += 1;
        }
        let firsts = known.tree.fields.iter().enumerate().skip(1).filter(|(_, field)| field.before == 0);
        known.firsts = firsts.map(|(place, field)| (field.name.clone(), place)).collect();
        known.firsts.sort_unstable();
        known.met = std::iter::repeat_with(AtomicUsize::default).take(MET).collect();
        known
    }

    fn after(&self, before: usize, name: &'static str) -> Option<usize> {
        if before == 0 {
            return self.first(name);
        }
        if let Some(likely) = self.tree.likely(before, name) {
            return Some(likely);
        }
        let place = self.tree.after(before, name)?;
        self.tree.fields.get(place)?.met.store(name.as_ptr().addr(), Relaxed);
        Some(place)
    }

    fn first(&self, name: &'static str) -> Option<usize> {
        let near = name.as_ptr().addr();
        let met = self.met.get((near ^ near >> 7) & (MET - 1))?;
        let place = met.load(Relaxed);
        if place != 0 && self.tree.fields.get(place)?.was_met_as(name) {
            return Some(place);
        }
        let found = self.firsts.binary_search_by(|(known, _)| (**known).cmp(name)).ok()?;
        let place = self.firsts.get(found)?.1;
        met.store(place, Relaxed);
        self.tree.fields.get(place)?.met.store(name.as_ptr().addr(), Relaxed);
        Some(place)
    }
}

/// How far an object has been written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    Known(usize),
    /// The reader knows no shape that begins so.
    Unknown(usize),
}

/// Before the first field.
pub(super) const START: Way = Way::Known(0);

/// The shapes of one value.
#[derive(Debug)]
pub(super) struct Shapes<'k> {
    known: &'k Known,
    unknown: Tree,
    /// The fields of shapes that the reader does not know, in the order of their numbers.
    said: Vec<String>,
}

impl<'k> Shapes<'k> {
    pub(super) fn new(known: &'k Known) -> Self {
        Self { known, unknown: Tree { fields: Vec::new() }, said: Vec::new() }
    }

    /// The way on by a field.
    pub(super) fn after(&mut self, way: Way, name: &'static str) -> Result<Way, Unpackable> {
        if let Way::Known(before) = way
            && let Some(place) = self.known.after(before, name)
        {
            return Ok(Way::Known(place));
        }
        if name.contains(SEPARATOR) {
            return Err(Unpackable::custom("a field with a comma in its name"));
        }
        let before = self.left(way);
        Ok(Way::Unknown(self.unknown.grown(before, name)))
    }

    /// The number of the shape that ends here.
    pub(super) fn ending(&mut self, way: Way) -> Result<u16, Unpackable> {
        if let Way::Known(last) = way
            && let Some(number) = self.known.tree.fields.get(last).and_then(|last| last.shape)
        {
            return Ok(number);
        }
        let last = self.left(way);
        if let Some(number) = self.unknown.fields.get(last).and_then(|last| last.shape) {
            return Ok(number);
        }
        let free = u16::try_from(self.known.count + self.said.len()).ok();
        let number = free.filter(|number| u32::from(*number) <= MASK);
        let number = number.ok_or_else(|| Unpackable::custom("too many shapes"))?;
        self.said.push(self.unknown.way_to(last).join(SEPARATOR));
        if let Some(last) = self.unknown.fields.get_mut(last) {
            last.shape = Some(number);
        }
        Ok(number)
    }

    /// The same way among those that the reader does not know.
    fn left(&mut self, way: Way) -> usize {
        if self.unknown.fields.is_empty() {
            self.unknown = Tree::default();
        }
        match way {
            Way::Unknown(place) => place,
            Way::Known(place) => {
                let names = self.known.tree.way_to(place);
                names.into_iter().fold(0, |before, name| self.unknown.grown(before, name))
            }
        }
    }

    /// The shapes of this value that the reader does not know.
    pub(super) fn said(self) -> Vec<String> {
        self.said
    }
}
