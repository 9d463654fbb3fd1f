//! Price lists: hourly rates per skill and role, with a minimum call and VAT. A published version never changes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::{Record, Want};
use crate::shifts::model::Role;
use crate::store::{Bound, Column, IndexSpec, IndexValue, Kind};
use crate::values::{ChargeRate, ClientId, Currency, Day, Instant, Percent, PriceListId, ProjectId, SkillId};

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

    /// The versions that a price can come from, newest first.
    pub fn versions(self) -> Want {
        Want::Range {
            kind: PRICE_LIST.name,
            index: "by_scope",
            equals: vec![self.column().into()],
            bound: Bound::default(),
            descending: true,
            limit: MAX_VERSIONS,
            after: None,
        }
    }
}

/// Versions of one scope that are looked at; publishing refuses to go over it.
pub const MAX_VERSIONS: u32 = 200;

/// What the client pays for an hour of a skill in a role.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    pub skill: SkillId,
    #[serde(default)]
    pub role: Role,
    /// Charge per hour in the agency's currency.
    pub per_hour: ChargeRate,
}

/// One published version of the prices of a scope.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PriceList {
    pub id: PriceListId,
    pub scope: PriceScope,
    pub currency: Currency,
    /// In force for minutes worked from the first instant of this date at the place of work.
    pub valid_from: Day,
    pub vat: Percent,
    /// Each slot is charged at least this long.
    pub minimum_minutes: u32,
    pub rates: Vec<Rate>,
    pub published_at: Instant,
}

pub static PRICE_LIST: Kind = Kind {
    name: "price_list",
    columns: &[Column::text("scope"), Column::text("valid_from")],
    indexes: &[IndexSpec { name: "by_scope", columns: &["scope", "valid_from"] }],
};

impl Record for PriceList {
    const KIND: &'static Kind = &PRICE_LIST;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        vec![("scope", self.scope.column().into()), ("valid_from", self.valid_from.to_string().into())]
    }
}

impl PriceList {
    pub fn rate(&self, skill: SkillId, role: Role) -> Option<ChargeRate> {
        self.rates.iter().find(|rate| rate.skill == skill && rate.role == role).map(|rate| rate.per_hour)
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
