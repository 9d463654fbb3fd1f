//! Making, changing and removing roles.

use std::collections::BTreeSet;

use serde_json::json;

use crate::dice::Dice;
use crate::model::{AGENCY, CLIENT, Check, MadeRole, Model, Names, Outcome, RoleName, Who, no};
use crate::world::{CLIENTS, World};

type Done = (String, Outcome, Outcome);

fn outcome(check: Check) -> Outcome {
    check.map(|()| BTreeSet::new())
}

fn some(dice: &mut Dice, of: &[&'static str]) -> Names {
    of.iter().copied().filter(|_| dice.once_in(3)).collect()
}

/// Permissions of one side, now and then with one of the other's.
fn wish(dice: &mut Dice, of_agency: bool) -> Names {
    let (own, other) = if of_agency { (&AGENCY[..], &CLIENT[..]) } else { (&CLIENT[..], &AGENCY[..]) };
    let mut wish = some(dice, own);
    if dice.once_in(10) {
        wish.insert(dice.pick(other));
    }
    wish
}

/// What the caller holds where the book is, after being let in.
fn manages(model: &Model, who: Who, client: Option<usize>) -> Check<Names> {
    match (who, client) {
        (Who::Operator, _) => Ok(AGENCY.iter().chain(&CLIENT).copied().collect()),
        (Who::Member(number), _) => {
            model.at_agency(who, "manage_roles", true)?;
            Ok(model.member_holds(model.members[number].role))
        }
        (_, None) => no("wrong_side"),
        (_, Some(client)) => {
            model.at_client(who, "manage_own_roles", client, true)?;
            let user = &model.users[who.user().unwrap()];
            Ok(model.client_holds(user.at[&client].0, client).unwrap_or_default())
        }
    }
}

fn fits(model: &Model, who: Who, held: &Names, role: &MadeRole, number: Option<usize>) -> Check {
    if role.client.is_some() && role.of_agency {
        return no("wrong_side");
    }
    let own: Names = if role.of_agency { AGENCY.into_iter().collect() } else { CLIENT.into_iter().collect() };
    if !role.holds.is_subset(&own) {
        return no("permission_of_other_side");
    }
    if (who.user().is_some() || role.of_agency) && !role.holds.is_subset(held) {
        return no("grants_more");
    }
    let same_name = |(other, one): (usize, &MadeRole)| {
        Some(other) != number && !one.gone && one.client == role.client && one.name == role.name
    };
    if model.roles.iter().enumerate().any(same_name) { no("name_taken") } else { Ok(()) }
}

pub(crate) fn create(world: &mut World, dice: &mut Dice, who: Who) -> Done {
    let client = dice.once_in(2).then(|| dice.of(CLIENTS));
    let of_agency = dice.once_in(2);
    let role = MadeRole {
        id: String::new(),
        name: format!("Role {}", dice.of(40)),
        client,
        of_agency,
        holds: wish(dice, of_agency),
        gone: false,
    };
    let side = if of_agency { "agency" } else { "client" };
    let of = client.map(|client| world.clients[client].clone());
    let input = json!({ "name": role.name, "side": side, "permissions": role.holds, "client": of });
    let expected =
        manages(&world.model, who, client).and_then(|held| fits(&world.model, who, &held, &role, None));
    let came = world.call(who, "roles.create", &input);
    if let Ok(reply) = &came {
        let id = reply["role"].as_str().unwrap().to_owned();
        world.model.roles.push(MadeRole { id, ..role.clone() });
    }
    (format!("{who:?} makes {role:?}"), outcome(expected), came.map(|_| BTreeSet::new()))
}

pub(crate) fn change(world: &mut World, dice: &mut Dice, who: Who) -> Done {
    if world.model.roles.is_empty() {
        return create(world, dice, who);
    }
    let number = dice.of(world.model.roles.len());
    let removes = dice.once_in(4);
    let old = world.model.roles[number].clone();
    let mut new = old.clone();
    if !removes {
        new.holds = wish(dice, old.of_agency);
    }
    let expected = may_change(&world.model, who, number, &old, &new, removes);
    let of = old.client.map(|client| world.clients[client].clone());
    let came = if removes {
        world.call(who, "roles.remove", &json!({ "role": old.id, "client": of }))
    } else {
        world.call(who, "roles.update", &json!({ "role": old.id, "client": of, "permissions": new.holds }))
    };
    if came.is_ok() {
        new.gone = removes;
        world.model.roles[number] = new.clone();
    }
    let label = format!("{who:?} changes {old:?} to {new:?}, removes: {removes}");
    (label, outcome(expected), came.map(|_| BTreeSet::new()))
}

fn may_change(
    model: &Model,
    who: Who,
    number: usize,
    old: &MadeRole,
    new: &MadeRole,
    removes: bool,
) -> Check {
    let held = manages(model, who, old.client)?;
    if old.gone {
        return no("not_found");
    }
    let own = RoleName::Made(number);
    let holds_it = match (who, who.user()) {
        (Who::Member(member), _) => model.members[member].role == own,
        (_, Some(user)) => model.users[user].at.values().any(|(role, _)| *role == own),
        _ => false,
    };
    if holds_it {
        return no("own_rights");
    }
    fits(model, who, &held, old, Some(number))?;
    if removes { Ok(()) } else { fits(model, who, &held, new, Some(number)) }
}
