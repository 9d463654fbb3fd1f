//! Documents of a candidate, as references: the files are the host's.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{ContentHash, DocumentFileId, DocumentId, DocumentName, DocumentType, Instant, Whole};

/// Documents of one candidate.
pub const MOST_DOCUMENTS: usize = 20;
/// The size of a document in bytes.
pub const MOST_DOCUMENT_BYTES: u32 = 100_000_000;

/// For whom a document or an activity is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "CandidateAudience")]
pub enum ShownTo {
    /// The agency's people alone.
    Agency,
    /// The client's people too, while they see the candidate.
    Clients,
}

/// One file of a document. The library holds what is needed to find, name and check it, and never its bytes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DocumentFile {
    /// What the host keeps the bytes by. Whoever may be served the one file learns nothing of the other's.
    pub id: DocumentFileId,
    pub name: DocumentName,
    pub media_type: DocumentType,
    pub bytes: Whole<1, MOST_DOCUMENT_BYTES>,
    pub sha256: ContentHash,
}

/// A document of a candidate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Document {
    pub id: DocumentId,
    pub file: DocumentFile,
    /// The same without anything by which the person can be known: what clients are served of somebody anonymised.
    pub anonymised: Option<DocumentFile>,
    pub audience: ShownTo,
    pub added_at: Instant,
}
