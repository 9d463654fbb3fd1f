//! What the host has verified about somebody, and what to load for it.

use super::model::{Identity, Issuer, Providers, Subject};
use crate::access::{administrators_want, role_wants};
use crate::clients::model::Client;
use crate::engine::{Tx, Want};
use crate::sessions::model::SignInPolicy;
use crate::users::logins::email_claim;
use crate::values::{ClientId, Email, Locale, Text};

/// What an issuer says of somebody, after the host has verified that it does.
#[derive(Clone, Copy, Debug)]
pub struct Claims<'a> {
    pub client: ClientId,
    pub issuer: &'a Issuer,
    pub subject: &'a Subject,
    pub email: Option<&'a Email>,
    /// Whether the issuer vouches for the address too.
    pub email_verified: bool,
    pub name: Option<&'a Text<120>>,
    pub locale: Option<Locale>,
}

impl<'a> Claims<'a> {
    /// Who is meant, with nothing said of them.
    pub const fn of(client: ClientId, issuer: &'a Issuer, subject: &'a Subject) -> Self {
        Self { client, issuer, subject, email: None, email_verified: false, name: None, locale: None }
    }

    pub fn identity(&self) -> String {
        Identity::id(self.issuer, self.subject)
    }

    /// What does not hang on who it is. The person's own records come in the next round.
    pub fn wants(&self, tx: &Tx) -> Vec<Want> {
        let records = [
            Want::record::<Providers>(self.client),
            Want::record::<Identity>(self.identity()),
            Want::record::<Client>(self.client),
            administrators_want(self.client.uuid()),
            Want::record::<SignInPolicy>(tx.context().agency),
        ];
        let books = role_wants(tx, self.client);
        records.into_iter().chain(books).chain(self.email.map(email_claim)).collect()
    }
}
