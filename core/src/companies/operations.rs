//! Reading and changing company details, and the agency's answer to a new billing identity.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::events::CompanyEvent;
use super::model::{BillingIdentity, Company, CompanyContact};
use super::rules::{self, By};
use super::views::{self, CompanyView};
use crate::access::{Grant, Permission, Scope, authorize};
use crate::agency::model::Agency;
use crate::clients::model::Client;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::notifications::model::{AboutClient, Notice};
use crate::notifications::raise;
use crate::values::ClientId;

/// A client's company details, for the agency and for those at the client who may change them.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetCompany {
    pub client: ClientId,
}

impl Operation for GetCompany {
    const NAME: &'static str = "companies.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = CompanyView;

    fn run(&self, tx: &mut Tx) -> Run<CompanyView> {
        let (grant, company, _) = company(tx, self.client, Permission::ViewAgency)?;
        Ok(views::company(&grant, company))
    }
}

/// Changes a client's company details, as a whole. The agency is told.
///
/// If the agency approves billing identities, one that the client gives stands as asked for until the agency decides;
/// the contact changes at once.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateCompany {
    pub client: ClientId,
    /// The revision that was read; another one now is refused.
    pub revision: u32,
    pub identity: BillingIdentity,
    pub contact: CompanyContact,
}

impl Operation for UpdateCompany {
    const NAME: &'static str = "companies.update";
    const EFFECT: Effect = Effect::Command;
    type Reply = CompanyView;

    fn run(&self, tx: &mut Tx) -> Run<CompanyView> {
        let agency = tx.context().agency;
        tx.prefetch([Want::record::<Agency>(agency)].into_iter().chain(wants(self.client)))?;
        let (grant, old, client) = company(tx, self.client, Permission::ManageClients)?;
        let agency: Agency = tx.get(agency)?;
        rules::seen(&old, self.revision)?;
        let by = match tx.context().actor.user() {
            Some(user) if agency.approves_identity => By::Asking(user),
            _ => By::Free,
        };
        let mut company = rules::changed(&old, &self.identity, &self.contact, by, tx.now());
        if company == old {
            return Ok(views::company(&grant, company));
        }
        company.revision += 1;
        tx.put(&grant, &company)?;
        let (client_id, revision) = (client.id, company.revision);
        let asks = company.asked.is_some() && company.asked != old.asked;
        let (event, notice): (_, fn(AboutClient) -> Notice) = if asks {
            (CompanyEvent::IdentityAsked { client: client_id, revision }, Notice::IdentityAsked)
        } else {
            (CompanyEvent::Changed { client: client_id, revision }, Notice::CompanyChanged)
        };
        tx.emit(&grant, &event)?;
        raise(tx, &grant, &notice(AboutClient::of(&client)))?;
        Ok(views::company(&grant, company))
    }
}

/// Approves or refuses the billing identity that a client asks for. The client is told.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideIdentity {
    pub client: ClientId,
    /// The revision that was read: nobody approves what they did not see.
    pub revision: u32,
    pub approve: bool,
}

impl Operation for DecideIdentity {
    const NAME: &'static str = "companies.decide_identity";
    const EFFECT: Effect = Effect::Command;
    type Reply = CompanyView;

    fn run(&self, tx: &mut Tx) -> Run<CompanyView> {
        tx.prefetch(wants(self.client))?;
        let grant = authorize(tx, Permission::ApproveCompanyChanges, Scope::Agency)?;
        let client: Client = tx.get(self.client)?;
        let old: Company = tx.find(self.client)?.unwrap_or(Company::unknown(self.client));
        rules::seen(&old, self.revision)?;
        let mut company = rules::decided(&old, self.approve)?;
        company.revision += 1;
        tx.put(&grant, &company)?;
        let (client_id, revision) = (client.id, company.revision);
        let (event, notice): (_, fn(AboutClient) -> Notice) = if self.approve {
            (CompanyEvent::IdentityApproved { client: client_id, revision }, Notice::IdentityApproved)
        } else {
            (CompanyEvent::IdentityRefused { client: client_id, revision }, Notice::IdentityRefused)
        };
        tx.emit(&grant, &event)?;
        raise(tx, &grant, &notice(AboutClient::of(&client)))?;
        Ok(views::company(&grant, company))
    }
}

/// Sets whether a client's new billing identity holds only once the agency has approved it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetIdentityApproval {
    pub required: bool,
}

/// Whether the agency approves billing identities.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct IdentityApproval {
    pub required: bool,
}

impl Operation for SetIdentityApproval {
    const NAME: &'static str = "companies.set_identity_approval";
    const EFFECT: Effect = Effect::Command;
    type Reply = IdentityApproval;

    fn run(&self, tx: &mut Tx) -> Run<IdentityApproval> {
        let id = tx.context().agency;
        tx.prefetch([Want::record::<Agency>(id)])?;
        let grant = authorize(tx, Permission::ManageAgency, Scope::Agency)?;
        let mut agency: Agency = tx.get(id)?;
        let required = self.required;
        if agency.approves_identity != required {
            agency.approves_identity = required;
            tx.put(&grant, &agency)?;
            tx.emit(
                &grant,
                &crate::agency::events::AgencyEvent::IdentityApprovalSet { agency: id, required },
            )?;
        }
        Ok(IdentityApproval { required })
    }
}

fn wants(client: ClientId) -> [Want; 2] {
    [Want::record::<Client>(client), Want::record::<Company>(client)]
}

/// The company with the grant to read or change it: the agency's people with `permission`, or the client's own.
fn company(tx: &mut Tx, id: ClientId, permission: Permission) -> Run<(Grant, Company, Client)> {
    tx.prefetch(wants(id))?;
    let grant = match tx.context().actor.user() {
        Some(_) => authorize(tx, Permission::EditCompany, Scope::Client(id))?,
        None => authorize(tx, permission, Scope::Agency)?,
    };
    let client: Client = tx.find(id)?.ok_or_else(Refusal::not_found)?;
    let company: Option<Company> = tx.find(id)?;
    Ok((grant, company.unwrap_or(Company::unknown(id)), client))
}
