//! What clients and the agency do with mandates.

mod again;
mod approving;
mod client;
mod drafts;
mod expiring;
mod explain;
mod forward;
mod notify;
mod placing;
mod preview;
mod read;
mod review;
mod templates;

pub use again::{ReorderMandate, ResubmitMandate};
pub use approving::{ApproveMandate, ListMandatesToApprove, RejectMandate};
pub use client::{EditMandate, SubmitMandate, WithdrawMandate};
pub use drafts::{DiscardDraft, SaveDraft, SubmitDraft};
pub use expiring::{ExpireMandates, ExpiryRun};
pub use explain::{ExplainMyMandate, Explanation, ReplayEstimate};
pub use preview::{PreviewEdit, PreviewMandate, PreviewWithdrawal};
pub use read::{GetMandate, GetMyMandate, ListMandates, ListMyMandates};
pub use review::{AcceptMandate, CloseReview, DeclineMandate, OpenReview, ReviseMandate};
pub use templates::{
    ListTemplates, OrderTemplate, RemoveTemplate, RenameTemplate, SaveTemplate, TemplateSource,
};
