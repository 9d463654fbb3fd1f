//! Mandates as the client and as the agency see them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Contact, Mandate, MandateState, Request};
use super::rules::recurrence::RelativeShift;
use super::rules::{self, Difference};
use super::template::MandateTemplate;
use crate::access::Grant;
use crate::agency::model::TermsAcceptance;
use crate::pricing::estimate::Estimate;
use crate::purchasing::model::PurchaseOrderRef;
use crate::purchasing::views::{self as purchasing, ApprovalView};
use crate::shifts::model::Role;
use crate::values::{
    ClientId, ContentHash, Instant, LocalTime, MandateId, MandateTemplateId, MemberId, ProjectId, SiteId,
    SkillId, UserId, Zone,
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
    pub purchase_order: Option<PurchaseOrderRef>,
}

/// An order that is kept to order by again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MandateTemplateView {
    pub id: MandateTemplateId,
    pub client: ClientId,
    pub name: String,
    /// What the mandates are called that are ordered by it.
    pub order_name: String,
    pub site: SiteId,
    pub site_name: String,
    pub shifts: Vec<RelativeShift>,
    pub note: Option<String>,
    pub buyer_reference: Option<String>,
    pub contact: Option<Contact>,
    pub purchase_order: Option<PurchaseOrderRef>,
    pub created_at: Instant,
}

pub fn template(_: &Grant, template: &MandateTemplate) -> MandateTemplateView {
    MandateTemplateView {
        id: template.id,
        client: template.client,
        name: template.name.to_string(),
        order_name: template.order_name.to_string(),
        site: template.site,
        site_name: template.site_name.to_string(),
        shifts: template.shifts.clone(),
        note: template.note.as_ref().map(ToString::to_string),
        buyer_reference: template.buyer_reference.as_ref().map(ToString::to_string),
        contact: template.contact.clone(),
        purchase_order: template.purchase_order.clone(),
        created_at: template.created_at,
    }
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
    /// For a draft, when it was first kept.
    pub submitted_at: Instant,
    pub terms: Option<TermsAcceptanceView>,
    pub decline_reason: Option<String>,
    /// Approval inside the company, if it was needed.
    pub approval: Option<ApprovalView>,
    /// The client's cut-off: from then on it is expired if it has no answer. Null if it has one, or there is none.
    pub expires_at: Option<Instant>,
    /// The revision that a member looks at.
    pub in_review: Option<u32>,
    /// The mandate that this one takes up again.
    pub previous: Option<MandateId>,
    /// The mandate that takes this one up again.
    pub resubmitted_as: Option<MandateId>,
    /// The project that it became, or that it is a further request for.
    pub project: Option<ProjectId>,
    pub decided_at: Option<Instant>,
}

/// Who looks at which revision.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReviewView {
    pub revision: u32,
    /// Null if the platform's own code opened it.
    pub by: Option<MemberId>,
    pub opened_at: Instant,
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
    /// The client's cut-off: from then on it is expired if it has no answer. Null if it has one, or there is none.
    pub expires_at: Option<Instant>,
    pub review: Option<ReviewView>,
    /// The mandate that this one takes up again.
    pub previous: Option<MandateId>,
    /// The mandate that takes this one up again.
    pub resubmitted_as: Option<MandateId>,
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
        purchase_order: request.purchase_order.clone(),
    }
}

/// Prices only for roles that may see them.
pub fn visible_estimate(grant: &Grant, estimate: &Estimate) -> Option<Estimate> {
    grant.sees_prices().then(|| estimate.clone())
}

/// The cut-off of a mandate that still waits for an answer.
pub fn cutoff(mandate: &Mandate) -> Option<Instant> {
    mandate.expires_at().filter(|_| mandate.state.is_open() || mandate.state == MandateState::Draft)
}

pub fn client(grant: &Grant, mandate: &Mandate, now: Instant) -> Option<ClientMandateView> {
    Some(ClientMandateView {
        id: mandate.id,
        client: mandate.client,
        state: mandate.state_at(now),
        revision: mandate.revision(),
        request: request(mandate.request()?),
        estimate: visible_estimate(grant, &mandate.estimate),
        changes: rules::differences(mandate),
        submitted_at: mandate.submitted_at,
        terms: mandate.terms.as_ref().map(acceptance),
        decline_reason: mandate.decline_reason.as_ref().map(ToString::to_string),
        approval: mandate.approval.as_ref().map(|one| purchasing::approval(grant, one)),
        expires_at: cutoff(mandate),
        in_review: mandate.review.as_ref().map(|review| review.revision),
        previous: mandate.previous.map(|twin| twin.mandate),
        resubmitted_as: mandate.resubmitted_as.map(|twin| twin.mandate),
        project: mandate.seen_project(),
        decided_at: mandate.decided_at,
    })
}

pub fn agency(_: &Grant, mandate: &Mandate, now: Instant) -> Option<AgencyMandateView> {
    Some(AgencyMandateView {
        id: mandate.id,
        client: mandate.client,
        state: mandate.state_at(now),
        revision: mandate.revision(),
        request: request(mandate.request()?),
        estimate: mandate.estimate.clone(),
        changes: rules::differences(mandate),
        submitted_by: mandate.submitted_by,
        submitted_at: mandate.submitted_at,
        terms: mandate.terms.as_ref().map(acceptance),
        decline_reason: mandate.decline_reason.as_ref().map(ToString::to_string),
        expires_at: cutoff(mandate),
        review: mandate.review.as_ref().map(|review| ReviewView {
            revision: review.revision,
            by: review.by,
            opened_at: review.opened_at,
        }),
        previous: mandate.previous.filter(|twin| !twin.in_house).map(|twin| twin.mandate),
        resubmitted_as: mandate.resubmitted_as.filter(|twin| !twin.in_house).map(|twin| twin.mandate),
        project: mandate.project,
        decided_at: mandate.decided_at,
    })
}
