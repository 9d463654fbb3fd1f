//! The client's side: shortlisting and choosing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::life::done;
use crate::access::{Grant, Permission};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Proof, Refusal, Run, Tx, Want};
use crate::notifications::Notice;
use crate::privacy::{Shown, log};
use crate::projects::model::Project;
use crate::selection::events::SelectionChange;
use crate::selection::model::{MOST_PROPOSALS, Proposal, Selection};
use crate::selection::rules::{self, SelectionAction};
use crate::selection::views::{self, ClientSelectionDetails};
use crate::shifts::days;
use crate::shifts::model::{Shift, Worker};
use crate::values::{Bounded, ProposalId, SelectionId, Span, WorkerId};
use crate::visibility::client_record;

/// A selection that was offered to the actor's client, with the same answer for all others as for none. What else is
/// wanted comes in the same round.
pub(super) fn own(tx: &mut Tx, id: SelectionId) -> Run<(Grant, Selection)> {
    let log = log::want(tx);
    tx.prefetch([Want::record::<Selection>(id)].into_iter().chain(log))?;
    client_record(tx, Permission::SelectStaff, id, Selection::place)
}

/// The workers of its proposals, in their order.
pub(super) fn workers(tx: &mut Tx, selection: &Selection) -> Run<Vec<Worker>> {
    tx.prefetch(selection.proposals.iter().map(|one| Want::record::<Worker>(one.worker)))?;
    let worker = |one: &Proposal| Ok(tx.remains(one.worker)?.ok_or_else(Refusal::not_found)?);
    selection.proposals.iter().map(worker).collect()
}

fn mark(
    selection: &mut Selection,
    named: &[ProposalId],
    set: impl Fn(&mut Proposal, bool),
) -> Result<(), Refusal> {
    let mut list = std::mem::take(&mut selection.proposals).into_vec();
    let marked = rules::mark(&mut list, named, set);
    selection.proposals = Bounded::new(list)?;
    marked
}

/// Notes which workers come into question. All others are off the shortlist.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShortlistMySelection {
    pub selection: SelectionId,
    /// The revision that was read; another one now is refused.
    pub revision: u32,
    pub proposals: Bounded<ProposalId, MOST_PROPOSALS>,
}

impl Operation for ShortlistMySelection {
    const NAME: &'static str = "my_selections.shortlist";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientSelectionDetails;

    fn run(&self, tx: &mut Tx) -> Run<ClientSelectionDetails> {
        let (grant, mut selection) = own(tx, self.selection)?;
        let now = tx.now();
        rules::expected(&selection, self.revision)?;
        rules::step(&mut selection, SelectionAction::Shortlist, now)?;
        mark(&mut selection, &self.proposals, |proposal, named| proposal.shortlisted = named)?;
        let workers = workers(tx, &selection)?;
        done(tx, &grant, &selection, SelectionChange::Shortlisted, None)?;
        let mut shown = Shown::default();
        let view = views::client_details(&grant, &selection, Some(&workers), now, &mut shown);
        log::disclose(tx, &grant, Self::NAME, shown)?;
        Ok(view)
    }
}

/// Chooses: at least the minimum, at most the maximum, of the workers as they were read. The agency is told, and
/// books the chosen in a step of its own.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitMySelection {
    pub selection: SelectionId,
    /// The revision that was read; another one now is refused.
    pub revision: u32,
    pub proposals: Bounded<ProposalId, MOST_PROPOSALS>,
}

impl Operation for SubmitMySelection {
    const NAME: &'static str = "my_selections.submit";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientSelectionDetails;

    fn run(&self, tx: &mut Tx) -> Run<ClientSelectionDetails> {
        let (grant, mut selection) = own(tx, self.selection)?;
        let now = tx.now();
        rules::expected(&selection, self.revision)?;
        rules::step(&mut selection, SelectionAction::Submit, now)?;
        rules::enough(&selection, self.proposals.len())?;
        mark(&mut selection, &self.proposals, |proposal, named| proposal.chosen = named)?;
        selection.submitted_by = grant.actor().user();
        let shifts = selection.targets.iter().map(|target| Want::record::<Shift>(target.shift));
        let client = Want::record::<Client>(selection.client);
        let project = Want::record::<Project>(selection.project);
        let people = selection.proposals.iter().map(|one| Want::record::<Worker>(one.worker));
        tx.prefetch(shifts.chain(people).chain([client, project]))?;
        let spans: Run<Vec<Span>> =
            selection.targets.iter().map(|target| Ok(tx.get::<Shift>(target.shift)?.span())).collect();
        self.check_days(tx, &selection, &spans?)?;
        let workers = workers(tx, &selection)?;
        done(tx, &grant, &selection, SelectionChange::Submitted, Some(Notice::SelectionSubmitted))?;
        let mut shown = Shown::default();
        let view = views::client_details(&grant, &selection, Some(&workers), now, &mut shown);
        log::disclose(tx, &grant, Self::NAME, shown)?;
        Ok(view)
    }
}

impl SubmitMySelection {
    /// Who was booked elsewhere meanwhile is no longer available; where and for whom is not said.
    fn check_days(&self, tx: &mut Tx, selection: &Selection, spans: &[Span]) -> Run<()> {
        let worker_of = |id: &ProposalId| -> Option<WorkerId> {
            selection.proposals.iter().find(|proposal| proposal.id == *id).map(|proposal| proposal.worker)
        };
        let chosen: Vec<WorkerId> = self.proposals.iter().filter_map(worker_of).collect();
        let wanted = chosen.iter().flat_map(|worker| spans.iter().map(|span| (*worker, *span)));
        let days = days::load(tx, wanted)?;
        for (index, worker) in chosen.iter().enumerate() {
            if !spans.iter().all(|span| days.is_free(*worker, *span)) {
                let refusal = Refusal::new(Code::NoLongerAvailable);
                return Err(refusal.at(format!("proposals[{index}]")).into());
            }
        }
        Ok(())
    }
}
