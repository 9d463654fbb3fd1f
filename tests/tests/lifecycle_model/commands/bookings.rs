//! Workers get places, answer, are taken back, replaced, or do not come.

use serde_json::{Value, json};

use super::{Done, a_shift, agreed, done, instead, planner};
use crate::dice::Dice;
use crate::model::{Booking, Model, Shift};
use crate::people::Reasons;
use crate::views::Thing;
use crate::world::World;

const PAYS: [Option<&str>; 3] = [None, Some("14.50"), Some("16.00")];

/// What stands in the way of this worker in this position. A proposal takes no place; it stands once in a shift.
fn propose(model: &Model, shift: &Shift, worker: usize) -> Reasons {
    let stands =
        |booking: &Booking| booking.worker == worker && (booking.holds() || booking.state == "proposed");
    let mut reasons = Reasons::default();
    reasons
        .when(shift.cancelled.is_some(), "shift_cancelled")
        .when(model.workers[worker].archived, "worker_archived")
        .when(shift.bookings().any(stands), "worker_busy");
    reasons
}

/// The same for a booking that takes a place and the worker's time.
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
    (pay, answer_by): (Option<&'static str>, Option<i64>),
) -> Booking {
    Booking {
        answer_by,
        came: None,
        left: None,
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

/// Until when somebody may answer, if it is said: later than now, and not after the start.
fn answer_by(model: &Model, dice: &mut Dice, shift: &Shift, state: &str) -> (Option<i64>, Reasons) {
    let until = (state == "invited" && dice.once_in(3)).then(|| model.now + dice.pick(&[60, 240, 600, 0]));
    let mut reasons = Reasons::default();
    reasons
        .when(until.is_some_and(|until| until <= model.now), "in_the_past")
        .when(until.is_some_and(|until| until > shift.start), "out_of_range");
    (until, reasons)
}

pub(crate) fn book(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = a_shift(world, dice) else { return instead(world, dice) };
    let who = planner(dice);
    let model = &world.model;
    let shift = &model.shifts[number];
    let (position, worker) = (dice.of(shift.positions.len()), dice.of(model.workers.len()));
    let (state, pay) =
        (dice.pick(&["invited", "invited", "confirmed", "confirmed", "proposed"]), dice.pick(&PAYS));
    let (until, mut reasons) = answer_by(model, dice, shift, state);
    let expected = Model::at_agency(who, "plan_shifts").and_then(|()| {
        let mut more = if state == "proposed" {
            propose(model, shift, worker)
        } else {
            place(model, shift, position, worker, None)
        };
        reasons.all(more.verdict().err().unwrap_or_default()).verdict()
    });
    let mut input = json!({
        "shift": shift.id, "position": shift.positions[position].id, "worker": model.workers[worker].id,
        "state": state, "pay": pay,
    });
    if let Some(until) = until {
        input["answer_by"] = Value::from(Model::instant(until));
    }
    let came = world.call(who, "bookings.book", &input);
    if agreed(&expected, &came) {
        let booking = made(&world.model, came.as_ref().unwrap(), worker, state, (pay, until));
        world.model.shifts[number].positions[position].bookings.push(booking);
    }
    let label =
        format!("{who:?} books {worker} as {state} until {until:?} into {number}, position {position}");
    done(label, expected, &came, vec![Thing::Shift(number)])
}

/// Who was proposed is asked: from then on the booking holds time and place.
fn invite(world: &mut World, dice: &mut Dice, (number, position, at): (usize, usize, usize)) -> Done {
    let who = planner(dice);
    let model = &world.model;
    let shift = &model.shifts[number];
    let booking = &shift.positions[position].bookings[at];
    let (until, mut reasons) = answer_by(model, dice, shift, "invited");
    let expected = Model::at_agency(who, "plan_shifts").and_then(|()| {
        let mut more = place(model, shift, position, booking.worker, None);
        reasons
            .when(booking.state != "proposed", "booking_state")
            .all(more.verdict().err().unwrap_or_default())
            .verdict()
    });
    let input = json!({ "shift": shift.id, "booking": booking.id, "answer_by": until.map(Model::instant) });
    let label = format!("{who:?} invites {} of {number} until {until:?}", booking.state);
    let came = world.call(who, "bookings.invite", &input);
    if agreed(&expected, &came) {
        becomes(&mut world.model, number, (position, at), "invited");
        world.model.shifts[number].positions[position].bookings[at].answer_by = until;
    }
    done(label, expected, &came, vec![Thing::Shift(number)])
}

/// Somebody comes or leaves, now or a little earlier; or that was a mistake.
pub(crate) fn presence(world: &mut World, dice: &mut Dice) -> Done {
    let Some((number, position, at)) = a_booking(world, dice) else { return book(world, dice) };
    let who = planner(dice);
    let model = &world.model;
    let shift = &model.shifts[number];
    let booking = &shift.positions[position].bookings[at];
    let moment = if dice.once_in(3) { model.now + dice.pick(&[-30, -5, 1]) } else { model.now };
    let mut reasons = Reasons::default();
    reasons.when(shift.cancelled.is_some(), "shift_cancelled");
    let (operation, from, to) = match dice.of(if booking.state == "confirmed" { 2 } else { 6 }) {
        0 | 1 => ("bookings.check_in", "confirmed", "checked_in"),
        2 | 3 => ("bookings.check_out", "checked_in", "checked_out"),
        4 => ("bookings.undo_check_in", "checked_in", "confirmed"),
        _ => ("bookings.undo_check_out", "checked_out", "checked_in"),
    };
    reasons.when(booking.state != from, "booking_state");
    let mut input = json!({ "shift": shift.id, "booking": booking.id });
    let comes = operation == "bookings.check_in";
    if comes || operation == "bookings.check_out" {
        input["at"] = json!((moment != model.now).then(|| Model::instant(moment)));
        reasons
            .when(moment > model.now, "in_the_future")
            .when(comes && moment < shift.start - 60, "check_in_too_early")
            .when(comes && moment >= shift.end, "shift_finished")
            .when(!comes && booking.came.is_some_and(|came| moment < came), "end_before_start")
            .when(!comes && moment > shift.end + 240, "check_out_too_late");
    }
    let expected = Model::at_agency(who, "plan_shifts").and_then(|()| reasons.verdict());
    let label = format!("{who:?}: {operation} at {moment} of {} in {number}", booking.state);
    let came = world.call(who, operation, &input);
    if agreed(&expected, &came) {
        becomes(&mut world.model, number, (position, at), to);
        let booking = &mut world.model.shifts[number].positions[position].bookings[at];
        match operation {
            "bookings.check_in" => booking.came = Some(moment),
            "bookings.check_out" => booking.left = Some(moment),
            "bookings.undo_check_in" => booking.came = None,
            _ => booking.left = None,
        }
    }
    done(label, expected, &came, vec![Thing::Shift(number)])
}

/// What somebody may do to a booking, in which states, and what it becomes.
const STEPS: [(&str, &[&str], &str); 6] = [
    ("bookings.confirm", &["invited"], "confirmed"),
    ("bookings.decline", &["invited", "needs_reconfirmation"], "declined"),
    ("bookings.cancel", &["proposed", "invited", "confirmed", "needs_reconfirmation"], "cancelled"),
    ("bookings.no_show", &["confirmed", "needs_reconfirmation"], "no_show"),
    ("bookings.reconfirm", &["needs_reconfirmation"], "confirmed"),
    ("bookings.confirm_again", &["confirmed"], "confirmed"),
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
    if dice.once_in(7) {
        return invite(world, dice, (number, position, at));
    }
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
    let (until, mut reasons) = answer_by(model, dice, shift, state);
    let may_go = ["invited", "confirmed", "needs_reconfirmation"].contains(&old.state);
    let leaves = old.holds().then_some(old.id.as_str());
    let expected = Model::at_agency(who, "plan_shifts").and_then(|()| {
        let mut more = place(model, shift, position, worker, leaves);
        reasons.when(!may_go, "booking_state").all(more.verdict().err().unwrap_or_default()).verdict()
    });
    let mut input = json!({
        "shift": shift.id, "booking": old.id, "worker": model.workers[worker].id, "state": state, "pay": pay,
    });
    if let Some(until) = until {
        input["answer_by"] = Value::from(Model::instant(until));
    }
    let label = format!("{who:?} replaces {} in {number} by {worker}", old.state);
    let came = world.call(who, "bookings.replace", &input);
    if agreed(&expected, &came) {
        let new = made(&world.model, &came.as_ref().unwrap()["booking"], worker, state, (pay, until));
        let old = &mut world.model.shifts[number].positions[position].bookings[at];
        old.replaced_by = Some(new.id.clone());
        becomes(&mut world.model, number, (position, at), "replaced");
        world.model.shifts[number].positions[position].bookings.push(new);
    }
    done(label, expected, &came, vec![Thing::Shift(number)])
}
