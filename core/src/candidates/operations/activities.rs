//! What was done about a candidate.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{done, stepped};
use crate::candidates::events::CandidateChange;
use crate::candidates::model::{Activity, ActivityKind, MOST_ACTIVITIES, ShownTo};
use crate::candidates::rules::candidate::CandidateAction;
use crate::candidates::telling::tell;
use crate::candidates::views::CandidateView;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx};
use crate::notifications::Notice;
use crate::values::{ActivityId, Bounded, CandidateId, Instant, Text};

/// Notes something that was done about a candidate, or is going to be.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddActivity {
    pub candidate: CandidateId,
    pub kind: ActivityKind,
    /// Plain text.
    pub text: Text<1000>,
    /// What clients read in its place while the candidate is anonymised; without it they read the kind and the time alone.
    #[serde(default)]
    pub anonymous_text: Option<Text<1000>>,
    pub audience: ShownTo,
    /// When it was done, or will be; now if not given.
    #[serde(default)]
    pub at: Option<Instant>,
    /// Whether the client's people who see the candidate are told. That can be chosen of what they see.
    pub notify_clients: bool,
}

impl Operation for AddActivity {
    const NAME: &'static str = "candidates.add_activity";
    const EFFECT: Effect = Effect::Command;
    type Reply = CandidateView;

    fn run(&self, tx: &mut Tx) -> Run<CandidateView> {
        let (grant, mut candidate) = stepped(tx, self.candidate, CandidateAction::Edit)?;
        let activity = Activity {
            id: tx.new_id(),
            kind: self.kind,
            text: self.text.clone(),
            anonymous_text: self.anonymous_text.clone(),
            audience: self.audience,
            at: self.at.unwrap_or_else(|| tx.now()),
        };
        let id = activity.id;
        let mut list = std::mem::take(&mut candidate.activities).into_vec();
        list.push(activity);
        candidate.activities = Bounded::new(list).map_err(|_| full())?;
        let visible = self.audience == ShownTo::Clients;
        tell(tx, &grant, &candidate, (self.notify_clients, visible), Notice::CandidateActivityAdded)?;
        done(tx, &grant, candidate, (CandidateChange::ActivityAdded(id), self.notify_clients))
    }
}

fn full() -> Refusal {
    Refusal::new(Code::TooMany).at("candidate").with("expected", MOST_ACTIVITIES)
}

/// Takes a note of something that was done back.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveActivity {
    pub candidate: CandidateId,
    pub activity: ActivityId,
}

impl Operation for RemoveActivity {
    const NAME: &'static str = "candidates.remove_activity";
    const EFFECT: Effect = Effect::Command;
    type Reply = CandidateView;

    fn run(&self, tx: &mut Tx) -> Run<CandidateView> {
        let (grant, mut candidate) = stepped(tx, self.candidate, CandidateAction::Edit)?;
        let mut list = std::mem::take(&mut candidate.activities).into_vec();
        let place = list.iter().position(|activity| activity.id == self.activity);
        list.remove(place.ok_or_else(Refusal::not_found)?);
        candidate.activities = Bounded::new(list).map_err(|_| full())?;
        done(tx, &grant, candidate, (CandidateChange::ActivityRemoved(self.activity), false))
    }
}
