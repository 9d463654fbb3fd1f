//! One operation on its way over a store that is written in JavaScript: it tells the next step, the facade does it.

use std::sync::{Arc, Mutex, PoisonError};

use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use staffgate::engine::{Machine, Step};
use staffgate::wire;

use crate::answer::{Failure, Found, Outgoing, in_ascii, outgoing};
use crate::guard::guarded;
use crate::hashing::slots;
use crate::job::{Job, later};
use crate::text::{Incoming, incoming, joined};

type Running = Mutex<Option<Machine>>;

/// Empty until it is started, and again when the operation has ended.
#[napi(js_name = "NativeMachine")]
#[derive(Debug)]
pub struct NativeMachine {
    running: Arc<Running>,
    ascii: bool,
}

#[napi]
#[allow(clippy::missing_panics_doc)]
impl NativeMachine {
    /// `ascii` escapes all other characters of the reply, which the engine reads faster.
    #[napi(constructor)]
    pub fn new(ascii: bool) -> Self {
        Self { running: Arc::default(), ascii }
    }

    #[napi(catch_unwind)]
    pub fn start(&self, head: Incoming, tail: Incoming) -> Outgoing {
        let request = joined(head, tail);
        outgoing(guarded(|| start(&self.running, &request?, self.ascii)))
    }

    #[napi(catch_unwind)]
    pub fn start_later(&self, head: Incoming, tail: Incoming) -> AsyncTask<Job> {
        let (running, request, ascii) = (Arc::clone(&self.running), joined(head, tail), self.ascii);
        later(move || start(&running, &request?, ascii))
    }

    #[napi(catch_unwind)]
    pub fn resume(&self, answer: Incoming) -> Outgoing {
        let answer = incoming(answer);
        outgoing(guarded(|| resume(&self.running, &answer?, self.ascii)))
    }

    #[napi(catch_unwind)]
    pub fn resume_later(&self, answer: Incoming) -> AsyncTask<Job> {
        let (running, answer, ascii) = (Arc::clone(&self.running), incoming(answer), self.ascii);
        later(move || resume(&running, &answer?, ascii))
    }
}

fn start(running: &Running, request: &[u8], ascii: bool) -> Found {
    let mut machine = wire::machine(request)?;
    let step = machine.start();
    told(running, machine, &step, ascii)
}

fn resume(running: &Running, answer: &[u8], ascii: bool) -> Found {
    // Taken out, not borrowed: a machine that panics is not used again.
    let machine = running.lock().unwrap_or_else(PoisonError::into_inner).take();
    let mut machine =
        machine.ok_or_else(|| Failure::internal("this operation is not waiting for an answer"))?;
    let step = wire::resume(&mut machine, answer, &slots());
    told(running, machine, &step, ascii)
}

fn told(running: &Running, machine: Machine, step: &Step, ascii: bool) -> Found {
    match step {
        Step::Done(Ok(reply)) if ascii => Ok(in_ascii(reply.json.clone())),
        Step::Done(Ok(reply)) => Ok(reply.json.clone()),
        Step::Done(Err(refusal)) => Err(refusal.clone().into()),
        Step::Load(_) | Step::Commit(_) => {
            *running.lock().unwrap_or_else(PoisonError::into_inner) = Some(machine);
            Ok(format!(">{}", wire::step_json(step)))
        }
    }
}
