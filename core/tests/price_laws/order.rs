//! What must not matter, and what must: sums, order, repetition, headcount.

use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

use crate::demands::any_demand;
use crate::lists::{Sort, any_list};
use crate::run::{book, config, demand, list, priced};

fn cents(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// A list with its rules in another order.
fn shuffled(sort: Sort) -> impl Strategy<Value = (Value, Value)> {
    any_list(sort).prop_flat_map(|list| {
        let rules = list["rules"].as_array().unwrap().clone();
        Just(rules).prop_shuffle().prop_map(move |rules| {
            let mut other = list.clone();
            other["rules"] = json!(rules);
            (list.clone(), other)
        })
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn lines_sum_to_the_total(list in any_list(Sort::Whole), demand in any_demand()) {
        let priced = priced(&list, &demand);
        let net: Decimal = priced.lines.iter().map(|line| line.amount.decimal()).sum();
        prop_assert_eq!(priced.net.decimal(), net);
        let rate: Decimal = list["vat"]["percent"].as_str().unwrap().parse().unwrap();
        let vat = cents(net * rate / Decimal::ONE_HUNDRED);
        prop_assert_eq!(priced.vat_total.decimal(), vat);
        prop_assert_eq!(priced.total.decimal(), net + vat);
        let halves = if list["policies"]["halves"] == "even" {
            RoundingStrategy::MidpointNearestEven
        } else {
            RoundingStrategy::MidpointAwayFromZero
        };
        for line in &priced.lines {
            let exact = match line.minutes {
                Some(minutes) => Decimal::from(minutes) * line.unit_price.decimal() / Decimal::from(60),
                None => line.quantity.unwrap().decimal() * line.unit_price.decimal(),
            };
            prop_assert_eq!(line.amount.decimal(), exact.round_dp_with_strategy(2, halves));
        }
    }

    #[test]
    fn the_order_of_the_rules_does_not_matter((list, other) in shuffled(Sort::Whole), demand in any_demand()) {
        let (one, other) = (priced(&list, &demand), priced(&other, &demand));
        prop_assert_eq!(&one.lines, &other.lines);
        prop_assert_eq!((one.net, one.vat_total, one.total), (other.net, other.vat_total, other.total));
        prop_assert_eq!(&one.vat, &other.vat);
    }

    /// A rule that asks for more than skill and role keeps the list from deciding kinds of minutes once for all demands.
    #[test]
    fn a_rule_that_never_applies_changes_nothing(list in any_list(Sort::Whole), demand in any_demand()) {
        let mut other = list.clone();
        other["rules"].as_array_mut().unwrap().push(json!({
            "id": "never", "when": { "headcount": { "over": 10_000 } },
            "rate": { "kind": "per_hour", "amount": "1000.00" },
        }));
        let (one, other) = (priced(&list, &demand), priced(&other, &demand));
        prop_assert_eq!(&one.lines, &other.lines);
        prop_assert_eq!((one.net, one.vat_total, one.total), (other.net, other.vat_total, other.total));
    }

    #[test]
    fn the_same_input_gives_the_same_bytes(value in any_list(Sort::Whole), wanted in any_demand()) {
        let bytes = || serde_json::to_vec(&book(&list(&value)).estimate(&demand(&wanted)).unwrap()).unwrap();
        prop_assert_eq!(bytes(), bytes());
    }

    #[test]
    fn more_headcount_never_costs_less(
        list in any_list(Sort::Whole), demand in any_demand(), at in any::<prop::sample::Index>(), more in 1_u32..20,
    ) {
        let mut larger = demand.clone();
        let positions = larger["positions"].as_array_mut().unwrap();
        let at = at.index(positions.len());
        let heads = positions[at]["headcount"].as_u64().unwrap() + u64::from(more);
        positions[at]["headcount"] = json!(heads);
        let (one, other) = (priced(&list, &demand), priced(&list, &larger));
        prop_assert!(one.net <= other.net, "{} {}", one.net, other.net);
        prop_assert!(one.total <= other.total);
    }
}
