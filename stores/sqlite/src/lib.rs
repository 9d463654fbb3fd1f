//! The embedded default store: one SQLite file, durable, with commits of many callers in one transaction.
//!
//! A commit that returned `Committed` is on the disk. Callers that wait at the same time share one transaction and
//! one sync of the disk; each of them keeps its own outcome. There is no background thread: one of the callers
//! does the work for all. Reads run beside the writer, each load in one consistent view of the file.

#![forbid(unsafe_code)]

mod answers;
mod apply;
mod errors;
mod line;
mod open;
mod readers;
mod store;
mod values;
mod writer;

#[cfg(test)]
mod tests;

pub use open::{APPLICATION_ID, Options};
pub use store::SqliteStore;
