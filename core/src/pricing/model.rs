//! Price lists as they are kept: a published version with its scope, and what workers earn under its rules.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::{Key, Level, PriceList};
use crate::engine::{Record, Want};
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{ClientId, Instant, Pay, PriceListId, ProjectId, pay_stored};

/// Whom a list is for. The narrower one goes before: project, then client, then basic.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "for", rename_all = "snake_case", deny_unknown_fields)]
pub enum PriceScope {
    /// For every client of the agency.
    Basic,
    Client {
        client: ClientId,
    },
    Project {
        project: ProjectId,
    },
}

impl PriceScope {
    fn column(self) -> String {
        match self {
            Self::Basic => "basic".to_owned(),
            Self::Client { client } => format!("client/{client}"),
            Self::Project { project } => format!("project/{project}"),
        }
    }

    pub const fn level(self) -> Level {
        match self {
            Self::Basic => Level::Basic,
            Self::Client { .. } => Level::Client,
            Self::Project { .. } => Level::Project,
        }
    }

    /// The versions that a price can come from, newest first.
    pub fn versions(self) -> Want {
        Want::range::<PublishedList>("by_scope", vec![self.column().into()], MAX_VERSIONS).newest_first()
    }
}

/// Versions of one scope that are looked at; publishing refuses to go over it.
pub const MAX_VERSIONS: u32 = 200;

/// What a worker earns for an hour under a rule of the list. No price depends on it, and the list itself, which is
/// all that a calculation sees, cannot hold it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RulePay {
    pub rule: Key,
    #[serde(with = "pay_stored")]
    pub per_hour: Option<Pay>,
}

/// One published version of the prices of a scope. It never changes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PublishedList {
    pub id: PriceListId,
    pub scope: PriceScope,
    pub list: PriceList,
    pub pay: Vec<RulePay>,
    pub published_at: Instant,
}

pub static PRICE_LIST: Kind = Kind {
    name: "price_list",
    columns: &[Column::text("scope"), Column::text("valid_from")],
    indexes: &[IndexSpec { name: "by_scope", columns: &["scope", "valid_from"] }],
};

impl Record for PublishedList {
    const KIND: &'static Kind = &PRICE_LIST;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        vec![("scope", self.scope.column().into()), ("valid_from", self.list.valid_from.to_string().into())]
    }
}

/// Guard record: two versions of a scope published at once must not start on the same date. It is read and bumped
/// by every publication in its scope.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PublicationGuard {
    pub scope: String,
    pub versions: u32,
}

pub static PUBLICATION_GUARD: Kind = Kind { name: "price_publication", columns: &[], indexes: &[] };

impl PublicationGuard {
    pub fn id(scope: PriceScope) -> String {
        scope.column()
    }
}

impl Record for PublicationGuard {
    const KIND: &'static Kind = &PUBLICATION_GUARD;

    fn record_id(&self) -> String {
        self.scope.clone()
    }
}
