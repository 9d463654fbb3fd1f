//! The naive model: people, roles and places as plain sets of names, and the rules as one would say them.

use std::collections::{BTreeMap, BTreeSet};

pub(crate) type Names = BTreeSet<&'static str>;
/// What an answer is compared by: the names that it shows, or the code of the refusal.
pub(crate) type Outcome = Result<BTreeSet<String>, String>;

pub(crate) const AGENCY: [&str; 15] = [
    "manage_agency",
    "manage_members",
    "manage_roles",
    "manage_clients",
    "manage_users",
    "grant_access",
    "manage_prices",
    "plan_shifts",
    "review_mandates",
    "share_links",
    "preview_portal",
    "impersonate",
    "approve_company_changes",
    "read_history",
    "view_agency",
];
pub(crate) const CLIENT: [&str; 12] = [
    "place_orders",
    "edit_orders",
    "withdraw_orders",
    "see_prices",
    "view_orders",
    "view_shifts",
    "view_team",
    "see_phones",
    "manage_people",
    "manage_own_roles",
    "edit_company",
    "read_own_history",
];
const PLANNER: [&str; 8] = [
    "view_agency",
    "manage_clients",
    "manage_users",
    "grant_access",
    "plan_shifts",
    "review_mandates",
    "share_links",
    "preview_portal",
];
const CLIENT_VIEWER: [&str; 4] = ["view_orders", "view_shifts", "view_team", "see_phones"];
const CLIENT_ORDERER: [&str; 8] = [
    "view_orders",
    "view_shifts",
    "view_team",
    "see_phones",
    "place_orders",
    "edit_orders",
    "withdraw_orders",
    "see_prices",
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Access {
    Invited,
    Active,
    Deactivated,
}

/// A name that is always there, or the number of a role that was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RoleName {
    Always(&'static str),
    Made(usize),
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Reach {
    All,
    /// Numbers of projects, numbers of sites.
    Some(BTreeSet<usize>, BTreeSet<usize>),
}

#[derive(Clone, Debug)]
pub(crate) struct MadeRole {
    pub(crate) id: String,
    pub(crate) name: String,
    /// None if the agency's.
    pub(crate) client: Option<usize>,
    pub(crate) of_agency: bool,
    pub(crate) holds: Names,
    pub(crate) gone: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) id: String,
    pub(crate) role: RoleName,
    pub(crate) active: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) email: usize,
    pub(crate) access: Access,
    pub(crate) joined: bool,
    pub(crate) at: BTreeMap<usize, (RoleName, Reach)>,
    /// The number of the newest link, while it is good.
    pub(crate) link: Option<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) token: String,
    pub(crate) user: usize,
    pub(crate) client: usize,
    pub(crate) by: Who,
    pub(crate) expires: i64,
    pub(crate) used: bool,
    /// Another invitation came while this one was the user's.
    pub(crate) replaced: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) user: usize,
    pub(crate) by: usize,
    pub(crate) reads_only: bool,
    pub(crate) ends: i64,
    pub(crate) ended: bool,
}

/// Somebody who calls.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Who {
    Operator,
    Member(usize),
    User(usize),
    /// The number of the session; the host may name another user with it, or another member.
    Instead {
        session: usize,
        user: usize,
        by: usize,
    },
    Preview {
        user: usize,
        by: usize,
    },
}

impl Who {
    pub(crate) fn user(self) -> Option<usize> {
        match self {
            Self::User(user) | Self::Instead { user, .. } | Self::Preview { user, .. } => Some(user),
            Self::Operator | Self::Member(_) => None,
        }
    }
}

#[derive(Default)]
pub(crate) struct Model {
    pub(crate) minute: i64,
    pub(crate) members: Vec<Member>,
    pub(crate) users: Vec<User>,
    pub(crate) roles: Vec<MadeRole>,
    pub(crate) links: Vec<Link>,
    pub(crate) sessions: Vec<Session>,
}

pub(crate) type Check<T = ()> = Result<T, String>;

pub(crate) fn no<T>(code: &str) -> Check<T> {
    Err(code.to_owned())
}

fn set(names: &[&'static str]) -> Names {
    names.iter().copied().collect()
}

impl Model {
    pub(crate) fn made(&self, number: usize, agency_side: bool, client: Option<usize>) -> Option<Names> {
        let role = &self.roles[number];
        let here = role.client.is_none() || role.client == client;
        (!role.gone && role.of_agency == agency_side && here).then(|| role.holds.clone())
    }

    pub(crate) fn member_holds(&self, role: RoleName) -> Names {
        match role {
            RoleName::Always("administrator") => set(&AGENCY),
            RoleName::Always("planner") => set(&PLANNER),
            RoleName::Always(_) => set(&["view_agency"]),
            RoleName::Made(number) => self.made(number, true, None).unwrap_or_default(),
        }
    }

    /// What a role holds at a client; none if there is no such role there.
    pub(crate) fn client_holds(&self, role: RoleName, client: usize) -> Option<Names> {
        match role {
            RoleName::Always("administrator") => Some(set(&CLIENT)),
            RoleName::Always("orderer") => Some(set(&CLIENT_ORDERER)),
            RoleName::Always(_) => Some(set(&CLIENT_VIEWER)),
            RoleName::Made(number) => self.made(number, false, Some(client)),
        }
    }

    fn member_in(&self, number: usize) -> Check {
        if self.members[number].active { Ok(()) } else { no("access_ended") }
    }

    /// Whether this caller is let in at all.
    pub(crate) fn lets_in(&self, who: Who, writes: bool) -> Check {
        let behind = |by: usize, right: &str| {
            self.member_in(by)?;
            if self.member_holds(self.members[by].role).contains(right) {
                Ok(())
            } else {
                no("not_permitted")
            }
        };
        match who {
            Who::Operator => Ok(()),
            Who::Member(number) => self.member_in(number),
            Who::User(user) => self.user_in(user),
            Who::Preview { user, by } => {
                behind(by, "preview_portal")?;
                if writes { no("preview_reads_only") } else { self.user_in(user) }
            }
            Who::Instead { session, user, by } => {
                behind(by, "impersonate")?;
                let session = &self.sessions[session];
                let right = session.user == user && session.by == by;
                if !right || session.ended || self.minute >= session.ends {
                    return no("impersonation_over");
                }
                if session.reads_only && writes { no("impersonation_reads_only") } else { self.user_in(user) }
            }
        }
    }

    fn user_in(&self, user: usize) -> Check {
        match self.users[user].access {
            Access::Active => Ok(()),
            Access::Invited => no("not_joined"),
            Access::Deactivated => no("access_ended"),
        }
    }

    /// Whether this caller holds a right of the agency's side.
    pub(crate) fn at_agency(&self, who: Who, right: &str, writes: bool) -> Check {
        self.lets_in(who, writes)?;
        match who {
            Who::Operator => Ok(()),
            Who::Member(number) if self.member_holds(self.members[number].role).contains(right) => Ok(()),
            Who::Member(_) => no("not_permitted"),
            _ => no("wrong_side"),
        }
    }

    /// Whether this caller holds a right of the client's side at the whole client.
    pub(crate) fn at_client(&self, who: Who, right: &str, client: usize, writes: bool) -> Check {
        self.lets_in(who, writes)?;
        let Some(user) = who.user() else { return self.member_looks(who, right) };
        let Some((role, _)) = self.users[user].at.get(&client) else { return no("not_found") };
        let holds = self.client_holds(*role, client).unwrap_or_default();
        if holds.contains(right) { Ok(()) } else { no("not_permitted") }
    }

    /// The agency's people see what clients see; the rest of the client's side is not theirs.
    fn member_looks(&self, who: Who, right: &str) -> Check {
        let Who::Member(number) = who else { return Ok(()) };
        let sees = ["view_orders", "view_shifts", "view_team", "see_phones", "see_prices"].contains(&right);
        let reads = self.member_holds(self.members[number].role).contains("view_agency");
        if sees && reads { Ok(()) } else { no("wrong_side") }
    }

    /// Whether a place is within a caller's reach at the client.
    pub(crate) fn reaches(&self, who: Who, client: usize, project: usize, site: usize) -> bool {
        let Some(user) = who.user() else { return true };
        match self.users[user].at.get(&client) {
            None => false,
            Some((_, Reach::All)) => true,
            Some((_, Reach::Some(projects, sites))) => projects.contains(&project) || sites.contains(&site),
        }
    }

    /// Whether taking this person's place away would leave the client, or the agency, without administrator.
    pub(crate) fn leads(user: &User, client: usize) -> bool {
        user.access == Access::Active
            && user.at.get(&client) == Some(&(RoleName::Always("administrator"), Reach::All))
    }

    pub(crate) fn is_last_leader(&self, user: usize, client: usize) -> bool {
        Self::leads(&self.users[user], client)
            && self.users.iter().filter(|one| Self::leads(one, client)).count() == 1
    }

    pub(crate) fn member_leads(member: &Member) -> bool {
        member.active && member.role == RoleName::Always("administrator")
    }

    pub(crate) fn is_last_member_leader(&self, number: usize) -> bool {
        Self::member_leads(&self.members[number])
            && self.members.iter().filter(|one| Self::member_leads(one)).count() == 1
    }
}
