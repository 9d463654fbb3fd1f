//! Who may do what, and where, as one would say it.

use crate::model::{Model, Reach, Who};

/// Yes, or all the reasons why not: which of several is told is the library's business.
pub(crate) type Verdict = Result<(), Vec<&'static str>>;

pub(crate) fn no<T>(code: &'static str) -> Result<T, Vec<&'static str>> {
    Err(vec![code])
}

/// Collects what stands in the way.
#[derive(Default)]
pub(crate) struct Reasons(Vec<&'static str>);

impl Reasons {
    pub(crate) fn when(&mut self, holds: bool, code: &'static str) -> &mut Self {
        if holds {
            self.0.push(code);
        }
        self
    }

    pub(crate) fn all(&mut self, more: Vec<&'static str>) -> &mut Self {
        self.0.extend(more);
        self
    }

    pub(crate) fn verdict(&mut self) -> Verdict {
        if self.0.is_empty() { Ok(()) } else { Err(std::mem::take(&mut self.0)) }
    }
}

/// Where something is: what somebody who is limited must reach.
#[derive(Clone, Default)]
pub(crate) struct Spot {
    pub(crate) project: Option<usize>,
    pub(crate) sites: Vec<(usize, usize)>,
    /// Who ordered it: one's own orders stay in sight.
    pub(crate) by: Option<usize>,
}

const VIEWER: [&str; 5] = ["view_orders", "view_shifts", "view_team", "see_phones", "read_messages"];
const ORDERER: [&str; 7] = [
    "place_orders",
    "edit_orders",
    "withdraw_orders",
    "see_prices",
    "request_changes",
    "select_staff",
    "write_messages",
];
/// What members may see who read the agency's data.
const SEEN: [&str; 5] = ["view_orders", "view_shifts", "view_team", "see_phones", "see_prices"];

fn holds(role: &str, right: &str) -> bool {
    match role {
        "administrator" => true,
        "orderer" => VIEWER.contains(&right) || ORDERER.contains(&right),
        _ => VIEWER.contains(&right),
    }
}

impl Model {
    /// Something of the agency's side.
    pub(crate) fn at_agency(who: Who, right: &str) -> Verdict {
        match who {
            Who::Operator | Who::Planner => Ok(()),
            Who::Viewer if right == "view_agency" => Ok(()),
            Who::Viewer => no("not_permitted"),
            Who::User(_) => no("wrong_side"),
            Who::Stranger => no("unknown_actor"),
        }
    }

    /// Something of the client's side at this spot; none for the client as a whole.
    pub(crate) fn at_client(&self, who: Who, right: &str, client: usize, spot: Option<&Spot>) -> Verdict {
        match who {
            Who::Operator => Ok(()),
            Who::Planner | Who::Viewer if SEEN.contains(&right) => Ok(()),
            Who::Planner | Who::Viewer => no("wrong_side"),
            Who::Stranger => no("unknown_actor"),
            Who::User(user) => {
                let here = self.standings[user].iter().find(|standing| standing.client == client);
                let Some(standing) = here else { return no("not_found") };
                if spot.is_some_and(|spot| !self.reaches(who, client, spot)) {
                    return no("not_found");
                }
                if holds(standing.role, right) { Ok(()) } else { no("not_permitted") }
            }
        }
    }

    /// Whether somebody holds a right at a client at all.
    pub(crate) fn may(&self, who: Who, right: &str, client: usize) -> bool {
        self.at_client(who, right, client, None).is_ok()
    }

    /// Whether something is within somebody's reach.
    pub(crate) fn reaches(&self, who: Who, client: usize, spot: &Spot) -> bool {
        let Who::User(user) = who else { return true };
        let here = self.standings[user].iter().find(|standing| standing.client == client);
        match here.map(|standing| &standing.reach) {
            None => false,
            Some(Reach::All) => true,
            Some(Reach::Some(projects, sites)) => {
                spot.by == Some(user)
                    || spot.project.is_some_and(|project| projects.contains(&project))
                    || spot.sites.iter().any(|site| sites.contains(site))
            }
        }
    }

    pub(crate) fn mandate_spot(&self, mandate: usize) -> Spot {
        let mandate = &self.mandates[mandate];
        Spot { project: mandate.project, sites: vec![mandate.form().site], by: Some(mandate.by) }
    }

    /// Something of the client's side with a mandate: what is not there for somebody is not there.
    pub(crate) fn at_mandate(&self, who: Who, right: &str, number: usize) -> Verdict {
        let mandate = &self.mandates[number];
        let is_there = mandate.is_there_for(who);
        if matches!(who, Who::User(_)) && !is_there {
            return no("not_found");
        }
        self.at_client(who, right, mandate.client, Some(&self.mandate_spot(number)))?;
        if is_there { Ok(()) } else { no("not_found") }
    }

    pub(crate) fn project_spot(&self, project: usize) -> Spot {
        Spot { project: Some(project), sites: self.sites_of(project), by: None }
    }

    pub(crate) fn request_spot(&self, request: usize) -> Spot {
        let request = &self.requests[request];
        Spot { project: Some(self.shifts[request.shift].project), sites: vec![request.site], by: None }
    }

    pub(crate) fn shift_spot(&self, shift: usize) -> Spot {
        let shift = &self.shifts[shift];
        Spot { project: Some(shift.project), sites: vec![shift.site], by: None }
    }
}
