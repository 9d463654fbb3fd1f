//! What a change of company details becomes: done at once, or asked of the agency.

use super::model::{AskedIdentity, BillingIdentity, Company, CompanyContact};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::{Instant, UserId};

/// Who changes the details, as far as the billing identity goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// The agency, or a client whose agency asks for no approval.
    Free,
    /// Somebody at a client whose agency wants to approve it.
    Asking(UserId),
}

/// The company after the change. The contact changes at once; asking for an identity replaces what was asked before,
/// and asking for the one that holds takes it back.
pub fn changed(
    company: &Company,
    identity: &BillingIdentity,
    contact: &CompanyContact,
    by: By,
    now: Instant,
) -> Company {
    let mut company = company.clone();
    company.contact = contact.clone();
    match by {
        By::Free => {
            company.identity = identity.clone();
            company.asked = None;
        }
        By::Asking(_) if *identity == company.identity => company.asked = None,
        By::Asking(user) => {
            let is_same = company.asked.as_ref().is_some_and(|asked| asked.identity == *identity);
            if !is_same {
                company.asked =
                    Some(AskedIdentity { identity: identity.clone(), asked_by: user, asked_at: now });
            }
        }
    }
    company
}

/// Whether the details are still those that somebody saw.
pub fn seen(company: &Company, revision: u32) -> Result<(), Refusal> {
    if company.revision == revision {
        Ok(())
    } else {
        Err(Refusal::new(Code::StaleRevision).at("revision").with("revision", company.revision))
    }
}

/// The company after the agency's answer to what was asked.
pub fn decided(company: &Company, approve: bool) -> Result<Company, Refusal> {
    let mut company = company.clone();
    let asked = company.asked.take().ok_or_else(|| Refusal::new(Code::NothingAsked))?;
    if approve {
        company.identity = asked.identity;
    }
    Ok(company)
}
