//! One person at several clients: adding somebody who is a user already to another client, and removing them again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::email_claim;
use crate::access::{
    Access, ClientAccess, ClientRole, Grant, Permission, Principal, PrincipalSide, Reach, Scope,
    administrators_want, authorize, giving, managing, may_change, replace_principal, role_wants,
};
use crate::agency::model::MailKind;
use crate::clients::model::{AccessStatus, Client};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::sessions::ending;
use crate::users::events::UserEvent;
use crate::users::invitations;
use crate::users::leaving::leave;
use crate::users::model::{Membership, MembershipState, User};
use crate::users::reaches::{belongs, reach_wants};
use crate::users::views::{self, AddedView, RemovedView};
use crate::values::{ClientId, Email, OneTimeSecret, PageUrl, UserId};

/// More clients than this one person cannot belong to.
const MOST_CLIENTS: usize = 100;

/// Adds somebody who is a portal user to a further client. Who has joined is active there at once, and gets a mail
/// that says so; who has not is covered by the invitation that they have.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddToClient {
    pub client: ClientId,
    /// The person by id; either this or the address.
    #[serde(default)]
    pub user: Option<UserId>,
    /// The person by address, compared without case.
    #[serde(default)]
    pub email: Option<Email>,
    pub role: ClientRole,
    /// The projects and sites that the person is limited to; without it, the whole client.
    #[serde(default)]
    pub reach: Reach,
    /// The portal's page, for the mail.
    pub portal_url: PageUrl,
}

impl Operation for AddToClient {
    const NAME: &'static str = "users.add_to_client";
    const EFFECT: Effect = Effect::Command;
    type Reply = AddedView;

    fn run(&self, tx: &mut Tx) -> Run<AddedView> {
        let agency = tx.context().agency;
        let words = invitations::wants_words(agency, MailKind::ClientAdded);
        let guard = administrators_want(self.client.uuid());
        let others = role_wants(tx, self.client).into_iter().chain([guard]).chain(reach_wants(&self.reach));
        let person = self.user.into_iter().flat_map(|id| records_of(id, self.client));
        let claim = self.email.as_ref().map(email_claim);
        let client = [Want::record::<Client>(self.client)];
        tx.prefetch(words.chain(others).chain(person).chain(claim).chain(client))?;
        let grant = giver(tx)?;
        giving(tx, self.client, self.role, &self.reach)?;
        let mut client: Client = tx.get(self.client)?;
        if client.access == AccessStatus::Deactivated {
            return Err(Refusal::new(Code::AccessEnded).into());
        }
        let id = self.person(tx)?;
        tx.prefetch(records_of(id, client.id))?;
        belongs(tx, &client, &self.reach)?;
        let user: User = tx.get(id)?;
        let mut principal: Principal = tx.get(id)?;
        let PrincipalSide::User { clients } = &mut principal.side else {
            return Err(Refusal::not_found().into());
        };
        if clients.iter().any(|one| one.client == client.id) {
            return Err(Refusal::new(Code::AlreadyExists).into());
        }
        if clients.len() >= MOST_CLIENTS {
            return Err(Refusal::new(Code::TooMany).with("expected", MOST_CLIENTS).into());
        }
        clients.push(ClientAccess { client: client.id, role: self.role, reach: self.reach.clone() });
        let has_joined = match principal.access {
            Access::Active => user.joined_at.is_some(),
            Access::Invited => false,
            Access::Deactivated => return Err(Refusal::new(Code::AccessEnded).into()),
        };
        client.add_person()?;
        if has_joined {
            invitations::activate_client(tx, &grant, &mut client)?;
        } else {
            invitations::invite_client(tx, &grant, &mut client)?;
        }
        tx.put(&grant, &client)?;
        replace_principal(tx, &grant, &principal)?;
        // Read, so that the membership of an earlier time is taken up again.
        let _: Option<Membership> = tx.find(Membership::id(client.id, id))?;
        let created_at = tx.now();
        let membership =
            Membership { client: client.id, user: id, state: MembershipState::Active, created_at };
        tx.put(&grant, &membership)?;
        tx.emit(&grant, &UserEvent::AddedToClient { user: id, client: client.id, role: self.role })?;
        let mail = if has_joined {
            Some(invitations::added_mail(tx, &client, &user, &self.portal_url)?)
        } else {
            None
        };
        Ok(AddedView { user: views::user(&grant, &user, &principal), access: client.access, mail })
    }

    fn without_secrets(mut reply: AddedView) -> AddedView {
        if let Some(mail) = &mut reply.mail {
            mail.text = OneTimeSecret::handed_out();
            mail.html = OneTimeSecret::handed_out();
        }
        reply
    }
}

impl AddToClient {
    fn person(&self, tx: &mut Tx) -> Run<UserId> {
        match (self.user, &self.email) {
            (Some(id), None) => Ok(id),
            (None, Some(email)) => {
                let holder = tx.holder(email_claim(email))?.and_then(|text| text.parse::<Uuid>().ok());
                Ok(holder.map(UserId::new).ok_or_else(|| Refusal::not_found().at("email"))?)
            }
            (None, None) => Err(Refusal::new(Code::FieldMissing).at("user").into()),
            (Some(_), Some(_)) => Err(Refusal::new(Code::FieldUnknown).at("email").into()),
        }
    }
}

/// Removes somebody from one of their clients at once. They keep the others, and their login.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveFromClient {
    pub user: UserId,
    pub client: ClientId,
}

impl Operation for RemoveFromClient {
    const NAME: &'static str = "users.remove_from_client";
    const EFFECT: Effect = Effect::Command;
    type Reply = RemovedView;

    fn run(&self, tx: &mut Tx) -> Run<RemovedView> {
        let records = records_of(self.user, self.client).into_iter().chain(role_wants(tx, self.client));
        let client = [Want::record::<Client>(self.client), administrators_want(self.client.uuid())];
        tx.prefetch(records.chain(client).chain([ending::wants(self.user)]))?;
        let grant = managing(tx, self.client)?;
        let mut client: Client = tx.get(self.client)?;
        let principal: Principal = tx.get(self.user)?;
        if let PrincipalSide::User { clients } = &principal.side
            && let Some(standing) = clients.iter().find(|one| one.client == client.id)
        {
            may_change(tx, &grant, &principal, standing)?;
        }
        leave(tx, &grant, &mut client, self.user)?;
        Ok(views::removed(&grant, self.user, client.id))
    }
}

/// Whoever decides where people may do something manages the people, and what they may do.
fn giver(tx: &mut Tx) -> Run<Grant> {
    let grant = authorize(tx, Permission::ManageUsers, Scope::Agency)?;
    if grant.holds(Permission::GrantAccess) {
        Ok(grant)
    } else {
        Err(Refusal::new(Code::NotPermitted).into())
    }
}

fn records_of(user: UserId, client: ClientId) -> [Want; 3] {
    [
        Want::record::<User>(user),
        Want::record::<Principal>(user),
        Want::record::<Membership>(Membership::id(client, user)),
    ]
}
