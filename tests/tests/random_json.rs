//! Whatever comes in at the JSON door: a machine or a refusal of ours, never a panic.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use serde_json::{Value, json};
use staffgate::hashing::HashingSlots;
use staffgate::pricing::engine::Zones;
use staffgate::pricing::functions::{JsonBook, compute, functions};
use staffgate::store::MemoryStore;
use staffgate::{catalog, wire};

/// Values of every sort, a few levels deep, with names and texts that operations know among them.
fn any_value() -> impl Strategy<Value = Value> {
    let known = prop::sample::select(vec![
        "name",
        "skill",
        "2026-10-25T02:30:00",
        "2026-02-30",
        "Europe/Berlin",
        "Europe/Atlantis",
        "00000000-0000-4000-8000-000000000000",
        "12.50",
        "-1",
        "1e400",
        "EUR",
        "a@example.com",
        "\u{202e}",
        "\u{0}",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        known.prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(field_name(), inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Described once: a strategy that recurses is made anew for every value.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut names: Vec<String> = Vec::new();
    for operation in catalog::describe().operations {
        let schema = serde_json::to_value(operation.input).unwrap_or_default();
        names.extend(schema["properties"].as_object().into_iter().flat_map(|fields| fields.keys().cloned()));
    }
    names.extend(PARTS.map(str::to_owned));
    names
});

fn field_name() -> impl Strategy<Value = String> {
    prop_oneof![4 => prop::sample::select(NAMES.as_slice()), 1 => ".{0,8}"]
}

/// Names of fields in price lists, demands and cancellations, which are not fields of an input themselves.
const PARTS: [&str; 14] = [
    "currency",
    "lists",
    "demand",
    "demands",
    "zone",
    "positions",
    "headcount",
    "start",
    "end",
    "rules",
    "rate",
    "policy",
    "tiers",
    "cancellation",
];

static BOOK: LazyLock<JsonBook> = LazyLock::new(|| {
    let lists = br#"{"currency":"EUR","lists":[]}"#;
    JsonBook::read(lists, Arc::new(Zones::bundled())).unwrap()
});

fn operation() -> impl Strategy<Value = String> {
    let names: Vec<String> = catalog::operations().iter().map(|entry| entry.name.to_owned()).collect();
    prop_oneof![9 => prop::sample::select(names), 1 => ".{0,20}"]
}

fn context() -> Value {
    json!({
        "agency": "00000000-0000-4000-8000-000000000001",
        "actor": { "as": "operator" },
        "now": "2026-09-01T08:00:00Z",
        "command_id": "any",
        "entropy": "0a".repeat(32),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = wire::machine(&bytes);
    }

    #[test]
    fn any_text_as_input_is_read_or_refused(operation in operation(), input in "\\PC{0,80}") {
        let operation = Value::from(operation);
        let request = format!(r#"{{"context":{},"operation":{operation},"input":{input}}}"#, context());
        let _ = wire::machine(request.as_bytes());
    }

    #[test]
    fn any_input_runs_or_is_refused(operation in operation(), input in any_value()) {
        let request = json!({ "context": context(), "operation": operation, "input": input });
        let store = MemoryStore::default();
        if let Err(refusal) = wire::execute(&store, request.to_string().as_bytes(), &HashingSlots::default()) {
            prop_assert!(refusal.code.text() != "internal", "{refusal}");
        }
    }

    #[test]
    fn any_input_of_a_function_is_computed_or_refused(at in 0..functions().len(), input in any_value(),
        bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let name = functions()[at].name;
        let whole = json!({ "currency": "EUR", "lists": [], "demands": [input], "demand": input });
        for text in [input.to_string().into_bytes(), whole.to_string().into_bytes(), bytes] {
            if let Err(refusal) = compute(name, &text) {
                prop_assert!(refusal.code.text() != "internal", "{refusal}");
            }
        }
    }

    #[test]
    fn any_demand_is_priced_or_refused_alone(input in any_value()) {
        let batch = json!({ "demands": [input, input] }).to_string();
        let answers = BOOK.demands(batch.as_bytes()).map(|demands| BOOK.totals(demands));
        prop_assert!(answers.is_ok(), "{answers:?}");
        if let Err(refusal) = BOOK.estimate(input.to_string().as_bytes()) {
            prop_assert!(refusal.code.text() != "internal", "{refusal}");
        }
    }

    #[test]
    fn any_context_is_read_or_refused(field in prop::sample::select(vec!["agency", "actor", "now", "command_id",
        "entropy", "locale", "more"]), value in any_value()) {
        let mut context = context();
        context[field] = value;
        let request = json!({ "context": context, "operation": "agencies.get", "input": {} });
        if let Err(refusal) = wire::machine(request.to_string().as_bytes()) {
            let path = refusal.path.clone().unwrap_or_default();
            prop_assert!(path.starts_with("context"), "{path}: {refusal:?}");
        }
    }
}
