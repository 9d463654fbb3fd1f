//! Cases about bytes: a store neither folds, trims, normalises nor reorders what it is given.

use super::Case;
use super::build::{Script, by_label, item, point, row, set};

/// Texts that one collation or another takes for equal or sorts otherwise, in the order of their UTF-8 bytes.
///
/// The last two are in the opposite order when compared by UTF-16 units, as JavaScript does.
const LOOKALIKES: [&str; 16] = [
    "\0",
    " ",
    "1",
    "10",
    "9",
    "Z",
    "a",
    "a\0",
    "a\0b",
    "a ",
    "a'\"\\;--%_",
    "e\u{301}",
    "f",
    "\u{E9}",
    "\u{FFFD}",
    "\u{1F600}",
];

pub(super) fn cases() -> Vec<Case> {
    let ids = Script::new(
        "ids_byte_by_byte",
        "ids that differ in case, space, NUL or normal form are different records",
    );
    let a = ids.tenant("a");
    let ids = ids
        .commits(LOOKALIKES.iter().fold(set(&a, "c1"), |set, id| set.expect(id, 0).put(item(id))))
        .rows(
            LOOKALIKES.iter().map(|id| point(&a, id)).collect(),
            LOOKALIKES.iter().map(|id| vec![super::build::first(id)]).collect(),
        )
        .no_rows(vec![point(&a, "A"), point(&a, "z"), point(&a, "e"), point(&a, "a\0\0"), point(&a, "")]);

    let order =
        Script::new("texts_in_the_order_of_bytes", "one order in every store, or a cursor would skip rows");
    let a = order.tenant("a");
    let rows = LOOKALIKES.iter().rev().fold(set(&a, "c1"), |set, label| set.put(item(label).label(label)));
    let mut back = LOOKALIKES;
    back.reverse();
    let order = order
        .commits(rows)
        .ids(by_label(&a), &LOOKALIKES)
        .ids(by_label(&a).descending(), &back)
        .ids(by_label(&a).equals("a\0"), &["a\0"])
        .ids(by_label(&a).from("e\u{301}").to("\u{1F600}"), &["e\u{301}", "f", "\u{E9}", "\u{FFFD}"])
        .ids(by_label(&a).after(vec!["\u{FFFD}".into()], "\u{FFFD}"), &["\u{1F600}"]);

    let ties = Script::new("ids_in_the_order_of_bytes", "ids that break ties are compared by bytes too");
    let a = ties.tenant("a");
    let rows = LOOKALIKES.iter().rev().fold(set(&a, "c1"), |set, id| set.put(item(id).label("same")));
    let ties = ties
        .commits(rows)
        .ids(by_label(&a), &LOOKALIKES)
        .ids(by_label(&a).after(vec!["same".into()], "a\0b").limit(2), &["a ", "a'\"\\;--%_"]);

    let body = Script::new(
        "bodies_are_opaque",
        "a body comes back as it was written, whether it looks like JSON or not",
    );
    let a = body.tenant("a");
    let bodies = ["", "null", "{\"b\":1,  \"a\":1.0}", "\0", "\u{FEFF}Zoe\u{308} \u{1F600}\r\n\t", "{}{}"];
    let named = |at: usize| format!("r{at}");
    let body = body
        .commits(
            bodies
                .iter()
                .enumerate()
                .fold(set(&a, "c1"), |set, (at, body)| set.put(item(&named(at)).body(body))),
        )
        .rows(
            (0..bodies.len()).map(|at| point(&a, &named(at))).collect(),
            bodies.iter().enumerate().map(|(at, body)| vec![row(&named(at), 1, body)]).collect(),
        );

    let long = Script::new("long_bodies", "a body of 100,000 bytes is no reason to cut");
    let a = long.tenant("a");
    let text = "0123456789".repeat(10_000);
    let long = long
        .commits(set(&a, "c1").put(item("r1").label("l").body(&text)))
        .rows(vec![point(&a, "r1"), by_label(&a).read()], vec![vec![row("r1", 1, &text)]; 2]);

    [ids, order, ties, body, long].map(Script::end).into()
}
