//! Making an invitation with its mail, and opening one: what the operations of both sides share.

use super::model::{Credential, User};
use super::rules;
use super::views::{InvitationView, MailView};
use crate::access::{Grant, Principal, PrincipalSide, administrators_want};
use crate::access::{LinkToken, Purpose};
use crate::agency::model::{Agency, EmailTemplate, MailKind};
use crate::agency::templates::{self, MailValues};
use crate::clients::events::ClientEvent;
use crate::clients::model::{AccessStatus, Client};
use crate::codes::Code;
use crate::engine::{Proof, Refusal, Run, Tx, Want};
use crate::links::model::{EndReason, Link, LinkEnd, LinkTarget};
use crate::links::rules::{Standing, may_use};
use crate::links::{opening, passcodes};
use crate::values::{AgencyId, ClientId, LinkId, Locale, OneTimeSecret, PageUrl, Password, Token};

/// How an invitation is to be made: the same words in every operation that makes one.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// The host's page that calls `users.join`. The link is this address, `#`, and the token.
    pub base_url: PageUrl,
    /// True if the host sends the mail at once, false if somebody is handed the link. Kept for the record.
    pub send_now: bool,
    /// 1 to 30; 7 if not given.
    #[serde(default)]
    pub expires_in_days: Option<u32>,
}

/// The agency's words in every language: which one is needed shows only when the client is read.
pub fn wants(agency: AgencyId) -> impl Iterator<Item = Want> {
    wants_words(agency, MailKind::Invitation)
}

/// The same for another kind of mail.
pub fn wants_words(agency: AgencyId, kind: MailKind) -> impl Iterator<Item = Want> {
    let words = Locale::ALL.map(|locale| EmailTemplate::id_of(kind, locale));
    words.into_iter().map(Want::record::<EmailTemplate>).chain([Want::record::<Agency>(agency)])
}

/// What a new invitation is, beside whose it is.
#[allow(missing_debug_implementations)]
pub struct Terms<'a> {
    pub delivery: &'a Delivery,
    /// How many people may join through it.
    pub uses: u32,
    pub passcode: Option<&'a Password>,
    /// The invitation that this one takes the place of.
    pub before: Option<LinkId>,
}

/// Makes a link for the target and the mail that carries it. The caller writes down which link is the newest.
pub fn make(
    tx: &mut Tx,
    grant: &Grant,
    terms: &Terms,
    client: &Client,
    user: Option<&User>,
) -> Run<(LinkId, InvitationView)> {
    let (agency, now) = (tx.context().agency, tx.now());
    let id: LinkId = tx.new_id();
    let secret = tx.secret_bytes(&format!("invitation/{id}"));
    let token = LinkToken::new(Purpose::Invitation, agency, id, &secret);
    let target = match user {
        None => LinkTarget::Client { client: client.id },
        Some(user) => LinkTarget::User { client: client.id, user: user.id, email: user.email.clone() },
    };
    let expires_at = rules::expiry(terms.delivery.expires_in_days, now)?;
    supersede(tx, grant, terms.before)?;
    let link = Link {
        id,
        target,
        secret: token.hash(),
        made_by: grant.actor(),
        epoch: client.access_epoch,
        share_epoch: 0,
        created_at: now,
        expires_at,
        send_now: terms.delivery.send_now,
        uses: Some(terms.uses),
        used: 0,
        last_used_at: None,
        last_source: None,
        passcode: passcodes::kept(tx, terms.passcode)?,
        wrong_passcodes: 0,
        ended: None,
        erased: false,
    };
    tx.put(grant, &link)?;
    let agency: Agency = tx.get(agency)?;
    let address = format!("{}#{}", terms.delivery.base_url, token.text());
    let view = InvitationView {
        id,
        client: client.id,
        access: client.access,
        user: user.map(|user| user.id),
        token: OneTimeSecret::new(token.text()),
        mail: mail(tx, &agency, client, user, &address)?,
        link: OneTimeSecret::new(address),
        expires_at,
        send_now: terms.delivery.send_now,
        uses: terms.uses,
        passcode: link.passcode.is_some(),
    };
    Ok((id, view))
}

/// Marks the invitation that a new one takes the place of, unless something else ended it before.
fn supersede(tx: &mut Tx, grant: &Grant, before: Option<LinkId>) -> Run<()> {
    let now = tx.now();
    let before: Option<Link> = match before {
        Some(id) => tx.find(id)?,
        None => None,
    };
    if let Some(mut link) =
        before.filter(|link| link.ended.is_none() && !link.is_used_up() && now < link.expires_at)
    {
        link.ended = Some(LinkEnd { at: now, reason: EndReason::Superseded });
        tx.put(grant, &link)?;
    }
    Ok(())
}

/// The mail that tells somebody who has joined of a further client. Its link is the portal's page, without a secret.
pub fn added_mail(tx: &mut Tx, client: &Client, user: &User, portal: &PageUrl) -> Run<MailView> {
    let agency: Agency = tx.get(tx.context().agency)?;
    written(tx, MailKind::ClientAdded, &agency, client, Some(user), portal.as_str())
}

fn mail(tx: &mut Tx, agency: &Agency, client: &Client, user: Option<&User>, link: &str) -> Run<MailView> {
    written(tx, MailKind::Invitation, agency, client, user, link)
}

fn written(
    tx: &mut Tx,
    kind: MailKind,
    agency: &Agency,
    client: &Client,
    user: Option<&User>,
    link: &str,
) -> Run<MailView> {
    let locale = user.and_then(|user| user.locale).or(client.locale).unwrap_or(agency.locale);
    let own: Option<EmailTemplate> = tx.find(EmailTemplate::id_of(kind, locale))?;
    let words = templates::words(own.as_ref(), kind, locale);
    let values = MailValues {
        agency: agency.name.as_str(),
        client: client.name.as_str(),
        name: user.map_or(client.name.as_str(), |user| user.name.as_str()),
        link,
    };
    let mail = templates::fill(words, &values);
    Ok(MailView {
        to: user.map(|user| user.email.clone()),
        subject: mail.subject,
        text: OneTimeSecret::new(mail.text),
        html: OneTimeSecret::new(mail.html),
    })
}

/// The client's first invitation moves it from no access to invited.
pub fn invite_client(tx: &mut Tx, grant: &Grant, client: &mut Client) -> Run<()> {
    match client.access {
        AccessStatus::NoAccess => set_access(tx, grant, client, AccessStatus::Invited),
        AccessStatus::Invited | AccessStatus::Active => Ok(()),
        AccessStatus::Deactivated => Err(Refusal::new(Code::AccessEnded).into()),
    }
}

/// The first person who joins moves the client to active, exactly once; true if this was the one.
pub fn activate_client(tx: &mut Tx, grant: &Grant, client: &mut Client) -> Run<bool> {
    match client.access {
        AccessStatus::NoAccess | AccessStatus::Invited => {
            set_access(tx, grant, client, AccessStatus::Active)?;
            Ok(true)
        }
        AccessStatus::Active | AccessStatus::Deactivated => Ok(false),
    }
}

/// One invitation covers every client that the person was added to meanwhile: those become active too.
pub fn activate_others(
    tx: &mut Tx,
    grant: &Grant,
    principal: &Principal,
    but: ClientId,
) -> Run<Vec<ClientId>> {
    let PrincipalSide::User { clients } = &principal.side else { return Ok(Vec::new()) };
    let others: Vec<ClientId> = clients.iter().map(|one| one.client).filter(|id| *id != but).collect();
    let guards = others.iter().map(|id| administrators_want(id.uuid()));
    tx.prefetch(others.iter().map(Want::record::<Client>).chain(guards))?;
    for id in &others {
        let mut client: Client = tx.get(id)?;
        if activate_client(tx, grant, &mut client)? {
            tx.put(grant, &client)?;
        }
    }
    Ok(others)
}

fn set_access(tx: &mut Tx, grant: &Grant, client: &mut Client, to: AccessStatus) -> Run<()> {
    let from = std::mem::replace(&mut client.access, to);
    tx.emit(grant, &ClientEvent::AccessChanged { client: client.id, from, to })
}

/// An invitation whose secret was shown and which is good, with what it is for.
#[derive(Debug)]
pub struct Opened {
    pub link: Link,
    pub client: Client,
    pub user: Option<(User, Principal)>,
}

/// What to prefetch for opening an invitation.
pub fn wants_of(token: &Token, agency: AgencyId) -> [Want; 2] {
    opening::wants_of(token, Purpose::Invitation, agency)
}

/// Opens an invitation. Only who shows the whole secret is told what became of it; a passcode is asked for after this.
pub fn open(tx: &mut Tx, token: &Token) -> Run<Opened> {
    let link = opening::found(tx, token, Purpose::Invitation)?;
    let user = link.target.user();
    let persons = user.into_iter().flat_map(|id| {
        [Want::record::<User>(id), Want::record::<Principal>(id), Want::record::<Credential>(id)]
    });
    let guard = administrators_want(link.target.client().uuid());
    tx.prefetch(opening::wants_for(tx, &link).chain(persons).chain([guard]))?;
    let client: Client = tx.find(link.target.client())?.ok_or_else(opening::invalid)?;
    let maker_may = opening::maker_may(tx, &link)?;
    let invalid = opening::invalid;
    let user = match user {
        None => None,
        Some(id) => Some((tx.find::<User>(id)?.ok_or_else(invalid)?, tx.find(id)?.ok_or_else(invalid)?)),
    };
    let standing = Standing {
        project: None,
        client: &client,
        user: user.as_ref().map(|(user, principal)| (user, principal)),
        now: tx.now(),
    };
    may_use(&link, &standing, maker_may).map_err(|refusal| refusal.at("token"))?;
    Ok(Opened { link, client, user })
}
