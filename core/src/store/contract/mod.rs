//! The store contract as data: what every store must do, as cases that a runner in any language can play.
//!
//! A case is a list of steps. A runner replaces `{run}` by a text of its own in the case's JSON (so that a database
//! can be used for many runs), plays the steps in order and compares each answer with the one that stands there.
//! One comparison is not by text: the body of a row that answers a `command` read is JSON, and is compared parsed.
//! The answers are written by hand from the rules; none is copied from a store.

mod batches;
mod build;
mod check;
mod claims;
mod commands;
mod events;
mod pages;
mod ranges;
mod records;
mod texts;

pub use check::{Failed, Report, check, check_async};

use serde::{Deserialize, Serialize};

use super::{ChangeSet, Column, CommitOutcome, IndexSpec, Kind, Read, Row, StoreErrorKind};

/// The text in a case that a runner replaces, so that no two runs share a tenant.
pub const RUN_MARKER: &str = "{run}";

/// Rows with an index over two columns and one over a single text.
pub static ITEM: Kind = Kind {
    name: "contract_item",
    columns: &[Column::text("owner"), Column::integer("starts_at"), Column::text("label")],
    indexes: &[
        IndexSpec { name: "by_owner_start", columns: &["owner", "starts_at"] },
        IndexSpec { name: "by_label", columns: &["label"] },
    ],
};

/// Rows without any column or index.
pub static BARE: Kind = Kind { name: "contract_bare", columns: &[], indexes: &[] };

/// The kinds that the cases write. A store that is to be checked needs them beside the library's own.
pub fn kinds() -> &'static [&'static Kind] {
    static KINDS: [&Kind; 2] = [&ITEM, &BARE];
    &KINDS
}

/// One story about a store.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Case {
    pub name: String,
    /// What would go wrong in the library if a store did not do this.
    pub why: String,
    pub steps: Vec<Step>,
}

/// One call to the store and the answer that it must give.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    Load { reads: Vec<Read>, expect: Expected<Vec<Vec<Row>>> },
    Commit { changes: Box<ChangeSet>, expect: Expected<CommitOutcome> },
}

/// An answer, or the kind of error.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected<T> {
    Ok(T),
    Error(StoreErrorKind),
}

/// Every case, in a fixed order. No case needs another one's rows.
pub fn cases() -> Vec<Case> {
    let rooms = [
        records::cases(),
        commands::cases(),
        claims::cases(),
        ranges::cases(),
        pages::cases(),
        events::cases(),
        texts::cases(),
        batches::cases(),
    ];
    rooms.into_iter().flatten().collect()
}
