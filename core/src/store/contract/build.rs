//! Short words for writing cases: change sets, rows and ranges of the contract's own kinds.

use std::borrow::Cow;

use super::{BARE, Case, Expected, ITEM, Step};
use crate::store::{
    Bound, ChangeSet, Claim, ClaimAction, CommandRecord, CommitOutcome, Cursor, Expectation, IndexValue, Key,
    NewEvent, Put, RangeRead, Read, Row, StoreErrorKind, Tenant,
};

/// A case that is being written.
pub(super) struct Script(Case);

impl Script {
    pub(super) fn new(name: &str, why: &str) -> Self {
        Self(Case { name: name.to_owned(), why: why.to_owned(), steps: Vec::new() })
    }

    /// A tenant that no other case uses.
    pub(super) fn tenant(&self, name: &str) -> Tenant {
        Tenant::new(&format!("{}-{}-{name}", super::RUN_MARKER, self.0.name))
    }

    pub(super) fn rows(mut self, reads: Vec<Read>, rows: Vec<Vec<Row>>) -> Self {
        self.0.steps.push(Step::Load { reads, expect: Expected::Ok(rows) });
        self
    }

    /// One range and the ids that it must give. All of them are still at version 1 with their first body.
    pub(super) fn ids(self, range: Range, ids: &[&str]) -> Self {
        self.rows(vec![range.read()], vec![ids.iter().map(|id| first(id)).collect()])
    }

    pub(super) fn no_rows(self, reads: Vec<Read>) -> Self {
        let none = reads.iter().map(|_| Vec::new()).collect();
        self.rows(reads, none)
    }

    pub(super) fn refuses_load(mut self, reads: Vec<Read>, kind: StoreErrorKind) -> Self {
        self.0.steps.push(Step::Load { reads, expect: Expected::Error(kind) });
        self
    }

    pub(super) fn commits(self, set: Set) -> Self {
        self.commit(set, Expected::Ok(CommitOutcome::Committed))
    }

    pub(super) fn conflicts(self, set: Set) -> Self {
        self.commit(set, Expected::Ok(CommitOutcome::Conflict))
    }

    /// The command is known: the answer is what was kept of it by the first commit.
    pub(super) fn already_done(self, set: Set, first_reply: &str) -> Self {
        let CommandRecord { fingerprint, reply } = record(first_reply);
        self.commit(set, Expected::Ok(CommitOutcome::AlreadyDone { fingerprint, reply }))
    }

    pub(super) fn refuses(self, set: Set, kind: StoreErrorKind) -> Self {
        self.commit(set, Expected::Error(kind))
    }

    pub(super) fn end(self) -> Case {
        self.0
    }

    fn commit(mut self, set: Set, expect: Expected<CommitOutcome>) -> Self {
        self.0.steps.push(Step::Commit { changes: Box::new(set.changes), expect });
        self
    }
}

/// What is kept of a command whose reply is `reply`.
pub(super) fn record(reply: &str) -> CommandRecord {
    CommandRecord { fingerprint: format!("fingerprint of {reply}"), reply: reply.to_owned() }
}

/// A change set that is being written. `of` says in which tenant all that follows is.
pub(super) struct Set {
    changes: ChangeSet,
    at: Tenant,
}

/// A change set with this command id; its reply is the id too.
pub(super) fn set(tenant: &Tenant, command: &str) -> Set {
    let changes = ChangeSet {
        tenant: tenant.clone(),
        command_id: command.to_owned(),
        command: record(command),
        expect: Vec::new(),
        puts: Vec::new(),
        deletes: Vec::new(),
        claims: Vec::new(),
        events: Vec::new(),
    };
    Set { changes, at: tenant.clone() }
}

impl Set {
    pub(super) fn of(mut self, tenant: &Tenant) -> Self {
        self.at = tenant.clone();
        self
    }

    pub(super) fn reply(mut self, reply: &str) -> Self {
        self.changes.command = record(reply);
        self
    }

    pub(super) fn expect(mut self, id: &str, version: u64) -> Self {
        self.changes.expect.push(Expectation { key: key(&self.at, id), version });
        self
    }

    pub(super) fn expect_key(mut self, key: Key, version: u64) -> Self {
        self.changes.expect.push(Expectation { key, version });
        self
    }

    pub(super) fn put(mut self, item: Item) -> Self {
        self.changes.puts.push(Put { tenant: self.at.clone(), ..item.0 });
        self
    }

    pub(super) fn put_all(self, items: impl IntoIterator<Item = Item>) -> Self {
        items.into_iter().fold(self, Self::put)
    }

    pub(super) fn delete(self, id: &str) -> Self {
        let at = key(&self.at, id);
        self.delete_key(at)
    }

    pub(super) fn delete_key(mut self, key: Key) -> Self {
        self.changes.deletes.push(key);
        self
    }

    pub(super) fn take(self, space: &'static str, name: &str, owner: &str) -> Self {
        self.claim(space, name, owner, ClaimAction::Take)
    }

    pub(super) fn release(self, space: &'static str, name: &str, owner: &str) -> Self {
        self.claim(space, name, owner, ClaimAction::Release)
    }

    pub(super) fn event(mut self, event: NewEvent) -> Self {
        self.changes.events.push(NewEvent { tenant: self.at.clone(), ..event });
        self
    }

    fn claim(mut self, space: &'static str, name: &str, owner: &str, action: ClaimAction) -> Self {
        let (name, owner) = (name.to_owned(), owner.to_owned());
        self.changes.claims.push(Claim {
            tenant: self.at.clone(),
            space: Cow::Borrowed(space),
            name,
            owner,
            action,
        });
        self
    }
}

/// A `contract_item` to write; its body is `body of` its id until said otherwise.
pub(super) struct Item(Put);

pub(super) fn item(id: &str) -> Item {
    Item(Put {
        tenant: Tenant::new(""),
        kind: Cow::Borrowed(ITEM.name),
        id: id.to_owned(),
        columns: Vec::new(),
        body: format!("body of {id}"),
    })
}

impl Item {
    pub(super) fn bare(mut self) -> Self {
        self.0.kind = Cow::Borrowed(BARE.name);
        self
    }

    pub(super) fn kind(mut self, kind: &'static str) -> Self {
        self.0.kind = Cow::Borrowed(kind);
        self
    }

    pub(super) fn body(mut self, body: &str) -> Self {
        body.clone_into(&mut self.0.body);
        self
    }

    pub(super) fn owner(self, owner: &str) -> Self {
        self.column("owner", owner.into())
    }

    pub(super) fn starts_at(self, at: i64) -> Self {
        self.column("starts_at", at.into())
    }

    pub(super) fn label(self, label: &str) -> Self {
        self.column("label", label.into())
    }

    fn column(mut self, name: &'static str, value: IndexValue) -> Self {
        self.0.columns.push((Cow::Borrowed(name), value));
        self
    }
}

/// A range over `contract_item`, without a limit until said otherwise.
#[derive(Clone)]
pub(super) struct Range(RangeRead);

pub(super) fn by_owner_start(tenant: &Tenant) -> Range {
    range(tenant, "by_owner_start")
}

pub(super) fn by_label(tenant: &Tenant) -> Range {
    range(tenant, "by_label")
}

pub(super) fn range(tenant: &Tenant, index: &'static str) -> Range {
    Range(RangeRead {
        tenant: tenant.clone(),
        kind: Cow::Borrowed(ITEM.name),
        index: Cow::Borrowed(index),
        equals: Vec::new(),
        bound: Bound::default(),
        descending: false,
        limit: 1_000,
        after: None,
    })
}

impl Range {
    pub(super) fn equals(mut self, value: impl Into<IndexValue>) -> Self {
        self.0.equals.push(value.into());
        self
    }

    pub(super) fn from(mut self, value: impl Into<IndexValue>) -> Self {
        self.0.bound.from = Some(value.into());
        self
    }

    pub(super) fn to(mut self, value: impl Into<IndexValue>) -> Self {
        self.0.bound.to = Some(value.into());
        self
    }

    pub(super) fn descending(mut self) -> Self {
        self.0.descending = true;
        self
    }

    pub(super) fn limit(mut self, limit: u32) -> Self {
        self.0.limit = limit;
        self
    }

    pub(super) fn after(mut self, values: Vec<IndexValue>, id: &str) -> Self {
        self.0.after = Some(Cursor { values, id: id.to_owned() });
        self
    }

    pub(super) fn of_kind(mut self, kind: &'static str) -> Self {
        self.0.kind = Cow::Borrowed(kind);
        self
    }

    pub(super) fn read(self) -> Read {
        Read::Range(self.0)
    }
}

pub(super) fn key(tenant: &Tenant, id: &str) -> Key {
    Key::new(tenant, ITEM.name, id)
}

pub(super) fn point(tenant: &Tenant, id: &str) -> Read {
    Read::Point(key(tenant, id))
}

pub(super) fn claim(tenant: &Tenant, space: &'static str, name: &str) -> Read {
    Read::Claim { tenant: tenant.clone(), space: Cow::Borrowed(space), name: name.to_owned() }
}

pub(super) fn command(tenant: &Tenant, id: &str) -> Read {
    Read::Command { tenant: tenant.clone(), id: id.to_owned() }
}

pub(super) fn events(tenant: &Tenant, after: u64, limit: u32) -> Read {
    Read::Events { tenant: tenant.clone(), subject: None, after, limit }
}

pub(super) fn events_of(tenant: &Tenant, subject: &str, after: u64, limit: u32) -> Read {
    Read::Events { tenant: tenant.clone(), subject: Some(subject.to_owned()), after, limit }
}

pub(super) fn row(id: &str, version: u64, body: &str) -> Row {
    Row { id: id.to_owned(), version, body: body.to_owned(), link: None }
}

/// The row of an item that was written once, with its usual body.
pub(super) fn first(id: &str) -> Row {
    row(id, 1, &format!("body of {id}"))
}

/// The row that says who holds a name.
pub(super) fn holder(name: &str, owner: &str) -> Row {
    row(name, 1, owner)
}
