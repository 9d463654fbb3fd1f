//! The check as one would write it for this purpose alone: a hash map of bit sets, and hash sets for the scopes.

use std::collections::{HashMap, HashSet};

use staffgate::access::{Permission, Reach};
use staffgate::values::{ClientId, ProjectId, SiteId, UserId};

use crate::world::{Question, World, standings};

struct Standing {
    bits: u64,
    scope: Option<Scope>,
}

struct Scope {
    projects: HashSet<ProjectId>,
    sites: HashSet<SiteId>,
}

pub struct Plain(HashMap<(UserId, ClientId), Standing>);

impl Plain {
    pub fn new(world: &World) -> Self {
        let mut all = HashMap::new();
        for user in &world.users {
            for standing in standings(user) {
                let held = world.held(standing.role);
                let bits = held.iter().fold(0, |bits, one| bits | bit(one));
                let scope = match &standing.reach {
                    Reach::Everything => None,
                    Reach::Selected(selection) => Some(Scope {
                        projects: selection.projects.iter().copied().collect(),
                        sites: selection.sites.iter().copied().collect(),
                    }),
                };
                all.insert((UserId::new(user.id), standing.client), Standing { bits, scope });
            }
        }
        Self(all)
    }

    pub fn allows(&self, question: &Question) -> bool {
        let thing = &question.thing;
        self.0.get(&(question.user, thing.client)).is_some_and(|standing| {
            standing.bits & bit(question.permission) != 0
                && standing.scope.as_ref().is_none_or(|scope| {
                    (thing.project.is_none() && thing.site.is_none())
                        || thing.project.is_some_and(|project| scope.projects.contains(&project))
                        || thing.site.is_some_and(|site| scope.sites.contains(&site))
                })
        })
    }
}

const fn bit(permission: Permission) -> u64 {
    1 << permission as u32
}
