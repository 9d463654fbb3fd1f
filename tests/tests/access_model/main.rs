//! Random access commands against a naive model that shares no code with the library: no difference is allowed.
//!
//! The model keeps plain sets of names and asks them the plainest way. `ACCESS_COMMANDS` says how many commands are
//! driven; without it, 20,000.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

mod commands;
mod dice;
mod interleavings;
mod model;
mod probes;
mod roles;
mod world;

use dice::Dice;
use world::World;

/// After so many commands a new agency begins.
const AN_EPISODE: usize = 1_000;

#[test]
fn random_access_commands_never_differ_from_the_naive_model() {
    compare(1);
}

/// The other half, so that two processors share the work.
#[test]
fn random_access_commands_never_differ_from_the_naive_model_with_other_seeds() {
    compare(1_000_000);
}

fn compare(first_seed: u64) {
    let wanted = std::env::var("ACCESS_COMMANDS").ok().and_then(|text| text.parse().ok()).unwrap_or(20_000);
    let (mut done, mut allowed) = (0, 0);
    let mut seed = first_seed;
    while done < wanted / 2 {
        let mut dice = Dice::new(seed);
        let mut world = World::new();
        for _ in 0..AN_EPISODE {
            let (label, expected, came) = commands::one(&mut world, &mut dice);
            assert_eq!(came, expected, "seed {seed}, command {done}: {label}");
            allowed += usize::from(came.is_ok());
            done += 1;
        }
        seed += 1;
    }
    // A model that refused everything would agree with a library that did.
    assert!(allowed * 4 > done, "only {allowed} of {done} commands were allowed");
    println!("{done} access commands, {allowed} of them allowed, no difference");
}
