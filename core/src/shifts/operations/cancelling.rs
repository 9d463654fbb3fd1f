//! What it would cost the client to give a shift back, before it is confirmed.

use std::sync::Arc;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::Permission;
use crate::agency::model::Agency;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::mandates::model::Mandate;
use crate::pricing::demand::{Break, Demand, Position};
use crate::pricing::engine::{Book, Zones};
use crate::pricing::estimate::{Estimate, PricedEstimate};
use crate::pricing::fees::{
    self, Cancellation, CancellationPolicy, CancelledPart, FeeEvent, FeePreview, SlotGroup,
};
use crate::pricing::list::{Label, Level, PriceList, WorkerAttributes};
use crate::pricing::model::{PriceScope, PublishedList};
use crate::pricing::rules::skill_key;
use crate::shifts::model::Shift;
use crate::values::{Amount, Bounded, ChargeRate, Instant, Locale, ShiftId, Whole};
use crate::visibility::client_grant;

/// Shows what it costs to cancel a shift now, and until when it costs less. Nothing is cancelled.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewCancellation {
    pub shift: ShiftId,
}

/// The fee of a cancellation, with the moments at which it changes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CancellationPreview {
    pub shift: ShiftId,
    /// Absent if the agency charges nothing for cancellations.
    pub fee: Option<FeePreview>,
    /// The fee in sentences.
    pub explanation: Vec<String>,
}

impl Operation for PreviewCancellation {
    const NAME: &'static str = "my_shifts.preview_cancellation";
    const EFFECT: Effect = Effect::Query;
    type Reply = CancellationPreview;

    fn run(&self, tx: &mut Tx) -> Run<CancellationPreview> {
        tx.prefetch([Want::record::<Shift>(self.shift)])?;
        let shift: Option<Shift> = tx.find(self.shift)?;
        client_grant(tx, Permission::PlaceOrders, shift.as_ref().map(|shift| shift.client))?;
        let shift = shift.ok_or_else(Refusal::not_found)?;
        if shift.cancelled_at.is_some() {
            return Err(Refusal::new(Code::ShiftCancelled).into());
        }
        let lists = lists(tx, &shift)?;
        let agency: Agency = tx.get(tx.context().agency)?;
        let ordered_at = match shift.mandate {
            Some(mandate) => tx.find::<Mandate>(mandate)?.map(|mandate| mandate.submitted_at),
            None => None,
        };
        let Some(policy) = policy(&lists, &shift) else {
            return Ok(CancellationPreview { shift: shift.id, fee: None, explanation: Vec::new() });
        };
        let demand = demand(&shift, ordered_at.unwrap_or(tx.now()))?;
        let zones = Arc::new(Zones::of(&shift.zone));
        let book = Book::with_zones(agency.currency, &lists, zones)?;
        let Estimate::Priced(priced) = book.estimate(&demand)? else {
            return Err(Refusal::new(Code::FeeUnpriced).into());
        };
        let groups = Bounded::new(groups(&shift, &book, &demand, &priced)?).map_err(Refusal::from)?;
        let facts = Cancellation {
            on: FeeEvent::Cancellation,
            currency: agency.currency,
            zone: shift.zone.clone(),
            start: shift.starts_at,
            end: shift.ends_at,
            cancelled_at: tx.now(),
            posted_at: ordered_at,
            reason: None,
            groups,
        };
        let preview = fees::preview(policy, &facts)?;
        let explanation = fees::explain(&preview, tx.context().locale.unwrap_or(Locale::En));
        Ok(CancellationPreview { shift: shift.id, fee: Some(preview), explanation })
    }
}

/// The price lists that may decide about a shift, and what its mandate says.
fn lists(tx: &mut Tx, shift: &Shift) -> Run<Vec<PriceList>> {
    let scopes = [
        PriceScope::Basic,
        PriceScope::Client { client: shift.client },
        PriceScope::Project { project: shift.project },
    ];
    let wants =
        scopes.map(PriceScope::versions).into_iter().chain([Want::record::<Agency>(tx.context().agency)]);
    tx.prefetch(wants.chain(shift.mandate.map(Want::record::<Mandate>)))?;
    let mut lists = Vec::new();
    for scope in scopes {
        lists.extend(tx.list::<PublishedList>(scope.versions())?.into_iter().map(|published| published.list));
    }
    Ok(lists)
}

/// That of the narrowest list in force on the day of the start which has one.
fn policy<'l>(lists: &'l [PriceList], shift: &Shift) -> Option<&'l CancellationPolicy> {
    let day = shift.local_start.date();
    let in_force = |level| {
        let of_level = lists.iter().filter(move |list| list.level == level && list.valid_from.date() <= day);
        of_level.max_by_key(|list| list.valid_from)
    };
    [Level::Project, Level::Client, Level::Basic]
        .into_iter()
        .filter_map(in_force)
        .find_map(|list| list.cancellation.as_ref())
}

fn demand(shift: &Shift, ordered_at: Instant) -> Result<Demand, Refusal> {
    let mut positions = Vec::with_capacity(shift.positions.len());
    let breaks = match shift.break_minutes {
        0 => Vec::new(),
        minutes => vec![Break { from: None, minutes, paid: false }],
    };
    for position in &shift.positions {
        positions.push(Position {
            label: Some(Label::parse(position.skill_name.as_str())?),
            skill: Some(skill_key(position.skill)?),
            role: position.role,
            headcount: position.headcount,
            start: shift.local_start,
            end: shift.local_end,
            worked: None,
            breaks: Bounded::new(breaks.clone())?,
            worker: WorkerAttributes::default(),
            person: None,
            kilometres: None,
            pieces: Bounded::default(),
        });
    }
    Ok(Demand {
        zone: shift.zone.clone(),
        place: None,
        ordered_at: Some(ordered_at),
        positions: Bounded::new(positions)?,
    })
}

fn groups(
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
