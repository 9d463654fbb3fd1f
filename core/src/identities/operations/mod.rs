//! Trusting issuers, keeping their people as they say, letting them in.

mod linking;
mod providers;
mod provisioning;
mod signing_in;

pub use linking::{LinkIdentity, ListIdentities, UnlinkIdentity};
pub use providers::{ListIdentityProviders, RemoveIdentityProvider, SetIdentityProvider};
pub use provisioning::{PutIdentity, RemoveIdentity};
pub use signing_in::SignInWithIdentity;
