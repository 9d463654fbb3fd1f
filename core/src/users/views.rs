//! A portal user as the agency and as they themselves see it, and what an invitation looks like.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Membership, MembershipState, User};
use crate::access::{Access, ClientRole, Grant, Principal, PrincipalSide, Reach};
use crate::clients::model::AccessStatus;
use crate::history::views::EventsView;
use crate::links::views::LinkView;
use crate::values::{ClientId, Email, Instant, LinkId, Locale, OneTimeSecret, UserId};

/// What somebody is at a client.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientRoleView {
    pub client: ClientId,
    pub role: ClientRole,
}

/// A person at a client.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UserView {
    pub id: UserId,
    pub name: String,
    pub email: Email,
    pub locale: Option<Locale>,
    pub status: AccessStatus,
    pub must_change_password: bool,
    pub clients: Vec<ClientRoleView>,
    pub joined_at: Option<Instant>,
}

pub fn user(_: &Grant, user: &User, principal: &Principal) -> UserView {
    let clients = match &principal.side {
        PrincipalSide::User { clients } => clients.as_slice(),
        PrincipalSide::Member { .. } => &[],
    };
    UserView {
        id: user.id,
        name: user.name.to_string(),
        email: user.email.clone(),
        locale: user.locale,
        status: status(user, principal),
        must_change_password: principal.must_change_password,
        clients: clients.iter().map(|one| ClientRoleView { client: one.client, role: one.role }).collect(),
        joined_at: user.joined_at,
    }
}

/// Somebody who has not joined and whose invitation was withdrawn has no access.
fn status(user: &User, principal: &Principal) -> AccessStatus {
    match principal.access {
        Access::Active => AccessStatus::Active,
        Access::Deactivated => AccessStatus::Deactivated,
        Access::Invited if user.link.is_some() => AccessStatus::Invited,
        Access::Invited => AccessStatus::NoAccess,
    }
}

/// A mail as data: the library sends nothing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MailView {
    /// Null if the link is for whoever of the client opens it first.
    pub to: Option<Email>,
    pub subject: String,
    pub text: OneTimeSecret,
    pub html: OneTimeSecret,
}

/// Somebody who was added to a further client.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AddedView {
    pub user: UserView,
    /// The client's status after this.
    pub access: AccessStatus,
    /// The mail that says so; null for somebody who has not joined yet, whose invitation covers this client too.
    pub mail: Option<MailView>,
}

/// A person at a client whose access may be deactivated as a whole.
pub fn user_at(grant: &Grant, user: &User, principal: &Principal, membership: &Membership) -> UserView {
    let mut view = self::user(grant, user, principal);
    if let MembershipState::Suspended { held } = &membership.state {
        view.status = AccessStatus::Deactivated;
        view.clients.push(ClientRoleView { client: held.client, role: held.role });
    }
    view
}

/// A client whose portal somebody can reach, or could while its access is deactivated.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PortalView {
    pub client: ClientId,
    pub client_name: String,
    pub role: ClientRole,
    pub reach: Reach,
    /// False while the client's access is deactivated, or the person's own.
    pub open: bool,
    pub since: Instant,
}

/// Everything about a portal user that the agency works with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UserDetailsView {
    pub user: UserView,
    /// In the order in which the person came to them.
    pub portals: Vec<PortalView>,
    /// The newest 20 invitations, the newest first.
    pub links: Vec<LinkView>,
    /// What happened to the person's access, and what they did about it themselves.
    pub history: EventsView,
}

/// An invitation with its link. The link and the mail's texts are handed out once; a retry finds null.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct InvitationView {
    /// What `links.expire` takes. It opens nothing.
    pub id: LinkId,
    pub client: ClientId,
    /// The client's status after this.
    pub access: AccessStatus,
    /// The invited person; null if the link is for whoever of the client opens it first.
    pub user: Option<UserId>,
    /// What `users.join` takes.
    pub token: OneTimeSecret,
    /// The page with the token behind `#`.
    pub link: OneTimeSecret,
    pub expires_at: Instant,
    /// Whether the host sends the mail now, or it was handed over to somebody.
    pub send_now: bool,
    /// How many people can join through it.
    pub uses: u32,
    /// Whether joining asks for a passcode.
    pub passcode: bool,
    pub mail: MailView,
}

/// As it may be kept: without the secret, also where the mail repeats it.
pub fn without_secrets(mut invitation: InvitationView) -> InvitationView {
    invitation.token = OneTimeSecret::handed_out();
    invitation.link = OneTimeSecret::handed_out();
    invitation.mail.text = OneTimeSecret::handed_out();
    invitation.mail.html = OneTimeSecret::handed_out();
    invitation
}

/// What somebody who holds a link may know before joining.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LinkPreview {
    pub agency_name: String,
    /// Joining asks for a passcode. Until it is shown, the link says nothing more than whose it is.
    pub passcode_needed: bool,
    pub client_name: Option<String>,
    /// The person's name and address if the link is theirs; null if the link asks for them.
    pub name: Option<String>,
    pub email: Option<Email>,
    pub expires_at: Instant,
}

/// Who has joined where.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Joined {
    pub user: UserId,
    pub client: ClientId,
}

/// Who has shown their password.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SignedIn {
    pub user: UserId,
    /// Everything but changing the password is refused until that is done.
    pub must_change_password: bool,
}
