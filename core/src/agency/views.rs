//! What the agency sees of its own settings, and what clients may know of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Agency, Skill, SkillCode};
use crate::access::Grant;
use crate::values::{AgencyId, Currency, HostId, Locale, SkillId};

/// The agency's settings.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgencyView {
    pub id: AgencyId,
    pub name: String,
    pub subdomain: Option<String>,
    pub locale: Locale,
    pub currency: Currency,
    /// Whether the portal add-on is on.
    pub portal: bool,
    /// Whether clients can order staff unless a client's own setting says otherwise.
    pub ordering: bool,
    pub orderable: Vec<SkillId>,
}

pub fn agency(_: &Grant, agency: &Agency, portal: bool) -> AgencyView {
    AgencyView {
        id: agency.id,
        name: agency.name.to_string(),
        subdomain: agency.subdomain.as_ref().map(|name| name.as_str().to_owned()),
        locale: agency.locale,
        currency: agency.currency,
        portal,
        ordering: agency.ordering,
        orderable: agency.orderable.clone(),
    }
}

/// A profession.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SkillView {
    pub id: SkillId,
    pub name: String,
    pub codes: Vec<SkillCode>,
    pub archived: bool,
    pub host_id: Option<HostId>,
}

pub fn skill(_: &Grant, skill: &Skill) -> SkillView {
    SkillView {
        id: skill.id,
        name: skill.name.to_string(),
        codes: skill.codes.clone(),
        archived: skill.archived,
        host_id: skill.host_id.clone(),
    }
}
