//! Decisions about invitations, sign-in and passwords, over records alone.

mod common;
mod invitation;
mod password;
mod sign_in;

pub use invitation::{LINK_DAYS, LINK_DAYS_MOST, LINK_USES_MOST, expiry, uses};
pub use password::{
    PASSWORD_CHARACTERS_LEAST, PASSWORD_CHARACTERS_WITH_SECOND_FACTOR, acceptable,
    acceptable_with_second_factor, not_breached,
};
pub use sign_in::{TEMPORARY_HOURS, may_sign_in};
