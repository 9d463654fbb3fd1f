//! Records of the agency itself.

use serde::{Deserialize, Serialize};

use crate::engine::Record;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{AgencyId, Currency, HostId, Locale, SkillId, Subdomain, Text};

/// The organisation with the settings that hold for all of its clients.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Agency {
    pub id: AgencyId,
    pub name: Text<120>,
    pub subdomain: Option<Subdomain>,
    pub locale: Locale,
    /// Everything of an agency is in one currency.
    pub currency: Currency,
    /// Whether clients can order staff, unless a client's own setting says otherwise.
    pub ordering: bool,
    /// The skills that clients can order.
    pub orderable: Vec<SkillId>,
}

pub static AGENCY: Kind = Kind { name: "agency", columns: &[], indexes: &[] };

impl Record for Agency {
    const KIND: &'static Kind = &AGENCY;

    fn record_id(&self) -> String {
        self.id.to_string()
    }
}

/// A code for the same profession in somebody else's list, such as ESCO or ISCO-08.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SkillCode {
    pub scheme: Text<60>,
    #[serde(default)]
    pub version: Option<Text<60>>,
    pub code: Text<200>,
}

/// A profession.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Skill {
    pub id: SkillId,
    pub name: Text<120>,
    pub codes: Vec<SkillCode>,
    pub archived: bool,
    pub host_id: Option<HostId>,
}

pub static SKILL: Kind = Kind {
    name: "skill",
    columns: &[Column::text("name")],
    indexes: &[IndexSpec { name: "by_name", columns: &["name"] }],
};

impl Record for Skill {
    const KIND: &'static Kind = &SKILL;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        vec![("name", self.name.as_str().into())]
    }
}
/// Which version of the terms is current.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Terms {
    pub agency: AgencyId,
    pub current: String,
}

pub static TERMS: Kind = Kind { name: "terms", columns: &[], indexes: &[] };

impl Record for Terms {
    const KIND: &'static Kind = &TERMS;

    fn record_id(&self) -> String {
        self.agency.to_string()
    }
}
