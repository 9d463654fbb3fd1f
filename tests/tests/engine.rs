//! The laws of the engine, seen through a domain of one record.

#![allow(clippy::unwrap_used, clippy::panic)]

mod toy;

use staffgate::engine::{Answer, MAX_ATTEMPTS, Step};
use staffgate::store::{Read, Store, StoreErrorKind};
use toy::{Bump, Chain, Enrol, Fail, HASHED, Mishap, Mishaps, bump, machine, memory, run, state};

fn reads_of(step: Step) -> Vec<Read> {
    match step {
        Step::Load(reads) => reads,
        other => panic!("expected a load, got {other:?}"),
    }
}

#[test]
fn a_read_that_is_missing_ends_the_run_and_is_loaded() {
    let store = memory();
    for hop in 0..3 {
        run(&store, Bump { counter: hop.to_string(), by: 2 }, &format!("bump {hop}")).unwrap();
    }
    let reply = run(&store, Chain { hops: 3, prefetch: false }, "chain").unwrap();
    assert_eq!((reply.rounds, reply.attempts), (3, 1));
    assert_eq!(reply.json(), r#"{"value":6,"token":null}"#);
}

#[test]
fn what_is_named_beforehand_comes_in_one_round() {
    let reply = run(&memory(), Chain { hops: 50, prefetch: true }, "chain").unwrap();
    assert_eq!(reply.rounds, 1);
}

#[test]
fn more_than_three_rounds_are_a_fault_of_the_operation() {
    let refusal = run(&memory(), Chain { hops: 4, prefetch: false }, "chain").unwrap_err();
    assert_eq!(refusal.code.text(), "internal");
    assert!(refusal.to_string().contains("toy.chain"), "{refusal}");
}

#[test]
fn what_was_looked_for_and_missing_is_expected_to_be_missing_still() {
    let store = memory();
    let mut machine = machine(bump(1), "first");
    let reads = reads_of(machine.start());
    let Step::Commit(changes) = machine.resume(Answer::of_load(store.load(&reads))) else {
        panic!("expected a commit");
    };
    let versions: Vec<_> = changes.expect.iter().map(|one| (one.key.id.as_str(), one.version)).collect();
    assert_eq!(versions, [("0", 0)]);

    // Somebody else is quicker: the commit is a conflict, and the second attempt sees their counter.
    run(&store, bump(5), "quicker").unwrap();
    let reads = reads_of(machine.resume(Answer::of_commit(store.commit(&changes))));
    let Step::Commit(changes) = machine.resume(Answer::of_load(store.load(&reads))) else {
        panic!("expected a commit");
    };
    assert_eq!(changes.expect.first().map(|one| one.version), Some(1));
    let Step::Done(Ok(reply)) = machine.resume(Answer::of_commit(store.commit(&changes))) else {
        panic!("expected a reply");
    };
    assert_eq!((reply.json(), reply.attempts), (r#"{"value":6,"token":null}"#, 2));
}

#[test]
fn after_five_conflicts_the_caller_is_told() {
    let store = memory();
    let before = state(&store);
    let always = Mishaps::new(&store, |_, commits| commits.then_some(Mishap::Conflict));
    let refusal = run(&always, bump(1), "first").unwrap_err();
    assert_eq!(refusal.code.text(), "contended");
    assert!(refusal.retryable());
    assert_eq!(always.calls(), 2 * MAX_ATTEMPTS, "a load and a commit for each attempt");
    assert_eq!(state(&store), before);

    // Four conflicts and then none: the fifth attempt ends it.
    let four = Mishaps::new(&store, |call, commits| (commits && call < 10).then_some(Mishap::Conflict));
    assert_eq!(run(&four, bump(1), "first").unwrap().attempts, MAX_ATTEMPTS);
}

#[test]
fn a_refusal_leaves_nothing_written_and_its_command_id_free() {
    let store = memory();
    let before = state(&store);
    let refusal = run(&store, bump(11), "first").unwrap_err();
    assert_eq!(refusal.code.text(), "out_of_range");
    assert_eq!(state(&store), before);
    assert!(run(&store, bump(10), "first").is_ok());
}

#[test]
fn a_repeated_command_gets_the_first_answer_and_one_effect() {
    let store = memory();
    let first = run(&store, bump(3), "once").unwrap();
    let after = state(&store);
    let again = run(&store, bump(3), "once").unwrap();
    assert!(again.replayed && !first.replayed);
    assert_eq!(again.json(), first.json());
    assert_eq!(state(&store), after);

    for other in [bump(4), Bump { counter: "1".to_owned(), by: 3 }] {
        assert_eq!(run(&store, other, "once").unwrap_err().code.text(), "command_reused");
    }
    let other = Enrol { counter: "0".to_owned(), password: "long enough".to_owned() };
    assert_eq!(run(&store, other, "once").unwrap_err().code.text(), "command_reused");
    assert_eq!(state(&store), after);
}

#[test]
fn a_command_that_was_done_meanwhile_is_not_done_again() {
    let store = memory();
    let mut slow = machine(bump(3), "once");
    let reads = reads_of(slow.start());
    let rows = store.load(&reads);
    let first = run(&store, bump(3), "once").unwrap();
    let Step::Commit(changes) = slow.resume(Answer::of_load(rows)) else { panic!("expected a commit") };
    let Step::Done(Ok(reply)) = slow.resume(Answer::of_commit(store.commit(&changes))) else {
        panic!("expected a reply");
    };
    assert_eq!((reply.replayed, reply.json()), (true, first.json()));
}

#[test]
fn secrets_are_handed_out_once_and_leave_no_trace() {
    let store = memory();
    let enrol = |password: &str| Enrol { counter: "0".to_owned(), password: password.to_owned() };
    // A conflict makes the operation run again; the costly work is not done again.
    let conflict = Mishaps::new(&store, |call, commits| (commits && call == 2).then_some(Mishap::Conflict));
    let first = run(&conflict, enrol("correct horse"), "once").unwrap();
    assert_eq!(first.attempts, 2);
    let hashed = HASHED.lock().unwrap().iter().filter(|password| *password == "correct horse").count();
    assert_eq!(hashed, 1);
    assert!(first.json().contains("token-13-"), "{}", first.json());

    let again = run(&store, enrol("correct horse"), "once").unwrap();
    assert_eq!(again.json(), r#"{"value":1,"token":null}"#);
    let kept = state(&store);
    assert!(!kept.contains("token-") && !kept.contains("correct horse"), "{kept}");

    // The fingerprint knows nothing of the secret either: it cannot be used to try passwords.
    assert!(run(&store, enrol("another"), "once").unwrap().replayed);
}

#[test]
fn the_same_call_gives_the_same_bytes() {
    let (one, two) = (memory(), memory());
    for store in [&one, &two] {
        run(store, bump(3), "first").unwrap();
        run(store, bump(4), "second").unwrap();
    }
    assert_eq!(state(&one), state(&two));
}

#[test]
fn an_unknown_outcome_is_settled_by_the_command_id() {
    let store = memory();
    let lost = Mishaps::new(&store, |call, _| (call == 2).then_some(Mishap::LosesTheAnswer));
    let reply = run(&lost, bump(3), "once").unwrap();
    assert_eq!((reply.json(), reply.replayed), (r#"{"value":3,"token":null}"#, true));

    // It never happened: it is done now, once.
    let unknown = Mishap::Fails(StoreErrorKind::OutcomeUnknown);
    let lost = Mishaps::new(&store, move |call, _| (call == 2).then_some(unknown));
    let reply = run(&lost, bump(3), "twice").unwrap();
    assert_eq!((reply.json(), reply.replayed), (r#"{"value":6,"token":null}"#, false));

    // The store is gone before it can be asked: the caller is told to come back with the same id.
    let gone = Mishaps::new(&store, |call, _| match call {
        1 => None,
        2 => Some(Mishap::LosesTheAnswer),
        _ => Some(Mishap::Fails(StoreErrorKind::Unavailable)),
    });
    let refusal = run(&gone, bump(3), "thrice").unwrap_err();
    assert_eq!(refusal.code.text(), "outcome_unknown");
    assert_eq!(run(&store, bump(3), "thrice").unwrap().json(), r#"{"value":9,"token":null}"#);
}

#[test]
fn a_refusal_that_counts_is_committed_and_a_retry_gets_it_again() {
    let store = memory();
    let fail = |command: &str| run(&store, Fail { counter: "0".to_owned() }, command).unwrap_err();
    let first = fail("first");
    assert_eq!((first.code.text(), first.path.as_deref()), ("out_of_range", Some("counter")));
    assert_eq!(first.details, [("expected", "1".to_owned())]);
    assert_eq!(fail("second").details, [("expected", "2".to_owned())]);
    assert_eq!(fail("first"), first, "the same command counts once");
    assert_eq!(fail("third").details, [("expected", "3".to_owned())]);
    let other = run(&store, Fail { counter: "1".to_owned() }, "first").unwrap_err();
    assert_eq!(other.code.text(), "command_reused");
}

#[test]
fn a_refusal_that_counts_survives_a_conflict_and_a_lost_answer() {
    let store = memory();
    let once = Mishaps::new(&store, |call, commits| (commits && call == 2).then_some(Mishap::Conflict));
    let refusal = run(&once, Fail { counter: "0".to_owned() }, "first").unwrap_err();
    assert_eq!(refusal.details, [("expected", "1".to_owned())]);
    let lost = Mishaps::new(&store, |call, commits| (commits && call == 2).then_some(Mishap::LosesTheAnswer));
    let refusal = run(&lost, Fail { counter: "0".to_owned() }, "second").unwrap_err();
    assert_eq!(refusal.details, [("expected", "2".to_owned())]);
}
