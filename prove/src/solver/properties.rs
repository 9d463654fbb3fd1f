//! What is proved, in words and as claims over kinds of requests.
//!
//! A premise is a further policy that forbids every request of which it is not so: if the policies with it deny
//! everything, the policies deny everything of which it is so.

mod least;
mod not_shown;

use cedar_policy::{PolicySet, RequestEnv};

use super::{Found, Solver};
use crate::Fallible;
use crate::policies::{Policies, parsed};

pub use least::THE_PUBLIC_PAGE;
pub use not_shown::NOT_SHOWN;

/// Everybody outside the agency.
const OUTSIDE: &[&str] = &["User", "Holder", "Visitor"];
const EVERYBODY: &[&str] = &["User", "Member", "Operator", "Holder", "Visitor"];

/// What nobody outside the agency ever reads.
pub const NEVER: &[&str] = &[
    "read_pay",
    "read_margin",
    "read_phone",
    "read_internal_note",
    "read_job_note",
    "read_candidate_worker",
    "read_blind_file",
];

/// Where things of a kind have their agency and their client; no client for what is the agency's own.
const PLACES: &[(&[&str], &str, Option<&str>)] = &[
    (
        &["Shift", "TeamMember", "Schedule", "Tag", "Message", "Selection", "ChangeRequest"],
        "resource.project.agency",
        Some("resource.project.client"),
    ),
    (&["Project"], "resource.agency", Some("resource.client")),
    (&["Mandate", "Preference", "Site"], "resource.client.agency", Some("resource.client")),
    (&["Client"], "resource.agency", Some("resource")),
    (&["Job"], "resource.client.agency", Some("resource.client")),
    (
        &["Candidate", "Step", "Document", "Activity", "Feedback"],
        "resource.candidacy.job.client.agency",
        Some("resource.candidacy.job.client"),
    ),
    (&["Page"], "resource.agency", None),
    (&["Agency"], "resource", None),
];

/// Something that is so for all requests.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Property {
    NoPolicyFails,
    NothingIsForNobody,
    NoPayMarginOrInternalNote,
    NothingOfAnotherClientOrAgency,
    NothingThatIsNotShown,
    ThePublicPageIsBelowTheLeastUser,
    NothingForTheDeactivated,
}

impl Property {
    pub const ALL: [Self; 7] = [
        Self::NoPolicyFails,
        Self::NothingIsForNobody,
        Self::NoPayMarginOrInternalNote,
        Self::NothingOfAnotherClientOrAgency,
        Self::NothingThatIsNotShown,
        Self::ThePublicPageIsBelowTheLeastUser,
        Self::NothingForTheDeactivated,
    ];

    /// What exactly is proved.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NoPolicyFails => {
                "no policy ever fails instead of answering, so none is left out of a decision"
            }
            Self::NothingIsForNobody => {
                "every reading but pay, margin, internal notes, workers' phones, who of the workers a candidate is and \
                 the agency's names of files that name nobody is allowed to some user, so that nothing below is proved \
                 of policies that allow nothing"
            }
            Self::NoPayMarginOrInternalNote => {
                "a client's people, holders of links and the public never read pay, margin, internal notes, phones \
                 of workers who do not lead, messages of the agency among itself, tags, reasons, documents and \
                 activities that are not marked for the client, hidden stages, who of the workers a candidate is, nor \
                 who an anonymised candidate is"
            }
            Self::NothingOfAnotherClientOrAgency => {
                "a user reads nothing that belongs to a client at which they have no standing, and may do nothing \
                 there; and nobody, be it user, member, operator or holder of a link, reads or does anything in an \
                 agency that is not theirs"
            }
            Self::NothingThatIsNotShown => NOT_SHOWN,
            Self::ThePublicPageIsBelowTheLeastUser => THE_PUBLIC_PAGE,
            Self::NothingForTheDeactivated => "a deactivated user or member reads nothing and may do nothing",
        }
    }

    /// Asks the solver; the first kind of request for which it does not hold ends it.
    pub fn check(self, solver: &mut Solver, policies: &Policies) -> Fallible<Report> {
        let mut proof = Proof { solver, policies, asked: 0 };
        let found = match self {
            Self::NoPolicyFails => proof.no_policy_fails(),
            Self::NothingIsForNobody => proof.nothing_is_for_nobody(),
            Self::NoPayMarginOrInternalNote => proof.no_pay_margin_or_internal_note(),
            Self::NothingOfAnotherClientOrAgency => proof.nothing_of_others(),
            Self::NothingThatIsNotShown => not_shown::check(&mut proof),
            Self::ThePublicPageIsBelowTheLeastUser => least::check(&mut proof),
            Self::NothingForTheDeactivated => proof.nothing_for_the_deactivated(),
        }?;
        Ok(Report { asked: proof.asked, found })
    }
}

/// How often the solver was asked, and what came of it.
#[derive(Clone, Debug)]
pub struct Report {
    pub asked: u32,
    pub found: Found,
}

/// Claims over the same policies.
struct Proof<'a> {
    solver: &'a mut Solver,
    policies: &'a Policies,
    asked: u32,
}

/// A premise as a policy.
fn only_if(condition: &str, scope: &str) -> String {
    format!("@id(\"premise\") forbid ({scope}) unless {{ {condition} }};")
}

impl Proof<'_> {
    /// The kinds of requests of these people about these things.
    fn kinds(&self, people: &[&str], of: impl Fn(&RequestEnv) -> bool) -> Vec<RequestEnv> {
        let is_theirs =
            |kind: &RequestEnv| people.contains(&kind.principal().to_string().as_str()) && of(kind);
        self.policies.schema.request_envs().filter(is_theirs).collect()
    }

    fn is_denied(&mut self, kinds: &[RequestEnv], set: &PolicySet) -> Fallible<Found> {
        for kind in kinds {
            self.asked += 1;
            let found = self.solver.always_denies(&self.policies.schema, kind, set)?;
            if !found.is_proved() {
                return Ok(found);
            }
        }
        if kinds.is_empty() { Err("a claim is about no request at all".into()) } else { Ok(Found::Proved) }
    }

    fn no_policy_fails(&mut self) -> Fallible<Found> {
        for kind in self.kinds(EVERYBODY, |_| true) {
            self.asked += 1;
            let found = self.solver.never_errors(&self.policies.schema, &kind, &self.policies.set)?;
            if !found.is_proved() {
                return Ok(found);
            }
        }
        Ok(Found::Proved)
    }

    fn nothing_is_for_nobody(&mut self) -> Fallible<Found> {
        let is_for_some = |name: &str| name != "ask_agency" && !NEVER.contains(&name);
        for kind in self.kinds(&["User"], |kind| is_for_some(action(kind))) {
            self.asked += 1;
            if self.solver.always_denies(&self.policies.schema, &kind, &self.policies.set)?.is_proved() {
                return Ok(Found::Refuted(format!("no user is ever allowed {}", kind.action())));
            }
        }
        Ok(Found::Proved)
    }

    fn no_pay_margin_or_internal_note(&mut self) -> Fallible<Found> {
        let kinds = self.kinds(OUTSIDE, |kind| NEVER.contains(&action(kind)));
        let found = self.is_denied(&kinds, &self.policies.set.clone())?;
        if !found.is_proved() {
            return Ok(found);
        }
        for (reading, internal) in [
            ("read_message", "resource.audience == Audience::\"agency\""),
            ("read_tag", "!resource.for_client"),
            ("read_cancellation_reason", "!resource.reason_for_client"),
            ("read_candidate_name", "resource.candidacy.anonymous"),
            ("read_candidate_contact", "resource.candidacy.anonymous || !resource.shows_contact"),
            ("read_named_text", "resource.candidacy.anonymous"),
            ("read_candidate_text", "resource.candidacy.anonymous && !resource.blind_summary"),
            ("read_stage", "resource.candidacy.job.client.agency.hidden_stages.contains(resource.stage)"),
            ("read_document", "!resource.for_clients || (resource.candidacy.anonymous && !resource.blind)"),
            ("read_document_file", "!resource.for_clients || resource.candidacy.anonymous"),
            ("read_activity", "!resource.for_clients"),
            (
                "read_activity_text",
                "!resource.for_clients || (resource.candidacy.anonymous && !resource.blind)",
            ),
            ("read_named_activity", "!resource.for_clients || resource.candidacy.anonymous"),
        ] {
            let scope = format!("principal, action == Action::\"{reading}\", resource");
            let set = self.policies.with(&only_if(internal, &scope))?;
            let kinds = self.kinds(OUTSIDE, |kind| action(kind) == reading);
            let found = self.is_denied(&kinds, &set)?;
            if !found.is_proved() {
                return Ok(found);
            }
        }
        Ok(Found::Proved)
    }

    fn nothing_of_others(&mut self) -> Fallible<Found> {
        for (things, agency, client) in PLACES {
            for thing in *things {
                let scope = format!("principal, action, resource is {thing}");
                let set = self.policies.with(&only_if(&format!("principal.agency != {agency}"), &scope))?;
                let kinds = self.kinds(EVERYBODY, |kind| kind.resource().to_string() == *thing);
                let found = self.is_denied(&kinds, &set)?;
                if !found.is_proved() {
                    return Ok(found);
                }
                let Some(client) = client else { continue };
                let scope = format!("principal is User, action, resource is {thing}");
                let set = self.policies.with(&only_if(&no_standing(thing, client), &scope))?;
                let kinds = self.kinds(&["User"], |kind| kind.resource().to_string() == *thing);
                let found = self.is_denied(&kinds, &set)?;
                if !found.is_proved() {
                    return Ok(found);
                }
            }
        }
        Ok(Found::Proved)
    }

    fn nothing_for_the_deactivated(&mut self) -> Fallible<Found> {
        for people in ["User", "Member"] {
            let scope = format!("principal is {people}, action, resource");
            let set = self.policies.with(&only_if("principal.access == Access::\"deactivated\"", &scope))?;
            let kinds = self.kinds(&[people], |_| true);
            let found = self.is_denied(&kinds, &set)?;
            if !found.is_proved() {
                return Ok(found);
            }
        }
        Ok(Found::Proved)
    }

    /// Whether the first text of policies allows nothing that the second does not, for this reading of these people.
    fn implies(&mut self, people: &str, reading: &str, first: &Side, second: &Side) -> Fallible<Found> {
        let set = |side: &Side| match side {
            Side::Policies => Ok(self.policies.set.clone()),
            Side::Text(text) => parsed(&self.policies.schema, text),
        };
        let (first, second) = (set(first)?, set(second)?);
        for kind in self.kinds(&[people], |kind| action(kind) == reading) {
            self.asked += 1;
            let found = self.solver.implies(&self.policies.schema, &kind, &first, &second)?;
            if !found.is_proved() {
                return Ok(found);
            }
        }
        Ok(Found::Proved)
    }
}

/// One side of an implication.
enum Side {
    Policies,
    Text(String),
}

fn action(kind: &RequestEnv) -> &str {
    kind.action().id().unescaped()
}

/// That a user has no standing at the client of a thing, or that it has no client.
fn no_standing(thing: &str, client: &str) -> String {
    let belongs =
        format!("principal.hasTag({client}.key) && principal.getTag({client}.key).client == {client}");
    // A project may have none; everything else that has a client always has one.
    let holder = client.strip_suffix(".client");
    match holder.filter(|holder| thing == "Project" || holder.ends_with(".project")) {
        None => format!("!({belongs})"),
        Some(holder) => format!("!({holder} has client && {belongs})"),
    }
}
