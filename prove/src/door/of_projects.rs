//! Projects, shifts, and what stands in them, as the core keeps them.

use std::rc::Rc;

use serde_json::{Value, json};
use staffgate::changes::model::ChangeRequest as ChangeRecord;
use staffgate::messages::model::{Message as MessageRecord, Thread};
use staffgate::projects::model::Project as ProjectRecord;
use staffgate::selection::model::Selection as SelectionRecord;
use staffgate::shifts::model::{Shift as ShiftRecord, Worker};
use uuid::Uuid;

use super::marks;
use super::records::Records;
use crate::Fallible;
use crate::world::START;
use crate::world::model::{Agency, Booking, ChangeRequest, Project, Selection, Shift, Site, World};

/// An id of something that belongs to a thing and that nobody asks for by itself.
pub fn inner(id: Uuid, what: u128) -> Uuid {
    Uuid::from_u128(id.as_u128().wrapping_add(what))
}

pub(super) fn put(records: &mut Records, world: &World, agency: &Agency) -> Fallible<()> {
    for project in world.projects.iter().filter(|project| project.agency.id == agency.id) {
        records.put::<ProjectRecord>(of_project(project))?;
        messages(records, world, project)?;
    }
    for shift in world.shifts.iter().filter(|shift| shift.project.agency.id == agency.id) {
        records.put::<ShiftRecord>(of_shift(shift))?;
    }
    for selection in world.selections.iter().filter(|one| one.project.agency.id == agency.id) {
        put_selection(records, selection)?;
    }
    for change in world.changes.iter().filter(|one| one.project.agency.id == agency.id) {
        records.put::<ChangeRecord>(of_change(change))?;
    }
    Ok(())
}

/// A place of the agency's own.
fn elsewhere(project: &Project) -> Uuid {
    inner(project.id, 100)
}

fn published(project: &Project) -> Option<String> {
    project.team_published.then(|| marks::instant(START))
}

fn of_project(project: &Project) -> Value {
    let schedule = |(id, site): (Uuid, Option<&Rc<Site>>)| {
        let site = site.map_or_else(|| elsewhere(project), |site| site.id);
        json!({ "id": id, "mandate": null, "site": site, "accepted_at": marks::instant(START) })
    };
    let schedules: Vec<Value> = project.schedules().into_iter().map(schedule).collect();
    json!({
        "id": project.id, "client": project.client.as_ref().map(|client| client.id),
        "name": marks::text("project", project.number), "schedules": schedules,
        "sharing": {
            "team_immediately": project.team_immediately, "profile_pictures": project.pictures,
            "time_report": false, "public": project.public, "public_names": project.public_names,
        },
        "shared": project.shared, "share_epoch": project.share_epoch, "team_published_at": published(project),
        "created_at": marks::instant(START), "host_id": null,
    })
}

fn of_shift(shift: &Shift) -> Value {
    let project = &shift.project;
    let number = shift.number;
    let lead = shift.team.iter().find(|booking| booking.leads).map(|booking| booking.id);
    let tag = |tag: &crate::world::model::Tag| json!({ "text": marks::text("tag", tag.number), "visible_to_client": tag.for_client });
    let position = json!({
        "id": inner(shift.id, 1), "skill": inner(shift.id, 2), "skill_name": marks::text("skill", number),
        "role": "staff", "headcount": number, "bookings": shift.team.iter().map(booking).collect::<Vec<_>>(),
    });
    let cancellation = json!({
        "by": "agency", "reason": marks::text("reason", number), "reason_visible": shift.reason_for_client,
        "bookings": [], "merged_into": null,
    });
    json!({
        "id": shift.id, "client": project.client.as_ref().map(|client| client.id), "project": project.id,
        "schedule": inner(project.id, 1), "mandate": null,
        "site": shift.site.as_ref().map_or_else(|| elsewhere(project), |site| site.id),
        "site_name": marks::text("place", number), "site_address": marks::text("address", number),
        "zone": "Europe/Berlin", "starts_at": marks::instant(shift.starts_at),
        "ends_at": marks::instant(shift.ends_at), "local_start": "2026-10-01T10:00",
        "local_end": "2026-10-01T18:00", "break_minutes": 0, "note": marks::text("note", number),
        "contact": { "name": marks::text("contact", number) }, "positions": [position],
        "tags": shift.tags.iter().map(tag).collect::<Vec<_>>(), "lead": lead,
        "cancelled_at": shift.cancelled.then(|| marks::instant(START)),
        "cancellation": shift.cancelled.then_some(cancellation),
        "team": {
            "immediately": project.team_immediately, "published_at": published(project),
            "pictures": project.pictures, "time_report": false,
        },
        "shared": project.shared, "revision": 1, "host_id": null,
    })
}

fn booking(booking: &Booking) -> Value {
    let number = booking.number;
    json!({
        "id": booking.id, "worker": inner(booking.id, 1),
        "name": format!("{} {}", marks::given(number), marks::family(number)), "phone": marks::phone(number),
        "picture": { "reference": marks::text("picture", number), "media_type": "image/png" },
        "state": booking.state, "pay": marks::pay(number), "replaced_by": null,
        "changed_at": marks::instant(START),
    })
}

/// Each side counts its own.
fn messages(records: &mut Records, world: &World, project: &Project) -> Fallible<()> {
    let (mut for_agency, mut for_client) = (0_u32, 0_u32);
    for message in world.messages.iter().filter(|message| message.project.id == project.id) {
        let number = |count: &mut u32, other: &str| {
            (message.audience != other).then(|| {
                *count += 1;
                *count
            })
        };
        let agency_number = number(&mut for_agency, "client");
        let client_number = number(&mut for_client, "agency");
        records.put::<MessageRecord>(json!({
            "id": message.id, "project": project.id, "client": project.client.as_ref().map(|client| client.id),
            "author": { "side": "operator" }, "author_name": "The agency",
            "text": marks::text("message", message.number), "attachments": [], "audience": message.audience,
            "written_at": marks::instant(START), "withdrawn_at": null, "agency_number": agency_number,
            "client_number": client_number,
        }))?;
    }
    let thread = json!({
        "project": project.id, "manager": null, "for_agency": for_agency, "for_client": for_client,
    });
    records.put::<Thread>(thread)
}

fn put_selection(records: &mut Records, selection: &Selection) -> Fallible<()> {
    let number = selection.number;
    let worker = inner(selection.id, 1);
    let proposal = json!({
        "id": inner(selection.id, 2), "worker": worker, "note": null, "preferred": false, "shortlisted": false,
        "chosen": false, "dropped": false, "bookings": [],
    });
    let target = json!({
        "shift": selection.shift.id, "position": inner(selection.shift.id, 1), "skill_name": "Service",
        "role": "staff",
    });
    records.put::<SelectionRecord>(json!({
        "id": selection.id, "client": selection.client.id, "project": selection.project.id,
        "shared": selection.project.shared, "site": selection.site.id, "targets": [target], "proposals": [proposal], "minimum": 1, "maximum": 1,
        "note": marks::text("selection", number), "deadline": selection.deadline.map(marks::instant),
        "state": selection.state, "submitted_by": null,
        "offered_at": selection.offered.then(|| marks::instant(START)), "created_at": marks::instant(START),
        "revision": 1,
    }))?;
    records.put::<Worker>(json!({
        "id": worker, "name": marks::text("picked", number), "phone": null, "skills": [], "archived": false,
        "host_id": null,
    }))
}

fn of_change(change: &ChangeRequest) -> Value {
    let number = change.number;
    let price = json!({
        "outcome": "priced", "currency": "EUR", "net_before": marks::net(number), "net_after": "1.00",
        "net_difference": "1.00", "total_before": "1.00", "total_after": "1.00", "total_difference": "1.00",
    });
    json!({
        "id": change.id, "client": change.client.id, "project": change.project.id,
        "shared": change.project.shared, "site": change.site.id, "shift": change.shift.id, "shift_revision": 1, "before": { "kind": "note", "note": null },
        "change": { "kind": "note", "note": marks::text("change", number) }, "skill_name": null,
        "reason": null, "by": inner(change.id, 1), "at": marks::instant(START), "starts": "2026-10-01T10:00",
        "state": "open", "decided_at": null, "decided_by": null, "decline_reason": null, "superseded_by": null,
        "fee": { "outcome": "known", "currency": "EUR", "amount": marks::fee(number), "parts": [] },
        "waived": null, "price": price,
        "effects": {
            "slots_before": 1, "slots_after": 1, "unfilled_released": 0, "bookings_cancelled": 0, "asked_again": 0,
        },
    })
}
