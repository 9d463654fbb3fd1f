//! What the agency sees of its own settings, and what clients may know of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{
    Agency, AgencyContact, ChangePolicy, EmailTemplate, MailKind, Member, Skill, SkillCode, TermsVersion,
};
use super::templates;
use crate::access::{Access, Grant, MemberRole};
use crate::values::{AgencyId, ContentHash, Currency, Email, HostId, Instant, Locale, MemberId, SkillId};

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
    /// What clients may ask of accepted shifts, unless a client's own policy says otherwise.
    pub changes: ChangePolicy,
    /// Whom clients turn to.
    pub contact: Option<AgencyContact>,
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
        changes: agency.changes,
        contact: agency.contact.clone(),
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

/// A person at the agency.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MemberView {
    pub id: MemberId,
    pub name: String,
    pub email: Email,
    pub role: MemberRole,
    pub active: bool,
    pub locale: Option<Locale>,
    pub host_id: Option<HostId>,
}

pub fn member(_: &Grant, member: &Member) -> MemberView {
    MemberView {
        id: member.id,
        name: member.name.to_string(),
        email: member.email.clone(),
        role: member.role,
        active: member.access == Access::Active,
        locale: member.locale,
        host_id: member.host_id.clone(),
    }
}

/// One version of the terms and conditions, without its text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TermsVersionView {
    /// SHA-256 of `<bytes of the title>:<title><text>` in UTF-8.
    pub hash: ContentHash,
    pub title: String,
    pub published_at: Instant,
}

pub fn terms_version(_: &Grant, version: &TermsVersion) -> TermsVersionView {
    TermsVersionView {
        hash: version.hash.clone(),
        title: version.title.to_string(),
        published_at: version.published_at,
    }
}

/// The terms that an order must accept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TermsView {
    /// What an order carries to say that these terms are accepted.
    pub hash: ContentHash,
    pub title: String,
    pub text: String,
    pub published_at: Instant,
}

pub fn terms(_: &Grant, version: &TermsVersion) -> TermsView {
    TermsView {
        hash: version.hash.clone(),
        title: version.title.to_string(),
        text: version.text.to_string(),
        published_at: version.published_at,
    }
}

/// The words of a mail in one language.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EmailTemplateView {
    pub kind: MailKind,
    pub locale: Locale,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// True for the agency's own words, false for the library's.
    pub own: bool,
}

pub fn email_template(
    _: &Grant,
    own: Option<&EmailTemplate>,
    kind: MailKind,
    locale: Locale,
) -> EmailTemplateView {
    let words = templates::words(own, kind, locale);
    EmailTemplateView {
        kind,
        locale,
        subject: words.subject.to_owned(),
        text: words.text.to_owned(),
        html: words.html.to_owned(),
        own: own.is_some(),
    }
}
