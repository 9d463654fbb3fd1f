//! The laws over a candidate, decided for whoever sees the candidate at all.

use super::FieldRule;
use crate::candidates::model::{Candidate, StageBook};
use crate::candidates::rules::showing;
use crate::visibility::Law;

pub(super) fn rule(field: &str, law: Law, candidate: &Candidate, book: &StageBook) -> FieldRule {
    let (is_named, is_reached) =
        (showing::person(candidate).is_some(), showing::contact(candidate).is_some());
    match law {
        Law::Listed => FieldRule::Listed,
        Law::CandidateContact if is_reached => FieldRule::ContactShared,
        Law::CandidateContact if is_named => FieldRule::ContactNotShared,
        Law::NamedCandidate | Law::CandidateText if is_named => FieldRule::CandidateNamed,
        Law::NamedCandidate | Law::CandidateContact => FieldRule::CandidateAnonymised,
        Law::CandidateText if is_written(field, candidate) => FieldRule::AnonymisedText,
        Law::CandidateText => FieldRule::NoAnonymisedText,
        Law::CandidateStage if showing::stage(candidate, book).is_some() => FieldRule::StageTold,
        Law::CandidateStage => FieldRule::NoStageTold,
        Law::CandidateDocument | Law::CandidateActivity => FieldRule::MarkedForClients,
        // Nothing of a candidate is under another law.
        _ => FieldRule::NotVisible,
    }
}

/// Whether something is there to read of an anonymised candidate in this field.
fn is_written(field: &str, candidate: &Candidate) -> bool {
    match field {
        "summary" => showing::summary(candidate).is_some(),
        _ => showing::activities(candidate).any(|one| showing::activity_text(candidate, one).is_some()),
    }
}
