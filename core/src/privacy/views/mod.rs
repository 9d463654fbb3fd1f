//! What those see who manage personal data: the log, all that is kept of a person, how far an erasure is.

mod log;
mod user;
mod worker;

pub use log::{DisclosureView, ErasureView, ShownDataView, ShownGroupView, disclosure, erasure};
pub use user::{
    ExportedDevice, ExportedImpersonation, ExportedInvitation, ExportedMembership, ExportedSession,
    UserExport, impersonation, invitation, membership,
};
pub use worker::{ExportedBooking, ExportedPreference, ExportedProposal, Part, WorkerExport, worker_export};
