//! The client orders, changes its mind, takes it back.

use serde_json::json;

use super::{Done, agreed, done, instead, orderer, read, recent};
use crate::dice::Dice;
use crate::forms::{fill_in, written};
use crate::model::{Mandate, Model, Who};
use crate::people::{Reasons, Spot};
use crate::views::Thing;
use crate::world::World;

pub(crate) fn submit(world: &mut World, dice: &mut Dice) -> Done {
    let client = dice.of(world.model.clients.len());
    let who = orderer(world, dice, client);
    let form = fill_in(&world.model, dice, client);
    let model = &world.model;
    // A further request: for a project of the client, or seldom of another one.
    let own: Vec<usize> = (0..model.projects.len())
        .filter(|project| dice.once_in(30) || model.projects[*project].client == client)
        .collect();
    let project = (!own.is_empty() && dice.once_in(2)).then(|| dice.pick(&own));
    let expected = model.at_client(who, "place_orders", client, None).and_then(|()| {
        let spot = Spot { project, sites: vec![form.site], by: None };
        Reasons::default()
            .when(!matches!(who, Who::User(_)), "wrong_side")
            .when(!model.reaches(who, client, &spot), "site_unknown")
            .when(!model.can_order(client), "ordering_closed")
            .when(project.is_some_and(|project| model.projects[project].client != client), "not_found")
            .all(model.judge(client, &form, None).err().unwrap_or_default())
            .verdict()
    });
    let input = json!({
        "client": world.client(client),
        "project": project.map(|project| &world.model.projects[project].id),
        "order": written(world, &form),
    });
    let came = world.call(who, "mandates.submit", &input);
    let label = format!("{who:?} orders at {client} for {project:?}: {form:?}");
    let mut touched = Vec::new();
    if agreed(&expected, &came) {
        let reply = came.as_ref().unwrap();
        let Who::User(by) = who else { panic!("only people order") };
        let priced = Model::priced(&form);
        let model = &mut world.model;
        model.mandates.push(Mandate {
            id: reply["id"].as_str().unwrap().to_owned(),
            client,
            state: "submitted",
            revisions: vec![(true, form)],
            by,
            project,
            reason: None,
            submitted: model.now,
            decided: None,
        });
        let mandate = model.mandates.len() - 1;
        touched.push(Thing::Mandate(mandate));
        if model.clients[client].auto_accept && priced {
            touched.extend(accepted(world, mandate, reply["project"].as_str().unwrap_or_default()));
        }
    }
    done(label, expected, &came, touched)
}

/// What an acceptance has made.
pub(super) fn accepted(world: &mut World, mandate: usize, project: &str) -> Vec<Thing> {
    let before = world.model.shifts.len();
    world.model.accept(mandate);
    world.learn(mandate, project);
    let project = world.model.mandates[mandate].project.unwrap();
    let shifts = (before..world.model.shifts.len()).map(Thing::Shift);
    shifts.chain([Thing::Project(project)]).collect()
}

/// An accepted mandate is an agreement; any other end is an end.
fn closed_to_client(state: &str) -> Option<&'static str> {
    match state {
        "submitted" => None,
        "accepted" => Some("submit_additional_request"),
        _ => Some("mandate_closed"),
    }
}

pub(crate) fn edit(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = recent(&world.model.mandates, dice) else { return instead(world, dice) };
    let client = world.model.mandates[number].client;
    let who = orderer(world, dice, client);
    let form = fill_in(&world.model, dice, client);
    let model = &world.model;
    let mandate = &model.mandates[number];
    let revision = read(dice, mandate.revision());
    let spot = model.mandate_spot(number);
    let expected = model.at_client(who, "edit_orders", client, Some(&spot)).and_then(|()| {
        let new = Spot { project: mandate.project, sites: vec![form.site], by: None };
        let closed = closed_to_client(mandate.state);
        Reasons::default()
            .when(!matches!(who, Who::User(_)), "wrong_side")
            .all(closed.into_iter().collect())
            .when(revision != mandate.revision(), "stale_revision")
            .when(!model.can_order(client), "ordering_closed")
            .when(!model.reaches(who, client, &new), "site_unknown")
            .when(mandate.revision() >= 50, "too_many")
            .all(model.judge(client, &form, Some(mandate.form())).err().unwrap_or_default())
            .verdict()
    });
    let input = json!({ "mandate": mandate.id, "revision": revision, "order": written(world, &form) });
    let came = world.call(who, "mandates.edit", &input);
    let label = format!("{who:?} edits {number} at {revision}: {form:?}");
    if agreed(&expected, &came) {
        world.model.mandates[number].revisions.push((true, form));
    }
    done(label, expected, &came, vec![Thing::Mandate(number)])
}

pub(crate) fn withdraw(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = recent(&world.model.mandates, dice) else { return instead(world, dice) };
    let client = world.model.mandates[number].client;
    let who = orderer(world, dice, client);
    let model = &world.model;
    let mandate = &model.mandates[number];
    let revision = read(dice, mandate.revision());
    let spot = model.mandate_spot(number);
    let expected = model.at_client(who, "withdraw_orders", client, Some(&spot)).and_then(|()| {
        Reasons::default()
            .all(closed_to_client(mandate.state).into_iter().collect())
            .when(revision != mandate.revision(), "stale_revision")
            .verdict()
    });
    let came = world.call(who, "mandates.withdraw", &json!({ "mandate": mandate.id, "revision": revision }));
    let now = world.model.now;
    if agreed(&expected, &came) {
        let mandate = &mut world.model.mandates[number];
        (mandate.state, mandate.decided) = ("withdrawn", Some(now));
    }
    done(format!("{who:?} withdraws {number} at {revision}"), expected, &came, vec![Thing::Mandate(number)])
}
