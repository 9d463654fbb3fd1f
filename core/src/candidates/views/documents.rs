//! Documents for the agency: what is kept of them, and what a host may serve.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission};
use crate::candidates::model::{Candidate, Document, DocumentFile, MOST_DOCUMENT_BYTES, ShownTo};
use crate::candidates::rules::showing;
use crate::values::{
    CandidateId, ContentHash, DocumentFileId, DocumentId, DocumentName, DocumentType, Instant, Whole,
};

/// One file of a document. The bytes are the host's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DocumentFileView {
    /// Keep the bytes by this: a file that takes its place has another.
    pub id: DocumentFileId,
    pub name: DocumentName,
    pub media_type: DocumentType,
    pub bytes: Whole<1, MOST_DOCUMENT_BYTES>,
    pub sha256: ContentHash,
}

/// A document of a candidate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DocumentView {
    pub id: DocumentId,
    pub file: DocumentFileView,
    /// What clients are served in its place where the candidate is anonymised.
    pub anonymised: Option<DocumentFileView>,
    pub audience: ShownTo,
    /// Whether clients see it now.
    pub shown_to_clients: bool,
    pub added_at: Instant,
}

fn file(file: &DocumentFile) -> DocumentFileView {
    DocumentFileView {
        id: file.id,
        name: file.name.clone(),
        media_type: file.media_type,
        bytes: file.bytes,
        sha256: file.sha256.clone(),
    }
}

pub(super) fn document(candidate: &Candidate, document: &Document) -> DocumentView {
    DocumentView {
        id: document.id,
        file: file(&document.file),
        anonymised: document.anonymised.as_ref().map(file),
        audience: document.audience,
        shown_to_clients: candidate.is_shown() && showing::file(candidate, document).is_some(),
        added_at: document.added_at,
    }
}

/// What a host may serve to the agency's person who asks, and whether clients may be served it. The bytes are the host's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DocumentPreview {
    pub candidate: CandidateId,
    pub document: DocumentId,
    pub file: DocumentFileView,
    /// Whether it is the anonymised file.
    pub anonymised: bool,
    /// Whether a browser may show it in place; if not, serve it as an attachment.
    pub opens_in_place: bool,
    pub audience: ShownTo,
    /// Whether clients may be served this file now.
    pub shown_to_clients: bool,
    /// To whom alone: `operator` or `member/<id>`.
    pub to: String,
    /// The right on which it is served, judged at this instant: ask again for the next time.
    pub permission: Permission,
    pub at: Instant,
}

/// None if there is no such file.
pub fn document_preview(
    _: &Grant,
    candidate: &Candidate,
    (wanted, anonymised): (DocumentId, bool),
    to: String,
    at: Instant,
) -> Option<DocumentPreview> {
    let document = candidate.documents.iter().find(|document| document.id == wanted)?;
    let found = if anonymised { document.anonymised.as_ref()? } else { &document.file };
    let shown = showing::file(candidate, document).is_some_and(|shown| shown.id == found.id);
    Some(DocumentPreview {
        candidate: candidate.id,
        document: document.id,
        file: file(found),
        anonymised,
        opens_in_place: found.media_type.opens_in_place(),
        audience: document.audience,
        shown_to_clients: candidate.is_shown() && shown,
        to,
        permission: Permission::ManageCandidates,
        at,
    })
}
