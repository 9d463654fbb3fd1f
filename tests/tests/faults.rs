//! Fails the n-th call to the store, for every n: of a small command, and of every step of every story.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod toy;

use conformance::{Door, Scenario, play};
use staffgate::hashing::HashingSlots;
use staffgate::store::{MemoryStore, StoreErrorKind};
use staffgate::wire;
use toy::{Mishap, Mishaps, bump, memory, run, state};

const UNAVAILABLE: Mishap = Mishap::Fails(StoreErrorKind::Unavailable);
const UNKNOWN: Mishap = Mishap::Fails(StoreErrorKind::OutcomeUnknown);

/// A counter at 1, and what is there before and after one more.
fn reference() -> (String, String, String) {
    let store = memory();
    run(&store, bump(1), "set up").unwrap();
    let before = state(&store);
    let reply = run(&store, bump(2), "once").unwrap();
    (before, state(&store), reply.json().to_owned())
}

#[test]
fn a_command_happens_wholly_or_not_at_all_and_a_retry_makes_one_effect() {
    let (before, after, reply) = reference();
    let mut failed = 0;
    for mishap in [UNAVAILABLE, UNKNOWN, Mishap::LosesTheAnswer, Mishap::Fails(StoreErrorKind::Full)] {
        for nth in 1..=12 {
            let store = memory();
            run(&store, bump(1), "set up").unwrap();
            let broken = Mishaps::new(&store, move |call, _| (call == nth).then_some(mishap));
            let result = run(&broken, bump(2), "once");
            let there = state(&store);
            assert!(there == before || there == after, "{mishap:?} at call {nth}: half of it was written");
            match &result {
                Ok(_) => assert_eq!(there, after, "{mishap:?} at call {nth}: said done, is not"),
                Err(refusal) => {
                    failed += 1;
                    assert!(refusal.retryable() || mishap == Mishap::Fails(StoreErrorKind::Full));
                }
            }
            let again = run(&store, bump(2), "once").unwrap();
            assert_eq!(
                (state(&store), again.json().to_owned()),
                (after.clone(), reply.clone()),
                "{mishap:?} at call {nth}"
            );
            assert_eq!(again.replayed, there == after);
        }
    }
    assert!(failed >= 4, "the mishaps were seen: {failed}");
}

#[test]
fn a_store_that_fails_from_the_nth_call_on_is_survived_too() {
    let (before, after, reply) = reference();
    for mishap in [UNAVAILABLE, UNKNOWN, Mishap::LosesTheAnswer, Mishap::Conflict] {
        for from in 1..=12 {
            let store = memory();
            run(&store, bump(1), "set up").unwrap();
            let broken = Mishaps::new(&store, move |call, _| (call >= from).then_some(mishap));
            let result = run(&broken, bump(2), "once");
            let there = state(&store);
            assert!(there == before || there == after, "{mishap:?} from call {from}");
            assert!(result.is_err() || there == after, "{mishap:?} from call {from}");
            assert_eq!(run(&store, bump(2), "once").unwrap().json(), reply);
            assert_eq!(state(&store), after);
        }
    }
}

/// Each step of each story runs with a mishap at its n-th call until one run has no such call; what a mishap
/// refused is tried again. In the end everything is as if nothing had gone wrong.
#[test]
fn every_story_ends_the_same_when_every_call_to_the_store_fails_once() {
    let mut mishaps = 0_u32;
    for scenario in Scenario::all().unwrap() {
        let calm = MemoryStore::default();
        // A story that fails by itself is the business of the stories' own test.
        let Ok(told) = play(&scenario, &|request| Door::call(&calm, request)) else { continue };
        for mishap in [UNAVAILABLE, UNKNOWN] {
            let store = MemoryStore::default();
            let seen = std::sync::atomic::AtomicU32::new(0);
            let stormy = play(&scenario, &|request| {
                for nth in 1.. {
                    let before = state(&store);
                    let broken = Mishaps::new(&store, move |call, commits| {
                        // Only a commit has an outcome that can be unknown.
                        (call == nth && (commits || mishap == UNAVAILABLE)).then_some(mishap)
                    });
                    let answer = wire::execute(&broken, request, &HashingSlots::default());
                    match &answer {
                        Err(refusal) if refusal.retryable() && broken.calls() == nth => {
                            seen.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                            assert_eq!(state(&store), before, "{}: a failed call wrote", scenario.key);
                        }
                        _ => return answer,
                    }
                }
                wire::execute(&store, request, &HashingSlots::default())
            });
            let stormy = stormy.unwrap_or_else(|difference| panic!("with {mishap:?}: {difference}"));
            assert_eq!(stormy.transcript, told.transcript, "{} with {mishap:?}", scenario.key);
            assert_eq!(state(&store), state(&calm), "{} with {mishap:?}", scenario.key);
            mishaps += seen.into_inner();
        }
    }
    println!("{mishaps} mishaps");
    assert!(mishaps > 50, "the mishaps were seen: {mishaps}");
}
