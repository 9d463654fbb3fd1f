//! The papers of a worker: certificates, and inductions at clients.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Record;
use crate::store::Kind;
use crate::values::{Bounded, CertificateId, ClientId, Day, Text, WorkerId};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CertificateKind {
    Certificate,
    /// An introduction to the dangers of a place.
    Induction,
}

/// One paper of a worker. The file itself is the host's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Certificate {
    pub id: CertificateId,
    pub kind: CertificateKind,
    pub name: Text<120>,
    pub valid_from: Option<Day>,
    /// The last day on which it is valid.
    pub valid_to: Option<Day>,
    /// By what the host finds the paper. The agency's alone.
    pub reference: Option<Text<500>>,
    /// Whether clients see it on a roll call.
    pub visible_to_clients: bool,
    /// The client at which it holds; without one, it holds everywhere.
    pub client: Option<ClientId>,
}

/// More than this are not kept for one worker.
pub const MOST_CERTIFICATES: usize = 50;

/// All papers of one worker: one record, whose id is the worker's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WorkerPapers {
    pub worker: WorkerId,
    pub certificates: Bounded<Certificate, MOST_CERTIFICATES>,
}

pub static WORKER_PAPERS: Kind = Kind { name: "worker_papers", columns: &[], indexes: &[] };

impl WorkerPapers {
    pub fn of(worker: WorkerId) -> Self {
        Self { worker, certificates: Bounded::default() }
    }
}

impl Record for WorkerPapers {
    const KIND: &'static Kind = &WORKER_PAPERS;

    fn record_id(&self) -> String {
        self.worker.to_string()
    }
}
