//! Making a shift what was wanted, in the commit that approves it; ending a request in another way.

use super::events::ChangeEvent;
use super::model::{Change, ChangeRequest};
use super::notify::notify;
use super::rules::{self, ChangeAction, Ended, Planned};
use crate::access::Grant;
use crate::agency::model::Skill;
use crate::clients::model::Client;
use crate::engine::{Run, Tx};
use crate::purchasing::holding;
use crate::purchasing::model::Holder;
use crate::shifts::apply::{self, CallOff};
use crate::shifts::events::ShiftChange;
use crate::shifts::model::{CalledOffBy, Shift};
use crate::shifts::rules::Terms;

/// Makes the shift what was wanted: bookings follow by rule, and the shift is written under its next revision.
///
/// A booked worker who is busy elsewhere at the new times stands in the way: the approval is refused, and the agency
/// first takes the booking back or declines. Nothing of that reaches the client.
pub fn approve(
    tx: &mut Tx,
    grant: &Grant,
    request: &ChangeRequest,
    shift: &mut Shift,
    terms: &Terms,
) -> Run<()> {
    let skill = skill_wanted(tx, request)?;
    let Planned { shift: after, .. } =
        rules::plan(shift, &request.change, skill.as_ref(), request.at, tx.now())?;
    shift.open_change = None;
    rules::ordered(shift, request);
    match &request.change {
        Change::Times { .. } => {
            let to = after.span();
            shift.break_minutes = after.break_minutes;
            (shift.local_start, shift.local_end) = (after.local_start, after.local_end);
            let change = if to == shift.span() { ShiftChange::Edited } else { ShiftChange::Moved };
            if change == ShiftChange::Moved {
                apply::reschedule(tx, grant, shift, to)?;
            }
            apply::write(tx, grant, shift, change)
        }
        Change::Headcount { position, headcount } => {
            apply::set_headcount(tx, grant, shift, *position, *headcount, Some(request.at))?;
            apply::write(tx, grant, shift, ShiftChange::PositionsChanged)
        }
        Change::Skill { .. } => {
            for (position, after) in shift.positions.iter_mut().zip(after.positions) {
                (position.skill, position.skill_name) = (after.skill, after.skill_name);
            }
            let held = apply::held(shift);
            apply::ask_again(tx, grant, shift, held.iter())?;
            apply::write(tx, grant, shift, ShiftChange::PositionsChanged)
        }
        Change::Note { note } => {
            shift.note.clone_from(note);
            if terms.policy.note_asks_again {
                let held = apply::held(shift);
                apply::ask_again(tx, grant, shift, held.iter())?;
            }
            apply::write(tx, grant, shift, ShiftChange::Edited)
        }
        Change::Cancel {} => {
            let (by, reason) = (CalledOffBy::Client, request.reason.clone());
            apply::call_off(tx, grant, shift, CallOff { by, reason, reason_visible: true })
        }
    }
}

/// The skill that is wanted, as it is now; a request that wants none reads none.
fn skill_wanted(tx: &mut Tx, request: &ChangeRequest) -> Run<Option<Skill>> {
    match request.change {
        Change::Skill { skill } => tx.find(skill),
        _ => Ok(None),
    }
}

/// Takes the request's next step, writes it, and tells whoever is to hear of it. What it holds of a purchase order is
/// used or given back; the row of that order is to be prefetched with what else the caller needs.
pub fn end(
    tx: &mut Tx,
    grant: &Grant,
    request: &mut ChangeRequest,
    client: &Client,
    action: ChangeAction,
) -> Run<()> {
    request.state = rules::next(request.state, action)?;
    if let Some(taken) = request.taken {
        let (order, by) = (taken.purchase_order, Holder::Shift(request.shift));
        match rules::ended(request, taken, action) {
            Ended::Settled(change) => holding::settle_change(tx, grant, order, by, change)?,
            Ended::GivenUp => holding::release(tx, grant, order, by)?,
            Ended::FeeBack(change) => holding::give_back(tx, grant, order, change)?,
        }
    }
    request.decided_at = Some(tx.now());
    request.decided_by = tx.context().actor.member();
    tx.put(grant, request)?;
    tx.emit(grant, &ChangeEvent::of(request, action))?;
    notify(tx, grant, request, client, action)
}
