//! A small world, searched whole: two clients, two mandates, two shifts, two workers, and three people who take up
//! operations; every order in which their loads and commits can come, over one store.
//!
//! In every state the invariants hold, and every end is that of some serial order, but for refusals as conflict. The
//! history verifies at the ends. A machine is a pure value, so an operation half-way through is a number in a table
//! (`machines.rs`), and so is a state of the store (`store.rs`): that is what makes millions of states cheap.
//! `LIFECYCLE_SCOPE=whole` searches it whole; without it each person takes up fewer operations.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]
// Millions of states are looked up; nothing here hangs on their order.
#![allow(clippy::disallowed_types)]

mod intern;
mod invariants;
#[path = "../lifecycle/mod.rs"]
mod lifecycle;
mod machines;
mod search;
mod store;
mod world;

use search::Search;
use world::World;

fn explore(
    name: &str,
    least: usize,
    each: [usize; search::PEOPLE],
    scope: impl FnOnce(&mut World, usize) -> [Vec<u32>; search::PEOPLE],
) {
    let whole = std::env::var("LIFECYCLE_SCOPE").is_ok_and(|size| size == "whole");
    let mut world = World::new();
    let menus = scope(&mut world, if whole { usize::MAX } else { 4 });
    let mut search: Search = world.search(menus, each);
    let report = search.run().unwrap_or_else(|broken| panic!("{name}: {broken}"));
    println!("{name}: {} states visited, {report:?}", report.states);
    assert!(report.overtaken > 0 && report.ends > 0, "{name}: nobody met anybody");
    assert!(!whole || report.states >= least, "{name}: only {} states", report.states);
}

#[test]
fn every_order_of_what_is_done_to_mandates_ends_like_a_serial_one() {
    explore("mandates", 3_500_000, [2, 2, 2], World::mandates);
}

#[test]
fn every_order_of_what_is_done_to_shifts_ends_like_a_serial_one() {
    explore("shifts", 7_000_000, [2, 3, 2], World::shifts);
}

#[test]
fn every_order_of_what_is_done_to_change_requests_ends_like_a_serial_one() {
    explore("changes", 2_000_000, [2, 2, 2], World::changes);
}
