//! Sessions for hosts that do not keep their own: signing in, checking on each request, listing, ending.

mod check;
mod ending;
mod policy;
mod sign_in;

pub use check::{CheckSession, TouchSession};
pub use ending::{EndAllSessions, EndSession, ListSessions};
pub use policy::{GetSignInPolicy, SetHashCost, SetSignInPolicy};
pub use sign_in::SignIn;
