//! Giving a worker a place in a position, first or in place of somebody else.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::placing::{answer_by, draft, place};
use super::{days, opening};
use crate::access::{Permission, Scope, authorize};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::shifts::events::{BookingChange, BookingEvent};
use crate::shifts::model::{BookingPolicy, Shift, StaffPreferences, Worker};
use crate::shifts::placing::BookedAs;
use crate::shifts::rules::{self, Action, Times};
use crate::shifts::views::{self, BookingView, ReplacementView, pay_schema};
use crate::values::{BookingId, Instant, Pay, PositionId, ShiftId, WorkerId, pay_for_agency};

/// Books a worker into a position of a shift. Nobody is booked twice for the same time.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Book {
    pub shift: ShiftId,
    pub position: PositionId,
    pub worker: WorkerId,
    /// What the worker earns an hour. Clients never see it.
    #[serde(with = "pay_for_agency", default)]
    #[schemars(schema_with = "pay_schema")]
    pub pay: Option<Pay>,
    #[serde(default)]
    pub state: BookedAs,
    /// From this instant on an invitation without an answer has lapsed, and the worker is free again.
    #[serde(default)]
    pub answer_by: Option<Instant>,
}

impl Operation for Book {
    const NAME: &'static str = "bookings.book";
    const EFFECT: Effect = Effect::Command;
    type Reply = BookingView;

    fn run(&self, tx: &mut Tx) -> Run<BookingView> {
        tx.prefetch(wants(tx, self.shift, self.worker))?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut shift = opening::opened(tx, &grant, self.shift)?;
        let worker: Worker = tx.get(self.worker)?;
        let policy = opening::policy(tx)?;
        let preferences = shift.client.map(Want::record::<StaffPreferences>);
        let mut days = days::load_with(tx, [(worker.id, shift.span())], preferences)?;
        let preferences = opening::preferences(tx, &shift)?;
        rules::is_welcome(preferences.as_ref(), worker.id)?;
        let mut booking = draft(tx, &worker, self.state, self.pay);
        booking.answer_by = answer_by(&shift, self.state, self.answer_by, tx.now())?;
        place(&mut shift, self.position, &worker, &mut booking, policy.skills, &mut days)?;
        tx.put(&grant, &shift)?;
        tx.put(&grant, &worker)?;
        days::write(tx, &grant, &days)?;
        tx.emit(&grant, &BookingEvent::of(&shift, &booking, self.state.change()))?;
        let now = tx.now();
        Ok(views::booking(&grant, Times::of(&shift), booking, now))
    }
}

fn wants(tx: &Tx, shift: ShiftId, worker: WorkerId) -> [Want; 3] {
    let policy = Want::record::<BookingPolicy>(tx.context().agency);
    [Want::record::<Shift>(shift), Want::record::<Worker>(worker), policy]
}

/// Asks a proposed worker. From here on the booking holds the worker's time and a place, if both are still free.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteBooking {
    pub shift: ShiftId,
    pub booking: BookingId,
    /// From this instant on the invitation without an answer has lapsed, and the worker is free again.
    #[serde(default)]
    pub answer_by: Option<Instant>,
}

impl Operation for InviteBooking {
    const NAME: &'static str = "bookings.invite";
    const EFFECT: Effect = Effect::Command;
    type Reply = BookingView;

    fn run(&self, tx: &mut Tx) -> Run<BookingView> {
        tx.prefetch([Want::record::<Shift>(self.shift)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut shift = opening::opened(tx, &grant, self.shift)?;
        let (position, worker) = rules::booking_in(&shift, self.booking)?;
        let preferences = shift.client.map(Want::record::<StaffPreferences>);
        let others = preferences.into_iter().chain([Want::record::<Worker>(worker)]);
        let mut days = days::load_with(tx, [(worker, shift.span())], others)?;
        let preferences = opening::preferences(tx, &shift)?;
        let worker: Worker = tx.get(worker)?;
        let answer_by = answer_by(&shift, BookedAs::Invited, self.answer_by, tx.now())?;
        rules::is_welcome(preferences.as_ref(), worker.id)?;
        if worker.archived {
            return Err(Refusal::new(Code::WorkerArchived).at("worker").into());
        }
        rules::has_place(rules::position_mut(&mut shift, position)?)?;
        rules::apply(&mut shift, self.booking, Action::Invite, tx.now())?;
        let booking = rules::booking_mut(&mut shift, self.booking)?;
        booking.answer_by = answer_by;
        let booking = booking.clone();
        days.take(worker.id, &days::entry(&shift, &booking))?;
        tx.put(&grant, &shift)?;
        tx.put(&grant, &worker)?;
        days::write(tx, &grant, &days)?;
        tx.emit(&grant, &BookingEvent::of(&shift, &booking, BookingChange::Invited))?;
        let now = tx.now();
        Ok(views::booking(&grant, Times::of(&shift), booking, now))
    }
}

/// Gives the place of a booking to another worker. The old booking stays, as replaced by the new one.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplaceBooking {
    pub shift: ShiftId,
    pub booking: BookingId,
    /// Who comes instead.
    pub worker: WorkerId,
    /// What the new worker earns an hour. Clients never see it.
    #[serde(with = "pay_for_agency", default)]
    #[schemars(schema_with = "pay_schema")]
    pub pay: Option<Pay>,
    #[serde(default)]
    pub state: BookedAs,
    /// From this instant on an invitation without an answer has lapsed, and the worker is free again.
    #[serde(default)]
    pub answer_by: Option<Instant>,
}

impl Operation for ReplaceBooking {
    const NAME: &'static str = "bookings.replace";
    const EFFECT: Effect = Effect::Command;
    type Reply = ReplacementView;

    fn run(&self, tx: &mut Tx) -> Run<ReplacementView> {
        tx.prefetch(wants(tx, self.shift, self.worker))?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        if self.state == BookedAs::Proposed {
            let expected = "`invited` or `confirmed`: a proposal takes no place";
            return Err(Refusal::new(Code::NotOneOf).at("state").with("expected", expected).into());
        }
        let mut shift = opening::opened(tx, &grant, self.shift)?;
        let worker: Worker = tx.get(self.worker)?;
        let policy = opening::policy(tx)?;
        let span = shift.span();
        let (position, leaving) = rules::booking_in(&shift, self.booking)?;
        let preferences = shift.client.map(Want::record::<StaffPreferences>);
        let mut days = days::load_with(tx, [(worker.id, span), (leaving, span)], preferences)?;
        let preferences = opening::preferences(tx, &shift)?;
        rules::is_welcome(preferences.as_ref(), worker.id)?;
        let mut new = draft(tx, &worker, self.state, self.pay);
        new.answer_by = answer_by(&shift, self.state, self.answer_by, tx.now())?;
        let mut old = rules::apply(&mut shift, self.booking, Action::Replace, tx.now())?;
        old.replaced_by = Some(new.id);
        *rules::booking_mut(&mut shift, self.booking)? = old.clone();
        days.release(leaving, self.booking, span);
        place(&mut shift, position, &worker, &mut new, policy.skills, &mut days)?;
        tx.put(&grant, &shift)?;
        tx.put(&grant, &worker)?;
        days::write(tx, &grant, &days)?;
        tx.emit(&grant, &BookingEvent::of(&shift, &old, BookingChange::Replaced))?;
        tx.emit(&grant, &BookingEvent::of(&shift, &new, self.state.change()))?;
        let now = tx.now();
        let replaced = views::booking(&grant, Times::of(&shift), old, now);
        Ok(ReplacementView { replaced, booking: views::booking(&grant, Times::of(&shift), new, now) })
    }
}
