//! Changing what a candidate is: who, in which words, whether anonymised, in which stage.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::adding::CandidateDetails;
use super::{done, opened, stepped};
use crate::access::Grant;
use crate::candidates::events::CandidateChange;
use crate::candidates::model::{Candidate, StageKey};
use crate::candidates::rules;
use crate::candidates::rules::candidate::{CandidateAction, step};
use crate::candidates::rules::showing;
use crate::candidates::telling::tell;
use crate::candidates::views::CandidateView;
use crate::engine::{Effect, Operation, Run, Tx};
use crate::notifications::Notice;
use crate::values::{CandidateId, Text};

/// An edit of a candidate as it was read.
fn edited(tx: &mut Tx, id: CandidateId, revision: u32) -> Run<(Grant, Candidate)> {
    let (grant, mut candidate) = opened(tx, id)?;
    rules::expected(revision, candidate.revision)?;
    step(&mut candidate, CandidateAction::Edit)?;
    Ok((grant, candidate))
}

/// Says anew who a candidate is: what is left out is gone.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditCandidate {
    pub candidate: CandidateId,
    /// The revision that was read; another one now is refused.
    pub revision: u32,
    pub details: CandidateDetails,
}

impl Operation for EditCandidate {
    const NAME: &'static str = "candidates.edit";
    const EFFECT: Effect = Effect::Command;
    type Reply = CandidateView;

    fn run(&self, tx: &mut Tx) -> Run<CandidateView> {
        let (grant, mut candidate) = edited(tx, self.candidate, self.revision)?;
        candidate.person = self.details.person();
        candidate.shows_contact = self.details.shows_contact;
        candidate.internal_note.clone_from(&self.details.internal_note);
        done(tx, &grant, candidate, (CandidateChange::Edited, false))
    }
}

/// Sets the executive summary, and the one that clients read in its place while the candidate is anonymised. What is left
/// out is gone.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSummary {
    pub candidate: CandidateId,
    /// The revision that was read; another one now is refused.
    pub revision: u32,
    /// Plain text: HTML in it is kept as the text that it is.
    #[serde(default)]
    pub summary: Option<Text<5000>>,
    #[serde(default)]
    pub anonymous_summary: Option<Text<5000>>,
    /// Whether the client's people who see the candidate are told. That can be chosen of what they see.
    pub notify_clients: bool,
}

impl Operation for SetSummary {
    const NAME: &'static str = "candidates.set_summary";
    const EFFECT: Effect = Effect::Command;
    type Reply = CandidateView;

    fn run(&self, tx: &mut Tx) -> Run<CandidateView> {
        let (grant, mut candidate) = edited(tx, self.candidate, self.revision)?;
        candidate.summary.clone_from(&self.summary);
        candidate.anonymous_summary.clone_from(&self.anonymous_summary);
        let visible = showing::summary(&candidate).is_some();
        tell(tx, &grant, &candidate, (self.notify_clients, visible), Notice::CandidateSummaryAdded)?;
        done(tx, &grant, candidate, (CandidateChange::SummarySet, self.notify_clients))
    }
}

/// Shows a candidate to clients anonymised, or with the name.
///
/// Anonymised, clients read a neutral label, and of summary, activities and documents what was given for that: no name, no
/// picture, no contact, no file name, size or hash of a document. What they have seen before they have seen.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetAnonymity {
    pub candidate: CandidateId,
    /// The revision that was read; another one now is refused.
    pub revision: u32,
    pub anonymous: bool,
}

impl Operation for SetAnonymity {
    const NAME: &'static str = "candidates.set_anonymity";
    const EFFECT: Effect = Effect::Command;
    type Reply = CandidateView;

    fn run(&self, tx: &mut Tx) -> Run<CandidateView> {
        let (grant, mut candidate) = edited(tx, self.candidate, self.revision)?;
        candidate.anonymous = self.anonymous;
        done(tx, &grant, candidate, (CandidateChange::AnonymitySet, false))
    }
}

/// Takes a candidate to another stage. Clients read of it what `stages.set` says.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveCandidate {
    pub candidate: CandidateId,
    pub stage: StageKey,
}

impl Operation for MoveCandidate {
    const NAME: &'static str = "candidates.move";
    const EFFECT: Effect = Effect::Command;
    type Reply = CandidateView;

    fn run(&self, tx: &mut Tx) -> Run<CandidateView> {
        let (grant, mut candidate) = stepped(tx, self.candidate, CandidateAction::Move)?;
        candidate.move_to(self.stage);
        done(tx, &grant, candidate, (CandidateChange::Moved, false))
    }
}
