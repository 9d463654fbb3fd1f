//! Tokens that belong to one user: of a session, of a known device, of a mail for a new password.

use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::values::{AgencyId, ContentHash, Token, UserId, hex};

/// What a token is for. It stands in the token, so none is good for another purpose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    Session,
    Device,
    Reset,
}

impl Purpose {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Session => "sgs1",
            Self::Device => "sgd1",
            Self::Reset => "sgr1",
        }
    }
}

/// A token in its parts: `<purpose>.<agency>.<user>.<id>.<256 bits>`, all in hexadecimal.
///
/// The user stands in it so that a token is checked in one load.
#[allow(missing_debug_implementations)]
pub struct PersonToken {
    purpose: Purpose,
    agency: Uuid,
    user: Uuid,
    id: Uuid,
    secret: Vec<u8>,
}

impl PersonToken {
    pub fn new(purpose: Purpose, agency: AgencyId, user: UserId, id: Uuid, secret: &[u8; 32]) -> Self {
        Self { purpose, agency: agency.uuid(), user: user.uuid(), id, secret: secret.to_vec() }
    }

    /// `None` for anything that is no token of this agency for this purpose.
    pub fn read(token: &Token, purpose: Purpose, agency: AgencyId) -> Option<Self> {
        let mut parts = token.expose().split('.');
        let mut next = || parts.next();
        if next()? != purpose.prefix() {
            return None;
        }
        let (of, user, id) = (simple(next()?)?, simple(next()?)?, simple(next()?)?);
        let secret = hex::decode(next()?)?;
        let fits = next().is_none() && of == agency.uuid() && secret.len() == 32;
        fits.then_some(Self { purpose, agency: of, user, id, secret })
    }

    pub fn text(&self) -> String {
        let (agency, user, id) = (self.agency.simple(), self.user.simple(), self.id.simple());
        format!("{}.{agency}.{user}.{id}.{}", self.purpose.prefix(), hex::encode(&self.secret))
    }

    pub const fn user(&self) -> UserId {
        UserId::new(self.user)
    }

    pub const fn id(&self) -> Uuid {
        self.id
    }

    /// What is kept of the token.
    pub fn hash(&self) -> ContentHash {
        ContentHash::of(self.text().as_bytes())
    }

    /// Compares in constant time: how much of a guess is right must not show.
    pub fn fits(&self, kept: &ContentHash) -> bool {
        self.hash().as_str().as_bytes().ct_eq(kept.as_str().as_bytes()).into()
    }
}

fn simple(text: &str) -> Option<Uuid> {
    (text.len() == 32).then(|| Uuid::parse_str(text).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{PersonToken, Purpose};
    use crate::values::{AgencyId, Token, UserId};

    #[test]
    fn b17_a_token_is_good_in_its_agency_for_its_purpose_and_whole() {
        let agency = |number| AgencyId::new(Uuid::from_u128(number));
        let user = UserId::new(Uuid::from_u128(3));
        let made = PersonToken::new(Purpose::Session, agency(1), user, Uuid::from_u128(4), &[0xab; 32]);
        let text = made.text();
        assert_eq!(text.len(), 4 + 1 + 32 + 1 + 32 + 1 + 32 + 1 + 64);
        let read =
            |text: &str, purpose, agency| PersonToken::read(&Token::parse(text).unwrap(), purpose, agency);
        let back = read(&text, Purpose::Session, agency(1)).unwrap();
        assert!(back.user() == user && back.id() == made.id() && back.fits(&made.hash()));
        assert!(read(&text, Purpose::Session, agency(2)).is_none());
        for purpose in [Purpose::Device, Purpose::Reset] {
            assert!(read(&text, purpose, agency(1)).is_none());
        }
        let cut = text.get(..text.len() - 1).unwrap();
        let shorter = text.get(..text.len() - 2).unwrap();
        for bad in ["sgs1", cut, shorter, &format!("{text}0"), &format!("{text}00"), &format!("{text}.00")] {
            assert!(read(bad, Purpose::Session, agency(1)).is_none(), "{bad}");
        }
        let other = read(&text.replace("abab", "abac"), Purpose::Session, agency(1)).unwrap();
        assert!(!other.fits(&made.hash()));
    }
}
