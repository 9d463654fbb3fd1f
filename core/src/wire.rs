//! The JSON in which calls and steps cross to another language. Both bindings are thin shells over this.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::catalog;
use crate::codes::Code;
use crate::engine::{Answer, Context, MAX_INPUT_BYTES, Machine, Refusal, Reply, Step, decode};
use crate::hashing::HashingSlots;
use crate::store::{ChangeSet, CommitOutcome, Read, Row, Store, StoreError, drive};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request<'a> {
    context: Context,
    #[serde(borrow)]
    operation: Cow<'a, str>,
    #[serde(borrow)]
    input: &'a RawValue,
}

/// Reads `{"context": {...}, "operation": "group.verb", "input": {...}}` and makes the operation ready to run.
pub fn machine(request: &[u8]) -> Result<Machine, Refusal> {
    if request.len() > MAX_INPUT_BYTES + 4096 {
        return Err(Refusal::new(Code::InputTooLarge).with("expected", MAX_INPUT_BYTES));
    }
    let text = std::str::from_utf8(request)
        .map_err(|_| Refusal::new(Code::NotJson).with("expected", "UTF-8 text"))?;
    let request: Request = match serde_json::from_str(text) {
        Ok(request) => request,
        // Read again by the reader that keeps track of paths. It cannot borrow, so it checks the shape alone.
        Err(_) => return Err(shape(text)),
    };
    catalog::machine(request.context, &request.operation, request.input.get())
}

fn shape(text: &str) -> Refusal {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Shape {
        #[serde(rename = "context")]
        _context: Context,
        #[serde(rename = "operation")]
        _operation: String,
        #[serde(rename = "input")]
        _input: serde_json::Value,
    }
    match decode::<Shape>(text) {
        Err(refusal) => refusal,
        Ok(_) => Refusal::new(Code::NotJson).with("expected", "one JSON object"),
    }
}

/// Runs a whole request on a native store.
pub fn execute<S: Store + ?Sized>(store: &S, request: &[u8], slots: &HashingSlots) -> Result<Reply, Refusal> {
    drive(store, &mut machine(request)?, slots)
}

#[derive(Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
enum WireStep<'a> {
    Load { reads: &'a [Read] },
    Commit { changes: &'a ChangeSet },
    Done { reply: &'a RawValue, replayed: bool, rounds: u32, attempts: u32 },
    Refused { error: &'a Refusal },
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum WireAnswer {
    Loaded(Vec<Vec<Row>>),
    Committed(CommitOutcome),
    Failed(StoreError),
}

/// A step as JSON, for a store in the host's language.
pub fn step_json(step: &Step) -> String {
    let result = match step {
        Step::Load(reads) => serde_json::to_string(&WireStep::Load { reads }),
        Step::Commit(changes) => serde_json::to_string(&WireStep::Commit { changes }),
        Step::Done(Err(error)) => serde_json::to_string(&WireStep::Refused { error }),
        Step::Done(Ok(reply)) => RawValue::from_string(reply.json().to_owned()).and_then(|json| {
            let Reply { replayed, rounds, attempts, .. } = *reply;
            serde_json::to_string(&WireStep::Done { reply: &json, replayed, rounds, attempts })
        }),
    };
    result.unwrap_or_else(|error| {
        let refusal = Refusal::new(Code::Internal).with("reason", error);
        serde_json::to_string(&WireStep::Refused { error: &refusal }).unwrap_or_default()
    })
}

/// Goes on with the host's answer: `{"loaded": [[row...]...]}`, `{"committed": {"outcome": ...}}` or
/// `{"failed": {"kind": ..., "message": ...}}`.
pub fn resume(machine: &mut Machine, answer: &[u8], slots: &HashingSlots) -> Step {
    let answer = match serde_json::from_slice(answer) {
        Ok(WireAnswer::Loaded(rows)) => Answer::Loaded(rows),
        Ok(WireAnswer::Committed(outcome)) => Answer::Committed(outcome),
        Ok(WireAnswer::Failed(error)) => Answer::Failed(error),
        Err(error) => {
            let reason = format!("its answer does not read: {error}");
            return Step::Done(Err(Refusal::new(Code::StoreFault).with("reason", reason)));
        }
    };
    slots.resume(machine, answer)
}

/// A refusal as JSON: code, class, message, path, details, retryable.
pub fn refusal_json(refusal: &Refusal) -> String {
    serde_json::to_string(refusal).unwrap_or_default()
}
