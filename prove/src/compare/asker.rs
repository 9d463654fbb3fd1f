//! Whoever asks: as the core knows them, and as the policies do.

use cedar_policy::EntityUid;
use staffgate::Actor;
use staffgate::values::{LinkId, MemberId, UserId};
use uuid::Uuid;

use super::tally::Decision;
use crate::Fallible;
use crate::cedar::uid;
use crate::dice::Dice;
use crate::probes::Side;
use crate::world::model::{Link, World};

/// Somebody who asks.
#[derive(Debug)]
pub(super) struct Asker<'a> {
    /// For sentences.
    pub(super) name: String,
    pub(super) actor: Actor,
    pub(super) principal: EntityUid,
    pub(super) agency: Uuid,
    pub(super) side: Side,
    /// A member previews in the user's place.
    pub(super) stands_in: bool,
    /// The link, for who has nothing else.
    pub(super) link: Option<&'a Link>,
}

impl Asker<'_> {
    /// A decision over a reading of theirs, for the tally.
    pub(super) fn about(&self, kind: &'static str, reading: &'static str) -> Decision {
        Decision { kind, reading, is_outside: self.side == Side::Client }
    }

    /// Where the call is made: in the asker's own agency, or, for what is another's, there, where nobody knows them. The
    /// platform's own code speaks for whichever agency it names, and a link's address names its own.
    pub(super) fn calls_at(&self, home: Uuid, dice: &mut Dice) -> Uuid {
        let may_try = home != self.agency && self.link.is_none() && self.actor != Actor::Operator;
        if may_try && dice.percent(50) { home } else { self.agency }
    }
}

/// Everybody in the world.
pub(super) fn askers(world: &World) -> Fallible<Vec<Asker<'_>>> {
    let mut list = Vec::new();
    for user in &world.users {
        let id = UserId::new(user.id);
        let of = |actor, stands_in, name: &str| {
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(Asker {
                name: format!("{name} {}", user.id),
                actor,
                principal: uid("User", user.id)?,
                agency: user.agency.id,
                side: Side::Client,
                stands_in,
                link: None,
            })
        };
        list.push(of(Actor::User { id }, false, "user")?);
        let by = MemberId::new(user.agency.previewer);
        if user.id.as_u128() % 3 == 0 {
            list.push(of(Actor::Preview { user: id, by }, true, "a member previewing as user")?);
        }
    }
    for member in &world.members {
        list.push(Asker {
            name: format!("member {}", member.id),
            actor: Actor::Member { id: MemberId::new(member.id) },
            principal: uid("Member", member.id)?,
            agency: member.agency.id,
            side: Side::Agency,
            stands_in: false,
            link: None,
        });
    }
    for agency in &world.agencies {
        list.push(Asker {
            name: "the operator".to_owned(),
            actor: Actor::Operator,
            principal: uid("Operator", agency.id)?,
            agency: agency.id,
            side: Side::Agency,
            stands_in: false,
            link: None,
        });
    }
    for link in &world.links {
        let (kind, actor) = if link.is_public {
            ("Visitor", Actor::Guest)
        } else {
            ("Holder", Actor::Holder { link: LinkId::new(link.id) })
        };
        list.push(Asker {
            name: format!("{kind} {}", link.id),
            actor,
            principal: uid(kind, link.id)?,
            agency: link.client.agency.id,
            side: Side::Client,
            stands_in: false,
            link: Some(link),
        });
    }
    Ok(list)
}
