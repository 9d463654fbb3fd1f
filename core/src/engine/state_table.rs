//! State machines as data: the same `next` that decides is asked for every pair, so that no table can drift.

use super::Refusal;
use crate::codes::Code;

/// What an action does in a state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cell {
    /// It leads to this state, which may be the same.
    To(&'static str),
    /// It is refused with this code, which names state and action.
    Refused(Code),
}

/// A whole machine: every action in every state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StateTable {
    /// Such as `mandate`.
    pub name: &'static str,
    pub states: Vec<&'static str>,
    pub actions: Vec<&'static str>,
    /// A row for each state, in it a cell for each action, in the order of the lists.
    pub rows: Vec<Vec<Cell>>,
}

impl StateTable {
    /// Asks `next` for every pair.
    pub fn of<S: Copy, A: Copy>(
        name: &'static str,
        (states, state_text): (&[S], fn(S) -> &'static str),
        (actions, action_text): (&[A], fn(A) -> &'static str),
        next: impl Fn(S, A) -> Result<S, Refusal>,
    ) -> Self {
        let cell = |state, action| match next(state, action) {
            Ok(to) => Cell::To(state_text(to)),
            Err(refusal) => Cell::Refused(refusal.code),
        };
        let row = |state: &S| actions.iter().map(|action| cell(*state, *action)).collect();
        Self {
            name,
            states: states.iter().map(|state| state_text(*state)).collect(),
            actions: actions.iter().map(|action| action_text(*action)).collect(),
            rows: states.iter().map(row).collect(),
        }
    }

    /// State, action and what comes of it, one pair after the other.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, &'static str, Cell)> + '_ {
        self.states.iter().zip(&self.rows).flat_map(move |(state, row)| {
            self.actions.iter().zip(row).map(move |(action, cell)| (*state, *action, *cell))
        })
    }
}
