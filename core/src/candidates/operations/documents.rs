//! Documents of a candidate: references to files that the host keeps. What may be served, and to whom, is asked here.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::mine::own;
use super::{done, opened, stepped};
use crate::access::Permission;
use crate::candidates::events::CandidateChange;
use crate::candidates::model::{
    Candidate, Document, DocumentFile, MOST_DOCUMENT_BYTES, MOST_DOCUMENTS, ShownTo,
};
use crate::candidates::rules::candidate::CandidateAction;
use crate::candidates::rules::{documents, showing};
use crate::candidates::telling::tell;
use crate::candidates::views::{self, CandidateView, ClientDocumentPreview, DocumentPreview};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Proof, Refusal, Run, Tx, Want};
use crate::notifications::Notice;
use crate::privacy::{Shown, log};
use crate::values::{Bounded, CandidateId, ContentHash, DocumentId, DocumentName, DocumentType, Whole};

/// A file as the host has it. Its id stands in the reply: the host keeps the bytes by that.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDocumentFile {
    /// Without a path; it ends as files of the type do.
    pub name: DocumentName,
    pub media_type: DocumentType,
    /// Its size in bytes.
    pub bytes: Whole<1, MOST_DOCUMENT_BYTES>,
    pub sha256: ContentHash,
}

impl NewDocumentFile {
    fn checked(&self, tx: &mut Tx, path: &str) -> Result<DocumentFile, Refusal> {
        documents::fits(&self.name, self.media_type, path)?;
        Ok(DocumentFile {
            id: tx.new_id(),
            name: self.name.clone(),
            media_type: self.media_type,
            bytes: self.bytes,
            sha256: self.sha256.clone(),
        })
    }
}

/// What adding and replacing share.
struct Wanted<'a> {
    file: &'a NewDocumentFile,
    anonymised: Option<&'a NewDocumentFile>,
    audience: ShownTo,
}

impl Wanted<'_> {
    fn document(&self, tx: &mut Tx, id: DocumentId) -> Result<Document, Refusal> {
        let document = Document {
            id,
            file: self.file.checked(tx, "file")?,
            anonymised: self.anonymised.map(|file| file.checked(tx, "anonymised")).transpose()?,
            audience: self.audience,
            added_at: tx.now(),
        };
        documents::is_anonymised(&document)?;
        Ok(document)
    }
}

fn bounded(list: Vec<Document>) -> Result<Bounded<Document, MOST_DOCUMENTS>, Refusal> {
    Bounded::new(list)
        .map_err(|_| Refusal::new(Code::TooMany).at("candidate").with("expected", MOST_DOCUMENTS))
}

/// Whether clients who see the candidate see this document.
fn is_visible(candidate: &Candidate, id: DocumentId) -> bool {
    let document = candidate.documents.iter().find(|document| document.id == id);
    document.is_some_and(|document| showing::file(candidate, document).is_some())
}

/// Adds a document to a candidate.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddDocument {
    pub candidate: CandidateId,
    pub file: NewDocumentFile,
    /// The same without anything by which the person can be known: what clients are served while the candidate is
    /// anonymised. Without it, the document is withheld from them then.
    #[serde(default)]
    pub anonymised: Option<NewDocumentFile>,
    pub audience: ShownTo,
    /// Whether the client's people who see the candidate are told. That can be chosen of what they see.
    pub notify_clients: bool,
}

impl Operation for AddDocument {
    const NAME: &'static str = "candidates.add_document";
    const EFFECT: Effect = Effect::Command;
    type Reply = CandidateView;

    fn run(&self, tx: &mut Tx) -> Run<CandidateView> {
        let (grant, mut candidate) = stepped(tx, self.candidate, CandidateAction::Edit)?;
        let id = tx.new_id();
        let (file, anonymised) = (&self.file, self.anonymised.as_ref());
        let document = Wanted { file, anonymised, audience: self.audience }.document(tx, id)?;
        let mut list = std::mem::take(&mut candidate.documents).into_vec();
        list.push(document);
        candidate.documents = bounded(list)?;
        let visible = is_visible(&candidate, id);
        tell(tx, &grant, &candidate, (self.notify_clients, visible), Notice::CandidateDocumentAdded)?;
        done(tx, &grant, candidate, (CandidateChange::DocumentAdded(id), self.notify_clients))
    }
}

/// Puts other files in the place of a document's: all of them, so that no old anonymised file stands for a new one. The
/// files that were there are served no more.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplaceDocument {
    pub candidate: CandidateId,
    pub document: DocumentId,
    pub file: NewDocumentFile,
    #[serde(default)]
    pub anonymised: Option<NewDocumentFile>,
    pub audience: ShownTo,
    /// Whether the client's people who see the candidate are told. That can be chosen of what they see.
    pub notify_clients: bool,
}

impl Operation for ReplaceDocument {
    const NAME: &'static str = "candidates.replace_document";
    const EFFECT: Effect = Effect::Command;
    type Reply = CandidateView;

    fn run(&self, tx: &mut Tx) -> Run<CandidateView> {
        let (grant, mut candidate) = stepped(tx, self.candidate, CandidateAction::Edit)?;
        let id = self.document;
        let (file, anonymised) = (&self.file, self.anonymised.as_ref());
        let mut list = std::mem::take(&mut candidate.documents).into_vec();
        let old = list.iter_mut().find(|document| document.id == id).ok_or_else(Refusal::not_found)?;
        *old = Wanted { file, anonymised, audience: self.audience }.document(tx, id)?;
        candidate.documents = bounded(list)?;
        let visible = is_visible(&candidate, id);
        tell(tx, &grant, &candidate, (self.notify_clients, visible), Notice::CandidateDocumentAdded)?;
        done(tx, &grant, candidate, (CandidateChange::DocumentReplaced(id), self.notify_clients))
    }
}

/// Removes a document: its files are served no more.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveDocument {
    pub candidate: CandidateId,
    pub document: DocumentId,
}

impl Operation for RemoveDocument {
    const NAME: &'static str = "candidates.remove_document";
    const EFFECT: Effect = Effect::Command;
    type Reply = CandidateView;

    fn run(&self, tx: &mut Tx) -> Run<CandidateView> {
        let (grant, mut candidate) = stepped(tx, self.candidate, CandidateAction::Edit)?;
        let mut list = std::mem::take(&mut candidate.documents).into_vec();
        let place = list.iter().position(|document| document.id == self.document);
        list.remove(place.ok_or_else(Refusal::not_found)?);
        candidate.documents = bounded(list)?;
        done(tx, &grant, candidate, (CandidateChange::DocumentRemoved(self.document), false))
    }
}

/// What the host may serve of a document to the agency's person who asks: which file, under which name, as what. Never
/// bytes: those are the host's.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewDocument {
    pub candidate: CandidateId,
    pub document: DocumentId,
    /// Asks for the anonymised file.
    #[serde(default)]
    pub anonymised: bool,
}

impl Operation for PreviewDocument {
    const NAME: &'static str = "candidates.preview_document";
    const EFFECT: Effect = Effect::Query;
    type Reply = DocumentPreview;

    fn run(&self, tx: &mut Tx) -> Run<DocumentPreview> {
        let (grant, candidate) = opened(tx, self.candidate)?;
        let to = grant.actor().to_string();
        let now = tx.now();
        let view = views::document_preview(&grant, &candidate, (self.document, self.anonymised), to, now);
        view.ok_or_else(|| Refusal::not_found().into())
    }
}

/// What the host may serve of a document to the client's person who asks: which file, under which name, as what. Never
/// bytes: those are the host's. A document that is not for clients is not there.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewMyDocument {
    pub candidate: CandidateId,
    pub document: DocumentId,
}

impl Operation for PreviewMyDocument {
    const NAME: &'static str = "my_candidates.preview_document";
    const EFFECT: Effect = Effect::Query;
    type Reply = ClientDocumentPreview;

    fn run(&self, tx: &mut Tx) -> Run<ClientDocumentPreview> {
        let candidate = Want::record::<Candidate>(self.candidate);
        tx.prefetch([candidate].into_iter().chain(log::want(tx)))?;
        let (grant, candidate) = own(tx, self.candidate, Permission::ViewCandidates)?;
        let user = grant.actor().user().ok_or_else(|| Refusal::new(Code::WrongSide))?;
        let (to, mut shown) = ((user, tx.now()), Shown::default());
        let view = views::client_document_preview(&grant, &candidate, self.document, to, &mut shown);
        log::disclose(tx, &grant, Self::NAME, shown)?;
        view.ok_or_else(|| Refusal::not_found().into())
    }
}
