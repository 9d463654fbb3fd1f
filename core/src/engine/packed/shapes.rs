//! The shapes of objects: which fields they have, in the order in which they write them.

use serde::ser::Error as _;

use super::Unpackable;

/// What stands between the names of fields.
const SEPARATOR: &str = ",";

/// A tree of fields: each way from the root is the beginning of a shape.
#[derive(Default)]
pub(super) struct Shapes {
    fields: Vec<Field>,
    /// The last field of each shape; none for that without fields.
    ends: Vec<Option<u32>>,
    /// The first field after none.
    first: Option<u32>,
    bare: Option<u16>,
}

struct Field {
    name: &'static str,
    before: Option<u32>,
    /// One that may stand in its place.
    other: Option<u32>,
    /// One that may stand behind it.
    next: Option<u32>,
    /// The shape that ends with it.
    shape: Option<u16>,
}

impl Shapes {
    /// The way on by a field.
    pub(super) fn after(&mut self, before: Option<u32>, name: &'static str) -> Result<u32, Unpackable> {
        let first = match before {
            None => self.first,
            Some(before) => self.field(before).and_then(|field| field.next),
        };
        let mut found = first;
        while let Some((place, field)) = found.and_then(|place| Some((place, self.field(place)?))) {
            if field.name == name {
                return Ok(place);
            }
            found = field.other;
        }
        if name.contains(SEPARATOR) {
            return Err(Unpackable::custom("a field with a comma in its name"));
        }
        let place = u32::try_from(self.fields.len()).map_err(Unpackable::custom)?;
        self.fields.push(Field { name, before, other: first, next: None, shape: None });
        match before.and_then(|before| self.fields.get_mut(usize::try_from(before).ok()?)) {
            Some(before) => before.next = Some(place),
            None => self.first = Some(place),
        }
        Ok(place)
    }

    /// The shape whose last field this is.
    pub(super) fn ending(&mut self, last: Option<u32>) -> Result<u16, Unpackable> {
        let known = match last {
            None => self.bare,
            Some(last) => self.field(last).and_then(|field| field.shape),
        };
        if let Some(known) = known {
            return Ok(known);
        }
        let shape = u16::try_from(self.ends.len()).ok().filter(|shape| u32::from(*shape) <= super::MASK);
        let shape = shape.ok_or_else(|| Unpackable::custom("too many shapes"))?;
        self.ends.push(last);
        match last.and_then(|last| self.fields.get_mut(usize::try_from(last).ok()?)) {
            Some(last) => last.shape = Some(shape),
            None => self.bare = Some(shape),
        }
        Ok(shape)
    }

    /// The fields of each shape, joined by commas.
    pub(super) fn fields(&self) -> Vec<String> {
        self.ends.iter().map(|last| self.way_to(*last)).collect()
    }

    fn way_to(&self, last: Option<u32>) -> String {
        let mut names = Vec::new();
        let mut here = last.and_then(|last| self.field(last));
        while let Some(field) = here {
            names.push(field.name);
            here = field.before.and_then(|before| self.field(before));
        }
        names.reverse();
        names.join(SEPARATOR)
    }

    fn field(&self, place: u32) -> Option<&Field> {
        self.fields.get(usize::try_from(place).ok()?)
    }
}
