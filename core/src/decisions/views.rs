//! Answers, and the filter that gives the same answers for a list.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules::DecidingRule;
use super::subject::Subject;
use crate::access::{Grant, Permission, Place, Reach, Rights, Selection, StandingRights};
use crate::codes::Code;
use crate::values::{ClientId, Locale, ProjectId, SiteId};

/// Whether it is allowed, by which rule, and what can be done if it is not.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AccessAnswer {
    pub allowed: bool,
    /// The rule that decided.
    pub rule: DecidingRule,
    /// The code that the operation would be refused with; null if it is allowed.
    pub code: Option<Cow<'static, str>>,
    /// One sentence for a person, with what they can do; null if it is allowed.
    pub sentence: Option<Cow<'static, str>>,
}

/// One answer for each question, in their order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AccessAnswers {
    pub answers: Vec<AccessAnswer>,
}

/// One plain answer for each question, in their order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlainAnswers {
    pub allowed: Vec<bool>,
}

pub fn answer(_: &Grant, rule: DecidingRule, locale: Locale) -> AccessAnswer {
    let code = rule.code().map(Code::text);
    AccessAnswer {
        allowed: code.is_none(),
        rule,
        code: code.map(Cow::Borrowed),
        sentence: code.map(|_| Cow::Borrowed(rule.sentence(locale))),
    }
}

/// Which things of one client are seen: everything, or what is in a project or at a site of these, or one's own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct VisibleAtClient {
    pub client: ClientId,
    /// Everything of this client; the lists are empty then.
    pub everything: bool,
    pub projects: Vec<ProjectId>,
    pub sites: Vec<SiteId>,
    /// What the person placed themself too.
    pub own: bool,
}

/// The same decision as `access.can`, as a filter for lists.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct VisibleView {
    /// Everything of every client; the list is empty then.
    pub whole_agency: bool,
    pub clients: Vec<VisibleAtClient>,
    /// What keeps the person from seeing anything, if something does.
    pub held_up: Option<DecidingRule>,
}

pub fn visible(_: &Grant, subject: &Subject, permission: Permission, own: bool) -> VisibleView {
    let held_up = subject.held_up;
    let nothing = VisibleView { whole_agency: false, clients: Vec::new(), held_up };
    if held_up.is_some() {
        return nothing;
    }
    match &subject.rights {
        Rights::Operator | Rights::Member(_) => {
            let whole_agency = subject.rights.decide_at_agency(permission).is_allowed();
            VisibleView { whole_agency, ..nothing }
        }
        Rights::User { standings, .. } => {
            let seen = standings.iter().filter(|standing| standing.permissions.holds(permission));
            let clients =
                seen.filter_map(|standing| within(subject.bounds.as_ref(), standing, own)).collect();
            VisibleView { clients, ..nothing }
        }
    }
}

/// What a standing lets see, as far as whoever asks reaches themself.
fn within(bounds: Option<&Rights>, standing: &StandingRights, own: bool) -> Option<VisibleAtClient> {
    let client = standing.client;
    let mut selection = match &standing.reach {
        Reach::Everything => None,
        Reach::Selected(selection) => Some(selection.clone()),
    };
    if let Some(bounds) = bounds {
        if !bounds.decide(Permission::ManagePeople, &Place::client(client)).is_allowed() {
            return None;
        }
        if let Some(Reach::Selected(most)) = bounds.at(client).map(|own| &own.reach) {
            selection = Some(selection.map_or_else(|| most.clone(), |wanted| both(&wanted, most)));
        }
    }
    let own = own && selection.is_some() && bounds.is_none();
    let (projects, sites) = selection
        .map(|selection| (selection.projects.into_vec(), selection.sites.into_vec()))
        .map_or((None, None), |(projects, sites)| (Some(projects), Some(sites)));
    Some(VisibleAtClient {
        client,
        everything: projects.is_none(),
        projects: projects.unwrap_or_default(),
        sites: sites.unwrap_or_default(),
        own,
    })
}

fn both(one: &Selection, other: &Selection) -> Selection {
    let projects = one.projects.iter().filter(|id| other.projects.contains(id)).copied().collect();
    let sites = one.sites.iter().filter(|id| other.sites.contains(id)).copied().collect();
    Selection {
        projects: crate::values::Bounded::new(projects).unwrap_or_default(),
        sites: crate::values::Bounded::new(sites).unwrap_or_default(),
    }
}
