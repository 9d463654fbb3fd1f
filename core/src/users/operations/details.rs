//! All about one portal user: their portals, their invitations, their history.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Access, ClientAccess, Permission, Principal, PrincipalSide, Scope, authorize};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Subject, Tx, Want};
use crate::history::views::{self as history, EventsView};
use crate::links::model::Link;
use crate::links::rules::Standing;
use crate::links::views as links;
use crate::users::model::{Membership, MembershipState, User};
use crate::users::views::{self, PortalView, UserDetailsView};
use crate::values::UserId;

const LINKS_SHOWN: u32 = 20;
const EVENTS_SHOWN: u32 = 100;
const MEMBERSHIPS_MOST: u32 = 1000;
/// Numbers that every store and every language can hold.
const NUMBER_MOST: u64 = (1 << 53) - 1;

/// A portal user in detail: which clients' portals they reach in which role and how far, their invitations with what
/// became of each, and the history of their access, 100 events at a time. For those who manage users.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetUserDetails {
    pub user: UserId,
    /// The history goes on behind the event with this number: the `next` of the history before.
    #[serde(default)]
    pub after: u64,
}

impl Operation for GetUserDetails {
    const NAME: &'static str = "users.details";
    const EFFECT: Effect = Effect::Query;
    type Reply = UserDetailsView;

    fn run(&self, tx: &mut Tx) -> Run<UserDetailsView> {
        if self.after > NUMBER_MOST {
            let expected = format!("0 to {NUMBER_MOST}");
            return Err(Refusal::new(Code::OutOfRange).at("after").with("expected", expected).into());
        }
        let key = || vec![self.user.to_string().into()];
        let memberships = Want::range::<Membership>("by_user", key(), MEMBERSHIPS_MOST);
        let links = Want::range::<Link>("by_user", key(), LINKS_SHOWN).newest_first();
        let subject = Some(Subject::new("user", self.user).as_str().to_owned());
        let events = Want::Events { subject, after: self.after, limit: EVENTS_SHOWN };
        let person = [Want::record::<User>(self.user), Want::record::<Principal>(self.user)];
        tx.prefetch(person.into_iter().chain([memberships.clone(), links.clone(), events.clone()]))?;
        let grant = authorize(tx, Permission::ManageUsers, Scope::Agency)?;
        let user: User = tx.get(self.user)?;
        let principal: Principal = tx.get(self.user)?;
        let memberships: Vec<Membership> = tx.list(memberships)?;
        let made: Vec<Link> = tx.list(links)?;
        let clients: BTreeSet<_> = memberships
            .iter()
            .map(|one| one.client)
            .chain(made.iter().map(|link| link.target.client()))
            .collect();
        tx.prefetch(clients.iter().map(Want::record::<Client>))?;
        let mut portals = Vec::with_capacity(memberships.len());
        for membership in &memberships {
            let client: Client = tx.get(membership.client)?;
            portals.extend(portal(membership, &principal, &client));
        }
        let now = tx.now();
        let mut shown = Vec::with_capacity(made.len());
        for link in &made {
            let client: Client = tx.get(link.target.client())?;
            let standing = Standing { client: &client, user: Some((&user, &principal)), project: None, now };
            shown.push(links::link(&grant, link, &standing));
        }
        let rows = tx.rows(events)?;
        let next = rows.last().map_or(self.after, |row| row.version);
        let events: Result<Vec<_>, Refusal> = rows.iter().map(|row| history::event(&grant, row)).collect();
        Ok(UserDetailsView {
            user: views::user(&grant, &user, &principal),
            portals,
            links: shown,
            history: EventsView { events: events?, next },
        })
    }
}

fn portal(membership: &Membership, principal: &Principal, client: &Client) -> Option<PortalView> {
    let standing: Option<&ClientAccess> = match (&membership.state, &principal.side) {
        (MembershipState::Active, PrincipalSide::User { clients }) => {
            clients.iter().find(|one| one.client == client.id)
        }
        (MembershipState::Suspended { held }, _) => Some(held),
        (MembershipState::Active | MembershipState::Ended, _) => None,
    };
    standing.map(|standing| PortalView {
        client: client.id,
        client_name: client.name.to_string(),
        role: standing.role,
        reach: standing.reach.clone(),
        open: membership.state == MembershipState::Active && principal.access == Access::Active,
        since: membership.created_at,
    })
}
