//! Two people at once: nobody is shown by a job that was just taken off, and the last place is taken once.

use serde_json::{Value, json};
use staffgate::Actor;
use staffgate::candidates::model::{JobCount, MOST_OPEN_JOBS};
use staffgate::codes::Code;
use staffgate::engine::{Answer, Machine, Step};
use staffgate::store::{CommitOutcome, Store};

use crate::world::{AGENCY, ANNA, CANDIDATE, HOTEL, JOB, PLANNER, World, candidate, job};

type Act = (Actor, &'static str, Value);

/// Loads for the machine until it wants to commit, or has ended.
fn up_to_commit(world: &World, machine: &mut Machine, mut step: Step) -> Step {
    while let Step::Load(reads) = step {
        step = machine.resume(Answer::of_load(world.portal.store().load(&reads)));
    }
    step
}

/// Both read the same, the first commits first; the second is in conflict and starts over: what becomes of it.
fn second_of(world: &World, first: Act, second: Act) -> Result<Value, Code> {
    let mut machines = [first, second].map(|(actor, name, input)| world.machine(actor, name, &input));
    let commits = machines.each_mut().map(|machine| {
        let step = machine.start();
        match up_to_commit(world, machine, step) {
            Step::Commit(changes) => changes,
            other => panic!("no commit but {other:?}"),
        }
    });
    let store = world.portal.store();
    assert_eq!(store.commit(&commits[0]).unwrap(), CommitOutcome::Committed);
    let lost = store.commit(&commits[1]).unwrap();
    assert_eq!(lost, CommitOutcome::Conflict);
    let step = machines[1].resume(Answer::Committed(lost));
    match up_to_commit(world, &mut machines[1], step) {
        Step::Done(Err(refusal)) => Err(refusal.code),
        Step::Commit(changes) => {
            let outcome = store.commit(&changes).unwrap();
            assert_eq!(outcome, CommitOutcome::Committed);
            match machines[1].resume(Answer::Committed(outcome)) {
                Step::Done(Ok(reply)) => Ok(serde_json::from_str(reply.json()).unwrap()),
                other => panic!("no end but {other:?}"),
            }
        }
        other => panic!("no end but {other:?}"),
    }
}

fn in_review(world: &World) {
    let mut kept = candidate(true);
    for (name, value) in [("state", json!("in_review")), ("number", json!(null)), ("shown_at", json!(null))] {
        kept[name] = value;
    }
    world.put_candidate(kept);
    let mut kept = job(true);
    (kept["numbered"], kept["shown_candidates"]) = (json!(0), json!(0));
    world.put_job(kept);
}

#[test]
fn e2_of_a_review_and_a_job_taken_off_at_once_nobody_is_left_on_the_portal() {
    let approve = || {
        (
            PLANNER,
            "candidates.approve",
            json!({"candidate": CANDIDATE, "revision": 1, "notify_clients": false}),
        )
    };
    let take_off = || (PLANNER, "jobs.remove_from_portal", json!({"job": JOB}));
    for approve_first in [true, false] {
        let world = World::new();
        in_review(&world);
        let second = if approve_first {
            second_of(&world, approve(), take_off())
        } else {
            second_of(&world, take_off(), approve())
        };
        assert!(second.is_ok(), "{second:?}");
        let found = world.plan("candidates.get", json!({"candidate": CANDIDATE}));
        assert_eq!((&found["state"], &found["portal"]), (&json!("on_portal"), &json!("job_not_on_portal")));
        let refusal = world.run(ANNA, "my_candidates.get", &json!({"candidate": CANDIDATE})).unwrap_err();
        assert_eq!(refusal.code, Code::NotFound);
    }
}

#[test]
fn e2_of_an_edit_and_a_review_at_once_nothing_passes_unseen() {
    let world = World::new();
    in_review(&world);
    let edit =
        json!({"candidate": CANDIDATE, "revision": 1, "summary": "Other words", "notify_clients": false});
    let approve = json!({"candidate": CANDIDATE, "revision": 1, "notify_clients": false});
    let second = second_of(
        &world,
        (PLANNER, "candidates.set_summary", edit),
        (PLANNER, "candidates.approve", approve),
    );
    assert_eq!(second, Err(Code::StaleRevision));
}

#[test]
fn e4_of_feedback_and_a_removal_at_once_the_feedback_finds_nothing() {
    let world = World::new();
    world.put_job(job(true));
    world.put_candidate(candidate(true));
    let give = json!({"candidate": CANDIDATE, "decision": "hire"});
    let remove = (PLANNER, "candidates.remove", json!({"candidate": CANDIDATE}));
    assert_eq!(second_of(&world, remove, (ANNA, "my_feedback.give", give)), Err(Code::NotFound));
}

#[test]
fn e2_of_two_who_add_the_same_worker_at_once_one_is_told() {
    let world = World::new();
    world.put_job(job(true));
    let worker = world.plan("workers.create", json!({"name": "Lena Sturm"}))["id"].clone();
    let add = || {
        let input = json!({"job": JOB, "worker": worker, "details": {"name": "Lena Sturm"}});
        (PLANNER, "candidates.add", input)
    };
    assert_eq!(second_of(&world, add(), add()), Err(Code::AlreadyExists));
}

#[test]
fn e1_of_two_who_open_the_last_job_at_once_one_is_told() {
    let world = World::new();
    let agency = serde_json::from_value(json!(AGENCY)).unwrap();
    world.put(&JobCount { agency, open: MOST_OPEN_JOBS - 1 });
    let create =
        || (PLANNER, "jobs.create", json!({"client": HOTEL, "details": {"title": "Cook", "positions": 1}}));
    assert_eq!(second_of(&world, create(), create()), Err(Code::JobsFull));
}
