//! Cases about single records: versions, expectations, deletes, and questions that a store must refuse.

use super::build::{
    Script, by_label, by_owner_start, claim, command, events, first, item, key, point, range, row, set,
};
use super::{BARE, Case};
use crate::store::contract::events::event;
use crate::store::{Key, Read, StoreErrorKind};

pub(super) fn cases() -> Vec<Case> {
    [versions(), conflicts(), deletes(), refusals()].into_iter().flatten().collect()
}

fn versions() -> Vec<Case> {
    let missing =
        Script::new("missing_record", "a record that was never written answers with no row, not an error");
    let a = missing.tenant("a");
    let missing = missing.no_rows(vec![point(&a, "r1"), by_label(&a).read(), by_owner_start(&a).read()]);

    let fresh =
        Script::new("fresh_record", "a record looked for and not found can be created, with version 1");
    let a = fresh.tenant("a");
    let fresh = fresh
        .commits(set(&a, "c1").expect("r1", 0).put(item("r1")))
        .rows(vec![point(&a, "r1")], vec![vec![first("r1")]]);

    let counted = Script::new(
        "versions_are_counted",
        "each put adds one, so that every change is seen by who read before",
    );
    let a = counted.tenant("a");
    let counted = counted
        .commits(set(&a, "c1").expect("r1", 0).put(item("r1").body("one")))
        .commits(set(&a, "c2").expect("r1", 1).put(item("r1").body("two")))
        .commits(set(&a, "c3").expect("r1", 2).put(item("r1").body("three")))
        .rows(vec![point(&a, "r1")], vec![vec![row("r1", 3, "three")]]);

    let twice = Script::new("two_puts_of_one_record", "the later put of a change set is the one that stays");
    let a = twice.tenant("a");
    let twice = twice
        .commits(set(&a, "c1").put(item("r1").body("one")).put(item("r1").body("two")))
        .rows(vec![point(&a, "r1")], vec![vec![row("r1", 2, "two")]]);

    let blind =
        Script::new("put_without_expectation", "a record that was not read may still be written over");
    let a = blind.tenant("a");
    let blind = blind
        .commits(set(&a, "c1").put(item("r1").body("one")))
        .commits(set(&a, "c2").put(item("r1").body("two")))
        .rows(vec![point(&a, "r1")], vec![vec![row("r1", 2, "two")]]);

    let order = Script::new("answers_in_the_order_of_reads", "answers are matched to reads by position");
    let a = order.tenant("a");
    let order = order.commits(set(&a, "c1").put(item("r1")).put(item("r2"))).rows(
        vec![point(&a, "r2"), point(&a, "none"), point(&a, "r1"), point(&a, "r2")],
        vec![vec![first("r2")], vec![], vec![first("r1")], vec![first("r2")]],
    );

    let kinds = Script::new("one_id_in_two_kinds", "ids are unique in their kind only");
    let a = kinds.tenant("a");
    let kinds = kinds
        .commits(set(&a, "c1").put(item("r1").body("item")).put(item("r1").bare().body("bare")))
        .commits(set(&a, "c2").expect("r1", 1).put(item("r1").body("item again")))
        .rows(
            vec![point(&a, "r1"), Read::Point(Key::new(&a, BARE.name, "r1"))],
            vec![vec![row("r1", 2, "item again")], vec![row("r1", 1, "bare")]],
        );

    [missing, fresh, counted, twice, blind, order, kinds].map(Script::end).into()
}

fn conflicts() -> Vec<Case> {
    let stale = Script::new("stale_version", "who read an older version must not write over a newer one");
    let a = stale.tenant("a");
    let stale = stale
        .commits(set(&a, "c1").put(item("r1").body("one")))
        .commits(set(&a, "c2").expect("r1", 1).put(item("r1").body("two")))
        .conflicts(set(&a, "c3").expect("r1", 1).put(item("r1").body("three")))
        .rows(vec![point(&a, "r1")], vec![vec![row("r1", 2, "two")]]);

    let exists = Script::new("expected_absent", "version 0 means that the record must not exist");
    let a = exists.tenant("a");
    let exists = exists
        .commits(set(&a, "c1").expect("r1", 0).put(item("r1")))
        .conflicts(set(&a, "c2").expect("r1", 0).put(item("r1").body("other")))
        .rows(vec![point(&a, "r1")], vec![vec![first("r1")]]);

    let gone = Script::new("expected_present", "a version of a record that does not exist is a conflict");
    let a = gone.tenant("a");
    let gone = gone
        .conflicts(set(&a, "c1").expect("r1", 1).put(item("r1")))
        .no_rows(vec![point(&a, "r1"), command(&a, "c1")]);

    let guard = Script::new("guard_record", "a record that is only expected guards a rule over many records");
    let a = guard.tenant("a");
    let guard = guard
        .commits(set(&a, "c1").put(item("guard")))
        .commits(set(&a, "c2").expect("guard", 1).put(item("guard").body("bumped")).put(item("r1")))
        .conflicts(set(&a, "c3").expect("guard", 1).put(item("r2")))
        .rows(vec![point(&a, "r1"), point(&a, "r2")], vec![vec![first("r1")], vec![]]);

    let whole = Script::new(
        "conflict_writes_nothing",
        "one failed expectation of many: no row, event, claim or command",
    );
    let a = whole.tenant("a");
    let all = |command: &str, version: u64| {
        set(&a, command)
            .expect("new", 0)
            .expect("old", version)
            .put(item("new").owner("o").starts_at(1).label("l"))
            .delete("old")
            .take("name", "n", "o")
            .release("name", "held", "o")
            .event(event(1, "contract_item/new"))
    };
    let whole = whole
        .commits(set(&a, "c1").put(item("old")).take("name", "held", "o"))
        .conflicts(all("c2", 2))
        .rows(
            vec![
                point(&a, "new"),
                by_label(&a).read(),
                by_owner_start(&a).read(),
                claim(&a, "name", "n"),
                command(&a, "c2"),
                events(&a, 0, 10),
                point(&a, "old"),
                claim(&a, "name", "held"),
            ],
            vec![
                vec![],
                vec![],
                vec![],
                vec![],
                vec![],
                vec![],
                vec![first("old")],
                vec![super::build::holder("held", "o")],
            ],
        )
        .commits(all("c2", 1))
        .rows(vec![point(&a, "new"), point(&a, "old")], vec![vec![first("new")], vec![]]);

    [stale, exists, gone, guard, whole].map(Script::end).into()
}

fn deletes() -> Vec<Case> {
    let delete = Script::new("delete", "a deleted record is gone from its key and from its indexes");
    let a = delete.tenant("a");
    let delete = delete
        .commits(set(&a, "c1").put(item("r1").owner("o").starts_at(1).label("l")))
        .commits(set(&a, "c2").expect("r1", 1).delete("r1"))
        .no_rows(vec![point(&a, "r1"), by_label(&a).read(), by_owner_start(&a).read()]);

    let missing = Script::new("delete_of_nothing", "deleting what is not there is no error");
    let a = missing.tenant("a");
    let missing = missing.commits(set(&a, "c1").delete("r1")).no_rows(vec![point(&a, "r1")]);

    let stale = Script::new("stale_delete", "a delete asks for the version like a put");
    let a = stale.tenant("a");
    let stale = stale
        .commits(set(&a, "c1").put(item("r1")))
        .conflicts(set(&a, "c2").expect("r1", 2).delete("r1"))
        .rows(vec![point(&a, "r1")], vec![vec![first("r1")]]);

    let again = Script::new(
        "deleted_and_written_again",
        "a record that comes back is new: absent before, version 1 after",
    );
    let a = again.tenant("a");
    let again = again
        .commits(set(&a, "c1").put(item("r1")))
        .commits(set(&a, "c2").put(item("r1")))
        .commits(set(&a, "c3").expect("r1", 2).delete("r1"))
        .commits(set(&a, "c4").expect("r1", 0).put(item("r1")))
        .rows(vec![point(&a, "r1")], vec![vec![first("r1")]]);

    let both =
        Script::new("delete_and_put_in_one_set", "deletes come before puts, so the record is replaced");
    let a = both.tenant("a");
    let both = both
        .commits(set(&a, "c1").put(item("r1").label("old")))
        .commits(set(&a, "c2").expect("r1", 1).put(item("r1").label("new")).delete("r1"))
        .rows(
            vec![point(&a, "r1"), by_label(&a).equals("old").read(), by_label(&a).equals("new").read()],
            vec![vec![first("r1")], vec![], vec![first("r1")]],
        );

    [delete, missing, stale, again, both].map(Script::end).into()
}

fn refusals() -> Vec<Case> {
    const UNKNOWN: StoreErrorKind = StoreErrorKind::UnknownKind;
    let reads = Script::new(
        "unknown_kind_in_a_read",
        "a store with an older schema says so, instead of finding nothing",
    );
    let a = reads.tenant("a");
    let nowhere = Key::new(&a, "contract_nowhere", "r1");
    let reads = reads
        .commits(set(&a, "c1").put(item("r1")))
        .refuses_load(vec![Read::Point(nowhere.clone())], UNKNOWN)
        .refuses_load(vec![point(&a, "r1"), Read::Point(nowhere.clone())], UNKNOWN)
        .refuses_load(vec![by_label(&a).of_kind("contract_nowhere").read()], UNKNOWN);

    let index = Script::new("unknown_index", "a range over an index that the kind does not have is refused");
    let a = index.tenant("a");
    let index = index
        .refuses_load(vec![range(&a, "by_nothing").read()], UNKNOWN)
        .refuses_load(vec![by_label(&a).of_kind("contract_bare").read()], UNKNOWN);

    let writes = Script::new(
        "unknown_kind_in_a_commit",
        "a change set that cannot be written whole is not written at all",
    );
    let a = writes.tenant("a");
    let nowhere = Key::new(&a, "contract_nowhere", "r1");
    let all = || set(&a, "c1").put(item("r1")).take("name", "n", "o").event(event(1, "s"));
    let writes = writes
        .refuses(all().put(item("r2").kind("contract_nowhere")), UNKNOWN)
        .refuses(all().delete_key(nowhere.clone()), UNKNOWN)
        .refuses(all().expect_key(nowhere, 0), UNKNOWN)
        .no_rows(vec![point(&a, "r1"), claim(&a, "name", "n"), events(&a, 0, 10), command(&a, "c1")])
        .commits(all().expect_key(key(&a, "r1"), 0));

    [reads, index, writes].map(Script::end).into()
}
