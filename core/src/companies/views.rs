//! A client's company as its own people and the agency see it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{AskedIdentity, BillingIdentity, Company, CompanyContact};
use crate::access::Grant;
use crate::values::{ClientId, Instant};

/// A billing identity that waits for the agency's approval.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AskedIdentityView {
    pub identity: BillingIdentity,
    pub asked_at: Instant,
}

/// A client's company details.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CompanyView {
    pub client: ClientId,
    /// The one that holds.
    pub identity: BillingIdentity,
    pub contact: CompanyContact,
    /// The one that was asked for, until the agency has decided.
    pub asked: Option<AskedIdentityView>,
    /// 0 until something is known.
    pub revision: u32,
}

pub fn company(_: &Grant, company: Company) -> CompanyView {
    let asked = |AskedIdentity { identity, asked_at, .. }| AskedIdentityView { identity, asked_at };
    CompanyView {
        client: company.client,
        identity: company.identity,
        contact: company.contact,
        asked: company.asked.map(asked),
        revision: company.revision,
    }
}
