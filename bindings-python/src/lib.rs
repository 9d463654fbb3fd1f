//! The native half of the Python package: bytes in, bytes out, and no panic gets past this door.
//!
//! Everything that a Python programmer sees is in `python/staffgate`; this module is private to it.

mod entry;
mod facts;
mod hashing;
mod machine;
mod prices;
mod stores;

use pyo3::prelude::*;

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
    use super::prices::{PriceBook, compute};
    #[pymodule_export]
    use super::stores::{MemoryStore, SqliteStore};
}
