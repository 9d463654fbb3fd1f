//! Creating an agency, switching its portal, its name, subdomain and ordering.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Gate, Permission, Scope, authorize};
use crate::agency::events::AgencyEvent;
use crate::agency::model::{Agency, AgencyContact, ChangePolicy, Skill};
use crate::agency::rules;
use crate::agency::views::{self, AgencyView};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::values::{AgencyId, Bounded, Currency, Locale, SkillId, Subdomain, Text, hex};

/// The space of claims for subdomains, in the directory.
const SUBDOMAIN: &str = "subdomain";

/// Creates the agency whose id the call carries. Only the operator can.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateAgency {
    pub name: Text<120>,
    /// ISO 4217; all prices of the agency are in it.
    pub currency: Currency,
    #[serde(default)]
    pub locale: Locale,
}

impl Operation for CreateAgency {
    const NAME: &'static str = "agencies.create";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyView> {
        let id = tx.context().agency;
        if tx.find::<Gate>(id)?.is_some() {
            return Err(Refusal::new(Code::AlreadyExists).into());
        }
        let grant = crate::access::founding(tx)?;
        let cursor_key = hex::encode(&tx.secret_bytes("cursor key"));
        let reply_key = Some(hex::encode(&tx.secret_bytes("reply key")));
        tx.put(&grant, &Gate { agency: id, portal: false, locale: self.locale, cursor_key, reply_key })?;
        let agency = Agency {
            id,
            name: self.name.clone(),
            subdomain: None,
            locale: self.locale,
            currency: self.currency,
            ordering: true,
            orderable: Vec::new(),
            approves_identity: false,
            changes: ChangePolicy::default(),
            contact: None,
        };
        tx.put(&grant, &agency)?;
        tx.emit(&grant, &AgencyEvent::Created { agency: id })?;
        Ok(views::agency(&grant, &agency, false))
    }
}

/// Switches the client portal of the agency on or off. While it is off, clients are refused and nothing is lost.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SwitchPortal {
    pub on: bool,
}

impl Operation for SwitchPortal {
    const NAME: &'static str = "agencies.switch_portal";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyView> {
        let id = tx.context().agency;
        tx.prefetch([Want::record::<Agency>(id)])?;
        let grant = crate::access::operator(tx)?;
        let agency: Agency = tx.get(id)?;
        let mut gate: Gate = tx.get(id)?;
        if gate.portal != self.on {
            gate.portal = self.on;
            tx.put(&grant, &gate)?;
            tx.emit(&grant, &AgencyEvent::PortalSwitched { agency: id, on: self.on })?;
        }
        Ok(views::agency(&grant, &agency, gate.portal))
    }
}

/// The agency that a subdomain belongs to, or null. Needs no agency: call it on the directory.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolveSubdomain {
    pub subdomain: Subdomain,
}

/// Whose subdomain it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Resolved {
    pub agency: Option<AgencyId>,
}

impl Operation for ResolveSubdomain {
    const NAME: &'static str = "agencies.resolve";
    const EFFECT: Effect = Effect::Query;
    type Reply = Resolved;

    fn run(&self, tx: &mut Tx) -> Run<Resolved> {
        let name = self.subdomain.as_str().to_owned();
        let holder = tx.holder(Want::DirectoryClaim { space: SUBDOMAIN, name })?;
        let agency = holder.and_then(|text| text.parse::<uuid::Uuid>().ok()).map(AgencyId::new);
        Ok(Resolved { agency })
    }
}

/// Reads the agency's settings.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetAgency {}

impl Operation for GetAgency {
    const NAME: &'static str = "agencies.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = AgencyView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyView> {
        let id = tx.context().agency;
        tx.prefetch([Want::record::<Agency>(id)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let agency: Agency = tx.get(id)?;
        let gate: Gate = tx.get(id)?;
        Ok(views::agency(&grant, &agency, gate.portal))
    }
}

/// Sets the organisation's name and its subdomain, which is unique across agencies.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetProfile {
    #[serde(default)]
    pub name: Option<Text<120>>,
    #[serde(default)]
    pub subdomain: Option<Subdomain>,
}

impl Operation for SetProfile {
    const NAME: &'static str = "agencies.set_profile";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyView> {
        let id = tx.context().agency;
        let claim = self
            .subdomain
            .as_ref()
            .map(|name| Want::DirectoryClaim { space: SUBDOMAIN, name: name.as_str().to_owned() });
        tx.prefetch([Want::record::<Agency>(id)].into_iter().chain(claim.clone()))?;
        let grant = authorize(tx, Permission::ManageAgency, Scope::Agency)?;
        let mut agency: Agency = tx.get(id)?;
        let gate: Gate = tx.get(id)?;
        if let (Some(name), Some(claim)) = (&self.subdomain, claim) {
            match tx.holder(claim)? {
                Some(holder) if holder != id.to_string() => {
                    return Err(Refusal::new(Code::NameTaken).at("subdomain").into());
                }
                _ => {}
            }
            if let Some(old) = agency.subdomain.replace(name.clone()).filter(|old| old != name) {
                tx.release_in_directory(&grant, SUBDOMAIN, old.as_str());
            }
            tx.take_in_directory(&grant, SUBDOMAIN, name.as_str());
        }
        if let Some(name) = &self.name {
            agency.name = name.clone();
        }
        tx.put(&grant, &agency)?;
        tx.emit(&grant, &AgencyEvent::ProfileChanged { agency: id, subdomain: agency.subdomain.clone() })?;
        Ok(views::agency(&grant, &agency, gate.portal))
    }
}

/// Sets whether clients can order staff, and which active skills they can order.
///
/// Taking a skill away blocks new orders for it and leaves existing shifts alone.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetOrdering {
    #[serde(default)]
    pub ordering: Option<bool>,
    #[serde(default)]
    pub skills: Option<Bounded<SkillId, 500>>,
}

impl Operation for SetOrdering {
    const NAME: &'static str = "agencies.set_ordering";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyView> {
        let id = tx.context().agency;
        let skills = self.skills.iter().flatten().map(Want::record::<Skill>);
        tx.prefetch([Want::record::<Agency>(id)].into_iter().chain(skills))?;
        let grant = authorize(tx, Permission::ManageAgency, Scope::Agency)?;
        let mut agency: Agency = tx.get(id)?;
        let gate: Gate = tx.get(id)?;
        if let Some(ordering) = self.ordering {
            agency.ordering = ordering;
        }
        if let Some(skills) = &self.skills {
            for (position, skill) in skills.iter().enumerate() {
                rules::may_be_orderable(&tx.get::<Skill>(skill)?, position)?;
            }
            agency.orderable = skills.to_vec();
            agency.orderable.sort_unstable();
            agency.orderable.dedup();
        }
        tx.put(&grant, &agency)?;
        let (ordering, orderable) = (agency.ordering, agency.orderable.clone());
        tx.emit(&grant, &AgencyEvent::OrderingChanged { agency: id, ordering, orderable })?;
        Ok(views::agency(&grant, &agency, gate.portal))
    }
}

/// Sets what clients may ask of accepted shifts, and whom at the agency they turn to. Both are set as a whole.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SetAgencyChanges")]
pub struct SetChanges {
    pub policy: ChangePolicy,
    #[serde(default)]
    pub contact: Option<AgencyContact>,
}

impl Operation for SetChanges {
    const NAME: &'static str = "agencies.set_changes";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyView> {
        let id = tx.context().agency;
        tx.prefetch([Want::record::<Agency>(id)])?;
        let grant = authorize(tx, Permission::ManageAgency, Scope::Agency)?;
        let mut agency: Agency = tx.get(id)?;
        let gate: Gate = tx.get(id)?;
        if (agency.changes, &agency.contact) != (self.policy, &self.contact) {
            (agency.changes, agency.contact) = (self.policy, self.contact.clone());
            tx.put(&grant, &agency)?;
            tx.emit(&grant, &AgencyEvent::ChangesSet { agency: id, policy: self.policy })?;
        }
        Ok(views::agency(&grant, &agency, gate.portal))
    }
}
