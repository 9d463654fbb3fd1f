//! How many passwords are hashed at a time: each hash takes tens of megabytes, and a flood of sign-ins takes them all.
//!
//! The core has no globals, so whoever owns a door owns its slots: a [`Portal`](crate::Portal) in Rust, the native
//! module in the other languages.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::codes::Code;
use crate::engine::{Answer, Machine, Refusal, Step};

/// So many at a time unless the host says otherwise.
pub const HASHING_MOST: usize = 4;

/// Slots for operations that hash. Clones share them.
#[derive(Clone, Debug)]
pub struct HashingSlots {
    taken: Arc<AtomicUsize>,
    most: usize,
}

impl Default for HashingSlots {
    fn default() -> Self {
        Self::new(HASHING_MOST)
    }
}

impl HashingSlots {
    /// At least one.
    pub fn new(most: usize) -> Self {
        Self { taken: Arc::default(), most: most.max(1) }
    }

    /// A slot until the guard is dropped, or the refusal `busy`. It does not wait: the host decides who does.
    pub fn take(&self) -> Result<Slot, Refusal> {
        let free = |taken: usize| (taken < self.most).then(|| taken + 1);
        match self.taken.fetch_update(Ordering::AcqRel, Ordering::Acquire, free) {
            Ok(_) => Ok(Slot { taken: Arc::clone(&self.taken) }),
            Err(_) => Err(Refusal::new(Code::Busy)),
        }
    }

    /// The next step of an operation; one that may hash takes a slot for as long as it computes.
    ///
    /// Only what follows a load may hash: after a commit, a refusal would deny what was done.
    pub fn resume(&self, machine: &mut Machine, answer: Answer) -> Step {
        if !(machine.is_costly() && matches!(answer, Answer::Loaded(_))) {
            return machine.resume(answer);
        }
        match self.take() {
            Ok(_slot) => machine.resume(answer),
            Err(refusal) => machine.stop(refusal),
        }
    }
}

/// One slot, given back when it is dropped.
#[derive(Debug)]
pub struct Slot {
    taken: Arc<AtomicUsize>,
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.taken.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::HashingSlots;
    use crate::codes::Code;
    use crate::engine::Class;

    #[test]
    fn b17_no_more_are_hashed_at_a_time_than_there_are_slots() {
        let slots = HashingSlots::new(2);
        let (first, second) = (slots.take().unwrap(), slots.clone().take().unwrap());
        let busy = slots.take().unwrap_err();
        assert_eq!((busy.code, busy.class(), busy.retryable()), (Code::Busy, Class::Throttled, true));
        drop(first);
        let third = slots.take().unwrap();
        assert!(slots.clone().take().is_err(), "clones share the slots");
        drop((second, third));
        assert!(HashingSlots::new(0).take().is_ok(), "there is always one");
    }
}
