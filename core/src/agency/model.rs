//! Records of the agency itself.

use serde::{Deserialize, Serialize};

use crate::access::{Access, MemberRole};
use crate::engine::Record;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{
    AgencyId, ContentHash, Currency, Email, HostId, Instant, Locale, MemberId, Phone, SkillId, Subdomain,
    Text, UserId,
};

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
    /// A client's new billing identity holds only once the agency has approved it.
    #[serde(default)]
    pub approves_identity: bool,
    /// What clients may ask of accepted shifts, unless a client's own policy says otherwise.
    #[serde(default)]
    pub changes: ChangePolicy,
    /// Whom clients turn to, unless a client has a contact of its own.
    #[serde(default)]
    pub contact: Option<AgencyContact>,
}

/// Whom at the agency a client turns to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgencyContact {
    pub name: Text<120>,
    #[serde(default)]
    pub email: Option<Email>,
    #[serde(default)]
    pub phone: Option<Phone>,
}

impl std::fmt::Display for AgencyContact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name.as_str())?;
        self.email.iter().try_for_each(|email| write!(f, ", {email}"))?;
        self.phone.iter().try_for_each(|phone| write!(f, ", {}", phone.as_str()))
    }
}

/// What clients may ask of accepted shifts beyond what always holds: on a shift that is not split, everything.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "options that are on or off, each by itself")]
pub struct ChangePolicy {
    /// Another headcount of a position of a split shift.
    #[serde(default)]
    pub headcount_on_split: bool,
    /// Another note on a split shift.
    #[serde(default)]
    pub note_on_split: bool,
    /// Calling a split shift off.
    #[serde(default)]
    pub cancel_on_split: bool,
    /// Confirmed workers are asked again when nothing but the note changes.
    #[serde(default)]
    pub note_asks_again: bool,
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

/// A person at the agency. The host owns their sign-in; their rights are in the principal of the same id, which
/// `staff` keeps equal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Member {
    pub id: MemberId,
    pub name: Text<120>,
    pub email: Email,
    pub role: MemberRole,
    pub access: Access,
    pub locale: Option<Locale>,
    pub host_id: Option<HostId>,
}

pub static MEMBER: Kind = Kind {
    name: "member",
    columns: &[Column::text("name")],
    indexes: &[IndexSpec { name: "by_name", columns: &["name"] }],
};

impl Record for Member {
    const KIND: &'static Kind = &MEMBER;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        vec![("name", self.name.as_str().into())]
    }
}

/// One version of the terms and conditions, known by its content.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TermsVersion {
    pub hash: ContentHash,
    pub title: Text<200>,
    pub text: Text<200_000>,
    /// When it last became the current version.
    pub published_at: Instant,
}

pub static TERMS_VERSION: Kind = Kind {
    name: "terms_version",
    columns: &[Column::integer("published_at")],
    indexes: &[IndexSpec { name: "by_published", columns: &["published_at"] }],
};

impl Record for TermsVersion {
    const KIND: &'static Kind = &TERMS_VERSION;

    fn record_id(&self) -> String {
        self.hash.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        vec![("published_at", self.published_at.millis().into())]
    }
}

/// Which version is current: small, so that placing an order reads no long text. Its id is the agency's.
///
/// Guard record: no order is placed on terms that are replaced in the same moment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Terms {
    pub agency: AgencyId,
    pub current: ContentHash,
}

pub static TERMS: Kind = Kind { name: "terms", columns: &[], indexes: &[] };

impl Record for Terms {
    const KIND: &'static Kind = &TERMS;

    fn record_id(&self) -> String {
        self.agency.to_string()
    }
}

/// Who accepted which terms when: kept with the order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TermsAcceptance {
    pub user: UserId,
    pub at: Instant,
    pub terms: ContentHash,
}

/// What a mail is for.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum MailKind {
    /// The link through which somebody joins the portal.
    Invitation,
    /// The link through which somebody sets a new password. It cannot name `{client}`.
    PasswordReset,
    /// The news, for somebody who has joined, that they belong to a further client. Its link is the portal's page.
    ClientAdded,
}

/// The agency's own words for a kind of mail in one language.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EmailTemplate {
    pub kind: MailKind,
    pub locale: Locale,
    pub subject: Text<200>,
    pub text: Text<20_000>,
    pub html: Text<100_000>,
}

pub static EMAIL_TEMPLATE: Kind = Kind { name: "email_template", columns: &[], indexes: &[] };

impl Record for EmailTemplate {
    const KIND: &'static Kind = &EMAIL_TEMPLATE;

    fn record_id(&self) -> String {
        Self::id_of(self.kind, self.locale)
    }
}

impl EmailTemplate {
    pub fn id_of(kind: MailKind, locale: Locale) -> String {
        let kind = match kind {
            MailKind::Invitation => "invitation",
            MailKind::PasswordReset => "password_reset",
            MailKind::ClientAdded => "client_added",
        };
        let locale = match locale {
            Locale::En => "en",
            Locale::Fr => "fr",
        };
        format!("{kind}/{locale}")
    }
}
