//! Two worlds that differ only in what a client must not learn: pay, internal notes and tags, other clients' and other
//! agencies' rows, projects that are not shared, drafts of the agency, messages inside it. Whatever a client's person
//! does or asks in both, in any order, each answer is the same byte for byte: replies, refusals, order, counts,
//! cursors, and how many loads it took. No answer, and no text that the library writes for debugging, holds one of the
//! secrets' markers.
//!
//! `NONINTERFERENCE_PAIRS` says how many answers are compared; without it, 4,000. `NONINTERFERENCE_RECORD` names a file
//! that gets the calls of the first worlds, for the other languages to make them again.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

mod agency;
mod candidates;
#[path = "../access_model/dice.rs"]
mod dice;
#[path = "../lifecycle/mod.rs"]
mod lifecycle;
mod observer;
mod pool;
mod record;
mod secrets;
mod twins;

use std::collections::BTreeMap;

use dice::Dice;
use lifecycle::Founded;
use pool::Pool;
use record::{RECORDED, Record};
use serde_json::json;
use staffgate::Actor;
use twins::Twins;

/// After so many pairs every question must have been answered at least once.
const ENOUGH: usize = 20_000;
/// After so many steps two new worlds begin.
const AN_EPISODE: usize = 240;
/// The last of them are the other clients' and the agency's own: no observer ever meets them.
const WORKERS: usize = 8;

#[test]
fn a_client_gets_the_same_bytes_whatever_it_must_not_learn() {
    compare(1);
}

/// The other half, so that two processors share the work.
#[test]
fn a_client_gets_the_same_bytes_whatever_it_must_not_learn_with_other_seeds() {
    compare(1_000_000);
}

/// What a client may know is no secret: if it differs, the comparison has to find it.
#[test]
#[should_panic(expected = "the worlds can be told apart")]
fn a_price_of_the_clients_own_that_differs_is_found() {
    let founded = lifecycle::found(WORKERS);
    let mut twins = Twins::new(&founded, 1, false);
    let client = &founded.clients[0];
    let list = |rate: &str| {
        json!({
            "scope": { "for": "client", "client": client.id }, "valid_from": "2026-09-02", "vat_percent": "19",
            "rates": [{ "skill": founded.skills[0], "role": "staff", "per_hour": rate }],
        })
    };
    twins.apart(Actor::Operator, "price_lists.publish", &list("21.00"), &list("22.00")).unwrap();
    let ask = json!({ "skill": founded.skills[0], "headcount": 1 });
    let shift = json!({ "start": twins.local(5, 8), "end": twins.local(5, 16), "positions": [ask] });
    let order = json!({ "name": "Order", "site": client.sites[0].id, "shifts": [shift] });
    twins.observe(founded.user(0), "mandates.preview", &json!({ "client": client.id, "order": order }));
}

/// A marker that somebody let through would be found in both worlds alike.
#[test]
#[should_panic(expected = "a secret is told")]
fn a_marker_that_is_told_in_both_worlds_is_found() {
    let founded = lifecycle::found(WORKERS);
    let mut twins = Twins::new(&founded, 1, false);
    let client = &founded.clients[0];
    let ask = json!({ "skill": founded.skills[0], "headcount": 1 });
    let shift = json!({ "start": twins.local(5, 8), "end": twins.local(5, 16), "positions": [ask] });
    let order = json!({ "name": "Sentinel", "site": client.sites[0].id, "shifts": [shift] });
    twins.observe(founded.user(0), "mandates.save_draft", &json!({ "client": client.id, "order": order }));
}

fn compare(first_seed: u64) {
    let wanted =
        std::env::var("NONINTERFERENCE_PAIRS").ok().and_then(|text| text.parse().ok()).unwrap_or(4_000) / 2;
    let founded = lifecycle::found(WORKERS);
    let catalog = observer::Catalog::read();
    let (mut pairs, mut replies, mut seed) = (0, 0, first_seed);
    let mut answered = BTreeMap::new();
    // The other half runs beside this one, into no file.
    let records = first_seed == 1;
    if records {
        Record::begin();
    }
    while pairs < wanted {
        let twins = episode(&founded, &catalog, seed, records && pairs < RECORDED);
        pairs += twins.compared;
        replies += twins.replies;
        for (name, count) in twins.answered {
            *answered.entry(name).or_insert(0) += count;
        }
        seed += 1;
    }
    // Two worlds that refused everything would agree.
    assert!(replies * 3 > pairs, "only {replies} of {pairs} answers were replies");
    // A short run does not come by everything.
    if pairs >= ENOUGH {
        let silent: Vec<&&str> =
            observer::MUST_ANSWER.iter().filter(|name| !answered.contains_key(**name)).collect();
        assert!(silent.is_empty(), "refused every time: {silent:?}");
    }
    println!(
        "{pairs} pairs of answers, {replies} of them replies of {} operations, no difference",
        answered.len()
    );
}

/// Half of the steps are an observer's; the others happen to both worlds, or to one alone.
fn episode(founded: &Founded, catalog: &observer::Catalog, seed: u64, recorded: bool) -> Twins {
    let mut dice = Dice::new(seed);
    let mut twins = Twins::new(founded, seed, recorded);
    let mut pool = Pool::new(founded);
    secrets::found_another_agency(&mut twins);
    for _ in 0..AN_EPISODE {
        match dice.of(10) {
            0 | 1 => agency::step(&mut twins, &mut pool, &mut dice),
            2 | 3 => secrets::step(&mut twins, &mut pool, &mut dice),
            4 if dice.once_in(3) => twins.pass(&mut dice),
            4..=6 => observer::write(&mut twins, &mut pool, &mut dice, catalog),
            _ => observer::read(&mut twins, &mut pool, &mut dice, catalog),
        }
    }
    twins
}
