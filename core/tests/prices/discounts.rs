//! Discounts by volume: domain rule 5.10.

use serde_json::{Value, json};
use staffgate::pricing::engine::Book;
use staffgate::pricing::list::PriceList;

use crate::help::{base, demand, list, priced, shift, with};

/// 30.00 an hour, a tenth off above 100 hours.
fn v1(method: &str) -> Value {
    json!({
        "discounts": [{ "id": "volume", "name": "Volume discount", "of": ["base"], "method": method,
            "tiers": [{ "above_minutes": 6000, "percent": "10" }] }],
        "rules": [base("30.00")],
    })
}

/// So many hours by heads of ten hours each.
fn hours(hours: u32) -> Value {
    with(shift("2026-06-16T08:00", "2026-06-16T18:00"), json!({ "headcount": hours / 10 }))
}

fn net(list: Value, positions: &[Value]) -> String {
    priced(&[crate::help::list(list)], &demand("Europe/Berlin", positions)).net.to_string()
}

#[test]
fn v1_slab() {
    assert_eq!(net(v1("slab"), &[hours(120)]), "3240.00");
    // The tier is above 100 hours, not at them.
    assert_eq!(net(v1("slab"), &[hours(100)]), "3000.00");
}

#[test]
fn v1_graduated() {
    assert_eq!(net(v1("graduated"), &[hours(120)]), "3540.00");
    assert_eq!(net(v1("graduated"), &[hours(100)]), "3000.00");
}

#[test]
fn v1_counts_the_hours_of_the_whole_order() {
    assert_eq!(net(v1("slab"), &[hours(60), hours(60)]), "3240.00");
    assert_eq!(net(v1("graduated"), &[hours(60), hours(60)]), "3540.00");
}

#[test]
fn v1_is_a_line_of_its_own() {
    let list = list(v1("graduated"));
    let priced = priced(&[list], &demand("Europe/Berlin", &[hours(120)]));
    let line = priced.lines.last().unwrap();
    assert_eq!(
        (line.code.as_str(), line.rule.as_str(), line.name.as_str()),
        ("volume", "volume", "Volume discount")
    );
    assert_eq!((line.position, line.minutes), (None, None));
    assert_eq!((line.unit_price.to_string(), line.amount.to_string()), ("-60.00".into(), "-60.00".into()));
    assert_eq!(priced.lines.len(), 2);
    // What is written can be read.
    let text = serde_json::to_string(&priced).unwrap();
    assert_eq!(serde_json::from_str::<staffgate::pricing::estimate::PricedEstimate>(&text).unwrap(), priced);
}

#[test]
fn v1_each_vat_rate_has_its_own_allowance() {
    let mut list = v1("slab");
    list["vat"] = json!({ "percent": "20" });
    list["rules"] = json!([base("30.00"), { "id": "reduced", "when": { "skills": ["reader"] },
        "rate": { "kind": "per_hour", "amount": "33.333" }, "vat": { "percent": "10" } }]);
    let reader = with(hours(20), json!({ "skill": "reader" }));
    let priced = priced(&[crate::help::list(list)], &demand("Europe/Berlin", &[hours(100), reader]));
    // 120 h: a tenth of 3,000.00 and of 666.66, each rounded by itself.
    let discounts: Vec<(String, String)> = priced
        .lines
        .iter()
        .filter(|line| line.code.as_str() == "volume")
        .map(|line| (line.vat.percent.to_string(), line.amount.to_string()))
        .collect();
    assert_eq!(discounts, [("10".into(), "-66.67".into()), ("20".into(), "-300.00".into())]);
    // 2,700.00 at 20 % and 599.99 at 10 %.
    assert_eq!(priced.net.to_string(), "3299.99");
    assert_eq!(priced.vat_total.to_string(), "600.00");
    assert_eq!(priced.total.to_string(), "3899.99");
}

#[test]
fn v1_several_tiers() {
    let tiers =
        json!([{ "above_minutes": 6000, "percent": "10" }, { "above_minutes": 9000, "percent": "20" }]);
    let with_tiers = |method: &str| {
        let mut list = v1(method);
        list["discounts"][0]["tiers"] = tiers.clone();
        list
    };
    // 200 h at 30.00: a fifth off everything; or 50 h at 27.00 and 50 h at 24.00.
    assert_eq!(net(with_tiers("slab"), &[hours(200)]), "4800.00");
    assert_eq!(net(with_tiers("graduated"), &[hours(200)]), "5550.00");
}

#[test]
fn v1_premiums_are_discounted_without_counting_their_hours_again() {
    let mut list = v1("slab");
    list["discounts"][0]["of"] = json!(["base", "night"]);
    list["discounts"][0]["minutes_of"] = json!(["base"]);
    list["rules"] = json!([base("30.00"), crate::help::premium("night", "50", json!({}))]);
    // 60 h are no 120, even if each has a premium.
    assert_eq!(net(list.clone(), &[hours(60)]), "2700.00");
    // 120 h at 45.00, a tenth off.
    assert_eq!(net(list, &[hours(120)]), "4860.00");
}

fn refused(change: impl FnOnce(&mut Value)) -> (String, String) {
    let mut parts = v1("slab");
    change(&mut parts["discounts"][0]);
    let list: PriceList = list(parts);
    let refusal = Book::new(list.currency, &[list]).unwrap_err();
    (refusal.code.text().to_owned(), refusal.path.unwrap_or_default())
}

#[test]
fn v1_discounts_that_make_no_sense_are_refused() {
    let of = |code: &str, path: &str| (code.to_owned(), format!("lists[0].discounts[0].{path}"));
    assert_eq!(refused(|one| one["of"] = json!(["bas"])), of("component_unknown", "of[0]"));
    assert_eq!(refused(|one| one["of"] = json!([])), of("too_few", "of"));
    assert_eq!(refused(|one| one["minutes_of"] = json!(["bas"])), of("component_unknown", "minutes_of[0]"));
    assert_eq!(refused(|one| one["tiers"] = json!([])), of("too_few", "tiers"));
    assert_eq!(refused(|one| one["id"] = json!("base")), of("rule_twice", "id"));
    let twice = json!([{ "above_minutes": 60, "percent": "1" }, { "above_minutes": 60, "percent": "2" }]);
    assert_eq!(refused(|one| one["tiers"] = twice), of("out_of_range", "tiers[1].above_minutes"));
}
