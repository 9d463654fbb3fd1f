//! The native half of the Python package: bytes in, bytes or objects out, and no panic gets past this door.
//!
//! Everything that a Python programmer sees is in `python/staffgate`; this module is private to it.

#![deny(unsafe_code)]

mod entry;
mod facts;
mod hashing;
mod machine;
mod objects;
mod prices;
mod replies;
mod stores;

use pyo3::prelude::*;

/// Replies are texts of up to a megabyte. The C library gives each back to the system and asks for it again, page by
/// page; this one keeps what it will need at the next call.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Private to `staffgate`.
#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::entry::panic_for_test;
    #[pymodule_export]
    use super::facts::{codes, contract_cases, kinds, operations};
    #[pymodule_export]
    use super::hashing::limit_hashing;
    #[pymodule_export]
    use super::machine::Machine;
    #[pymodule_export]
    use super::prices::{Answers, PriceBook, compute};
    #[pymodule_export]
    use super::replies::PackedReply;
    #[pymodule_export]
    use super::stores::{MemoryStore, SqliteStore};
}
