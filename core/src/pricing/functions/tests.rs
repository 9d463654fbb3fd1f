//! What crosses as JSON: estimates, batches in which one demand is bad, limits, and the path of each refusal.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{JsonBook, MAX_BYTES, compute, functions};
use crate::engine::Packer;
use crate::pricing::engine::Zones;

/// 24.00 an hour and 25 % more from 22:00 to 06:00.
fn lists() -> Value {
    json!([{
        "id": "list", "currency": "EUR", "valid_from": "2020-01-01", "vat": { "percent": "20" },
        "components": [{ "code": "base", "name": "Work" }, { "code": "night", "name": "Night" }],
        "calendar": { "windows": [{ "code": "night", "from": "22:00", "to": "06:00" }] },
        "rules": [
            { "id": "base", "rate": { "kind": "per_hour", "amount": "24.00" } },
            { "id": "night", "component": "night", "when": { "window": "night" },
              "rate": { "kind": "percent", "percent": "25", "of": ["base"] } },
        ],
    }])
}

fn demand(start: &str, end: &str) -> Value {
    json!({ "zone": "Europe/Berlin", "positions": [{ "headcount": 1, "start": start, "end": end }] })
}

/// Night from 22:00 to 06:00: 8 x 24 = 192 and 8 x 6 = 48, together 240; VAT 48.
fn night() -> Value {
    demand("2026-06-16T22:00", "2026-06-17T06:00")
}

fn call(name: &str, input: &Value) -> Result<Value, (String, String)> {
    let reply = compute(name, input.to_string().as_bytes());
    reply
        .map(|text| serde_json::from_str(&text).unwrap())
        .map_err(|refusal| (refusal.code.text().to_owned(), refusal.path.unwrap_or_default()))
}

fn book() -> JsonBook {
    let lists = json!({ "currency": "EUR", "lists": lists() }).to_string();
    JsonBook::read(lists.as_bytes(), Arc::new(Zones::bundled())).unwrap()
}

#[test]
fn an_estimate_has_lines_and_totals() {
    let reply = call("estimate", &json!({ "currency": "EUR", "lists": lists(), "demand": night() })).unwrap();
    assert_eq!(reply["outcome"], "priced");
    let amounts: Vec<&Value> =
        reply["lines"].as_array().unwrap().iter().map(|line| &line["amount"]).collect();
    assert_eq!(amounts, ["192.00", "48.00"]);
    assert_eq!([&reply["net"], &reply["vat_total"], &reply["total"]], ["240.00", "48.00", "288.00"]);
    let same = book().estimate(night().to_string().as_bytes()).unwrap();
    assert_eq!(serde_json::to_value(same).unwrap(), reply);
}

#[test]
fn what_every_answer_of_a_book_says_is_among_its_words() {
    let book = book();
    let estimate = book.estimate(night().to_string().as_bytes()).unwrap();
    let packed = Packer::default().pack_beside(&book.words(), &estimate, 0).unwrap();
    let mut told: Vec<&str> = packed.each_text().collect();
    assert_eq!(told.pop().unwrap().len(), 64, "the hash of the answer is its own");
    let (first, last) = ("2026-06-16T20:00:00Z", "2026-06-17T04:00:00Z");
    assert_eq!(told, ["192.00", first, last, "6.00", "48.00", "240.00", "288.00"]);
}

#[test]
fn a_book_of_very_many_rules_keeps_the_words_of_the_first() {
    let rule = |number: usize| {
        json!({ "id": format!("rule{number}"), "when": { "skills": [format!("skill{number}")] },
        "rate": { "kind": "per_hour", "amount": "24.00" } })
    };
    let mut lists = lists();
    lists[0]["rules"] = (0..5_000).map(rule).collect();
    let book = JsonBook::read(
        json!({ "currency": "EUR", "lists": lists }).to_string().as_bytes(),
        Arc::new(Zones::bundled()),
    );
    let words = book.unwrap().words();
    // Most of the first 1,024 texts are met before: prices, names of components, rates of VAT.
    assert!((100..1_024).contains(&words.each().count()));
    assert!(words.each().any(|word| word == "kilometre"));
    let different: BTreeSet<&str> = words.each().collect();
    assert_eq!(different.len(), words.each().count(), "each once");
}

#[test]
fn a_bad_demand_leaves_the_others_as_they_are() {
    let unpriced = demand("2019-06-16T22:00", "2019-06-17T06:00");
    let mut unread = night();
    unread["positions"][0]["headcount"] = json!("two");
    let mut none = night();
    none["positions"][0]["headcount"] = json!(0);
    let demands = json!([night(), unread, 7, none, unpriced, night()]);
    let input = json!({ "demands": demands, "currency": "EUR", "lists": lists() });
    let reply = call("estimate_batch", &input).unwrap();
    assert_eq!(reply[0]["estimate"]["total"], "288.00");
    assert_eq!(reply[0]["refused"], Value::Null);
    assert_eq!(reply[5], reply[0]);
    let refused = |at: usize| [&reply[at]["refused"]["code"], &reply[at]["refused"]["path"]];
    assert_eq!(refused(1), ["wrong_type", "positions[0].headcount"]);
    assert_eq!(refused(2), [&json!("wrong_type"), &Value::Null]);
    assert_eq!(refused(3), ["out_of_range", "positions[0].headcount"]);
    assert_eq!(reply[4]["estimate"]["outcome"], "unpriced");
    let totals = call("total_batch", &input).unwrap();
    assert_eq!(
        totals[0],
        json!({ "outcome": "priced", "net": "240.00", "vat_total": "48.00", "total": "288.00" })
    );
    assert_eq!(totals[1]["refused"], reply[1]["refused"]);
    assert_eq!(totals[4], json!({ "outcome": "unpriced" }));
    let batch = json!({ "demands": demands }).to_string();
    let book = book();
    let demands = || book.demands(batch.as_bytes()).unwrap();
    assert_eq!(serde_json::to_value(book.results(demands())).unwrap(), reply);
    assert_eq!(serde_json::to_value(book.totals(demands())).unwrap(), totals);
}

#[test]
fn what_is_not_of_one_demand_refuses_the_whole_batch() {
    let fails = |input: Value| call("estimate_batch", &input).unwrap_err();
    let of = |code: &str, path: &str| (code.to_owned(), path.to_owned());
    let bad = json!([7]);
    assert_eq!(fails(json!({ "currency": "EUR", "demands": bad })), of("field_missing", "lists"));
    let input = json!({ "currency": "EURO", "lists": lists(), "demands": bad });
    assert_eq!(fails(input), of("unknown_currency", "currency"));
    let input = json!({ "currency": "CZK", "lists": lists(), "demands": [] });
    assert_eq!(fails(input), of("currency_mixed", "lists[0].currency"));
    assert_eq!(
        fails(json!({ "currency": "EUR", "lists": lists(), "demands": {} })),
        of("wrong_type", "demands")
    );
    let many = vec![night(); 10_001];
    assert_eq!(fails(json!({ "currency": "EUR", "lists": lists(), "demands": many })).0, "too_many");
    let most = vec![night(); 10_000];
    let reply =
        call("total_batch", &json!({ "currency": "EUR", "lists": lists(), "demands": most })).unwrap();
    assert_eq!(reply.as_array().unwrap().len(), 10_000);
}

#[test]
fn refusals_name_the_field() {
    let fails = |input: &Value| call("estimate", input).unwrap_err();
    let of = |code: &str, path: &str| (code.to_owned(), path.to_owned());
    let with = |pointer: &str, value: Value| {
        let mut input = json!({ "currency": "EUR", "lists": lists(), "demand": night() });
        *input.pointer_mut(pointer).unwrap() = value;
        input
    };
    assert_eq!(
        fails(&with("/demand/positions/0/headcount", json!(10_000_000))),
        of("out_of_range", "demand.positions[0].headcount")
    );
    assert_eq!(fails(&with("/demand/zone", json!("Europe/Atlantis"))), of("unknown_zone", "demand.zone"));
    assert_eq!(
        fails(&with("/demand/positions/0/end", json!("2027-07-21T06:00"))).1,
        "demand.positions[0].end"
    );
    assert_eq!(
        fails(&with("/lists/0/rules/1/when", json!({ "window": "dawn" }))).1,
        "lists[0].rules[1].when.window"
    );
    assert_eq!(fails(&json!({ "more": 1 })), of("field_unknown", "more"));
    assert_eq!(fails(&json!([])), of("not_json", ""));
    assert_eq!(call("price", &json!({})).unwrap_err().0, "unknown_operation");
    assert_eq!(compute("estimate", &[0xFF]).unwrap_err().code.text(), "not_json");
    let large = " ".repeat(MAX_BYTES + 1);
    assert_eq!(compute("estimate", large.as_bytes()).unwrap_err().code.text(), "input_too_large");
}

#[test]
fn a_list_of_ten_thousand_rules_is_read() {
    let rule = |number: usize| {
        json!({ "id": format!("rule{number}"), "when": { "skills": [format!("skill{number}"), format!("another.{number}"),
            format!("one.more.that.takes.room.{number}"), format!("and.one.that.takes.room.too.{number}"),
            format!("and.yet.another.one.in.the.list.{number}")] },
        "rate": { "kind": "per_hour", "amount": "24.00" } })
    };
    let mut lists = lists();
    lists[0]["rules"] = (0..10_000).map(rule).collect();
    let mut demand = night();
    demand["positions"][0]["skill"] = json!("skill9999");
    let input = json!({ "currency": "EUR", "lists": lists, "demand": demand });
    assert!(input.to_string().len() > crate::engine::MAX_INPUT_BYTES, "more than an operation takes");
    assert_eq!(call("estimate", &input).unwrap()["net"], "192.00");
}

#[test]
fn a_fee_is_previewed_and_explained() {
    // 100 % of an estimate of 500.00 with less than a day's notice.
    let policy = json!({ "tiers": [
        { "notice": { "kind": "minutes", "minutes": 1440 }, "fee": { "kind": "none" } },
        { "notice": { "kind": "minutes", "minutes": 0 }, "fee": { "kind": "full" } },
    ] });
    let cancellation = json!({
        "currency": "EUR", "zone": "Europe/Berlin", "start": "2026-06-16T08:00:00Z", "end": "2026-06-16T16:00:00Z",
        "cancelled_at": "2026-06-16T05:00:00Z",
        "groups": [{ "skill": "00000000-0000-4000-8000-000000000001", "per_hour": "25.00", "requested": 2,
            "booked": 2, "minutes": 480, "estimate": "500.00" }],
    });
    let facts = json!({ "policy": policy, "cancellation": cancellation });
    assert_eq!(call("preview_fee", &facts).unwrap()["fee"], "500.00");
    let sentences = call("explain_fee", &facts).unwrap();
    assert!(sentences[0].as_str().unwrap().contains("500.00 EUR"), "{sentences}");
    assert_eq!(call("check_cancellation", &json!({ "policy": policy })).unwrap(), json!([]));
    let empty = call("check_cancellation", &json!({ "policy": { "tiers": [] }, "locale": "fr" })).unwrap();
    assert_eq!([&empty[0]["code"], &empty[0]["severity"]], ["empty", "error"]);
    assert!(empty[0]["message"].as_str().unwrap().contains("palier"));
}

#[test]
fn names_are_known_once() {
    let mut names: Vec<&str> = functions().iter().map(|entry| entry.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), functions().len());
}
