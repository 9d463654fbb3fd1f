//! The limits: open jobs of an agency, candidates of a job, documents, activities and feedback of a candidate.

use serde_json::{Value, json};
use staffgate::candidates::model::{JobCount, MOST_OPEN_JOBS};
use staffgate::codes::Code;

use crate::world::{AGENCY, ANNA, CANDIDATE, HOTEL, JOB, World, candidate, job};

fn new_job() -> Value {
    json!({"client": HOTEL, "details": {"title": "Cook", "positions": 1}})
}

#[test]
fn e1_an_agency_has_so_many_open_jobs_and_closing_makes_room() {
    let world = World::new();
    let count = |open: u32| {
        let agency = serde_json::from_value(json!(AGENCY)).unwrap();
        world.put(&JobCount { agency, open });
    };
    count(MOST_OPEN_JOBS - 1);
    let created = world.plan("jobs.create", new_job());
    let refusal = world.refused("jobs.create", &new_job());
    assert_eq!((refusal.code, refusal.details), (Code::JobsFull, vec![("expected", "10000".to_owned())]));
    world.plan("jobs.close", json!({"job": created["id"]}));
    let other = world.plan("jobs.create", new_job());
    assert_eq!(world.refused("jobs.reopen", &json!({"job": created["id"]})).code, Code::JobsFull);
    world.plan("jobs.close", json!({"job": other["id"]}));
    assert_eq!(world.plan("jobs.reopen", json!({"job": created["id"]}))["state"], "not_on_portal");
}

#[test]
fn e2_a_job_has_so_many_candidates() {
    let world = World::new();
    let mut kept = job(true);
    kept["candidates"] = json!(199);
    world.put_job(kept);
    let add = json!({"job": JOB, "details": {"name": "Lena Sturm"}});
    world.plan("candidates.add", add.clone());
    let refusal = world.refused("candidates.add", &add);
    assert_eq!((refusal.code, refusal.path.as_deref()), (Code::TooMany, Some("job")));
}

#[test]
fn e2_a_candidate_has_so_many_documents_and_activities() {
    let world = World::new();
    world.put_job(job(true));
    world.put_candidate(candidate(true));
    let file =
        json!({"name": "cv.pdf", "media_type": "application/pdf", "bytes": 1, "sha256": "0".repeat(64)});
    let add = json!({"candidate": CANDIDATE, "file": file, "audience": "clients", "notify_clients": false});
    let note = json!({
        "candidate": CANDIDATE, "kind": "note", "text": "Called", "audience": "agency", "notify_clients": false,
    });
    for (name, input, most) in [("candidates.add_document", add, 20), ("candidates.add_activity", note, 50)] {
        for _ in 0..most {
            world.plan(name, input.clone());
        }
        let refusal = world.refused(name, &input);
        assert_eq!((refusal.code, refusal.path.as_deref()), (Code::TooMany, Some("candidate")), "{name}");
    }
}

#[test]
fn e4_so_many_people_say_something_and_who_has_said_it_can_say_it_anew() {
    let world = World::new();
    world.put_job(job(true));
    let mut kept = candidate(true);
    kept["feedback"] = json!(199);
    world.put_candidate(kept.clone());
    let give = json!({"candidate": CANDIDATE, "decision": "hold"});
    world.ok(ANNA, "my_feedback.give", give.clone());
    // The two hundredth has spoken; speaking again takes no more room.
    world.ok(ANNA, "my_feedback.give", give.clone());
    assert_eq!(world.plan("candidates.get", json!({"candidate": CANDIDATE}))["feedback"], 200);
    let world = World::new();
    world.put_job(job(true));
    kept["feedback"] = json!(200);
    world.put_candidate(kept);
    let refusal = world.run(ANNA, "my_feedback.give", &give).unwrap_err();
    assert_eq!((refusal.code, refusal.path.as_deref()), (Code::TooMany, Some("candidate")));
}

#[test]
fn e6_a_candidate_goes_through_stages_as_often_as_it_likes() {
    let world = World::new();
    world.put_job(job(true));
    world.put_candidate(candidate(true));
    for _ in 0..20 {
        for stage in ["interview", "offer", "new"] {
            world.plan("candidates.move", json!({"candidate": CANDIDATE, "stage": stage}));
        }
    }
    let moved = world.plan("candidates.move", json!({"candidate": CANDIDATE, "stage": "rejected"}));
    assert_eq!(moved["stage_for_clients"], "Rejected");
    world.plan("stages.set", json!({"stage": "rejected", "hidden": true}));
    // The last one before it, not the first of its kind.
    assert_eq!(world.plan("candidates.get", json!({"candidate": CANDIDATE}))["stage_for_clients"], "New");
    world.plan("stages.set", json!({"stage": "new", "hidden": true}));
    assert_eq!(world.plan("candidates.get", json!({"candidate": CANDIDATE}))["stage_for_clients"], "Offer");
}
