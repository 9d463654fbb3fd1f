//! A portal user as the agency and as they themselves see it, and what an invitation looks like.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Membership, MembershipState, User};
use super::second_factor::SecondFactor;
use crate::access::{Access, ClientAccess, ClientRole, Grant, Principal, PrincipalSide, Reach};
use crate::clients::model::AccessStatus;
use crate::history::views::EventsView;
use crate::links::views::LinkView;
use crate::values::{ClientId, Email, Instant, LinkId, Locale, OneTimeSecret, UserId};

/// What somebody is at a client.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientRoleView {
    pub client: ClientId,
    pub role: ClientRole,
    pub reach: Reach,
}

/// Somebody as one client knows them: what they are there, and nothing of other clients.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PersonView {
    pub user: UserId,
    pub name: String,
    pub email: Email,
    pub status: AccessStatus,
    pub client: ClientId,
    pub role: ClientRole,
    pub reach: Reach,
}

pub fn person(_: &Grant, user: &User, principal: &Principal, standing: &ClientAccess) -> PersonView {
    PersonView {
        user: user.id,
        name: user.name.to_string(),
        email: user.email.clone(),
        status: status(user, principal),
        client: standing.client,
        role: standing.role,
        reach: standing.reach.clone(),
    }
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
        clients: clients
            .iter()
            .map(|one| ClientRoleView { client: one.client, role: one.role, reach: one.reach.clone() })
            .collect(),
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

/// Who belongs to a client no longer. What they are elsewhere is not this client's to know.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RemovedView {
    pub user: UserId,
    pub client: ClientId,
}

pub const fn removed(_: &Grant, user: UserId, client: ClientId) -> RemovedView {
    RemovedView { user, client }
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
        view.clients.push(ClientRoleView { client: held.client, role: held.role, reach: held.reach.clone() });
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
    /// For a cookie that lasts, to be shown at the next sign-in; null if the device was known.
    pub device: OneTimeSecret,
}

/// What everybody is told who asks for a mail for a new password: one constant.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ResetRequested {
    /// A sentence for the page, in the language of the call, else the agency's.
    pub message: String,
}

pub fn reset_requested(locale: Locale) -> ResetRequested {
    let message = match locale {
        Locale::En => "If this address belongs to an account, a mail with a link is on its way.",
        Locale::Fr => "Si cette adresse correspond à un compte, un e-mail avec un lien est en route.",
    };
    ResetRequested { message: message.to_owned() }
}

/// The mail for a new password, for the host to send; null if there is nobody to send one to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ResetMail {
    pub mail: Option<MailView>,
    /// What `users.reset_password` takes, for hosts that write mails of their own. It goes to the address alone.
    pub token: OneTimeSecret,
    pub expires_at: Option<Instant>,
}

/// What the holder of a link for a new password may know before using it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ResetPreview {
    pub agency_name: String,
    /// For password managers: the login.
    pub email: Email,
    pub expires_at: Instant,
}

/// Whose password was set through a link. They sign in with it now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PasswordWasReset {
    pub user: UserId,
}

/// Whether sign-in asks for a second factor.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SecondFactorView {
    pub on: bool,
    pub recovery_codes_left: u32,
}

pub fn second_factor(_: &Grant, factor: Option<&SecondFactor>) -> SecondFactorView {
    let factor = factor.filter(|factor| factor.is_on());
    let left = factor.map_or(0, |factor| factor.recovery.len());
    SecondFactorView { on: factor.is_some(), recovery_codes_left: u32::try_from(left).unwrap_or(u32::MAX) }
}

/// The secret of a second factor, shown once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SecondFactorEnrolled {
    /// In base32, for who types it in.
    pub secret: OneTimeSecret,
    /// An `otpauth` address, which the host shows as a picture for the app to read.
    pub uri: OneTimeSecret,
}

/// Recovery codes, shown once; empty when a retried command is answered again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecoveryCodes {
    pub recovery_codes: Vec<OneTimeSecret>,
}
