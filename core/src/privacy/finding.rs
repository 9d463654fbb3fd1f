//! Going through everything that can hold a copy of a worker's data: the agency's projects with their shifts and
//! selections, what clients say of workers, and the candidates that the worker was. In steps, since an agency has any number of them.
//!
//! Projects go by their creation, which never changes, and what belongs to a project never leaves it: so nothing moves
//! from what is ahead to what is behind, and a step that has all of a project in one load has all of its copies.

use serde::{Deserialize, Serialize};

use crate::candidates::model::{Candidate, Feedback, Job};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Record, Refusal, Run, Tx, Want};
use crate::projects::carrying::shifts_of;
use crate::projects::model::Project;
use crate::selection::model::Selection;
use crate::shifts::model::{Shift, StaffPreferences};
use crate::store::{Cursor, IndexValue};
use crate::values::{ProjectId, WorkerId};

/// Shifts that one step goes through unless it is told another number. One project is always taken whole.
pub const SHIFTS_PER_STEP: u32 = 2_000;
/// Projects and clients that one step looks at.
const ROWS_PER_STEP: u32 = 200;
/// Candidates that one step looks at: each comes with all that is said of it.
const CANDIDATES_PER_STEP: u32 = 20;

/// How far one list was gone through.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case", deny_unknown_fields)]
pub enum Leg {
    #[default]
    Beginning,
    Behind {
        row: Cursor,
    },
    End,
}

/// How far all of it was gone through.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Walk {
    pub projects: Leg,
    pub clients: Leg,
    #[serde(default)]
    pub candidates: Leg,
}

impl Walk {
    pub const fn is_over(&self) -> bool {
        matches!((&self.projects, &self.clients, &self.candidates), (Leg::End, Leg::End, Leg::End))
    }

    /// The form in which a caller brings it back.
    pub fn text(&self) -> Result<String, Refusal> {
        let json = serde_json::to_string(self)
            .map_err(|error| Refusal::new(Code::Internal).with("reason", error))?;
        Ok(crate::values::hex::encode(json.as_bytes()))
    }

    /// Reads that form. No store sees a place that it cannot read.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let invalid = || Refusal::new(Code::CursorInvalid).at("after");
        let bytes = crate::values::hex::decode(text).ok_or_else(invalid)?;
        let walk: Self = serde_json::from_slice(&bytes).map_err(|_| invalid())?;
        let fits = |leg: &Leg, is_right: fn(&IndexValue) -> bool| match leg {
            Leg::Behind { row } => matches!(row.values.as_slice(), [value] if is_right(value)),
            Leg::Beginning | Leg::End => true,
        };
        let is_integer: fn(&IndexValue) -> bool = |value| matches!(value, IndexValue::Integer(_));
        let is_text: fn(&IndexValue) -> bool = |value| matches!(value, IndexValue::Text(_));
        let by_creation = fits(&walk.projects, is_integer) && fits(&walk.candidates, is_integer);
        if by_creation && fits(&walk.clients, is_text) { Ok(walk) } else { Err(invalid()) }
    }

    /// What the next step begins with.
    pub fn wants(&self, worker: WorkerId) -> impl Iterator<Item = Want> + use<> {
        let projects = range::<Project>("by_created", &self.projects);
        let clients = range::<Client>("by_name", &self.clients);
        projects.into_iter().chain(clients).chain(candidates_of(worker, &self.candidates))
    }
}

fn range<T: Record>(index: &'static str, leg: &Leg) -> Option<Want> {
    let place = match leg {
        Leg::Beginning => None,
        Leg::Behind { row } => Some(row.clone()),
        Leg::End => return None,
    };
    let mut want = Want::range::<T>(index, Vec::new(), ROWS_PER_STEP);
    if let Want::Range { after, .. } = &mut want {
        *after = place;
    }
    Some(want)
}

/// The worker as a candidate, by creation.
fn candidates_of(worker: WorkerId, leg: &Leg) -> Option<Want> {
    let mut want = range::<Candidate>("all_by_worker", leg)?;
    if let Want::Range { equals, limit, .. } = &mut want {
        *equals = vec![worker.to_string().into()];
        *limit = CANDIDATES_PER_STEP;
    }
    Some(want)
}

/// Everything that one step found.
#[derive(Debug, Default)]
pub struct Found {
    pub shifts: Vec<Shift>,
    pub selections: Vec<Selection>,
    pub preferences: Vec<StaffPreferences>,
    pub candidates: Vec<Candidate>,
    pub feedback: Vec<Feedback>,
}

/// One step: what it found of this worker, and how far it came. Takes two load rounds, of which the first is
/// [`Walk::wants`].
pub fn step(tx: &mut Tx, walk: &Walk, worker: WorkerId, most: u32) -> Run<(Found, Walk)> {
    tx.prefetch(walk.wants(worker))?;
    let (projects, ahead) = projects(tx, &walk.projects, most)?;
    let (clients, others) = clients(tx, &walk.clients)?;
    let (candidates, rest) = candidates(tx, &walk.candidates, worker)?;
    let said = candidates.iter().map(|one| Feedback::of_candidate(one.id));
    let jobs = candidates.iter().map(|one| Want::record::<Job>(one.job));
    let wants =
        projects.iter().flat_map(|id| [shifts_of(*id), Selection::of_project(*id)]).chain(said).chain(jobs);
    tx.prefetch(wants.chain(clients.iter().map(Want::record::<StaffPreferences>)))?;
    let name = worker.to_string();
    let mut found = Found::default();
    for candidate in &candidates {
        found.feedback.extend(tx.list::<Feedback>(Feedback::of_candidate(candidate.id))?);
    }
    found.candidates = candidates;
    for project in projects {
        found.shifts.extend(tx.list_with::<Shift>(shifts_of(project), &name)?);
        found.selections.extend(tx.list_with::<Selection>(Selection::of_project(project), &name)?);
    }
    for client in clients {
        let kept: Option<StaffPreferences> = tx.glance(&client)?;
        if kept.is_some_and(|kept| kept.list.iter().any(|entry| entry.worker == worker)) {
            found.preferences.extend(tx.find::<StaffPreferences>(client)?);
        }
    }
    Ok((found, Walk { projects: ahead, clients: others, candidates: rest }))
}

/// The next projects with no more shifts than this together, or one with more.
fn projects(tx: &mut Tx, leg: &Leg, most: u32) -> Run<(Vec<ProjectId>, Leg)> {
    let Some(want) = range::<Project>("by_created", leg) else { return Ok((Vec::new(), Leg::End)) };
    let all: Vec<Project> = tx.peek(want)?;
    let mut shifts = 0_u32;
    let mut taken = Vec::new();
    let mut behind = leg.clone();
    for project in &all {
        shifts = shifts.saturating_add(project.shift_count);
        if shifts > most && !taken.is_empty() {
            return Ok((taken, behind));
        }
        taken.push(project.id);
        let values = vec![project.created_at.millis().into()];
        behind = Leg::Behind { row: Cursor { values, id: project.record_id() } };
    }
    Ok((taken, if is_last(all.len()) { Leg::End } else { behind }))
}

fn clients(tx: &mut Tx, leg: &Leg) -> Run<(Vec<String>, Leg)> {
    let Some(want) = range::<Client>("by_name", leg) else { return Ok((Vec::new(), Leg::End)) };
    let all: Vec<Client> = tx.peek(want)?;
    let ids = all.iter().map(Record::record_id).collect();
    let next = match all.last() {
        Some(last) if !is_last(all.len()) => {
            let values = vec![last.name.as_str().into()];
            Leg::Behind { row: Cursor { values, id: last.record_id() } }
        }
        _ => Leg::End,
    };
    Ok((ids, next))
}

fn candidates(tx: &mut Tx, leg: &Leg, worker: WorkerId) -> Run<(Vec<Candidate>, Leg)> {
    let Some(want) = candidates_of(worker, leg) else { return Ok((Vec::new(), Leg::End)) };
    let all: Vec<Candidate> = tx.list(want)?;
    let next = match all.last() {
        Some(last) if all.len() >= CANDIDATES_PER_STEP as usize => {
            let values = vec![last.created_at.millis().into()];
            Leg::Behind { row: Cursor { values, id: last.record_id() } }
        }
        _ => Leg::End,
    };
    Ok((all, next))
}

fn is_last(rows: usize) -> bool {
    rows < ROWS_PER_STEP as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d8_a_place_is_read_back_and_another_is_refused() {
        let row = |value: IndexValue| Leg::Behind { row: Cursor { values: vec![value], id: "x".to_owned() } };
        let walk =
            Walk { projects: row(7.into()), clients: row("Astoria".into()), candidates: row(8.into()) };
        assert_eq!(Walk::parse(&walk.text().unwrap()).unwrap(), walk);
        let crossed = Walk { projects: row("Astoria".into()), clients: Leg::End, candidates: Leg::End };
        for bad in [crossed.text().unwrap(), String::new(), "zz".to_owned(), "7b7d".to_owned()] {
            assert_eq!(Walk::parse(&bad).unwrap_err().code, Code::CursorInvalid, "{bad}");
        }
    }
}
