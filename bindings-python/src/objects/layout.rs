//! Which fields of a record an object of a packed reply has: found out once for each of its shapes.

use std::rc::Rc;

use staffgate::engine::Packed;

use super::Fault;
use super::shape::Record;

/// The fields that are there, in the record's order; all of them are if it is empty.
#[derive(Clone)]
pub(super) struct Layout(Option<Rc<[bool]>>);

impl Layout {
    pub(super) const fn is_whole(&self) -> bool {
        self.0.is_none()
    }

    pub(super) fn has(&self, field: usize) -> bool {
        self.0.as_ref().is_none_or(|there| there.get(field).copied().unwrap_or_default())
    }
}

/// The shapes of one packed reply.
pub(super) struct Layouts<'a>(Vec<Said<'a>>);

struct Said<'a> {
    names: Vec<&'a str>,
    /// Most shapes are of one record.
    of: Vec<(&'a Record, Layout)>,
}

impl<'a> Layouts<'a> {
    pub(super) fn of(packed: &'a Packed) -> Self {
        Self(packed.each_shape().map(|names| Said { names: names.collect(), of: Vec::new() }).collect())
    }

    /// The first field of a shape.
    pub(super) fn first(&self, shape: usize) -> Option<&'a str> {
        self.0.get(shape)?.names.first().copied()
    }

    /// How a record stands in a shape, behind so many fields that are not its own.
    pub(super) fn of_record(
        &mut self,
        shape: usize,
        record: &'a Record,
        before: usize,
    ) -> Result<Layout, Fault> {
        let said = self.0.get_mut(shape).ok_or_else(|| Fault::of("a shape that is not known"))?;
        if let Some((_, layout)) = said.of.iter().find(|(known, _)| std::ptr::eq(*known, record)) {
            return Ok(layout.clone());
        }
        let layout = laid_out(said.names.get(before..).unwrap_or_default(), record)?;
        said.of.push((record, layout.clone()));
        Ok(layout)
    }
}

/// The fields have to stand in the record's order; those that may be left out are null then.
fn laid_out(names: &[&str], record: &Record) -> Result<Layout, Fault> {
    let mut names = names.iter().peekable();
    let mut there = Vec::with_capacity(record.fields.len());
    for field in &record.fields {
        let found = names.next_if(|name| **name == field.wire).is_some();
        if !found && !field.optional {
            return Err(Fault(format!("{} does not stand where it was expected", field.wire)));
        }
        there.push(found);
    }
    match names.next() {
        Some(name) => Err(Fault(format!("{name} does not stand where it was expected"))),
        None => Ok(Layout((!there.iter().all(|found| *found)).then(|| there.into()))),
    }
}
