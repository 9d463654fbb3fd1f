//! Projects, shifts and their figures as the model says that each side sees them.

use serde_json::{Value, json};

use crate::lifecycle::SKILLS;
use crate::model::{Booking, Model, Shift, Who, Wish};
use crate::people::Spot;
use crate::views::instant;
use crate::world::World;

pub(crate) fn fill(confirmed: usize, heads: usize) -> &'static str {
    if confirmed >= heads {
        "filled"
    } else if confirmed == 0 {
        "unfilled"
    } else {
        "partly_filled"
    }
}

pub(crate) fn status(model: &Model, shift: &Shift) -> &'static str {
    if shift.cancelled.is_some() {
        "cancelled"
    } else if model.now < shift.start {
        "upcoming"
    } else if model.now < shift.end {
        "running"
    } else {
        "finished"
    }
}

pub(crate) fn fill_of(shift: &Shift) -> &'static str {
    if shift.positions.iter().all(|position| position.confirmed() >= position.heads) {
        "filled"
    } else if shift.bookings().any(Booking::of_team) {
        "partly_filled"
    } else {
        "unfilled"
    }
}

/// Requested, proposed, confirmed, on site, done.
pub(crate) fn counts(model: &Model, shift: &Shift) -> [usize; 5] {
    if shift.cancelled.is_some() {
        return [0; 5];
    }
    let mut sum = [shift.positions.iter().map(|position| position.heads).sum(), 0, 0, 0, 0];
    for booking in shift.bookings() {
        // Who was never checked out counts as there for half a day after the end.
        let there = booking.state == "checked_in" && model.now < shift.end + 720;
        let over = booking.state == "checked_out" || booking.of_team() && model.now >= shift.end;
        sum[1] += usize::from(["proposed", "invited", "needs_reconfirmation"].contains(&booking.state));
        sum[2] += usize::from(booking.of_team());
        sum[3] += usize::from(there);
        sum[4] += usize::from(over && !there);
    }
    sum
}

pub(crate) fn counted([requested, proposed, confirmed, on_site, done]: [usize; 5]) -> Value {
    json!({
        "requested": requested, "proposed": proposed, "confirmed": confirmed, "on_site": on_site, "done": done,
    })
}

/// What both sides see of a shift.
pub(crate) fn shift(world: &World, number: usize) -> Value {
    let model = &world.model;
    let shift = &model.shifts[number];
    let positions = shift.positions.iter().map(|position| {
        json!({
            "id": position.id,
            "skill": world.skill(position.skill),
            "skill_name": SKILLS[position.skill],
            "role": if position.lead { "lead" } else { "staff" },
            "headcount": position.heads,
            "confirmed": position.confirmed(),
            "fill": fill(position.confirmed(), position.heads),
        })
    });
    json!({
        "id": shift.id,
        "project": model.projects[shift.project].id,
        "schedule": shift.schedule,
        "mandate": model.mandates[shift.mandate].id,
        "starts_at": instant(shift.start),
        "ends_at": instant(shift.end),
        "local_start": model.local(shift.site, shift.start),
        "local_end": model.local(shift.site, shift.end),
        "break_minutes": shift.pause,
        "site": model.site(shift.site),
        "note": shift.note,
        "status": status(model, shift),
        "fill": fill_of(shift),
        "progress": counted(counts(model, shift)),
        "positions": positions.collect::<Vec<_>>(),
        "revision": shift.revision,
    })
}

pub(crate) fn change(world: &World, number: usize) -> Value {
    let model = &world.model;
    let request = &model.requests[number];
    let shift = &model.shifts[request.shift];
    let kind = match request.wish {
        Wish::Times { .. } => "times",
        Wish::Heads { .. } => "headcount",
        Wish::Skill(_) => "skill",
        Wish::Note(_) => "note",
        Wish::Cancel => "cancel",
    };
    json!({
        "id": request.id,
        "client": world.client(model.projects[shift.project].client),
        "project": model.projects[shift.project].id,
        "shift": shift.id,
        "shift_revision": request.revision,
        "state": request.state,
        "change": { "kind": kind },
        "by": world.user(request.by),
        "at": instant(request.at),
        "decided_at": request.decided.map(instant),
        "decline_reason": request.reason,
        "superseded_by": request.superseded_by.map(|other| &model.requests[other].id),
    })
}

pub(crate) fn agency_shift(world: &World, number: usize) -> Value {
    let model = &world.model;
    let of = &model.shifts[number];
    let mut seen = shift(world, number);
    let booking = |booking: &Booking| {
        json!({
            "id": booking.id,
            "worker": model.workers[booking.worker].id,
            "state": booking.state,
            "pay": booking.pay,
            "replaced_by": booking.replaced_by,
        })
    };
    for (seen, position) in seen["positions"].as_array_mut().unwrap().iter_mut().zip(&of.positions) {
        seen["bookings"] = position.bookings.iter().map(booking).collect();
        for (seen, booking) in seen["bookings"].as_array_mut().unwrap().iter_mut().zip(&position.bookings) {
            // When a lapse is written down is the library's business, and until then a new name goes onto it.
            if booking.state != "lapsed" {
                seen["changed_at"] = instant(booking.changed);
                seen["name"] = Value::from(booking.name.as_str());
                seen["phone"] = Value::from(booking.phone.as_str());
            }
        }
    }
    let project = &model.projects[of.project];
    seen["client"] = Value::from(world.client(project.client));
    seen["tags"] =
        of.tags.iter().map(|(text, shown)| json!({ "text": text, "visible_to_client": shown })).collect();
    seen["lead"] = json!(of.lead);
    seen["team"] =
        json!({ "immediately": project.immediately, "published_at": project.published.map(instant) });
    let open = model.requests.iter().find(|request| request.shift == number && request.state == "open");
    seen["open_change"] = json!(open.map(|request| &request.id));
    seen["cancelled_at"] = json!(of.cancelled.map(instant));
    seen
}

pub(crate) fn client_shift(world: &World, who: Who, number: usize) -> Value {
    let model = &world.model;
    let of = &model.shifts[number];
    let project = &model.projects[of.project];
    let mut seen = shift(world, number);
    let shown = of.tags.iter().filter(|(_, shown)| *shown);
    seen["tags"] = shown.map(|(text, _)| Value::from(text.as_str())).collect();
    let shared =
        (project.immediately || project.published.is_some()) && model.may(who, "view_team", project.client);
    let mut team = Vec::new();
    let mut lead = Value::Null;
    for position in &of.positions {
        for booking in position.bookings.iter().filter(|booking| booking.of_team()) {
            team.push(json!({ "name": booking.name, "position": position.id }));
            if shared && of.lead.as_ref() == Some(&booking.id) {
                // Until the end of a shift that takes place.
                let calls = model.may(who, "see_phones", project.client)
                    && of.cancelled.is_none()
                    && model.now < of.end;
                lead = json!({ "name": booking.name, "phone": calls.then_some(&booking.phone) });
            }
        }
    }
    seen["team"] = if shared { Value::from(team) } else { Value::Null };
    seen["lead"] = lead;
    seen
}

pub(crate) fn schedules(
    world: &World,
    number: usize,
    reached: impl Fn((usize, usize)) -> bool,
) -> Vec<Value> {
    let schedules = world.model.projects[number].schedules.iter();
    let schedules = schedules.filter(|schedule| reached(schedule.site));
    let shown = schedules.map(|schedule| {
        let mandate = &world.model.mandates[schedule.mandate].id;
        json!({ "id": schedule.id, "mandate": mandate, "accepted_at": instant(schedule.accepted) })
    });
    shown.collect()
}

/// Whether something of a project at this site is within somebody's reach.
pub(crate) fn within<'w>(world: &'w World, who: Who, number: usize) -> impl Fn((usize, usize)) -> bool + 'w {
    let client = world.model.projects[number].client;
    move |site| {
        let spot = Spot { project: Some(number), sites: vec![site], by: None };
        world.model.reaches(who, client, &spot)
    }
}

pub(crate) fn agency_project(world: &World, number: usize) -> Value {
    let project = &world.model.projects[number];
    json!({
        "id": project.id,
        "client": world.client(project.client),
        "name": project.name,
        "schedules": schedules(world, number, |_| true),
        "team": { "immediately": project.immediately, "published_at": project.published.map(instant) },
        "created_at": instant(project.created),
    })
}

pub(crate) fn client_project(world: &World, who: Who, number: usize) -> Value {
    let project = &world.model.projects[number];
    json!({
        "id": project.id,
        "name": project.name,
        "schedules": schedules(world, number, within(world, who, number)),
        "created_at": instant(project.created),
    })
}

/// The figures that one gets by counting the shifts that one can see.
pub(crate) fn progress(world: &World, who: Who, number: usize) -> Value {
    let model = &world.model;
    let reached = within(world, who, number);
    let own: Vec<&Shift> = model.shifts_of(number).into_iter().map(|shift| &model.shifts[shift]).collect();
    let own: Vec<&Shift> = own.into_iter().filter(|shift| reached(shift.site)).collect();
    let sum = |of: &dyn Fn(&Shift) -> bool| {
        let mut sum = [0; 5];
        for shift in own.iter().filter(|shift| of(shift)) {
            for (total, count) in sum.iter_mut().zip(counts(model, shift)) {
                *total += count;
            }
        }
        counted(sum)
    };
    let schedules = model.projects[number].schedules.iter().filter(|schedule| reached(schedule.site));
    let schedules = schedules.map(|schedule| {
        let progress = sum(&|shift| shift.schedule == schedule.id);
        json!({ "schedule": schedule.id, "progress": progress })
    });
    let shifts = own.iter().map(|shift| {
        json!({
            "shift": shift.id,
            "schedule": shift.schedule,
            "starts_at": instant(shift.start),
            "status": status(model, shift),
            "fill": fill_of(shift),
            "progress": counted(counts(model, shift)),
        })
    });
    json!({
        "project": model.projects[number].id,
        "total": sum(&|_| true),
        "schedules": schedules.collect::<Vec<_>>(),
        "shifts": shifts.collect::<Vec<_>>(),
    })
}
