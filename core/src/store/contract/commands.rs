//! Cases about command ids: a retry gets the first answer and writes nothing.

use super::Case;
use super::build::{Script, claim, command, events, first, holder, item, point, record, row, set};
use super::events::{event, first_link};
use crate::store::Row;

/// The row of a command that was committed: its body is what was kept of it.
fn kept(id: &str, reply: &str) -> Row {
    row(id, 1, &serde_json::to_string(&record(reply)).unwrap_or_default())
}

pub(super) fn cases() -> Vec<Case> {
    let mut all = retries();
    all.extend(keys());
    all
}

fn retries() -> Vec<Case> {
    let same = Script::new("repeated_command", "a retry after a lost answer must not write twice");
    let a = same.tenant("a");
    let all = || set(&a, "c1").put(item("r1")).take("name", "n", "o").event(event(1, "s"));
    let same = same.commits(all()).already_done(all(), "c1").rows(
        vec![point(&a, "r1"), claim(&a, "name", "n"), events(&a, 0, 10)],
        vec![vec![first("r1")], vec![holder("n", "o")], vec![first_link("s")]],
    );

    let other = Script::new(
        "repeated_command_with_other_input",
        "the caller compares the kept fingerprint, the store does not",
    );
    let a = other.tenant("a");
    let other = other
        .commits(set(&a, "c1").reply("first").put(item("r1")))
        .already_done(set(&a, "c1").reply("second").put(item("r2")), "first")
        .rows(vec![point(&a, "r2"), command(&a, "c1")], vec![vec![], vec![kept("c1", "first")]]);

    let stale = Script::new(
        "repeated_command_before_expectations",
        "the retry of a create finds its own record: done, not a conflict",
    );
    let a = stale.tenant("a");
    let stale = stale
        .commits(set(&a, "c1").expect("r1", 0).put(item("r1")))
        .already_done(set(&a, "c1").expect("r1", 0).put(item("r1")), "c1")
        .conflicts(set(&a, "c2").expect("r1", 0).put(item("r1")));

    let taken = Script::new(
        "repeated_command_before_claims",
        "the retry of a command whose name went to another owner is still done",
    );
    let a = taken.tenant("a");
    let taken = taken
        .commits(set(&a, "c1").take("name", "n", "one"))
        .commits(set(&a, "c2").release("name", "n", "one").take("name", "n", "two"))
        .already_done(set(&a, "c1").take("name", "n", "one"), "c1")
        .rows(vec![claim(&a, "name", "n")], vec![vec![holder("n", "two")]]);

    let free = Script::new("conflict_keeps_no_command", "after a conflict the same command is tried again");
    let a = free.tenant("a");
    let free = free
        .conflicts(set(&a, "c1").expect("r1", 7).put(item("r1")))
        .no_rows(vec![command(&a, "c1")])
        .commits(set(&a, "c1").expect("r1", 0).put(item("r1")))
        .rows(vec![command(&a, "c1")], vec![vec![kept("c1", "c1")]]);

    [same, other, stale, taken, free].map(Script::end).into()
}

fn keys() -> Vec<Case> {
    let empty = Script::new(
        "empty_batches",
        "a command may change nothing and is still kept; no reads give no answers",
    );
    let a = empty.tenant("a");
    let empty = empty
        .rows(vec![], vec![])
        .commits(set(&a, "c1"))
        .already_done(set(&a, "c1"), "c1")
        .rows(vec![command(&a, "c1"), events(&a, 0, 10)], vec![vec![kept("c1", "c1")], vec![]]);

    let reply = Script::new("reply_is_kept_whole", "a reply is opaque text, of any length");
    let a = reply.tenant("a");
    let long = format!("{{\"text\":\"Zoë \u{1F600}\",\"long\":\"{}\"}}", "x".repeat(20_000));
    let reply = reply
        .commits(set(&a, "c1").reply(&long))
        .commits(set(&a, "c2").reply(""))
        .already_done(set(&a, "c1").reply("other"), &long)
        .rows(
            vec![command(&a, "c1"), command(&a, "c2")],
            vec![vec![kept("c1", &long)], vec![kept("c2", "")]],
        );

    let tenants =
        Script::new("commands_per_tenant", "another agency's command with the same id is another command");
    let (a, b) = (tenants.tenant("a"), tenants.tenant("b"));
    let tenants = tenants
        .commits(set(&a, "c1").reply("of a"))
        .no_rows(vec![command(&b, "c1")])
        .commits(set(&b, "c1").reply("of b"))
        .rows(
            vec![command(&a, "c1"), command(&b, "c1")],
            vec![vec![kept("c1", "of a")], vec![kept("c1", "of b")]],
        );

    let exact = Script::new("command_ids_byte_by_byte", "ids that look alike are different commands");
    let a = exact.tenant("a");
    let exact = exact
        .commits(set(&a, "c1"))
        .commits(set(&a, "C1"))
        .commits(set(&a, "c1 "))
        .commits(set(&a, "c1\0"))
        .already_done(set(&a, "C1"), "C1")
        .rows(vec![command(&a, "c1 "), command(&a, "c")], vec![vec![kept("c1 ", "c1 ")], vec![]]);

    [empty, reply, tenants, exact].map(Script::end).into()
}
