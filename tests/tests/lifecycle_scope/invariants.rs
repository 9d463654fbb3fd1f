//! What holds in every state, whatever the order: read from the records as JSON, with plain loops.

use std::collections::BTreeMap;
use std::rc::Rc;

use jiff::Timestamp;
use serde_json::Value;

use crate::intern::Map;
use crate::store::Lean;

/// Records and events that were read once already.
#[derive(Default)]
pub(crate) struct Invariants {
    bodies: Map<u32, Rc<Value>>,
    events: Map<u32, Rc<Value>>,
}

type Broken = Result<(), String>;

fn say(holds: bool, what: impl FnOnce() -> String) -> Broken {
    if holds { Ok(()) } else { Err(what()) }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn millis(value: &Value) -> i64 {
    text(value).parse::<Timestamp>().unwrap().as_millisecond()
}

/// Whether a booking holds its worker.
fn holds(booking: &Value) -> bool {
    !["proposed", "declined", "cancelled", "replaced", "no_show", "lapsed"].contains(&text(&booking["state"]))
}

fn bookings(shift: &Value) -> impl Iterator<Item = &Value> {
    list(&shift["positions"]).iter().flat_map(|position| list(&position["bookings"]))
}

impl Invariants {
    pub(crate) fn check(&mut self, lean: &Lean, state: u32) -> Broken {
        let mandates = self.all(lean, state, "mandate");
        let projects = self.all(lean, state, "project");
        let shifts = self.all(lean, state, "shift");
        let places = self.all(lean, state, "project_place");
        let days = self.all(lean, state, "worker_day");
        let workers = self.all(lean, state, "worker");
        for mandate in &mandates {
            accepted_once(mandate, &projects, &shifts)?;
            let events = self.events(lean, state, "mandate", mandate);
            mandate_history(mandate, &events)?;
        }
        for project in &projects {
            project_is_whole(project, &shifts, &places)?;
        }
        for shift in &shifts {
            heads(shift)?;
            let events = self.events(lean, state, "shift", shift);
            shift_history(shift, &events)?;
        }
        for worker in &workers {
            one_place_at_a_time(worker, &shifts, &days)?;
        }
        let changes = self.all(lean, state, "change_request");
        for project in &projects {
            shown_as_one(project, &[&shifts, &changes], &mandates)?;
        }
        one_open_change(&changes)
    }

    fn all(&mut self, lean: &Lean, state: u32, kind: &'static str) -> Vec<Rc<Value>> {
        let bodies = lean.all(state, kind);
        let read = |body: u32| Rc::new(serde_json::from_str(&lean.bodies.get(body).text).unwrap());
        bodies
            .into_iter()
            .map(|body| Rc::clone(self.bodies.entry(body).or_insert_with(|| read(body))))
            .collect()
    }

    fn events(&mut self, lean: &Lean, state: u32, kind: &str, about: &Value) -> Vec<Rc<Value>> {
        let events = lean.events_about(state, &format!("{kind}/{}", text(&about["id"])));
        let read = |event: u32| Rc::new(serde_json::from_str(&lean.events.get(event).1).unwrap());
        events
            .into_iter()
            .map(|event| Rc::clone(self.events.entry(event).or_insert_with(|| read(event))))
            .collect()
    }
}

/// An accepted mandate has become one schedule with all of its shifts; any other has become none.
fn accepted_once(mandate: &Value, projects: &[Rc<Value>], shifts: &[Rc<Value>]) -> Broken {
    let id = &mandate["id"];
    let schedules = projects.iter().flat_map(|project| list(&project["schedules"]));
    let schedules: Vec<&Value> = schedules.filter(|schedule| schedule["mandate"] == *id).collect();
    let made = shifts.iter().filter(|shift| shift["mandate"] == *id).count();
    let wanted = list(&mandate["revisions"]).last().map_or(0, |last| list(&last["request"]["shifts"]).len());
    let (schedules_due, shifts_due) = if mandate["state"] == "accepted" { (1, wanted) } else { (0, 0) };
    say(schedules.len() == schedules_due && made == shifts_due, || {
        format!(
            "the mandate {id} is {} with {} schedules and {made} shifts",
            mandate["state"],
            schedules.len()
        )
    })
}

/// Every revision has its event, in order, and nothing happens after the end.
fn mandate_history(mandate: &Value, events: &[Rc<Value>]) -> Broken {
    let revisions = list(&mandate["revisions"]);
    let in_order = (1..).zip(revisions).all(|(number, revision)| revision["number"] == number);
    let made = ["mandate_submitted", "mandate_edited", "mandate_revised", "mandate_drafted"];
    let ends = ["mandate_accepted", "mandate_declined", "mandate_withdrawn", "mandate_expired"];
    let mut told = Vec::new();
    let mut end = None;
    for event in events {
        let name = text(&event["name"]);
        say(end.is_none(), || format!("`{name}` happened to a mandate that had ended: {}", mandate["id"]))?;
        if made.contains(&name) {
            told.push(event["data"]["revision"].clone());
        }
        if ends.contains(&name) {
            end = Some(name.trim_start_matches("mandate_"));
        }
    }
    let numbers: Vec<Value> = revisions.iter().map(|revision| revision["number"].clone()).collect();
    say(in_order && told == numbers, || {
        format!("the revisions of {} are {numbers:?}, told {told:?}", mandate["id"])
    })?;
    let state = text(&mandate["state"]);
    let ended = ends.iter().any(|name| name.ends_with(state));
    say(end == ended.then_some(state), || format!("{} is {state}, told {end:?}", mandate["id"]))
}

/// What counts a project's shifts, finds it and shares it agrees with the shifts that there are.
fn project_is_whole(project: &Value, shifts: &[Rc<Value>], places: &[Rc<Value>]) -> Broken {
    let id = &project["id"];
    let own: Vec<_> = shifts.iter().filter(|shift| shift["project"] == *id).collect();
    say(project["shift_count"] == own.len(), || {
        format!("{id} counts {} shifts, there are {}", project["shift_count"], own.len())
    })?;
    let schedules = list(&project["schedules"]);
    for shift in own {
        let known = schedules.iter().any(|schedule| schedule["id"] == shift["schedule"]);
        say(known, || format!("the schedule of the shift {} is not in its project", shift["id"]))?;
        let shared = shift["team"]["immediately"] == project["sharing"]["team_immediately"]
            && shift["team"]["published_at"] == project["team_published_at"];
        say(shared, || format!("the shift {} is not shared as its project {id} is", shift["id"]))?;
    }
    let keys = schedules.iter().map(|schedule| &schedule["site"]).chain([id]);
    for key in keys {
        let found = places.iter().any(|place| place["key"] == *key && place["project"] == *id);
        say(found, || format!("{id} is not to be found under {key}"))?;
    }
    Ok(())
}

/// What tells of a project is shown to its client, or hidden from it, as the project is.
fn shown_as_one(project: &Value, carrying: &[&[Rc<Value>]], mandates: &[Rc<Value>]) -> Broken {
    let (id, shared) = (&project["id"], &project["shared"]);
    let own = |one: &&Rc<Value>| one["project"] == *id;
    let told =
        carrying.iter().flat_map(|list| list.iter()).filter(own).map(|one| (one, one["shared"] == *shared));
    let ordered = mandates.iter().filter(own).map(|one| (one, one["project_hidden"] != *shared));
    for (one, agrees) in told.chain(ordered) {
        say(agrees, || format!("{} is not shared as its project {id} is", one["id"]))?;
    }
    Ok(())
}

/// No position has more people than heads, and a cancelled shift holds nobody.
fn heads(shift: &Value) -> Broken {
    for position in list(&shift["positions"]) {
        let active = list(&position["bookings"]).iter().filter(|booking| holds(booking)).count();
        let headcount = position["headcount"].as_u64().unwrap_or_default();
        say(active as u64 <= headcount, || format!("{active} of {headcount} are booked at {}", shift["id"]))?;
    }
    let cancelled = !shift["cancelled_at"].is_null();
    say(!cancelled || !bookings(shift).any(holds), || {
        format!("the cancelled shift {} holds people", shift["id"])
    })?;
    let lead = &shift["lead"];
    let leads = lead.is_null() || bookings(shift).any(|booking| booking["id"] == *lead && holds(booking));
    say(leads, || format!("somebody leads {} who does not come", shift["id"]))
}

/// Each edit of a shift has its event and its number; each booking is as its last event says.
fn shift_history(shift: &Value, events: &[Rc<Value>]) -> Broken {
    let mut revision = 1;
    let mut states: BTreeMap<&str, &Value> = BTreeMap::new();
    for event in events {
        let data = &event["data"];
        if let Some(told) = data["revision"].as_i64().filter(|told| *told != 1) {
            say(told == revision + 1, || format!("{} went from revision {revision} to {told}", shift["id"]))?;
            revision = told;
        }
        if data["booking"].is_string() {
            states.insert(text(&data["booking"]), &data["state"]);
        }
    }
    say(shift["revision"] == revision, || {
        format!("{} is at {}, told {revision}", shift["id"], shift["revision"])
    })?;
    for booking in bookings(shift) {
        let told = states.remove(text(&booking["id"]));
        say(told == Some(&booking["state"]), || {
            format!("{} is {}, told {told:?}", booking["id"], booking["state"])
        })?;
    }
    say(states.is_empty(), || format!("{states:?} of {} are told and not there", shift["id"]))
}

const DAY: i64 = 86_400_000;

/// A worker's days hold what the shifts hold, no two of which overlap; and every booking has the worker's name.
fn one_place_at_a_time(worker: &Value, shifts: &[Rc<Value>], days: &[Rc<Value>]) -> Broken {
    let id = &worker["id"];
    let mut held = Vec::new();
    let mut due = Vec::new();
    for shift in shifts {
        let (start, end) = (millis(&shift["starts_at"]), millis(&shift["ends_at"]));
        for booking in bookings(shift).filter(|booking| booking["worker"] == *id && holds(booking)) {
            held.push((start, end));
            for day in start.div_euclid(DAY)..=(end - 1).div_euclid(DAY) {
                due.push((day, text(&booking["id"]), start, end));
            }
            let named = booking["name"] == worker["name"] && booking["phone"] == worker["phone"];
            say(named, || format!("{} is booked as {}", worker["name"], booking["name"]))?;
        }
    }
    for (at, (start, end)) in held.iter().enumerate() {
        let free = held[at + 1..].iter().all(|(other, until)| end <= other || until <= start);
        say(free, || format!("the worker {id} is booked twice for the same time"))?;
    }
    let mut kept = Vec::new();
    for day in days.iter().filter(|day| day["worker"] == *id) {
        for entry in list(&day["entries"]) {
            let number = day["day"].as_i64().unwrap_or_default();
            kept.push((
                number,
                text(&entry["booking"]),
                millis(&entry["starts_at"]),
                millis(&entry["ends_at"]),
            ));
        }
    }
    kept.sort_unstable();
    due.sort_unstable();
    say(kept == due, || format!("the days of {id} hold {kept:?}, and should hold {due:?}"))
}

/// At most one open change request for a shift.
fn one_open_change(changes: &[Rc<Value>]) -> Broken {
    let open = changes.iter().filter(|change| change["state"] == "open");
    let mut shifts: Vec<&str> = open.map(|change| text(&change["shift"])).collect();
    let count = shifts.len();
    shifts.sort_unstable();
    shifts.dedup();
    say(shifts.len() == count, || "two change requests are open for one shift".to_owned())
}
