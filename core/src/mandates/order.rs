//! The order form: what a client fills in, checked and turned into a request with its estimate.

use std::collections::BTreeSet;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Contact, Mandate, Request, RequestedPosition, RequestedShift};
use super::rules;
use super::rules::recurrence::{MOST_SHIFTS, Recurring};
use crate::agency::model::{Agency, Skill};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Refusal, Run, Tx, Want};
use crate::pricing::demand::{Demand, Position, Slot, WorkedTime};
use crate::pricing::engine::{Book, Zones};
use crate::pricing::estimate::Estimate;
use crate::pricing::in_force;
use crate::pricing::model::PriceScope;
use crate::purchasing::model::{PurchaseOrder, PurchaseOrderRef};
use crate::shifts::model::Role;
use crate::shifts::rules::span;
use crate::values::{
    Bounded, ClientId, Instant, LocalTime, ProjectId, PurchaseOrderId, SiteId, SkillId, Text, Zone,
};

/// How many of a skill in a role.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PositionRequest {
    pub skill: SkillId,
    #[serde(default)]
    pub role: Role,
    /// 1 to 500.
    pub headcount: u32,
}

/// One span at the site, in its local time, with the positions wanted in it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftRequest {
    pub start: LocalTime,
    pub end: LocalTime,
    /// Unpaid.
    #[serde(default)]
    pub break_minutes: u32,
    pub positions: Bounded<PositionRequest, 50>,
}

/// What is ordered: the form that client and agency fill in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Order {
    pub name: Text<120>,
    pub site: SiteId,
    /// One by one; can be left out if something recurs.
    #[serde(default)]
    pub shifts: Bounded<ShiftRequest, MOST_SHIFTS>,
    /// Weekly patterns, each of which stands for its shifts: 100 shifts in all.
    #[serde(default)]
    pub recurring: Bounded<Recurring, 20>,
    #[serde(default)]
    pub note: Option<Text<2000>>,
    /// Purchase order or other reference that the invoice shall carry.
    #[serde(default)]
    pub buyer_reference: Option<Text<120>>,
    #[serde(default)]
    pub contact: Option<Contact>,
    /// One of the client's purchase orders that are live now; what it costs counts as used of it.
    #[serde(default)]
    pub purchase_order: Option<PurchaseOrderId>,
}

impl Order {
    /// The form that would have made this request: what recurs stands one by one.
    pub fn of(request: &Request) -> Result<Self, Refusal> {
        let position = |position: &RequestedPosition| PositionRequest {
            skill: position.skill,
            role: position.role,
            headcount: position.headcount,
        };
        let mut shifts = Vec::with_capacity(request.shifts.len());
        for shift in &request.shifts {
            shifts.push(ShiftRequest {
                start: shift.local_start,
                end: shift.local_end,
                break_minutes: shift.break_minutes,
                positions: Bounded::new(shift.positions.iter().map(position).collect())?,
            });
        }
        Ok(Self {
            name: request.name.clone(),
            site: request.site,
            shifts: Bounded::new(shifts)?,
            recurring: Bounded::default(),
            note: request.note.clone(),
            buyer_reference: request.buyer_reference.clone(),
            contact: request.contact.clone(),
            purchase_order: request.purchase_order.as_ref().map(|one| one.id),
        })
    }

    fn skills(&self) -> BTreeSet<SkillId> {
        let single = self.shifts.iter().map(|shift| &shift.positions);
        let recurring = self.recurring.iter().map(|recurring| &recurring.positions);
        single
            .chain(recurring)
            .flat_map(|positions| positions.iter())
            .map(|position| position.skill)
            .collect()
    }

    /// Every shift that the form stands for, each with the path of what it comes from.
    fn all_shifts(&self, zone: &Zone) -> Result<Vec<(String, ShiftRequest)>, Refusal> {
        let mut all: Vec<(String, ShiftRequest)> = Vec::with_capacity(self.shifts.len());
        for (index, shift) in self.shifts.iter().enumerate() {
            all.push((format!("order.shifts[{index}]"), shift.clone()));
        }
        for (index, recurring) in self.recurring.iter().enumerate() {
            let path = format!("order.recurring[{index}]");
            let shifts = recurring.shifts(zone).map_err(|refusal| refusal.under(&path))?;
            all.extend(shifts.into_iter().map(|shift| (path.clone(), shift)));
        }
        match all.len() {
            0 => Err(Refusal::new(Code::TooFew).at("order.shifts").with("expected", 1)),
            1..=MOST_SHIFTS => Ok(all),
            _ => Err(Refusal::new(Code::TooMany).at("order.recurring").with("expected", MOST_SHIFTS)),
        }
    }

    /// All that pricing and checking this order for this client needs.
    pub fn wants(&self, tx: &Tx, client: ClientId, project: Option<ProjectId>) -> Vec<Want> {
        let mut wants = self.skill_wants(tx);
        wants.extend(client_wants(client, project));
        wants
    }

    /// The part of it that needs no client: known from the form alone.
    pub fn skill_wants(&self, tx: &Tx) -> Vec<Want> {
        let mut wants = vec![Want::record::<Agency>(tx.context().agency), PriceScope::Basic.versions()];
        wants.extend(self.skills().into_iter().map(Want::record::<Skill>));
        wants.extend(self.purchase_order.map(Want::record::<PurchaseOrder>));
        wants
    }

    /// The request that this form means. `previous` names the skills that stay allowed though they are no longer
    /// offered: an edit must not be blocked by what was ordered before.
    pub fn request(&self, tx: &mut Tx, client: &Client, previous: Option<&Mandate>) -> Run<Request> {
        let agency: Agency = tx.get(tx.context().agency)?;
        let kept: BTreeSet<SkillId> =
            previous.and_then(Mandate::request).map(ordered_skills).unwrap_or_default();
        let Some(site) = client.site(self.site) else {
            return Err(Refusal::new(Code::SiteUnknown).at("order.site").into());
        };
        let mut shifts = Vec::with_capacity(self.shifts.len());
        for (path, shift) in &self.all_shifts(&site.zone)? {
            let span = span(&site.zone, shift.start, shift.end, shift.break_minutes)
                .and_then(|span| rules::plausible(span, tx.now()).map(|()| span))
                .map_err(|refusal| refusal.under(path))?;
            shifts.push(RequestedShift {
                local_start: shift.start,
                local_end: shift.end,
                starts_at: span.start,
                ends_at: span.end,
                break_minutes: shift.break_minutes,
                positions: positions(tx, &agency, client, shift, path, &kept)?,
            });
        }
        let slots: u32 =
            shifts.iter().flat_map(|shift| &shift.positions).map(|position| position.headcount).sum();
        if slots > rules::MAX_SLOTS {
            return Err(Refusal::new(Code::TooMany)
                .at("order.shifts")
                .with("expected", rules::MAX_SLOTS)
                .into());
        }
        Ok(Request {
            name: self.name.clone(),
            site: site.id,
            site_name: site.name.clone(),
            zone: site.zone.clone(),
            shifts,
            note: self.note.clone(),
            buyer_reference: self.buyer_reference.clone(),
            contact: self.contact.clone(),
            purchase_order: self.chosen(tx, client, previous)?,
        })
    }

    /// The purchase order as the request names it: a live one of this client, or the one that it was on before.
    fn chosen(
        &self,
        tx: &mut Tx,
        client: &Client,
        previous: Option<&Mandate>,
    ) -> Run<Option<PurchaseOrderRef>> {
        let Some(id) = self.purchase_order else { return Ok(None) };
        let before = previous.and_then(Mandate::request).and_then(|request| request.purchase_order.as_ref());
        let found: Option<PurchaseOrder> = tx.find(id)?;
        let found = found.filter(|order| order.client == client.id);
        let found =
            found.ok_or_else(|| Refusal::new(Code::PurchaseOrderUnknown).at("order.purchase_order"))?;
        // An expired one is not there to choose, but stays where it is used.
        if before.is_none_or(|before| before.id != id) {
            found.may_choose(tx.now()).map_err(|refusal| refusal.at("order.purchase_order"))?;
        }
        Ok(Some(PurchaseOrderRef { id, number: found.number }))
    }
}

fn client_wants(client: ClientId, project: Option<ProjectId>) -> Vec<Want> {
    std::iter::once(Want::record::<Client>(client)).chain(in_force::wants(client, project)).collect()
}

fn ordered_skills(request: &Request) -> BTreeSet<SkillId> {
    request.shifts.iter().flat_map(|shift| &shift.positions).map(|position| position.skill).collect()
}

fn positions(
    tx: &mut Tx,
    agency: &Agency,
    client: &Client,
    shift: &ShiftRequest,
    path: &str,
    kept: &BTreeSet<SkillId>,
) -> Run<Vec<RequestedPosition>> {
    if shift.positions.is_empty() {
        return Err(Refusal::new(Code::TooFew).at(format!("{path}.positions")).with("expected", 1).into());
    }
    let mut positions: Vec<RequestedPosition> = Vec::with_capacity(shift.positions.len());
    for (place, position) in shift.positions.iter().enumerate() {
        let path = |field: &str| format!("{path}.positions[{place}].{field}");
        if !(1..=500).contains(&position.headcount) {
            let refusal = Refusal::new(Code::OutOfRange).at(path("headcount"));
            return Err(refusal.with("expected", "1 to 500").into());
        }
        let skill: Option<Skill> = tx.find(position.skill)?;
        // A skill that does not exist and one that is not offered are one answer: the list of skills is not probed.
        let Some(skill) = skill else {
            return Err(Refusal::new(Code::SkillNotOrderable).at(path("skill")).into());
        };
        if !kept.contains(&skill.id) {
            rules::orderable(agency, client, &skill, &path("skill"))?;
        }
        positions.push(RequestedPosition {
            skill: skill.id,
            skill_name: skill.name,
            role: position.role,
            headcount: position.headcount,
        });
    }
    Ok(positions)
}

/// What a request is expected to cost, from the lists that were prefetched with [`Order::wants`].
///
/// `ordered_at` is the first valid submission: no review makes an order late.
pub fn price(
    tx: &mut Tx,
    client: ClientId,
    project: Option<ProjectId>,
    request: &Request,
    ordered_at: Instant,
) -> Run<Estimate> {
    let agency: Agency = tx.get(tx.context().agency)?;
    let lists = in_force::lists(tx, client, project)?;
    let demand = demand(request, ordered_at)?;
    let zones = Arc::new(Zones::of(&request.zone));
    let book = Book::with_zones(agency.currency, &lists, zones)?;
    Ok(book.estimate(&demand)?)
}

/// A request as prices see it: one position for each of each shift, in their order.
pub fn demand(request: &Request, ordered_at: Instant) -> Result<Demand, Refusal> {
    let mut positions = Vec::new();
    for shift in &request.shifts {
        let span = WorkedTime { start: shift.local_start, end: shift.local_end };
        for position in &shift.positions {
            let slot = Slot {
                skill: position.skill,
                skill_name: position.skill_name.as_str(),
                role: position.role,
                headcount: position.headcount,
            };
            positions.push(Position::planned(slot, span, shift.break_minutes)?);
        }
    }
    Ok(Demand {
        zone: request.zone.clone(),
        place: None,
        ordered_at: Some(ordered_at),
        positions: Bounded::new(positions)?,
    })
}
