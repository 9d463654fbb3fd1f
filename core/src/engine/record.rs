//! What a domain record and an event tell the engine about themselves.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::store::{Bound, Cursor, IndexValue, Kind};

/// State that is kept: one row of one kind.
pub trait Record: Serialize + DeserializeOwned {
    const KIND: &'static Kind;

    /// Unique within the agency and the kind.
    fn record_id(&self) -> String;

    /// Values for the kind's index columns; what is left out is null.
    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        Vec::new()
    }

    /// Whether the person whom it was about was erased. Rows are never removed, so what is left of one stays, and is
    /// not there for [`Tx::find`](super::Tx::find) and [`Tx::get`](super::Tx::get).
    fn is_erased(&self) -> bool {
        false
    }
}

/// What an event is about: the kind and id of a record, for its history.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Subject(String);

impl Subject {
    pub fn new(kind: &str, id: impl std::fmt::Display) -> Self {
        Self(format!("{kind}/{id}"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The facts of an event. Ids and figures, no personal data: events outlive the people in them.
pub trait EventBody: Serialize {
    /// Such as `mandate_submitted`.
    fn name(&self) -> &'static str;
    fn subject(&self) -> Subject;
}

/// Something an operation needs from the store.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Want {
    Record {
        kind: &'static str,
        id: String,
    },
    /// Who holds a unique name in the agency.
    Claim {
        space: &'static str,
        name: String,
    },
    /// Who holds a unique name across agencies.
    DirectoryClaim {
        space: &'static str,
        name: String,
    },
    Range {
        kind: &'static str,
        index: &'static str,
        equals: Vec<IndexValue>,
        bound: Bound,
        descending: bool,
        limit: u32,
        after: Option<Cursor>,
    },
    Events {
        subject: Option<String>,
        after: u64,
        limit: u32,
    },
}

impl Want {
    pub fn record<T: Record>(id: impl ToString) -> Self {
        Self::Record { kind: T::KIND.name, id: id.to_string() }
    }

    /// All records of an index with these first columns, up to `limit`.
    pub fn range<T: Record>(index: &'static str, equals: Vec<IndexValue>, limit: u32) -> Self {
        Self::Range {
            kind: T::KIND.name,
            index,
            equals,
            bound: Bound::default(),
            descending: false,
            limit,
            after: None,
        }
    }

    /// The same range from its end.
    #[must_use]
    pub fn newest_first(mut self) -> Self {
        if let Self::Range { descending, .. } = &mut self {
            *descending = true;
        }
        self
    }

    /// The same range between two values of the column after those that are given.
    #[must_use]
    pub fn between(mut self, from: Option<IndexValue>, to: Option<IndexValue>) -> Self {
        if let Self::Range { bound, .. } = &mut self {
            *bound = Bound { from, to };
        }
        self
    }

    pub(super) fn read(self, tenant: &crate::store::Tenant) -> crate::store::Read {
        use crate::store::{Key, RangeRead, Read, Tenant};
        match self {
            Self::Record { kind, id } => Read::Point(Key::new(tenant, kind, id)),
            Self::Claim { space, name } => {
                Read::Claim { tenant: tenant.clone(), space: Cow::Borrowed(space), name }
            }
            Self::DirectoryClaim { space, name } => {
                Read::Claim { tenant: Tenant::directory(), space: Cow::Borrowed(space), name }
            }
            Self::Range { kind, index, equals, bound, descending, limit, after } => Read::Range(RangeRead {
                tenant: tenant.clone(),
                kind: Cow::Borrowed(kind),
                index: Cow::Borrowed(index),
                equals,
                bound,
                descending,
                limit,
                after,
            }),
            Self::Events { subject, after, limit } => {
                Read::Events { tenant: tenant.clone(), subject, after, limit }
            }
        }
    }
}
