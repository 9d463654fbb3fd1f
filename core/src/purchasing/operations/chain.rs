//! Who approves mandates inside a client: set by its own people, or by the agency.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::mine::keeper;
use crate::access::{Grant, Permission, Place, Principal, RoleBook, Scope, authorize, still_may};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Actor, Effect, Operation, Refusal, Run, Tx, Want};
use crate::purchasing::events::PurchasingEvent;
use crate::purchasing::model::{ApprovalChain, ApprovalLimit, Approver, MOST_APPROVERS};
use crate::purchasing::rules::approval::own_limit_stays;
use crate::purchasing::views::{self, ApprovalChainView};
use crate::values::{Bounded, ClientId, Money, Text};

/// Who approves what. Set as a whole.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalSettings {
    /// Off: no mandate needs approval.
    pub on: bool,
    /// What costs this or less before VAT needs none.
    #[serde(default)]
    pub threshold: Option<Money>,
    /// People in the chain may place orders within their own limit without asking anybody.
    #[serde(default)]
    pub within_own_limit: bool,
    /// What people are told when nobody's limit is high enough.
    pub reason: Text<500>,
    /// In the order in which they are asked; each holds the right to approve.
    pub approvers: Bounded<Approver, MOST_APPROVERS>,
}

/// Sets who at one's own company approves mandates before the agency sees them. Nobody changes their own limit.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetMyApprovalChain {
    pub client: ClientId,
    /// The revision that was read; 0 for the first setting.
    pub revision: u32,
    pub settings: ApprovalSettings,
}

impl Operation for SetMyApprovalChain {
    const NAME: &'static str = "my_approval_chain.set";
    const EFFECT: Effect = Effect::Command;
    type Reply = ApprovalChainView;

    fn run(&self, tx: &mut Tx) -> Run<ApprovalChainView> {
        tx.prefetch(wants(self.client, &self.settings))?;
        let grant = keeper(tx, self.client)?;
        let Actor::User { id } = tx.context().actor else {
            return Err(Refusal::new(Code::NotInAnothersPlace).into());
        };
        let before: Option<ApprovalChain> = tx.find(self.client)?;
        let after = self.settings.chain(tx, self.client, before.as_ref(), self.revision)?;
        own_limit_stays(before.as_ref(), &after, id).map_err(inside)?;
        keep(tx, &grant, &after)
    }
}

/// Sets who at a client approves mandates before the agency sees them. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetApprovalChain {
    pub client: ClientId,
    /// The revision that was read; 0 for the first setting.
    pub revision: u32,
    pub settings: ApprovalSettings,
}

impl Operation for SetApprovalChain {
    const NAME: &'static str = "approval_chains.set";
    const EFFECT: Effect = Effect::Command;
    type Reply = ApprovalChainView;

    fn run(&self, tx: &mut Tx) -> Run<ApprovalChainView> {
        tx.prefetch(wants(self.client, &self.settings))?;
        let grant = authorize(tx, Permission::ManageClients, Scope::Agency)?;
        let before: Option<ApprovalChain> = tx.find(self.client)?;
        let after = self.settings.chain(tx, self.client, before.as_ref(), self.revision)?;
        keep(tx, &grant, &after)
    }
}

/// Who at one's own company approves mandates.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetMyApprovalChain {
    pub client: ClientId,
}

impl Operation for GetMyApprovalChain {
    const NAME: &'static str = "my_approval_chain.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = ApprovalChainView;

    fn run(&self, tx: &mut Tx) -> Run<ApprovalChainView> {
        tx.prefetch([Want::record::<ApprovalChain>(self.client)])?;
        let grant = keeper(tx, self.client)?;
        let chain: Option<ApprovalChain> = tx.find(self.client)?;
        Ok(views::chain(&grant, self.client, chain.as_ref()))
    }
}

/// Who at a client approves mandates. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetApprovalChain {
    pub client: ClientId,
}

impl Operation for GetApprovalChain {
    const NAME: &'static str = "approval_chains.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = ApprovalChainView;

    fn run(&self, tx: &mut Tx) -> Run<ApprovalChainView> {
        tx.prefetch([Want::record::<Client>(self.client), Want::record::<ApprovalChain>(self.client)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let client: Client = tx.get(self.client)?;
        let chain: Option<ApprovalChain> = tx.find(client.id)?;
        Ok(views::chain(&grant, client.id, chain.as_ref()))
    }
}

fn wants(client: ClientId, settings: &ApprovalSettings) -> impl Iterator<Item = Want> {
    let people = settings.approvers.iter().map(|one| Want::record::<Principal>(one.user));
    let always = [
        Want::record::<Client>(client),
        Want::record::<ApprovalChain>(client),
        Want::record::<RoleBook>(client),
    ];
    always.into_iter().chain(people.collect::<Vec<_>>())
}

fn inside(refusal: Refusal) -> Refusal {
    refusal.under("settings")
}

fn keep(tx: &mut Tx, grant: &Grant, chain: &ApprovalChain) -> Run<ApprovalChainView> {
    tx.put(grant, chain)?;
    let (client, revision, on) = (chain.client, chain.revision, chain.on);
    tx.emit(grant, &PurchasingEvent::ApprovalChanged { client, revision, on })?;
    Ok(views::chain(grant, client, Some(chain)))
}

impl ApprovalSettings {
    fn chain(
        &self,
        tx: &mut Tx,
        client: ClientId,
        before: Option<&ApprovalChain>,
        revision: u32,
    ) -> Run<ApprovalChain> {
        let client: Client = tx.get(client)?;
        let current = before.map_or(0, |chain| chain.revision);
        if revision != current {
            return Err(Refusal::new(Code::StaleRevision).at("revision").with("revision", current).into());
        }
        let amount = |money: Money, path: String| {
            money.checked().map(drop).map_err(|fault| Refusal::from(fault).at(path))
        };
        if let Some(threshold) = self.threshold {
            amount(threshold, "settings.threshold.amount".to_owned())?;
        }
        let mut seen = Vec::new();
        for (index, Approver { user, up_to }) in self.approvers.iter().enumerate() {
            let path = |field: &str| format!("settings.approvers[{index}].{field}");
            if seen.contains(user) {
                return Err(Refusal::new(Code::GivenTwice).at(path("user")).into());
            }
            seen.push(*user);
            if let ApprovalLimit::UpTo { money } = up_to {
                amount(*money, path("up_to.money.amount"))?;
            }
            // Somebody who is not there and somebody who may not approve are one answer.
            let place = Place::client(client.id);
            if !still_may(tx, Actor::User { id: *user }, Permission::ApproveOrders, &place)? {
                return Err(Refusal::new(Code::NotAnApprover).at(path("user")).into());
            }
        }
        Ok(ApprovalChain {
            client: client.id,
            on: self.on,
            threshold: self.threshold,
            within_own_limit: self.within_own_limit,
            reason: self.reason.clone(),
            approvers: self.approvers.clone(),
            revision: current + 1,
        })
    }
}
