//! The table of fields, written by hand, and the core's say of the same fields that they are there.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};

use prove::fields::Fields;
use prove::policies::Policies;
use prove::solver::properties::NEVER;
use staffgate::decisions::tables::VIEWS;

/// Every field of every view for people outside the agency.
fn views() -> BTreeMap<&'static str, Vec<String>> {
    VIEWS
        .iter()
        .map(|view| {
            let fields = view.table.paths().into_iter().map(|(field, _)| field);
            (view.table.schema, fields.collect())
        })
        .collect()
}

#[test]
fn d6_every_field_is_one_reading_in_the_table_that_was_written_by_hand() {
    let (table, views) = (Fields::read().unwrap(), views());
    let missing: Vec<String> = views
        .iter()
        .flat_map(|(view, fields)| fields.iter().map(move |field| (view, field)))
        .filter(|(view, field)| table.action(view, field).is_none())
        .map(|(view, field)| format!("{view}.{field}"))
        .collect();
    assert_eq!(missing, [""; 0], "fields of the core that stand in no line of policies/fields.txt");
    assert_eq!(
        table.without_field(&views),
        [""; 0],
        "lines of policies/fields.txt without a field in the core"
    );
}

#[test]
fn d6_every_reading_is_in_the_schema_and_no_field_is_pay_or_margin() {
    let policies = Policies::ours().unwrap();
    let known: BTreeSet<String> =
        policies.schema.actions().map(|action| action.id().unescaped().to_owned()).collect();
    let named: BTreeSet<&str> = Fields::read().unwrap().actions().collect();
    for action in &named {
        assert!(known.contains(*action), "{action}");
    }
    for never in NEVER.iter().copied() {
        assert!(!named.contains(never) && known.contains(never), "{never}");
    }
}

/// One law of the core over fields of two readings is fine, as long as each reading has one law.
#[test]
fn d6_fields_of_one_reading_are_under_one_law() {
    let table = Fields::read().unwrap();
    let mut laws: BTreeMap<(&str, &str), BTreeSet<_>> = BTreeMap::new();
    for view in VIEWS {
        for (field, law) in view.table.paths() {
            let action = table.action(view.table.schema, &field).expect("the other test says which");
            laws.entry((view.table.schema, action)).or_default().insert(law);
        }
    }
    for (reading, laws) in laws {
        // Parts of a fee and of an estimate hold fields of their own that are under the law of the whole.
        let is_nested = reading == ("ClientChangeView", "read_change_price");
        assert!(laws.len() == 1 || is_nested, "{reading:?}: {laws:?}");
    }
}
