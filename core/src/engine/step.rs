//! The steps that the engine asks for, as data, and the answers it gets.

use crate::store::{ChangeSet, CommitOutcome, Read, Row, StoreError};

use super::{Body, Refusal};

/// What an operation returned and what it took.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reply {
    pub body: Body,
    /// True if this answers a repeated command id from the first answer.
    pub replayed: bool,
    /// Load rounds of the attempt that ended it.
    pub rounds: u32,
    /// 1, or more after conflicts.
    pub attempts: u32,
}

impl Reply {
    /// The JSON; empty if the reply is packed, as only that of a machine can be that was told so.
    pub fn json(&self) -> &str {
        self.body.json()
    }
}

/// The next thing for the host to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    Load(Vec<Read>),
    Commit(ChangeSet),
    Done(Result<Reply, Refusal>),
}

/// How it went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    Loaded(Vec<Vec<Row>>),
    Committed(CommitOutcome),
    Failed(StoreError),
}

impl Answer {
    pub fn of_load(result: Result<Vec<Vec<Row>>, StoreError>) -> Self {
        result.map_or_else(Self::Failed, Self::Loaded)
    }

    pub fn of_commit(result: Result<CommitOutcome, StoreError>) -> Self {
        result.map_or_else(Self::Failed, Self::Committed)
    }
}
