//! The disclosure log as the agency reads it, and how far an erasure is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission};
use crate::privacy::facts::{PersonalData, SharingRule, ShownGroup, Subject};
use crate::privacy::model::{DataSubject, Disclosure, Erasure, Recipient};
use crate::values::{
    CandidateId, ClientId, ImpersonationId, Instant, LinkId, MemberId, RecordId, UserId, WorkerId,
};

/// One kind of personal data and the rule by which it was shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ShownDataView {
    pub data: PersonalData,
    pub rule: SharingRule,
}

/// People of whom the same was shown. A candidate who is a worker stands in both lists.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ShownGroupView {
    pub data: Vec<ShownDataView>,
    pub workers: Vec<WorkerId>,
    pub candidates: Vec<CandidateId>,
}

/// What one reply showed to somebody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DisclosureView {
    pub at: Instant,
    /// The portal user who was shown it, or in whose place somebody was.
    pub user: Option<UserId>,
    /// The member who saw it in the user's place, if one did.
    pub in_place_by: Option<MemberId>,
    pub impersonation: Option<ImpersonationId>,
    /// The link that was held.
    pub link: Option<LinkId>,
    /// Whoever had the address of the public page.
    pub public: bool,
    pub client: Option<ClientId>,
    /// What was held; null for those who need no role.
    pub permission: Option<Permission>,
    pub operation: String,
    pub shown: Vec<ShownGroupView>,
}

/// The disclosure; of one person, only what was shown of that one, and none if nothing was.
pub fn disclosure(_: &Grant, of: Disclosure, only: Option<Subject>) -> Option<DisclosureView> {
    let (user, in_place_by, impersonation, link, public) = match of.recipient {
        Recipient::User { user } => (Some(user), None, None, None, false),
        Recipient::Impersonated { user, by, session } => (Some(user), Some(by), Some(session), None, false),
        Recipient::Holder { link } => (None, None, None, Some(link), false),
        Recipient::Public { link } => (None, None, None, Some(link), true),
    };
    let shown: Vec<ShownGroupView> = of.shown.into_iter().filter_map(|one| group(one, only)).collect();
    (!shown.is_empty()).then_some(DisclosureView {
        at: of.at,
        user,
        in_place_by,
        impersonation,
        link,
        public,
        client: of.client,
        permission: of.permission,
        operation: of.operation,
        shown,
    })
}

fn group(group: ShownGroup, only: Option<Subject>) -> Option<ShownGroupView> {
    let data = group.facts.iter().map(|fact| ShownDataView { data: fact.data(), rule: fact.rule() });
    let (mut workers, mut candidates) = (group.workers, group.candidates);
    if let Some(only) = only {
        workers.retain(|one| Subject::Worker(*one) == only);
        candidates.retain(|one| Subject::Candidate(*one) == only);
    }
    let is_one = !workers.is_empty() || !candidates.is_empty();
    is_one.then(|| ShownGroupView { data: data.collect(), workers, candidates })
}

/// How far an erasure is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ErasureView {
    pub of: DataSubject,
    /// The worker's, the user's or the candidate's id.
    pub person: RecordId,
    /// True: copies are left; call again, with a command id of its own, until this is false.
    pub more: bool,
    pub started_at: Instant,
    /// When nothing was left.
    pub finished_at: Option<Instant>,
    /// Copies that were found and made empty so far, beside the person's own rows.
    pub copies: u32,
}

pub fn erasure(_: &Grant, erasure: &Erasure) -> ErasureView {
    ErasureView {
        of: erasure.of,
        person: RecordId::new(erasure.person),
        more: erasure.finished_at.is_none(),
        started_at: erasure.started_at,
        finished_at: erasure.finished_at,
        copies: erasure.copies,
    }
}
