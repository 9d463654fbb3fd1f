//! The agency's own words for mails.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Permission, Scope, authorize};
use crate::agency::events::AgencyEvent;
use crate::agency::model::{EmailTemplate, MailKind};
use crate::agency::templates::{self, Words};
use crate::agency::views::{self, EmailTemplateView};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::values::{Locale, Text};

/// Sets the agency's own words for a kind of mail in one language.
///
/// They may hold `{agency}`, `{client}` (of an invitation), `{name}` and `{link}`; text and html must hold the link,
/// the subject must not.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetEmailTemplate {
    pub kind: MailKind,
    pub locale: Locale,
    pub subject: Text<200>,
    pub text: Text<20_000>,
    pub html: Text<100_000>,
}

impl Operation for SetEmailTemplate {
    const NAME: &'static str = "email_templates.set";
    const EFFECT: Effect = Effect::Command;
    type Reply = EmailTemplateView;

    fn run(&self, tx: &mut Tx) -> Run<EmailTemplateView> {
        let id = EmailTemplate::id_of(self.kind, self.locale);
        tx.prefetch([Want::record::<EmailTemplate>(&id)])?;
        let grant = authorize(tx, Permission::ManageAgency, Scope::Agency)?;
        templates::subject_is_one_line(&self.subject)?;
        let words =
            Words { subject: self.subject.as_str(), text: self.text.as_str(), html: self.html.as_str() };
        templates::check(self.kind, words)?;
        let _: Option<EmailTemplate> = tx.find(&id)?;
        let template = EmailTemplate {
            kind: self.kind,
            locale: self.locale,
            subject: self.subject.clone(),
            text: self.text.clone(),
            html: self.html.clone(),
        };
        tx.put(&grant, &template)?;
        let agency = tx.context().agency;
        tx.emit(&grant, &AgencyEvent::TemplateChanged { agency, kind: self.kind, locale: self.locale })?;
        Ok(views::email_template(&grant, Some(&template), self.kind, self.locale))
    }
}

/// The words of a kind of mail in one language: the agency's own, else the library's.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetEmailTemplate {
    pub kind: MailKind,
    pub locale: Locale,
}

impl Operation for GetEmailTemplate {
    const NAME: &'static str = "email_templates.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = EmailTemplateView;

    fn run(&self, tx: &mut Tx) -> Run<EmailTemplateView> {
        let id = EmailTemplate::id_of(self.kind, self.locale);
        tx.prefetch([Want::record::<EmailTemplate>(&id)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let own: Option<EmailTemplate> = tx.find(&id)?;
        Ok(views::email_template(&grant, own.as_ref(), self.kind, self.locale))
    }
}
