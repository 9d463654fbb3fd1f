//! Secrets that people hold: how a token is made, read, and compared. Every purpose has its own prefix, all of them here.

use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::values::{AgencyId, ContentHash, LinkId, Token, UserId, hex};

/// What a token is for. It stands in front, also for whoever finds one in a log, and a token opens nothing else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    Invitation,
    /// A look at a project.
    Share,
    /// The public page of a project.
    Public,
    Session,
    /// A device from which somebody has signed in before.
    Device,
    /// A mail for a new password.
    Reset,
}

impl Purpose {
    pub const ALL: [Self; 6] =
        [Self::Invitation, Self::Share, Self::Public, Self::Session, Self::Device, Self::Reset];

    const fn prefix(self) -> &'static str {
        match self {
            Self::Invitation => "sgi1",
            Self::Share => "sgp1",
            Self::Public => "sgw1",
            Self::Session => "sgs1",
            Self::Device => "sgd1",
            Self::Reset => "sgr1",
        }
    }
}

/// A token in its parts: `<purpose>.<agency>.<id>...<256 bits>`, all in hexadecimal.
///
/// The ids stand in it so that a token is checked in one load.
#[allow(missing_debug_implementations)]
pub struct SecretToken<const IDS: usize> {
    purpose: Purpose,
    agency: Uuid,
    ids: [Uuid; IDS],
    secret: [u8; 32],
}

/// The token of a link.
pub type LinkToken = SecretToken<1>;
/// A token that belongs to one user.
pub type PersonToken = SecretToken<2>;

impl<const IDS: usize> SecretToken<IDS> {
    /// `None` for anything that is no token of this agency for this purpose.
    pub fn read(token: &Token, purpose: Purpose, agency: AgencyId) -> Option<Self> {
        let mut parts = token.expose().split('.');
        if parts.next()? != purpose.prefix() || simple(parts.next()?)? != agency.uuid() {
            return None;
        }
        let mut ids = [Uuid::nil(); IDS];
        for id in &mut ids {
            *id = simple(parts.next()?)?;
        }
        let secret = hex::decode(parts.next()?)?.try_into().ok()?;
        parts.next().is_none().then_some(Self { purpose, agency: agency.uuid(), ids, secret })
    }

    pub fn text(&self) -> String {
        let uuids = [self.agency].into_iter().chain(self.ids).map(|id| id.simple().to_string());
        let parts: Vec<String> = [self.purpose.prefix().to_owned()]
            .into_iter()
            .chain(uuids)
            .chain([hex::encode(&self.secret)])
            .collect();
        parts.join(".")
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

impl LinkToken {
    pub const fn new(purpose: Purpose, agency: AgencyId, link: LinkId, secret: &[u8; 32]) -> Self {
        Self { purpose, agency: agency.uuid(), ids: [link.uuid()], secret: *secret }
    }

    pub const fn link(&self) -> LinkId {
        let [link] = self.ids;
        LinkId::new(link)
    }
}

impl PersonToken {
    pub const fn new(purpose: Purpose, agency: AgencyId, user: UserId, id: Uuid, secret: &[u8; 32]) -> Self {
        Self { purpose, agency: agency.uuid(), ids: [user.uuid(), id], secret: *secret }
    }

    pub const fn user(&self) -> UserId {
        let [user, _] = self.ids;
        UserId::new(user)
    }

    pub const fn id(&self) -> Uuid {
        let [_, id] = self.ids;
        id
    }
}

fn simple(text: &str) -> Option<Uuid> {
    (text.len() == 32).then(|| Uuid::parse_str(text).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::{LinkToken, PersonToken, Purpose};
    use crate::values::{AgencyId, LinkId, Token, UserId};

    fn agency(number: u128) -> AgencyId {
        AgencyId::new(Uuid::from_u128(number))
    }

    #[test]
    fn a1_no_two_purposes_share_a_prefix() {
        let prefixes: BTreeSet<_> = Purpose::ALL.iter().map(|purpose| purpose.prefix()).collect();
        assert_eq!(prefixes.len(), Purpose::ALL.len());
    }

    #[test]
    fn a1_a_token_reads_back_in_its_own_agency_and_for_its_own_purpose_only() {
        let link = LinkId::new(Uuid::from_u128(3));
        let made = LinkToken::new(Purpose::Invitation, agency(1), link, &[0xab; 32]);
        let text = made.text();
        assert_eq!(text.len(), 4 + 1 + 32 + 1 + 32 + 1 + 64);
        let read = |text: &str, purpose| LinkToken::read(&Token::parse(text).unwrap(), purpose, agency(1));
        let own = read(&text, Purpose::Invitation).unwrap();
        assert_eq!(own.link(), link);
        assert!(own.fits(&made.hash()));
        assert!(LinkToken::read(&Token::parse(&text).unwrap(), Purpose::Invitation, agency(2)).is_none());
        for purpose in Purpose::ALL.into_iter().filter(|purpose| *purpose != Purpose::Invitation) {
            assert!(read(&text, purpose).is_none());
        }
        // The prefix is hashed too, so a renamed token fits nothing.
        let renamed = read(&text.replace("sgi1", "sgp1"), Purpose::Share).unwrap();
        assert!(!renamed.fits(&made.hash()));
        for bad in
            ["sgi1", "x", &format!("{text}.00"), &text.replace("sgi1", "sgi2"), &text.replace("ab", "a")]
        {
            assert!(read(bad, Purpose::Invitation).is_none(), "{bad}");
        }
        assert!(!read(&text.replace("abab", "abac"), Purpose::Invitation).unwrap().fits(&made.hash()));
    }

    #[test]
    fn b17_a_persons_token_is_good_whole_and_as_no_link() {
        let user = UserId::new(Uuid::from_u128(3));
        let made = PersonToken::new(Purpose::Session, agency(1), user, Uuid::from_u128(4), &[0xab; 32]);
        let text = made.text();
        assert_eq!(text.len(), 4 + 1 + 32 + 1 + 32 + 1 + 32 + 1 + 64);
        let read = |text: &str| PersonToken::read(&Token::parse(text).unwrap(), Purpose::Session, agency(1));
        let back = read(&text).unwrap();
        assert!(back.user() == user && back.id() == made.id() && back.fits(&made.hash()));
        assert!(LinkToken::read(&Token::parse(&text).unwrap(), Purpose::Session, agency(1)).is_none());
        let cut = text.get(..text.len() - 1).unwrap();
        let shorter = text.get(..text.len() - 2).unwrap();
        for bad in ["sgs1", cut, shorter, &format!("{text}0"), &format!("{text}00"), &format!("{text}.00")] {
            assert!(read(bad).is_none(), "{bad}");
        }
    }
}
