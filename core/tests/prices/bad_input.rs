//! Lists and demands that make no sense: each a refusal with code, path and the rule's id.

use serde_json::{Value, json};
use staffgate::engine::{Class, Refusal, decode};
use staffgate::pricing::demand::Demand;
use staffgate::pricing::engine::Book;
use staffgate::pricing::list::{PriceList, read};

use crate::help::{base, demand, list, premium, refused, shift, with};

/// Code, path and rule of a refusal.
fn told(refusal: &Refusal) -> (&str, &str, Option<&str>) {
    let rule = refusal.details.iter().find(|(name, _)| *name == "rule").map(|(_, rule)| rule.as_str());
    (refusal.code.text(), refusal.path.as_deref().unwrap_or_default(), rule)
}

/// The JSON of a list with some rules.
fn text(rules: &Value) -> Value {
    let mut value = serde_json::to_value(list(json!({}))).unwrap();
    value["rules"] = rules.clone();
    value
}

/// Why a list is not even read.
fn unread(value: &Value) -> Refusal {
    read(&value.to_string()).unwrap_err()
}

/// Why a list is read but not compiled.
fn uncompiled(value: &Value) -> Refusal {
    let list = read(&value.to_string()).unwrap();
    Book::new(list.currency, &[list]).unwrap_err()
}

fn percent(id: &str, component: &str, of: &str) -> Value {
    json!({ "id": id, "component": component, "rate": { "kind": "percent", "percent": "10", "of": [of] } })
}

#[test]
fn percentages_that_lead_back_to_themselves() {
    let two = json!([base("20"), percent("n", "night", "late"), percent("l", "late", "night")]);
    let refusal = uncompiled(&text(&two));
    assert_eq!(told(&refusal).0, "component_cycle");
    assert!(matches!(told(&refusal).2, Some("n" | "l")), "{refusal:?}");
    for (rules, path, rule) in [
        (json!([base("20"), percent("n", "night", "night")]), "lists[0].rules[1].rate.of", "n"),
        (json!([percent("b", "base", "base")]), "lists[0].rules[0].rate.of", "b"),
        // Within a group that stacks.
        (json!([base("20"), percent("n", "night", "weekend")]), "lists[0].rules[1].rate.of", "n"),
    ] {
        assert_eq!(told(&uncompiled(&text(&rules))), ("component_cycle", path, Some(rule)));
    }
}

#[test]
fn names_that_stand_for_nothing_or_for_two_things() {
    let nested = json!([{ "id": "outer", "rules": [percent("n", "nope", "base")] }]);
    let twice = json!([base("20"), { "id": "outer", "otherwise": [base("20")] }]);
    let window = json!([with(base("20"), json!({ "when": { "window": "nope" } }))]);
    for (rules, code, path, rule) in [
        (json!([percent("n", "nope", "base")]), "component_unknown", "lists[0].rules[0].component", "n"),
        (json!([percent("n", "night", "nope")]), "component_unknown", "lists[0].rules[0].rate.of[0]", "n"),
        (nested, "component_unknown", "lists[0].rules[0].rules[0].component", "n"),
        (twice, "rule_twice", "lists[0].rules[1].otherwise[0].id", "base"),
        (window, "window_unknown", "lists[0].rules[0].when.window", "base"),
    ] {
        assert_eq!(told(&uncompiled(&text(&rules))), (code, path, Some(rule)));
    }
}

#[test]
fn calendars_that_make_no_sense() {
    let window = |from: &str, to: &str| json!({ "windows": [{ "code": "w", "from": from, "to": to }] });
    let mut value = text(&json!([base("20")]));
    for (from, to) in [("22:00", "22:00"), ("00:00", "00:00"), ("24:00", "24:00")] {
        value["calendar"] = window(from, to);
        assert_eq!(
            told(&uncompiled(&value)),
            ("window_empty", "lists[0].calendar.windows[0].to", None),
            "{from}"
        );
    }
    for (from, to) in
        [("25:00", "06:00"), ("22:00", "24:01"), ("22:60", "23:00"), ("22", "23:00"), ("é2:00", "23:00")]
    {
        value["calendar"] = window(from, to);
        assert_eq!(told(&unread(&value)).0, "malformed", "{from}-{to}");
    }
    value["calendar"] = json!({ "holidays": [
        { "name": "Backwards", "from": "2026-12-25T00:00", "to": "2026-12-24T18:00" }] });
    assert_eq!(told(&uncompiled(&value)), ("end_before_start", "lists[0].calendar.holidays[0].to", None));
}

#[test]
fn rates_below_zero_or_beyond_all_measure() {
    for amount in
        ["-1", "-0.0001", "1000000.0001", "1000001", "99999999999999999999999999999999999", "0.00001"]
    {
        let refusal = unread(&text(&json!([{ "id": "outer", "rules": [base(amount)] }])));
        let (code, path, rule) = told(&refusal);
        assert!(matches!(code, "out_of_range" | "malformed"), "{amount}: {code}");
        assert!(path.starts_with("rules[0].rules[0].rate"), "{amount}: {path}");
        assert_eq!(rule, Some("base"), "{amount}");
    }
}

#[test]
fn numbers_that_are_none() {
    for number in ["NaN", "Infinity", "-Infinity", "inf", "1e3", "1e999", "", " 25", "25 %", "0x10", "1_000"]
    {
        let rules = json!([base("20"), premium("night", number, json!({}))]);
        let refusal = unread(&text(&rules));
        let (code, path, rule) = told(&refusal);
        assert_eq!((code, rule), ("malformed", Some("night")), "{number}");
        assert!(path.starts_with("rules[1].rate"), "{path}");
    }
    for percent in ["-1", "1000.0001", "1001"] {
        let refusal = unread(&text(&json!([premium("night", percent, json!({}))])));
        assert_eq!((told(&refusal).0, told(&refusal).2), ("out_of_range", Some("night")), "{percent}");
    }
    // Figures are texts, so that no float comes near them; JSON knows no number that is not finite.
    let mut rule = base("20");
    rule["rate"]["amount"] = json!(20.5);
    assert_eq!(told(&unread(&text(&json!([rule])))).0, "wrong_type");
    let refusal = read(&text(&json!([base("20")])).to_string().replace("\"20\"", "NaN")).unwrap_err();
    assert_eq!(told(&refusal).0, "not_json");
}

#[test]
fn more_rules_than_a_list_may_have() {
    let rules =
        |count: usize| json!((0..count).map(|at| json!({ "id": format!("r{at}") })).collect::<Vec<_>>());
    assert_eq!(told(&unread(&text(&rules(10_001)))).0, "too_many");
    let million = text(&rules(1_000_000)).to_string();
    assert_eq!(told(&read(&million).unwrap_err()).0, "input_too_large");
    // Nested ones are counted.
    let nested = json!([{ "id": "outer", "rules": rules(10_000) }]);
    assert_eq!(told(&uncompiled(&text(&nested))), ("too_many", "lists[0].rules", Some("r9999")));
}

#[test]
fn rules_in_rules_in_rules() {
    let nested = |levels: usize| {
        (0..levels).fold(base("20"), |inner, level| json!({ "id": format!("l{level}"), "rules": [inner] }))
    };
    assert!(
        Book::new(list(json!({})).currency, &[read(&text(&json!([nested(7)])).to_string()).unwrap()]).is_ok()
    );
    assert_eq!(told(&uncompiled(&text(&json!([nested(8)])))).0, "too_many");
    let deep = format!("{}{}", r#"{"rules":["#.repeat(100_000 / 2), "]}".repeat(100_000 / 2));
    assert_eq!(read(&deep).unwrap_err().class(), Class::Invalid);
}

#[test]
fn rates_that_do_not_fit_their_unit() {
    let rule = |unit: Value, rate: Value| json!([{ "id": "r", "unit": unit, "rate": rate }]);
    let (hour, each) =
        (json!({ "kind": "per_hour", "amount": "1" }), json!({ "kind": "each", "amount": "1" }));
    for (unit, rate) in
        [("flat", &hour), ("kilometre", &hour), ("worked", &each), ("planned", &each), ("beyond_plan", &each)]
    {
        let refusal = uncompiled(&text(&rule(json!({ "kind": unit }), rate.clone())));
        assert_eq!(told(&refusal), ("rate_unfit", "lists[0].rules[0].rate", Some("r")), "{unit}");
    }
    for (unit, field) in [
        (json!({ "kind": "minimum_call", "minutes": 1441 }), "minutes"),
        (json!({ "kind": "in_shift_after", "minutes": 44_641 }), "minutes"),
        (json!({ "kind": "per_week_after", "minutes": 10_081 }), "minutes"),
        (json!({ "kind": "per_week_after", "minutes": 60, "weeks": 0 }), "weeks"),
        (json!({ "kind": "per_week_after", "minutes": 60, "weeks": 4_294_967_295_u32 }), "weeks"),
    ] {
        let refusal = uncompiled(&text(&rule(unit.clone(), hour.clone())));
        let path = format!("lists[0].rules[0].unit.{field}");
        assert_eq!(told(&refusal), ("out_of_range", path.as_str(), Some("r")), "{unit}");
    }
}

#[test]
fn taxes_that_do_not_exist() {
    let mut value = text(&json!([base("20")]));
    value["vat"] = json!({ "category": "AE", "percent": "21" });
    assert_eq!(told(&uncompiled(&value)), ("out_of_range", "lists[0].vat.percent", None));
    let rule = with(base("20"), json!({ "vat": { "category": "E", "percent": "5" } }));
    let refusal = uncompiled(&text(&json!([rule])));
    assert_eq!(told(&refusal), ("out_of_range", "lists[0].rules[0].vat.percent", Some("base")));
}

#[test]
fn lists_that_do_not_belong_together() {
    let (euro, franc) = (list(json!({})), list(json!({ "currency": "CHF", "id": "other" })));
    let refusal = Book::new(euro.currency, &[euro.clone(), franc]).unwrap_err();
    assert_eq!(told(&refusal), ("currency_mixed", "lists[1].currency", None));
    let refusal = Book::new(euro.currency, &[euro.clone(), euro.clone()]).unwrap_err();
    assert_eq!(told(&refusal).0, "price_version_exists");
    let refusal = Book::new(euro.currency, &vec![euro.clone(); 1001]).unwrap_err();
    assert_eq!(told(&refusal), ("too_many", "lists", None));
    let mut value = text(&json!([]));
    value["currency"] = json!("XQQ");
    assert_eq!(told(&unread(&value)).1, "currency");
}

fn plain() -> PriceList {
    list(json!({ "rules": [base("20")] }))
}

#[test]
fn shifts_beyond_all_measure() {
    let at = |code: &str, path: &str| (code.to_owned(), format!("positions[0].{path}"));
    let days = |end: &str| shift("2026-01-01T00:00", end);
    assert_eq!(refused(&plain(), days("2027-02-05T00:00")), at("shift_too_long", "end"));
    assert_eq!(refused(&plain(), days("2026-02-01T00:01")), at("shift_too_long", "end"));
    assert_eq!(refused(&plain(), days("2026-01-01T00:00")), at("end_before_start", "end"));
    assert_eq!(refused(&plain(), days("2025-12-31T00:00")), at("end_before_start", "end"));
    assert_eq!(refused(&plain(), shift("9998-01-01T00:00", "9998-01-01T08:00")), at("out_of_range", "start"));
    assert_eq!(refused(&plain(), shift("2200-01-01T00:00", "2200-01-01T08:00")), at("out_of_range", "start"));
    for headcount in [0, 10_001, 10_000_000, u32::MAX] {
        let position = with(days("2026-01-01T08:00"), json!({ "headcount": headcount }));
        assert_eq!(refused(&plain(), position), at("out_of_range", "headcount"), "{headcount}");
    }
    let two = with(days("2026-01-01T08:00"), json!({ "headcount": 2, "person": "kim" }));
    assert_eq!(refused(&plain(), two), at("out_of_range", "headcount"));
    let pause = with(days("2026-01-01T08:00"), json!({ "breaks": [{ "minutes": 4_294_967_295_u32 }] }));
    assert_eq!(refused(&plain(), pause), at("break_too_long", "breaks"));
}

fn unread_demand(positions: &Value) -> (String, String) {
    let text = json!({ "zone": "Europe/Berlin", "positions": positions }).to_string();
    let refusal = decode::<Demand>(&text).unwrap_err();
    (refusal.code.text().to_owned(), refusal.path.unwrap_or_default())
}

#[test]
fn demands_that_are_not_even_read() {
    let hour = || shift("2026-01-01T00:00", "2026-01-01T01:00");
    let of = |code: &str, path: &str| (code.to_owned(), path.to_owned());
    for time in ["9999-12-31T23:00", "1969-12-31T23:00"] {
        let position = with(hour(), json!({ "end": time }));
        assert_eq!(
            unread_demand(&json!([hour(), position])),
            of("out_of_range", "positions[1].end"),
            "{time}"
        );
    }
    for time in ["10000-01-01T00:00", "2026-02-30T00:00", "2026-01-01"] {
        let position = with(hour(), json!({ "end": time }));
        assert_eq!(unread_demand(&json!([position])), of("malformed", "positions[0].end"), "{time}");
    }
    for headcount in [json!(-1), json!(1.5), json!("1"), json!(4_294_967_296_u64)] {
        let position = with(hour(), json!({ "headcount": headcount }));
        assert_eq!(unread_demand(&json!([position])).1, "positions[0].headcount");
    }
    assert_eq!(unread_demand(&json!(vec![hour(); 5001])), of("too_many", "positions"));
    assert_eq!(
        unread_demand(&json!([with(hour(), json!({ "more": 1 }))])),
        of("field_unknown", "positions[0].more")
    );
    let book = Book::new(plain().currency, &[plain()]).unwrap();
    let refusal = book.estimate(&demand("Europe/Berlin", &[])).unwrap_err();
    assert_eq!(told(&refusal), ("too_few", "positions", None));
}

#[test]
fn amounts_beyond_what_can_be_counted() {
    let dearest = |list: &PriceList, headcount: u32, positions: usize| {
        let position = with(shift("2026-01-01T00:00", "2026-02-01T00:00"), json!({ "headcount": headcount }));
        Book::new(list.currency, std::slice::from_ref(list))
            .unwrap()
            .estimate(&demand("Etc/UTC", &vec![position; positions]))
            .unwrap_err()
    };
    let dear = list(json!({ "rules": [base("1000000")] }));
    let refusal = dearest(&dear, 10_000, 5000);
    assert_eq!(told(&refusal), ("amount_too_large", "positions[0]", None));
    // Each position alone can be counted, all of them together cannot: 1,000,000 x 744 h x 1,344 is 999,936,000,000.
    assert_eq!(told(&dearest(&dear, 1344, 5000)).0, "amount_too_large");
    let taxed = list(json!({ "vat": { "percent": "100" }, "rules": [base("1000000")] }));
    assert_eq!(told(&dearest(&taxed, 1344, 1)).0, "amount_too_large");
}

#[test]
fn percentages_of_percentages_beyond_what_can_be_counted() {
    let components: Vec<Value> =
        (0..50).map(|at| json!({ "code": format!("c{at}"), "name": "Component" })).collect();
    let mut rules = vec![json!({ "id": "c0", "rate": { "kind": "per_hour", "amount": "1000000" } })];
    rules.extend((1..50).map(|at| {
        json!({ "id": format!("c{at}"), "component": format!("c{at}"),
            "rate": { "kind": "percent", "percent": "1000", "of": [format!("c{}", at - 1)] } })
    }));
    let list = list(json!({ "components": components, "rules": rules }));
    let hour = shift("2026-01-01T00:00", "2026-01-01T01:00");
    assert_eq!(refused(&list, hour), ("amount_too_large".to_owned(), "positions[0]".to_owned()));
}

#[test]
fn a_list_cannot_hold_what_a_worker_earns() {
    let mut rule = base("20");
    rule["pay_per_hour"] = json!("14.00");
    assert_eq!(told(&unread(&text(&json!([rule])))).0, "field_unknown");
}
