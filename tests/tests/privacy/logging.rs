//! Whatever of a worker stands in a reply to a client's person stands in the log, and nothing else does.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::world::Agency;

/// The operations by which the log says that anna was shown this worker.
fn logged(agency: &Agency, worker: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut after = Value::Null;
    loop {
        let page = json!({ "limit": 50, "after": after });
        let input = json!({ "worker": worker, "user": agency.world.id("anna"), "page": page });
        let reply = agency.does("privacy.disclosures", &input).unwrap();
        for entry in reply["items"].as_array().unwrap() {
            assert_eq!(entry["client"], agency.world.id("astoria"));
            assert!(entry["permission"].is_string() && entry["at"].is_string());
            let workers: Vec<&Value> =
                entry["shown"].as_array().unwrap().iter().map(|one| &one["workers"]).collect();
            assert!(workers.iter().all(|list| **list == json!([worker])), "cut to the worker: {workers:?}");
            found.insert(entry["operation"].as_str().unwrap().to_owned());
        }
        after = reply["next"].clone();
        if after.is_null() {
            return found;
        }
    }
}

#[test]
fn d8_the_log_holds_what_was_shown_and_nothing_else() {
    let mut pairs = 0;
    for seed in 101..=118 {
        let agency = Agency::new(seed);
        (0..110).for_each(|_| agency.step());
        let shown = agency.shown.borrow();
        for (number, worker) in agency.workers.iter().enumerate() {
            let expected: BTreeSet<String> = shown
                .iter()
                .filter(|(of, _)| *of == number)
                .map(|(_, operation)| operation.clone())
                .collect();
            let found = logged(&agency, &worker.id);
            // Somebody on site of a team that is not shared is there without a name, so without a marker.
            let unnamed = BTreeSet::from(["attendance.on_site".to_owned()]);
            let more: BTreeSet<_> = found.difference(&expected).cloned().collect();
            assert!(expected.is_subset(&found), "seed {seed}: {expected:?} was shown, {found:?} is written");
            assert!(more.is_subset(&unnamed), "seed {seed}: {more:?} is written and was not shown");
            pairs += expected.len();
        }
    }
    assert!(pairs > 60, "something was shown: {pairs}");
}
