//! A client as the agency sees it, and as its own people see it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{AccessStatus, Client, Site, SiteContact};
use super::rules;
use crate::access::{Grant, Place};
use crate::agency::model::{Agency, AgencyContact, ChangePolicy, Skill};
use crate::values::{ClientId, HostId, Locale, Money, SiteId, SkillId, Zone};
use crate::visibility::Sharing;

/// A place of work.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SiteView {
    pub id: SiteId,
    pub name: String,
    pub address: Option<String>,
    /// Whom to ask for there.
    pub contact: Option<SiteContact>,
    pub zone: Zone,
}

fn site(site: &Site) -> SiteView {
    SiteView {
        id: site.id,
        name: site.name.to_string(),
        address: site.address.as_ref().map(ToString::to_string),
        contact: site.contact.clone(),
        zone: site.zone.clone(),
    }
}

/// What is accepted on creation where auto-accept is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AutoAcceptLimitsView {
    pub unpriced: bool,
    pub most: Option<Money>,
    pub most_slots: Option<u32>,
}

/// A client as the agency sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientView {
    pub id: ClientId,
    pub name: String,
    pub locale: Option<Locale>,
    pub sites: Vec<SiteView>,
    pub access: AccessStatus,
    /// Null if the agency's setting holds.
    pub ordering: Option<bool>,
    /// Null if the agency's list holds.
    pub orderable: Option<Vec<SkillId>>,
    /// New mandates are accepted on creation.
    pub auto_accept: bool,
    pub auto_accept_limits: AutoAcceptLimitsView,
    /// So many minutes before its first start a mandate without an answer is expired; null for never.
    pub cutoff_minutes: Option<u32>,
    /// How future projects are shared.
    pub sharing: Sharing,
    /// What this client may ask of shifts; null if the agency's policy holds.
    pub changes: Option<ChangePolicy>,
    /// Whom at the agency this client turns to; null if the agency's own contact holds.
    pub contact: Option<AgencyContact>,
    pub host_id: Option<HostId>,
}

pub fn client(_: &Grant, client: &Client) -> ClientView {
    ClientView {
        id: client.id,
        name: client.name.to_string(),
        locale: client.locale,
        sites: client.sites.iter().map(site).collect(),
        access: client.access,
        ordering: client.ordering,
        orderable: client.orderable.clone(),
        auto_accept: client.auto_accept,
        auto_accept_limits: AutoAcceptLimitsView {
            unpriced: client.mandates.auto_accept.unpriced,
            most: client.mandates.auto_accept.most,
            most_slots: client.mandates.auto_accept.most_slots,
        },
        cutoff_minutes: client.mandates.cutoff_minutes,
        sharing: client.sharing,
        changes: client.changes,
        contact: client.contact.clone(),
        host_id: client.host_id.clone(),
    }
}

/// A skill as clients may know it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OrderableSkill {
    pub skill: SkillId,
    pub name: String,
}

/// A client as its own people see it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OwnClientView {
    pub id: ClientId,
    pub name: String,
    pub agency_name: String,
    pub sites: Vec<SiteView>,
    /// Whether staff can be ordered now.
    pub can_order: bool,
    /// What can be ordered, by name.
    pub skills: Vec<OrderableSkill>,
}

/// `skills` are those of the agency's list; what is archived or not this client's to order is left out.
pub fn own_client(grant: &Grant, agency: &Agency, client: &Client, skills: &[Skill]) -> OwnClientView {
    let mut skills: Vec<OrderableSkill> = skills
        .iter()
        .filter(|skill| !skill.archived && rules::can_order_skill(agency, client, skill.id))
        .map(|skill| OrderableSkill { skill: skill.id, name: skill.name.to_string() })
        .collect();
    skills.sort_by(|a, b| (&a.name, a.skill).cmp(&(&b.name, b.skill)));
    OwnClientView {
        id: client.id,
        name: client.name.to_string(),
        agency_name: agency.name.to_string(),
        sites: client.sites.iter().filter(|one| reached(grant, client, one)).map(site).collect(),
        can_order: rules::can_order(agency, client),
        skills,
    }
}

/// Whether this person may order at the site and see what happens there.
fn reached(grant: &Grant, client: &Client, site: &Site) -> bool {
    grant.reaches(&Place::at(client.id, None, std::slice::from_ref(&site.id)))
}

/// A client, for whoever asks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "audience", rename_all = "snake_case")]
pub enum ClientReply {
    Agency(ClientView),
    Client(OwnClientView),
}
