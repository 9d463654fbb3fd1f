//! After every story: the history of each agency verifies, and no event holds personal data or secrets.

#![allow(clippy::unwrap_used)]

use conformance::{Door, Scenario, play};
use serde_json::{Value, json};
use staffgate::store::MemoryStore;

/// Names, addresses, phones, pay and passwords that the stories use.
const PERSONAL: &[&str] = &[
    "Anna",
    "Weiss",
    "Otto",
    "Marsh",
    "Mia Berg",
    "Paul Lind",
    "Lena Sturm",
    "Tom Fischer",
    "Ida Blum",
    "Eva",
    ".example",
    "+49",
    "17.31",
    "13.37",
    "lanterns",
    "harbours",
    "umbrella",
    "argon2",
];

fn ask(store: &MemoryStore, agency: &str, operation: &str, input: &Value) -> Value {
    let request = json!({
        "context": {
            "agency": agency,
            "actor": { "as": "operator" },
            "now": "2030-01-01T00:00:00Z",
            "command_id": "look",
            "entropy": "0".repeat(64),
        },
        "operation": operation,
        "input": input,
    });
    serde_json::from_str(Door::call(store, request.to_string().as_bytes()).unwrap().json()).unwrap()
}

#[test]
fn every_history_verifies_and_names_nobody() {
    let mut seen = 0;
    for scenario in Scenario::all().unwrap() {
        let store = MemoryStore::default();
        if play(&scenario, &|request| Door::call(&store, request)).is_err() {
            continue; // The stories' own test tells.
        }
        if scenario.steps.iter().all(|step| step.compute.is_some()) {
            continue; // Pure functions leave no history.
        }
        let agency = scenario.agency("main");
        let verdict = ask(&store, &agency, "history.verify", &json!({}));
        assert_eq!(verdict["ok"], true, "{}: {verdict}", scenario.key);
        let mut after = json!(0);
        loop {
            let page = ask(&store, &agency, "events.read", &json!({ "after": after, "limit": 1000 }));
            let events = page["events"].as_array().unwrap();
            for event in events {
                let text = event.to_string();
                let found: Vec<_> = PERSONAL.iter().filter(|word| text.contains(**word)).collect();
                assert!(found.is_empty(), "{}: {found:?} in {text}", scenario.key);
            }
            seen += events.len();
            after = page["next"].clone();
            if events.is_empty() {
                break;
            }
        }
        assert_eq!(verdict["verified_to"], after, "{}", scenario.key);
    }
    assert!(seen > 200, "events were seen: {seen}");
}
