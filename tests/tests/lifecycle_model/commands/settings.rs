//! What the agency sets for a client, and how far its people reach.

use serde_json::{Value, json};

use super::{Done, agreed, done, planner};
use crate::dice::Dice;
use crate::model::{Model, Reach, Who};
use crate::world::World;

pub(crate) fn one(world: &mut World, dice: &mut Dice) -> Done {
    let client = dice.of(world.model.clients.len());
    let who = planner(dice);
    let id = world.client(client).to_owned();
    let on = dice.once_in(2);
    match dice.of(5) {
        0 => {
            let input = json!({ "client": id, "on": on });
            let change = |model: &mut Model| model.clients[client].auto_accept = on;
            set(world, who, "clients.set_auto_accept", &input, change)
        }
        1 => {
            let input = json!({ "client": id, "team_immediately": on });
            let change = |model: &mut Model| model.clients[client].team_immediately = on;
            set(world, who, "clients.set_sharing", &input, change)
        }
        2 => ordering(world, dice, who, client),
        _ => reach(world, dice),
    }
}

fn set(world: &mut World, who: Who, operation: &str, input: &Value, change: impl FnOnce(&mut Model)) -> Done {
    let expected = Model::at_agency(who, "manage_clients");
    let came = world.call(who, operation, input);
    if agreed(&expected, &came) {
        change(&mut world.model);
    }
    done(format!("{who:?}: {operation} {input}"), expected, &came, Vec::new())
}

/// Mostly open, for all that can be ordered.
fn ordering(world: &mut World, dice: &mut Dice, who: Who, client: usize) -> Done {
    let (choice, open) = if dice.once_in(4) {
        ("off", Some(false))
    } else {
        dice.pick(&[("on", Some(true)), ("agency_default", None)])
    };
    let narrowed = dice.once_in(3).then(|| vec![dice.of(2), 2]);
    let skills =
        narrowed.as_ref().map(|list| list.iter().map(|skill| world.skill(*skill)).collect::<Vec<_>>());
    let input = json!({ "client": world.client(client), "ordering": choice, "skills": skills });
    set(world, who, "clients.set_ordering", &input, |model| {
        model.clients[client].ordering = open;
        model.clients[client].narrowed = narrowed;
    })
}

/// Orderers and viewers are limited to some projects and sites of their clients, or to none of these limits.
fn reach(world: &mut World, dice: &mut Dice) -> Done {
    let user = dice.pick(&[1, 2, 4]);
    let at = dice.of(world.model.standings[user].len());
    let standing = &world.model.standings[user][at];
    let (client, role) = (standing.client, standing.role);
    let projects = &world.model.projects;
    let own = (0..projects.len()).filter(|project| projects[*project].client == client);
    let some: Vec<usize> = own.filter(|_| dice.once_in(3)).take(20).collect();
    let sites: Vec<(usize, usize)> = (0..2).filter(|_| dice.once_in(2)).map(|site| (client, site)).collect();
    let (reach, input) = if dice.once_in(3) {
        (Reach::All, json!({ "reach": "everything" }))
    } else {
        let ids: Vec<&str> = some.iter().map(|project| projects[*project].id.as_str()).collect();
        let places: Vec<&str> = sites.iter().map(|site| world.model.site(*site)).collect();
        let input = json!({ "reach": "selected", "projects": ids, "sites": places });
        (Reach::Some(some, sites), input)
    };
    let input =
        json!({ "user": world.user(user), "client": world.client(client), "role": role, "reach": input });
    set(world, Who::Operator, "users.set_access", &input, |model| {
        model.standings[user][at].reach = reach;
    })
}
