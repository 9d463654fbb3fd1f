//! What happens in the second world alone: at another client, at another agency, in projects that are not shared, and
//! inside the agency. The workers that it takes are none that an observer meets.

use serde_json::{Value, json};

use crate::candidates;
use crate::dice::Dice;
use crate::pool::{Pool, Shift, pick};
use crate::twins::Twins;

const OTHER_AGENCY: &str = "5cf0a8a6-43b0-4a54-8a4f-0a6b2b6f9d11";
/// Of the other client.
const STRANGER: usize = 5;
const OTHER_CLIENT: usize = 2;

/// The second world has one agency more.
pub(crate) fn found_another_agency(twins: &mut Twins) {
    let made = json!({ "name": "Sentinel Staffing", "currency": "EUR" });
    twins.elsewhere(OTHER_AGENCY, "agencies.create", &made).unwrap();
    twins.elsewhere(OTHER_AGENCY, "agencies.switch_portal", &json!({ "on": true })).unwrap();
}

pub(crate) fn step(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) {
    let reply = match dice.of(20) {
        0..=3 => order(twins, dice),
        4..=6 => accept(twins, pool),
        7 | 8 => book(twins, pool, dice),
        9 => plan(twins, pool, dice),
        10 => draft_selection(twins, pool, dice),
        11 | 12 => talk(twins, pool, dice),
        13 => page(twins, dice),
        14 => settings(twins, dice),
        15 => prefer(twins, dice),
        16 => people(twins, dice),
        17 | 18 => candidates::secret(twins, pool, dice),
        _ => elsewhere(twins, dice),
    };
    if let Some(reply) = reply {
        pool.learn(&reply);
    }
}

fn form(twins: &Twins, dice: &mut Dice, site: &str) -> Value {
    let days = 1 + dice.of(5);
    let ask = json!({ "skill": twins.founded.skills[dice.of(2)], "headcount": 1 + dice.of(3) });
    let shift = json!({ "start": twins.local(days, 8), "end": twins.local(days, 16), "positions": [ask] });
    json!({ "name": "Sentinel order", "site": site, "note": "Sentinel note", "shifts": [shift] })
}

/// The other client orders.
fn order(twins: &mut Twins, dice: &mut Dice) -> Option<Value> {
    let client = twins.founded.clients[OTHER_CLIENT].clone();
    let site = client.sites[dice.of(2)].id.clone();
    let order = form(twins, dice, &site);
    let name = dice.pick(&["mandates.submit", "mandates.submit", "mandates.save_draft"]);
    let user = twins.founded.user(STRANGER);
    twins.aside(user, name, &json!({ "client": client.id, "order": order }))
}

fn accept(twins: &mut Twins, pool: &mut Pool) -> Option<Value> {
    let planner = twins.founded.planner();
    let waiting =
        twins.aside(planner, "mandates.list", &json!({ "state": "submitted", "page": { "limit": 50 } }))?;
    let client = &twins.founded.clients[OTHER_CLIENT].id;
    let other = waiting["items"].as_array()?.iter().find(|one| one["client"] == client.as_str())?.clone();
    let input = json!({ "mandate": other["id"], "revision": other["revision"] });
    let reply = twins.aside(planner, "mandates.accept", &input)?;
    pool.secret_mandates.push(other["id"].clone());
    remember(twins, pool, reply["project"].clone())
}

fn remember(twins: &mut Twins, pool: &mut Pool, project: Value) -> Option<Value> {
    let planner = twins.founded.planner();
    let page = json!({ "project": project, "page": { "limit": 50 } });
    let shifts = twins.aside(planner, "shifts.list", &page)?;
    for shift in shifts["items"].as_array()? {
        pool.secret_shifts.push(Shift {
            id: shift["id"].clone(),
            project: project.clone(),
            revision: shift["revision"].clone(),
            positions: shift["positions"].as_array()?.iter().map(|position| position["id"].clone()).collect(),
        });
    }
    pool.secret_projects.push(project);
    Some(shifts)
}

fn book(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<Value> {
    let shift = pick(dice, &pool.secret_shifts)?;
    let worker = twins.founded.workers[4 + dice.of(4)].clone();
    let input = json!({
        "shift": shift.id, "position": shift.positions[0], "worker": worker, "state": "confirmed", "pay": "917.35",
    });
    let planner = twins.founded.planner();
    twins.aside(planner, "bookings.book", &input)
}

/// The agency plans for an observer's client what it has not shared.
fn plan(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<Value> {
    let planner = twins.founded.planner();
    let client = twins.founded.clients[dice.of(2)].clone();
    let made = json!({ "name": "Sentinel project", "client": client.id });
    let project = twins.aside(planner, "projects.create", &made)?["id"].clone();
    let days = 1 + dice.of(5);
    let ask = json!({ "skill": twins.founded.skills[0], "headcount": 2 });
    let shift = json!({ "start": twins.local(days, 9), "end": twins.local(days, 17), "positions": [ask] });
    let place = json!({ "at": "site", "site": client.sites[0].id });
    let schedule = json!({ "project": project, "place": place, "shifts": [shift], "note": "Sentinel plan" });
    twins.aside(planner, "projects.add_schedule", &schedule)?;
    remember(twins, pool, project)
}

/// For a shift that the client knows, but not offered.
fn draft_selection(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<Value> {
    let shift = pick(dice, &pool.shifts)?;
    let proposals =
        [4, 5].map(|at| json!({ "worker": twins.founded.workers[at], "note": "Sentinel praise" }));
    let open = json!({
        "positions": [{ "shift": shift.id, "position": shift.positions[0] }], "proposals": proposals, "minimum": 1,
        "note": "Sentinel choice",
    });
    let planner = twins.founded.planner();
    twins.aside(planner, "selections.open", &open)
}

/// Inside the agency, about a project that the client knows.
fn talk(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<Value> {
    let project = pick(dice, &pool.projects)?;
    let planner = twins.founded.planner();
    let message = json!({ "project": project, "text": "Sentinel words", "audience": "agency" });
    twins.aside(planner, "messages.write", &message)
}

/// Pages for staff alone, or not published.
fn page(twins: &mut Twins, dice: &mut Dice) -> Option<Value> {
    let published = dice.once_in(2);
    let audience = json!({ "client": !published, "staff": true });
    let text = json!({ "title": "Sentinel page", "body": "<p>Sentinel body</p>" });
    let made = json!({ "slug": format!("page-{}", dice.of(10_000)), "audience": audience, "en": text });
    let member = staffgate::Actor::Operator;
    let reply = twins.aside(member, "pages.create", &made)?;
    if published {
        twins.aside(member, "pages.publish", &json!({ "page": reply["id"], "on": true }));
    }
    Some(reply)
}

fn settings(twins: &mut Twins, dice: &mut Dice) -> Option<Value> {
    let client = twins.founded.clients[OTHER_CLIENT].id.clone();
    let operator = staffgate::Actor::Operator;
    match dice.of(4) {
        0 => twins.aside(
            operator,
            "clients.set_auto_accept",
            &json!({ "client": client, "on": dice.once_in(2) }),
        ),
        1 => twins.aside(
            operator,
            "clients.set_sharing",
            &json!({ "client": client, "team_immediately": true }),
        ),
        2 => twins.aside(operator, "clients.update", &json!({ "client": client, "name": "Sentinel client" })),
        _ => twins.aside(operator, "clients.create", &json!({ "name": "Sentinel client more" })),
    }
}

fn prefer(twins: &mut Twins, dice: &mut Dice) -> Option<Value> {
    let client = twins.founded.clients[OTHER_CLIENT].id.clone();
    let worker = twins.founded.workers[dice.of(8)].clone();
    let planner = twins.founded.planner();
    let input =
        json!({ "client": client, "worker": worker, "preference": dice.pick(&["preferred", "refused"]) });
    twins.aside(planner, "staff_preferences.set", &input)
}

fn people(twins: &mut Twins, dice: &mut Dice) -> Option<Value> {
    let client = twins.founded.clients[OTHER_CLIENT].id.clone();
    let operator = staffgate::Actor::Operator;
    let user = json!({
        "client": client, "name": "Sentinel Person", "email": format!("sentinel{}@other.example", dice.of(10_000)),
        "role": "viewer", "delivery": { "base_url": "https://portal.northlight.example/join", "send_now": false },
    });
    match dice.of(3) {
        0 => twins.aside(operator, "users.create", &user),
        1 => twins.aside(operator, "workers.create", &json!({ "name": "Sentinel Worker" })),
        _ => {
            let member = json!({
                "name": "Sentinel Member", "email": format!("sentinel{}@agency.example", dice.of(10_000)), "role": "viewer",
            });
            twins.aside(operator, "members.add", &member)
        }
    }
}

fn elsewhere(twins: &mut Twins, dice: &mut Dice) -> Option<Value> {
    let name = format!("Sentinel client {}", dice.of(1000));
    twins.elsewhere(OTHER_AGENCY, "clients.create", &json!({ "name": name }))
}
