//! Erasing a portal user, in steps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::at_most;
use crate::access::{
    Access, Grant, Permission, Principal, PrincipalSide, Scope, administrators_want, authorize,
    forget_replies, replace_principal,
};
use crate::candidates::model::Feedback;
use crate::clients::model::Client;
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::identities::model::Identity;
use crate::links::model::Link;
use crate::messages::model::Message;
use crate::privacy::events::ErasureEvent;
use crate::privacy::model::{DataSubject, Erasure};
use crate::privacy::rules;
use crate::privacy::views::{self, ErasureView};
use crate::sessions::model::UserSessions;
use crate::users::leaving::leave;
use crate::users::logins::EMAIL;
use crate::users::model::{Credential, Membership, MembershipState, User};
use crate::users::reset::PasswordReset;
use crate::users::second_factor::SecondFactor;
use crate::values::{ClientId, UserId};

/// Messages, invitations and feedback that one step goes through unless it is told another number, of each.
const COPIES_PER_STEP: u32 = 500;
/// More clients and identities one person has not.
const MOST_OF_ONE: u32 = 1_000;
const LINKS_PER_CLIENT: u32 = 1_000;

/// Erases a portal user: name, address, password, second factor, sessions, devices, identities, invitations, and the
/// name on messages and on feedback. They leave all their clients at once. Orders, approvals and the history stay, under an id that is
/// nobody's; what they wrote stays without their name.
///
/// Refused while the person is the last administrator of a client. Call again, with a command id of its own, while the
/// reply says `more`. Once it does not, replies that were kept for retries of earlier commands are forgotten too: such
/// a retry is answered by `reply_erased`, and still does nothing twice.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EraseUser {
    pub user: UserId,
    /// How many messages, invitations and words on candidates this step goes through, 1 to 10,000 of each; 500 if not
    /// given.
    #[serde(default)]
    pub at_most: Option<u32>,
}

/// What is the person's own, beside the rows under their id.
struct Own {
    memberships: Want,
    identities: Want,
    links: Want,
    messages: Want,
    feedback: Want,
}

impl Operation for EraseUser {
    const NAME: &'static str = "privacy.erase_user";
    const EFFECT: Effect = Effect::Command;
    type Reply = ErasureView;

    fn run(&self, tx: &mut Tx) -> Run<ErasureView> {
        let most = at_most(self.at_most, COPIES_PER_STEP)?;
        let id = Erasure::user_id(self.user);
        let key = || vec![self.user.to_string().into()];
        let own = Own {
            memberships: Want::range::<Membership>("by_user", key(), MOST_OF_ONE),
            identities: Want::range::<Identity>("by_user", key(), MOST_OF_ONE),
            links: Want::range::<Link>("by_user", key(), most),
            messages: Want::range::<Message>("by_author", key(), most),
            feedback: Want::range::<Feedback>("by_user", key(), most),
        };
        let ranges =
            [&own.memberships, &own.identities, &own.links, &own.messages, &own.feedback].map(Clone::clone);
        tx.prefetch([Want::record::<Erasure>(&id)].into_iter().chain(rows_of(self.user)).chain(ranges))?;
        let grant = authorize(tx, Permission::ManagePersonalData, Scope::Agency)?;
        let found: Option<Erasure> = tx.find(&id)?;
        let mut erasure = match found {
            Some(erasure) if erasure.finished_at.is_some() => return Ok(views::erasure(&grant, &erasure)),
            Some(erasure) => erasure,
            None => self.begin(tx, &grant, &own)?,
        };
        let (links, messages): (Vec<Link>, Vec<Message>) = (tx.list(own.links)?, tx.list(own.messages)?);
        // Each that is made empty is in its range no more, so the next step begins with those that are left.
        let said: Vec<Feedback> = tx.list(own.feedback)?;
        let is_over = [links.len(), messages.len(), said.len()].iter().all(|rows| *rows < most as usize);
        erasure.found(links.len() + messages.len() + said.len());
        for mut link in links {
            rules::link(&mut link)?;
            tx.put(&grant, &link)?;
        }
        for mut message in messages {
            rules::message(&mut message)?;
            tx.put(&grant, &message)?;
        }
        for mut feedback in said {
            rules::feedback_by(&mut feedback)?;
            tx.put(&grant, &feedback)?;
        }
        if is_over {
            erasure.finished_at = Some(tx.now());
            forget_replies(tx, &grant)?;
            let copies = erasure.copies;
            tx.emit(&grant, &ErasureEvent::UserErased { user: self.user, copies })?;
        }
        tx.put(&grant, &erasure)?;
        Ok(views::erasure(&grant, &erasure))
    }
}

fn rows_of(user: UserId) -> [Want; 6] {
    [
        Want::record::<User>(user),
        Want::record::<Principal>(user),
        Want::record::<Credential>(user),
        Want::record::<SecondFactor>(user),
        Want::record::<PasswordReset>(user),
        Want::record::<UserSessions>(user),
    ]
}

impl EraseUser {
    /// The person's own rows. Whoever writes in the person's name, invites or names them reads their principal or their
    /// row, so from this commit on no further copy is made.
    fn begin(&self, tx: &mut Tx, grant: &Grant, own: &Own) -> Run<Erasure> {
        let user: User = tx.get(self.user)?;
        let memberships: Vec<Membership> = tx.list(own.memberships.clone())?;
        let clients = memberships.iter().filter(|one| one.state != MembershipState::Ended);
        let clients: Vec<_> = clients.map(|one| one.client).collect();
        let links = |client: ClientId| {
            Want::range::<Link>("by_client", vec![client.to_string().into()], LINKS_PER_CLIENT).newest_first()
        };
        let wants = clients.iter().flat_map(|client| {
            let membership = Want::record::<Membership>(Membership::id(*client, self.user));
            [Want::record::<Client>(client), administrators_want(client.uuid()), membership, links(*client)]
        });
        tx.prefetch(wants)?;
        tx.emit(grant, &ErasureEvent::UserBegun { user: user.id })?;
        for client in clients {
            // A link for whoever comes first does not say who came: where it was used from may be this person's.
            let opened: Vec<Link> = tx.list(links(client))?;
            for mut link in opened.into_iter().filter(rules::may_tell_of) {
                link.last_source = None;
                tx.put(grant, &link)?;
            }
            let mut client: Client = tx.get(client)?;
            leave(tx, grant, &mut client, user.id)?;
        }
        let mut principal: Principal = tx.get(user.id)?;
        principal.access = Access::Deactivated;
        principal.side = PrincipalSide::User { clients: Vec::new() };
        (principal.locale, principal.must_change_password) = (None, false);
        replace_principal(tx, grant, &principal)?;
        self.empty(tx, grant)?;
        let identities: Vec<Identity> = tx.list(own.identities.clone())?;
        for identity in identities {
            tx.put(grant, &identity.forgotten()?)?;
        }
        tx.release(grant, EMAIL, &user.email.folded(), user.id);
        tx.put(grant, &rules::user(&user, tx.now())?)?;
        Ok(Erasure::begun(DataSubject::User, user.id.uuid(), tx.now()))
    }

    /// What proves the person, and where they came from.
    fn empty(&self, tx: &mut Tx, grant: &Grant) -> Run<()> {
        if let Some(mut credential) = tx.find::<Credential>(self.user)? {
            credential.password.clear();
            tx.put(grant, &credential)?;
        }
        if let Some(mut second) = tx.find::<SecondFactor>(self.user)? {
            (second.secret, second.confirmed_at, second.last_step) = (None, None, None);
            second.recovery.clear();
            tx.put(grant, &second)?;
        }
        if let Some(mut reset) = tx.find::<PasswordReset>(self.user)? {
            (reset.requested_at, reset.link) = (None, None);
            tx.put(grant, &reset)?;
        }
        if tx.find::<UserSessions>(self.user)?.is_some() {
            tx.put(grant, &UserSessions::none(self.user))?;
        }
        Ok(())
    }
}
