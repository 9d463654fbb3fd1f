//! When somebody stood in a user's place: for the agency, and for the user's client.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{
    Grant, Impersonation, Page, PageRequest, Permission, Principal, PrincipalSide, Scope, authorize, page,
    prefetch_page, present,
};
use crate::agency::model::Member;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::impersonations::views::{self, ImpersonationView};
use crate::values::{ClientId, UserId};

/// When members stood in a user's place, newest first. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListImpersonations {
    pub user: UserId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListImpersonations {
    const NAME: &'static str = "impersonations.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ImpersonationView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ImpersonationView>> {
        prefetch_page::<Impersonation>(tx, &self.page, &newest_first(self.user), [])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        list(tx, &grant, self.user, &self.page)
    }
}

/// When somebody of the agency stood in the place of a person of this client, newest first: who, when and why.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMyImpersonations {
    pub client: ClientId,
    /// One of the client's people. Everybody may ask about themself; about others, who reads the client's history.
    pub user: UserId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListMyImpersonations {
    const NAME: &'static str = "my_impersonations.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ImpersonationView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ImpersonationView>> {
        let person = Want::record::<Principal>(self.user);
        prefetch_page::<Impersonation>(tx, &self.page, &newest_first(self.user), [person])?;
        let grant = if tx.context().actor.user() == Some(self.user) {
            present(tx)?
        } else {
            authorize(tx, Permission::ReadOwnHistory, Scope::Client(self.client))?
        };
        let principal: Option<Principal> = tx.find(self.user)?;
        if !principal.is_some_and(|principal| is_of(&principal, self.client)) {
            return Err(Refusal::not_found().into());
        }
        list(tx, &grant, self.user, &self.page)
    }
}

fn is_of(principal: &Principal, client: ClientId) -> bool {
    match &principal.side {
        PrincipalSide::User { clients } => clients.iter().any(|one| one.client == client),
        PrincipalSide::Member { .. } => false,
    }
}

fn newest_first(user: UserId) -> Want {
    Want::range::<Impersonation>("by_user", vec![user.to_string().into()], 0).newest_first()
}

fn list(tx: &mut Tx, grant: &Grant, user: UserId, request: &PageRequest) -> Run<Page<ImpersonationView>> {
    let (sessions, next) = page::<Impersonation>(tx, request, newest_first(user))?;
    tx.prefetch(sessions.iter().map(|session| Want::record::<Member>(session.member)))?;
    let items: Run<Vec<_>> = sessions
        .iter()
        .map(|session| Ok(views::impersonation(grant, session, &tx.get::<Member>(session.member)?)))
        .collect();
    Ok(Page { items: items?, next })
}
