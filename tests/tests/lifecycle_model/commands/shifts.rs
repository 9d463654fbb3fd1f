//! Shifts are moved, edited, tagged, called off; somebody leads them.

use serde_json::{Value, json};

use super::{Done, a_shift, agreed, done, instead, planner, read, shift_input};
use crate::dice::Dice;
use crate::forms::{note, times, times_wrong};
use crate::model::{Booking, Model, Shift};
use crate::people::Reasons;
use crate::views::Thing;
use crate::world::World;

/// A cancelled shift stays as it is, and so does one that somebody else has changed since it was read.
fn open(shift: &Shift, revision: Option<usize>) -> Reasons {
    let mut reasons = Reasons::default();
    reasons
        .when(shift.cancelled.is_some(), "shift_cancelled")
        .when(revision.is_some_and(|revision| revision != shift.revision), "stale_revision");
    reasons
}

/// The revision that was read, if somebody says one.
fn said(dice: &mut Dice, shift: &Shift) -> Option<usize> {
    dice.once_in(2).then(|| read(dice, shift.revision))
}

/// At other times, who had said yes is asked again.
pub(super) fn moved(shift: &mut Shift, start: i64, end: i64, now: i64) {
    let moves = (start, end) != (shift.start, shift.end);
    (shift.start, shift.end) = (start, end);
    for booking in shift.bookings_mut().filter(|booking| moves && booking.state == "confirmed") {
        (booking.state, booking.changed) = ("needs_reconfirmation", now);
    }
}

/// Everybody is free again, and nobody leads.
pub(super) fn called_off(model: &mut Model, number: usize) {
    let now = model.now;
    let shift = &mut model.shifts[number];
    let mut ended = Vec::new();
    for booking in shift.bookings_mut().filter(|booking| booking.holds()) {
        (booking.state, booking.changed) = ("cancelled", now);
        ended.push(booking.id.clone());
    }
    (shift.cancelled, shift.lead, shift.ended) = (Some(now), None, ended);
    shift.revision += 1;
}

/// New times, or only a new break or note: the first asks people again.
pub(crate) fn reschedule(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = a_shift(world, dice) else { return instead(world, dice) };
    let who = planner(dice);
    let model = &world.model;
    let shift = &model.shifts[number];
    let revision = said(dice, shift);
    let (mut start, mut end) = (shift.start, shift.end);
    match dice.of(6) {
        0 => {}
        1 => end += dice.pick(&[-60, 60, 120]),
        2 => start += dice.pick(&[-120, 60]),
        3 => (start, end) = (start + 24 * 60, end + 24 * 60),
        _ => (start, end) = times(model, dice),
    }
    let pause = dice.once_in(3).then(|| if dice.once_in(20) { 48 * 60 } else { dice.pick(&[0, 30, 60]) });
    let note = note(dice);
    let moves = (start, end) != (shift.start, shift.end);
    let expected = Model::at_agency(who, "plan_shifts").and_then(|()| {
        let mut reasons = open(shift, revision);
        times_wrong(&mut reasons, start, end, pause.unwrap_or(shift.pause));
        if moves {
            let begun = model.now >= shift.start;
            reasons
                .when(model.now >= shift.end, "shift_finished")
                .when(begun && start != shift.start, "shift_started")
                .when(!begun && start < model.now, "in_the_past");
            for booking in shift.bookings().filter(|booking| booking.holds()) {
                let busy = model.busy(booking.worker, start, end, Some(&booking.id));
                reasons.when(busy, "worker_busy");
            }
        }
        reasons.verdict()
    });
    let mut input = json!({ "shift": shift.id, "break_minutes": pause, "note": note, "revision": revision });
    if moves || dice.once_in(2) {
        input["start"] = Value::from(model.local(shift.site, start));
        input["end"] = Value::from(model.local(shift.site, end));
    }
    let came = world.call(who, "shifts.move", &input);
    if agreed(&expected, &came) {
        let now = world.model.now;
        let shift = &mut world.model.shifts[number];
        let pause = pause.unwrap_or(shift.pause);
        let note = note.or_else(|| shift.note.clone());
        let differs = moves || pause != shift.pause || note != shift.note;
        (shift.pause, shift.note) = (pause, note);
        moved(shift, start, end, now);
        shift.revision += usize::from(differs);
    }
    let label = format!("{who:?} moves {number} to {start}-{end}, break {pause:?}, at {revision:?}");
    done(label, expected, &came, vec![Thing::Shift(number)])
}

pub(crate) fn cancel(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = a_shift(world, dice) else { return instead(world, dice) };
    let who = planner(dice);
    let model = &world.model;
    let shift = &model.shifts[number];
    let revision = said(dice, shift);
    let expected = Model::at_agency(who, "plan_shifts").and_then(|()| {
        open(shift, revision)
            .when(model.now >= shift.start, "shift_started")
            .when(shift.bookings().any(Booking::came), "booking_state")
            .verdict()
    });
    let mut input = shift_input(world, number);
    input["revision"] = json!(revision);
    let came = world.call(who, "shifts.cancel", &input);
    let mut touched = vec![Thing::Shift(number)];
    if agreed(&expected, &came) {
        called_off(&mut world.model, number);
        // What the client still wanted of it is overtaken.
        let now = world.model.now;
        for (at, request) in world.model.requests.iter_mut().enumerate() {
            if request.shift == number && request.state == "open" {
                (request.state, request.decided) = ("superseded", Some(now));
                touched.push(Thing::Change(at));
            }
        }
    }
    done(format!("{who:?} cancels {number} at {revision:?}"), expected, &came, touched)
}

/// Until it would have started, a shift that was called off comes back. Whoever was held then and is still free is
/// asked again, with a new booking.
pub(crate) fn restore(world: &mut World, dice: &mut Dice) -> Done {
    let cancelled = |number: &usize| world.model.shifts[*number].cancelled.is_some();
    let all: Vec<usize> = (0..world.model.shifts.len()).filter(cancelled).collect();
    let number = if all.is_empty() || dice.once_in(6) { a_shift(world, dice) } else { Some(dice.pick(&all)) };
    let Some(number) = number else { return instead(world, dice) };
    let who = planner(dice);
    let model = &world.model;
    let shift = &model.shifts[number];
    let revision = read(dice, shift.revision);
    let expected = Model::at_agency(who, "plan_shifts").and_then(|()| {
        Reasons::default()
            .when(shift.cancelled.is_none(), "shift_not_cancelled")
            .when(model.now >= shift.start, "shift_started")
            .when(revision != shift.revision, "stale_revision")
            .verdict()
    });
    let input = json!({ "shift": shift.id, "revision": revision });
    let came = world.call(who, "shifts.restore", &input);
    if agreed(&expected, &came) {
        come_back(&mut world.model, number, came.as_ref().unwrap());
    }
    done(format!("{who:?} restores {number} at {revision}"), expected, &came, vec![Thing::Shift(number)])
}

fn come_back(model: &mut Model, number: usize, reply: &Value) {
    let ended = std::mem::take(&mut model.shifts[number].ended);
    model.shifts[number].cancelled = None;
    model.shifts[number].revision += 1;
    for place in 0..model.shifts[number].positions.len() {
        for at in 0..model.shifts[number].positions[place].bookings.len() {
            let shift = &model.shifts[number];
            let position = &shift.positions[place];
            let old = &position.bookings[at];
            let worker = &model.workers[old.worker];
            let free = !worker.archived
                && position.held() < position.heads
                && !model.busy(old.worker, shift.start, shift.end, None);
            if !ended.contains(&old.id) || !free {
                continue;
            }
            let there = &reply["positions"][place]["bookings"][position.bookings.len()];
            let new = Booking {
                id: there["id"].as_str().unwrap_or_default().to_owned(),
                name: worker.name.clone(),
                phone: worker.phone.clone(),
                state: "needs_reconfirmation",
                changed: model.now,
                ..old.clone()
            };
            let position = &mut model.shifts[number].positions[place];
            position.bookings[at].replaced_by = Some(new.id.clone());
            position.bookings.push(new);
        }
    }
}

pub(crate) fn tag(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = a_shift(world, dice) else { return instead(world, dice) };
    let who = planner(dice);
    let shift = &world.model.shifts[number];
    let revision = said(dice, shift);
    let tags: Vec<(String, bool)> =
        (0..dice.of(3)).map(|_| (format!("Tag {}", dice.of(4)), dice.once_in(2))).collect();
    let expected = Model::at_agency(who, "plan_shifts").and_then(|()| open(shift, revision).verdict());
    let mut input = shift_input(world, number);
    input["revision"] = json!(revision);
    input["tags"] =
        tags.iter().map(|(text, shown)| json!({ "text": text, "visible_to_client": shown })).collect();
    let came = world.call(who, "shifts.set_tags", &input);
    if agreed(&expected, &came) {
        let shift = &mut world.model.shifts[number];
        shift.revision += usize::from(shift.tags != tags);
        shift.tags = tags;
    }
    done(format!("{who:?} tags {number} at {revision:?}"), expected, &came, vec![Thing::Shift(number)])
}

pub(crate) fn lead(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = a_shift(world, dice) else { return instead(world, dice) };
    let who = planner(dice);
    let shift = &world.model.shifts[number];
    let booked: Vec<_> = shift.bookings().collect();
    if booked.is_empty() {
        return super::bookings::book(world, dice);
    }
    let booking = dice.pick(&booked);
    let revision = said(dice, shift);
    let expected = Model::at_agency(who, "plan_shifts")
        .and_then(|()| open(shift, revision).when(!booking.of_team(), "lead_not_confirmed").verdict());
    let id = booking.id.clone();
    let input = json!({ "shift": shift.id, "booking": id, "revision": revision });
    let came = world.call(who, "shifts.name_lead", &input);
    if agreed(&expected, &came) {
        let shift = &mut world.model.shifts[number];
        shift.revision += usize::from(shift.lead.as_ref() != Some(&id));
        shift.lead = Some(id);
    }
    done(format!("{who:?} names who leads {number}"), expected, &came, vec![Thing::Shift(number)])
}
