//! What the client's people say of a candidate, and who reads it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::mine::own;
use crate::access::{Page, PageRequest, Permission, Scope, authorize, page_of, prefetch_page};
use crate::candidates::events::FeedbackGiven;
use crate::candidates::model::{Candidate, Feedback, FeedbackDecision, Job, MOST_FEEDBACK, Rating};
use crate::candidates::rules::candidate::{CandidateAction, step};
use crate::candidates::rules::job::{JobAction, next};
use crate::candidates::telling::{say, wants};
use crate::candidates::views::{self, ClientFeedbackView, FeedbackView};
use crate::codes::Code;
use crate::engine::{Actor, Effect, Operation, Proof, Refusal, Run, Tx, Want};
use crate::notifications::Notice;
use crate::users::model::User;
use crate::values::{CandidateId, Text, UserId};

/// Says something of a candidate, in place of what one said before. The agency is told, and sees who and when; the
/// client's people who see the candidate see it too.
///
/// Nobody says it in another's place.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveFeedback {
    pub candidate: CandidateId,
    pub decision: FeedbackDecision,
    /// From 1, the least, to 5.
    #[serde(default)]
    pub rating: Option<Rating>,
    /// Plain text.
    #[serde(default)]
    pub note: Option<Text<2000>>,
}

impl Operation for GiveFeedback {
    const NAME: &'static str = "my_feedback.give";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientFeedbackView;

    fn run(&self, tx: &mut Tx) -> Run<ClientFeedbackView> {
        let actor = tx.context().actor;
        let said = actor.user().map(|user| Want::record::<Feedback>(Feedback::id(self.candidate, user)));
        let person = actor.user().map(Want::record::<User>);
        tx.prefetch([Want::record::<Candidate>(self.candidate)].into_iter().chain(said).chain(person))?;
        let (grant, mut candidate) = own(tx, self.candidate, Permission::GiveFeedback)?;
        let user = match grant.actor() {
            Actor::User { id } => id,
            Actor::Impersonated { .. } | Actor::Preview { .. } => {
                return Err(Refusal::new(Code::NotInAnothersPlace).into());
            }
            Actor::Operator | Actor::Member { .. } | Actor::Holder { .. } | Actor::Guest => {
                return Err(Refusal::new(Code::WrongSide).into());
            }
        };
        step(&mut candidate, CandidateAction::GiveFeedback)?;
        tx.prefetch(wants(&candidate))?;
        let job: Job = tx.get(candidate.job)?;
        next(job.state, JobAction::GiveFeedback)?;
        let person: User = tx.get(user)?;
        if !tx.exists::<Feedback>(Feedback::id(candidate.id, user))? {
            if candidate.feedback >= MOST_FEEDBACK {
                let refusal = Refusal::new(Code::TooMany).at("candidate");
                return Err(refusal.with("expected", MOST_FEEDBACK).into());
            }
            candidate.feedback += 1;
            tx.put(&grant, &candidate)?;
        }
        let feedback = Feedback {
            candidate: candidate.id,
            job: candidate.job,
            client: candidate.client,
            user,
            user_name: person.name,
            decision: self.decision,
            rating: self.rating,
            note: self.note.clone(),
            given_at: tx.now(),
            author_erased: false,
        };
        tx.put(&grant, &feedback)?;
        tx.emit(&grant, &FeedbackGiven::of(&feedback))?;
        say(tx, &grant, &candidate, Notice::CandidateFeedbackGiven)?;
        Ok(views::client_feedback(&grant, feedback))
    }
}

fn of_candidate(candidate: CandidateId) -> Want {
    Want::range::<Feedback>("by_candidate", vec![candidate.to_string().into()], 0).newest_first()
}

/// What people of the client say of a candidate, newest first.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMyFeedback {
    pub candidate: CandidateId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListMyFeedback {
    const NAME: &'static str = "my_feedback.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ClientFeedbackView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ClientFeedbackView>> {
        let want = of_candidate(self.candidate);
        let candidate = Want::record::<Candidate>(self.candidate);
        prefetch_page::<Feedback>(tx, &self.page, &want, [candidate])?;
        let (grant, _) = own(tx, self.candidate, Permission::ViewCandidates)?;
        page_of(tx, &self.page, want, |one: Feedback| views::client_feedback(&grant, one))
    }
}

/// What clients' people say of a candidate, or what one person has said of any: who and when, newest first. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListFeedback {
    #[serde(default)]
    pub candidate: Option<CandidateId>,
    /// Give a candidate or a person, not both.
    #[serde(default)]
    pub user: Option<UserId>,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListFeedback {
    const NAME: &'static str = "feedback.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<FeedbackView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<FeedbackView>> {
        let want = match (self.candidate, self.user) {
            (Some(candidate), None) => of_candidate(candidate),
            (None, Some(user)) => {
                Want::range::<Feedback>("by_user", vec![user.to_string().into()], 0).newest_first()
            }
            (None, None) => return Err(Refusal::new(Code::FieldMissing).at("candidate").into()),
            (Some(_), Some(_)) => {
                let refusal = Refusal::new(Code::NotOneOf).at("user");
                return Err(refusal.with("expected", "left out if a candidate is given").into());
            }
        };
        prefetch_page::<Feedback>(tx, &self.page, &want, [])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        page_of(tx, &self.page, want, |one: Feedback| views::feedback(&grant, one))
    }
}
