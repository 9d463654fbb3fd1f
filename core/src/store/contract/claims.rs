//! Cases about unique names: one owner each, given back before taken.

use super::Case;
use super::build::{Script, claim, events, holder, item, point, set};
use super::events::event;

pub(super) fn cases() -> Vec<Case> {
    let mut all = owners();
    all.extend(releases());
    all.extend(scopes());
    all
}

fn owners() -> Vec<Case> {
    let take = Script::new("claim_taken", "a free name can be taken, and the store says who holds it");
    let a = take.tenant("a");
    let take = take
        .no_rows(vec![claim(&a, "name", "n")])
        .commits(set(&a, "c1").take("name", "n", "one"))
        .rows(vec![claim(&a, "name", "n")], vec![vec![holder("n", "one")]]);

    let other = Script::new(
        "claim_of_another_owner",
        "a name has one owner; nothing of the second change set is written",
    );
    let a = other.tenant("a");
    let other = other
        .commits(set(&a, "c1").take("name", "n", "one"))
        .conflicts(
            set(&a, "c2")
                .put(item("r1"))
                .take("name", "free", "two")
                .take("name", "n", "two")
                .event(event(1, "s")),
        )
        .rows(
            vec![claim(&a, "name", "n"), claim(&a, "name", "free"), point(&a, "r1"), events(&a, 0, 10)],
            vec![vec![holder("n", "one")], vec![], vec![], vec![]],
        );

    let again = Script::new("claim_of_the_same_owner", "who holds a name may take it again");
    let a = again.tenant("a");
    let again = again
        .commits(set(&a, "c1").take("name", "n", "one"))
        .commits(set(&a, "c2").take("name", "n", "one"))
        .rows(vec![claim(&a, "name", "n")], vec![vec![holder("n", "one")]]);

    let twice = Script::new("claim_twice_in_one_set", "one owner may name a claim twice, two owners may not");
    let a = twice.tenant("a");
    let twice = twice
        .conflicts(set(&a, "c1").take("name", "n", "one").take("name", "n", "two"))
        .no_rows(vec![claim(&a, "name", "n")])
        .commits(set(&a, "c2").take("name", "n", "one").take("name", "n", "one"))
        .rows(vec![claim(&a, "name", "n")], vec![vec![holder("n", "one")]]);

    [take, other, again, twice].map(Script::end).into()
}

fn releases() -> Vec<Case> {
    let free = Script::new("claim_released", "a name that was given back is free for anyone");
    let a = free.tenant("a");
    let free = free
        .commits(set(&a, "c1").take("name", "n", "one"))
        .commits(set(&a, "c2").release("name", "n", "one"))
        .no_rows(vec![claim(&a, "name", "n")])
        .commits(set(&a, "c3").take("name", "n", "two"))
        .rows(vec![claim(&a, "name", "n")], vec![vec![holder("n", "two")]]);

    let moved = Script::new(
        "claim_moved_in_one_set",
        "all releases come before all takes, in whatever order they stand",
    );
    let a = moved.tenant("a");
    let moved = moved
        .commits(set(&a, "c1").take("name", "n", "one"))
        .commits(set(&a, "c2").take("name", "n", "two").release("name", "n", "one"))
        .rows(vec![claim(&a, "name", "n")], vec![vec![holder("n", "two")]]);

    let swapped =
        Script::new("claims_swapped_in_one_set", "two owners can exchange their names in one commit");
    let a = swapped.tenant("a");
    let swapped = swapped
        .commits(set(&a, "c1").take("name", "m", "one").take("name", "n", "two"))
        .commits(
            set(&a, "c2")
                .take("name", "n", "one")
                .take("name", "m", "two")
                .release("name", "m", "one")
                .release("name", "n", "two"),
        )
        .rows(
            vec![claim(&a, "name", "m"), claim(&a, "name", "n")],
            vec![vec![holder("m", "two")], vec![holder("n", "one")]],
        );

    let kept = Script::new(
        "claim_released_and_taken_back",
        "who gives back and takes in one change set keeps the name",
    );
    let a = kept.tenant("a");
    let kept = kept
        .commits(set(&a, "c1").take("name", "n", "one"))
        .commits(set(&a, "c2").take("name", "n", "one").release("name", "n", "one"))
        .rows(vec![claim(&a, "name", "n")], vec![vec![holder("n", "one")]]);

    let foreign = Script::new("claim_released_by_another", "nobody can give back what another one holds");
    let a = foreign.tenant("a");
    let foreign = foreign
        .commits(set(&a, "c1").take("name", "n", "one"))
        .commits(set(&a, "c2").release("name", "n", "two"))
        .rows(vec![claim(&a, "name", "n")], vec![vec![holder("n", "one")]])
        .conflicts(set(&a, "c3").release("name", "n", "two").take("name", "n", "two"))
        .rows(vec![claim(&a, "name", "n")], vec![vec![holder("n", "one")]]);

    let nothing = Script::new("claim_released_but_not_held", "giving back a free name does nothing");
    let a = nothing.tenant("a");
    let nothing = nothing
        .commits(set(&a, "c1").release("name", "n", "one").put(item("r1")))
        .no_rows(vec![claim(&a, "name", "n")]);

    [free, moved, swapped, kept, foreign, nothing].map(Script::end).into()
}

fn scopes() -> Vec<Case> {
    let spaces = Script::new("claims_per_space", "the same name in two spaces is two names");
    let a = spaces.tenant("a");
    let spaces = spaces
        .commits(set(&a, "c1").take("email", "n", "one"))
        .commits(set(&a, "c2").take("external", "n", "two"))
        .rows(
            vec![claim(&a, "email", "n"), claim(&a, "external", "n"), claim(&a, "Email", "n")],
            vec![vec![holder("n", "one")], vec![holder("n", "two")], vec![]],
        );

    let tenants = Script::new("claims_per_tenant", "a name in one agency says nothing about another one");
    let (a, b) = (tenants.tenant("a"), tenants.tenant("b"));
    let tenants = tenants
        .commits(set(&a, "c1").take("name", "n", "one"))
        .no_rows(vec![claim(&b, "name", "n")])
        .commits(set(&b, "c1").take("name", "n", "two"))
        .commits(set(&b, "c2").release("name", "n", "two"))
        .rows(vec![claim(&a, "name", "n"), claim(&b, "name", "n")], vec![vec![holder("n", "one")], vec![]]);

    let exact =
        Script::new("claim_names_byte_by_byte", "folding of names is the core's work, never the store's");
    let a = exact.tenant("a");
    let exact = exact
        .commits(set(&a, "c1").take("name", "zo\u{EB}", "one"))
        .commits(set(&a, "c2").take("name", "zoe\u{308}", "two"))
        .commits(set(&a, "c3").take("name", "ZO\u{CB}", "three").take("name", "zo\u{EB} ", "four"))
        .rows(
            vec![claim(&a, "name", "zo\u{EB}"), claim(&a, "name", "zoe\u{308}"), claim(&a, "name", "zoe")],
            vec![vec![holder("zo\u{EB}", "one")], vec![holder("zoe\u{308}", "two")], vec![]],
        );

    [spaces, tenants, exact].map(Script::end).into()
}
