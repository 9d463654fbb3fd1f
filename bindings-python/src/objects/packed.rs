//! A packed reply becomes the object of a shape: each text of its table, and each small record, is made once.

use std::convert::Infallible;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyList, PyTuple};
use staffgate::engine::{Packed, Token, Tokens};

use super::Fault;
use super::alike::Alike;
use super::layout::{Layout, Layouts};
use super::shape::{Record, Shape};
use super::table::Table;

/// The object of this shape that a packed reply is.
pub(crate) fn unpacked<'py>(
    py: Python<'py>,
    packed: &Packed,
    shape: &Shape,
) -> Result<Bound<'py, PyAny>, Fault> {
    let mut walker = Walker {
        py,
        tokens: packed.tokens(),
        table: Table::of(py, packed),
        layouts: Layouts::of(packed),
        alike: Alike::default(),
        stack: Vec::new(),
    };
    walker.value(shape)
}

struct Walker<'a, 'py> {
    py: Python<'py>,
    tokens: Tokens<'a>,
    table: Table<'a, 'py>,
    layouts: Layouts<'a>,
    alike: Alike<'a, 'py>,
    /// The values of objects that are not whole yet, those of inner ones above those of outer ones.
    stack: Vec<Bound<'py, PyAny>>,
}

type Done<'py> = Result<Bound<'py, PyAny>, Fault>;

fn misplaced<T>(token: Token, shape: &Shape) -> Result<T, Fault> {
    let expected = match shape {
        Shape::Text => "a text",
        Shape::Whole => "a whole number",
        Shape::Flag => "true or false",
        Shape::Made(_) => "a text of its own kind",
        Shape::List(_) | Shape::Tuple(_) => "a list",
        Shape::Map(_) => "a map",
        Shape::Record(_) | Shape::Union { .. } => "an object",
    };
    Err(Fault(format!("{token:?} stands where {expected} was expected")))
}

impl<'a, 'py> Walker<'a, 'py> {
    fn value(&mut self, shape: &'a Shape) -> Done<'py> {
        let token = self.next()?;
        match (token, shape) {
            (Token::Null, _) => Ok(self.none()),
            (Token::Text(place), Shape::Made(maker)) => self.table.made(place, maker),
            (Token::Text(place), Shape::Text) => self.table.text(place),
            (Token::Whole(number), Shape::Whole) => Ok(self.whole(number)),
            (Token::Object(number), Shape::Record(record)) => self.object(number, record),
            (Token::List(count), Shape::Tuple(item)) => {
                let base = self.items(count, item)?;
                Ok(PyTuple::new(self.py, self.stack.drain(base..))?.into_any())
            }
            (Token::List(count), Shape::List(item)) => {
                let base = self.items(count, item)?;
                Ok(PyList::new(self.py, self.stack.drain(base..))?.into_any())
            }
            (Token::Flag(flag), Shape::Flag) => Ok(PyBool::new(self.py, flag).to_owned().into_any()),
            (Token::Number(place), Shape::Whole) => self.far_number(place),
            (Token::Object(number), Shape::Union { tag, records }) => self.tagged(number, tag, records),
            (Token::Map(count), Shape::Map(value)) => self.map(count, value),
            (Token::Map(count), Shape::Record(record)) => self.spelled(count, record),
            _ => misplaced(token, shape),
        }
    }

    fn next(&mut self) -> Result<Token, Fault> {
        self.tokens.next().ok_or_else(|| Fault::of("a packed reply ends too early"))
    }

    fn none(&self) -> Bound<'py, PyAny> {
        self.py.None().into_bound(self.py)
    }

    fn whole(
        &self,
        number: impl IntoPyObject<'py, Output = Bound<'py, PyInt>, Error = Infallible>,
    ) -> Bound<'py, PyAny> {
        let Ok(number) = number.into_pyobject(self.py);
        number.into_any()
    }

    /// A number that takes more room than a row has for one.
    fn far_number(&self, place: usize) -> Done<'py> {
        let text = self.table.said(place)?;
        match (text.parse::<i64>(), text.parse::<u64>()) {
            (Ok(number), _) => Ok(self.whole(number)),
            (_, Ok(number)) => Ok(self.whole(number)),
            _ => Err(Fault(format!("{text} is no whole number"))),
        }
    }

    /// Puts so many values onto the stack and says where they begin.
    fn items(&mut self, count: usize, item: &'a Shape) -> Result<usize, Fault> {
        let base = self.stack.len();
        for _ in 0..count {
            let value = self.value(item)?;
            self.stack.push(value);
        }
        Ok(base)
    }

    fn map(&mut self, count: usize, value: &'a Shape) -> Done<'py> {
        let entries = PyDict::new(self.py);
        for _ in 0..count {
            let name = self.name()?;
            let name = self.table.text(name)?;
            entries.set_item(name, self.value(value)?)?;
        }
        Ok(entries.into_any())
    }

    /// The place of a text that has to come next.
    fn name(&mut self) -> Result<usize, Fault> {
        match self.next()? {
            Token::Text(place) => Ok(place),
            token => misplaced(token, &Shape::Text),
        }
    }

    fn object(&mut self, number: usize, record: &'a Record) -> Done<'py> {
        let layout = self.layouts.of_record(number, record, 0)?;
        let same = self.tokens.single(record.fields.len()).filter(|_| layout.is_whole());
        let Some(codes) = same else { return self.record(record, &layout) };
        if let Some(known) = self.alike.known(record, codes) {
            self.tokens.skip_single(codes.len());
            return Ok(known);
        }
        let made = self.record(record, &layout)?;
        self.alike.keep(record, codes, &made);
        Ok(made)
    }

    /// The first field of a member of a union says which it is.
    fn tagged(&mut self, number: usize, tag: &str, records: &'a [Record]) -> Done<'py> {
        if self.layouts.first(number) != Some(tag) {
            return Err(Fault(format!("an object does not begin with {tag}")));
        }
        let place = self.name()?;
        let said = self.table.said(place)?;
        let record = records.iter().find(|record| record.tag.as_deref() == Some(said));
        let record = record.ok_or_else(|| Fault(format!("no {tag} is called {said}")))?;
        let layout = self.layouts.of_record(number, record, 1)?;
        self.record(record, &layout)
    }

    fn record(&mut self, record: &'a Record, layout: &Layout) -> Done<'py> {
        let base = self.stack.len();
        for (at, field) in record.fields.iter().enumerate() {
            let value = if layout.has(at) { self.value(&field.shape)? } else { self.none() };
            self.stack.push(value);
        }
        self.made(record, base)
    }

    /// An object that names its fields itself.
    fn spelled(&mut self, count: usize, record: &'a Record) -> Done<'py> {
        let base = self.stack.len();
        let mut fields = record.fields.iter();
        for _ in 0..count {
            let place = self.name()?;
            let name = self.table.said(place)?;
            let field = loop {
                match fields.next() {
                    Some(field) if field.wire == name => break field,
                    Some(field) if field.optional => self.stack.push(self.none()),
                    _ => return Err(Fault(format!("{name} does not stand where it was expected"))),
                }
            };
            let value = self.value(&field.shape)?;
            self.stack.push(value);
        }
        for field in fields {
            if !field.optional {
                return Err(Fault(format!("{} is missing", field.wire)));
            }
            self.stack.push(self.none());
        }
        self.made(record, base)
    }

    /// The object that the values from here on make.
    fn made(&mut self, record: &Record, base: usize) -> Done<'py> {
        Ok(record.made(self.py, self.stack.drain(base..))?)
    }
}
