//! One operation on its way: run, load what is missing, run again, commit, and start over after a conflict.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::keeping::{self, ReplyKey};
use super::loaded::Loaded;
use super::operation::{Base, Body, Effect, Erased, Form, Output};
use super::packed::Packer;
use super::trace::Trace;
use super::tx::{Memo, Stop, Tx};
use super::{Answer, Context, Refusal, Reply, Step};
use crate::codes::Code;
use crate::store::{CommandRecord, CommitOutcome, Read, Row, StoreErrorKind, Tenant};
use crate::values::hex;

/// More load rounds than this in one attempt is a fault in the operation.
pub const MAX_ROUNDS: u32 = 3;
/// After this many conflicts the caller is told to try again.
pub const MAX_ATTEMPTS: u32 = 5;

/// An operation with everything it has loaded so far. It never calls out: it returns the next step.
pub struct Machine {
    operation: Box<dyn Erased>,
    context: Context,
    tenant: Tenant,
    base: Base,
    command: Option<(Read, String)>,
    loaded: Loaded,
    memo: Memo,
    asked: Vec<Read>,
    /// What is answered once the commit is done: a reply, or a refusal that counts.
    pending: Option<Result<Output, Refusal>>,
    /// The key under which the reply is kept that is being committed.
    key: Option<ReplyKey>,
    /// What a query leaves behind, while it can still be tried without its hint.
    trace: Option<Trace>,
    rounds: u32,
    attempts: u32,
    outcome_unknown: bool,
    form: Form,
}

impl std::fmt::Debug for Machine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Machine").field("operation", &self.operation.name()).finish_non_exhaustive()
    }
}

impl Machine {
    /// `input` is the operation's JSON, of which commands keep a fingerprint.
    pub fn new(operation: Box<dyn Erased>, context: Context, input: &str, base: Base) -> Self {
        let tenant = context.tenant();
        let command = (operation.effect() == Effect::Command).then(|| {
            let id = format!("{}/{}", context.actor, context.command());
            (Read::Command { tenant: tenant.clone(), id }, fingerprint(&*operation, &context, input))
        });
        Self {
            operation,
            context,
            tenant,
            base,
            command,
            loaded: Loaded::default(),
            memo: Memo::new(),
            asked: Vec::new(),
            pending: None,
            key: None,
            trace: None,
            rounds: 0,
            attempts: 1,
            outcome_unknown: false,
            form: Form::Json,
        }
    }

    /// The same, whose reply may come packed in place of JSON.
    #[must_use]
    pub fn packing(self, packer: Arc<Packer>) -> Self {
        Self { form: Form::Packed(packer), ..self }
    }

    /// The first step.
    pub fn start(&mut self) -> Step {
        self.run()
    }

    /// The next step, after the host has carried out the last one.
    pub fn resume(&mut self, answer: Answer) -> Step {
        match answer {
            Answer::Loaded(rows) => self.loaded(rows),
            Answer::Committed(outcome) => self.committed(outcome),
            Answer::Failed(error) if error.kind == StoreErrorKind::OutcomeUnknown => {
                // The command's own record tells what happened, so reading again is not a blind retry. A query changes
                // nothing: it is asked again, and leaves its trace once.
                self.outcome_unknown = self.command.is_some();
                self.again()
            }
            Answer::Failed(_) if self.outcome_unknown => self.refuse(Refusal::new(Code::OutcomeUnknown)),
            Answer::Failed(error) => self.refuse(error.into()),
        }
    }

    /// Whether a run may hash passwords.
    pub fn is_costly(&self) -> bool {
        self.operation.costly()
    }

    /// Ends it before the next step, with this refusal.
    pub(crate) fn stop(&self, refusal: Refusal) -> Step {
        self.refuse(refusal)
    }

    fn run(&mut self) -> Step {
        let tenant = self.tenant.clone();
        let mut tx = Tx::new(&self.context, tenant, &self.loaded, &mut self.memo, self.command.is_some());
        // Whatever the first round of an attempt loads, these are in it.
        if self.loaded.is_empty() {
            for read in (self.base.reads)(&self.context, &self.tenant) {
                tx.ask(read);
            }
        }
        if let Some((read, fingerprint)) = &self.command {
            match self.loaded.get(read).map(<[Row]>::first) {
                None => tx.ask(read.clone()),
                Some(Some(row)) => {
                    let key = (self.base.reply_key)(&mut tx).ok().flatten();
                    let step = match serde_json::from_str::<CommandRecord>(&row.body) {
                        Ok(done) => replay(fingerprint, &row.id, done, key.as_ref()),
                        Err(error) => Err(Refusal::new(Code::StoreDamaged).with("reason", error)),
                    };
                    return self.done(step);
                }
                Some(None) => {}
            }
        }
        let result = self.operation.run(&mut tx, &self.form);
        let locale = tx.locale();
        match result {
            Err(Stop::Refused(mut refusal)) => {
                refusal.locale = locale;
                self.done(Err(refusal))
            }
            Err(Stop::Waiting | Stop::Counted(_)) | Ok(_) if tx.is_waiting() => {
                let reads = tx.into_waiting();
                self.load(reads)
            }
            Err(Stop::Waiting) => {
                self.refuse(Refusal::new(Code::Internal).with("reason", "waits for nothing"))
            }
            Err(Stop::Counted(mut refusal)) => {
                refusal.locale = locale;
                let Some((Read::Command { id, .. }, fingerprint)) = &self.command else {
                    return self.done(Err(refusal));
                };
                let key = (self.base.reply_key)(&mut tx).ok().flatten();
                let record = keeping::keep(key.as_ref(), id, fingerprint, refusal.kept());
                let changes = tx.into_changes(id.clone(), record);
                (self.pending, self.key) = (Some(Err(refusal)), key);
                Step::Commit(changes)
            }
            Ok(output) => {
                let Some((Read::Command { id, .. }, fingerprint)) = &self.command else {
                    let Some(trace) = tx.take_trace() else {
                        return self.done(Ok(Replayed::fresh(output.reply)));
                    };
                    // Not written means not shown: the reply waits for the trace.
                    let changes = trace.whole(&self.tenant);
                    (self.pending, self.trace) = (Some(Ok(output)), Some(trace));
                    return Step::Commit(changes);
                };
                // From the records as this command leaves them: who replaces the key keeps its reply under the new one.
                let key = (self.base.reply_key)(&mut tx).ok().flatten();
                let kept = output.kept.clone().unwrap_or_else(|| output.reply.json().to_owned());
                let record = keeping::keep(key.as_ref(), id, fingerprint, kept);
                let changes = tx.into_changes(id.clone(), record);
                (self.pending, self.key) = (Some(Ok(output)), key);
                Step::Commit(changes)
            }
        }
    }

    fn load(&mut self, reads: Vec<Read>) -> Step {
        self.rounds += 1;
        if self.rounds > MAX_ROUNDS {
            let reason =
                format!("`{}` needs more than {MAX_ROUNDS} rounds of loading", self.operation.name());
            return self.refuse(Refusal::new(Code::Internal).with("reason", reason));
        }
        self.asked.clone_from(&reads);
        Step::Load(reads)
    }

    fn loaded(&mut self, rows: Vec<Vec<Row>>) -> Step {
        let asked = std::mem::take(&mut self.asked);
        if asked.is_empty() || asked.len() != rows.len() {
            let reason = format!("the store answered {} of {} reads", rows.len(), asked.len());
            return self.refuse(Refusal::new(Code::StoreFault).with("reason", reason));
        }
        self.loaded.add(asked, rows);
        self.run()
    }

    fn committed(&mut self, outcome: CommitOutcome) -> Step {
        let Some(output) = self.pending.take() else {
            let reason = "the store answered a commit that was not asked for";
            return self.refuse(Refusal::new(Code::StoreFault).with("reason", reason));
        };
        let trace = self.trace.take();
        match (outcome, &self.command) {
            (CommitOutcome::Committed, _) | (CommitOutcome::AlreadyDone { .. }, None) => {
                self.done(output.map(|output| Replayed::fresh(output.reply)))
            }
            (CommitOutcome::Conflict, _) => match trace {
                // Somebody else wrote the hint. What was read still stands, so the reply does too.
                Some(trace) => {
                    self.pending = Some(output);
                    Step::Commit(trace.record_alone(&self.tenant))
                }
                None => self.again(),
            },
            (CommitOutcome::AlreadyDone { fingerprint, reply }, Some((read, mine))) => {
                let id = if let Read::Command { id, .. } = read { id.as_str() } else { "" };
                let done = CommandRecord { fingerprint, reply };
                match replay(mine, id, done, self.key.as_ref()) {
                    // Whoever was first may have made the key too, as the command that founds an agency does: it is
                    // read with the reply.
                    Err(refusal) if refusal.code == Code::ReplyErased => self.again(),
                    result => self.done(result),
                }
            }
        }
    }

    /// Forgets all rows and starts over.
    fn again(&mut self) -> Step {
        if self.attempts >= MAX_ATTEMPTS {
            let code = if self.outcome_unknown { Code::OutcomeUnknown } else { Code::Contended };
            return self.refuse(Refusal::new(code));
        }
        self.attempts += 1;
        self.rounds = 0;
        (self.pending, self.trace) = (None, None);
        self.loaded.clear();
        self.run()
    }

    fn refuse(&self, mut refusal: Refusal) -> Step {
        refusal.locale = self.context.locale.unwrap_or_default();
        Step::Done(Err(refusal))
    }

    fn done(&self, result: Result<Replayed, Refusal>) -> Step {
        Step::Done(result.map(|Replayed { body, replayed }| Reply {
            body,
            replayed,
            rounds: self.rounds,
            attempts: self.attempts,
        }))
    }
}

fn fingerprint(operation: &dyn Erased, context: &Context, input: &str) -> String {
    let mut value: serde_json::Value = serde_json::from_str(input).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        for secret in operation.secrets() {
            fields.remove(*secret);
        }
    }
    let mut hash = Sha256::new();
    for part in [operation.name(), &context.actor.to_string(), &value.to_string()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hex::encode(&hash.finalize())
}

fn replay(
    mine: &str,
    command: &str,
    done: CommandRecord,
    key: Option<&ReplyKey>,
) -> Result<Replayed, Refusal> {
    if mine != done.fingerprint {
        return Err(Refusal::new(Code::CommandReused));
    }
    let reply = keeping::read(key, command, done.reply)?;
    match Refusal::of_kept(&reply) {
        Some(refusal) => Err(refusal),
        None => Ok(Replayed { body: Body::Json(reply), replayed: true }),
    }
}

struct Replayed {
    body: Body,
    replayed: bool,
}

impl Replayed {
    fn fresh(body: Body) -> Self {
        Self { body, replayed: false }
    }
}
