//! The fields of jobs, candidates and what is said of them as clients see them, each with the law over it.

use crate::visibility::table;

table! {
    CLIENT_JOB "ClientJobView" {
        Listed: id, title, description, positions, state, shown_at, candidates;
    }
    PICTURE "Picture" {
        NamedCandidate: reference, media_type;
    }
    DOCUMENT "ClientDocumentView" {
        CandidateDocument: id, file_name, media_type, added_at;
        NamedCandidate: bytes, sha256;
    }
    ACTIVITY "ClientActivityView" {
        CandidateActivity: id, kind, at;
        CandidateText: text;
    }
    CLIENT_CANDIDATE "ClientCandidateView" {
        Listed: id, job, label, anonymous, feedback, shown_at;
        NamedCandidate: name, picture one PICTURE;
        CandidateContact: email, phone;
        CandidateText: summary;
        CandidateStage: stage;
        CandidateDocument: documents many DOCUMENT;
        CandidateActivity: activities many ACTIVITY;
    }
    DOCUMENT_PREVIEW "ClientDocumentPreview" {
        CandidateDocument: candidate, document, file, file_name, media_type, opens_in_place, user, permission, at;
        NamedCandidate: bytes, sha256;
    }
    CLIENT_FEEDBACK "ClientFeedbackView" {
        ClientsFeedback: candidate, user, user_name, decision, rating, note, given_at;
    }
}
