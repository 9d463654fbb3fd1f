//! The boundary to the host's data: what a store is asked, what it answers, and the drivers that ask.
//!
//! A store has two methods, `load` and `commit`. Everything else here is data that crosses them.

mod change;
mod drive;
mod error;
mod front;
mod kind;
mod known;
mod memory;
mod read;

pub mod contract;
pub mod sql;

pub use change::{
    ChangeSet, Claim, ClaimAction, CommandRecord, CommitOutcome, Expectation, NewEvent, Put, link_of,
};
pub use drive::{AsyncStore, Store, drive, drive_async};
pub use error::{StoreError, StoreErrorKind};
pub use kind::{Column, ColumnType, IndexSpec, Kind};
pub use known::KnownKinds;
pub use memory::MemoryStore;
pub use read::{Bound, Cursor, IndexValue, Key, RangeRead, Read, Row, Tenant};
