//! The rules of a list by what they ask of a position, so that those of other skills cost nothing.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::kinds::Kinds;
use super::ready::Ready;
use crate::pricing::list::Key;
use crate::shifts::model::Role;

/// The most skills of a list for which kinds of minutes are kept.
const MOST_KEPT: usize = 200;

/// The rules of a list by skill.
#[derive(Clone, Debug)]
pub(super) struct Index {
    by_skill: BTreeMap<Key, Group>,
    any_skill: Group,
}

/// The rules that ask for a skill, or those that ask for none.
#[derive(Clone, Debug, Default)]
struct Group {
    /// Their places, ascending.
    rules: Vec<u32>,
    /// What a position with this skill and each role can meet, once somebody asked for it.
    kept: [OnceLock<Option<Kinds>>; 2],
}

impl Index {
    pub(super) fn of(rules: &[Ready]) -> Self {
        let mut by_skill: BTreeMap<Key, Group> = BTreeMap::new();
        let mut any_skill = Group::default();
        for rule in rules {
            match &rule.ask.whole.skills {
                None => any_skill.rules.push(rule.at),
                Some(skills) => {
                    for skill in skills {
                        by_skill.entry(skill.clone()).or_default().rules.push(rule.at);
                    }
                }
            }
            // A skill that is only excepted from a rule is not like the others either.
            for skill in rule.unless.iter().filter_map(|ask| ask.whole.skills.as_ref()).flatten() {
                by_skill.entry(skill.clone()).or_default();
            }
        }
        Self { by_skill, any_skill }
    }

    /// The places of the rules that a position with this skill may meet, ascending.
    pub(super) fn rules(&self, skill: Option<&Key>) -> impl Iterator<Item = u32> {
        let own = skill.and_then(|skill| self.by_skill.get(skill)).map_or(&[] as &[u32], |own| &own.rules);
        let mut own = own.iter().copied().peekable();
        let mut any = self.any_skill.rules.iter().copied().peekable();
        std::iter::from_fn(move || match (own.peek(), any.peek()) {
            (Some(one), Some(other)) if one > other => any.next(),
            (Some(_), _) => own.next(),
            (None, _) => any.next(),
        })
    }

    /// What the list keeps for a skill and role; `found` finds it, and says if it depends on more than these.
    pub(super) fn kept(
        &self,
        skill: Option<&Key>,
        role: Role,
        found: impl FnOnce() -> Option<Kinds>,
    ) -> Option<&Kinds> {
        let own = skill.and_then(|skill| self.by_skill.get(skill));
        if own.is_some() && self.by_skill.len() > MOST_KEPT {
            return None;
        }
        let [staff, lead] = &own.unwrap_or(&self.any_skill).kept;
        let kept = match role {
            Role::Staff => staff,
            Role::Lead => lead,
        };
        kept.get_or_init(found).as_ref()
    }
}
