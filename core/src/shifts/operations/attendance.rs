//! Coming and going, as the host's clock or the agency says, and the agency's policy for it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::opening;
use super::steps::booking_steps;
use crate::access::{Permission, Scope, authorize};
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::shifts::events::{BookingChange, BookingEvent, StaffEvent};
use crate::shifts::model::{BookingPolicy, OnSite, Shift, SkillRule};
use crate::shifts::rules::{self, Action, Times};
use crate::shifts::views::{self, BookingPolicyView, BookingView};
use crate::values::{BookingId, Instant, ShiftId, Whole};

/// One step over somebody's presence, whose row is kept equal.
fn step(
    tx: &mut Tx,
    shift: ShiftId,
    booking: BookingId,
    change: BookingChange,
    take: impl Fn(&mut Shift, &BookingPolicy, Instant) -> Result<(), Refusal>,
) -> Run<BookingView> {
    let policy = Want::record::<BookingPolicy>(tx.context().agency);
    tx.prefetch([Want::record::<Shift>(shift), Want::record::<OnSite>(booking), policy])?;
    let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
    let mut shift = opening::opened(tx, &grant, shift)?;
    let policy = opening::policy(tx)?;
    let now = tx.now();
    take(&mut shift, &policy, now)?;
    opening::keep_presence(tx, &grant, &shift, booking)?;
    tx.put(&grant, &shift)?;
    let booking = rules::booking_mut(&mut shift, booking)?.clone();
    tx.emit(&grant, &BookingEvent::of(&shift, &booking, change))?;
    Ok(views::booking(&grant, Times::of(&shift), booking, now))
}

/// Notes that a confirmed worker has come: now, or at the moment that the host measured.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    pub shift: ShiftId,
    pub booking: BookingId,
    /// When it was, if not now.
    #[serde(default)]
    pub at: Option<Instant>,
}

impl Operation for CheckIn {
    const NAME: &'static str = "bookings.check_in";
    const EFFECT: Effect = Effect::Command;
    type Reply = BookingView;

    fn run(&self, tx: &mut Tx) -> Run<BookingView> {
        step(tx, self.shift, self.booking, BookingChange::CheckedIn, |shift, policy, now| {
            rules::apply(shift, self.booking, Action::CheckIn, now)?;
            let arrival = rules::check_in(shift, policy, self.at.unwrap_or(now), now)?;
            rules::booking_mut(shift, self.booking)?.arrival = Some(arrival);
            Ok(())
        })
    }
}

/// Notes that a worker has left: now, or at the moment that the host measured.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckOut {
    pub shift: ShiftId,
    pub booking: BookingId,
    /// When it was, if not now.
    #[serde(default)]
    pub at: Option<Instant>,
}

impl Operation for CheckOut {
    const NAME: &'static str = "bookings.check_out";
    const EFFECT: Effect = Effect::Command;
    type Reply = BookingView;

    fn run(&self, tx: &mut Tx) -> Run<BookingView> {
        step(tx, self.shift, self.booking, BookingChange::CheckedOut, |shift, policy, now| {
            let booking = rules::apply(shift, self.booking, Action::CheckOut, now)?;
            let departure = rules::check_out(shift, &booking, policy, self.at.unwrap_or(now), now)?;
            rules::booking_mut(shift, self.booking)?.departure = Some(departure);
            Ok(())
        })
    }
}

fn undo(
    tx: &mut Tx,
    shift: ShiftId,
    booking: BookingId,
    change: BookingChange,
    action: Action,
) -> Run<BookingView> {
    step(tx, shift, booking, change, |shift, _, now| rules::apply(shift, booking, action, now).map(drop))
}

booking_steps! { undo:
    /// Takes a check-in back that was a mistake: the worker is confirmed, and not there.
    UndoCheckIn "bookings.undo_check_in" UndoCheckIn CheckInUndone;
    /// Takes a check-out back that was a mistake: the worker is still there.
    UndoCheckOut "bookings.undo_check_out" UndoCheckOut CheckOutUndone;
}

/// Sets when people may check in and out, and what a missing skill means. What is not given stays.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetBookingPolicy {
    /// Minutes before the start from which on people check in; 60 at first.
    #[serde(default)]
    pub check_in_before: Option<Whole<0, 240>>,
    /// Minutes after the start from which on who comes is late; 5 at first.
    #[serde(default)]
    pub late_after: Option<Whole<0, 120>>,
    /// Minutes before the end before which who leaves leaves early; 5 at first.
    #[serde(default)]
    pub early_before: Option<Whole<0, 120>>,
    /// Minutes after the end until which people check out; 240 at first.
    #[serde(default)]
    pub check_out_after: Option<Whole<0, 720>>,
    #[serde(default)]
    pub skills: Option<SkillRule>,
}

impl Operation for SetBookingPolicy {
    const NAME: &'static str = "bookings.set_policy";
    const EFFECT: Effect = Effect::Command;
    type Reply = BookingPolicyView;

    fn run(&self, tx: &mut Tx) -> Run<BookingPolicyView> {
        tx.prefetch([Want::record::<BookingPolicy>(tx.context().agency)])?;
        let grant = authorize(tx, Permission::ManageAgency, Scope::Agency)?;
        let old = opening::policy(tx)?;
        let new = BookingPolicy {
            agency: old.agency,
            check_in_before: self.check_in_before.unwrap_or(old.check_in_before),
            late_after: self.late_after.unwrap_or(old.late_after),
            early_before: self.early_before.unwrap_or(old.early_before),
            check_out_after: self.check_out_after.unwrap_or(old.check_out_after),
            skills: self.skills.unwrap_or(old.skills),
        };
        if new != old {
            tx.put(&grant, &new)?;
            tx.emit(&grant, &StaffEvent::PolicySet { agency: new.agency })?;
        }
        Ok(views::booking_policy(&grant, &new))
    }
}

/// When people may check in and out, and what a missing skill means.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetBookingPolicy {}

impl Operation for GetBookingPolicy {
    const NAME: &'static str = "bookings.get_policy";
    const EFFECT: Effect = Effect::Query;
    type Reply = BookingPolicyView;

    fn run(&self, tx: &mut Tx) -> Run<BookingPolicyView> {
        tx.prefetch([Want::record::<BookingPolicy>(tx.context().agency)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let policy = opening::policy(tx)?;
        Ok(views::booking_policy(&grant, &policy))
    }
}
