//! Portal access: inviting and managing users on the agency's side, joining and passwords on theirs.

mod details;
mod invite;
mod join;
mod manage;
mod password;
mod people;
mod revoke;
mod several;

pub use details::GetUserDetails;
pub use invite::{CreateUser, EnableAccess, InviteUser};
pub use join::{JoinPortal, PreviewLink};
pub use manage::{DeactivateUser, ReactivateUser, RenameUser};
pub use password::{ChangePassword, SetTemporaryPassword, VerifyPassword};
pub use people::{GetUser, ListUsers};
pub use revoke::{DeactivateAccess, ReactivateAccess};
pub use several::{AddToClient, RemoveFromClient};

use crate::engine::Want;
use crate::values::Email;

/// The space of claims for logins, compared without case.
const EMAIL: &str = "user_email";

fn email_claim(email: &Email) -> Want {
    Want::Claim { space: EMAIL, name: email.folded() }
}
