//! Client companies and their sites.

use serde::{Deserialize, Serialize};

use crate::agency::model::{AgencyContact, ChangePolicy};
use crate::codes::Code;
use crate::engine::{Record, Refusal};
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{ClientId, HostId, LinkId, Locale, Money, Phone, SiteId, SkillId, Text, Zone};
use crate::visibility::Sharing;

/// A place of work. Its zone decides what the clock shows there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Site {
    pub id: SiteId,
    pub name: Text<120>,
    pub address: Option<Text<500>>,
    /// Whom to ask for there, unless an order names somebody.
    #[serde(default)]
    pub contact: Option<SiteContact>,
    pub zone: Zone,
}

/// Whom to ask for at a place of work.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteContact {
    pub name: Text<120>,
    #[serde(default)]
    pub phone: Option<Phone>,
}

/// How far a client's portal access is.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum AccessStatus {
    #[default]
    NoAccess,
    /// A link was made; nobody has joined through it yet.
    Invited,
    /// Somebody has joined. It becomes so exactly once.
    Active,
    Deactivated,
}

/// What is accepted on creation where auto-accept is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct AutoAcceptLimits {
    /// Mandates without a single price too.
    pub unpriced: bool,
    /// Before VAT.
    pub most: Option<Money>,
    /// Heads of all positions.
    pub most_slots: Option<u32>,
}

/// How a client's mandates are treated.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct MandatePolicy {
    #[serde(default)]
    pub auto_accept: AutoAcceptLimits,
    /// So many minutes before its first start a mandate that has no answer is expired; without it, never.
    #[serde(default)]
    pub cutoff_minutes: Option<u32>,
}

/// A company that orders staff.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Client {
    pub id: ClientId,
    pub name: Text<120>,
    pub locale: Option<Locale>,
    pub sites: Vec<Site>,
    pub access: AccessStatus,
    /// The one invitation link that is good now; making another replaces it.
    #[serde(default)]
    pub link: Option<LinkId>,
    /// Whether this client can order staff; without it, the agency's setting holds.
    pub ordering: Option<bool>,
    /// Narrows the agency's orderable skills for this client.
    pub orderable: Option<Vec<SkillId>>,
    /// New mandates are accepted on creation, without a manager.
    pub auto_accept: bool,
    #[serde(default)]
    pub mandates: MandatePolicy,
    /// How the client's future projects are shared.
    #[serde(default)]
    pub sharing: Sharing,
    pub host_id: Option<HostId>,
    /// How many people belong to it: the limit is checked on this row alone.
    #[serde(default)]
    pub people: u32,
    /// What the access was before it was deactivated.
    #[serde(default)]
    pub access_before: Option<AccessStatus>,
    /// How often the access was deactivated: a link of an earlier time does not come alive again with it.
    #[serde(default)]
    pub access_epoch: u32,
    /// What this client may ask of shifts; without it, the agency's policy holds.
    #[serde(default)]
    pub changes: Option<ChangePolicy>,
    /// Whom at the agency this client turns to; without it, the agency's own contact.
    #[serde(default)]
    pub contact: Option<AgencyContact>,
}

pub static CLIENT: Kind = Kind {
    name: "client",
    columns: &[Column::text("name")],
    indexes: &[IndexSpec { name: "by_name", columns: &["name"] }],
};

impl Record for Client {
    const KIND: &'static Kind = &CLIENT;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        vec![("name", self.name.as_str().into())]
    }
}

impl Client {
    /// A client that nobody has access to yet, with the agency's settings.
    pub fn new(id: ClientId, name: Text<120>) -> Self {
        Self {
            id,
            name,
            locale: None,
            sites: Vec::new(),
            access: AccessStatus::NoAccess,
            link: None,
            ordering: None,
            orderable: None,
            auto_accept: false,
            mandates: MandatePolicy::default(),
            sharing: Sharing::default(),
            host_id: None,
            people: 0,
            access_before: None,
            access_epoch: 0,
            changes: None,
            contact: None,
        }
    }

    /// Counts a person in, up to the limit.
    ///
    /// Guard record: who adds a person writes the client's row, so deactivating its access in the same moment finds
    /// everybody.
    pub fn add_person(&mut self) -> Result<(), Refusal> {
        if self.people >= MOST_PEOPLE {
            return Err(Refusal::new(Code::ClientFull).with("expected", MOST_PEOPLE));
        }
        self.people += 1;
        Ok(())
    }

    /// Counts a person out.
    pub const fn remove_person(&mut self) {
        self.people = self.people.saturating_sub(1);
    }

    pub fn site(&self, id: SiteId) -> Option<&Site> {
        self.sites.iter().find(|site| site.id == id)
    }
}

/// How many people a client can have: ending its access rewrites all of them in one commit.
pub const MOST_PEOPLE: u32 = 500;

/// More sites than this cannot be kept at one client.
pub const MOST_SITES: usize = 200;
