//! The login: an e-mail address, unique in the agency and compared without case.

use crate::engine::Want;
use crate::values::Email;

/// The space of claims for logins.
pub const EMAIL: &str = "user_email";

/// Whose login this is.
pub fn email_claim(email: &Email) -> Want {
    Want::Claim { space: EMAIL, name: email.folded() }
}
