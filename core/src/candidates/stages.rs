//! What the agency has set for stages, as everybody reads it: its book, or what holds where nothing was set.

use super::model::StageBook;
use crate::engine::{Run, Tx, Want};

/// What clients are told of stages. It is to be prefetched: [`book_want`].
pub fn book(tx: &mut Tx) -> Run<StageBook> {
    let agency = tx.context().agency;
    Ok(tx.find(agency)?.unwrap_or_else(|| StageBook::of(agency)))
}

pub fn book_want(tx: &Tx) -> Want {
    Want::record::<StageBook>(tx.context().agency)
}
