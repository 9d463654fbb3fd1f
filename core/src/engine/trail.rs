//! Where a reader is in its input: a fault gathers its path on the way out, so that an input without one pays for none.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt::Write;

/// One step of a path: a field, a variant, or a place in a list.
pub(super) enum Piece<'de> {
    Name(Cow<'de, str>),
    Index(usize),
}

/// The key that was read last, and the path of a fault from its innermost step outwards.
#[derive(Default)]
pub(super) struct Trail<'de> {
    key: Cell<Option<Cow<'de, str>>>,
    pieces: RefCell<Vec<Piece<'de>>>,
}

impl<'de> Trail<'de> {
    pub(super) fn note(&self, key: Cow<'de, str>) {
        self.key.set(Some(key));
    }

    pub(super) fn out(&self, piece: Piece<'de>) {
        if let Ok(mut pieces) = self.pieces.try_borrow_mut() {
            pieces.push(piece);
        }
    }

    pub(super) fn last_key(&self) -> Option<Cow<'de, str>> {
        self.key.take()
    }

    /// `items[0].name`; empty for the whole.
    pub(super) fn path(self) -> String {
        let mut path = String::new();
        for piece in self.pieces.into_inner().iter().rev() {
            match piece {
                Piece::Index(index) => {
                    // Writing to a text does not fail.
                    let _ = write!(path, "[{index}]");
                }
                Piece::Name(name) if path.is_empty() => path.push_str(name),
                Piece::Name(name) => path.extend([".", name.as_ref()]),
            }
        }
        path
    }
}
