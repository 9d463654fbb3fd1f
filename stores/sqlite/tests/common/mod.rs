//! Change sets for the tests of this crate.
#![allow(dead_code)]

use staffgate::store::{
    ChangeSet, Claim, ClaimAction, CommandRecord, Expectation, IndexValue, Key, NewEvent, Put, Read, Tenant,
};

pub(crate) const ITEM: &str = "contract_item";

pub(crate) fn tenant() -> Tenant {
    Tenant::new("agency")
}

pub(crate) fn point(id: &str) -> Read {
    Read::Point(Key::new(&tenant(), ITEM, id))
}

pub(crate) fn command(id: &str) -> Read {
    Read::Command { tenant: tenant(), id: id.to_owned() }
}

pub(crate) fn events(after: u64) -> Read {
    Read::Events { tenant: tenant(), subject: None, after, limit: 1_000 }
}

pub(crate) fn empty(command: &str) -> ChangeSet {
    ChangeSet {
        tenant: tenant(),
        command_id: command.to_owned(),
        command: CommandRecord {
            fingerprint: format!("fingerprint of {command}"),
            reply: command.to_owned(),
        },
        expect: Vec::new(),
        puts: Vec::new(),
        deletes: Vec::new(),
        claims: Vec::new(),
        events: Vec::new(),
    }
}

pub(crate) fn put(id: &str, label: &str, body: &str) -> Put {
    Put {
        tenant: tenant(),
        kind: ITEM.into(),
        id: id.to_owned(),
        columns: vec![("label".into(), IndexValue::from(label))],
        body: body.to_owned(),
    }
}

pub(crate) fn expect(id: &str, version: u64) -> Expectation {
    Expectation { key: Key::new(&tenant(), ITEM, id), version }
}

pub(crate) fn event(id: &str, subject: &str) -> NewEvent {
    NewEvent {
        tenant: tenant(),
        id: id.to_owned(),
        subject: subject.to_owned(),
        body: format!("body of {id}"),
        digest: format!("{:0>64}", id.len()),
    }
}

/// Three rows, two events, a name and the command: all of them carry the command's id, so a half commit shows.
pub(crate) fn whole(command: &str) -> ChangeSet {
    let rows = (0..3).map(|at| put(&format!("{command}/{at}"), command, command)).collect::<Vec<_>>();
    ChangeSet {
        expect: rows.iter().map(|row| expect(&row.id, 0)).collect(),
        puts: rows,
        claims: vec![Claim {
            tenant: tenant(),
            space: "name".into(),
            name: command.to_owned(),
            owner: command.to_owned(),
            action: ClaimAction::Take,
        }],
        events: (0..2).map(|at| event(&format!("{command}/e{at}"), command)).collect(),
        ..empty(command)
    }
}
