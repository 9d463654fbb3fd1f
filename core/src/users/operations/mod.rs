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
mod second_factor;

pub use access::{ListMyPeople, SetAccess};
mod revoke;
mod several;

pub use details::GetUserDetails;
pub use invite::{CreateUser, EnableAccess, InviteUser};
pub use join::{JoinPortal, PreviewLink};
pub use manage::{DeactivateUser, ReactivateUser, RenameUser};
pub use password::{ChangePassword, SetTemporaryPassword, VerifyPassword};
pub use people::{GetUser, ListUsers};
pub use reset::{PasswordResetMail, RequestPasswordReset, StartPasswordReset};
pub use reset_use::{PreviewPasswordReset, ResetPassword};
pub use revoke::{DeactivateAccess, ReactivateAccess};
pub use second_factor::{
    ConfirmSecondFactor, DisableSecondFactor, EnrolSecondFactor, GetSecondFactor, ResetSecondFactor,
};
pub use several::{AddToClient, RemoveFromClient};

use crate::users::logins::{EMAIL, email_claim};
