//! Offering a selection, asking anew, noting who cannot come, and taking it back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission, Scope, authorize};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::notifications::model::AboutProject;
use crate::notifications::{Notice, raise};
use crate::projects::model::Project;
use crate::selection::events::{SelectionChange, SelectionEvent};
use crate::selection::model::Selection;
use crate::selection::rules::{self, SelectionAction};
use crate::selection::views::{self, SelectionView};
use crate::shifts::model::Shift;
use crate::values::{Instant, ProposalId, SelectionId};

/// Writes the selection and its event, and tells people of it.
pub(super) fn done(
    tx: &mut Tx,
    grant: &Grant,
    selection: &Selection,
    change: SelectionChange,
    notice: Option<fn(AboutProject) -> Notice>,
) -> Run<()> {
    tx.put(grant, selection)?;
    tx.emit(grant, &SelectionEvent::of(selection, change))?;
    let Some(notice) = notice else { return Ok(()) };
    tx.prefetch([Want::record::<Client>(selection.client), Want::record::<Project>(selection.project)])?;
    let client: Client = tx.get(selection.client)?;
    let project: Project = tx.get(selection.project)?;
    raise(tx, grant, &notice(AboutProject::of(&client, &project, vec![selection.site])))
}

/// One step of the agency over a selection at the revision that was read, if one was.
fn step(
    tx: &mut Tx,
    id: SelectionId,
    revision: Option<u32>,
    action: SelectionAction,
) -> Run<(Grant, Selection)> {
    tx.prefetch([Want::record::<Selection>(id)])?;
    let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
    let mut selection: Selection = tx.get(id)?;
    if let Some(revision) = revision {
        rules::expected(&selection, revision)?;
    }
    rules::step(&mut selection, action, tx.now())?;
    Ok((grant, selection))
}

/// Shows a selection to the client, who chooses from now on. The client is told.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferSelection {
    pub selection: SelectionId,
    /// The revision that was read; another one now is refused.
    #[serde(default)]
    pub revision: Option<u32>,
}

impl Operation for OfferSelection {
    const NAME: &'static str = "selections.offer";
    const EFFECT: Effect = Effect::Command;
    type Reply = SelectionView;

    fn run(&self, tx: &mut Tx) -> Run<SelectionView> {
        let (grant, mut selection) = step(tx, self.selection, self.revision, SelectionAction::Offer)?;
        let now = tx.now();
        rules::may_offer(&selection)?;
        if selection.deadline.is_some_and(|deadline| deadline <= now) {
            return Err(Refusal::new(Code::InThePast).at("deadline").into());
        }
        selection.offered_at = Some(now);
        done(tx, &grant, &selection, SelectionChange::Offered, Some(Notice::SelectionOffered))?;
        Ok(views::selection(&grant, &selection, now))
    }
}

/// Notes that a proposed worker cannot come. The client sees that the worker is no longer available, and not why.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DropProposal {
    pub selection: SelectionId,
    pub proposal: ProposalId,
}

impl Operation for DropProposal {
    const NAME: &'static str = "selections.drop";
    const EFFECT: Effect = Effect::Command;
    type Reply = SelectionView;

    fn run(&self, tx: &mut Tx) -> Run<SelectionView> {
        let (grant, mut selection) = step(tx, self.selection, None, SelectionAction::Drop)?;
        let mut list = selection.proposals.into_vec();
        let proposal = list.iter_mut().find(|proposal| proposal.id == self.proposal);
        let proposal = proposal.ok_or_else(Refusal::not_found)?;
        (proposal.dropped, proposal.chosen, proposal.shortlisted) = (true, false, false);
        selection.proposals = crate::values::Bounded::new(list).map_err(Refusal::from)?;
        done(tx, &grant, &selection, SelectionChange::Dropped, None)?;
        let now = tx.now();
        Ok(views::selection(&grant, &selection, now))
    }
}

/// Asks the client to choose anew: after a choice of which somebody cannot come, or after the deadline.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenSelection {
    pub selection: SelectionId,
    /// Until when the client chooses now; without it, there is no deadline any more.
    #[serde(default)]
    pub deadline: Option<Instant>,
}

impl Operation for ReopenSelection {
    const NAME: &'static str = "selections.reopen";
    const EFFECT: Effect = Effect::Command;
    type Reply = SelectionView;

    fn run(&self, tx: &mut Tx) -> Run<SelectionView> {
        let (grant, mut selection) = step(tx, self.selection, None, SelectionAction::Reopen)?;
        tx.prefetch(selection.targets.iter().map(|target| Want::record::<Shift>(target.shift)))?;
        let found: Run<Vec<Shift>> = selection.targets.iter().map(|target| tx.get(target.shift)).collect();
        let now = tx.now();
        rules::deadline(self.deadline, &found?, now)?;
        rules::may_offer(&selection)?;
        selection.deadline = self.deadline;
        done(tx, &grant, &selection, SelectionChange::Reopened, Some(Notice::SelectionOffered))?;
        Ok(views::selection(&grant, &selection, now))
    }
}

/// Takes a selection back. What the client saw of it, it is told.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawSelection {
    pub selection: SelectionId,
}

impl Operation for WithdrawSelection {
    const NAME: &'static str = "selections.withdraw";
    const EFFECT: Effect = Effect::Command;
    type Reply = SelectionView;

    fn run(&self, tx: &mut Tx) -> Run<SelectionView> {
        let (grant, selection) = step(tx, self.selection, None, SelectionAction::Withdraw)?;
        let notice: fn(AboutProject) -> Notice = Notice::SelectionWithdrawn;
        let notice = selection.is_offered().then_some(notice);
        done(tx, &grant, &selection, SelectionChange::Withdrawn, notice)?;
        let now = tx.now();
        Ok(views::selection(&grant, &selection, now))
    }
}
