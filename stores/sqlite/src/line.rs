//! The line of callers that wait for a commit: who comes first works for all, and then hands over.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Thread};

use staffgate::store::ChangeSet;

use crate::errors::abandoned;
use crate::writer::Outcome;

/// One transaction holds no more than this, so that the first of a group does not wait for ever.
const GROUP_LIMIT: usize = 256;

/// How often a leader lets others run before it begins.
const GATHER_YIELDS: usize = 4;

/// Callers that wait. A caller that finds nobody at work does the work, and pays nothing for the others.
#[derive(Debug, Default)]
pub(crate) struct Line {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    is_led: bool,
    /// How many the last leader worked for, itself included.
    last_group: usize,
    waiting: Vec<Arc<Place>>,
}

#[derive(Debug)]
struct Place {
    changes: ChangeSet,
    caller: Thread,
    turn: Mutex<Turn>,
}

#[derive(Debug)]
enum Turn {
    Waits,
    Leads,
    Done(Outcome),
}

impl Line {
    /// Commits `changes` through `work`, which gets a group of change sets and gives back one outcome for each.
    pub(crate) fn commit(
        &self,
        changes: &ChangeSet,
        work: impl FnOnce(&[&ChangeSet]) -> Vec<Outcome>,
    ) -> Outcome {
        let Some(place) = self.enter(changes) else { return self.lead(changes, work) };
        loop {
            let turn = std::mem::replace(&mut *lock(&place.turn), Turn::Waits);
            match turn {
                Turn::Done(outcome) => return outcome,
                Turn::Leads => return self.lead(changes, work),
                Turn::Waits => thread::park(),
            }
        }
    }

    /// A place in the line, or none if the caller is to lead.
    fn enter(&self, changes: &ChangeSet) -> Option<Arc<Place>> {
        let mut state = lock(&self.state);
        if !state.is_led {
            state.is_led = true;
            return None;
        }
        let turn = Mutex::new(Turn::Waits);
        let place = Arc::new(Place { changes: changes.clone(), caller: thread::current(), turn });
        state.waiting.push(Arc::clone(&place));
        Some(place)
    }

    fn lead(&self, changes: &ChangeSet, work: impl FnOnce(&[&ChangeSet]) -> Vec<Outcome>) -> Outcome {
        self.gather();
        let mut group = Group { line: self, places: self.draw(), outcomes: Vec::new() };
        let sets: Vec<&ChangeSet> =
            std::iter::once(changes).chain(group.places.iter().map(|place| &place.changes)).collect();
        let mut outcomes = work(&sets).into_iter();
        let own = outcomes.next().unwrap_or_else(|| Err(abandoned()));
        group.outcomes = outcomes.collect();
        own
    }

    /// Lets the callers of the last group come back, if there were any: they were just woken, and a sync of the disk
    /// that they miss is one more for everybody. A caller that was alone goes on at once.
    fn gather(&self) {
        for _ in 0..GATHER_YIELDS {
            let state = lock(&self.state);
            if state.waiting.len() + 1 >= state.last_group {
                return;
            }
            drop(state);
            thread::yield_now();
        }
    }

    fn draw(&self) -> Vec<Arc<Place>> {
        let mut state = lock(&self.state);
        let count = state.waiting.len().min(GROUP_LIMIT);
        state.last_group = count + 1;
        state.waiting.drain(..count).collect()
    }

    fn hand_over(&self) {
        let mut state = lock(&self.state);
        if state.waiting.is_empty() {
            state.is_led = false;
        } else {
            let next = state.waiting.remove(0);
            drop(state);
            next.wake(Turn::Leads);
        }
    }
}

/// The callers that one leader works for. However the work ends, each gets an answer and the line moves on.
struct Group<'a> {
    line: &'a Line,
    places: Vec<Arc<Place>>,
    outcomes: Vec<Outcome>,
}

impl Drop for Group<'_> {
    fn drop(&mut self) {
        // The next leader begins while this one is still waking the others.
        self.line.hand_over();
        let mut outcomes = self.outcomes.drain(..);
        for place in &self.places {
            place.wake(Turn::Done(outcomes.next().unwrap_or_else(|| Err(abandoned()))));
        }
    }
}

impl Place {
    fn wake(&self, turn: Turn) {
        *lock(&self.turn) = turn;
        self.caller.unpark();
    }
}

/// Nothing is left half-changed under these locks, so a caller that died does not spoil them.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
