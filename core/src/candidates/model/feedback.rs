//! What a client's people say of a candidate.

use serde::{Deserialize, Serialize};

use super::MOST_FEEDBACK;
use crate::engine::{Record, Want};
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{CandidateId, ClientId, Instant, JobId, Text, UserId, Whole, closed_list};

closed_list! {
    /// What somebody at the client wants done.
    FeedbackDecision {
        Interested "interested",
        Interview "interview",
        Hire "hire",
        Hold "hold",
        Decline "decline",
    }
}

/// From 1, the least, to 5.
pub type Rating = Whole<1, 5>;

/// What one person says of one candidate. Who says something anew says it in place of what they said before; the events
/// keep decision and rating of each time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Feedback {
    pub candidate: CandidateId,
    pub job: JobId,
    pub client: ClientId,
    pub user: UserId,
    /// As the person was called then.
    pub user_name: Text<120>,
    pub decision: FeedbackDecision,
    pub rating: Option<Rating>,
    pub note: Option<Text<2000>>,
    pub given_at: Instant,
    /// The author was erased: the name is gone, and nobody finds it by them.
    #[serde(default)]
    pub author_erased: bool,
}

pub static FEEDBACK: Kind = Kind {
    name: "candidate_feedback",
    columns: &[Column::text("candidate"), Column::text("user"), Column::integer("given_at")],
    indexes: &[
        IndexSpec { name: "by_candidate", columns: &["candidate", "given_at"] },
        IndexSpec { name: "by_user", columns: &["user", "given_at"] },
    ],
};

impl Feedback {
    /// All that is said of a candidate.
    pub fn of_candidate(candidate: CandidateId) -> Want {
        Want::range::<Self>("by_candidate", vec![candidate.to_string().into()], MOST_FEEDBACK)
    }

    pub fn id(candidate: CandidateId, user: UserId) -> String {
        format!("{candidate}/{user}")
    }
}

impl Record for Feedback {
    const KIND: &'static Kind = &FEEDBACK;

    fn record_id(&self) -> String {
        Self::id(self.candidate, self.user)
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        let user = (!self.author_erased).then(|| ("user", self.user.to_string().into()));
        [("candidate", self.candidate.to_string().into()), ("given_at", self.given_at.millis().into())]
            .into_iter()
            .chain(user)
            .collect()
    }
}
