//! The texts of one packed reply, and what was made of them.

use pyo3::prelude::*;
use pyo3::types::PyString;
use staffgate::engine::Packed;

use super::Fault;
use super::shape::Maker;

/// The text itself, among the products of makers.
const AS_IT_IS: u8 = 0;

pub(super) struct Table<'a, 'py> {
    py: Python<'py>,
    texts: Vec<Text<'a, 'py>>,
}

struct Text<'a, 'py> {
    said: &'a str,
    /// What was made of it last, and the number of its maker.
    made: Option<(u8, Bound<'py, PyAny>)>,
}

impl<'a, 'py> Table<'a, 'py> {
    pub(super) fn of(py: Python<'py>, packed: &'a Packed) -> Self {
        Self { py, texts: packed.each_text().map(|said| Text { said, made: None }).collect() }
    }

    pub(super) fn said(&self, place: usize) -> Result<&'a str, Fault> {
        self.texts.get(place).map(|text| text.said).ok_or_else(nowhere)
    }

    pub(super) fn text(&mut self, place: usize) -> Result<Bound<'py, PyAny>, Fault> {
        let py = self.py;
        self.object(place, AS_IT_IS, |said| Ok(PyString::new(py, said).into_any()))
    }

    pub(super) fn made(&mut self, place: usize, maker: &Maker) -> Result<Bound<'py, PyAny>, Fault> {
        let py = self.py;
        self.object(place, maker.number, |said| maker.made(py, said))
    }

    fn object(
        &mut self,
        place: usize,
        maker: u8,
        make: impl FnOnce(&str) -> PyResult<Bound<'py, PyAny>>,
    ) -> Result<Bound<'py, PyAny>, Fault> {
        let text = self.texts.get_mut(place).ok_or_else(nowhere)?;
        match &text.made {
            Some((by, object)) if *by == maker => Ok(object.clone()),
            _ => {
                let object = make(text.said)?;
                text.made = Some((maker, object.clone()));
                Ok(object)
            }
        }
    }
}

fn nowhere() -> Fault {
    Fault::of("a text that is not in the table")
}
