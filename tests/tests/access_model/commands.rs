//! One random command: what the model says, what the library says, and what became of it in the model.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::dice::Dice;
use crate::model::{Access, Check, Link, Model, Names, Outcome, Reach, RoleName, Session, User, Who, no};
use crate::world::{CLIENTS, PLACES, World};
use crate::{probes, roles};

type Done = (String, Outcome, Outcome);

const EMAILS: usize = 14;
const DAY: i64 = 24 * 60;

pub(crate) fn one(world: &mut World, dice: &mut Dice) -> Done {
    let who = somebody(&world.model, dice);
    match dice.of(40) {
        0 => create(world, dice, who),
        1 | 2 => invite(world, dice, who),
        3..=5 => join(world, dice),
        6 | 7 => activity(world, dice, who),
        8..=12 => set_access(world, dice, who),
        13 => roles::create(world, dice, who),
        14 | 15 => roles::change(world, dice, who),
        16..=18 => member(world, dice, who),
        19 | 20 => start(world, dice, who),
        21 => end(world, dice, who),
        22 => {
            world.model.minute += if dice.once_in(8) { 2 * DAY } else { 7 };
            let minute = world.model.minute;
            (format!("it is {minute}"), Ok(BTreeSet::new()), Ok(BTreeSet::new()))
        }
        23..=27 => probes::shifts(world, dice, who),
        28..=31 => probes::one(world, dice, who),
        32..=34 => probes::projects(world, dice, who),
        35 | 36 => probes::people(world, dice, who),
        _ => probes::agency_shifts(world, dice, who),
    }
}

fn somebody(model: &Model, dice: &mut Dice) -> Who {
    let users = model.users.len();
    match dice.of(12) {
        0..=2 => Who::Operator,
        3 | 4 => Who::Member(dice.of(model.members.len())),
        5 if users > 0 => Who::Preview { user: dice.of(users), by: dice.of(model.members.len()) },
        6 | 7 if !model.sessions.is_empty() => {
            let number = dice.of(model.sessions.len());
            let session = &model.sessions[number];
            // Now and then the host names another person with a session than the session's own.
            let user = if dice.once_in(10) { dice.of(users) } else { session.user };
            let by = if dice.once_in(10) { dice.of(model.members.len()) } else { session.by };
            Who::Instead { session: number, user, by }
        }
        _ if users > 0 => Who::User(dice.of(users)),
        _ => Who::Operator,
    }
}

fn done(label: String, expected: Check, came: Result<Value, String>) -> Done {
    (label, expected.map(|()| BTreeSet::new()), came.map(|_| BTreeSet::new()))
}

fn delivery() -> Value {
    json!({ "base_url": "https://portal.northlight.example/join", "send_now": true })
}

fn a_role(model: &Model, dice: &mut Dice, names: &[&'static str]) -> RoleName {
    if !model.roles.is_empty() && dice.once_in(3) {
        RoleName::Made(dice.of(model.roles.len()))
    } else {
        RoleName::Always(dice.pick(names))
    }
}

const CLIENT_ROLES: [&str; 3] = ["administrator", "orderer", "viewer"];

/// A person is created by the agency, or by the client's own administrator, with an invitation.
fn create(world: &mut World, dice: &mut Dice, who: Who) -> Done {
    let (client, email) = (dice.of(CLIENTS), dice.of(EMAILS));
    let role = RoleName::Always(dice.pick(&CLIENT_ROLES));
    let expected = may_give(&world.model, who, client, role, &Reach::All).and_then(|()| {
        if world.model.users.iter().any(|user| user.email == email) { no("person_exists") } else { Ok(()) }
    });
    let input = json!({
        "client": world.clients[client], "name": "Anna", "email": format!("anna{email}@astoria.example"),
        "role": world.role(role), "delivery": delivery(),
    });
    let came = world.call(who, "users.create", &input);
    if let Ok(reply) = &came {
        let model = &mut world.model;
        let at = std::iter::once((client, (role, Reach::All))).collect();
        let id = reply["user"].as_str().unwrap().to_owned();
        let link = Some(model.links.len());
        model.users.push(User { id, email, access: Access::Invited, joined: false, at, link });
        let user = model.users.len() - 1;
        link_made(model, reply, user, client, who);
    }
    done(format!("{who:?} creates {email} at {client}"), expected, came)
}

fn link_made(model: &mut Model, reply: &Value, user: usize, client: usize, by: Who) {
    let token = reply["token"].as_str().unwrap().to_owned();
    let expires = model.minute + 7 * DAY;
    model.links.push(Link { token, user, client, by, expires, used: false, replaced: false });
}

/// A person who has not joined is invited again.
fn invite(world: &mut World, dice: &mut Dice, who: Who) -> Done {
    if world.model.users.is_empty() {
        return create(world, dice, who);
    }
    let user = dice.of(world.model.users.len());
    let client = dice.of(CLIENTS);
    let expected = world.model.at_agency(who, "manage_users", true).and_then(|()| {
        let user = &world.model.users[user];
        match user.access {
            _ if !user.at.contains_key(&client) => no("not_found"),
            Access::Invited => Ok(()),
            Access::Active => no("already_joined"),
            Access::Deactivated => no("access_ended"),
        }
    });
    let id = &world.model.users[user].id;
    let input = json!({ "user": id, "client": world.clients[client], "delivery": delivery() });
    let came = world.call(who, "users.invite", &input);
    if let Ok(reply) = &came {
        let next = world.model.links.len();
        if let Some(before) = world.model.users[user].link.replace(next) {
            world.model.links[before].replaced = true;
        }
        link_made(&mut world.model, reply, user, client, who);
    }
    done(format!("{who:?} invites {user} again"), expected, came)
}

/// Somebody shows a link, live or not.
fn join(world: &mut World, dice: &mut Dice) -> Done {
    if world.model.links.is_empty() {
        return create(world, dice, Who::Operator);
    }
    // Mostly one of the last links, which may be good; joining costs a password hash.
    let recent = world.model.links.len().min(4);
    let number = world.model.links.len() - 1 - dice.of(recent);
    let expected = may_join(&world.model, number);
    let token = world.model.links[number].token.clone();
    let came = world.as_guest("users.join", &json!({ "token": token, "password": "seven purple lanterns" }));
    if came.is_ok() {
        let user = world.model.links[number].user;
        world.model.links[number].used = true;
        let user = &mut world.model.users[user];
        (user.access, user.joined, user.link) = (Access::Active, true, None);
    }
    done(format!("link {number} is shown"), expected, came)
}

fn may_join(model: &Model, number: usize) -> Check {
    let link = &model.links[number];
    let user = &model.users[link.user];
    if link.used {
        return no("link_used");
    }
    // Another link took its place, which is told of one that is over as well.
    if link.replaced {
        return no("link_superseded");
    }
    if model.minute >= link.expires {
        return no("link_expired");
    }
    if user.link != Some(number) || user.access != Access::Invited {
        return no("link_superseded");
    }
    let may = match link.by {
        Who::User(_) => model.at_client(link.by, "manage_people", link.client, false),
        // Who did it in another's place has gone from there.
        Who::Instead { .. } | Who::Preview { .. } => no("over"),
        Who::Operator | Who::Member(_) => model.at_agency(link.by, "manage_users", false),
    };
    if may.is_err() { no("link_invalid") } else { Ok(()) }
}

/// A person is deactivated, or let in again.
fn activity(world: &mut World, dice: &mut Dice, who: Who) -> Done {
    if world.model.users.is_empty() {
        return create(world, dice, who);
    }
    let number = dice.of(world.model.users.len());
    let ends = dice.once_in(2);
    let leads_alone = (0..CLIENTS).any(|client| world.model.is_last_leader(number, client));
    let expected = world
        .model
        .at_agency(who, "manage_users", true)
        .and_then(|()| if ends && leads_alone { no("last_administrator") } else { Ok(()) });
    let id = world.model.users[number].id.clone();
    let operation = if ends { "users.deactivate" } else { "users.reactivate" };
    let came = world.call(who, operation, &json!({ "user": id }));
    if came.is_ok() {
        let user = &mut world.model.users[number];
        match (ends, user.access) {
            (true, Access::Invited | Access::Active) => {
                (user.access, user.link) = (Access::Deactivated, None);
            }
            (false, Access::Deactivated) if user.joined => user.access = Access::Active,
            (false, Access::Deactivated) => user.access = Access::Invited,
            _ => {}
        }
    }
    done(format!("{who:?}: {operation} {number}"), expected, came)
}

fn a_reach(dice: &mut Dice, client: usize) -> Reach {
    if dice.once_in(2) {
        return Reach::All;
    }
    // Now and then something of another client.
    let some = |dice: &mut Dice| -> BTreeSet<usize> {
        (0..PLACES).filter(|place| dice.once_in(if place / 2 == client { 2 } else { 30 })).collect()
    };
    Reach::Some(some(dice), some(dice))
}

fn reach_json(world: &World, reach: &Reach) -> Value {
    match reach {
        Reach::All => json!({ "reach": "everything" }),
        Reach::Some(projects, sites) => {
            let of = |numbers: &BTreeSet<usize>, names: &[String]| -> Vec<String> {
                numbers.iter().map(|number| names[*number].clone()).collect()
            };
            let (projects, sites) = (of(projects, &world.projects), of(sites, &world.sites));
            json!({ "reach": "selected", "projects": projects, "sites": sites })
        }
    }
}

/// Somebody gets another role or another reach at a client.
fn set_access(world: &mut World, dice: &mut Dice, who: Who) -> Done {
    if world.model.users.is_empty() {
        return create(world, dice, who);
    }
    let (user, client) = (dice.of(world.model.users.len()), dice.of(CLIENTS));
    let role = a_role(&world.model, dice, &CLIENT_ROLES);
    let reach = a_reach(dice, client);
    let expected = may_set(&world.model, who, user, client, (role, &reach));
    let input = json!({
        "user": world.model.users[user].id, "client": world.clients[client],
        "role": world.role(role), "reach": reach_json(world, &reach),
    });
    let came = world.call(who, "users.set_access", &input);
    if came.is_ok() {
        world.model.users[user].at.insert(client, (role, reach.clone()));
    }
    done(format!("{who:?} gives {user} {role:?} {reach:?} at {client}"), expected, came)
}

fn within(held: &(Names, Reach), role: &Names, reach: &Reach) -> Check {
    if !role.is_subset(&held.0) {
        return no("grants_more");
    }
    let is_within = match (&held.1, reach) {
        (Reach::All, _) => true,
        (_, Reach::All) => false,
        (Reach::Some(projects, sites), Reach::Some(given, at)) => {
            given.is_subset(projects) && at.is_subset(sites)
        }
    };
    if is_within { Ok(()) } else { no("reaches_farther") }
}

fn held_at(model: &Model, who: Who, client: usize) -> Option<(Names, Reach)> {
    who.user().map(|number| {
        let (own, reach) = &model.users[number].at[&client];
        (model.client_holds(*own, client).unwrap_or_default(), reach.clone())
    })
}

/// Whether a caller may give this role with this reach to anybody at all.
fn may_give(model: &Model, who: Who, client: usize, role: RoleName, reach: &Reach) -> Check {
    if who.user().is_some() {
        model.at_client(who, "manage_people", client, true)?;
    } else {
        model.at_agency(who, "grant_access", true)?;
    }
    let Some(given) = model.client_holds(role, client) else { return no("role_missing") };
    match held_at(model, who, client) {
        Some(held) => within(&held, &given, reach),
        None => Ok(()),
    }
}

fn may_set(model: &Model, who: Who, user: usize, client: usize, (role, reach): (RoleName, &Reach)) -> Check {
    may_give(model, who, client, role, reach)?;
    let Some((old, before)) = model.users[user].at.get(&client) else { return no("not_found") };
    if who.user() == Some(user) {
        return no("own_rights");
    }
    if let Some(held) = &held_at(model, who, client) {
        within(held, &model.client_holds(*old, client).unwrap_or_default(), before)?;
    }
    if let Reach::Some(projects, sites) = reach {
        if sites.iter().any(|site| site / 2 != client) {
            return no("site_unknown");
        }
        if projects.iter().any(|project| project / 2 != client) {
            return no("project_unknown");
        }
    }
    let still_leads = role == RoleName::Always("administrator") && *reach == Reach::All;
    if model.is_last_leader(user, client) && !still_leads { no("last_administrator") } else { Ok(()) }
}

/// A member of the agency gets another role, is deactivated, or let in again.
fn member(world: &mut World, dice: &mut Dice, who: Who) -> Done {
    let number = dice.of(world.model.members.len());
    let old = world.model.members[number].clone();
    let mut new = old.clone();
    let id = old.id.clone();
    let (operation, input) = match dice.of(4) {
        0 => {
            new.active = false;
            ("members.deactivate", json!({ "member": id }))
        }
        1 => {
            new.active = true;
            ("members.reactivate", json!({ "member": id }))
        }
        _ => {
            new.role = a_role(&world.model, dice, &["administrator", "planner", "viewer"]);
            ("members.set_role", json!({ "member": id, "role": world.role(new.role) }))
        }
    };
    let changes = new.role != old.role || new.active != old.active;
    let expected = world.model.at_agency(who, "manage_members", true).and_then(|()| {
        if !changes {
            return Ok(());
        }
        if let RoleName::Made(role) = new.role
            && world.model.made(role, true, None).is_none()
        {
            return no("role_missing");
        }
        if let Who::Member(giver) = who {
            if giver == number {
                return no("own_rights");
            }
            let held = world.model.member_holds(world.model.members[giver].role);
            let more = |role| !world.model.member_holds(role).is_subset(&held);
            if more(new.role) || (old.active && more(old.role)) {
                return no("grants_more");
            }
        }
        let leads = Model::member_leads(&new);
        if world.model.is_last_member_leader(number) && !leads { no("last_administrator") } else { Ok(()) }
    });
    let came = world.call(who, operation, &input);
    if came.is_ok() {
        world.model.members[number] = new.clone();
    }
    done(format!("{who:?}: {operation} {old:?} to {new:?}"), expected, came)
}

/// A member goes in a user's place.
fn start(world: &mut World, dice: &mut Dice, who: Who) -> Done {
    if world.model.users.is_empty() {
        return create(world, dice, who);
    }
    let user = dice.of(world.model.users.len());
    let (minutes, reads_only) = (1 + dice.of(60), dice.once_in(2));
    let expected = world.model.at_agency(who, "impersonate", true).and_then(|()| match who {
        Who::Member(_) => match world.model.users[user].access {
            Access::Active => Ok(()),
            Access::Invited => no("not_joined"),
            Access::Deactivated => no("access_ended"),
        },
        _ => no("wrong_side"),
    });
    let id = &world.model.users[user].id;
    let input = json!({ "user": id, "reason": "they asked", "minutes": minutes, "read_only": reads_only });
    let came = world.call(who, "impersonations.start", &input);
    if let (Ok(reply), Who::Member(by)) = (&came, who) {
        let ends = world.model.minute + i64::try_from(minutes).unwrap();
        let id = reply["id"].as_str().unwrap().to_owned();
        world.model.sessions.push(Session { id, user, by, reads_only, ends, ended: false });
    }
    done(format!("{who:?} goes in the place of {user}"), expected, came)
}

fn end(world: &mut World, dice: &mut Dice, who: Who) -> Done {
    if world.model.sessions.is_empty() {
        return start(world, dice, who);
    }
    let number = dice.of(world.model.sessions.len());
    let expected = world.model.at_agency(who, "impersonate", true);
    let id = world.model.sessions[number].id.clone();
    let came = world.call(who, "impersonations.end", &json!({ "impersonation": id }));
    if came.is_ok() {
        world.model.sessions[number].ended = true;
    }
    done(format!("{who:?} ends {number}"), expected, came)
}
