//! The rules of a list by what they ask of a position, so that those of other skills cost nothing.

use std::collections::BTreeMap;

use super::ready::Ready;
use crate::pricing::list::Key;

/// The places of rules, each list of them ascending.
#[derive(Clone, Debug)]
pub(super) struct Index {
    by_skill: BTreeMap<Key, Vec<u32>>,
    any_skill: Vec<u32>,
}

impl Index {
    pub(super) fn of(rules: &[Ready]) -> Self {
        let mut by_skill: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
        let mut any_skill = Vec::new();
        for rule in rules {
            match &rule.ask.whole.skills {
                None => any_skill.push(rule.at),
                Some(skills) => {
                    for skill in skills {
                        by_skill.entry(skill.clone()).or_default().push(rule.at);
                    }
                }
            }
        }
        Self { by_skill, any_skill }
    }

    /// The places of the rules that a position with this skill may meet, ascending.
    pub(super) fn rules(&self, skill: Option<&Key>) -> impl Iterator<Item = u32> {
        let own = skill.and_then(|skill| self.by_skill.get(skill)).map_or(&[] as &[u32], Vec::as_slice);
        let (mut own, mut any) = (own.iter().copied().peekable(), self.any_skill.iter().copied().peekable());
        std::iter::from_fn(move || match (own.peek(), any.peek()) {
            (Some(one), Some(other)) if one > other => any.next(),
            (Some(_), _) => own.next(),
            (None, _) => any.next(),
        })
    }
}
