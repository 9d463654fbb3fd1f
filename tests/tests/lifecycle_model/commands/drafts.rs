//! The client keeps orders without placing them, and takes up again what came to nothing.

use serde_json::{Value, json};

use super::mandates::{Order, forward, stands};
use super::{Done, agreed, done, orderer, read, recent};
use crate::dice::Dice;
use crate::forms::{fill_in, written};
use crate::model::{Model, Who};
use crate::people::Reasons;
use crate::views::Thing;
use crate::world::World;

pub(crate) fn one(world: &mut World, dice: &mut Dice) -> Done {
    match dice.of(6) {
        0 | 1 => save(world, dice),
        2 | 3 => place(world, dice),
        4 => discard(world, dice),
        _ => take_up(world, dice),
    }
}

fn save(world: &mut World, dice: &mut Dice) -> Done {
    let order = Order::any(world, dice);
    let who = order.who;
    let expected = order.judged(&world.model);
    let came = world.call(who, "mandates.save_draft", &order.written(world));
    let label = format!("{who:?} keeps an order at {}", order.client);
    let mut touched = Vec::new();
    if agreed(&expected, &came) {
        touched.push(Thing::Mandate(order.kept(world, came.as_ref().unwrap())));
    }
    done(label, expected, &came, touched)
}

/// Mostly a draft.
fn a_draft(model: &Model, dice: &mut Dice) -> Option<usize> {
    let drafts: Vec<usize> =
        (0..model.mandates.len()).filter(|number| model.mandates[*number].state == "draft").collect();
    if drafts.is_empty() || dice.once_in(6) {
        recent(&model.mandates, dice)
    } else {
        Some(dice.pick(&drafts))
    }
}

/// A draft is placed as it was seen: judged anew, since time has passed.
fn place(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = a_draft(&world.model, dice) else { return save(world, dice) };
    let model = &world.model;
    let mandate = &model.mandates[number];
    let who = orderer(world, dice, mandate.client);
    let revision = read(dice, mandate.number);
    let order = Order { client: mandate.client, who, form: mandate.form().clone(), project: mandate.project };
    let expected = model.at_mandate(who, "place_orders", number).and_then(|()| {
        Reasons::default()
            .all(stands(mandate.state, "submit", &["draft"]))
            .when(revision != mandate.number, "stale_revision")
            .all(order.judged(model).err().unwrap_or_default())
            .verdict()
    });
    let input = json!({ "mandate": mandate.id, "revision": revision });
    let came = world.call(who, "mandates.submit_draft", &input);
    let mut touched = vec![Thing::Mandate(number)];
    if agreed(&expected, &came) {
        let Who::User(by) = who else { panic!("only people order") };
        let now = world.model.now;
        let mandate = &mut world.model.mandates[number];
        (mandate.by, mandate.submitted) = (by, now);
        touched = forward(world, number, came.as_ref().unwrap());
    }
    done(format!("{who:?} places the draft {number} at {revision}"), expected, &came, touched)
}

fn discard(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = a_draft(&world.model, dice) else { return save(world, dice) };
    let mandate = &world.model.mandates[number];
    let who = orderer(world, dice, mandate.client);
    let revision = read(dice, mandate.number);
    let expected = world.model.at_mandate(who, "edit_orders", number).and_then(|()| {
        Reasons::default()
            .all(stands(mandate.state, "discard", &["draft"]))
            .when(revision != mandate.number, "stale_revision")
            .verdict()
    });
    let input = json!({ "mandate": mandate.id, "revision": revision });
    let came = world.call(who, "mandates.discard_draft", &input);
    if agreed(&expected, &came) {
        world.model.mandates[number].state = "discarded";
    }
    done(format!("{who:?} discards {number} at {revision}"), expected, &came, vec![Thing::Mandate(number)])
}

/// What was declined or withdrawn is asked for again, as it was or otherwise; once.
fn take_up(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = recent(&world.model.mandates, dice) else { return save(world, dice) };
    let model = &world.model;
    let old = &model.mandates[number];
    let who = orderer(world, dice, old.client);
    let new = dice.once_in(2).then(|| fill_in(model, dice, old.client));
    let form = new.clone().unwrap_or_else(|| old.form().clone());
    let order = Order { client: old.client, who, form, project: old.project };
    let expected = model.at_mandate(who, "place_orders", number).and_then(|()| {
        Reasons::default()
            .all(stands(old.state, "resubmit", &["rejected", "declined", "withdrawn", "expired"]))
            .when(old.taken_up.is_some(), "already_resubmitted")
            .all(order.judged(model).err().unwrap_or_default())
            .verdict()
    });
    let written = new.map_or(Value::Null, |form| written(world, &form));
    let input = json!({ "mandate": old.id, "order": written });
    let came = world.call(who, "mandates.resubmit", &input);
    let mut touched = vec![Thing::Mandate(number)];
    if agreed(&expected, &came) {
        let reply = came.as_ref().unwrap();
        let mandate = order.kept(world, reply);
        world.model.mandates[mandate].previous = Some(number);
        world.model.mandates[number].taken_up = Some(mandate);
        touched.extend(forward(world, mandate, reply));
    }
    done(format!("{who:?} takes {number} up again"), expected, &came, touched)
}
