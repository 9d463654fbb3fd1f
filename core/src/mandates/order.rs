//! The order form: what a client fills in, checked and turned into a request with its estimate.

use std::collections::BTreeSet;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Contact, Mandate, Request, RequestedPosition, RequestedShift};
use super::rules;
use crate::agency::model::{Agency, Skill};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Refusal, Run, Tx, Want};
use crate::pricing::demand::{Demand, Position, Slot, WorkedTime};
use crate::pricing::engine::{Book, Zones};
use crate::pricing::estimate::Estimate;
use crate::pricing::in_force;
use crate::pricing::model::PriceScope;
use crate::shifts::model::Role;
use crate::shifts::rules::span;
use crate::values::{Bounded, ClientId, Instant, LocalTime, ProjectId, SiteId, SkillId, Text};

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
    pub shifts: Bounded<ShiftRequest, 100>,
    #[serde(default)]
    pub note: Option<Text<2000>>,
    /// Purchase order or other reference that the invoice shall carry.
    #[serde(default)]
    pub buyer_reference: Option<Text<120>>,
    #[serde(default)]
    pub contact: Option<Contact>,
}

impl Order {
    fn skills(&self) -> BTreeSet<SkillId> {
        self.shifts.iter().flat_map(|shift| shift.positions.iter()).map(|position| position.skill).collect()
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
        if self.shifts.is_empty() {
            return Err(Refusal::new(Code::TooFew).at("order.shifts").with("expected", 1).into());
        }
        let mut shifts = Vec::with_capacity(self.shifts.len());
        for (index, shift) in self.shifts.iter().enumerate() {
            let span = span(&site.zone, shift.start, shift.end, shift.break_minutes)
                .and_then(|span| rules::plausible(span, tx.now()).map(|()| span))
                .map_err(|refusal| refusal.under(&format!("order.shifts[{index}]")))?;
            shifts.push(RequestedShift {
                local_start: shift.start,
                local_end: shift.end,
                starts_at: span.start,
                ends_at: span.end,
                break_minutes: shift.break_minutes,
                positions: positions(tx, &agency, client, shift, index, &kept)?,
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
        })
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
    index: usize,
    kept: &BTreeSet<SkillId>,
) -> Run<Vec<RequestedPosition>> {
    if shift.positions.is_empty() {
        let path = format!("order.shifts[{index}].positions");
        return Err(Refusal::new(Code::TooFew).at(path).with("expected", 1).into());
    }
    let mut positions: Vec<RequestedPosition> = Vec::with_capacity(shift.positions.len());
    for (place, position) in shift.positions.iter().enumerate() {
        let path = |field: &str| format!("order.shifts[{index}].positions[{place}].{field}");
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
