//! What people at the first two clients do and ask: every operation of the catalog with inputs from its schema, and by
//! hand what a random input would seldom get right.

use std::cell::RefCell;

use conformance::sample::Sampler;
use serde_json::{Value, json};
use staffgate::engine::Effect;
use staffgate::{Actor, catalog};

use crate::candidates;
use crate::dice::Dice;
use crate::pool::{Mandate, Pool, pick};
use crate::twins::{OBSERVERS, Twins};

/// What must have answered with more than a refusal, or the comparison says little.
pub(crate) const MUST_ANSWER: [&str; 34] = [
    "access.allowed",
    "access.can",
    "attendance.on_site",
    "change_requests.preview",
    "mandates.edit",
    "mandates.preview",
    "mandates.submit",
    "my_candidates.get",
    "my_candidates.list",
    "my_candidates.preview_document",
    "my_change_requests.list",
    "my_feedback.give",
    "my_feedback.list",
    "my_history.of",
    "my_jobs.get",
    "my_jobs.list",
    "my_mandates.get",
    "my_mandates.list",
    "my_messages.list",
    "my_messages.write",
    "my_pages.list",
    "my_people.list",
    "my_projects.get",
    "my_projects.list",
    "my_projects.progress",
    "my_selections.get",
    "my_selections.list",
    "my_shifts.get",
    "my_shifts.list",
    "my_staff.list",
    "notifications.list",
    "public_page.get",
    "shared_project.get",
    "visibility.explain",
];

/// A query or command of the catalog, with its schema.
struct Known {
    name: &'static str,
    schema: Value,
}

pub(crate) struct Catalog {
    types: Value,
    /// What is made for the client's side.
    own: Vec<Known>,
    queries: Vec<Known>,
    commands: Vec<Known>,
}

/// Groups that end who somebody is, or hash passwords: an episode would be over.
const ENDING: [&str; 9] = [
    "agencies.",
    "clients.",
    "identities.",
    "members.",
    "roles.",
    "sessions.",
    "users.",
    "my_people.",
    "impersonations.",
];

impl Catalog {
    pub(crate) fn read() -> Self {
        let description = catalog::describe();
        let types = description.types;
        let (mut own, mut queries, mut commands) = (Vec::new(), Vec::new(), Vec::new());
        for entry in description.operations {
            let schema = serde_json::to_value(&entry.input).unwrap();
            let known = || Known { name: entry.name, schema: schema.clone() };
            if entry.effect == Effect::Query {
                let group = entry.name.split('.').next().unwrap();
                if group.starts_with("my_") || MUST_ANSWER.contains(&entry.name) {
                    own.push(known());
                }
                queries.push(known());
            } else if !ENDING.iter().any(|group| entry.name.starts_with(group)) {
                commands.push(known());
            }
        }
        Self { types, own, queries, commands }
    }
}

fn somebody(twins: &Twins, pool: &Pool, dice: &mut Dice) -> Actor {
    match pick(dice, &pool.links) {
        Some(link) if dice.once_in(8) => Actor::Holder { link: id(&link).into() },
        _ if dice.once_in(30) => Actor::Guest,
        _ => twins.founded.user(dice.pick(&OBSERVERS)),
    }
}

fn id(value: &Value) -> uuid::Uuid {
    value.as_str().unwrap().parse().unwrap()
}

/// Fills a schema in: ids of everything there is in either world, and figures on both sides of the limits.
fn filled(known: &Known, types: &Value, twins: &Twins, pool: &Pool, dice: &mut Dice) -> Value {
    let optional = dice.once_in(3);
    let dice = RefCell::new(dice);
    let own = |name: &str| -> Option<Value> {
        let mut dice = dice.borrow_mut();
        if dice.once_in(6) {
            return pick(&mut dice, &pool.ids);
        }
        match name {
            "client" => Some(twins.founded.clients[dice.of(2)].id.clone().into()),
            "site" => Some(twins.founded.clients[dice.of(2)].sites[dice.of(2)].id.clone().into()),
            "skill" => Some(twins.founded.skills[dice.of(4)].clone().into()),
            "user" => Some(twins.founded.users[dice.of(6)].clone().into()),
            "worker" => Some(twins.founded.workers[dice.of(8)].clone().into()),
            "project" => pick(&mut dice, &pool.projects),
            "shift" => pick(&mut dice, &pool.shifts).map(|shift| shift.id),
            "booking" => pick(&mut dice, &pool.bookings).map(|booking| booking.id),
            "mandate" => pick(&mut dice, &pool.mandates).map(|mandate| mandate.id),
            "request" => pick(&mut dice, &pool.requests),
            "selection" => pick(&mut dice, &pool.selections).map(|(selection, _)| selection),
            "job" => pick(&mut dice, &pool.jobs),
            "candidate" => pick(&mut dice, &pool.candidates),
            "id" => pick(&mut dice, &pool.ids),
            _ => None,
        }
    };
    let mark = |name: &str| -> Option<Value> {
        let is_id = [
            "client",
            "site",
            "skill",
            "user",
            "worker",
            "project",
            "shift",
            "booking",
            "mandate",
            "request",
            "selection",
            "job",
            "candidate",
            "id",
        ];
        if is_id.contains(&name) {
            return own(name);
        }
        let mut dice = dice.borrow_mut();
        match name {
            // Whoever asks; who asks about others has to manage them.
            "subject" => Some(Value::Null),
            "token" => pick(&mut dice, &pool.tokens),
            "page" => Some(json!({ "limit": dice.pick(&[1, 2, 5, 50, 1000]) })),
            "revision" => Some(json!(1 + dice.of(3))),
            "kind" => Some(json!(dice.pick(&["mandate", "project", "shift", "client", "user"]))),
            "from" | "from_" => Some(json!("2026-08-01T00:00:00Z")),
            "to" => Some(json!("2026-12-01T00:00:00Z")),
            "questions" => Some(json!([
                { "permission": "view_shifts", "object": { "kind": "shift", "id": pick(&mut dice, &pool.ids) } },
                { "permission": "edit_orders", "object": { "kind": "mandate", "id": pick(&mut dice, &pool.ids) } },
            ])),
            _ => None,
        }
    };
    let sampler = Sampler { types, known: &mark };
    sampler.input(&known.schema, optional)
}

/// Questions whose input a schema does not say well enough, mostly by somebody who belongs to the client.
fn asked(twins: &Twins, pool: &Pool, dice: &mut Dice) -> (Actor, (&'static str, Value)) {
    let number = dice.of(2);
    let who = if dice.once_in(6) {
        somebody(twins, pool, dice)
    } else {
        twins.founded.user(dice.pick(&AT[number]))
    };
    (who, question(twins, pool, dice, number))
}

/// Who belongs to each of the observers' clients; an administrator first.
const AT: [[usize; 3]; 2] = [[0, 1, 2], [3, 4, 2]];

fn question(twins: &Twins, pool: &Pool, dice: &mut Dice, number: usize) -> (&'static str, Value) {
    let client = json!(twins.founded.clients[number].id);
    let page = json!({ "limit": dice.pick(&[1, 3, 50, 1000]) });
    let list = |name: &'static str| (name, json!({ "client": client, "page": page }));
    let project = pick(dice, &pool.projects);
    match dice.of(26) {
        24 | 25 => candidates::explained(pool, dice),
        20..=23 => candidates::question(pool, dice, &client),
        0..=2 => list("my_shifts.list"),
        3 => ("my_shifts.list", json!({ "project": project, "page": page })),
        4 | 5 => list("my_projects.list"),
        6 => list("my_mandates.list"),
        7 => list("my_change_requests.list"),
        8 => list("my_selections.list"),
        9 | 10 => list("notifications.list"),
        11 => list("my_people.list"),
        12 => ("my_staff.list", json!({ "client": client })),
        13 => ("my_projects.progress", json!({ "project": project, "page": page })),
        14 => ("my_messages.list", json!({ "project": project, "page": page })),
        15 => ("shared_project.get", json!({})),
        16 => {
            let site = &twins.founded.clients[dice.of(2)].sites[dice.of(2)].id;
            ("attendance.on_site", json!({ "client": client, "site": site, "page": page }))
        }
        17 | 18 => {
            let kind = dice.pick(&["client", "mandate", "project", "selection", "shift", "user"]);
            let id = match kind {
                "client" => Some(client.clone()),
                "mandate" => pick(dice, &pool.mandates).map(|mandate| mandate.id),
                "project" => project,
                "shift" => pick(dice, &pool.shifts).map(|shift| shift.id),
                "selection" => pick(dice, &pool.selections).map(|(selection, _)| selection),
                _ => Some(json!(twins.founded.users[dice.of(6)])),
            };
            (
                "my_history.of",
                json!({ "client": client, "kind": kind, "id": id, "limit": dice.pick(&[1, 5, 1000]) }),
            )
        }
        _ => {
            ("public_page.get", json!({ "token": pick(dice, &pool.tokens).unwrap_or_else(|| json!("none")) }))
        }
    }
}

pub(crate) fn read(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice, catalog: &Catalog) {
    let (mut who, (name, mut input)) = if dice.once_in(2) {
        asked(twins, pool, dice)
    } else {
        let list = if dice.once_in(5) { &catalog.queries } else { &catalog.own };
        let known = &list[dice.of(list.len())];
        (somebody(twins, pool, dice), (known.name, filled(known, &catalog.types, twins, pool, dice)))
    };
    who = match (name, pick(dice, &pool.links)) {
        ("shared_project.get", Some(link)) => Actor::Holder { link: id(&link).into() },
        ("public_page.get", _) => Actor::Guest,
        _ => who,
    };
    // A list is walked some pages on.
    for _ in 0..3 {
        let Some(reply) = twins.observe(who, name, &input) else { return };
        pool.learn(&reply);
        match (&reply["next"], input.get("page")) {
            (Value::String(next), Some(_)) => input["page"]["after"] = json!(next),
            _ => return,
        }
    }
}

pub(crate) fn write(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice, catalog: &Catalog) {
    match dice.of(18) {
        0..=4 => order(twins, pool, dice),
        5 | 6 => edit(twins, pool, dice),
        7 | 8 => ask_change(twins, pool, dice),
        9 => talk(twins, pool, dice),
        10 => choose(twins, pool, dice),
        11 => open(twins, pool, dice),
        12 | 13 => {
            let who = twins.founded.user(dice.pick(&OBSERVERS));
            candidates::say(twins, pool, dice, who);
        }
        _ => {
            let known = &catalog.commands[dice.of(catalog.commands.len())];
            let who = somebody(twins, pool, dice);
            let input = filled(known, &catalog.types, twins, pool, dice);
            if let Some(reply) = twins.observe(who, known.name, &input) {
                pool.learn(&reply);
            }
        }
    }
}

/// A person at this client who may order.
fn orderer(twins: &Twins, client: usize, dice: &mut Dice) -> Actor {
    twins.founded.user(dice.pick(&[[0, 1], [3, 4]][client]))
}

fn form(twins: &Twins, client: usize, dice: &mut Dice) -> Value {
    let days = 1 + dice.of(5);
    let ask = json!({ "skill": twins.founded.skills[dice.of(3)], "headcount": 1 + dice.of(2) });
    let start = dice.pick(&[6, 12, 20]);
    let shift = json!({ "start": twins.local(days, start), "end": twins.local(days + 1, start - 5), "positions": [ask] });
    json!({ "name": format!("Order {}", dice.of(100)), "site": twins.founded.clients[client].sites[0].id, "shifts": [shift] })
}

fn order(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) {
    let client = dice.of(2);
    let who = orderer(twins, client, dice);
    let order = form(twins, client, dice);
    let input = json!({ "client": twins.founded.clients[client].id, "order": order });
    let name = dice.pick(&[
        "mandates.submit",
        "mandates.submit",
        "mandates.submit",
        "mandates.preview",
        "mandates.save_draft",
    ]);
    if let Some(reply) = twins.observe(who, name, &input) {
        pool.learn(&reply);
        if reply["id"].is_string() {
            pool.mandates.push(Mandate { client, id: reply["id"].clone(), revision: 1 });
        }
    }
}

fn edit(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) {
    let Some(mandate) = pick(dice, &pool.mandates) else { return };
    let who = orderer(twins, mandate.client, dice);
    let order = form(twins, mandate.client, dice);
    let name = dice.pick(&["mandates.edit", "mandates.edit", "mandates.withdraw", "mandates.submit_draft"]);
    let mut input = json!({ "mandate": mandate.id, "revision": mandate.revision });
    if name == "mandates.edit" {
        input["order"] = order;
    }
    if let Some(reply) = twins.observe(who, name, &input)
        && let (Some(revision), Some(known)) =
            (reply["revision"].as_u64(), pool.mandates.iter_mut().find(|known| known.id == mandate.id))
    {
        known.revision = revision;
    }
}

fn ask_change(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) {
    let Some(shift) = pick(dice, &pool.shifts) else { return };
    let who = twins.founded.user(dice.pick(&OBSERVERS));
    let change = match dice.of(3) {
        0 => json!({ "kind": "headcount", "position": shift.positions[0], "headcount": 1 + dice.of(4) }),
        1 => json!({ "kind": "note", "note": "Side door" }),
        _ => json!({ "kind": "cancel" }),
    };
    let preview =
        twins.observe(who, "change_requests.preview", &json!({ "shift": shift.id, "change": change }));
    let fee = preview.map_or(Value::Null, |preview| preview["fee"]["amount"].clone());
    let fee = if fee.is_string() { fee } else { Value::Null };
    let input =
        json!({ "shift": shift.id, "revision": shift.revision, "change": change, "accepted_fee": fee });
    if let Some(reply) = twins.observe(who, "change_requests.submit", &input) {
        pool.learn(&reply);
        pool.requests.push(reply["id"].clone());
    }
}

fn talk(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) {
    let Some(project) = pick(dice, &pool.projects) else { return };
    let who = twins.founded.user(dice.pick(&OBSERVERS));
    let message = json!({ "project": project, "text": format!("Question {}", dice.of(100)) });
    twins.observe(who, "my_messages.write", &message);
    twins.observe(who, "my_messages.list", &json!({ "project": project }));
    twins.observe(who, "my_messages.thread", &json!({ "project": project }));
    if dice.once_in(2) {
        twins.observe(who, "my_messages.mark_read", &json!({ "project": project }));
    }
}

fn choose(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) {
    let Some((selection, proposals)) = pick(dice, &pool.selections) else { return };
    let who = twins.founded.user(dice.pick(&OBSERVERS));
    let Some(reply) = twins.observe(who, "my_selections.get", &json!({ "selection": selection })) else {
        return;
    };
    let chosen = &proposals[..1.min(proposals.len())];
    let input = json!({ "selection": selection, "revision": reply["revision"], "proposals": chosen });
    twins.observe(who, dice.pick(&["my_selections.shortlist", "my_selections.submit"]), &input);
}

/// A link to a project, opened by whoever has it.
fn open(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) {
    let Some((link, token)) = pick(dice, &pool.shared) else { return };
    if twins.observe(Actor::Guest, "links.open", &json!({ "token": token })).is_some() {
        pool.links.push(link);
    }
}
