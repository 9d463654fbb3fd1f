//! Every range of every kind is one walk along one index: no sort, no scan, whatever the size of the file.
#![allow(clippy::unwrap_used)]

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use staffgate::catalog;
use staffgate::store::sql::{Dialect, ReadTexts, migrations};
use staffgate::store::{Bound, ColumnType, Cursor, IndexSpec, IndexValue, Kind, RangeRead, Read, Tenant};

fn values(kind: &Kind, index: &IndexSpec) -> Vec<IndexValue> {
    let value = |name: &&str| match kind.column(name).unwrap().column_type {
        ColumnType::Text => IndexValue::from("m"),
        ColumnType::Integer => IndexValue::from(5),
    };
    index.columns.iter().map(value).collect()
}

/// All shapes of a range: fixed columns, bound, cursor, direction.
fn shapes(kind: &'static Kind, index: &IndexSpec) -> Vec<RangeRead> {
    let values = values(kind, index);
    let mut shapes = Vec::new();
    for fixed in 0..=values.len() {
        let open = values.get(fixed).cloned();
        for bound in [Bound::default(), Bound { from: open.clone(), to: open }] {
            for after in [None, Some(Cursor { values: values.clone(), id: "x".to_owned() })] {
                for descending in [false, true] {
                    shapes.push(RangeRead {
                        tenant: Tenant::new("a"),
                        kind: kind.name.into(),
                        index: index.name.to_owned().into(),
                        equals: values.iter().take(fixed).cloned().collect(),
                        bound: bound.clone(),
                        descending,
                        limit: 10,
                        after: after.clone(),
                    });
                }
            }
        }
    }
    shapes
}

#[test]
fn every_range_is_one_search_in_its_index() {
    let connection = Connection::open_in_memory().unwrap();
    // As in the store: the plan is the same whatever the values are.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).unwrap();
    for statement in migrations(Dialect::Sqlite, catalog::kinds()).iter().flat_map(|one| &one.statements) {
        connection.execute_batch(statement).unwrap();
    }
    let texts = ReadTexts::new(Dialect::Sqlite, catalog::kinds());
    let mut count = 0;
    for kind in catalog::kinds() {
        for index in kind.indexes {
            for shape in shapes(kind, index) {
                let fixed = shape.equals.len();
                let has_limit = shape.after.is_some() || shape.bound != Bound::default();
                let read = Read::Range(shape);
                let (query, _) = texts.read(&read).unwrap();
                let plan = plan(&connection, &query.text);
                assert!(plan.starts_with("SEARCH "), "{}\n{plan}", query.text);
                assert!(
                    plan.contains(&format!("USING INDEX staffgate_{}_{}", kind.name, index.name)),
                    "{plan}"
                );
                assert!(!plan.contains("TEMP B-TREE"), "sorts: {}\n{plan}", query.text);
                let terms =
                    plan.matches("=?").count() + plan.matches(">?").count() + plan.matches("<?").count();
                let row_value = plan.matches(")>(").count() + plan.matches(")<(").count();
                let wanted = 1 + fixed + usize::from(has_limit);
                assert!(terms + row_value >= wanted, "seeks by {terms} of {wanted}: {}\n{plan}", query.text);
                count += 1;
            }
        }
    }
    assert!(count > 0);
}

fn plan(connection: &Connection, text: &str) -> String {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {text}")).unwrap();
    let steps = statement.raw_bind_parameter(1, "a").and_then(|()| {
        let mut rows = statement.raw_query();
        let mut steps = Vec::new();
        while let Some(row) = rows.next()? {
            steps.push(row.get::<_, String>(3)?);
        }
        Ok(steps)
    });
    steps.unwrap().join("; ")
}
