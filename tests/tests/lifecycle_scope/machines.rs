//! Operations as automata. A machine is pure: the same operation that got the same answers asks for the same next
//! step. So what a machine does after some answers is worked out once, by running it from its start, and looked up
//! from then on; an operation half-way through is a number.

use serde_json::Value;
use staffgate::engine::{Answer, Context, Step};
use staffgate::store::CommitOutcome;
use staffgate::{Actor, Call, catalog};

use crate::intern::{Interned, Map};
use crate::lifecycle::AGENCY;
use crate::store::{Lean, Question};

/// An operation that somebody may take up, once.
pub(crate) struct Operation {
    pub(crate) label: &'static str,
    context: Context,
    name: &'static str,
    input: String,
    /// The revision that it says it has read.
    read: Option<u64>,
}

impl Operation {
    pub(crate) fn new(
        label: &'static str,
        actor: Actor,
        now: &str,
        name: &'static str,
        input: &Value,
    ) -> Self {
        let command = format!("{actor} {label}").replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
        let call = Call::new(AGENCY, actor, now, &command, &[7; 32]).unwrap();
        let read = input["revision"].as_u64();
        Self { label, context: call.context, name, input: input.to_string(), read }
    }
}

impl Operation {
    /// Nobody decides over what they have not seen: the reply is of the revision that was read, or of the next one.
    fn fits(&self, reply: &str) -> bool {
        let reply: Value = serde_json::from_str(reply).unwrap();
        match (self.read, reply["revision"].as_u64()) {
            (Some(read), Some(now)) => now == read || now == read + 1 && !DECIDES.contains(&self.name),
            _ => true,
        }
    }
}

/// What ends a mandate changes nothing in it.
const DECIDES: [&str; 3] = ["mandates.accept", "mandates.decline", "mandates.withdraw"];

/// What an operation asks for next.
pub(crate) enum Next {
    Load(Vec<Question>),
    Commit(u32),
    /// The number of the result.
    Done(u32),
}

struct Node {
    operation: u32,
    /// The node before and what it was answered.
    before: Option<(u32, Answer)>,
    next: Next,
    /// Where each answer leads.
    edges: Map<Vec<u32>, u32>,
}

/// What came of an operation.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Outcome {
    Reply(String),
    /// Done to another revision than the one that was read.
    Unseen(String),
    Refused {
        code: &'static str,
        class: String,
    },
}

#[derive(Default)]
pub(crate) struct Machines {
    pub(crate) operations: Vec<Operation>,
    roots: Vec<Option<u32>>,
    nodes: Vec<Node>,
    pub(crate) outcomes: Interned<Outcome>,
}

const COMMITTED: u32 = 0;
const CONFLICT: u32 = 1;

impl Machines {
    pub(crate) fn add(&mut self, operation: Operation) -> u32 {
        self.operations.push(operation);
        self.roots.push(None);
        u32::try_from(self.operations.len() - 1).unwrap()
    }

    pub(crate) fn next(&self, node: u32) -> &Next {
        &self.nodes[node as usize].next
    }

    /// How many different situations an operation was in.
    pub(crate) fn situations(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn operation_of(&self, node: u32) -> u32 {
        self.nodes[node as usize].operation
    }

    /// Where an operation begins: with its first load.
    pub(crate) fn root(&mut self, lean: &mut Lean, operation: u32) -> u32 {
        if let Some(root) = self.roots[operation as usize] {
            return root;
        }
        let root = self.run(lean, operation, None);
        self.roots[operation as usize] = Some(root);
        root
    }

    /// The node after a load that found this.
    pub(crate) fn loaded(&mut self, lean: &mut Lean, node: u32, state: u32, found: &[u32]) -> u32 {
        if let Some(after) = self.nodes[node as usize].edges.get(found) {
            return *after;
        }
        let Next::Load(questions) = self.next(node) else { panic!("node {node} does not load") };
        let answer = Answer::Loaded(lean.rows(state, questions));
        self.follow(lean, node, found, answer)
    }

    /// The node after a commit.
    pub(crate) fn committed(&mut self, lean: &mut Lean, node: u32, committed: bool) -> u32 {
        let (mark, outcome) = if committed {
            (COMMITTED, CommitOutcome::Committed)
        } else {
            (CONFLICT, CommitOutcome::Conflict)
        };
        match self.nodes[node as usize].edges.get(&[mark][..]) {
            Some(after) => *after,
            None => self.follow(lean, node, &[mark], Answer::Committed(outcome)),
        }
    }

    /// Asks a question of a state, from beginning to end.
    pub(crate) fn ask(lean: &mut Lean, state: u32, question: &Operation) -> Value {
        Self::through(lean, state, question)
    }

    /// What an operation would answer if it were the first thing that happens: ids derive from the command, so they
    /// are the same whenever it happens.
    pub(crate) fn foretell(lean: &mut Lean, operation: &Operation) -> Value {
        Self::through(lean, 0, operation)
    }

    fn through(lean: &mut Lean, state: u32, operation: &Operation) -> Value {
        let Operation { context, name, input, .. } = operation;
        let mut machine = catalog::machine(context.clone(), name, input).unwrap();
        let mut step = machine.start();
        loop {
            let answer = match step {
                Step::Load(reads) => {
                    let questions: Vec<_> = reads.into_iter().map(|read| lean.question(read)).collect();
                    Answer::Loaded(lean.rows(state, &questions))
                }
                Step::Commit(_) => Answer::Committed(CommitOutcome::Committed),
                Step::Done(result) => return serde_json::from_str(result.unwrap().json()).unwrap(),
            };
            step = machine.resume(answer);
        }
    }

    fn follow(&mut self, lean: &mut Lean, node: u32, mark: &[u32], answer: Answer) -> u32 {
        let after = self.run(lean, self.operation_of(node), Some((node, answer)));
        self.nodes[node as usize].edges.insert(mark.to_vec(), after);
        after
    }

    /// Runs an operation from its start through all answers that it got.
    fn run(&mut self, lean: &mut Lean, operation: u32, before: Option<(u32, Answer)>) -> u32 {
        let Operation { context, name, input, .. } = &self.operations[operation as usize];
        let mut answers = Vec::new();
        let mut at = before.as_ref();
        while let Some((node, answer)) = at {
            answers.push(answer);
            at = self.nodes[*node as usize].before.as_ref();
        }
        let mut machine = catalog::machine(context.clone(), name, input).unwrap();
        let mut step = machine.start();
        while let Some(answer) = answers.pop() {
            step = machine.resume(answer.clone());
        }
        let next = match step {
            Step::Load(reads) => Next::Load(reads.into_iter().map(|read| lean.question(read)).collect()),
            Step::Commit(changes) => Next::Commit(lean.commit_of(operation, changes)),
            Step::Done(result) => Next::Done(self.outcomes.number(match result {
                Ok(reply) if !self.operations[operation as usize].fits(reply.json()) => {
                    Outcome::Unseen(reply.json().to_owned())
                }
                Ok(reply) => Outcome::Reply(reply.json().to_owned()),
                Err(refusal) => Outcome::Refused {
                    code: refusal.code.text(),
                    class: format!("{:?}", refusal.code.class()).to_lowercase(),
                },
            })),
        };
        self.nodes.push(Node { operation, before, next, edges: Map::default() });
        u32::try_from(self.nodes.len() - 1).unwrap()
    }
}
