//! Views and tables are equal: a field that stands in no table is in no view.

use std::collections::BTreeSet;

use serde_json::Value;

use super::VIEWS;
use crate::catalog;
use crate::visibility::{Audience, Holds, Table};

/// Operations for people outside the agency whose views have no table yet. A line here needs a reason.
const WITHOUT_TABLE: &[&str] = &[
    // Figures of prices lists, which are the client's own terms.
    "my_shifts.preview_cancellation",
    // The client's own purchase orders and approval chain, for those of its people who manage them.
    "my_approval_chain.set",
    "my_approval_chain.get",
    "my_purchase_orders.create",
    "my_purchase_orders.update",
    "my_purchase_orders.get",
    "my_purchase_orders.list",
    // People, not shifts: names and rights of the client's own people, for those who manage them.
    "my_people.list",
    "my_impersonations.list",
    // Names of events, which history/rules.rs lists.
    "my_history.of",
];

fn is_outside(name: &str) -> bool {
    name.starts_with("my_") || name.starts_with("public_") || name.starts_with("shared_")
}

/// The named type behind a reference, a nullable one, a list or a page.
fn target<'a>(types: &'a Value, schema: &'a Value) -> Option<(&'a str, &'a Value)> {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
        let found = &types[name];
        let fields = found["properties"].as_object();
        if fields.is_some_and(|fields| {
            fields.len() == 2 && fields.contains_key("items") && fields.contains_key("next")
        }) {
            return target(types, &found["properties"]["items"]);
        }
        return Some((name, found));
    }
    if let Some(items) = schema.get("items") {
        return target(types, items);
    }
    schema["anyOf"].as_array()?.iter().find_map(|one| target(types, one))
}

/// The fields of a type, of all its variants if it has some, but those of the same name once.
fn fields(types: &Value, schema: &Value) -> Vec<(String, Value)> {
    let mut found: Vec<(String, Value)> = Vec::new();
    if let Some((_, referred)) = schema.get("$ref").and_then(|_| target(types, schema)) {
        found.extend(fields(types, referred));
    }
    if let Some(properties) = schema["properties"].as_object() {
        found.extend(properties.iter().map(|(name, schema)| (name.clone(), schema.clone())));
    }
    for variant in schema["oneOf"].as_array().into_iter().flatten() {
        found.extend(fields(types, variant));
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found.dedup_by(|one, other| one.0 == other.0);
    found
}

fn compare(types: &Value, path: &str, schema: &Value, table: &Table, faults: &mut Vec<String>) {
    let there = fields(types, schema);
    for (name, schema) in &there {
        let Some(field) = table.fields.iter().find(|field| field.name == name) else {
            faults.push(format!("{path}.{name} stands in no table"));
            continue;
        };
        let inner = target(types, schema).filter(|(_, inner)| !fields(types, inner).is_empty());
        match (field.holds, inner) {
            (Holds::Value, None) => {}
            (Holds::One(table) | Holds::Many(table), Some((name, inner))) if name == table.schema => {
                compare(types, &format!("{path}.{}", field.name), inner, table, faults);
            }
            (_, inner) => {
                let name = inner.map(|(name, _)| name);
                faults.push(format!("{path}.{} holds {name:?}, not what its table says", field.name));
            }
        }
    }
    for field in table.fields {
        if !there.iter().any(|(name, _)| name == field.name) {
            faults.push(format!("{path}.{} stands in the table and is in no view", field.name));
        }
    }
}

#[test]
fn d6_every_field_for_people_outside_the_agency_stands_in_a_table() {
    let catalog = catalog::describe();
    let mut faults = Vec::new();
    for operation in &catalog.operations {
        let reply = serde_json::to_value(&operation.reply).unwrap();
        let view = VIEWS.iter().find(|view| view.operations.contains(&operation.name));
        match (view, target(&catalog.types, &reply)) {
            (Some(view), Some((name, schema))) if name == view.table.schema => {
                compare(&catalog.types, name, schema, view.table, &mut faults);
            }
            (Some(view), found) => faults.push(format!(
                "{} answers with {:?}, not {}",
                operation.name,
                found.map(|(name, _)| name),
                view.table.schema
            )),
            (None, _) if !is_outside(operation.name) || WITHOUT_TABLE.contains(&operation.name) => {}
            (None, _) => faults.push(format!("{} has no table", operation.name)),
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_view_names_operations_that_there_are() {
    let names: BTreeSet<&str> = catalog::operations().iter().map(|entry| entry.name).collect();
    for name in VIEWS.iter().flat_map(|view| view.operations).chain(WITHOUT_TABLE) {
        assert!(names.contains(name), "{name}");
    }
}

#[test]
fn d6_a_field_that_is_in_no_table_is_found() {
    let types = serde_json::json!({
        "V": { "properties": { "id": { "type": "string" }, "pay": { "type": "string" }, "in": { "$ref": "#/$defs/W" } } },
        "W": { "properties": { "margin": { "type": "string" } } },
    });
    crate::visibility::table! {
        #[allow(unreachable_pub)]
        INNER "W" { Listed: gone; }
        #[allow(unreachable_pub)]
        OUTER "V" { Listed: id, inside one INNER; }
    }
    let mut faults = Vec::new();
    compare(&types, "V", &types["V"], &OUTER, &mut faults);
    assert_eq!(
        faults,
        [
            "V.in stands in no table",
            "V.pay stands in no table",
            "V.inside stands in the table and is in no view"
        ]
    );
    faults.clear();
    compare(&types, "W", &types["W"], &INNER, &mut faults);
    assert_eq!(faults, ["W.margin stands in no table", "W.gone stands in the table and is in no view"]);
}

#[test]
fn a13_the_public_page_shows_less_than_any_table_for_clients() {
    // By name: whatever stands on the public page, some view for the least of users holds too; but for names, which the
    // agency sets, and the mark for search engines.
    let known: BTreeSet<String> = VIEWS
        .iter()
        .filter(|view| view.audience == Audience::Client)
        .flat_map(|view| view.table.paths())
        .filter(|(_, law)| law.permissions().is_empty())
        .map(|(path, _)| path)
        .collect();
    let page = VIEWS.iter().find(|view| view.operations.contains(&"public_page.get")).unwrap();
    let paths = page.table.paths();
    for (path, law) in &paths {
        let inner = path.strip_prefix("shifts[].").unwrap_or(path);
        let is_set = law == &crate::visibility::Law::PublicNames;
        assert!(known.contains(inner) || is_set || ["noindex", "shifts"].contains(&inner), "{path}");
    }
    for never in
        ["phone", "note", "site_name", "site_address", "tags", "id", "estimate", "picture", "lead", "team"]
    {
        assert!(paths.iter().all(|(path, _)| path.rsplit(['.', ']']).next() != Some(never)), "{never}");
    }
    assert!(paths.len() < known.len());
}
