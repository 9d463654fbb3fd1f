//! The agency reviews: it edits, accepts what it saw, or declines with a reason.

use serde_json::json;

use super::mandates::{accepted, stands};
use super::{Done, agreed, done, instead, planner, read, recent};
use crate::dice::Dice;
use crate::forms::{fill_in, written};
use crate::model::{Model, Who};
use crate::people::{Reasons, Verdict, no};
use crate::views::Thing;
use crate::world::World;

/// What stands in the way of a step of the review: the mandate is none that the agency knows of, it is answered
/// already, or it is another one than was seen.
fn judged(model: &Model, who: Who, number: usize, revision: usize, allowed: &[&str]) -> Verdict {
    Model::at_agency(who, "review_mandates")?;
    let mandate = &model.mandates[number];
    if !mandate.is_there_for(Who::Planner) {
        return no("not_found");
    }
    Reasons::default()
        .all(stands(mandate.state, "review", allowed))
        .when(revision != mandate.number, "stale_revision")
        .verdict()
}

const OPEN: [&str; 2] = ["submitted", "in_review"];

/// Somebody begins to look at a revision, or stops without an answer.
pub(crate) fn open(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = recent(&world.model.mandates, dice) else { return instead(world, dice) };
    let who = planner(dice);
    let mandate = &world.model.mandates[number];
    let revision = read(dice, mandate.number);
    let opens = mandate.state != "in_review" || dice.once_in(4);
    let (operation, allowed, state) = if opens {
        ("mandates.open_review", &OPEN[..], "in_review")
    } else {
        ("mandates.close_review", &OPEN[1..], "submitted")
    };
    let expected = judged(&world.model, who, number, revision, allowed);
    let came = world.call(who, operation, &json!({ "mandate": mandate.id, "revision": revision }));
    let now = world.model.now;
    if agreed(&expected, &came) {
        let mandate = &mut world.model.mandates[number];
        (mandate.state, mandate.review) = (state, opens.then_some((who, now)));
    }
    done(
        format!("{who:?}: {operation} {number} at {revision}"),
        expected,
        &came,
        vec![Thing::Mandate(number)],
    )
}

pub(crate) fn accept(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = recent(&world.model.mandates, dice) else { return instead(world, dice) };
    let who = planner(dice);
    let mandate = &world.model.mandates[number];
    let revision = read(dice, mandate.number);
    let expected = judged(&world.model, who, number, revision, &OPEN);
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
    let revision = read(dice, mandate.number);
    let expected = judged(&world.model, who, number, revision, &OPEN);
    let reason = format!("Reason {}", dice.of(100));
    let input = json!({ "mandate": mandate.id, "revision": revision, "reason": reason });
    let came = world.call(who, "mandates.decline", &input);
    let now = world.model.now;
    if agreed(&expected, &came) {
        let mandate = &mut world.model.mandates[number];
        (mandate.state, mandate.decided, mandate.reason) = ("declined", Some(now), Some(reason));
        mandate.review = None;
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
    let revision = read(dice, mandate.number);
    let mut reasons = Reasons::default();
    let expected = match judged(model, who, number, revision, &OPEN) {
        Err(codes) if codes.iter().all(|code| ["stale_revision", "mandate_closed"].contains(code)) => {
            reasons
                .all(codes)
                .all(model.judge(client, &form, Some(mandate.form())).err().unwrap_or_default());
            reasons.verdict()
        }
        Err(codes) => Err(codes),
        Ok(()) => reasons
            .when(mandate.revisions.len() >= 50, "too_many")
            .all(model.judge(client, &form, Some(mandate.form())).err().unwrap_or_default())
            .verdict(),
    };
    let input = json!({ "mandate": mandate.id, "revision": revision, "order": written(world, &form) });
    let came = world.call(who, "mandates.revise", &input);
    let label = format!("{who:?} revises {number} at {revision}: {form:?}");
    if agreed(&expected, &came) {
        let now = world.model.now;
        let mandate = &mut world.model.mandates[number];
        mandate.write(false, form);
        // Whoever looked at it looks at the revision.
        if mandate.review.is_some() {
            mandate.review = Some((who, now));
        }
    }
    done(label, expected, &came, vec![Thing::Mandate(number)])
}
