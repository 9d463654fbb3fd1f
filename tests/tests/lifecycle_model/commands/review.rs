//! The agency reviews: it edits, accepts what it saw, or declines with a reason.

use serde_json::json;

use super::mandates::accepted;
use super::{Done, agreed, done, instead, planner, read, recent};
use crate::dice::Dice;
use crate::forms::{fill_in, written};
use crate::model::Model;
use crate::people::Reasons;
use crate::views::Thing;
use crate::world::World;

/// What stands in the way of a decision: it was taken already, or over something else than was seen.
fn under_review(model: &Model, number: usize, revision: usize) -> Reasons {
    let mandate = &model.mandates[number];
    let mut reasons = Reasons::default();
    reasons
        .when(mandate.state != "submitted", "mandate_closed")
        .when(revision != mandate.revision(), "stale_revision");
    reasons
}

pub(crate) fn accept(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = recent(&world.model.mandates, dice) else { return instead(world, dice) };
    let who = planner(dice);
    let mandate = &world.model.mandates[number];
    let revision = read(dice, mandate.revision());
    let expected = Model::at_agency(who, "review_mandates")
        .and_then(|()| under_review(&world.model, number, revision).verdict());
    let input = json!({ "mandate": mandate.id, "revision": revision });
    let came = world.call(who, "mandates.accept", &input);
    let mut touched = vec![Thing::Mandate(number)];
    if agreed(&expected, &came) {
        let project = came.as_ref().unwrap()["project"].as_str().unwrap_or_default();
        touched.extend(accepted(world, number, project));
    }
    done(format!("{who:?} accepts {number} at {revision}"), expected, &came, touched)
}

pub(crate) fn decline(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = recent(&world.model.mandates, dice) else { return instead(world, dice) };
    let who = planner(dice);
    let mandate = &world.model.mandates[number];
    let revision = read(dice, mandate.revision());
    let expected = Model::at_agency(who, "review_mandates")
        .and_then(|()| under_review(&world.model, number, revision).verdict());
    let reason = format!("Reason {}", dice.of(100));
    let input = json!({ "mandate": mandate.id, "revision": revision, "reason": reason });
    let came = world.call(who, "mandates.decline", &input);
    let now = world.model.now;
    if agreed(&expected, &came) {
        let mandate = &mut world.model.mandates[number];
        (mandate.state, mandate.decided, mandate.reason) = ("declined", Some(now), Some(reason));
    }
    done(format!("{who:?} declines {number} at {revision}"), expected, &came, vec![Thing::Mandate(number)])
}

pub(crate) fn revise(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = recent(&world.model.mandates, dice) else { return instead(world, dice) };
    let who = planner(dice);
    let client = world.model.mandates[number].client;
    let mut form = world.model.mandates[number].form().clone();
    if dice.once_in(3) {
        form = fill_in(&world.model, dice, client);
    } else if let Some(ask) = form.spans.first_mut().and_then(|span| span.asks.first_mut()) {
        ask.heads += 1;
    }
    let model = &world.model;
    let mandate = &model.mandates[number];
    let revision = read(dice, mandate.revision());
    let expected = Model::at_agency(who, "review_mandates").and_then(|()| {
        under_review(model, number, revision)
            .when(mandate.revision() >= 50, "too_many")
            .all(model.judge(client, &form, Some(mandate.form())).err().unwrap_or_default())
            .verdict()
    });
    let input = json!({ "mandate": mandate.id, "revision": revision, "order": written(world, &form) });
    let came = world.call(who, "mandates.revise", &input);
    let label = format!("{who:?} revises {number} at {revision}: {form:?}");
    if agreed(&expected, &came) {
        world.model.mandates[number].revisions.push((false, form));
    }
    done(label, expected, &came, vec![Thing::Mandate(number)])
}
