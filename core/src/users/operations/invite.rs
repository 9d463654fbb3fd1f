//! Inviting: a link for a client, a person with a link of their own, a fresh link for either.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{EMAIL, email_claim};
use crate::access::{
    Access, ClientAccess, ClientRole, Grant, Permission, Principal, PrincipalSide, Reach, Scope, authorize,
    giving, put_principal, role_wants,
};
use crate::clients::events::ClientEvent;
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::users::events::UserEvent;
use crate::users::invitations::{self, Delivery, Terms};
use crate::users::model::{Membership, MembershipState, User};
use crate::users::rules;
use crate::users::views::{self, InvitationView};
use crate::values::{ClientId, Email, Locale, Password, Text, UserId, optional_secret_input};

/// Enables portal access for a client: makes its link and the mail that carries it. Whoever of the client opens the
/// link first joins as orderer. A link made before is no longer good.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnableAccess {
    pub client: ClientId,
    pub delivery: Delivery,
    /// How many people may join through it: 1 to 100, one if not given.
    #[serde(default)]
    pub uses: Option<u32>,
    /// Whoever joins must show it beside the link: 6 to 100 characters. Tell it by another way than the link.
    #[serde(default, serialize_with = "optional_secret_input")]
    pub passcode: Option<Password>,
}

impl Operation for EnableAccess {
    const NAME: &'static str = "clients.enable_access";
    const EFFECT: Effect = Effect::Command;
    const SECRETS: &'static [&'static str] = &["passcode"];
    const COSTLY: bool = true;
    type Reply = InvitationView;

    fn run(&self, tx: &mut Tx) -> Run<InvitationView> {
        let words = invitations::wants(tx.context().agency);
        tx.prefetch(words.chain([Want::record::<Client>(self.client)]))?;
        let grant = authorize(tx, Permission::ManageUsers, Scope::Agency)?;
        let mut client: Client = tx.get(self.client)?;
        invitations::invite_client(tx, &grant, &mut client)?;
        let uses = rules::uses(self.uses)?;
        let passcode = self.passcode.as_ref();
        let terms = Terms { delivery: &self.delivery, uses, passcode, before: client.link };
        let (link, view) = invitations::make(tx, &grant, &terms, &client, None)?;
        client.link = Some(link);
        tx.put(&grant, &client)?;
        let (expires_at, send_now) = (view.expires_at, view.send_now);
        tx.emit(&grant, &ClientEvent::LinkMade { client: client.id, expires_at, send_now })?;
        Ok(view)
    }

    fn without_secrets(reply: InvitationView) -> InvitationView {
        views::without_secrets(reply)
    }
}

/// Creates a portal user at a client and invites them: their own link, bound to their address. Somebody who is a user
/// already is added with `users.add_to_client`.
///
/// The agency does this, or the client's own administrator within what they hold.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateUser {
    pub client: ClientId,
    pub name: Text<120>,
    /// The login: unique in the agency, compared without case.
    pub email: Email,
    pub role: ClientRole,
    /// Without it, the client's language.
    #[serde(default)]
    pub locale: Option<Locale>,
    pub delivery: Delivery,
    /// Whoever joins must show it beside the link: 6 to 100 characters. Tell it by another way than the link.
    #[serde(default, serialize_with = "optional_secret_input")]
    pub passcode: Option<Password>,
}

impl Operation for CreateUser {
    const NAME: &'static str = "users.create";
    const EFFECT: Effect = Effect::Command;
    const SECRETS: &'static [&'static str] = &["passcode"];
    const COSTLY: bool = true;
    type Reply = InvitationView;

    fn run(&self, tx: &mut Tx) -> Run<InvitationView> {
        let words = invitations::wants(tx.context().agency);
        let books = role_wants(tx, self.client);
        tx.prefetch(
            words.chain([Want::record::<Client>(self.client), email_claim(&self.email)]).chain(books),
        )?;
        let grant = giving(tx, self.client, self.role, &Reach::Everything)?;
        let mut client: Client = tx.get(self.client)?;
        if tx.holder(email_claim(&self.email))?.is_some() {
            return Err(Refusal::new(Code::PersonExists).at("email").into());
        }
        invitations::invite_client(tx, &grant, &mut client)?;
        let mut user = User {
            id: tx.new_id(),
            name: self.name.clone(),
            email: self.email.clone(),
            locale: self.locale,
            link: None,
            created_at: tx.now(),
            joined_at: None,
            erased_at: None,
        };
        let passcode = self.passcode.as_ref();
        let terms = Terms { delivery: &self.delivery, uses: 1, passcode, before: None };
        let (link, view) = invitations::make(tx, &grant, &terms, &client, Some(&user))?;
        user.link = Some(link);
        tx.put(&grant, &user)?;
        admit(tx, &grant, &user, &mut client, self.role, Access::Invited)?;
        tx.put(&grant, &client)?;
        tx.emit(&grant, &UserEvent::Created { user: user.id, client: client.id, role: self.role })?;
        invited(tx, &grant, &user, &view)?;
        Ok(view)
    }

    fn without_secrets(reply: InvitationView) -> InvitationView {
        views::without_secrets(reply)
    }
}

/// Invites a person again who has not joined yet. The link made before is no longer good.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteUser {
    pub user: UserId,
    /// One of the user's clients: the one that the mail names.
    pub client: ClientId,
    pub delivery: Delivery,
    /// Whoever joins must show it beside the link: 6 to 100 characters. Tell it by another way than the link.
    #[serde(default, serialize_with = "optional_secret_input")]
    pub passcode: Option<Password>,
}

impl Operation for InviteUser {
    const NAME: &'static str = "users.invite";
    const EFFECT: Effect = Effect::Command;
    const SECRETS: &'static [&'static str] = &["passcode"];
    const COSTLY: bool = true;
    type Reply = InvitationView;

    fn run(&self, tx: &mut Tx) -> Run<InvitationView> {
        let words = invitations::wants(tx.context().agency);
        let user = [Want::record::<User>(self.user), Want::record::<Principal>(self.user)];
        tx.prefetch(words.chain(user).chain([Want::record::<Client>(self.client)]))?;
        let grant = authorize(tx, Permission::ManageUsers, Scope::Agency)?;
        let mut user: User = tx.get(self.user)?;
        let principal: Principal = tx.get(self.user)?;
        let client: Client = tx.get(self.client)?;
        let belongs = matches!(&principal.side, PrincipalSide::User { clients }
            if clients.iter().any(|one| one.client == client.id));
        match principal.access {
            _ if !belongs => return Err(Refusal::not_found().into()),
            Access::Invited => {}
            Access::Active => return Err(Refusal::new(Code::AlreadyJoined).into()),
            Access::Deactivated => return Err(Refusal::new(Code::AccessEnded).into()),
        }
        let passcode = self.passcode.as_ref();
        let terms = Terms { delivery: &self.delivery, uses: 1, passcode, before: user.link };
        let (link, view) = invitations::make(tx, &grant, &terms, &client, Some(&user))?;
        user.link = Some(link);
        tx.put(&grant, &user)?;
        invited(tx, &grant, &user, &view)?;
        Ok(view)
    }

    fn without_secrets(reply: InvitationView) -> InvitationView {
        views::without_secrets(reply)
    }
}

fn invited(tx: &mut Tx, grant: &Grant, user: &User, view: &InvitationView) -> Run<()> {
    let (client, expires_at, send_now) = (view.client, view.expires_at, view.send_now);
    tx.emit(grant, &UserEvent::Invited { user: user.id, client, expires_at, send_now })
}

/// Writes what makes a new person one of a client's: the login, the rights, the membership. The caller writes the
/// client, which counts its people.
pub(super) fn admit(
    tx: &mut Tx,
    grant: &Grant,
    user: &User,
    client: &mut Client,
    role: ClientRole,
    access: Access,
) -> Run<()> {
    client.add_person()?;
    let locale = user.locale.or(client.locale);
    let client = client.id;
    tx.take(grant, EMAIL, &user.email.folded(), user.id);
    let principal = Principal {
        id: user.id.uuid(),
        side: PrincipalSide::User { clients: vec![ClientAccess { client, role, reach: Reach::default() }] },
        access,
        must_change_password: false,
        locale,
    };
    put_principal(tx, grant, None, &principal)?;
    tx.put(
        grant,
        &Membership { client, user: user.id, state: MembershipState::Active, created_at: user.created_at },
    )
}
