//! What clients are shown of a candidate. Views for clients are made of these functions and of nothing else, so what an
//! anonymised candidate hides stands here once.
//!
//! **Hidden stages.** Somebody in a hidden stage is shown in the last stage before it that is not hidden; without one, the
//! stage is not told. Hiding a stage hides the stage and not the person: going into it and coming out of it leaves nothing
//! to be seen, what the client has said stays, and a new setting takes hold at once without a candidate being rewritten.
//! Who is to be gone for clients is removed.

use crate::candidates::model::{
    Activity, Candidate, Document, DocumentFile, Person, ShownTo, StageBook, StageKey,
};
use crate::values::{ContentHash, DocumentId, Instant, Locale, Text};

/// The neutral label: a number that says nothing but who came on the portal before whom.
pub fn label(number: u32, locale: Locale) -> String {
    match locale {
        Locale::En => format!("Candidate {number}"),
        Locale::Fr => format!("Candidat {number}"),
    }
}

/// Who it is, unless that is hidden.
pub fn person(candidate: &Candidate) -> Option<&Person> {
    (!candidate.anonymous).then_some(&candidate.person)
}

/// How to reach the person, if clients are to.
pub fn contact(candidate: &Candidate) -> Option<&Person> {
    person(candidate).filter(|_| candidate.shows_contact)
}

/// The executive summary, or the anonymised one; never the one for the other.
pub const fn summary(candidate: &Candidate) -> Option<&Text<5000>> {
    if candidate.anonymous { candidate.anonymous_summary.as_ref() } else { candidate.summary.as_ref() }
}

/// The stage of which clients are told.
pub fn stage(candidate: &Candidate, book: &StageBook) -> Option<StageKey> {
    candidate.stages.iter().rev().copied().find(|stage| !book.setting(*stage).hidden)
}

/// A document as clients are shown it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShownDocument<'a> {
    pub id: DocumentId,
    pub file: &'a DocumentFile,
    /// Made up of the label where the candidate is anonymised: the file's own name is the agency's.
    pub name: String,
    /// None where the candidate is anonymised: who knows a file knows it by its size or hash.
    pub bytes: Option<u32>,
    pub sha256: Option<&'a ContentHash>,
    pub added_at: Instant,
}

/// The file that clients may be served, if they may be served one: the anonymised one of somebody anonymised.
pub fn file<'a>(candidate: &Candidate, document: &'a Document) -> Option<&'a DocumentFile> {
    match (document.audience, candidate.anonymous) {
        (ShownTo::Agency, _) => None,
        (ShownTo::Clients, false) => Some(&document.file),
        (ShownTo::Clients, true) => document.anonymised.as_ref(),
    }
}

/// The documents for clients. Those of somebody anonymised are counted among themselves, so that no gap tells of others.
pub fn documents(candidate: &Candidate) -> Vec<ShownDocument<'_>> {
    let files = candidate.documents.iter().filter_map(|one| file(candidate, one).map(|file| (one, file)));
    files
        .enumerate()
        .map(|(index, (document, file))| {
            let is_named = !candidate.anonymous;
            ShownDocument {
                id: document.id,
                file,
                name: if is_named { file.name.to_string() } else { neutral_name(candidate, index, file) },
                bytes: is_named.then(|| file.bytes.get()),
                sha256: is_named.then_some(&file.sha256),
                added_at: document.added_at,
            }
        })
        .collect()
}

fn neutral_name(candidate: &Candidate, index: usize, file: &DocumentFile) -> String {
    let number = candidate.number.unwrap_or_default();
    format!("candidate-{number}-{}.{}", index + 1, file.media_type.ending())
}

/// What was done, as far as it is for clients.
pub fn activities(candidate: &Candidate) -> impl Iterator<Item = &Activity> {
    candidate.activities.iter().filter(|activity| activity.audience == ShownTo::Clients)
}

/// What clients read of an activity.
pub const fn activity_text<'a>(candidate: &Candidate, activity: &'a Activity) -> Option<&'a Text<1000>> {
    if candidate.anonymous { activity.anonymous_text.as_ref() } else { Some(&activity.text) }
}
