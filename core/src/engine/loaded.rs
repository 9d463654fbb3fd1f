//! What an operation has loaded so far: answers by question.

use crate::store::{Read, Row};

/// Kept in order in one list. Most operations load two or three answers, for which a tree sets up a page of nodes; a
/// round adds all of its answers at once, so that the list is put in order once a round.
#[derive(Debug, Default)]
pub(super) struct Loaded(Vec<(Read, Vec<Row>)>);

impl Loaded {
    /// The answer to a question, if it was asked.
    pub(super) fn get(&self, read: &Read) -> Option<&[Row]> {
        let at = self.0.binary_search_by(|(known, _)| known.cmp(read)).ok()?;
        self.0.get(at).map(|(_, rows)| rows.as_slice())
    }

    /// Adds what a round has loaded. No question is asked twice.
    pub(super) fn add(&mut self, reads: Vec<Read>, rows: Vec<Vec<Row>>) {
        self.0.reserve_exact(reads.len());
        self.0.extend(reads.into_iter().zip(rows));
        self.0.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    }

    /// The bytes of all bodies.
    pub(super) fn bytes(&self) -> usize {
        self.0.iter().flat_map(|(_, rows)| rows).map(|row| row.body.len()).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
