//! What somebody sees, as the model says it, beside what the library shows. Nothing that is named may differ, and what
//! a client sees holds no pay.

use std::collections::BTreeMap;

use conformance::check::differences;
use serde_json::{Value, json};

use crate::lifecycle::{SKILLS, knows};
use crate::model::{Booking, Form, Mandate, Model, Shift, Who, Wish};
use crate::people::{Spot, Verdict, no};
use crate::world::{EVERYBODY, World};

/// Something to look at, by number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Thing {
    Mandate(usize),
    Project(usize),
    Shift(usize),
    /// A change that was asked for.
    Change(usize),
}

/// Everybody looks at this thing.
pub(crate) fn everybody_at(world: &mut World, thing: Thing) -> usize {
    EVERYBODY.iter().map(|who| look(world, *who, thing)).sum()
}

/// One person looks at one thing, from both sides.
pub(crate) fn look(world: &mut World, who: Who, thing: Thing) -> usize {
    let at_agency = Model::at_agency(who, "view_agency");
    let model = &world.model;
    match thing {
        Thing::Mandate(number) => {
            let input = json!({ "mandate": model.mandates[number].id });
            let known = model.mandates[number].is_there_for(Who::Planner);
            let seen = at_agency.and_then(|()| if known { Ok(()) } else { no("not_found") });
            let seen = seen.map(|()| agency_mandate(world, number));
            compare(world, who, "mandates.get", &input, seen);
            let seen = world.model.at_mandate(who, "view_orders", number);
            compare(world, who, "my_mandates.get", &input, seen.map(|()| client_mandate(world, who, number)));
            2
        }
        Thing::Project(number) => {
            let input = json!({ "project": model.projects[number].id });
            let client = model.projects[number].client;
            let seen = at_agency.clone().map(|()| agency_project(world, number));
            compare(world, who, "projects.get", &input, seen);
            let seen = at_agency.map(|()| progress(world, Who::Operator, number));
            compare(world, who, "projects.progress", &input, seen);
            let may = sees(&world.model, who, "view_shifts", client, || world.model.project_spot(number));
            let seen = may.clone().map(|()| client_project(world, who, number));
            compare(world, who, "my_projects.get", &input, seen);
            let seen = may.map(|()| progress(world, who, number));
            compare(world, who, "my_projects.progress", &input, seen);
            4
        }
        Thing::Change(number) => {
            let input = json!({ "request": model.requests[number].id });
            let client = model.projects[model.shifts[model.requests[number].shift].project].client;
            let seen = at_agency.map(|()| change(world, number));
            compare(world, who, "change_requests.get", &input, seen);
            let seen = sees(&world.model, who, "view_shifts", client, || world.model.request_spot(number));
            compare(world, who, "my_change_requests.get", &input, seen.map(|()| change(world, number)));
            2
        }
        Thing::Shift(number) => {
            let input = json!({ "shift": model.shifts[number].id });
            let client = model.projects[model.shifts[number].project].client;
            let seen = at_agency.map(|()| agency_shift(world, number));
            compare(world, who, "shifts.get", &input, seen);
            let seen = sees(&world.model, who, "view_shifts", client, || world.model.shift_spot(number));
            compare(world, who, "my_shifts.get", &input, seen.map(|()| client_shift(world, who, number)));
            2
        }
    }
}

/// One person looks at every list there is.
pub(crate) fn all_lists(world: &mut World, who: Who) -> usize {
    let page = json!({ "limit": 1000 });
    let at_agency = Model::at_agency(who, "view_agency");
    for state in ["submitted", "in_review", "accepted", "declined", "withdrawn"] {
        let seen = at_agency.clone().map(|()| {
            let mandates = mandates(&world.model, |mandate| mandate.state == state);
            mandates.into_iter().map(|number| agency_mandate(world, number)).collect()
        });
        compare(world, who, "mandates.list", &json!({ "state": state, "page": page }), items(seen));
    }
    let seen = at_agency.clone().map(|()| {
        shifts(&world.model, |_| true).into_iter().map(|number| agency_shift(world, number)).collect()
    });
    compare(world, who, "shifts.list", &json!({ "page": page }), items(seen));
    let mut looked = 6;
    for client in 0..world.model.clients.len() {
        let input = json!({ "client": world.client(client), "page": page });
        let seen = at_agency.clone().map(|()| {
            let own = projects(&world.model, client, |_| true);
            own.into_iter().map(|number| agency_project(world, number)).collect()
        });
        compare(world, who, "projects.list", &input, items(seen));
        let model = &world.model;
        let seen = model.at_client(who, "view_orders", client, None).map(|()| {
            let own = mandates(model, |mandate| mandate.client == client && mandate.is_there_for(who));
            let own =
                own.into_iter().filter(|number| model.reaches(who, client, &model.mandate_spot(*number)));
            own.map(|number| client_mandate(world, who, number)).collect()
        });
        compare(world, who, "my_mandates.list", &input, items(seen));
        let model = &world.model;
        let seen = model.at_client(who, "view_shifts", client, None).map(|()| {
            let own = shifts(model, |shift| model.projects[shift.project].client == client);
            let own = own.into_iter().filter(|number| model.reaches(who, client, &model.shift_spot(*number)));
            own.map(|number| client_shift(world, who, number)).collect()
        });
        compare(world, who, "my_shifts.list", &input, items(seen));
        let model = &world.model;
        let seen = model.at_client(who, "view_shifts", client, None).map(|()| {
            let own =
                projects(model, client, |number| model.reaches(who, client, &model.project_spot(number)));
            own.into_iter().map(|number| client_project(world, who, number)).collect()
        });
        compare(world, who, "my_projects.list", &input, items(seen));
        let model = &world.model;
        let seen = model.at_client(who, "view_shifts", client, None).map(|()| {
            let of =
                |number: &usize| model.projects[model.shifts[model.requests[*number].shift].project].client;
            let own = (0..model.requests.len()).filter(|number| of(number) == client);
            let mut own: Vec<usize> =
                own.filter(|number| model.reaches(who, client, &model.request_spot(*number))).collect();
            own.sort_by_key(|number| (model.requests[*number].at, &model.requests[*number].id));
            own.into_iter().rev().map(|number| change(world, number)).collect()
        });
        if knows("change_requests.submit") {
            compare(world, who, "my_change_requests.list", &input, items(seen));
        }
        looked += 5;
    }
    looked
}

/// Every project, with its progress, as this person sees it.
pub(crate) fn all_projects(world: &mut World, who: Who) -> usize {
    (0..world.model.projects.len()).map(|number| look(world, who, Thing::Project(number))).sum()
}

fn items(seen: Result<Vec<Value>, Vec<&'static str>>) -> Result<Value, Vec<&'static str>> {
    seen.map(|items| json!({ "items": items, "next": null }))
}

fn sees(model: &Model, who: Who, right: &str, client: usize, spot: impl FnOnce() -> Spot) -> Verdict {
    model.at_client(who, right, client, Some(&spot()))
}

fn compare(
    world: &mut World,
    who: Who,
    name: &str,
    input: &Value,
    expected: Result<Value, Vec<&'static str>>,
) {
    match (world.call(who, name, input), expected) {
        (Ok(mut got), Ok(expected)) => {
            if name.starts_with("my_") {
                let text = got.to_string();
                assert!(!text.contains("\"pay\""), "{who:?} sees pay in {name} {input}: {text}");
            }
            sort_changes(&mut got);
            let mut found = Vec::new();
            differences(&expected, &got, false, name, &mut found);
            assert!(found.is_empty(), "{who:?}: {name} {input}: {found:#?}");
        }
        (Err(code), Err(codes)) => {
            assert!(codes.contains(&code.as_str()), "{who:?}: {name} {input}: {code}, not {codes:?}")
        }
        (came, expected) => panic!("{who:?}: {name} {input}: came {came:?}, expected {expected:?}"),
    }
}

/// Differences are a set: by path.
fn sort_changes(got: &mut Value) {
    let sort = |of: &mut Value| {
        if let Some(changes) = of.get_mut("changes").and_then(Value::as_array_mut) {
            changes.sort_by_key(|change| change["path"].as_str().unwrap_or_default().to_owned());
        }
    };
    match got.get_mut("items").and_then(Value::as_array_mut) {
        Some(items) => items.iter_mut().for_each(sort),
        None => sort(got),
    }
}

fn instant(minute: i64) -> Value {
    Value::from(Model::instant(minute))
}

/// Newest first; of one moment, by id.
fn mandates(model: &Model, wanted: impl Fn(&Mandate) -> bool) -> Vec<usize> {
    let mut own: Vec<usize> =
        (0..model.mandates.len()).filter(|number| wanted(&model.mandates[*number])).collect();
    own.sort_by_key(|number| (model.mandates[*number].submitted, &model.mandates[*number].id));
    own.reverse();
    own
}

fn shifts(model: &Model, wanted: impl Fn(&Shift) -> bool) -> Vec<usize> {
    let mut own: Vec<usize> =
        (0..model.shifts.len()).filter(|number| wanted(&model.shifts[*number])).collect();
    own.sort_by_key(|number| (model.shifts[*number].start, &model.shifts[*number].id));
    own
}

fn projects(model: &Model, client: usize, wanted: impl Fn(usize) -> bool) -> Vec<usize> {
    let own = (0..model.projects.len()).filter(|number| model.projects[*number].client == client);
    let mut own: Vec<usize> = own.filter(|number| wanted(*number)).collect();
    own.sort_by_key(|number| (model.projects[*number].created, &model.projects[*number].id));
    own
}

fn request(world: &World, form: &Form) -> Value {
    let spans = form.spans.iter().map(|span| {
        let asks = span.asks.iter().map(|ask| {
            let role = if ask.lead { "lead" } else { "staff" };
            json!({
                "skill": world.skill(ask.skill), "skill_name": SKILLS[ask.skill], "role": role,
                "headcount": ask.heads,
            })
        });
        json!({
            "starts_at": instant(span.start),
            "ends_at": instant(span.end),
            "local_start": world.model.local(form.site, span.start),
            "local_end": world.model.local(form.site, span.end),
            "break_minutes": span.pause,
            "positions": asks.collect::<Vec<_>>(),
        })
    });
    json!({
        "name": form.name,
        "site": world.model.site(form.site),
        "note": form.note,
        "shifts": spans.collect::<Vec<_>>(),
    })
}

fn cents(amount: i64) -> String {
    format!("{}.{:02}", amount / 100, amount % 100)
}

fn estimate(form: &Form) -> Value {
    if Model::priced(form) {
        json!({ "outcome": "priced", "net": cents(Model::net(form)) })
    } else {
        json!({ "outcome": "unpriced" })
    }
}

/// Every field of a request by its path, as text.
fn flat(world: &World, form: &Form) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::from([
        ("name".to_owned(), form.name.clone()),
        ("site".to_owned(), format!("Hall {}", ["Europe/Berlin", "Asia/Kolkata"][form.site.1])),
    ]);
    fields.extend(form.note.clone().map(|note| ("note".to_owned(), note)));
    for (index, span) in form.spans.iter().enumerate() {
        let at = |field: &str| format!("shifts[{index}].{field}");
        fields.insert(at("start"), world.model.local(form.site, span.start));
        fields.insert(at("end"), world.model.local(form.site, span.end));
        fields.insert(at("break_minutes"), span.pause.to_string());
        for (place, ask) in span.asks.iter().enumerate() {
            let at = |field: &str| at(&format!("positions[{place}].{field}"));
            fields.insert(at("skill"), SKILLS[ask.skill].to_owned());
            fields.insert(at("role"), if ask.lead { "lead" } else { "staff" }.to_owned());
            fields.insert(at("headcount"), ask.heads.to_string());
        }
    }
    fields
}

/// What the agency changed since the client last wrote.
fn changes(world: &World, mandate: &Mandate) -> Vec<Value> {
    let (by_client, after) = mandate.revisions.last().unwrap();
    if *by_client {
        return Vec::new();
    }
    let before = &mandate.revisions.iter().rev().find(|(by_client, _)| *by_client).unwrap().1;
    let (before, after) = (flat(world, before), flat(world, after));
    let mut paths: Vec<&String> = before.keys().chain(after.keys()).collect();
    paths.sort();
    paths.dedup();
    let change = |path: &&String| {
        let (old, new) = (before.get(*path), after.get(*path));
        (old != new).then(|| json!({ "path": path, "before": old, "after": new }))
    };
    paths.iter().filter_map(change).collect()
}

fn agency_mandate(world: &World, number: usize) -> Value {
    let mandate = &world.model.mandates[number];
    json!({
        "id": mandate.id,
        "client": world.client(mandate.client),
        "state": mandate.state,
        "revision": mandate.number,
        "request": request(world, mandate.form()),
        "estimate": estimate(mandate.form()),
        "changes": changes(world, mandate),
        "submitted_by": world.user(mandate.by),
        "submitted_at": instant(mandate.submitted),
        "decline_reason": mandate.reason,
        "review": mandate.review.map(|(who, at)| {
            let by = (who == Who::Planner).then(|| world.planner_id());
            json!({ "revision": mandate.number, "by": by, "opened_at": instant(at) })
        }),
        "previous": mandate.previous.map(|other| &world.model.mandates[other].id),
        "resubmitted_as": mandate.taken_up.map(|other| &world.model.mandates[other].id),
        "project": mandate.project.map(|project| &world.model.projects[project].id),
        "decided_at": mandate.decided.map(instant),
    })
}

fn client_mandate(world: &World, who: Who, number: usize) -> Value {
    let mut seen = agency_mandate(world, number);
    let fields = seen.as_object_mut().unwrap();
    fields.remove("submitted_by");
    fields.remove("review");
    let number_seen = world.model.mandates[number].review.map(|_| world.model.mandates[number].number);
    fields.insert("in_review".to_owned(), json!(number_seen));
    if !world.model.may(who, "see_prices", world.model.mandates[number].client) {
        fields.insert("estimate".to_owned(), Value::Null);
    }
    seen
}

fn fill(confirmed: usize, heads: usize) -> &'static str {
    if confirmed >= heads {
        "filled"
    } else if confirmed == 0 {
        "unfilled"
    } else {
        "partly_filled"
    }
}

fn status(model: &Model, shift: &Shift) -> &'static str {
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

fn fill_of(shift: &Shift) -> &'static str {
    if shift.positions.iter().all(|position| position.confirmed() >= position.heads) {
        "filled"
    } else if shift.bookings().any(Booking::of_team) {
        "partly_filled"
    } else {
        "unfilled"
    }
}

/// Requested, proposed, confirmed, on site, done.
fn counts(model: &Model, shift: &Shift) -> [usize; 5] {
    if shift.cancelled.is_some() {
        return [0; 5];
    }
    let mut sum = [shift.positions.iter().map(|position| position.heads).sum(), 0, 0, 0, 0];
    for booking in shift.bookings() {
        // Who was never checked out counts as there for half a day after the end.
        let there = booking.state == "checked_in" && model.now < shift.end + 720;
        let over = booking.state == "checked_out" || booking.of_team() && model.now >= shift.end;
        // Before anybody could check in, who was of the team counted as there while the shift ran.
        let there =
            there || !knows("bookings.check_in") && booking.of_team() && status(model, shift) == "running";
        sum[1] += usize::from(["proposed", "invited", "needs_reconfirmation"].contains(&booking.state));
        sum[2] += usize::from(booking.of_team());
        sum[3] += usize::from(there);
        sum[4] += usize::from(over && !there);
    }
    sum
}

fn counted([requested, proposed, confirmed, on_site, done]: [usize; 5]) -> Value {
    json!({
        "requested": requested, "proposed": proposed, "confirmed": confirmed, "on_site": on_site, "done": done,
    })
}

/// What both sides see of a shift.
fn shift(world: &World, number: usize) -> Value {
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

fn change(world: &World, number: usize) -> Value {
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

fn agency_shift(world: &World, number: usize) -> Value {
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
    if knows("change_requests.submit") {
        seen["open_change"] = json!(open.map(|request| &request.id));
    }
    seen["cancelled_at"] = json!(of.cancelled.map(instant));
    seen
}

fn client_shift(world: &World, who: Who, number: usize) -> Value {
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

fn schedules(world: &World, number: usize, reached: impl Fn((usize, usize)) -> bool) -> Vec<Value> {
    let schedules = world.model.projects[number].schedules.iter();
    let schedules = schedules.filter(|schedule| reached(schedule.site));
    let shown = schedules.map(|schedule| {
        let mandate = &world.model.mandates[schedule.mandate].id;
        json!({ "id": schedule.id, "mandate": mandate, "accepted_at": instant(schedule.accepted) })
    });
    shown.collect()
}

/// Whether something of a project at this site is within somebody's reach.
fn within<'w>(world: &'w World, who: Who, number: usize) -> impl Fn((usize, usize)) -> bool + 'w {
    let client = world.model.projects[number].client;
    move |site| {
        let spot = Spot { project: Some(number), sites: vec![site], by: None };
        world.model.reaches(who, client, &spot)
    }
}

fn agency_project(world: &World, number: usize) -> Value {
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

fn client_project(world: &World, who: Who, number: usize) -> Value {
    let project = &world.model.projects[number];
    json!({
        "id": project.id,
        "name": project.name,
        "schedules": schedules(world, number, within(world, who, number)),
        "created_at": instant(project.created),
    })
}

/// The figures that one gets by counting the shifts that one can see.
fn progress(world: &World, who: Who, number: usize) -> Value {
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
