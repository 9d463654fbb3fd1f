//! All that is kept of a portal user.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{
    Impersonation, Page, PageRequest, Permission, Principal, Scope, authorize, page_of, prefetch_page,
};
use crate::candidates::model::Feedback;
use crate::candidates::views::feedback;
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::identities::model::Identity;
use crate::identities::views::identity;
use crate::links::model::Link;
use crate::mandates::model::Mandate;
use crate::messages::model::Message;
use crate::messages::views::message;
use crate::privacy::views::{self, ExportedDevice, ExportedSession, UserExport};
use crate::sessions::model::UserSessions;
use crate::users::model::{Credential, Membership, User};
use crate::users::second_factor::SecondFactor;
use crate::users::views::user;
use crate::values::UserId;

const MOST: u32 = 1_000;

/// All that is kept of a portal user: the person, their clients, sign-ins, devices, identities, invitations, orders,
/// feedback on candidates and messages, and who of the agency was in their place. The history of their access is read with `users.details`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportUser {
    pub user: UserId,
    /// Of the messages.
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ExportUser {
    const NAME: &'static str = "privacy.export_user";
    const EFFECT: Effect = Effect::Query;
    type Reply = UserExport;

    fn run(&self, tx: &mut Tx) -> Run<UserExport> {
        let id = self.user;
        let key = || vec![id.to_string().into()];
        let memberships = Want::range::<Membership>("by_user", key(), MOST);
        let identities = Want::range::<Identity>("by_user", key(), MOST);
        let links = Want::range::<Link>("by_user", key(), MOST).newest_first();
        let in_place = Want::range::<Impersonation>("by_user", key(), MOST).newest_first();
        let mandates = Want::range::<Mandate>("by_person", key(), MOST);
        let messages = Want::range::<Message>("by_author", key(), 0).newest_first();
        let person = [
            Want::record::<User>(id),
            Want::record::<Principal>(id),
            Want::record::<Credential>(id),
            Want::record::<SecondFactor>(id),
            Want::record::<UserSessions>(id),
        ];
        let said = Want::range::<Feedback>("by_user", key(), MOST).newest_first();
        let lists = [&memberships, &identities, &links, &in_place, &mandates, &said].map(Clone::clone);
        prefetch_page::<Message>(tx, &self.page, &messages, person.into_iter().chain(lists))?;
        let grant = authorize(tx, Permission::ManagePersonalData, Scope::Agency)?;
        let of: User = tx.get(id)?;
        let principal: Principal = tx.get(id)?;
        let credential: Option<Credential> = tx.find(id)?;
        let second: Option<SecondFactor> = tx.find(id)?;
        let kept: Option<UserSessions> = tx.find(id)?;
        let kept = kept.unwrap_or(UserSessions::none(id));
        let memberships: Vec<Membership> = tx.list(memberships)?;
        let identities: Vec<Identity> = tx.list(identities)?;
        let links: Vec<Link> = tx.list(links)?;
        let in_place: Vec<Impersonation> = tx.list(in_place)?;
        let mandates: Vec<Mandate> = tx.list(mandates)?;
        let said: Vec<Feedback> = tx.list(said)?;
        // What is inside the client is not there for the agency.
        let mandates = mandates.iter().filter(|mandate| !mandate.in_house).map(|mandate| mandate.id);
        let Page { items, next } = page_of(tx, &self.page, messages, |one: Message| one)?;
        let readable = items.into_iter().filter(|one| one.agency_number.is_some());
        Ok(UserExport {
            user: user(&grant, &of, &principal),
            created_at: of.created_at,
            memberships: memberships.iter().map(|one| views::membership(&grant, one)).collect(),
            password_set_at: credential.map(|credential| credential.set_at),
            second_factor: second.is_some_and(|second| second.is_on()),
            sessions: kept.sessions.into_iter().map(session).collect(),
            devices: kept
                .devices
                .iter()
                .map(|device| ExportedDevice { id: device.id, last_used_at: device.last_used_at })
                .collect(),
            identities: identities.iter().map(|one| identity(&grant, one)).collect(),
            invitations: links.iter().map(|link| views::invitation(&grant, link)).collect(),
            impersonations: in_place.into_iter().map(|one| views::impersonation(&grant, one)).collect(),
            mandates: mandates.collect(),
            feedback: said.into_iter().map(|one| feedback(&grant, one)).collect(),
            messages: readable.map(|one| message(&grant, one)).collect(),
            next,
        })
    }
}

fn session(session: crate::sessions::model::Session) -> ExportedSession {
    ExportedSession {
        id: session.id,
        created_at: session.created_at,
        last_used_at: session.last_used_at,
        source: session.source,
    }
}
