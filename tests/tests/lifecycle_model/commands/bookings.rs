//! Workers get places, answer, are taken back, replaced, or do not come.

use serde_json::{Value, json};

use super::{Done, a_shift, agreed, done, instead, planner};
use crate::dice::Dice;
use crate::model::{Booking, Model, Shift, Who};
use crate::people::{Reasons, Verdict};
use crate::views::Thing;
use crate::world::World;

const PAYS: [Option<&str>; 3] = [None, Some("14.50"), Some("16.00")];

/// What stands in the way of this worker in this position.
fn place(model: &Model, shift: &Shift, position: usize, worker: usize, leaves: Option<&str>) -> Reasons {
    let at = &shift.positions[position];
    let others = at.bookings.iter().filter(|booking| booking.holds() && leaves != Some(booking.id.as_str()));
    let mut reasons = Reasons::default();
    reasons
        .when(shift.cancelled.is_some(), "shift_cancelled")
        .when(model.workers[worker].archived, "worker_archived")
        .when(others.count() >= at.heads, "position_full")
        .when(model.busy(worker, shift.start, shift.end, leaves), "worker_busy");
    reasons
}

fn made(
    model: &Model,
    reply: &Value,
    worker: usize,
    state: &'static str,
    pay: Option<&'static str>,
) -> Booking {
    Booking {
        id: reply["id"].as_str().unwrap().to_owned(),
        worker,
        name: model.workers[worker].name.clone(),
        phone: model.workers[worker].phone.clone(),
        state,
        pay,
        replaced_by: None,
        changed: model.now,
    }
}

pub(crate) fn book(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = a_shift(world, dice) else { return instead(world, dice) };
    let who = planner(dice);
    let model = &world.model;
    let shift = &model.shifts[number];
    let (position, worker) = (dice.of(shift.positions.len()), dice.of(model.workers.len()));
    let (state, pay) = (dice.pick(&["invited", "confirmed"]), dice.pick(&PAYS));
    let expected = Model::at_agency(who, "plan_shifts")
        .and_then(|()| place(model, shift, position, worker, None).verdict());
    let input = json!({
        "shift": shift.id, "position": shift.positions[position].id, "worker": model.workers[worker].id,
        "state": state, "pay": pay,
    });
    let came = world.call(who, "bookings.book", &input);
    if agreed(&expected, &came) {
        let booking = made(&world.model, came.as_ref().unwrap(), worker, state, pay);
        world.model.shifts[number].positions[position].bookings.push(booking);
    }
    let label = format!("{who:?} books {worker} as {state} into {number}, position {position}");
    done(label, expected, &came, vec![Thing::Shift(number)])
}

/// What somebody may do to a booking, in which states, and what it becomes.
const STEPS: [(&str, &[&str], &str); 5] = [
    ("bookings.confirm", &["invited"], "confirmed"),
    ("bookings.decline", &["invited", "needs_reconfirmation"], "declined"),
    ("bookings.cancel", &["invited", "confirmed", "needs_reconfirmation"], "cancelled"),
    ("bookings.no_show", &["confirmed", "needs_reconfirmation"], "no_show"),
    ("bookings.reconfirm", &["needs_reconfirmation"], "confirmed"),
];

/// One of the bookings there were, by position and place.
fn a_booking(world: &World, dice: &mut Dice) -> Option<(usize, usize, usize)> {
    let shift = a_shift(world, dice)?;
    let positions = &world.model.shifts[shift].positions;
    let position = dice.of(positions.len());
    let count = positions[position].bookings.len();
    // The last ones are those with which something can still be done.
    (count > 0).then(|| (shift, position, count - 1 - dice.of(count.min(3))))
}

pub(crate) fn step(world: &mut World, dice: &mut Dice) -> Done {
    let Some((number, position, at)) = a_booking(world, dice) else { return book(world, dice) };
    let who = planner(dice);
    let (operation, from, to) = dice.pick(&STEPS);
    let model = &world.model;
    let shift = &model.shifts[number];
    let booking = &shift.positions[position].bookings[at];
    let expected = Model::at_agency(who, "plan_shifts").and_then(|()| {
        Reasons::default()
            .when(shift.cancelled.is_some(), "shift_cancelled")
            .when(!from.contains(&booking.state), "booking_state")
            .when(to == "no_show" && model.now < shift.start, "shift_not_started")
            .verdict()
    });
    let input = json!({ "shift": shift.id, "booking": booking.id });
    let label = format!("{who:?}: {operation} of {} in {number}", booking.state);
    let came = world.call(who, operation, &input);
    if agreed(&expected, &came) {
        becomes(&mut world.model, number, (position, at), to);
    }
    done(label, expected, &came, vec![Thing::Shift(number)])
}

/// Who no longer comes does not lead.
fn becomes(model: &mut Model, number: usize, (position, at): (usize, usize), state: &'static str) {
    let now = model.now;
    let shift = &mut model.shifts[number];
    let booking = &mut shift.positions[position].bookings[at];
    (booking.state, booking.changed) = (state, now);
    if !booking.holds() && shift.lead.as_ref() == Some(&booking.id) {
        shift.lead = None;
    }
}

pub(crate) fn replace(world: &mut World, dice: &mut Dice) -> Done {
    let Some((number, position, at)) = a_booking(world, dice) else { return book(world, dice) };
    let who = planner(dice);
    let model = &world.model;
    let shift = &model.shifts[number];
    let old = &shift.positions[position].bookings[at];
    let (worker, pay) = (dice.of(model.workers.len()), dice.pick(&PAYS));
    let state = dice.pick(&["invited", "confirmed"]);
    let expected = may_replace(model, who, shift, position, at, worker);
    let input = json!({
        "shift": shift.id, "booking": old.id, "worker": model.workers[worker].id, "state": state, "pay": pay,
    });
    let label = format!("{who:?} replaces {} in {number} by {worker}", old.state);
    let came = world.call(who, "bookings.replace", &input);
    if agreed(&expected, &came) {
        let new = made(&world.model, &came.as_ref().unwrap()["booking"], worker, state, pay);
        let old = &mut world.model.shifts[number].positions[position].bookings[at];
        old.replaced_by = Some(new.id.clone());
        becomes(&mut world.model, number, (position, at), "replaced");
        world.model.shifts[number].positions[position].bookings.push(new);
    }
    done(label, expected, &came, vec![Thing::Shift(number)])
}

fn may_replace(model: &Model, who: Who, shift: &Shift, position: usize, at: usize, worker: usize) -> Verdict {
    let old = &shift.positions[position].bookings[at];
    Model::at_agency(who, "plan_shifts").and_then(|()| {
        let mut reasons = Reasons::default();
        reasons.when(!old.holds(), "booking_state");
        let leaves = old.holds().then_some(old.id.as_str());
        let place = place(model, shift, position, worker, leaves).verdict();
        reasons.all(place.err().unwrap_or_default()).verdict()
    })
}
