//! Jobs and candidates as the agency works with them, and as a client is shown them: types of their own.

mod agency;
mod client;
mod documents;

pub use agency::{
    ActivityView, CandidateView, FeedbackView, JobPortal, JobView, StageView, StagesView, candidate,
    feedback, job, stages,
};
pub use client::{
    ClientActivityView, ClientCandidateView, ClientDocumentPreview, ClientDocumentView, ClientFeedbackView,
    ClientJobState, ClientJobView, client_candidate, client_document_preview, client_feedback, client_job,
};
pub use documents::{DocumentFileView, DocumentPreview, DocumentView, document_preview};
