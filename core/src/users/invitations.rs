//! Making an invitation with its mail, and opening one: what the operations of both sides share.

use super::model::{Credential, Link, LinkTarget, User};
use super::rules::{self, LINK_DAYS, LINK_DAYS_MOST, Standing};
use super::tokens::InvitationToken;
use super::views::{InvitationView, MailView};
use crate::access::{Grant, Permission, Place, Principal, still_may};
use crate::agency::model::{Agency, EmailTemplate, MailKind};
use crate::agency::templates::{self, MailValues};
use crate::clients::events::ClientEvent;
use crate::clients::model::{AccessStatus, Client};
use crate::codes::Code;
use crate::engine::{Proof, Refusal, Run, Stop, Tx, Want};
use crate::values::{AgencyId, Instant, LinkId, Locale, MemberId, OneTimeSecret, PageUrl, Token, UserId};

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
    let words = Locale::ALL.map(|locale| EmailTemplate::id_of(MailKind::Invitation, locale));
    words.into_iter().map(Want::record::<EmailTemplate>).chain([Want::record::<Agency>(agency)])
}

/// Makes a link for the target and the mail that carries it. The caller writes down which link is the newest.
pub fn make(
    tx: &mut Tx,
    grant: &Grant,
    delivery: &Delivery,
    client: &Client,
    user: Option<&User>,
) -> Run<(LinkId, InvitationView)> {
    let (agency, now) = (tx.context().agency, tx.now());
    let id: LinkId = tx.new_id();
    let token = InvitationToken::new(agency, id, &tx.secret_bytes(&format!("invitation/{id}")));
    let target = match user {
        None => LinkTarget::Client { client: client.id },
        Some(user) => LinkTarget::User { client: client.id, user: user.id, email: user.email.clone() },
    };
    let expires_at = expiry(delivery, now)?;
    let link = Link {
        id,
        target,
        secret: token.hash(),
        invited_by: grant.actor(),
        created_at: now,
        expires_at,
        send_now: delivery.send_now,
        used_at: None,
    };
    tx.put(grant, &link)?;
    let agency: Agency = tx.get(agency)?;
    let address = format!("{}#{}", delivery.base_url, token.text());
    let view = InvitationView {
        client: client.id,
        access: client.access,
        user: user.map(|user| user.id),
        token: OneTimeSecret::new(token.text()),
        mail: mail(tx, &agency, client, user, &address)?,
        link: OneTimeSecret::new(address),
        expires_at,
        send_now: delivery.send_now,
    };
    Ok((id, view))
}

fn expiry(delivery: &Delivery, now: Instant) -> Result<Instant, Refusal> {
    let days = delivery.expires_in_days.unwrap_or(LINK_DAYS);
    if !(1..=LINK_DAYS_MOST).contains(&days) {
        let expected = format!("1 to {LINK_DAYS_MOST}");
        return Err(Refusal::new(Code::OutOfRange).at("delivery.expires_in_days").with("expected", expected));
    }
    Ok(now.plus_minutes(i64::from(days) * 24 * 60)?)
}

fn mail(tx: &mut Tx, agency: &Agency, client: &Client, user: Option<&User>, link: &str) -> Run<MailView> {
    let locale = user.and_then(|user| user.locale).or(client.locale).unwrap_or(agency.locale);
    let own: Option<EmailTemplate> = tx.find(EmailTemplate::id_of(MailKind::Invitation, locale))?;
    let words = templates::words(own.as_ref(), MailKind::Invitation, locale);
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

/// What to prefetch for opening a link. What is no token of this agency is looked for all the same, under no id.
pub fn wants_of(token: &Token, agency: AgencyId) -> [Want; 2] {
    let link = InvitationToken::read(token, agency).map_or_else(uuid::Uuid::nil, |token| token.link().uuid());
    [Want::record::<Link>(link), Want::record::<Agency>(agency)]
}

/// Opens a link. Only who shows the whole secret is told what became of it.
pub fn open(tx: &mut Tx, token: &Token) -> Run<Opened> {
    let invalid = || Stop::Refused(Refusal::new(Code::LinkInvalid).at("token"));
    let token = InvitationToken::read(token, tx.context().agency).ok_or_else(invalid)?;
    let link: Link =
        tx.find(token.link())?.filter(|link: &Link| token.fits(&link.secret)).ok_or_else(invalid)?;
    let client = link.target.client();
    let (member, person) = (link.invited_by.member(), link.invited_by.user());
    let inviter = member.map(MemberId::uuid).or(person.map(UserId::uuid));
    let user = match &link.target {
        LinkTarget::User { user, .. } => Some(*user),
        LinkTarget::Client { .. } => None,
    };
    let persons = user.into_iter().flat_map(|id| {
        [Want::record::<User>(id), Want::record::<Principal>(id), Want::record::<Credential>(id)]
    });
    let wants = persons.chain(inviter.map(Want::record::<Principal>));
    tx.prefetch(wants.chain([Want::record::<Client>(client)]))?;
    let client: Client = tx.find(client)?.ok_or_else(invalid)?;
    let needed = if person.is_some() { Permission::ManagePeople } else { Permission::ManageUsers };
    let inviter_may = still_may(tx, link.invited_by, needed, &Place::client(client.id))?;
    let user = match user {
        None => None,
        Some(id) => Some((tx.find::<User>(id)?.ok_or_else(invalid)?, tx.find(id)?.ok_or_else(invalid)?)),
    };
    let standing = Standing {
        client: &client,
        user: user.as_ref().map(|(user, principal)| (user, principal)),
        inviter_may,
        now: tx.now(),
    };
    rules::may_use(&link, &standing).map_err(|refusal| refusal.at("token"))?;
    Ok(Opened { link, client, user })
}
