//! E1 and E3: who is not shown is for a client as if it never was, in every state and by every question.

use serde_json::json;

use crate::world::{ANNA, CANDIDATE, JOB, NOTHING, World, candidate, job, questions};

#[test]
fn e3_whoever_is_not_shown_is_answered_like_an_id_that_never_was() {
    let document = "00000000-0000-0000-0000-00000000d0c1".to_owned();
    let documents = json!([{
        "id": document, "audience": "clients", "added_at": "2026-10-20T08:00:00Z", "anonymised": null,
        "file": {
            "id": "00000000-0000-0000-0000-00000000f11e", "name": "cv.pdf", "media_type": "application/pdf",
            "bytes": 5, "sha256": "0".repeat(64),
        },
    }]);
    for job_shown in [false, true] {
        for state in ["draft", "in_review", "on_portal", "removed"] {
            let world = World::new();
            world.put_job(job(job_shown));
            let mut kept = candidate(job_shown);
            kept["state"] = json!(state);
            kept["documents"] = documents.clone();
            world.put_candidate(kept);
            let is_shown = job_shown && state == "on_portal";
            for (name, input) in questions(std::slice::from_ref(&document)) {
                let about_candidate = input.get("candidate").is_some();
                if !about_candidate {
                    continue;
                }
                let elsewhere = input.to_string().replace(CANDIDATE, NOTHING);
                let elsewhere = serde_json::from_str(&elsewhere).unwrap();
                let [this, none] = [&input, &elsewhere].map(|input| world.run(ANNA, name, input));
                assert!(none.is_err(), "{name}");
                if is_shown {
                    assert!(this.is_ok(), "{name} {this:?}");
                } else {
                    assert_eq!(this.unwrap_err(), none.unwrap_err(), "{name} {state} {job_shown}");
                }
            }
            let listed = world.run(ANNA, "my_candidates.list", &json!({"job": JOB}));
            match listed {
                Ok(reply) => assert_eq!(reply.json().contains(CANDIDATE), is_shown, "{state} {job_shown}"),
                Err(refusal) => {
                    let none = world.run(ANNA, "my_candidates.list", &json!({"job": NOTHING})).unwrap_err();
                    assert!(!job_shown);
                    assert_eq!(refusal, none);
                }
            }
        }
    }
}
