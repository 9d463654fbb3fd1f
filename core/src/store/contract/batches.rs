//! Cases about size: many puts, reads and events in one call.

use super::Case;
use super::build::{Item, Script, by_owner_start, events, first, item, point, set};
use crate::store::{NewEvent, Row, Tenant};
use crate::values::hex;
use sha2::{Digest, Sha256};

const PUTS: usize = 500;
const READS: usize = 2_000;
const EVENTS: u64 = 200;

fn nth(at: usize) -> Item {
    item(&format!("r{at:04}")).owner("x").starts_at(i64::try_from(at).unwrap_or(i64::MAX))
}

pub(super) fn cases() -> Vec<Case> {
    let puts = Script::new("many_puts", "a year of shifts is written in one commit, or not at all");
    let a = puts.tenant("a");
    let all = |command: &str| {
        (0..PUTS).fold(set(&a, command), |set, at| set.expect(&format!("r{at:04}"), 0).put(nth(at)))
    };
    let rows: Vec<Row> = (0..PUTS).map(|at| first(&format!("r{at:04}"))).collect();
    let last = format!("r{:04}", PUTS - 1);
    let puts = puts
        .commits(set(&a, "c1").put(nth(PUTS - 1)))
        .conflicts(all("c2"))
        .rows(vec![by_owner_start(&a).read()], vec![vec![first(&last)]])
        .commits(set(&a, "c3").delete(&last))
        .commits(all("c2"))
        .rows(vec![by_owner_start(&a).equals("x").read()], vec![rows]);

    let reads = Script::new("many_reads", "a page may need thousands of records in one load");
    let a = reads.tenant("a");
    let ids = || (0..READS).map(|at| format!("r{:04}", at % 20));
    let reads = reads.commits(set(&a, "c1").put_all((0..10).map(nth))).rows(
        ids().map(|id| point(&a, &id)).collect(),
        ids().map(|id| if id.as_str() < "r0010" { vec![first(&id)] } else { vec![] }).collect(),
    );

    let many = Script::new("many_events", "a long change set is one unbroken chain");
    let a = many.tenant("a");
    let set = (1..=EVENTS).fold(set(&a, "c1"), |set, number| set.event(event(number)));
    let many = many.commits(set).rows(vec![events(&a, 0, 1_000)], vec![chain()]);

    [puts, reads, many].map(Script::end).into()
}

fn event(number: u64) -> NewEvent {
    let body = format!("event {number}");
    let digest = sha256(&body);
    NewEvent { tenant: Tenant::new(""), id: format!("e{number}"), subject: "s".to_owned(), body, digest }
}

/// The formula of the documentation, written a second time.
fn chain() -> Vec<Row> {
    let mut link = String::new();
    (1..=EVENTS)
        .map(|number| {
            let NewEvent { id, body, digest, .. } = event(number);
            link = sha256(&format!("{link}:{number}:{digest}"));
            Row { id, version: number, body, link: Some(link.clone()) }
        })
        .collect()
}

fn sha256(text: &str) -> String {
    hex::encode(&Sha256::digest(text.as_bytes()))
}
