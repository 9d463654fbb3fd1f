//! A notification as its reader sees it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Notice, Notification};
use super::rules;
use crate::access::Grant;
use crate::engine::Proof;
use crate::values::{
    CandidateId, ChangeRequestId, ClientId, Instant, JobId, Locale, MandateId, NotificationId, ProjectId,
    PurchaseOrderId,
};

/// What a notification is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeName {
    MandateSubmitted,
    MandateEdited,
    MandateWithdrawn,
    MandateAccepted,
    MandateDeclined,
    MandateAwaitsApproval,
    MandateApproved,
    MandateRejected,
    MandateTakenBack,
    MandateExpiring,
    MandateExpired,
    PurchaseOrderLow,
    PurchaseOrderEnding,
    CompanyChanged,
    IdentityAsked,
    IdentityApproved,
    IdentityRefused,
    ChangeAsked,
    ChangeWithdrawn,
    ChangeApproved,
    ChangeDeclined,
    ChangeSuperseded,
    ChangeFeeWaived,
    SelectionOffered,
    SelectionSubmitted,
    SelectionApplied,
    SelectionWithdrawn,
    AgencyWrote,
    ClientWrote,
    CandidateAdded,
    CandidateSummaryAdded,
    CandidateDocumentAdded,
    CandidateActivityAdded,
    CandidateFeedbackGiven,
}

/// One thing that the reader is told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NotificationView {
    pub id: NotificationId,
    pub event: NoticeName,
    /// Null if it is about something else.
    pub mandate: Option<MandateId>,
    /// Null unless it is about one.
    pub purchase_order: Option<PurchaseOrderId>,
    /// The change request that it is about, if it is about one.
    pub change: Option<ChangeRequestId>,
    /// The project, if it is about a selection or a message there.
    pub project: Option<ProjectId>,
    /// The job, if it is about a candidate for one.
    pub job: Option<JobId>,
    /// The candidate that it is about, if it is about one.
    pub candidate: Option<CandidateId>,
    pub client: ClientId,
    /// One sentence in the reader's language.
    pub message: String,
    pub created_at: Instant,
    /// Whether this reader has marked it as read.
    pub read: bool,
}

pub fn notification(grant: &Grant, notification: &Notification, locale: Locale) -> NotificationView {
    let event = match notification.notice {
        Notice::MandateSubmitted(_) => NoticeName::MandateSubmitted,
        Notice::MandateEdited(_) => NoticeName::MandateEdited,
        Notice::MandateWithdrawn(_) => NoticeName::MandateWithdrawn,
        Notice::MandateAccepted(_) => NoticeName::MandateAccepted,
        Notice::MandateDeclined(_) => NoticeName::MandateDeclined,
        Notice::MandateAwaitsApproval { .. } => NoticeName::MandateAwaitsApproval,
        Notice::MandateApproved(_) => NoticeName::MandateApproved,
        Notice::MandateRejected(_) => NoticeName::MandateRejected,
        Notice::MandateTakenBack(_) => NoticeName::MandateTakenBack,
        Notice::MandateExpiring(_) => NoticeName::MandateExpiring,
        Notice::MandateExpired(_) => NoticeName::MandateExpired,
        Notice::PurchaseOrderLow(_) => NoticeName::PurchaseOrderLow,
        Notice::PurchaseOrderEnding(_) => NoticeName::PurchaseOrderEnding,
        Notice::CompanyChanged(_) => NoticeName::CompanyChanged,
        Notice::IdentityAsked(_) => NoticeName::IdentityAsked,
        Notice::IdentityApproved(_) => NoticeName::IdentityApproved,
        Notice::IdentityRefused(_) => NoticeName::IdentityRefused,
        Notice::ChangeAsked(_) => NoticeName::ChangeAsked,
        Notice::ChangeWithdrawn(_) => NoticeName::ChangeWithdrawn,
        Notice::ChangeApproved(_) => NoticeName::ChangeApproved,
        Notice::ChangeDeclined(_) => NoticeName::ChangeDeclined,
        Notice::ChangeSuperseded(_) => NoticeName::ChangeSuperseded,
        Notice::ChangeFeeWaived(_) => NoticeName::ChangeFeeWaived,
        Notice::SelectionOffered(_) => NoticeName::SelectionOffered,
        Notice::SelectionSubmitted(_) => NoticeName::SelectionSubmitted,
        Notice::SelectionApplied(_) => NoticeName::SelectionApplied,
        Notice::SelectionWithdrawn(_) => NoticeName::SelectionWithdrawn,
        Notice::AgencyWrote(_) => NoticeName::AgencyWrote,
        Notice::ClientWrote(_) => NoticeName::ClientWrote,
        Notice::CandidateAdded(_) => NoticeName::CandidateAdded,
        Notice::CandidateSummaryAdded(_) => NoticeName::CandidateSummaryAdded,
        Notice::CandidateDocumentAdded(_) => NoticeName::CandidateDocumentAdded,
        Notice::CandidateActivityAdded(_) => NoticeName::CandidateActivityAdded,
        Notice::CandidateFeedbackGiven(_) => NoticeName::CandidateFeedbackGiven,
    };
    NotificationView {
        id: notification.id,
        event,
        mandate: notification.notice.mandate().map(|about| about.mandate),
        purchase_order: notification.notice.purchase_order().map(|about| about.purchase_order),
        change: notification.notice.change().map(|about| about.request),
        project: notification.notice.project().map(|about| about.project),
        job: notification.notice.candidate().map(|about| about.job),
        candidate: notification.notice.candidate().map(|about| about.candidate),
        client: notification.notice.client().0,
        message: rules::message(&notification.notice, locale),
        created_at: notification.created_at,
        read: grant.actor().person().is_some_and(|reader| notification.read_by.contains(&reader)),
    }
}
