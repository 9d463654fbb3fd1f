//! What happened to workers' papers: ids only.

use serde::Serialize;

use crate::engine::{EventBody, Subject};
use crate::values::{CertificateId, WorkerId};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum PaperEvent {
    Set { worker: WorkerId, certificate: CertificateId, visible_to_clients: bool },
    Removed { worker: WorkerId, certificate: CertificateId },
}

impl EventBody for PaperEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Set { .. } => "worker_certificate_set",
            Self::Removed { .. } => "worker_certificate_removed",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Set { worker, .. } | Self::Removed { worker, .. } => Subject::new("worker", worker),
        }
    }
}
