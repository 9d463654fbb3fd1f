//! Mandates as the client and as the agency see them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Contact, Mandate, MandateState, Request};
use super::rules::{self, Difference};
use crate::access::Grant;
use crate::agency::model::TermsAcceptance;
use crate::pricing::estimate::Estimate;
use crate::shifts::model::Role;
use crate::values::{
    ClientId, ContentHash, Instant, LocalTime, MandateId, ProjectId, SiteId, SkillId, UserId, Zone,
};

/// How many of a skill in a role.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RequestedPositionView {
    pub skill: SkillId,
    pub skill_name: String,
    pub role: Role,
    pub headcount: u32,
}

/// One span at the site with the positions wanted in it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RequestedShiftView {
    pub local_start: LocalTime,
    pub local_end: LocalTime,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub break_minutes: u32,
    pub positions: Vec<RequestedPositionView>,
}

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RequestView {
    pub name: String,
    pub site: SiteId,
    pub site_name: String,
    pub zone: Zone,
    pub shifts: Vec<RequestedShiftView>,
    pub note: Option<String>,
    pub buyer_reference: Option<String>,
    pub contact: Option<Contact>,
}

/// What an order would be, before it is placed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MandatePreview {
    pub request: RequestView,
    /// Null if the role may not see prices.
    pub estimate: Option<Estimate>,
    /// The hash of the terms that placing the order accepts; null if the agency has none.
    pub terms: Option<ContentHash>,
    /// Whether the agency's answer is known in advance: accepted on creation.
    pub accepted_on_creation: bool,
}

/// Who accepted which version of the agency's terms with this order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TermsAcceptanceView {
    pub terms: ContentHash,
    pub user: UserId,
    pub at: Instant,
}

fn acceptance(acceptance: &TermsAcceptance) -> TermsAcceptanceView {
    TermsAcceptanceView { terms: acceptance.terms.clone(), user: acceptance.user, at: acceptance.at }
}

/// A mandate as the client sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClientMandateView {
    pub id: MandateId,
    pub client: ClientId,
    pub state: MandateState,
    pub revision: u32,
    pub request: RequestView,
    /// Null if the role may not see prices.
    pub estimate: Option<Estimate>,
    /// What the agency changed in the client's request, field by field.
    pub changes: Vec<Difference>,
    pub submitted_at: Instant,
    pub terms: Option<TermsAcceptanceView>,
    pub decline_reason: Option<String>,
    /// The project that it became, or that it is a further request for.
    pub project: Option<ProjectId>,
    pub decided_at: Option<Instant>,
}

/// A mandate as the agency sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgencyMandateView {
    pub id: MandateId,
    pub client: ClientId,
    pub state: MandateState,
    /// Accepting, declining and revising name this number.
    pub revision: u32,
    pub request: RequestView,
    pub estimate: Estimate,
    /// What the agency changed in the client's request, field by field.
    pub changes: Vec<Difference>,
    pub submitted_by: UserId,
    pub submitted_at: Instant,
    pub terms: Option<TermsAcceptanceView>,
    pub decline_reason: Option<String>,
    pub project: Option<ProjectId>,
    pub decided_at: Option<Instant>,
}

pub fn request(request: &Request) -> RequestView {
    let shifts = request.shifts.iter().map(|shift| RequestedShiftView {
        local_start: shift.local_start,
        local_end: shift.local_end,
        starts_at: shift.starts_at,
        ends_at: shift.ends_at,
        break_minutes: shift.break_minutes,
        positions: shift
            .positions
            .iter()
            .map(|position| RequestedPositionView {
                skill: position.skill,
                skill_name: position.skill_name.to_string(),
                role: position.role,
                headcount: position.headcount,
            })
            .collect(),
    });
    RequestView {
        name: request.name.to_string(),
        site: request.site,
        site_name: request.site_name.to_string(),
        zone: request.zone.clone(),
        shifts: shifts.collect(),
        note: request.note.as_ref().map(ToString::to_string),
        buyer_reference: request.buyer_reference.as_ref().map(ToString::to_string),
        contact: request.contact.clone(),
    }
}

/// Prices only for roles that may see them.
pub fn visible_estimate(grant: &Grant, estimate: &Estimate) -> Option<Estimate> {
    grant.sees_prices().then(|| estimate.clone())
}

pub fn client(grant: &Grant, mandate: &Mandate) -> Option<ClientMandateView> {
    Some(ClientMandateView {
        id: mandate.id,
        client: mandate.client,
        state: mandate.state,
        revision: mandate.revision(),
        request: request(mandate.request()?),
        estimate: visible_estimate(grant, &mandate.estimate),
        changes: rules::differences(mandate),
        submitted_at: mandate.submitted_at,
        terms: mandate.terms.as_ref().map(acceptance),
        decline_reason: mandate.decline_reason.as_ref().map(ToString::to_string),
        project: mandate.seen_project(),
        decided_at: mandate.decided_at,
    })
}

pub fn agency(_: &Grant, mandate: &Mandate) -> Option<AgencyMandateView> {
    Some(AgencyMandateView {
        id: mandate.id,
        client: mandate.client,
        state: mandate.state,
        revision: mandate.revision(),
        request: request(mandate.request()?),
        estimate: mandate.estimate.clone(),
        changes: rules::differences(mandate),
        submitted_by: mandate.submitted_by,
        submitted_at: mandate.submitted_at,
        terms: mandate.terms.as_ref().map(acceptance),
        decline_reason: mandate.decline_reason.as_ref().map(ToString::to_string),
        project: mandate.project,
        decided_at: mandate.decided_at,
    })
}
