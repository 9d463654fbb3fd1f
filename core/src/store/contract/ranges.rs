//! Cases about index ranges: order, fixed columns, bounds, and rows that are not in an index.

use super::Case;
use super::build::{Item, Script, by_label, by_owner_start, first, item, point, row, set};

fn shift(id: &str, owner: &str, starts_at: i64) -> Item {
    item(id).owner(owner).starts_at(starts_at)
}

pub(super) fn cases() -> Vec<Case> {
    [order(), bounds(), members(), tenants()].into_iter().flatten().collect()
}

fn order() -> Vec<Case> {
    let ties = Script::new("range_order", "rows come by column, rows with equal columns by id");
    let a = ties.tenant("a");
    let rows = || {
        [shift("d", "x", 1), shift("b", "x", 2), shift("a", "x", 3), shift("c", "x", 2), shift("e", "y", 0)]
    };
    let ties = ties
        .commits(set(&a, "c1").put_all(rows()))
        .ids(by_owner_start(&a).equals("x"), &["d", "b", "c", "a"])
        .ids(by_owner_start(&a).equals("y"), &["e"])
        .ids(by_owner_start(&a).equals("z"), &[]);

    let back = Script::new("range_descending", "the other way round reverses everything, ties too");
    let a = back.tenant("a");
    let back = back
        .commits(set(&a, "c1").put_all(rows()))
        .ids(by_owner_start(&a).equals("x").descending(), &["a", "c", "b", "d"])
        .ids(by_owner_start(&a).descending(), &["e", "a", "c", "b", "d"]);

    let open = Script::new("range_without_fixed_columns", "a range may go over all of an index");
    let a = open.tenant("a");
    let open =
        open.commits(set(&a, "c1").put_all(rows())).ids(by_owner_start(&a), &["d", "b", "c", "a", "e"]);

    let fixed = Script::new("range_with_all_columns_fixed", "what is left is the order of ids");
    let a = fixed.tenant("a");
    let fixed = fixed
        .commits(set(&a, "c1").put_all(rows()))
        .ids(by_owner_start(&a).equals("x").equals(2), &["b", "c"])
        .ids(by_owner_start(&a).equals("x").equals(2).descending(), &["c", "b"])
        .ids(by_owner_start(&a).equals("x").equals(4), &[]);

    let limit = Script::new("range_limit", "no more rows than asked for, from the beginning of the order");
    let a = limit.tenant("a");
    let limit = limit
        .commits(set(&a, "c1").put_all(rows()))
        .ids(by_owner_start(&a).equals("x").limit(2), &["d", "b"])
        .ids(by_owner_start(&a).equals("x").descending().limit(1), &["a"])
        .ids(by_owner_start(&a).limit(0), &[]);

    let numbers = Script::new(
        "range_of_large_integers",
        "times before 1970 and the largest exact number of JavaScript keep their order",
    );
    let a = numbers.tenant("a");
    let numbers = numbers
        .commits(set(&a, "c1").put_all([
            shift("max", "x", 9_007_199_254_740_992),
            shift("almost", "x", 9_007_199_254_740_991),
            shift("ten", "x", 10),
            shift("nine", "x", 9),
            shift("zero", "x", 0),
            shift("minus", "x", -1),
            shift("min", "x", -9_007_199_254_740_992),
        ]))
        .ids(by_owner_start(&a).equals("x"), &["min", "minus", "zero", "nine", "ten", "almost", "max"])
        .ids(by_owner_start(&a).equals("x").from(9_007_199_254_740_992), &["max"])
        .ids(by_owner_start(&a).equals("x").to(-1), &["min"]);

    [ties, back, open, fixed, limit, numbers].map(Script::end).into()
}

fn bounds() -> Vec<Case> {
    let rows = || (1..=5).map(|at| shift(&format!("r{at}"), "x", at * 10));
    let sides = Script::new(
        "range_bounds",
        "`from` is inside, `to` is outside: the weeks of a calendar do not overlap",
    );
    let a = sides.tenant("a");
    let x = by_owner_start(&a).equals("x");
    let sides = sides
        .commits(set(&a, "c1").put_all(rows()).put(shift("other", "y", 30)))
        .ids(x.clone().from(20), &["r2", "r3", "r4", "r5"])
        .ids(x.clone().to(40), &["r1", "r2", "r3"])
        .ids(x.clone().from(20).to(40), &["r2", "r3"])
        .ids(x.clone().from(21).to(41), &["r3", "r4"])
        .ids(x.from(0).to(1_000), &["r1", "r2", "r3", "r4", "r5"]);

    let back = Script::new("range_bounds_descending", "bounds mean the same in both directions");
    let a = back.tenant("a");
    let x = by_owner_start(&a).equals("x").descending();
    let back = back
        .commits(set(&a, "c1").put_all(rows()))
        .ids(x.clone().from(20).to(40), &["r3", "r2"])
        .ids(x.clone().from(20).limit(2), &["r5", "r4"])
        .ids(x.to(40).limit(1), &["r3"]);

    let empty = Script::new("range_bounds_around_nothing", "bounds that meet or cross hold no rows");
    let a = empty.tenant("a");
    let x = by_owner_start(&a).equals("x");
    let empty = empty
        .commits(set(&a, "c1").put_all(rows()))
        .ids(x.clone().from(20).to(20), &[])
        .ids(x.clone().from(40).to(20), &[])
        .ids(x.clone().from(51), &[])
        .ids(x.to(10), &[]);

    let texts = Script::new("range_bounds_on_text", "a bound on a text finds what begins with a prefix");
    let a = texts.tenant("a");
    let texts = texts
        .commits(set(&a, "c1").put_all(["ab", "abc", "abd", "ac", "b"].map(|label| item(label).label(label))))
        .ids(by_label(&a).from("ab").to("ac"), &["ab", "abc", "abd"])
        .ids(by_label(&a).from("abc"), &["abc", "abd", "ac", "b"])
        .ids(by_owner_start(&a).from("ab"), &[]);

    [sides, back, empty, texts].map(Script::end).into()
}

fn members() -> Vec<Case> {
    let sparse =
        Script::new("range_of_sparse_rows", "a row without one of an index's columns is not in that index");
    let a = sparse.tenant("a");
    let sparse = sparse
        .commits(set(&a, "c1").put_all([
            shift("both", "x", 1),
            item("owner").owner("x"),
            item("start").starts_at(1),
            item("label").label("l"),
            item("none"),
        ]))
        .ids(by_owner_start(&a), &["both"])
        .ids(by_owner_start(&a).equals("x"), &["both"])
        .ids(by_owner_start(&a).equals("x").descending(), &["both"])
        .ids(by_owner_start(&a).equals("x").equals(1), &["both"])
        .ids(by_label(&a), &["label"])
        .rows(vec![point(&a, "none"), point(&a, "owner")], vec![vec![first("none")], vec![first("owner")]]);

    let moves = Script::new(
        "index_follows_an_update",
        "a row is found under its new columns and no longer under the old ones",
    );
    let a = moves.tenant("a");
    let moves = moves
        .commits(set(&a, "c1").put(shift("r1", "x", 1).label("l")).put(shift("r2", "x", 2)))
        .commits(set(&a, "c2").expect("r1", 1).put(shift("r1", "y", 3).body("moved")))
        .ids(by_owner_start(&a).equals("x"), &["r2"])
        .rows(
            vec![by_owner_start(&a).equals("y").read(), by_label(&a).read()],
            vec![vec![row("r1", 2, "moved")], vec![]],
        )
        .commits(set(&a, "c3").expect("r1", 2).put(item("r1").label("l").body("back")))
        .rows(
            vec![by_owner_start(&a).equals("y").read(), by_label(&a).read()],
            vec![vec![], vec![row("r1", 3, "back")]],
        );

    let empty = Script::new(
        "empty_text_in_an_index",
        "an empty text is a value; only a missing one is not in the index",
    );
    let a = empty.tenant("a");
    let empty = empty
        .commits(set(&a, "c1").put(item("r1").label("")).put(item("r2").label("a")).put(item("r3")))
        .ids(by_label(&a), &["r1", "r2"])
        .ids(by_label(&a).equals(""), &["r1"])
        .ids(by_label(&a).to("a"), &["r1"]);

    [sparse, moves, empty].map(Script::end).into()
}

fn tenants() -> Vec<Case> {
    let rows = Script::new(
        "records_per_tenant",
        "no key, range or version of one agency tells anything of another's rows",
    );
    let (a, b) = (rows.tenant("a"), rows.tenant("b"));
    let all = |body: &'static str| shift("r1", "x", 1).label("l").body(body);
    let rows = rows
        .commits(set(&a, "c1").expect("r1", 0).put(all("of a")))
        .no_rows(vec![point(&b, "r1"), by_label(&b).read(), by_owner_start(&b).equals("x").read()])
        .commits(set(&b, "c1").expect("r1", 0).put(all("of b")))
        .commits(set(&b, "c2").expect("r1", 1).delete("r1"))
        .no_rows(vec![point(&b, "r1"), by_label(&b).read()])
        .rows(
            vec![point(&a, "r1"), by_label(&a).read(), by_owner_start(&a).equals("x").read()],
            vec![vec![row("r1", 1, "of a")]; 3],
        );

    let two = Script::new(
        "two_tenants_in_one_commit",
        "an agency takes its subdomain in the directory, or changes nothing",
    );
    let (a, d) = (two.tenant("agency"), two.tenant("directory"));
    let both = |command: &'static str, owner: &str| {
        set(&a, command)
            .expect("org", 0)
            .put(item("org"))
            .of(&d)
            .take("subdomain", "n", owner)
            .put(item(owner))
    };
    let two = two
        .commits(set(&d, "c0").take("subdomain", "n", "rival"))
        .conflicts(both("c1", "us"))
        .no_rows(vec![point(&a, "org"), point(&d, "us")])
        .commits(set(&d, "c2").release("subdomain", "n", "rival"))
        .commits(both("c1", "us"))
        .already_done(both("c1", "us"), "c1")
        .rows(
            vec![point(&a, "org"), point(&d, "us"), point(&d, "org"), point(&a, "us")],
            vec![vec![first("org")], vec![first("us")], vec![], vec![]],
        );

    let near = Script::new(
        "neighbouring_tenants",
        "a tenant whose id begins with another's, or looks like it, is another tenant",
    );
    let names = ["a", "a ", "a\0", "A", "aa"];
    let near = names.iter().fold(near, |near, name| {
        let tenant = near.tenant(name);
        near.commits(set(&tenant, "c1").expect("r1", 0).put(shift("r1", "x", 1).body(name)))
    });
    let near = names.iter().fold(near, |near, name| {
        let tenant = near.tenant(name);
        near.rows(
            vec![point(&tenant, "r1"), by_owner_start(&tenant).read()],
            vec![vec![row("r1", 1, name)], vec![row("r1", 1, name)]],
        )
    });

    [rows, two, near].map(Script::end).into()
}
