//! A shift as prices and fees see it: its demands, and its slots with what they cost.

use rust_decimal::Decimal;

use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::demand::{Demand, Position, Slot, WorkedTime};
use crate::pricing::engine::Book;
use crate::pricing::estimate::{Estimate, PricedEstimate};
use crate::pricing::fees::{CancelledPart, SlotGroup};
use crate::pricing::rules::skill_key;
use crate::shifts::model::Shift;
use crate::values::{Amount, Bounded, ChargeRate, Currency, Instant, Whole, Zone};

/// What was asked for at one moment, and which of the shift's positions its positions are.
struct Submission {
    demand: Demand,
    positions: Vec<usize>,
}

/// What one position costs, over all moments at which some of it was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PositionPrice {
    pub amount: Amount,
    per_hour: ChargeRate,
    minimum_call: Amount,
}

/// What a shift is expected to cost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShiftPrice {
    /// Without VAT.
    pub net: Amount,
    /// With VAT.
    pub total: Amount,
    /// In the order of the shift's positions.
    pub positions: Vec<PositionPrice>,
}

/// Why a shift has no one price.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoPrice {
    /// No list in force prices it.
    NoRate,
    /// The price depends on who comes.
    DependsOnWorker,
}

/// What was asked for with the shift, and what was added later: each by the moment at which it was asked for.
fn submissions(shift: &Shift, first: Instant) -> Result<Vec<Submission>, Refusal> {
    let later = shift.positions.iter().flat_map(|position| &position.added).map(|added| added.ordered_at);
    let mut moments: Vec<Instant> = later.collect();
    moments.sort_unstable();
    moments.dedup();
    let span = WorkedTime { start: shift.local_start, end: shift.local_end };
    let mut found = Vec::with_capacity(moments.len() + 1);
    for moment in std::iter::once(None).chain(moments.into_iter().map(Some)) {
        let (mut positions, mut places) = (Vec::new(), Vec::new());
        for (place, position) in shift.positions.iter().enumerate() {
            let added = || position.added.iter().filter(|added| Some(added.ordered_at) == moment);
            let headcount = match moment {
                None => position.first_ordered(),
                Some(_) => added().map(|added| added.count).sum(),
            };
            if headcount == 0 {
                continue;
            }
            let slot = Slot {
                skill: position.skill,
                skill_name: position.skill_name.as_str(),
                role: position.role,
                headcount,
            };
            positions.push(Position::planned(slot, span, shift.break_minutes)?);
            places.push(place);
        }
        if positions.is_empty() {
            continue;
        }
        found.push(Submission {
            demand: Demand {
                zone: shift.zone.clone(),
                place: None,
                ordered_at: Some(moment.unwrap_or(first)),
                positions: Bounded::new(positions)?,
            },
            positions: places,
        });
    }
    Ok(found)
}

/// What a shift is expected to cost now; nothing if it is cancelled. `first` is when it was asked for.
pub fn price(
    shift: &Shift,
    book: &Book,
    currency: Currency,
    first: Instant,
) -> Result<Result<ShiftPrice, NoPrice>, Refusal> {
    let zero = Amount::rounded(Decimal::ZERO, currency);
    let none = PositionPrice { amount: zero, per_hour: ChargeRate::parse("0")?, minimum_call: zero };
    let mut sum = ShiftPrice { net: zero, total: zero, positions: vec![none; shift.positions.len()] };
    if shift.cancelled_at.is_some() {
        return Ok(Ok(sum));
    }
    for submission in submissions(shift, first)? {
        let priced = match book.estimate(&submission.demand)? {
            Estimate::Priced(priced) => priced,
            Estimate::Range { .. } => return Ok(Err(NoPrice::DependsOnWorker)),
            Estimate::Unpriced { .. } => return Ok(Err(NoPrice::NoRate)),
        };
        sum.net = add(sum.net, priced.net)?;
        sum.total = add(sum.total, priced.total)?;
        for (index, place) in submission.positions.iter().enumerate() {
            let minimum_call = book.minimum_call(&submission.demand, index)?;
            let Some(position) = sum.positions.get_mut(*place) else { continue };
            let (amount, per_hour) = of_position(&priced, index)?;
            position.amount = add(position.amount, amount)?;
            // The rate and the minimum of what was asked for first stand for the others.
            if position.per_hour == ChargeRate::parse("0")? {
                (position.per_hour, position.minimum_call) = (per_hour, minimum_call);
            }
        }
    }
    Ok(Ok(sum))
}

/// What a shift may cost at most, without VAT: where the price depends on who comes, the upper end. None without one.
pub fn most(
    shift: &Shift,
    book: &Book,
    currency: Currency,
    first: Instant,
) -> Result<Option<Amount>, Refusal> {
    let mut sum = Amount::rounded(Decimal::ZERO, currency);
    if shift.cancelled_at.is_some() {
        return Ok(Some(sum));
    }
    for submission in submissions(shift, first)? {
        let estimate = book.estimate(&submission.demand)?;
        let Some(priced) = estimate.most() else { return Ok(None) };
        sum = add(sum, priced.net)?;
    }
    Ok(Some(sum))
}

fn of_position(priced: &PricedEstimate, index: usize) -> Result<(Amount, ChargeRate), Refusal> {
    let own = || {
        let lines = priced.lines.iter();
        lines.filter(|line| line.position.is_some_and(|position| usize::try_from(position) == Ok(index)))
    };
    let zero = Amount::rounded(Decimal::ZERO, priced.currency);
    let amount = own().try_fold(zero, |sum, line| add(sum, line.amount))?;
    let hourly = own().find(|line| line.minutes.is_some()).map(|line| line.unit_price.to_string());
    Ok((amount, ChargeRate::parse(hourly.as_deref().unwrap_or("0"))?))
}

fn add(one: Amount, other: Amount) -> Result<Amount, Refusal> {
    one.checked_add(other).ok_or_else(|| Refusal::new(Code::AmountTooLarge))
}

/// The paid minutes of one slot.
pub fn paid_minutes(shift: &Shift) -> i64 {
    shift.ends_at.minutes_since(shift.starts_at) - i64::from(shift.break_minutes)
}

/// Minutes of work of all heads together; of a shift that is called off none.
pub fn work_minutes(shift: &Shift) -> u64 {
    if shift.cancelled_at.is_some() {
        return 0;
    }
    let heads = shift.positions.iter().map(|position| u64::from(position.headcount));
    heads.fold(0, u64::saturating_add).saturating_mul(u64::try_from(paid_minutes(shift)).unwrap_or(0))
}

/// The shift's slots by position, with what was estimated for them. `part` says what of each is given back.
pub fn slot_groups(
    shift: &Shift,
    price: &ShiftPrice,
    part: impl Fn(usize) -> Result<CancelledPart, Refusal>,
) -> Result<Bounded<SlotGroup, 500>, Refusal> {
    let minutes = u32::try_from(paid_minutes(shift)).unwrap_or(1);
    let mut groups = Vec::with_capacity(shift.positions.len());
    for (index, (position, price)) in shift.positions.iter().zip(&price.positions).enumerate() {
        let active = position.bookings.iter().filter(|booking| booking.state.is_active()).count();
        let booked = u32::try_from(active).unwrap_or(u32::MAX).min(position.headcount);
        groups.push(SlotGroup {
            skill: skill_key(position.skill)?,
            per_hour: price.per_hour,
            requested: Whole::new(position.headcount)?,
            booked: Whole::new(booked)?,
            minutes: Whole::new(minutes)?,
            estimate: price.amount,
            minimum_call: price.minimum_call,
            part: part(index)?,
        });
    }
    Ok(Bounded::new(groups)?)
}

/// The zones that a shift's prices are computed with.
pub fn zones(zone: &Zone) -> std::sync::Arc<crate::pricing::engine::Zones> {
    std::sync::Arc::new(crate::pricing::engine::Zones::of(zone))
}
