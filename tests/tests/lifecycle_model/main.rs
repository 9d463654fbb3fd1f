//! Random commands over the life of mandates, projects, shifts and bookings, against a naive model that shares no code
//! with the library but ids: no difference is allowed.
//!
//! After each command its result is compared (done, or the code of the refusal), and everybody looks at what it
//! touched, from both sides; after one that was refused, somebody looks at what it might have touched. Every so many
//! commands everybody looks at every list and at every project with its progress, so that what a command must not
//! touch is seen too. `LIFECYCLE_COMMANDS` says how many commands are driven; without it, 4,000.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

mod commands;
#[path = "../access_model/dice.rs"]
mod dice;
mod forms;
#[path = "../lifecycle/mod.rs"]
mod lifecycle;
mod model;
mod orders;
mod people;
mod planned;
mod views;
mod world;

use commands::Done;
use dice::Dice;
use world::{EVERYBODY, World};

/// After so many commands a new agency begins.
const AN_EPISODE: usize = 250;
/// After so many, everybody looks at everything.
const A_LOOK_AROUND: usize = 125;
const WORKERS: usize = 5;

#[test]
fn random_commands_never_differ_from_the_naive_model_of_the_lifecycle() {
    compare(1);
}

/// The other half, so that two processors share the work.
#[test]
fn random_commands_never_differ_from_the_naive_model_of_the_lifecycle_with_other_seeds() {
    compare(1_000_000);
}

fn compare(first_seed: u64) {
    let wanted =
        std::env::var("LIFECYCLE_COMMANDS").ok().and_then(|text| text.parse().ok()).unwrap_or(4_000) / 2;
    let founded = lifecycle::found(WORKERS);
    let (mut count, mut allowed, mut looked) = (0, 0, 0);
    let mut seed = first_seed;
    while count < wanted {
        let mut dice = Dice::new(seed);
        let mut world = World::new(&founded, seed);
        for at in 1..=AN_EPISODE.min(wanted - count) {
            let done = commands::one(&mut world, &mut dice);
            count += 1;
            let label = format!("seed {seed}, command {at} ({count} in all): {}", done.label);
            let _told = Told(&label);
            judge(&done, &label);
            allowed += usize::from(done.came.is_ok());
            looked += look(&mut world, &mut dice, done);
            if at % A_LOOK_AROUND == 0 {
                for who in EVERYBODY {
                    looked += views::all_lists(&mut world, who) + views::all_projects(&mut world, who);
                }
            }
        }
        seed += 1;
    }
    // A model that refused everything would agree with a library that did.
    assert!(allowed * 3 > count, "only {allowed} of {count} commands were allowed");
    println!("{count} lifecycle commands, {allowed} of them allowed, {looked} views, no difference");
}

/// Says which command it was when a view after it differs.
struct Told<'l>(&'l str);

impl Drop for Told<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("after {}", self.0);
        }
    }
}

fn judge(done: &Done, label: &str) {
    match (&done.expected, &done.came) {
        (Ok(()), Ok(())) => {}
        (Err(codes), Err(code)) if codes.contains(&code.as_str()) => {}
        (expected, came) => panic!("{label}: expected {expected:?}, came {came:?}"),
    }
}

/// Everybody looks at what was touched; after a refusal, one of them.
fn look(world: &mut World, dice: &mut Dice, mut done: Done) -> usize {
    done.touched.sort();
    done.touched.dedup();
    let mut looked = 0;
    for thing in done.touched {
        if done.came.is_ok() {
            looked += views::everybody_at(world, thing);
        } else {
            looked += views::look(world, dice.pick(&EVERYBODY), thing);
        }
    }
    looked
}
