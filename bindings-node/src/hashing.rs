//! How many passwords this process hashes at a time: one limit for all of its portals, since they share the memory.

use std::sync::{LazyLock, PoisonError, RwLock};

use napi_derive::napi;
use staffgate::hashing::HashingSlots;

static SLOTS: LazyLock<RwLock<HashingSlots>> = LazyLock::new(RwLock::default);

pub(crate) fn slots() -> HashingSlots {
    SLOTS.read().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Hashes at most so many passwords at a time, 4 unless this is called; further calls are refused as `busy`.
#[napi(catch_unwind)]
pub fn limit_hashing(most: u32) {
    *SLOTS.write().unwrap_or_else(PoisonError::into_inner) =
        HashingSlots::new(usize::try_from(most).unwrap_or(usize::MAX));
}
