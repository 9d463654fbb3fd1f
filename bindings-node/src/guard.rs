//! The one guard around everything that runs for JavaScript: a panic becomes an error and never leaves this library.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::answer::{Failure, Found, text};

/// Runs the work and gives its answer as text, whatever happens in it.
pub fn guarded(work: impl FnOnce() -> Found) -> String {
    // What the work shares with later calls is behind locks whose poison is handled where they are taken.
    let found = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<&str>().map(|said| (*said).to_owned());
        let said = said.or_else(|| panic.downcast_ref::<String>().cloned());
        // A payload can panic while it is dropped; forgetting it leaks a few bytes instead.
        std::mem::forget(panic);
        Err(Failure::internal(said.unwrap_or_else(|| "it panicked".to_owned())))
    });
    text(found)
}
