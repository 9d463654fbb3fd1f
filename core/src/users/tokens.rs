//! The secret in an invitation's link: how it is made, read, and compared.

use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::values::{AgencyId, ContentHash, LinkId, Token, hex};

/// What the token starts with: it says what the token is for, also to whoever finds one in a log.
const PREFIX: &str = "sgi1";

/// A token in its parts: `sgi1.<agency>.<link>.<256 bits>`, all in hexadecimal.
#[allow(missing_debug_implementations)]
pub struct InvitationToken {
    agency: Uuid,
    link: Uuid,
    secret: Vec<u8>,
}

impl InvitationToken {
    pub fn new(agency: AgencyId, link: LinkId, secret: &[u8; 32]) -> Self {
        Self { agency: agency.uuid(), link: link.uuid(), secret: secret.to_vec() }
    }

    /// `None` for anything that is no token of this agency.
    pub fn read(token: &Token, agency: AgencyId) -> Option<Self> {
        let mut parts = token.expose().split('.');
        let mut next = || parts.next();
        if next()? != PREFIX {
            return None;
        }
        let (of, link, secret) = (simple(next()?)?, simple(next()?)?, hex::decode(next()?)?);
        let fits = next().is_none() && of == agency.uuid() && secret.len() == 32;
        fits.then_some(Self { agency: of, link, secret })
    }

    pub fn text(&self) -> String {
        let (agency, link) = (self.agency.simple(), self.link.simple());
        format!("{PREFIX}.{agency}.{link}.{}", hex::encode(&self.secret))
    }

    pub const fn link(&self) -> LinkId {
        LinkId::new(self.link)
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

    use super::InvitationToken;
    use crate::values::{AgencyId, LinkId, Token};

    #[test]
    fn a1_a_token_reads_back_in_its_own_agency_only() {
        let (ours, theirs) = (AgencyId::new(Uuid::from_u128(1)), AgencyId::new(Uuid::from_u128(2)));
        let made = InvitationToken::new(ours, LinkId::new(Uuid::from_u128(3)), &[0xab; 32]);
        let text = made.text();
        assert_eq!(text.len(), 4 + 1 + 32 + 1 + 32 + 1 + 64);
        let read = InvitationToken::read(&Token::parse(&text).unwrap(), ours).unwrap();
        assert_eq!(read.link(), made.link());
        assert!(read.fits(&made.hash()));
        assert!(InvitationToken::read(&Token::parse(&text).unwrap(), theirs).is_none());
        for bad in
            ["sgi1", "x", &format!("{text}.00"), &text.replace("sgi1", "sgi2"), &text.replace("ab", "a")]
        {
            assert!(InvitationToken::read(&Token::parse(bad).unwrap(), ours).is_none(), "{bad}");
        }
        let other = Token::parse(&text.replace("abab", "abac")).unwrap();
        assert!(!InvitationToken::read(&other, ours).unwrap().fits(&made.hash()));
    }
}
