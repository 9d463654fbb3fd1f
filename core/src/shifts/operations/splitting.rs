//! Making two of one: two shifts by time or by positions, or two groups within a shift.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{days, opening};
use crate::access::{Grant, Permission, Scope, authorize};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::mandates::events::PlanEvent;
use crate::projects::model::Project;
use crate::shifts::apply;
use crate::shifts::events::ShiftChange;
use crate::shifts::model::{Booking, BookingState, Position, Shift};
use crate::shifts::rules;
use crate::shifts::views::{self, SplitView};
use crate::values::{Bounded, LocalTime, PositionId, ShiftId, Span};

/// Along which line a shift is split.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum SplitHow {
    /// Two shifts: up to this time of the site's clock, and from then on. Both keep the team, which is asked again.
    Time {
        at: LocalTime,
        /// The break of the first part; the whole break if left out.
        #[serde(default)]
        first_break: Option<u32>,
        /// The break of the second part; none if left out.
        #[serde(default)]
        second_break: Option<u32>,
    },
    /// Two shifts with the same times: these positions go to the new one, with their bookings. Nobody is asked again.
    Positions { positions: Bounded<PositionId, 50> },
    /// Two groups in the same shift: so many slots of a position become a position of their own.
    Headcount { position: PositionId, headcount: u32 },
}

/// Splits a shift that has not begun. For the client its parts are split from then on: changes go through the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitShift {
    pub shift: ShiftId,
    /// The revision that was read; another one now is refused.
    pub revision: u32,
    pub how: SplitHow,
}

impl Operation for SplitShift {
    const NAME: &'static str = "shifts.split";
    const EFFECT: Effect = Effect::Command;
    type Reply = SplitView;

    fn run(&self, tx: &mut Tx) -> Run<SplitView> {
        tx.prefetch([Want::record::<Shift>(self.shift)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut shift = opening::opened(tx, &grant, self.shift)?;
        rules::may_cancel(&shift, tx.now())?;
        rules::expected(&shift, Some(self.revision))?;
        let mut new = match &self.how {
            SplitHow::Headcount { position, headcount } => {
                let new = tx.new_id();
                if shift.positions.len() >= 50 {
                    return Err(Refusal::new(Code::TooMany).at("how.position").with("expected", 50).into());
                }
                rules::divide(&mut shift, *position, *headcount, new)?;
                None
            }
            SplitHow::Time { at, first_break, second_break } => {
                let breaks = [first_break.unwrap_or(shift.break_minutes), second_break.unwrap_or(0)];
                Some(by_time(tx, &grant, &mut shift, *at, breaks)?)
            }
            SplitHow::Positions { positions } => Some(by_positions(tx, &grant, &mut shift, positions)?),
        };
        if let Some(new) = &mut new {
            rules::share_order(&mut shift, new);
        }
        apply::write(tx, &grant, &mut shift, ShiftChange::Split)?;
        if let Some(new) = &new {
            tx.put(&grant, new)?;
            let (project, schedule) = (new.project, new.schedule);
            tx.emit(&grant, &PlanEvent::ShiftCreated { shift: new.id, project, schedule })?;
        }
        let now = tx.now();
        Ok(SplitView {
            shift: views::agency_shift(&grant, shift, now),
            new: new.map(|new| views::agency_shift(&grant, new, now)),
        })
    }
}

/// A shift beside this one, counted in its project, without positions. Each gets half of the share.
fn beside(tx: &mut Tx, grant: &Grant, shift: &mut Shift) -> Run<Shift> {
    let held = apply::held(shift);
    let wants = days::wants(held.iter().map(|booking| (booking.worker, shift.span())));
    tx.prefetch(wants.into_iter().chain([Want::record::<Project>(shift.project)]))?;
    let mut project: Project = tx.get(shift.project)?;
    project.add_shifts(1)?;
    tx.put(grant, &project)?;
    let [own, other] = rules::half_of(shift)?;
    shift.part = Some(own);
    let mut new = Shift {
        id: tx.new_id(),
        positions: Vec::new(),
        lead: None,
        part: Some(other),
        open_change: None,
        revision: 1,
        host_id: None,
        ..shift.clone()
    };
    new.share(&project);
    Ok(new)
}

fn by_time(tx: &mut Tx, grant: &Grant, shift: &mut Shift, at: LocalTime, breaks: [u32; 2]) -> Run<Shift> {
    let part = |start, end, pause, path: &str| {
        rules::span(&shift.zone, start, end, pause).map_err(|refusal| match refusal.code {
            Code::BreakTooLong => refusal.at(path),
            _ => refusal.at("how.at"),
        })
    };
    let [first_break, second_break] = breaks;
    let first = part(shift.local_start, at, first_break, "how.first_break")?;
    let second = part(at, shift.local_end, second_break, "how.second_break")?;
    let (whole, held) = (shift.span(), apply::held(shift));
    let mut new = beside(tx, grant, shift)?;
    let mut days = days::load(tx, held.iter().map(|booking| (booking.worker, whole)))?;
    for booking in &held {
        days.release(booking.worker, booking.id, whole);
    }
    (shift.local_end, shift.ends_at, shift.break_minutes) = (at, first.end, first_break);
    (new.local_start, new.starts_at, new.break_minutes) = (at, second.start, second_break);
    for position in &shift.positions {
        let id = tx.new_id();
        let mut bookings = Vec::new();
        for booking in position.bookings.iter().filter(|booking| booking.state.is_active()) {
            let state = match booking.state {
                BookingState::Confirmed => BookingState::NeedsReconfirmation,
                other => other,
            };
            bookings.push(Booking { id: tx.new_id(), state, changed_at: tx.now(), ..booking.clone() });
        }
        new.positions.push(Position { id, bookings, ..position.clone() });
    }
    take(&mut days, shift, &held)?;
    take(&mut days, &new, &apply::held(&new))?;
    days::write(tx, grant, &days)?;
    apply::ask_again(tx, grant, shift, held.iter())?;
    Ok(new)
}

fn by_positions(tx: &mut Tx, grant: &Grant, shift: &mut Shift, positions: &[PositionId]) -> Run<Shift> {
    let out = rules::take_out(&mut shift.clone(), positions)?;
    let mut new = beside(tx, grant, shift)?;
    rules::take_out(shift, positions)?;
    new.positions = out;
    let (moved, span) = (apply::held(&new), new.span());
    if shift.lead.is_some_and(|lead| new.bookings().any(|booking| booking.id == lead)) {
        new.lead = shift.lead.take();
    }
    let mut days = days::load(tx, moved.iter().map(|booking| (booking.worker, span)))?;
    for booking in &moved {
        days.release(booking.worker, booking.id, span);
    }
    take(&mut days, &new, &moved)?;
    days::write(tx, grant, &days)?;
    Ok(new)
}

/// Holds these workers for the shift as it is now.
pub(super) fn take(days: &mut rules::Days, shift: &Shift, bookings: &[Booking]) -> Result<(), Refusal> {
    bookings.iter().try_for_each(|booking| days.take(booking.worker, &days::entry(shift, booking)))
}

/// The span over two that touch or are the same.
pub(super) fn over(one: &Shift, other: &Shift) -> Span {
    Span { start: one.starts_at, end: one.ends_at.max(other.ends_at) }
}
