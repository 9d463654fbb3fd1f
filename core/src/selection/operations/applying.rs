//! Booking the chosen: a step of the agency's own, in one commit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::life::done;
use crate::access::{Permission, Scope, authorize};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Stop, Tx, Want};
use crate::notifications::Notice;
use crate::projects::model::Project;
use crate::selection::events::SelectionChange;
use crate::selection::model::Selection;
use crate::selection::rules::{self, SelectionAction};
use crate::selection::views::{self, SelectionView};
use crate::shifts::events::BookingEvent;
use crate::shifts::model::{BookingPolicy, Shift, StaffPreferences, Worker};
use crate::shifts::placing::{BookedAs, answer_by, draft, place};
use crate::shifts::{days, opening};
use crate::values::{Bounded, Instant, SelectionId, WorkerId};

/// Books everybody whom the client has chosen into every position of the selection, or nobody.
///
/// Days, headcounts, skills and refusals are checked anew. Who has been booked elsewhere meanwhile is in the way, with
/// the same refusal as a booking: drop that proposal, and apply the others or reopen the selection.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplySelection {
    pub selection: SelectionId,
    /// The revision that was read; another one now is refused.
    pub revision: u32,
    /// Whether the chosen are asked, or have said yes already.
    #[serde(default)]
    pub state: BookedAs,
    /// From this instant on invitations without an answer have lapsed.
    #[serde(default)]
    pub answer_by: Option<Instant>,
}

impl Operation for ApplySelection {
    const NAME: &'static str = "selections.apply";
    const EFFECT: Effect = Effect::Command;
    type Reply = SelectionView;

    fn run(&self, tx: &mut Tx) -> Run<SelectionView> {
        let policy = Want::record::<BookingPolicy>(tx.context().agency);
        tx.prefetch([Want::record::<Selection>(self.selection), policy])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut selection: Selection = tx.get(self.selection)?;
        let policy = opening::policy(tx)?;
        let now = tx.now();
        rules::expected(&selection, self.revision)?;
        rules::step(&mut selection, SelectionAction::Apply, now)?;
        let mut proposals = std::mem::take(&mut selection.proposals).into_vec();
        rules::enough(&selection, proposals.iter().filter(|proposal| proposal.chosen).count())?;
        if self.state == BookedAs::Proposed {
            let expected = "`invited` or `confirmed`";
            return Err(Refusal::new(Code::NotOneOf).at("state").with("expected", expected).into());
        }
        prefetch(tx, &selection, proposals.iter().filter(|one| one.chosen).map(|one| one.worker))?;
        let preferences: Option<StaffPreferences> = tx.find(selection.client)?;
        let mut shifts = Vec::with_capacity(selection.targets.len());
        for target in &selection.targets {
            shifts.push(opening::opened(tx, &grant, target.shift)?);
        }
        let chosen = proposals.iter().filter(|one| one.chosen).map(|one| one.worker);
        let spans: Vec<_> = shifts.iter().map(Shift::span).collect();
        let mut days =
            days::load(tx, chosen.flat_map(|worker| spans.iter().map(move |span| (worker, *span))))?;
        for (index, proposal) in proposals.iter_mut().enumerate().filter(|(_, proposal)| proposal.chosen) {
            let at = |stop: Stop| match stop {
                Stop::Refused(refusal) => Stop::Refused(refusal.at(format!("proposals[{index}]"))),
                other => other,
            };
            let worker: Worker = tx.get(proposal.worker)?;
            crate::shifts::rules::is_welcome(preferences.as_ref(), worker.id)
                .map_err(|refusal| at(refusal.into()))?;
            for (shift, target) in shifts.iter_mut().zip(&selection.targets) {
                if now >= shift.starts_at {
                    return Err(Refusal::new(Code::ShiftStarted).into());
                }
                let mut booking = draft(tx, &worker, self.state, None);
                booking.answer_by = answer_by(shift, self.state, self.answer_by, now)?;
                place(shift, target.position, &worker, &mut booking, policy.skills, &mut days).map_err(at)?;
                proposal.bookings.push(booking.id);
                tx.emit(&grant, &BookingEvent::of(shift, &booking, self.state.change()))?;
            }
            tx.put(&grant, &worker)?;
        }
        for shift in &shifts {
            tx.put(&grant, shift)?;
        }
        days::write(tx, &grant, &days)?;
        selection.proposals = Bounded::new(proposals).map_err(Refusal::from)?;
        done(tx, &grant, &selection, SelectionChange::Applied, Some(Notice::SelectionApplied))?;
        Ok(views::selection(&grant, &selection, now))
    }
}

/// Everything whose id the selection tells, in one round.
fn prefetch(tx: &mut Tx, selection: &Selection, chosen: impl Iterator<Item = WorkerId>) -> Run<()> {
    let shifts = selection.targets.iter().map(|target| Want::record::<Shift>(target.shift));
    let others = [
        Want::record::<StaffPreferences>(selection.client),
        Want::record::<Client>(selection.client),
        Want::record::<Project>(selection.project),
    ];
    tx.prefetch(shifts.chain(chosen.map(Want::record::<Worker>)).chain(others))
}
