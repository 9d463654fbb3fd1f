//! Operations driven by hand over the store: two at the same moment, and how much each round of a query asks for.

use serde_json::Value;
use staffgate::codes::Code;
use staffgate::engine::{Answer, Machine, Step};
use staffgate::store::{ChangeSet, CommitOutcome, Store};
use staffgate::{Actor, Refusal};

use crate::world::{NOW, World};

impl World {
    /// Answers loads until the machine wants to commit, or has ended.
    fn loaded(&self, machine: &mut Machine, mut step: Step) -> Step {
        while let Step::Load(reads) = step {
            step = machine.resume(Answer::of_load(self.portal.store().load(&reads)));
        }
        step
    }

    /// A command up to its commit, on what is stored now.
    fn ready(&self, (actor, name, input): (Actor, &str, Value)) -> (Machine, ChangeSet) {
        let mut machine = self.machine(actor, NOW, name, &input);
        let step = machine.start();
        match self.loaded(&mut machine, step) {
            Step::Commit(changes) => (machine, changes),
            other => panic!("{name} does not commit: {other:?}"),
        }
    }

    /// Both have read the same; the first commits, the second finds that out. Returns how the second ends.
    pub(crate) fn at_once(
        &self,
        first: (Actor, &str, Value),
        second: (Actor, &str, Value),
    ) -> Result<Value, Code> {
        let label = format!("{} after {}", second.1, first.1);
        let ((mut one, changes_one), (mut two, changes_two)) = (self.ready(first), self.ready(second));
        let commit = |changes: &ChangeSet| self.portal.store().commit(changes).unwrap();
        let won = commit(&changes_one);
        assert_eq!(won, CommitOutcome::Committed);
        assert!(matches!(one.resume(Answer::Committed(won)), Step::Done(Ok(_))));
        let lost = commit(&changes_two);
        assert_eq!(lost, CommitOutcome::Conflict, "{label}");
        let mut step = two.resume(Answer::Committed(lost));
        loop {
            step = match self.loaded(&mut two, step) {
                Step::Commit(changes) => two.resume(Answer::Committed(commit(&changes))),
                Step::Done(Ok(reply)) => return Ok(serde_json::from_str(reply.json()).unwrap()),
                Step::Done(Err(refusal)) => return Err(refusal.code),
                Step::Load(_) => panic!("everything is loaded"),
            };
        }
    }

    /// What somebody is answered, and how many rows each round asked for. A command is refused, or this panics.
    pub(crate) fn answered(
        &self,
        actor: Actor,
        name: &str,
        input: &Value,
    ) -> (Result<String, Refusal>, Vec<usize>) {
        let mut machine = self.machine(actor, NOW, name, input);
        let (mut step, mut rounds) = (machine.start(), Vec::new());
        loop {
            match step {
                Step::Load(reads) => {
                    rounds.push(reads.len());
                    step = machine.resume(Answer::of_load(self.portal.store().load(&reads)));
                }
                Step::Done(result) => return (result.map(|reply| reply.json().to_owned()), rounds),
                Step::Commit(_) => panic!("{name} commits"),
            }
        }
    }
}
