//! Every order in which three people's operations can take turns, step by step over one store.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::hash::BuildHasherDefault;

use serde_json::json;
use staffgate::Actor;

use crate::intern::{Folding, Interned};
use crate::invariants::Invariants;
use crate::lifecycle::START;
use crate::machines::{Machines, Next, Operation, Outcome};
use crate::store::Lean;

pub(crate) const PEOPLE: usize = 3;
const IDLE: u32 = u32::MAX;
/// Of so many states at an end, the history of one is verified.
const A_HISTORY: u32 = 16;

/// Somebody with what they have done and what came of it, and the operation that they are in.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Person {
    done: Vec<(u32, u32)>,
    node: u32,
}

/// A state of the whole: the store's, and that of each person.
type Whole = [u32; 1 + PEOPLE];
type Seen = HashSet<u128, BuildHasherDefault<Folding>>;

fn packed(whole: Whole) -> u128 {
    whole.iter().fold(0, |sum, part| sum << 32 | u128::from(*part))
}

pub(crate) struct Search {
    pub(crate) lean: Lean,
    pub(crate) machines: Machines,
    pub(crate) invariants: Invariants,
    /// What each person may take up, each at most once, in any order.
    pub(crate) menus: [Vec<u32>; PEOPLE],
    /// How many operations each takes up.
    pub(crate) each: [usize; PEOPLE],
    people: Interned<Person>,
    found: Vec<u32>,
    history: Operation,
    verified: Seen,
    /// States seen so far, for telling.
    progress: usize,
}

/// What the search has seen.
#[derive(Default, Debug)]
#[allow(dead_code)] // It is printed whole.
pub(crate) struct Report {
    pub(crate) states: usize,
    /// States in which nobody is in the middle of something.
    pub(crate) ends: usize,
    /// Ends that no serial order of the same operations has, but for refusals as conflict.
    pub(crate) conflicts: usize,
    pub(crate) serial_ends: usize,
    pub(crate) store_states: usize,
    pub(crate) situations: usize,
    /// Commits that found something changed.
    pub(crate) overtaken: usize,
}

impl Search {
    pub(crate) fn new(
        lean: Lean,
        machines: Machines,
        menus: [Vec<u32>; PEOPLE],
        each: [usize; PEOPLE],
    ) -> Self {
        let history = Operation::new("verify", Actor::Operator, START, "history.verify", &json!({}));
        Self {
            lean,
            machines,
            invariants: Invariants::default(),
            menus,
            each,
            people: Interned::default(),
            found: Vec::new(),
            history,
            verified: Seen::default(),
            progress: 0,
        }
    }

    fn beginning(&mut self) -> Whole {
        let nobody = self.people.number(Person { done: Vec::new(), node: IDLE });
        [0, nobody, nobody, nobody]
    }

    /// Visits every state; the error says what broke, and how it came about.
    pub(crate) fn run(&mut self) -> Result<Report, String> {
        self.invariants.check(&self.lean, 0)?;
        let serial = self.serial()?;
        let mut report = Report { serial_ends: serial.len(), ..Report::default() };
        let mut seen = Seen::default();
        let start = self.beginning();
        let mut open = vec![start];
        seen.insert(packed(start));
        let mut next = Vec::new();
        while let Some(whole) = open.pop() {
            self.progress = seen.len();
            next.clear();
            let mut idle = 0;
            for person in 0..PEOPLE {
                let Person { done, node } = self.people.get(whole[1 + person]);
                if *node == IDLE {
                    idle += 1;
                    if done.len() < self.each[person] {
                        let taken: Vec<u32> = done.iter().map(|(operation, _)| *operation).collect();
                        for operation in self.menus[person].clone() {
                            if !taken.contains(&operation) {
                                let root = self.machines.root(&mut self.lean, operation);
                                next.push(self.step(whole, person, root, &mut report)?);
                            }
                        }
                    }
                } else {
                    let node = *node;
                    next.push(self.step(whole, person, node, &mut report)?);
                }
            }
            if idle == PEOPLE {
                report.ends += 1;
                self.judge(whole, &serial, &mut report)?;
            }
            open.extend(next.iter().filter(|whole| seen.insert(packed(**whole))));
        }
        report.states = seen.len();
        report.store_states = self.lean.states.len();
        report.situations = self.machines.situations();
        Ok(report)
    }

    /// One load or one commit of the operation that this person is in.
    fn step(&mut self, whole: Whole, person: usize, node: u32, report: &mut Report) -> Result<Whole, String> {
        let (store, node) = self.advance(whole[0], node, report)?;
        let mut after = whole;
        after[0] = store;
        let mut person_after = self.people.get(whole[1 + person]).clone();
        match self.machines.next(node) {
            Next::Done(outcome) => {
                if let Outcome::Unseen(reply) = self.machines.outcomes.get(*outcome) {
                    let label = self.machines.operations[self.machines.operation_of(node) as usize].label;
                    return Err(
                        self.told(store, &format!("`{label}` was done to what was not seen: {reply}"))
                    );
                }
                person_after.done.push((self.machines.operation_of(node), *outcome));
                person_after.node = IDLE;
            }
            Next::Load(_) | Next::Commit(_) => person_after.node = node,
        }
        after[1 + person] = self.people.number(person_after);
        Ok(after)
    }

    fn advance(&mut self, store: u32, node: u32, report: &mut Report) -> Result<(u32, u32), String> {
        match self.machines.next(node) {
            Next::Load(questions) => {
                self.lean.look(store, questions, &mut self.found);
                let after = self.machines.loaded(&mut self.lean, node, store, &self.found);
                Ok((store, after))
            }
            Next::Commit(commit) => {
                let (after, is_new) = self.lean.commit(store, *commit);
                if let (Some(state), true) = (after, is_new) {
                    self.invariants.check(&self.lean, state).map_err(|broken| self.told(state, &broken))?;
                }
                report.overtaken += usize::from(after.is_none());
                Ok((after.unwrap_or(store), self.machines.committed(&mut self.lean, node, after.is_some())))
            }
            Next::Done(_) => Err("a finished operation takes no steps".to_owned()),
        }
    }

    fn told(&self, state: u32, broken: &str) -> String {
        let story = self.lean.story(state);
        let story: Vec<_> = story.iter().map(|at| self.machines.operations[*at as usize].label).collect();
        format!("{broken}, after {story:?}, in state {}", self.progress)
    }

    /// All ends of all serial orders: everybody finishes what they begin before anybody else does anything.
    fn serial(&mut self) -> Result<Seen, String> {
        let mut seen = Seen::default();
        let start = self.beginning();
        let mut open = vec![start];
        seen.insert(packed(start));
        let mut ignored = Report::default();
        while let Some(whole) = open.pop() {
            for person in 0..PEOPLE {
                let done = self.people.get(whole[1 + person]).done.clone();
                if done.len() >= self.each[person] {
                    continue;
                }
                for operation in self.menus[person].clone() {
                    if done.iter().any(|(taken, _)| *taken == operation) {
                        continue;
                    }
                    let mut after = whole;
                    let mut node = self.machines.root(&mut self.lean, operation);
                    loop {
                        after = self.step(after, person, node, &mut ignored)?;
                        node = self.people.get(after[1 + person]).node;
                        if node == IDLE {
                            break;
                        }
                    }
                    if seen.insert(packed(after)) {
                        open.push(after);
                    }
                }
            }
        }
        Ok(seen)
    }

    /// An end is that of a serial order; or it is once what was refused as a conflict is left out.
    fn judge(&mut self, whole: Whole, serial: &Seen, report: &mut Report) -> Result<(), String> {
        self.verify(whole[0])?;
        if serial.contains(&packed(whole)) {
            return Ok(());
        }
        let mut without = whole;
        for part in &mut without[1..] {
            let mut person = self.people.get(*part).clone();
            person.done.retain(|(_, outcome)| !self.is_conflict(*outcome));
            *part = self.people.number(person);
        }
        if serial.contains(&packed(without)) {
            report.conflicts += 1;
            return Ok(());
        }
        let mut told = String::new();
        for part in &whole[1..] {
            for (operation, outcome) in &self.people.get(*part).done {
                let label = self.machines.operations[*operation as usize].label;
                let outcome = match self.machines.outcomes.get(*outcome) {
                    Outcome::Reply(_) => "done",
                    Outcome::Unseen(_) => "done to what was not seen",
                    Outcome::Refused { code, .. } => code,
                };
                let _ = write!(told, " [{label}: {outcome}]");
            }
        }
        Err(self.told(whole[0], &format!("no serial order ends like this:{told}")))
    }

    /// The history of a state reads without a gap. One state of each few is asked, since reading takes its time.
    fn verify(&mut self, state: u32) -> Result<(), String> {
        if !state.is_multiple_of(A_HISTORY) || !self.verified.insert(state.into()) {
            return Ok(());
        }
        let verdict = Machines::ask(&mut self.lean, state, &self.history);
        if verdict["ok"] == true { Ok(()) } else { Err(self.told(state, &format!("the history: {verdict}"))) }
    }

    fn is_conflict(&self, outcome: u32) -> bool {
        match self.machines.outcomes.get(outcome) {
            Outcome::Reply(_) | Outcome::Unseen(_) => false,
            Outcome::Refused { class, .. } => ["conflict", "contended"].contains(&class.as_str()),
        }
    }
}
