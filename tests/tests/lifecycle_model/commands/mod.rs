//! One random command: what the model says, what the library says, and what becomes of it in the model. A file for
//! each part of the lifecycle; a further part is a file and a line in [`one`].

mod bookings;
mod changes;
mod drafts;
mod mandates;
mod projects;
mod review;
mod settings;
mod shifts;
mod workers;

use serde_json::{Value, json};

use crate::dice::Dice;
use crate::model::Who;
use crate::people::Verdict;
use crate::views::Thing;
use crate::world::{EVERYBODY, World};

/// A command that was given on both sides.
pub(crate) struct Done {
    pub(crate) label: String,
    pub(crate) expected: Verdict,
    pub(crate) came: Result<(), String>,
    /// What everybody looks at afterwards.
    pub(crate) touched: Vec<Thing>,
}

pub(crate) fn one(world: &mut World, dice: &mut Dice) -> Done {
    match dice.of(49) {
        0..=3 => mandates::submit(world, dice),
        4..=6 => mandates::edit(world, dice),
        7 => mandates::withdraw(world, dice),
        36 => drafts::one(world, dice),
        38..=40 => changes::one(world, dice),
        41 => shifts::restore(world, dice),
        37 => review::open(world, dice),
        8..=11 => review::accept(world, dice),
        12 => review::decline(world, dice),
        13 | 14 => review::revise(world, dice),
        15..=20 => bookings::book(world, dice),
        21..=25 => bookings::step(world, dice),
        26 | 27 => bookings::replace(world, dice),
        42..=44 => bookings::presence(world, dice),
        28 | 29 => shifts::reschedule(world, dice),
        30 => shifts::cancel(world, dice),
        31 => shifts::tag(world, dice),
        32 => shifts::lead(world, dice),
        33 => workers::update(world, dice),
        34 => projects::one(world, dice),
        35 => settings::one(world, dice),
        _ => pass(world, dice),
    }
}

/// Time passes: minutes mostly, sometimes most of a day.
fn pass(world: &mut World, dice: &mut Dice) -> Done {
    world.model.pass(if dice.once_in(6) { 10 * 60 } else { dice.pick(&[1, 30, 60, 120]) });
    Done { label: "time passes".to_owned(), expected: Ok(()), came: Ok(()), touched: Vec::new() }
}

/// Somebody at the client, mostly; anybody now and then.
fn orderer(world: &World, dice: &mut Dice, client: usize) -> Who {
    if dice.once_in(12) {
        return dice.pick(&EVERYBODY);
    }
    let standings = &world.model.standings;
    let belongs = |user: &usize| standings[*user].iter().any(|standing| standing.client == client);
    let own: Vec<usize> = (0..standings.len()).filter(belongs).collect();
    Who::User(dice.pick(&own))
}

/// Somebody who plans, mostly; anybody now and then.
fn planner(dice: &mut Dice) -> Who {
    if dice.once_in(15) { dice.pick(&EVERYBODY) } else { dice.pick(&[Who::Operator, Who::Planner]) }
}

/// A revision that was read: the current one, mostly.
fn read(dice: &mut Dice, current: usize) -> usize {
    match dice.of(10) {
        0 => current + 1,
        1 => current.saturating_sub(1),
        _ => current,
    }
}

fn recent<T>(list: &[T], dice: &mut Dice) -> Option<usize> {
    let most = list.len().min(if dice.once_in(4) { usize::MAX } else { 6 });
    (most > 0).then(|| list.len() - 1 - dice.of(most))
}

fn done(label: String, expected: Verdict, came: &Result<Value, String>, touched: Vec<Thing>) -> Done {
    Done { label, expected, came: came.as_ref().map(|_| ()).map_err(Clone::clone), touched }
}

/// Nothing is there yet that something could be done to: an order instead.
fn instead(world: &mut World, dice: &mut Dice) -> Done {
    mandates::submit(world, dice)
}

/// Whether the command went through on both sides.
fn agreed(expected: &Verdict, came: &Result<Value, String>) -> bool {
    expected.is_ok() && came.is_ok()
}

fn shift_input(world: &World, shift: usize) -> Value {
    json!({ "shift": world.model.shifts[shift].id })
}

/// One of the last shifts, not called off unless it happens so.
fn a_shift(world: &World, dice: &mut Dice) -> Option<usize> {
    let first = recent(&world.model.shifts, dice)?;
    if world.model.shifts[first].cancelled.is_some() {
        recent(&world.model.shifts, dice)
    } else {
        Some(first)
    }
}
