//! From a mandate to a plan: project, schedule and shifts in one commit.

use super::events::{MandateEvent, PlanEvent};
use super::model::{Mandate, Request, RequestedShift};
use super::rules::{self, MandateAction};
use crate::access::Grant;
use crate::clients::model::{Client, SiteContact};
use crate::codes::Code;
use crate::engine::{Refusal, Run, Tx};
use crate::projects::carrying;
use crate::projects::model::{Project, ProjectPlace, Schedule};
use crate::purchasing::holding;
use crate::purchasing::model::{OnOrder, Usage};
use crate::shifts::model::{Position, Shift};
use crate::values::{ScheduleId, Text};

/// Accepts the mandate's current revision. A further request adds a schedule to the project that it names.
pub fn accept(tx: &mut Tx, grant: &Grant, mandate: &mut Mandate, client: &Client) -> Run<()> {
    mandate.state = rules::step(mandate, MandateAction::Accept, tx.now())?;
    let request = mandate.request().cloned();
    let request =
        request.ok_or_else(|| Refusal::new(Code::Internal).with("reason", "a mandate without revision"))?;
    let mut project = match mandate.project {
        Some(id) => {
            tx.prefetch(Project::joining(id, request.site))?;
            tx.get::<Project>(id)?
        }
        None => Project {
            client: Some(client.id),
            sharing: client.sharing,
            shared: true,
            ..Project::new(tx.new_id(), request.name.clone(), tx.now())
        },
    };
    if project.client != Some(client.id) {
        return Err(Refusal::not_found().into());
    }
    let schedule: ScheduleId = tx.new_id();
    if mandate.project.is_none() {
        tx.emit(
            grant,
            &PlanEvent::ProjectCreated { project: project.id, client: client.id, mandate: mandate.id },
        )?;
    }
    project.add_shifts(request.shifts.len())?;
    let accepted_at = tx.now();
    let added = Schedule { id: schedule, mandate: Some(mandate.id), site: request.site, accepted_at };
    project.add_schedule(added).map_err(|refusal| refusal.at("mandate"))?;
    tx.put(grant, &project)?;
    if mandate.project.is_some() {
        carrying::place(tx, grant, &project, request.site)?;
    } else {
        // Of a new project there is none to be read.
        ProjectPlace::of(&project).iter().try_for_each(|place| tx.put(grant, place))?;
    }
    tx.emit(grant, &PlanEvent::ScheduleAdded { project: project.id, schedule, mandate: mandate.id })?;
    let site = client.site(request.site);
    let address = site.and_then(|site| site.address.clone());
    let ordered = request.contact.as_ref();
    let contact = ordered
        .map(|contact| SiteContact { name: contact.name.clone(), phone: contact.phone.clone() })
        .or_else(|| site.and_then(|site| site.contact.clone()));
    let shares = rules::shares(&request, &mandate.estimate);
    for (requested, usage) in request.shifts.iter().zip(shares) {
        let (address, contact) = (address.as_ref(), contact.clone());
        let plan = Plan { mandate, project: &project, schedule, request: &request, address, contact };
        let shift = plan.shift(tx, requested, usage);
        tx.put(grant, &shift)?;
        tx.emit(grant, &PlanEvent::ShiftCreated { shift: shift.id, project: project.id, schedule })?;
    }
    // What it held of a purchase order is used from now on.
    if let Some(order) = mandate.purchase_order() {
        holding::settle(tx, grant, order, mandate.id)?;
    }
    mandate.project = Some(project.id);
    mandate.project_hidden = !project.shared;
    mandate.decided_at = Some(tx.now());
    tx.emit(
        grant,
        &MandateEvent::Accepted {
            mandate: mandate.id,
            client: client.id,
            revision: mandate.revision(),
            project: project.id,
            schedule,
        },
    )
}

/// What all shifts of one acceptance have in common.
struct Plan<'a> {
    mandate: &'a Mandate,
    project: &'a Project,
    schedule: ScheduleId,
    request: &'a Request,
    address: Option<&'a Text<500>>,
    contact: Option<SiteContact>,
}

impl Plan<'_> {
    fn shift(&self, tx: &mut Tx, requested: &RequestedShift, usage: Usage) -> Shift {
        let positions = requested.positions.iter().map(|position| Position {
            id: tx.new_id(),
            skill: position.skill,
            skill_name: position.skill_name.clone(),
            role: position.role,
            headcount: position.headcount,
            added: Vec::new(),
            bookings: Vec::new(),
        });
        let positions = positions.collect();
        Shift {
            id: tx.new_id(),
            client: self.project.client,
            project: self.project.id,
            schedule: self.schedule,
            mandate: Some(self.mandate.id),
            site: self.request.site,
            site_name: self.request.site_name.clone(),
            site_address: self.address.cloned(),
            zone: self.request.zone.clone(),
            starts_at: requested.starts_at,
            ends_at: requested.ends_at,
            local_start: requested.local_start,
            local_end: requested.local_end,
            break_minutes: requested.break_minutes,
            note: self.request.note.clone(),
            contact: self.contact.clone(),
            positions,
            tags: Vec::new(),
            lead: None,
            cancelled_at: None,
            cancellation: None,
            part: None,
            open_change: None,
            on_order: self.mandate.purchase_order().map(|purchase_order| OnOrder { purchase_order, usage }),
            team: self.project.team(),
            shared: self.project.shared,
            revision: 1,
            host_id: None,
        }
    }
}
