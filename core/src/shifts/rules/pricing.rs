//! A shift as prices and fees see it: its demand, and its slots with what they cost.

use rust_decimal::Decimal;

use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::demand::{Demand, Position, Slot, WorkedTime};
use crate::pricing::engine::Book;
use crate::pricing::estimate::PricedEstimate;
use crate::pricing::fees::{CancelledPart, SlotGroup};
use crate::pricing::rules::skill_key;
use crate::shifts::model::Shift;
use crate::values::{Amount, Bounded, ChargeRate, Instant, Whole};

/// One position for each of the shift's, in their order.
pub fn demand(shift: &Shift, ordered_at: Instant) -> Result<Demand, Refusal> {
    let span = WorkedTime { start: shift.local_start, end: shift.local_end };
    let mut positions = Vec::with_capacity(shift.positions.len());
    for position in &shift.positions {
        let slot = Slot {
            skill: position.skill,
            skill_name: position.skill_name.as_str(),
            role: position.role,
            headcount: position.headcount,
        };
        positions.push(Position::planned(slot, span, shift.break_minutes)?);
    }
    Ok(Demand {
        zone: shift.zone.clone(),
        place: None,
        ordered_at: Some(ordered_at),
        positions: Bounded::new(positions)?,
    })
}

/// The shift's slots by position, with what was estimated for them.
pub fn slot_groups(
    shift: &Shift,
    book: &Book,
    demand: &Demand,
    priced: &PricedEstimate,
) -> Result<Vec<SlotGroup>, Refusal> {
    let length = shift.ends_at.minutes_since(shift.starts_at);
    let minutes = u32::try_from(length - i64::from(shift.break_minutes)).unwrap_or(1);
    let mut groups = Vec::with_capacity(shift.positions.len());
    for (index, position) in (0_u32..).zip(&shift.positions) {
        let own = || priced.lines.iter().filter(|line| line.position == Some(index));
        let mut sum = Amount::rounded(Decimal::ZERO, priced.currency);
        for line in own() {
            sum = sum.checked_add(line.amount).ok_or_else(|| Refusal::new(Code::AmountTooLarge))?;
        }
        let hourly = own().find(|line| line.minutes.is_some()).map(|line| line.unit_price.to_string());
        let active = position.bookings.iter().filter(|booking| booking.state.is_active()).count();
        let booked = u32::try_from(active).unwrap_or(u32::MAX).min(position.headcount);
        groups.push(SlotGroup {
            skill: skill_key(position.skill)?,
            per_hour: ChargeRate::parse(hourly.as_deref().unwrap_or("0"))?,
            requested: Whole::new(position.headcount)?,
            booked: Whole::new(booked)?,
            minutes: Whole::new(minutes)?,
            estimate: sum,
            minimum_call: book.minimum_call(demand, usize::try_from(index).unwrap_or(usize::MAX))?,
            part: CancelledPart::Whole {},
        });
    }
    Ok(groups)
}
