//! How many passwords this process hashes at a time: one limit for all of its portals, since they share the memory.

use std::sync::{LazyLock, PoisonError, RwLock};

use pyo3::prelude::*;
use staffgate::hashing::HashingSlots;

static SLOTS: LazyLock<RwLock<HashingSlots>> = LazyLock::new(RwLock::default);

pub(crate) fn slots() -> HashingSlots {
    SLOTS.read().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Hashes at most so many passwords at a time, 4 unless this is called; further calls are refused as `busy`.
#[pyfunction]
pub(crate) fn limit_hashing(most: usize) {
    *SLOTS.write().unwrap_or_else(PoisonError::into_inner) = HashingSlots::new(most);
}
