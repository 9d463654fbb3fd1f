//! Making up a selection: for which positions, and who is proposed.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Permission, Scope, authorize};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::projects::model::Project;
use crate::selection::events::{SelectionChange, SelectionEvent};
use crate::selection::model::{MOST_PROPOSALS, MOST_TARGETS, Proposal, Selection, SelectionState};
use crate::selection::rules::{self, SelectionAction};
use crate::selection::views::{self, SelectionView};
use crate::shifts::model::{Preference, Shift, StaffPreferences, Worker};
use crate::shifts::rules as shifts;
use crate::values::{Bounded, ClientId, Instant, PositionId, SelectionId, ShiftId, Text, WorkerId};

/// A position of a shift.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelectionPosition {
    pub shift: ShiftId,
    pub position: PositionId,
}

/// A worker to choose from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposedWorker {
    pub worker: WorkerId,
    /// Words on the worker, for the client.
    #[serde(default)]
    pub note: Option<Text<500>>,
}

/// Makes up a selection for positions of one project at one site: workers among whom the client will choose.
///
/// It is a draft until it is offered. Proposing holds nobody: who is booked elsewhere meanwhile is found when the
/// client chooses and when the choice is applied.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenSelection {
    /// Each chosen worker is booked into all of them.
    pub positions: Bounded<SelectionPosition, MOST_TARGETS>,
    pub proposals: Bounded<ProposedWorker, MOST_PROPOSALS>,
    /// How many the client chooses at least.
    pub minimum: u32,
    /// How many the client chooses at most; as many as there are heads if not given.
    #[serde(default)]
    pub maximum: Option<u32>,
    /// For the client.
    #[serde(default)]
    pub note: Option<Text<2000>>,
    /// From this instant on an offer without a choice has expired.
    #[serde(default)]
    pub deadline: Option<Instant>,
}

impl Operation for OpenSelection {
    const NAME: &'static str = "selections.open";
    const EFFECT: Effect = Effect::Command;
    type Reply = SelectionView;

    fn run(&self, tx: &mut Tx) -> Run<SelectionView> {
        let positions = self.positions.iter().map(|one| Want::record::<Shift>(one.shift));
        tx.prefetch(positions.chain(self.proposals.iter().map(|one| Want::record::<Worker>(one.worker))))?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let now = tx.now();
        let found: Run<Vec<Shift>> = self.positions.iter().map(|one| tx.get(one.shift)).collect();
        let found = found?;
        let wanted: Vec<_> = self.positions.iter().map(|one| (one.shift, one.position)).collect();
        let targets = rules::targets(&wanted, &found, now)?;
        let first = found.first().ok_or_else(Refusal::not_found)?;
        let client = first.client.ok_or_else(|| Refusal::new(Code::ProjectHasNoClient))?;
        let (minimum, maximum) = rules::bounds(self.minimum, self.maximum, rules::heads(&targets, &found))?;
        rules::deadline(self.deadline, &found, now)?;
        // Asked for here and waited for below, so that it comes with what the proposals need.
        let _ = tx.prefetch([Want::record::<Project>(first.project)]);
        let proposals = proposals(tx, client, &self.proposals, &[])?;
        // Taking the project back in the same moment finds this selection, or this selection finds it taken back.
        let mut project: Project = tx.get(first.project)?;
        project.add_request()?;
        tx.put(&grant, &project)?;
        let selection = Selection {
            id: tx.new_id(),
            client,
            project: project.id,
            shared: project.shared,
            site: first.site,
            targets: Bounded::new(targets).map_err(Refusal::from)?,
            proposals,
            minimum,
            maximum,
            note: self.note.clone(),
            deadline: self.deadline,
            state: SelectionState::Draft,
            submitted_by: None,
            offered_at: None,
            created_at: now,
            revision: 1,
        };
        tx.put(&grant, &selection)?;
        tx.emit(&grant, &SelectionEvent::of(&selection, SelectionChange::Opened))?;
        Ok(views::selection(&grant, &selection, now))
    }
}

/// The workers in the order in which the client sees them. Who stays keeps id and marks.
fn proposals(
    tx: &mut Tx,
    client: ClientId,
    wanted: &[ProposedWorker],
    old: &[Proposal],
) -> Run<Bounded<Proposal, MOST_PROPOSALS>> {
    tx.prefetch([Want::record::<StaffPreferences>(client)])?;
    let preferences: Option<StaffPreferences> = tx.find(client)?;
    let mut seen = BTreeSet::new();
    let mut list = Vec::with_capacity(wanted.len());
    for (index, one) in wanted.iter().enumerate() {
        let at = |refusal: Refusal| refusal.at(format!("proposals[{index}].worker"));
        if !seen.insert(one.worker) {
            return Err(at(Refusal::new(Code::GivenTwice)).into());
        }
        let worker: Worker = tx.get(one.worker)?;
        if worker.archived {
            return Err(at(Refusal::new(Code::WorkerArchived)).into());
        }
        shifts::is_welcome(preferences.as_ref(), worker.id).map_err(at)?;
        let word = preferences.as_ref().and_then(|preferences| preferences.worker(worker.id));
        let before = old.iter().find(|proposal| proposal.worker == worker.id);
        list.push(Proposal {
            id: before.map_or_else(|| tx.new_id(), |before| before.id),
            worker: worker.id,
            note: one.note.clone(),
            preferred: word == Some(Preference::Preferred),
            shortlisted: before.is_some_and(|before| before.shortlisted),
            chosen: false,
            dropped: false,
            bookings: Vec::new(),
        });
    }
    list.sort_by_key(|proposal| !proposal.preferred);
    Ok(Bounded::new(list).map_err(Refusal::from)?)
}

/// Changes a selection that the client has not answered. What is not given stays; proposals are set as a whole.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditSelection {
    pub selection: SelectionId,
    /// The revision that was read; another one now is refused.
    pub revision: u32,
    #[serde(default)]
    pub proposals: Option<Bounded<ProposedWorker, MOST_PROPOSALS>>,
    #[serde(default)]
    pub minimum: Option<u32>,
    #[serde(default)]
    pub maximum: Option<u32>,
    #[serde(default)]
    pub note: Option<Text<2000>>,
    #[serde(default)]
    pub deadline: Option<Instant>,
}

impl Operation for EditSelection {
    const NAME: &'static str = "selections.edit";
    const EFFECT: Effect = Effect::Command;
    type Reply = SelectionView;

    fn run(&self, tx: &mut Tx) -> Run<SelectionView> {
        let workers = self.proposals.iter().flatten().map(|one| Want::record::<Worker>(one.worker));
        tx.prefetch([Want::record::<Selection>(self.selection)].into_iter().chain(workers))?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut selection: Selection = tx.get(self.selection)?;
        let now = tx.now();
        rules::expected(&selection, self.revision)?;
        rules::step(&mut selection, SelectionAction::Edit, now)?;
        tx.prefetch(selection.targets.iter().map(|target| Want::record::<Shift>(target.shift)))?;
        let found: Run<Vec<Shift>> = selection.targets.iter().map(|target| tx.get(target.shift)).collect();
        let found = found?;
        if let Some(wanted) = &self.proposals {
            selection.proposals = proposals(tx, selection.client, wanted, &selection.proposals)?;
        }
        let maximum = self.maximum.unwrap_or(selection.maximum);
        let minimum = self.minimum.unwrap_or(selection.minimum);
        let heads = rules::heads(&selection.targets, &found);
        (selection.minimum, selection.maximum) = rules::bounds(minimum, Some(maximum), heads)?;
        rules::deadline(self.deadline, &found, now)?;
        selection.deadline = self.deadline.or(selection.deadline);
        selection.note = self.note.clone().or(selection.note);
        if selection.is_offered() {
            rules::may_offer(&selection)?;
        }
        tx.put(&grant, &selection)?;
        tx.emit(&grant, &SelectionEvent::of(&selection, SelectionChange::Edited))?;
        Ok(views::selection(&grant, &selection, now))
    }
}
