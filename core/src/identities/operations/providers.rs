//! Which issuers a client trusts, and what their groups are worth.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, giving, managing, role_wants};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::identities::events::IdentityEvent;
use crate::identities::model::{
    GroupRule, Issuer, MOST_GROUP_RULES, MOST_PROVIDERS, Provider, Providers, Standing,
};
use crate::identities::views::{self, ProviderView, ProvidersView};
use crate::users::reaches::{belongs, reach_wants};
use crate::values::{Bounded, ClientId};

/// Trusts an issuer with a client's people, or changes what its groups are worth.
///
/// The agency does this, or the client's own administrator: neither gives a group more than they could give a person.
/// The host verifies tokens; whoever it names as the issuer's subject comes in as that person, with all that the
/// person holds in the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetIdentityProvider {
    pub client: ClientId,
    /// As the claims name it: the `iss` of `OpenID` Connect, the entity id of SAML. Compared exactly.
    pub issuer: Issuer,
    /// The first rule whose group somebody is in decides.
    #[serde(default)]
    pub groups: Bounded<GroupRule, MOST_GROUP_RULES>,
    /// For who is in none of the groups; without it, they are not let in.
    #[serde(default)]
    pub otherwise: Option<Standing>,
    /// Whether somebody who is not known yet becomes a portal user of the client.
    #[serde(default)]
    pub creates_people: bool,
    /// Whether an address that the issuer has verified is enough to take an unknown identity for a person who is at
    /// this client and no other.
    #[serde(default)]
    pub links_by_email: bool,
}

impl Operation for SetIdentityProvider {
    const NAME: &'static str = "identity_providers.set";
    const EFFECT: Effect = Effect::Command;
    type Reply = ProviderView;

    fn run(&self, tx: &mut Tx) -> Run<ProviderView> {
        let records = [Want::record::<Client>(self.client), Want::record::<Providers>(self.client)];
        let reaches =
            self.standings().into_iter().flat_map(|(_, one)| reach_wants(&one.reach).collect::<Vec<_>>());
        tx.prefetch(records.into_iter().chain(role_wants(tx, self.client)).chain(reaches))?;
        let grant = managing(tx, self.client)?;
        let client: Client = tx.get(self.client)?;
        for (path, one) in self.standings() {
            let at = |refusal: Refusal| {
                let inner = refusal.path.clone().unwrap_or_default();
                refusal.at(format!("{path}.{inner}"))
            };
            giving(tx, client.id, one.role, &one.reach).map_err(|stop| stop.map(at))?;
            belongs(tx, &client, &one.reach).map_err(|stop| stop.map(at))?;
        }
        let provider = Provider {
            issuer: self.issuer.clone(),
            groups: self.groups.clone(),
            otherwise: self.otherwise.clone(),
            creates_people: self.creates_people,
            links_by_email: self.links_by_email,
        };
        let mut kept = kept(tx, client.id)?;
        if kept.providers.contains(&provider) {
            return Ok(views::provider(&grant, client.id, &provider));
        }
        kept.providers.retain(|one| one.issuer != self.issuer);
        if kept.providers.len() >= MOST_PROVIDERS {
            return Err(Refusal::new(Code::TooMany).at("issuer").with("expected", MOST_PROVIDERS).into());
        }
        kept.providers.push(provider.clone());
        tx.put(&grant, &kept)?;
        tx.emit(&grant, &IdentityEvent::ProviderSet { client: client.id })?;
        Ok(views::provider(&grant, client.id, &provider))
    }
}

impl SetIdentityProvider {
    /// Everything that the input gives to anybody, each with its place in it.
    fn standings(&self) -> Vec<(String, Standing)> {
        let groups = self.groups.iter().enumerate();
        let groups = groups.map(|(index, rule)| (format!("groups[{index}]"), rule.standing()));
        groups.chain(self.otherwise.iter().map(|one| ("otherwise".to_owned(), one.clone()))).collect()
    }
}

/// Trusts an issuer no longer. Who came through it stays, and comes in by another way.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveIdentityProvider {
    pub client: ClientId,
    pub issuer: Issuer,
}

impl Operation for RemoveIdentityProvider {
    const NAME: &'static str = "identity_providers.remove";
    const EFFECT: Effect = Effect::Command;
    type Reply = ProvidersView;

    fn run(&self, tx: &mut Tx) -> Run<ProvidersView> {
        let (grant, mut kept) = managed(tx, self.client)?;
        let before = kept.providers.len();
        kept.providers.retain(|one| one.issuer != self.issuer);
        if kept.providers.len() == before {
            return Err(Refusal::not_found().at("issuer").into());
        }
        tx.put(&grant, &kept)?;
        tx.emit(&grant, &IdentityEvent::ProviderRemoved { client: self.client })?;
        Ok(list(&grant, &kept))
    }
}

/// The issuers that a client trusts.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListIdentityProviders {
    pub client: ClientId,
}

impl Operation for ListIdentityProviders {
    const NAME: &'static str = "identity_providers.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = ProvidersView;

    fn run(&self, tx: &mut Tx) -> Run<ProvidersView> {
        let (grant, kept) = managed(tx, self.client)?;
        Ok(list(&grant, &kept))
    }
}

fn managed(tx: &mut Tx, client: ClientId) -> Run<(Grant, Providers)> {
    tx.prefetch([Want::record::<Client>(client), Want::record::<Providers>(client)])?;
    let grant = managing(tx, client)?;
    let _: Client = tx.get(client)?;
    Ok((grant, kept(tx, client)?))
}

fn kept(tx: &mut Tx, client: ClientId) -> Run<Providers> {
    let kept: Option<Providers> = tx.find(client)?;
    Ok(kept.unwrap_or(Providers { client, providers: Vec::new() }))
}

fn list(grant: &Grant, kept: &Providers) -> ProvidersView {
    let items = kept.providers.iter().map(|one| views::provider(grant, kept.client, one));
    ProvidersView { items: items.collect() }
}
