//! What is not known of the worker who will come: every case that a list tells apart.

use std::collections::BTreeSet;

use super::compile::Compiled;
use super::ready::Ready;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::demand::Position;
use crate::pricing::list::{Key, WorkerAttributes};

/// The most cases that are computed for one position.
const MAX_CASES: usize = 32;

/// Attributes that a list asks for and a position does not name.
#[derive(Default)]
pub(super) struct Unknown {
    qualified: bool,
    grades: BTreeSet<Key>,
}

impl Unknown {
    pub(super) fn of(lists: &[Compiled], position: &Position) -> Self {
        let mut unknown = Self::default();
        for list in lists.iter().filter(|list| list.workers) {
            for whole in list.rules.iter().flat_map(Ready::asks).map(|ask| &ask.whole) {
                let other_skill = whole.skills.as_ref().is_some_and(|skills| {
                    position.skill.as_ref().is_none_or(|skill| !skills.contains(skill))
                });
                if other_skill {
                    continue;
                }
                unknown.qualified |= whole.worker.qualified.is_some() && position.worker.qualified.is_none();
                if position.worker.grade.is_none() {
                    unknown.grades.extend(whole.worker.grade.clone());
                }
            }
        }
        unknown
    }

    /// The attributes in each case. A grade that no rule names stands for all others.
    pub(super) fn alternatives(&self, known: &WorkerAttributes) -> Result<Vec<WorkerAttributes>, Refusal> {
        let mut cases = vec![known.clone()];
        if self.qualified {
            cases = [false, true]
                .map(|qualified| WorkerAttributes { qualified: Some(qualified), ..known.clone() })
                .into();
        }
        let graded = self.grades.iter().flat_map(|grade| {
            cases.iter().map(|case| WorkerAttributes { grade: Some(grade.clone()), ..case.clone() })
        });
        let graded: Vec<WorkerAttributes> = graded.collect();
        cases.extend(graded);
        if cases.len() > MAX_CASES {
            return Err(Refusal::new(Code::TooMany).at("worker.grade").with("expected", MAX_CASES));
        }
        Ok(cases)
    }
}
