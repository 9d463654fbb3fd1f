//! What holds for one client: ordering and acceptance.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Permission, Scope, authorize};
use crate::agency::model::{Agency, AgencyContact, ChangePolicy};
use crate::clients::events::ClientEvent;
use crate::clients::model::{AutoAcceptLimits, Client};
use crate::clients::rules;
use crate::clients::views::{self, ClientView};
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::values::{Bounded, ClientId, Money, SkillId, Whole};

/// Whether a client can order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderingChoice {
    On,
    Off,
    /// As the agency's own setting says, also when that changes.
    AgencyDefault,
}

/// Sets whether a client can order staff, and which of the agency's orderable skills. Both are set as a whole.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetClientOrdering {
    pub client: ClientId,
    pub ordering: OrderingChoice,
    /// Only these, all of them in the agency's list; null for the agency's list as it is and will be.
    #[serde(default)]
    pub skills: Option<Bounded<SkillId, 500>>,
}

impl Operation for SetClientOrdering {
    const NAME: &'static str = "clients.set_ordering";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientView;

    fn run(&self, tx: &mut Tx) -> Run<ClientView> {
        let agency = tx.context().agency;
        tx.prefetch([Want::record::<Client>(self.client), Want::record::<Agency>(agency)])?;
        let grant = authorize(tx, Permission::ManageClients, Scope::Agency)?;
        let mut client: Client = tx.get(self.client)?;
        let agency: Agency = tx.get(agency)?;
        client.ordering = match self.ordering {
            OrderingChoice::On => Some(true),
            OrderingChoice::Off => Some(false),
            OrderingChoice::AgencyDefault => None,
        };
        client.orderable = match &self.skills {
            None => None,
            Some(skills) => {
                rules::may_narrow(&agency, skills)?;
                let mut skills = skills.to_vec();
                skills.sort_unstable();
                skills.dedup();
                Some(skills)
            }
        };
        tx.put(&grant, &client)?;
        let (ordering, orderable) = (client.ordering, client.orderable.clone());
        tx.emit(&grant, &ClientEvent::OrderingChanged { client: client.id, ordering, orderable })?;
        Ok(views::client(&grant, &client))
    }
}

/// Switches auto-accept for a client: a new mandate is accepted on creation, without a manager, if it has a price and
/// stays within the limits. All of it is set as a whole.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetAutoAccept {
    pub client: ClientId,
    pub on: bool,
    /// Mandates without a single price are accepted too.
    #[serde(default)]
    pub unpriced: bool,
    /// What a mandate may cost at most, before VAT; one in another currency stands to review.
    #[serde(default)]
    pub most: Option<Money>,
    /// How many people it may ask for.
    #[serde(default)]
    pub most_slots: Option<Whole<1, 5000>>,
}

impl Operation for SetAutoAccept {
    const NAME: &'static str = "clients.set_auto_accept";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientView;

    fn run(&self, tx: &mut Tx) -> Run<ClientView> {
        let most = self.most.map(Money::checked).transpose();
        let most = most.map_err(|fault| Refusal::from(fault).at("most.amount"))?;
        let limits =
            AutoAcceptLimits { unpriced: self.unpriced, most, most_slots: self.most_slots.map(Whole::get) };
        let event = ClientEvent::AutoAcceptSwitched { client: self.client, on: self.on };
        super::change(tx, self.client, &event, |client| {
            client.auto_accept = self.on;
            client.mandates.auto_accept = limits;
        })
    }
}

/// Sets until when before its first start a client's mandate can be answered: from then on it is expired. It counts
/// for mandates that are submitted or changed by the client later.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetCutoff {
    pub client: ClientId,
    /// 0 for the start itself; null for never.
    #[serde(default)]
    pub minutes: Option<Whole<0, 129_600>>,
}

impl Operation for SetCutoff {
    const NAME: &'static str = "clients.set_cutoff";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientView;

    fn run(&self, tx: &mut Tx) -> Run<ClientView> {
        let minutes = self.minutes.map(Whole::get);
        let event = ClientEvent::CutoffChanged { client: self.client, minutes };
        super::change(tx, self.client, &event, |client| client.mandates.cutoff_minutes = minutes)
    }
}

/// Sets what a client may ask of accepted shifts, and whom at the agency it turns to. Both are set as a whole; what is
/// null is as the agency's own setting says.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SetClientChanges")]
pub struct SetChanges {
    pub client: ClientId,
    #[serde(default)]
    pub policy: Option<ChangePolicy>,
    #[serde(default)]
    pub contact: Option<AgencyContact>,
}

impl Operation for SetChanges {
    const NAME: &'static str = "clients.set_changes";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientView;

    fn run(&self, tx: &mut Tx) -> Run<ClientView> {
        let event = ClientEvent::ChangesSet { client: self.client, policy: self.policy };
        super::change(tx, self.client, &event, |client| {
            (client.changes, client.contact) = (self.policy, self.contact.clone());
        })
    }
}
