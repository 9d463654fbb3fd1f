//! Cases about cursors: every row once, in both directions, whatever happens between two pages.

use super::Case;
use super::build::{Item, Script, by_label, by_owner_start, item, set};

fn shift(id: &str, owner: &str, starts_at: i64) -> Item {
    item(id).owner(owner).starts_at(starts_at)
}

/// Five rows of one owner, three of them at the same time, and one row of each neighbour.
fn rows() -> [Item; 7] {
    [
        shift("r1", "x", 10),
        shift("r2", "x", 20),
        shift("r3", "x", 20),
        shift("r4", "x", 20),
        shift("r5", "x", 30),
        shift("before", "w", 99),
        shift("behind", "y", 1),
    ]
}

pub(super) fn cases() -> Vec<Case> {
    let mut all = directions();
    all.extend(limits());
    all
}

fn directions() -> Vec<Case> {
    let up =
        Script::new("cursor_ascending", "pages hold every row once, also where many rows have the same time");
    let a = up.tenant("a");
    let x = by_owner_start(&a).equals("x").limit(2);
    let up = up
        .commits(set(&a, "c1").put_all(rows()))
        .ids(x.clone(), &["r1", "r2"])
        .ids(x.clone().after(vec!["x".into(), 20.into()], "r2"), &["r3", "r4"])
        .ids(x.clone().after(vec!["x".into(), 20.into()], "r4"), &["r5"])
        .ids(x.after(vec!["x".into(), 30.into()], "r5"), &[]);

    let down = Script::new("cursor_descending", "pages the other way round hold every row once too");
    let a = down.tenant("a");
    let x = by_owner_start(&a).equals("x").descending().limit(2);
    let down = down
        .commits(set(&a, "c1").put_all(rows()))
        .ids(x.clone(), &["r5", "r4"])
        .ids(x.clone().after(vec!["x".into(), 20.into()], "r4"), &["r3", "r2"])
        .ids(x.clone().after(vec!["x".into(), 20.into()], "r2"), &["r1"])
        .ids(x.after(vec!["x".into(), 10.into()], "r1"), &[]);

    let open = Script::new("cursor_without_fixed_columns", "a cursor goes over the limits between owners");
    let a = open.tenant("a");
    let all = by_owner_start(&a).limit(2);
    let open = open
        .commits(set(&a, "c1").put_all(rows()))
        .ids(all.clone(), &["before", "r1"])
        .ids(all.clone().after(vec!["x".into(), 20.into()], "r4"), &["r5", "behind"])
        .ids(all.clone().after(vec!["y".into(), 1.into()], "behind"), &[])
        .ids(all.descending().after(vec!["x".into(), 10.into()], "r1"), &["before"]);

    let fixed =
        Script::new("cursor_with_all_columns_fixed", "where only ids are left, the cursor's id decides");
    let a = fixed.tenant("a");
    let at = by_owner_start(&a).equals("x").equals(20);
    let fixed = fixed
        .commits(set(&a, "c1").put_all(rows()))
        .ids(at.clone().after(vec!["x".into(), 20.into()], "r2"), &["r3", "r4"])
        .ids(at.descending().after(vec!["x".into(), 20.into()], "r4"), &["r3", "r2"]);

    let texts = Script::new("cursor_on_text", "a cursor's text is compared by bytes, and ids break its ties");
    let a = texts.tenant("a");
    let label = |id: &str, label: &str| item(id).label(label);
    let texts = texts
        .commits(set(&a, "c1").put_all([label("1", "a"), label("2", "B"), label("3", "a"), label("4", "a ")]))
        .ids(by_label(&a), &["2", "1", "3", "4"])
        .ids(by_label(&a).after(vec!["B".into()], "2"), &["1", "3", "4"])
        .ids(by_label(&a).after(vec!["a".into()], "1"), &["3", "4"])
        .ids(by_label(&a).descending().after(vec!["a".into()], "3"), &["1", "2"]);

    [up, down, open, fixed, texts].map(Script::end).into()
}

fn limits() -> Vec<Case> {
    let gone = Script::new(
        "cursor_of_a_deleted_row",
        "a cursor is a place, and stays one when its row is gone or moved",
    );
    let a = gone.tenant("a");
    let x = by_owner_start(&a).equals("x");
    let gone = gone
        .commits(set(&a, "c1").put_all(rows()))
        .commits(set(&a, "c2").delete("r3"))
        .ids(x.clone().after(vec!["x".into(), 20.into()], "r3"), &["r4", "r5"])
        .ids(x.clone().after(vec!["x".into(), 15.into()], ""), &["r2", "r4", "r5"])
        .ids(x.descending().after(vec!["x".into(), 20.into()], "r3"), &["r2", "r1"]);

    let bounds =
        Script::new("cursor_inside_of_bounds", "a cursor and a bound hold together, whichever is narrower");
    let a = bounds.tenant("a");
    let x = by_owner_start(&a).equals("x");
    let low = || vec!["x".into(), 10.into()];
    let mid = || vec!["x".into(), 20.into()];
    let bounds = bounds
        .commits(set(&a, "c1").put_all(rows()))
        .ids(x.clone().from(20).to(30).after(mid(), "r2"), &["r3", "r4"])
        .ids(x.clone().from(20).after(low(), "r1"), &["r2", "r3", "r4", "r5"])
        .ids(x.clone().to(30).after(low(), "r1"), &["r2", "r3", "r4"])
        .ids(x.clone().to(20).after(mid(), "r2"), &[])
        .ids(x.clone().descending().from(20).to(30).after(mid(), "r4"), &["r3", "r2"])
        .ids(x.clone().descending().to(30).after(vec!["x".into(), 99.into()], "z"), &["r4", "r3", "r2", "r1"])
        .ids(x.descending().from(20).after(low(), "r1"), &[]);

    let outside = Script::new(
        "cursor_outside_of_the_fixed_columns",
        "a cursor of another owner stands before or behind all rows",
    );
    let a = outside.tenant("a");
    let x = by_owner_start(&a).equals("x").limit(2);
    let outside = outside
        .commits(set(&a, "c1").put_all(rows()))
        .ids(x.clone().after(vec!["w".into(), 99.into()], "before"), &["r1", "r2"])
        .ids(x.clone().after(vec!["y".into(), 1.into()], "behind"), &[])
        .ids(x.clone().descending().after(vec!["y".into(), 1.into()], "behind"), &["r5", "r4"])
        .ids(x.descending().after(vec!["w".into(), 99.into()], "before"), &[]);

    [gone, bounds, outside].map(Script::end).into()
}
