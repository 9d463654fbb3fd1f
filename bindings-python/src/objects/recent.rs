//! Small objects that were made lately: codes, names, rates and days come again and again, line after line.

use pyo3::prelude::*;
use smallvec::SmallVec;

/// Longer texts hardly come twice.
const LONGEST: usize = 64;
/// Both are powers of two, so that a place is found without a division.
const TEXTS: usize = 256;
const RECORDS: usize = 64;
/// Records with more fields than this are hardly the same twice. Neither are those that hold others.
pub(super) const FEW: usize = 4;

/// A fixed number of places: a newcomer takes the place of whoever stands where it belongs.
#[derive(Debug)]
pub(crate) struct Recent {
    texts: Vec<Option<Made>>,
    records: Vec<Option<Same>>,
}

#[derive(Debug)]
struct Made {
    maker: u8,
    text: SmallVec<[u8; LONGEST]>,
    object: Py<PyAny>,
}

/// A record that was made so of these very objects. It holds them, and its maker is held beside it, so that nothing else
/// can be in their place in memory.
#[derive(Debug)]
struct Same {
    maker: Py<PyAny>,
    values: SmallVec<[usize; FEW]>,
    object: Py<PyAny>,
}

impl Default for Recent {
    fn default() -> Self {
        Self {
            texts: std::iter::repeat_with(|| None).take(TEXTS).collect(),
            records: std::iter::repeat_with(|| None).take(RECORDS).collect(),
        }
    }
}

impl Recent {
    /// What this maker makes of the text.
    pub(super) fn of_text<'py>(
        &mut self,
        py: Python<'py>,
        maker: u8,
        text: &str,
        make: impl FnOnce() -> PyResult<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        if text.len() > LONGEST {
            return make();
        }
        let (words, rest) = text.as_bytes().as_chunks();
        let hash = words.iter().fold(u64::from(maker), |hash, word| mixed(hash, u64::from_le_bytes(*word)));
        let hash = rest.iter().fold(hash, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
        let Some(place) = place(&mut self.texts, mixed(hash, 0)) else { return make() };
        match place {
            Some(known) if known.maker == maker && known.text.as_slice() == text.as_bytes() => {
                Ok(known.object.bind(py).clone())
            }
            _ => {
                let object = make()?;
                let text = SmallVec::from_slice(text.as_bytes());
                *place = Some(Made { maker, text, object: object.clone().unbind() });
                Ok(object)
            }
        }
    }

    /// The record that was made so of these very objects.
    pub(super) fn of_parts<'py>(
        &mut self,
        py: Python<'py>,
        maker: &Py<PyAny>,
        values: &[Bound<'py, PyAny>],
        make: impl FnOnce() -> PyResult<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let values: SmallVec<[usize; FEW]> = values.iter().map(|value| value.as_ptr() as usize).collect();
        let hash = values.iter().fold(maker.as_ptr() as u64, |hash, value| mixed(hash, *value as u64));
        let Some(place) = place(&mut self.records, hash) else { return make() };
        match place {
            Some(same) if same.maker.is(maker) && same.values == values => Ok(same.object.bind(py).clone()),
            _ => {
                let object = make()?;
                *place = Some(Same { maker: maker.clone_ref(py), values, object: object.clone().unbind() });
                Ok(object)
            }
        }
    }
}

fn place<T>(places: &mut [Option<T>], hash: u64) -> Option<&mut Option<T>> {
    let last = places.len().wrapping_sub(1);
    places.get_mut(usize::try_from(hash >> 32).unwrap_or_default() & last)
}

const fn mixed(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
