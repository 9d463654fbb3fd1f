//! Ours, with the records at hand: everybody's rights, found by their id, and the decision with its rule.

use std::collections::HashMap;

use staffgate::access::{Decision, Place, Rights};
use staffgate::values::UserId;

use crate::world::{Question, World, standings};

pub struct Ours(HashMap<UserId, Rights>);

impl Ours {
    pub fn new(world: &World) -> Self {
        let rights = |user| {
            standings(user).iter().map(|standing| (standing.clone(), world.held(standing.role))).collect()
        };
        let users = world.users.iter().map(|user| {
            let id = UserId::new(user.id);
            (id, Rights::of_user(id, rights(user)))
        });
        Self(users.collect())
    }

    pub fn decide(&self, question: &Question) -> Option<Decision> {
        let thing = &question.thing;
        let place = Place::at(thing.client, thing.project, thing.site.as_slice());
        self.0.get(&question.user).map(|rights| rights.decide(question.permission, &place))
    }
}
