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

/// What is likely to stand behind a field, in few bytes: an object is written by going from one of these to the next.
#[derive(Debug, Default)]
struct Step {
    /// Where in memory the name was that was last found to be that of the field at `to`. A name of the code is at one
    /// place for good, so that it is known again without a look at its letters.
    met: AtomicUsize,
    to: u32,
    /// Two names at one place have one length or another.
    length: u32,
}

#[derive(Debug, Default)]
struct Field {
    name: Box<str>,
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

impl Step {
    fn to(place: usize, fields: &[Field]) -> Self {
        let length = fields.get(place).and_then(|field| u32::try_from(field.name.len()).ok());
        let (to, length) = u32::try_from(place).ok().zip(length).unwrap_or_default();
        Self { met: AtomicUsize::default(), to, length }
    }

    fn by(&self, name: &'static str) -> Option<usize> {
        let is_it = self.met.load(Relaxed) == name.as_ptr().addr() && self.length as usize == name.len();
        (is_it && self.to != 0).then_some(self.to as usize)
    }

    fn meet(&self, name: &'static str) {
        self.met.store(name.as_ptr().addr(), Relaxed);
    }
}

impl Tree {
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
    /// By the place of a field, the way on to the first that may stand behind it; most have no other.
    steps: Vec<Step>,
    /// First fields with their places, by name: there are hundreds, and few fields that may stand behind another.
    firsts: Vec<(Box<str>, usize)>,
    /// The places in `firsts` of those that were met, where the place of their name in memory says.
    met: Vec<AtomicUsize>,
    /// The ways to the first fields, by their place in `firsts`.
    starts: Vec<Step>,
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
        let fields = &known.tree.fields;
        known.starts = known.firsts.iter().map(|(_, place)| Step::to(*place, fields)).collect();
        known.steps = fields.iter().map(|field| Step::to(field.next, fields)).collect();
        known.met = std::iter::repeat_with(AtomicUsize::default).take(MET).collect();
        known
    }

    fn after(&self, before: usize, name: &'static str) -> Option<usize> {
        if before == 0 {
            return self.first(name);
        }
        let step = self.steps.get(before)?;
        if let Some(likely) = step.by(name) {
            return Some(likely);
        }
        let place = self.tree.after(before, name)?;
        if place == step.to as usize {
            step.meet(name);
        }
        Some(place)
    }

    fn first(&self, name: &'static str) -> Option<usize> {
        let near = name.as_ptr().addr();
        let met = self.met.get((near ^ near >> 7) & (MET - 1))?;
        if let Some(place) = self.starts.get(met.load(Relaxed)).and_then(|start| start.by(name)) {
            return Some(place);
        }
        let found = self.firsts.binary_search_by(|(known, _)| (**known).cmp(name)).ok()?;
        met.store(found, Relaxed);
        self.starts.get(found)?.meet(name);
        Some(self.firsts.get(found)?.1)
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
