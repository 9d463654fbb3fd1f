//! Making one of two that were split, or of two groups of a shift.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{days, opening, splitting};
use crate::access::{Grant, Permission, Scope, authorize};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::shifts::apply;
use crate::shifts::events::{BookingChange, BookingEvent, ShiftChange};
use crate::shifts::model::{Booking, CalledOffBy, Cancellation, Position, Shift};
use crate::shifts::rules::{self, Action, MOST_BOOKINGS, MOST_HEADS};
use crate::shifts::views::{self, AgencyShiftView};
use crate::values::{PositionId, ShiftId, Span};

/// What is put together.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "with", rename_all = "snake_case", deny_unknown_fields)]
pub enum MergeHow {
    /// Another shift of the same order at the same site: with the same times, or one that starts when this one ends
    /// and wants the same people. It is called off as merged.
    Shift {
        shift: ShiftId,
        /// The revision of the other shift that was read.
        revision: u32,
    },
    /// Two positions of this shift, of the same skill and role.
    Position { into: PositionId, from: PositionId },
}

/// Merges into a shift that has not begun another one, or two of its positions. If all parts of what was ordered as one
/// are back, the client can ask for changes of it again.
///
/// When spans are joined, whoever was in either part is asked again for the whole, as far as there are heads; the
/// others are cancelled. Who is busy elsewhere in the joined time stands in the way.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeShift {
    pub shift: ShiftId,
    /// The revision that was read; another one now is refused.
    pub revision: u32,
    pub how: MergeHow,
}

impl Operation for MergeShift {
    const NAME: &'static str = "shifts.merge";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyShiftView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyShiftView> {
        let other = match &self.how {
            MergeHow::Shift { shift, .. } => Some(Want::record::<Shift>(shift)),
            MergeHow::Position { .. } => None,
        };
        tx.prefetch([Want::record::<Shift>(self.shift)].into_iter().chain(other))?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut shift = opening::opened(tx, &grant, self.shift)?;
        rules::may_cancel(&shift, tx.now())?;
        rules::expected(&shift, Some(self.revision))?;
        match &self.how {
            MergeHow::Position { into, from } => groups(&mut shift, *into, *from)?,
            MergeHow::Shift { shift: other, revision } => {
                let other: Option<Shift> = tx.find(other)?;
                let mut other = other.ok_or_else(|| Refusal::not_found().at("how.shift"))?;
                rules::expected(&other, Some(*revision)).map_err(|refusal| refusal.at("how.revision"))?;
                rules::may_merge(&shift, &other, tx.now())?;
                shifts(tx, &grant, &mut shift, &mut other)?;
            }
        }
        apply::write(tx, &grant, &mut shift, ShiftChange::Merged)?;
        Ok(views::agency_shift(&grant, shift, tx.now()))
    }
}

fn groups(shift: &mut Shift, into: PositionId, from: PositionId) -> Result<(), Refusal> {
    let find = |id, path: &str| {
        let found = shift.positions.iter().find(|position| position.id == id).cloned();
        found.ok_or_else(|| Refusal::not_found().at(path))
    };
    let (target, source) = (find(into, "how.into")?, find(from, "how.from")?);
    if into == from || !rules::same_group(&target, &source) {
        let expected = "another position of the same skill and role";
        return Err(Refusal::new(Code::ShiftsNotMergeable).at("how.from").with("expected", expected));
    }
    rules::headcount(target.headcount.saturating_add(source.headcount))
        .map_err(|refusal| refusal.at("how.from"))?;
    shift.positions.retain(|position| position.id != from);
    absorb(rules::position_mut(shift, into)?, source);
    Ok(())
}

fn absorb(target: &mut Position, source: Position) {
    target.headcount = target.headcount.saturating_add(source.headcount);
    target.bookings.extend(source.bookings);
    target.added.extend(source.added);
    target.added.sort_by_key(|added| added.ordered_at);
}

/// Takes the other shift in, and calls it off.
fn shifts(tx: &mut Tx, grant: &Grant, shift: &mut Shift, other: &mut Shift) -> Run<()> {
    rules::join_orders(shift, other)?;
    let before = (shift.span(), other.span());
    let joined = splitting::over(shift, other);
    if shift.bookings().count() + other.bookings().count() > MOST_BOOKINGS {
        return Err(Refusal::new(Code::ShiftFull).at("how.shift").with("expected", MOST_BOOKINGS).into());
    }
    let (own, theirs) = (apply::held(shift), apply::held(other));
    let all = || own.iter().map(|one| (one, before.0)).chain(theirs.iter().map(|one| (one, before.1)));
    let mut days = days::load(tx, all().map(|(booking, _)| (booking.worker, joined)))?;
    for (booking, span) in all() {
        days.release(booking.worker, booking.id, span);
    }
    if before.0 == before.1 {
        for position in std::mem::take(&mut other.positions) {
            let fits = |one: &&mut Position| {
                rules::same_group(one, &position)
                    && one.headcount.saturating_add(position.headcount) <= MOST_HEADS
            };
            match shift.positions.iter_mut().find(fits) {
                Some(target) => absorb(target, position),
                None => shift.positions.push(position),
            }
        }
        if shift.positions.len() > 50 {
            return Err(Refusal::new(Code::TooMany).at("how.shift").with("expected", 50).into());
        }
        splitting::take(&mut days, shift, &apply::held(shift))?;
    } else {
        adjoin(tx, grant, shift, other, joined)?;
        splitting::take(&mut days, shift, &apply::held(shift))?;
        apply::ask_again(tx, grant, shift, own.iter().chain(&theirs))?;
    }
    days::write(tx, grant, &days)?;
    shift.part = rules::join(shift, other);
    other.cancelled_at = Some(tx.now());
    other.cancellation = Some(Cancellation {
        by: CalledOffBy::Agency,
        reason: None,
        reason_visible: false,
        bookings: Vec::new(),
        merged_into: Some(shift.id),
    });
    other.lead = None;
    apply::write(tx, grant, other, ShiftChange::Merged)
}

/// Joins a shift that starts when this one ends. Both must want the same people.
fn adjoin(tx: &mut Tx, grant: &Grant, shift: &mut Shift, other: &mut Shift, joined: Span) -> Run<()> {
    let mut free: Vec<&mut Position> = other.positions.iter_mut().collect();
    let mut ended: Vec<(Booking, BookingChange)> = Vec::new();
    for position in &mut shift.positions {
        let is_alike =
            |one: &&mut Position| rules::same_group(one, position) && one.headcount == position.headcount;
        let Some(place) = free.iter().position(is_alike) else { return Err(unlike().into()) };
        let theirs = free.swap_remove(place);
        for booking in theirs.bookings.extract_if(.., |booking| booking.state.is_active()).collect::<Vec<_>>()
        {
            let active = || position.bookings.iter().filter(|one| one.state.is_active());
            let twin = active().find(|one| one.worker == booking.worker).map(|one| one.id);
            if twin.is_none() && active().count() < position.headcount as usize {
                position.bookings.push(booking);
                continue;
            }
            let (action, change) = match twin {
                Some(_) => (Action::Replace, BookingChange::Replaced),
                None => (Action::Cancel, BookingChange::Cancelled),
            };
            let state = rules::next(booking.state, action)?;
            let over = Booking { state, replaced_by: twin, changed_at: tx.now(), ..booking };
            ended.push((over.clone(), change));
            theirs.bookings.push(over);
        }
    }
    if !free.is_empty() {
        return Err(unlike().into());
    }
    for (booking, change) in ended {
        tx.emit(grant, &BookingEvent::of(other, &booking, change))?;
    }
    (shift.ends_at, shift.local_end) = (joined.end, other.local_end);
    shift.break_minutes = shift.break_minutes.saturating_add(other.break_minutes);
    rules::span(&shift.zone, shift.local_start, shift.local_end, shift.break_minutes)
        .map_err(|refusal| refusal.at("how.shift"))?;
    Ok(())
}

fn unlike() -> Refusal {
    Refusal::new(Code::ShiftsNotMergeable).at("how.shift").with("expected", "a shift with the same positions")
}
