//! Portal access: inviting and managing users on the agency's side, joining and passwords on theirs.

mod access;
mod details;
mod invite;
mod join;
mod manage;
mod password;
mod people;
mod reset;
mod reset_use;
mod revoke;
mod second_factor;
mod several;

pub use access::SetAccess;
pub use details::GetUserDetails;
pub use invite::{CreateUser, EnableAccess, InviteUser};
pub use join::{JoinPortal, PreviewLink};
pub use manage::{DeactivateUser, ReactivateUser, RenameUser};
pub use password::{ChangePassword, SetTemporaryPassword, VerifyPassword};
pub use people::{GetUser, ListMyPeople, ListUsers};
pub use reset::{PasswordResetMail, RequestPasswordReset, StartPasswordReset};
pub use reset_use::{PreviewPasswordReset, ResetPassword};
pub use revoke::{DeactivateAccess, ReactivateAccess};
pub use second_factor::{
    ConfirmSecondFactor, DisableSecondFactor, EnrolSecondFactor, GetSecondFactor, ResetSecondFactor,
};
pub use several::{AddToClient, RemoveFromClient};

use crate::users::logins::{EMAIL, email_claim};
