//! Cases about events: numbered and linked by the store, tenant by tenant.

use super::Case;
use super::build::{Script, events, events_of, item, set};
use crate::store::{NewEvent, Row, Tenant};

/// SHA-256 of the bodies `{"event":1}`, `{"event":2}` and `{"event":3}`.
const DIGESTS: [&str; 3] = [
    "f58648470054614dd08e09b6410b7535f060f99485e9c8c120c4c5eba2756b16",
    "3425b44adac23923e8cdea801f226c579f1925f8c3574bc44b71e33fad1d9a9d",
    "b8c76ff291449c50c77ea8544cb4d6b23360cfc7317b118fa452b92f4938c62b",
];

/// The links of the three in this order, worked out with another program from the formula in the documentation.
const LINKS: [&str; 3] = [
    "942a1e12b6be1d3c6f0f2cb45ac907a5cfde574640f330e0de8518dc33daafb9",
    "2d044f1be4e7e1d54bfe801d7c00e886b580f68097e0bea19de529173a1f2d99",
    "ba43681549f5fdf2121364d8b3e2a0f07ccaa7c8d9fd01259a0b97b20e38f45f",
];

fn nth(list: &[&str; 3], number: usize) -> String {
    list.get(number.wrapping_sub(1)).copied().unwrap_or_default().to_owned()
}

/// The first, second or third event of the cases. Its tenant is given by the change set.
pub(super) fn event(number: usize, subject: &str) -> NewEvent {
    NewEvent {
        tenant: Tenant::new(""),
        id: format!("e{number}"),
        subject: subject.to_owned(),
        body: format!("{{\"event\":{number}}}"),
        digest: nth(&DIGESTS, number),
    }
}

/// The row of that event, when it is the tenant's event of the same number.
fn linked(number: usize) -> Row {
    Row {
        id: format!("e{number}"),
        version: number as u64,
        body: format!("{{\"event\":{number}}}"),
        link: Some(nth(&LINKS, number)),
    }
}

/// The row of event 1 when it is a tenant's first.
pub(super) fn first_link(_subject: &str) -> Row {
    linked(1)
}

pub(super) fn cases() -> Vec<Case> {
    let mut all = numbers();
    all.extend(reading());
    all
}

fn numbers() -> Vec<Case> {
    let one = Script::new(
        "events_of_one_commit",
        "events are numbered from one and linked in the order of the change set",
    );
    let a = one.tenant("a");
    let one = one
        .commits(set(&a, "c1").event(event(1, "s")).event(event(2, "s")).event(event(3, "s")))
        .rows(vec![events(&a, 0, 10)], vec![vec![linked(1), linked(2), linked(3)]]);

    let many = Script::new("events_across_commits", "numbers and links go on where the last commit ended");
    let a = many.tenant("a");
    let many = many
        .commits(set(&a, "c1").event(event(1, "s")))
        .commits(set(&a, "c2").put(item("r1")))
        .commits(set(&a, "c3").event(event(2, "t")).event(event(3, "s")))
        .rows(vec![events(&a, 0, 10)], vec![vec![linked(1), linked(2), linked(3)]]);

    let gaps = Script::new(
        "events_without_gaps",
        "a conflict or a retry uses no number, or the history would not verify",
    );
    let a = gaps.tenant("a");
    let gaps = gaps
        .commits(set(&a, "c1").event(event(1, "s")))
        .conflicts(set(&a, "c2").expect("r1", 1).event(event(3, "s")))
        .already_done(set(&a, "c1").event(event(3, "s")), "c1")
        .commits(set(&a, "c2").event(event(2, "s")))
        .rows(vec![events(&a, 0, 10)], vec![vec![linked(1), linked(2)]]);

    let tenants =
        Script::new("events_per_tenant", "each agency has a history of its own that others cannot see");
    let (a, b, c) = (tenants.tenant("a"), tenants.tenant("b"), tenants.tenant("c"));
    let tenants = tenants
        .commits(set(&a, "c1").event(event(1, "s")).event(event(2, "s")))
        .commits(set(&b, "c1").event(event(1, "s")))
        .commits(set(&a, "c2").event(event(3, "s")))
        .rows(
            vec![events(&b, 0, 10), events(&a, 0, 10), events(&c, 0, 10)],
            vec![vec![linked(1)], vec![linked(1), linked(2), linked(3)], vec![]],
        );

    let mixed = Script::new(
        "events_of_two_tenants_in_one_commit",
        "the directory's history grows in the agency's commit",
    );
    let (a, b) = (mixed.tenant("agency"), mixed.tenant("directory"));
    let mixed = mixed
        .commits(
            set(&a, "c1")
                .event(event(1, "s"))
                .of(&b)
                .event(event(1, "s"))
                .of(&a)
                .event(event(2, "s"))
                .of(&b)
                .event(event(2, "s")),
        )
        .commits(set(&a, "c2").of(&b).event(event(3, "s")))
        .rows(
            vec![events(&a, 0, 10), events(&b, 0, 10)],
            vec![vec![linked(1), linked(2)], vec![linked(1), linked(2), linked(3)]],
        );

    [one, many, gaps, tenants, mixed].map(Script::end).into()
}

fn reading() -> Vec<Case> {
    let three = |a: &Tenant| {
        set(a, "c1").event(event(1, "shift/1")).event(event(2, "shift/2")).event(event(3, "shift/1"))
    };
    let after = Script::new("events_after_a_number", "a reader goes on behind the last number that it saw");
    let a = after.tenant("a");
    let after = after.commits(three(&a)).rows(
        vec![events(&a, 1, 10), events(&a, 2, 10), events(&a, 3, 10), events(&a, 9_007_199_254_740_991, 10)],
        vec![vec![linked(2), linked(3)], vec![linked(3)], vec![], vec![]],
    );

    let limit = Script::new("events_with_a_limit", "a page of events is the oldest ones");
    let a = limit.tenant("a");
    let limit = limit.commits(three(&a)).rows(
        vec![events(&a, 0, 2), events(&a, 1, 1), events(&a, 0, 0)],
        vec![vec![linked(1), linked(2)], vec![linked(2)], vec![]],
    );

    let subject =
        Script::new("events_by_subject", "the history of one record, with the numbers of the tenant");
    let a = subject.tenant("a");
    let subject = subject.commits(three(&a)).rows(
        vec![
            events_of(&a, "shift/1", 0, 10),
            events_of(&a, "shift/2", 0, 10),
            events_of(&a, "shift/1", 1, 10),
            events_of(&a, "shift/1", 0, 1),
            events_of(&a, "SHIFT/1", 0, 10),
            events_of(&a, "shift", 0, 10),
        ],
        vec![vec![linked(1), linked(3)], vec![linked(2)], vec![linked(3)], vec![linked(1)], vec![], vec![]],
    );

    [after, limit, subject].map(Script::end).into()
}
