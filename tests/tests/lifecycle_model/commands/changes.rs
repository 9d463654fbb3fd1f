//! The client asks for changes of accepted shifts; the agency approves or declines them.

use serde_json::{Value, json};

use super::shifts::{called_off, moved};
use super::{Done, a_shift, agreed, done, instead, orderer, planner, read, recent};
use crate::dice::Dice;
use crate::forms::{note, times, times_wrong};
use crate::model::{Booking, Model, Request, Shift, Who, Wish};
use crate::people::{Reasons, Verdict, no};
use crate::views::Thing;
use crate::world::World;

const DAY: i64 = 24 * 60;

pub(crate) fn one(world: &mut World, dice: &mut Dice) -> Done {
    match dice.of(8) {
        0..=3 => ask(world, dice),
        4 | 5 => approve(world, dice),
        6 => decline(world, dice),
        _ => withdraw(world, dice),
    }
}

fn a_wish(model: &Model, dice: &mut Dice, shift: &Shift) -> Wish {
    let position = dice.of(shift.positions.len());
    match dice.of(6) {
        0 | 1 => {
            let (start, end) = match dice.of(3) {
                0 => (shift.start, shift.end + dice.pick(&[-60, 0, 60])),
                1 => (shift.start + DAY, shift.end + DAY),
                _ => times(model, dice),
            };
            let pause = dice.once_in(3).then(|| dice.pick(&[0, 30, 60]));
            Wish::Times { start, end, pause }
        }
        2 | 3 => {
            let heads = if dice.once_in(20) { dice.pick(&[0, 501]) } else { 1 + dice.of(3) };
            Wish::Heads { position, heads }
        }
        4 => Wish::Note(note(dice)),
        _ if dice.once_in(2) => Wish::Skill(dice.of(4)),
        _ => Wish::Cancel,
    }
}

fn written(world: &World, shift: &Shift, wish: &Wish) -> Value {
    match wish {
        Wish::Times { start, end, pause } => json!({
            "kind": "times",
            "start": world.model.local(shift.site, *start),
            "end": world.model.local(shift.site, *end),
            "break_minutes": pause,
        }),
        Wish::Heads { position, heads } => {
            json!({ "kind": "headcount", "position": shift.positions[*position].id, "headcount": heads })
        }
        Wish::Skill(skill) => json!({ "kind": "skill", "skill": world.skill(*skill) }),
        Wish::Note(note) => json!({ "kind": "note", "note": note }),
        Wish::Cancel => json!({ "kind": "cancel" }),
    }
}

/// What stands in the way of a change of this shift now, whoever asks.
fn judge(model: &Model, shift: &Shift, wish: &Wish) -> Vec<&'static str> {
    let mut reasons = Reasons::default();
    let begun = model.now >= shift.start;
    let ahead = matches!(wish, Wish::Heads { .. } | Wish::Skill(_) | Wish::Cancel);
    let nothing = match wish {
        Wish::Times { start, end, pause } => {
            times_wrong(&mut reasons, *start, *end, pause.unwrap_or(shift.pause));
            reasons
                .when(begun && *start != shift.start, "shift_started")
                .when(!begun && *start < model.now, "in_the_past")
                .when(*start != shift.start && *start < model.now, "in_the_past")
                .when(*start != shift.start && *start - model.now > 2 * 366 * DAY, "too_far_ahead")
                .when(*end <= model.now, "in_the_past");
            (*start, *end, pause.unwrap_or(shift.pause)) == (shift.start, shift.end, shift.pause)
        }
        Wish::Heads { position, heads } => {
            reasons.when(!(1..=500).contains(heads), "out_of_range");
            shift.positions[*position].heads == *heads
        }
        Wish::Skill(skill) => shift.positions.iter().all(|position| position.skill == *skill),
        Wish::Note(note) => shift.note == *note,
        Wish::Cancel => false,
    };
    reasons
        .when(shift.cancelled.is_some(), "shift_cancelled")
        .when(model.now >= shift.end, "shift_finished")
        .when(ahead && begun, "shift_started")
        .when(nothing, "nothing_changes");
    reasons.verdict().err().unwrap_or_default()
}

/// What is ordered anew must be the client's to order.
fn ordered_anew(model: &Model, client: usize, shift: &Shift, wish: &Wish) -> Vec<&'static str> {
    let skill = match wish {
        Wish::Skill(skill) => *skill,
        Wish::Heads { position, heads } if *heads > shift.positions[*position].heads => {
            shift.positions[*position].skill
        }
        _ => return Vec::new(),
    };
    let offered =
        skill < 3 && model.clients[client].narrowed.as_ref().is_none_or(|list| list.contains(&skill));
    let mut reasons = Reasons::default();
    reasons.when(!model.can_order(client), "ordering_closed").when(!offered, "skill_not_orderable");
    reasons.verdict().err().unwrap_or_default()
}

fn open_for(model: &Model, shift: usize) -> Option<usize> {
    (0..model.requests.len())
        .find(|number| model.requests[*number].shift == shift && model.requests[*number].state == "open")
}

/// One request waits for a shift at a time; another one can take its place.
fn ask(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = a_shift(world, dice) else { return instead(world, dice) };
    let model = &world.model;
    let shift = &model.shifts[number];
    let client = model.projects[shift.project].client;
    let who = orderer(world, dice, client);
    let revision = read(dice, shift.revision);
    let wish = a_wish(model, dice, shift);
    let open = open_for(model, number);
    let supersedes = open.filter(|_| dice.once_in(2));
    let split = shift.positions.len() != 1;
    let expected =
        model.at_client(who, "request_changes", client, Some(&model.shift_spot(number))).and_then(|()| {
            Reasons::default()
                .when(!matches!(who, Who::User(_)), "wrong_side")
                .when(revision != shift.revision, "stale_revision")
                .when(open.is_some() && supersedes.is_none(), "change_open")
                .when(split, "shift_split_contact_agency")
                .all(judge(model, shift, &wish))
                .all(ordered_anew(model, client, shift, &wish))
                .verdict()
        });
    let input = json!({
        "shift": shift.id,
        "revision": revision,
        "change": written(world, shift, &wish),
        "supersedes": supersedes.map(|open| &model.requests[open].id),
    });
    let label = format!("{who:?} asks for {wish:?} of {number} at {revision}");
    let came = world.call(who, "change_requests.submit", &input);
    let mut touched = vec![Thing::Shift(number)];
    if agreed(&expected, &came) {
        let Who::User(by) = who else { panic!("only people ask") };
        let model = &mut world.model;
        let new = model.requests.len();
        if let Some(old) = supersedes {
            let old = &mut model.requests[old];
            (old.state, old.superseded_by, old.decided) = ("superseded", Some(new), Some(model.now));
        }
        touched.extend(supersedes.map(Thing::Change));
        touched.push(Thing::Change(new));
        let shift = &model.shifts[number];
        model.requests.push(Request {
            id: came.as_ref().unwrap()["id"].as_str().unwrap().to_owned(),
            shift: number,
            site: shift.site,
            revision,
            wish,
            by,
            at: model.now,
            state: "open",
            decided: None,
            reason: None,
            superseded_by: None,
        });
    }
    done(label, expected, &came, touched)
}

fn a_request(model: &Model, dice: &mut Dice) -> Option<usize> {
    let open: Vec<usize> =
        (0..model.requests.len()).filter(|number| model.requests[*number].state == "open").collect();
    if open.is_empty() || dice.once_in(6) { recent(&model.requests, dice) } else { Some(dice.pick(&open)) }
}

fn undecided(model: &Model, number: usize) -> Reasons {
    let mut reasons = Reasons::default();
    reasons.when(model.requests[number].state != "open", "change_state");
    reasons
}

fn ends(model: &mut Model, number: usize, state: &'static str) {
    let request = &mut model.requests[number];
    (request.state, request.decided) = (state, Some(model.now));
}

/// The shift becomes what was wanted: only the revision that the client saw.
fn approve(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = a_request(&world.model, dice) else { return ask(world, dice) };
    let who = planner(dice);
    let model = &world.model;
    let request = &model.requests[number];
    let at = request.shift;
    let shift = &model.shifts[at];
    let expected = may_approve(model, who, number);
    let wish = request.wish.clone();
    let label = format!("{who:?} approves {number}: {wish:?} of {at}, at {}", shift.revision);
    let input = json!({ "request": request.id });
    let came = world.call(who, "change_requests.approve", &input);
    if agreed(&expected, &came) {
        ends(&mut world.model, number, "approved");
        becomes(&mut world.model, at, wish);
    }
    done(label, expected, &came, vec![Thing::Shift(at), Thing::Change(number)])
}

fn may_approve(model: &Model, who: Who, number: usize) -> Verdict {
    Model::at_agency(who, "review_mandates")?;
    let request = &model.requests[number];
    let shift = &model.shifts[request.shift];
    if request.state != "open" {
        return no("change_state");
    }
    let mut reasons = Reasons::default();
    reasons.when(shift.revision != request.revision, "change_stale").all(judge(model, shift, &request.wish));
    // Who is on site is not taken back.
    let goes = match request.wish {
        Wish::Cancel => shift.bookings().any(Booking::came),
        Wish::Heads { position, heads } => {
            let position = &shift.positions[position];
            let over = position.held().saturating_sub(heads);
            position.bookings.iter().rev().filter(|booking| booking.holds()).take(over).any(Booking::came)
        }
        _ => false,
    };
    reasons.when(goes, "booking_state");
    if let Wish::Times { start, end, .. } = request.wish
        && (start, end) != (shift.start, shift.end)
    {
        for booking in shift.bookings().filter(|booking| booking.holds()) {
            reasons.when(model.busy(booking.worker, start, end, Some(&booking.id)), "worker_busy");
        }
    }
    reasons.verdict()
}

fn becomes(model: &mut Model, number: usize, wish: Wish) {
    let now = model.now;
    let shift = &mut model.shifts[number];
    match wish {
        Wish::Times { start, end, pause } => {
            shift.pause = pause.unwrap_or(shift.pause);
            moved(shift, start, end, now);
        }
        Wish::Heads { position, heads } => {
            let position = &mut shift.positions[position];
            position.heads = heads;
            // Free places go first, then whoever was booked last.
            let mut over = position.held().saturating_sub(heads);
            let mut gone = Vec::new();
            for booking in position.bookings.iter_mut().rev().filter(|booking| booking.holds()) {
                if over > 0 {
                    (booking.state, booking.changed) = ("cancelled", now);
                    gone.push(booking.id.clone());
                    over -= 1;
                }
            }
            if shift.lead.as_ref().is_some_and(|lead| gone.contains(lead)) {
                shift.lead = None;
            }
        }
        Wish::Skill(skill) => {
            for position in &mut shift.positions {
                position.skill = skill;
            }
            for booking in shift.bookings_mut().filter(|booking| booking.state == "confirmed") {
                (booking.state, booking.changed) = ("needs_reconfirmation", now);
            }
        }
        Wish::Note(note) => shift.note = note,
        Wish::Cancel => return called_off(model, number),
    }
    shift.revision += 1;
}

fn decline(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = a_request(&world.model, dice) else { return ask(world, dice) };
    let who = planner(dice);
    let model = &world.model;
    let at = model.requests[number].shift;
    let expected = Model::at_agency(who, "review_mandates").and_then(|()| undecided(model, number).verdict());
    let reason = format!("Reason {}", dice.of(100));
    let input = json!({ "request": model.requests[number].id, "reason": reason });
    let came = world.call(who, "change_requests.decline", &input);
    if agreed(&expected, &came) {
        ends(&mut world.model, number, "declined");
        world.model.requests[number].reason = Some(reason);
    }
    done(format!("{who:?} declines {number}"), expected, &came, vec![Thing::Shift(at), Thing::Change(number)])
}

fn withdraw(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = a_request(&world.model, dice) else { return ask(world, dice) };
    let model = &world.model;
    let at = model.requests[number].shift;
    let client = model.projects[model.shifts[at].project].client;
    let who = orderer(world, dice, client);
    let spot = model.request_spot(number);
    let expected = model
        .at_client(who, "request_changes", client, Some(&spot))
        .and_then(|()| undecided(model, number).when(!matches!(who, Who::User(_)), "wrong_side").verdict());
    let input = json!({ "request": model.requests[number].id });
    let came = world.call(who, "change_requests.withdraw", &input);
    if agreed(&expected, &came) {
        ends(&mut world.model, number, "withdrawn");
    }
    done(
        format!("{who:?} takes {number} back"),
        expected,
        &came,
        vec![Thing::Shift(at), Thing::Change(number)],
    )
}
