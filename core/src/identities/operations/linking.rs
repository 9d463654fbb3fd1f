//! Saying by hand which identity a person has, and that it is no longer theirs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission, Principal, PrincipalSide, Scope, authorize};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::identities::events::IdentityEvent;
use crate::identities::model::{Identity, Issuer, Subject};
use crate::identities::views::{self, IdentitiesView};
use crate::sessions::ending;
use crate::values::UserId;

/// More identities than this are not kept for one person.
const MOST_IDENTITIES: u32 = 20;

/// Says that an issuer's subject is this portal user, whatever the addresses. Whoever the issuer names so comes in
/// with all that the person holds, at each of their clients.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkIdentity {
    pub user: UserId,
    pub issuer: Issuer,
    pub subject: Subject,
}

impl Operation for LinkIdentity {
    const NAME: &'static str = "identities.link";
    const EFFECT: Effect = Effect::Command;
    type Reply = IdentitiesView;

    fn run(&self, tx: &mut Tx) -> Run<IdentitiesView> {
        let id = Identity::id(&self.issuer, &self.subject);
        let (grant, mut all) = managed(tx, self.user, Some(Want::record::<Identity>(&id)))?;
        let kept: Option<Identity> = tx.find(&id)?;
        match kept.and_then(|identity| identity.user) {
            Some(user) if user == self.user => return Ok(list(&grant, &all)),
            Some(_) => return Err(Refusal::new(Code::IdentityTaken).at("subject").into()),
            None if all.len() >= MOST_IDENTITIES as usize => {
                return Err(Refusal::new(Code::TooMany)
                    .at("subject")
                    .with("expected", MOST_IDENTITIES)
                    .into());
            }
            None => {}
        }
        let identity = Identity {
            issuer: self.issuer.clone(),
            subject: self.subject.clone(),
            user: Some(self.user),
            linked_at: tx.now(),
            erased: None,
        };
        tx.put(&grant, &identity)?;
        tx.emit(&grant, &IdentityEvent::Linked { user: self.user })?;
        all.push(identity);
        Ok(list(&grant, &all))
    }
}

/// Says that an identity is no longer this person's. Their sessions end.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnlinkIdentity {
    pub user: UserId,
    pub issuer: Issuer,
    pub subject: Subject,
}

impl Operation for UnlinkIdentity {
    const NAME: &'static str = "identities.unlink";
    const EFFECT: Effect = Effect::Command;
    type Reply = IdentitiesView;

    fn run(&self, tx: &mut Tx) -> Run<IdentitiesView> {
        let id = Identity::id(&self.issuer, &self.subject);
        let more = [Want::record::<Identity>(&id), ending::wants(self.user)];
        let (grant, mut all) = managed(tx, self.user, more)?;
        let kept: Option<Identity> = tx.find(&id)?;
        let kept = kept.filter(|identity| identity.user == Some(self.user));
        let kept = kept.ok_or_else(|| Refusal::not_found().at("subject"))?;
        tx.put(&grant, &kept.forgotten()?)?;
        ending::end_all(tx, &grant, self.user)?;
        tx.emit(&grant, &IdentityEvent::Unlinked { user: self.user })?;
        all.retain(|one| one.issuer != self.issuer || one.subject != self.subject);
        Ok(list(&grant, &all))
    }
}

/// The identities of one person, oldest first.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListIdentities {
    pub user: UserId,
}

impl Operation for ListIdentities {
    const NAME: &'static str = "identities.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = IdentitiesView;

    fn run(&self, tx: &mut Tx) -> Run<IdentitiesView> {
        let (grant, all) = managed(tx, self.user, [])?;
        Ok(list(&grant, &all))
    }
}

/// The grant to manage this portal user, and the identities that the user has.
fn managed(tx: &mut Tx, user: UserId, more: impl IntoIterator<Item = Want>) -> Run<(Grant, Vec<Identity>)> {
    let own = Want::range::<Identity>("by_user", vec![user.to_string().into()], MOST_IDENTITIES);
    let records = [own.clone(), Want::record::<Principal>(user)];
    tx.prefetch(records.into_iter().chain(more))?;
    let grant = authorize(tx, Permission::ManageUsers, Scope::Agency)?;
    let principal: Principal = tx.get(user)?;
    match principal.side {
        PrincipalSide::User { .. } => Ok((grant, tx.list(own)?)),
        PrincipalSide::Member { .. } => Err(Refusal::not_found().into()),
    }
}

fn list(grant: &Grant, all: &[Identity]) -> IdentitiesView {
    IdentitiesView { items: all.iter().map(|one| views::identity(grant, one)).collect() }
}
