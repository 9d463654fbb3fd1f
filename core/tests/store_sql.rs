//! The SQL texts: names that every database takes, the tenant first everywhere, and ranges that seek.

use std::collections::BTreeSet;

use staffgate::catalog;
use staffgate::store::sql::{Dialect, Present, ReadTexts, Value, WriteTexts, additions, migrations};
use staffgate::store::{Bound, Cursor, RangeRead, Read, StoreErrorKind, Tenant, contract};

/// PostgreSQL cuts longer names.
const LONGEST_NAME: usize = 63;

#[test]
fn names_need_no_escape_and_are_not_cut() {
    let plain = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let fixed = ["tenant", "id", "version", "body"];
    let taken = ["migrations", "claims", "commands", "events", "heads"];
    let mut tables = BTreeSet::new();
    let mut indexes = BTreeSet::new();
    for kind in catalog::kinds() {
        assert!(plain(kind.name) && !taken.contains(&kind.name), "{}", kind.name);
        assert!(tables.insert(kind.name), "two kinds are called {}", kind.name);
        let columns: BTreeSet<&str> = kind.columns.iter().map(|column| column.name).collect();
        assert_eq!(columns.len(), kind.columns.len(), "{}", kind.name);
        assert!(columns.iter().all(|name| plain(name) && !fixed.contains(name)), "{}", kind.name);
        for index in kind.indexes {
            let name = format!("staffgate_{}_{}", kind.name, index.name);
            assert!(plain(index.name) && name.len() <= LONGEST_NAME, "{name}");
            assert!(index.columns.iter().all(|column| columns.contains(column)), "{name}");
            assert!(indexes.insert(name), "{}: {}", kind.name, index.name);
        }
    }
}

#[test]
fn the_tenant_is_first_in_every_key_and_index() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        for statement in migrations(dialect, catalog::kinds()).iter().flat_map(|one| &one.statements) {
            if statement.contains("staffgate_migrations") {
                continue;
            }
            let begin =
                if statement.starts_with("CREATE INDEX") { " (tenant, " } else { "PRIMARY KEY (tenant" };
            assert!(statement.contains(begin), "{statement}");
            assert!(statement.contains("IF NOT EXISTS"), "not resumable: {statement}");
        }
    }
}

#[test]
fn postgres_texts_compare_by_bytes() {
    for statement in migrations(Dialect::Postgres, catalog::kinds()).iter().flat_map(|one| &one.statements) {
        let texts = statement.matches(" TEXT").count();
        assert_eq!(statement.matches(" TEXT COLLATE \"C\"").count(), texts, "{statement}");
        assert!(!statement.contains("STRICT") && !statement.contains("ROWID"), "{statement}");
    }
}

#[test]
fn migrations_print_as_a_script() {
    let script = migrations(Dialect::Sqlite, contract::kinds())[0].to_string();
    assert!(
        script.starts_with("-- 1: tables\nCREATE TABLE IF NOT EXISTS staffgate_migrations ("),
        "{script}"
    );
    assert!(script.contains(
        "CREATE TABLE IF NOT EXISTS staffgate_contract_item (tenant TEXT NOT NULL, id TEXT NOT NULL, \
         version INTEGER NOT NULL, \"owner\" TEXT, \"starts_at\" INTEGER, \"label\" TEXT, body TEXT NOT NULL, \
         PRIMARY KEY (tenant, id)) STRICT;\n"
    ));
    assert!(script.contains(
        "CREATE INDEX IF NOT EXISTS staffgate_contract_item_by_owner_start ON staffgate_contract_item \
         (tenant, \"owner\", \"starts_at\", id) WHERE \"owner\" IS NOT NULL AND \"starts_at\" IS NOT NULL;\n"
    ));
    assert!(script.ends_with("ON CONFLICT DO NOTHING;\n"), "{script}");
}

#[test]
fn additions_name_only_what_is_missing() {
    let column = |name: &str| ("staffgate_contract_item".to_owned(), name.to_owned());
    let mut present = Present {
        columns: ["tenant", "id", "version", "body", "owner", "label"].map(column).into(),
        indexes: ["staffgate_contract_item_by_label".to_owned()].into(),
    };
    let missing = additions(Dialect::Sqlite, contract::kinds(), &present);
    assert_eq!(missing.len(), 3, "{missing:?}");
    assert_eq!(missing[0], "ALTER TABLE staffgate_contract_item ADD COLUMN \"starts_at\" INTEGER");
    assert!(missing[1].starts_with("CREATE INDEX IF NOT EXISTS staffgate_contract_item_by_owner_start "));
    assert!(missing[2].starts_with("CREATE TABLE IF NOT EXISTS staffgate_contract_bare "));
    present.columns.insert(column("starts_at"));
    present.columns.insert(("staffgate_contract_bare".to_owned(), "tenant".to_owned()));
    present.indexes.insert("staffgate_contract_item_by_owner_start".to_owned());
    assert_eq!(additions(Dialect::Sqlite, contract::kinds(), &present), Vec::<String>::new());
}

fn range() -> RangeRead {
    RangeRead {
        tenant: Tenant::new("a"),
        kind: "contract_item".into(),
        index: "by_owner_start".into(),
        equals: vec!["x".into()],
        bound: Bound::default(),
        descending: false,
        limit: 50,
        after: None,
    }
}

#[test]
fn a_page_seeks_by_its_cursor() {
    let after = Cursor { values: vec!["x".into(), 20.into()], id: "r2".to_owned() };
    let read = Read::Range(RangeRead {
        bound: Bound { from: Some(10.into()), to: Some(30.into()) },
        after: Some(after),
        ..range()
    });
    let texts = ReadTexts::new(Dialect::Postgres, contract::kinds());
    let (query, _) = texts.read(&read).unwrap();
    assert_eq!(
        query.text,
        "SELECT id, version, body FROM staffgate_contract_item WHERE tenant = $1 AND \"owner\" = $2 \
         AND \"starts_at\" IS NOT NULL AND \"starts_at\" < $3 AND (\"starts_at\", id) > ($4, $5) \
         ORDER BY \"starts_at\", id LIMIT $6"
    );
    let text = Value::Text;
    let wanted =
        [text("a"), text("x"), Value::Integer(30), Value::Integer(20), text("r2"), Value::Integer(50)];
    assert_eq!(query.values, wanted);
}

#[test]
fn a_put_counts_its_version_in_the_database() {
    let texts = WriteTexts::new(Dialect::Sqlite, contract::kinds());
    let put = staffgate::store::Put {
        tenant: Tenant::new("a"),
        kind: "contract_item".into(),
        id: "r1".to_owned(),
        columns: vec![("label".into(), "l".into())],
        body: "{}".to_owned(),
    };
    let query = texts.put(&put).unwrap();
    assert_eq!(
        query.text,
        "INSERT INTO staffgate_contract_item (tenant, id, \"owner\", \"starts_at\", \"label\", body, version) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1) ON CONFLICT (tenant, id) DO UPDATE SET \
         version = staffgate_contract_item.version + 1, body = excluded.body, \"owner\" = excluded.\"owner\", \
         \"starts_at\" = excluded.\"starts_at\", \"label\" = excluded.\"label\""
    );
    let text = Value::Text;
    assert_eq!(query.values, [text("a"), text("r1"), Value::Null, Value::Null, text("l"), text("{}")]);
}

#[test]
fn ranges_that_do_not_fit_their_index_are_refused() {
    let texts = ReadTexts::new(Dialect::Sqlite, contract::kinds());
    let kind_of = |range: RangeRead| texts.read(&Read::Range(range)).map(|_| ()).unwrap_err().kind;
    let cursor = |values| Some(Cursor { values, id: String::new() });
    let from = |value| Bound { from: Some(value), to: None };
    for misfit in [
        RangeRead { equals: vec!["x".into(), 1.into(), "y".into()], ..range() },
        RangeRead { equals: vec!["x".into(), 1.into()], bound: from(1.into()), ..range() },
        RangeRead { equals: vec![1.into()], ..range() },
        RangeRead { bound: from("text".into()), ..range() },
        RangeRead { after: cursor(vec!["x".into()]), ..range() },
        RangeRead { after: cursor(vec!["x".into(), "y".into()]), ..range() },
    ] {
        assert_eq!(kind_of(misfit), StoreErrorKind::Internal);
    }
    assert_eq!(kind_of(RangeRead { index: "by_nothing".into(), ..range() }), StoreErrorKind::UnknownKind);
}
