//! The secret in a link: how it is made, read, and compared.

use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::values::{AgencyId, ContentHash, LinkId, Token, hex};

/// What a token is for. It stands in front, also for whoever finds one in a log, and a token opens nothing else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    Invitation,
    /// A look at a project.
    Share,
    /// The public page of a project.
    Public,
}

impl Purpose {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Invitation => "sgi1",
            Self::Share => "sgs1",
            Self::Public => "sgp1",
        }
    }
}

/// A token in its parts: `sgi1.<agency>.<link>.<256 bits>`, all in hexadecimal.
#[allow(missing_debug_implementations)]
pub struct LinkToken {
    purpose: Purpose,
    agency: Uuid,
    link: Uuid,
    secret: Vec<u8>,
}

impl LinkToken {
    pub fn new(purpose: Purpose, agency: AgencyId, link: LinkId, secret: &[u8; 32]) -> Self {
        Self { purpose, agency: agency.uuid(), link: link.uuid(), secret: secret.to_vec() }
    }

    /// `None` for anything that is no token of this agency for this purpose.
    pub fn read(token: &Token, purpose: Purpose, agency: AgencyId) -> Option<Self> {
        let mut parts = token.expose().split('.');
        let mut next = || parts.next();
        if next()? != purpose.prefix() {
            return None;
        }
        let (of, link, secret) = (simple(next()?)?, simple(next()?)?, hex::decode(next()?)?);
        let fits = next().is_none() && of == agency.uuid() && secret.len() == 32;
        fits.then_some(Self { purpose, agency: of, link, secret })
    }

    pub fn text(&self) -> String {
        let (prefix, agency, link) = (self.purpose.prefix(), self.agency.simple(), self.link.simple());
        format!("{prefix}.{agency}.{link}.{}", hex::encode(&self.secret))
    }

    pub const fn link(&self) -> LinkId {
        LinkId::new(self.link)
    }

    /// What is kept of the token: a hash over all of it, so agency and purpose are bound too.
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

    use super::{LinkToken, Purpose};
    use crate::values::{AgencyId, LinkId, Token};

    #[test]
    fn a1_a_token_reads_back_in_its_own_agency_and_for_its_own_purpose_only() {
        let (ours, theirs) = (AgencyId::new(Uuid::from_u128(1)), AgencyId::new(Uuid::from_u128(2)));
        let made = LinkToken::new(Purpose::Invitation, ours, LinkId::new(Uuid::from_u128(3)), &[0xab; 32]);
        let text = made.text();
        assert_eq!(text.len(), 4 + 1 + 32 + 1 + 32 + 1 + 64);
        let read = |text: &str, purpose| LinkToken::read(&Token::parse(text).unwrap(), purpose, ours);
        let own = read(&text, Purpose::Invitation).unwrap();
        assert_eq!(own.link(), made.link());
        assert!(own.fits(&made.hash()));
        assert!(LinkToken::read(&Token::parse(&text).unwrap(), Purpose::Invitation, theirs).is_none());
        assert!(read(&text, Purpose::Share).is_none());
        // The prefix is hashed too, so a renamed token fits nothing.
        let renamed = read(&text.replace("sgi1", "sgs1"), Purpose::Share).unwrap();
        assert!(!renamed.fits(&made.hash()));
        for bad in
            ["sgi1", "x", &format!("{text}.00"), &text.replace("sgi1", "sgi2"), &text.replace("ab", "a")]
        {
            assert!(read(bad, Purpose::Invitation).is_none(), "{bad}");
        }
        assert!(!read(&text.replace("abab", "abac"), Purpose::Invitation).unwrap().fits(&made.hash()));
    }
}
