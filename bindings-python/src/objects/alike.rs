//! Records of one packed reply that stand in its row in the same way: they are the same object.

use std::ptr;

use pyo3::prelude::*;

use super::shape::Record;

/// A power of two, so that a place is found without a division.
const PLACES: usize = 256;
/// Records with more fields than this are hardly the same twice.
const FEW: usize = 8;

/// A fixed number of places: a newcomer takes the place of whoever stands where it belongs.
pub(super) struct Alike<'a, 'py>(Vec<Option<Made<'a, 'py>>>);

struct Made<'a, 'py> {
    record: &'a Record,
    codes: &'a [u16],
    object: Bound<'py, PyAny>,
}

impl Default for Alike<'_, '_> {
    fn default() -> Self {
        Self(std::iter::repeat_with(|| None).take(PLACES).collect())
    }
}

impl<'a, 'py> Alike<'a, 'py> {
    pub(super) fn known(&mut self, record: &'a Record, codes: &[u16]) -> Option<Bound<'py, PyAny>> {
        let made = self.place(codes)?.as_ref()?;
        let same = ptr::eq(made.record, record) && made.codes == codes;
        same.then(|| made.object.clone())
    }

    pub(super) fn keep(&mut self, record: &'a Record, codes: &'a [u16], object: &Bound<'py, PyAny>) {
        if let Some(place) = self.place(codes) {
            *place = Some(Made { record, codes, object: object.clone() });
        }
    }

    fn place(&mut self, codes: &[u16]) -> Option<&mut Option<Made<'a, 'py>>> {
        if codes.len() > FEW {
            return None;
        }
        let mixed = |hash: u64, code: &u16| {
            (hash.rotate_left(16) ^ u64::from(*code)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        };
        let hash = codes.iter().fold(0, mixed);
        self.0.get_mut(usize::try_from(hash >> 32).unwrap_or_default() & (PLACES - 1))
    }
}
