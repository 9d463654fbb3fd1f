//! Looking: what somebody sees, by name, or why not.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::dice::Dice;
use crate::model::{Check, Outcome, Who, no};
use crate::world::{CLIENTS, PLACES, World};

type Probe = (String, Outcome, Outcome);

/// The ids in a page of the library.
fn shown(reply: Result<Value, String>, field: &str) -> Outcome {
    let items = reply?["items"].as_array().unwrap().clone();
    Ok(items.iter().map(|item| item[field].as_str().unwrap().to_owned()).collect())
}

fn of(check: Check, names: impl FnOnce() -> BTreeSet<String>) -> Outcome {
    check.map(|()| names())
}

/// The shifts of a client, as its people see them.
pub(crate) fn shifts(world: &mut World, dice: &mut Dice, who: Who) -> Probe {
    let client = dice.of(CLIENTS);
    let came = world.call(who, "my_shifts.list", &json!({ "client": world.clients[client] }));
    let expected = of(world.model.at_client(who, "view_shifts", client, false), || {
        let places = (2 * client)..(2 * client + 2);
        let seen = places.filter(|place| world.model.reaches(who, client, *place, *place));
        seen.map(|place| world.shifts[place].clone()).collect()
    });
    (format!("{who:?} lists the shifts of {client}"), expected, shown(came, "id"))
}

/// One shift, or one project: what is not theirs is not there.
pub(crate) fn one(world: &mut World, dice: &mut Dice, who: Who) -> Probe {
    let place = dice.of(PLACES);
    let (operation, input) = if dice.once_in(2) {
        ("my_shifts.get", json!({ "shift": world.shifts[place] }))
    } else {
        ("my_projects.get", json!({ "project": world.projects[place] }))
    };
    let came = world.call(who, operation, &input).map(|_| BTreeSet::new());
    let client = place / 2;
    let expected = world.model.lets_in(who, false).and_then(|()| {
        if who.user().is_some() && !world.model.reaches(who, client, place, place) {
            return no("not_found");
        }
        world.model.at_client(who, "view_shifts", client, false)
    });
    (format!("{who:?} looks at {operation} {place}"), of(expected, BTreeSet::new), came)
}

/// The projects of a client, as its people see them.
pub(crate) fn projects(world: &mut World, dice: &mut Dice, who: Who) -> Probe {
    let client = dice.of(CLIENTS);
    let came = world.call(who, "my_projects.list", &json!({ "client": world.clients[client] }));
    let expected = of(world.model.at_client(who, "view_shifts", client, false), || {
        let places = (2 * client)..(2 * client + 2);
        let seen = places.filter(|place| world.model.reaches(who, client, *place, *place));
        seen.map(|place| world.projects[place].clone()).collect()
    });
    (format!("{who:?} lists the projects of {client}"), expected, shown(came, "id"))
}

/// A client's people, as its own administrators see them.
pub(crate) fn people(world: &mut World, dice: &mut Dice, who: Who) -> Probe {
    let client = dice.of(CLIENTS);
    let came = world.call(who, "my_people.list", &json!({ "client": world.clients[client] }));
    let expected = of(world.model.at_client(who, "manage_people", client, false), || {
        world.people_of(client).into_keys().collect()
    });
    (format!("{who:?} lists the people of {client}"), expected, shown(came, "user"))
}

/// The agency's own list of shifts.
pub(crate) fn agency_shifts(world: &mut World, _: &mut Dice, who: Who) -> Probe {
    let came = world.call(who, "shifts.list", &json!({}));
    let expected =
        of(world.model.at_agency(who, "view_agency", false), || world.shifts.iter().cloned().collect());
    (format!("{who:?} lists the agency's shifts"), expected, shown(came, "id"))
}
