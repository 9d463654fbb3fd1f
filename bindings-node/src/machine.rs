//! One operation on its way over a store that is written in JavaScript: it tells the next step, the facade does it.

use std::sync::{Arc, Mutex, PoisonError};

use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use staffgate::engine::{Machine, Step};
use staffgate::wire;

use crate::answer::{Failure, Found, Outgoing, outgoing};
use crate::guard::guarded;
use crate::hashing::slots;
use crate::job::{Job, later};
use crate::reply::{for_facade, told};
use crate::text::{Incoming, incoming, joined};

type Running = Mutex<Option<Machine>>;

/// Empty until it is started, and again when the operation has ended.
#[napi(js_name = "NativeMachine")]
#[derive(Debug)]
pub struct NativeMachine {
    running: Arc<Running>,
    fast: bool,
}

#[napi]
#[allow(clippy::missing_panics_doc)]
impl NativeMachine {
    /// `fast` gives the reply in the form that the facade reads fastest.
    #[napi(constructor)]
    pub fn new(fast: bool) -> Self {
        Self { running: Arc::default(), fast }
    }

    #[napi(catch_unwind)]
    pub fn start(&self, head: Incoming, tail: Incoming) -> Outgoing {
        let request = joined(head, tail);
        outgoing(guarded(|| start(&self.running, &request?, self.fast)))
    }

    #[napi(catch_unwind)]
    pub fn start_later(&self, head: Incoming, tail: Incoming) -> AsyncTask<Job> {
        let (running, request, fast) = (Arc::clone(&self.running), joined(head, tail), self.fast);
        later(move || start(&running, &request?, fast))
    }

    #[napi(catch_unwind)]
    pub fn resume(&self, answer: Incoming) -> Outgoing {
        let answer = incoming(answer);
        outgoing(guarded(|| resume(&self.running, &answer?, self.fast)))
    }

    #[napi(catch_unwind)]
    pub fn resume_later(&self, answer: Incoming) -> AsyncTask<Job> {
        let (running, answer, fast) = (Arc::clone(&self.running), incoming(answer), self.fast);
        later(move || resume(&running, &answer?, fast))
    }
}

fn start(running: &Running, request: &[u8], fast: bool) -> Found {
    let mut machine = for_facade(wire::machine(request)?, fast);
    let step = machine.start();
    answered(running, machine, step, fast)
}

fn resume(running: &Running, answer: &[u8], fast: bool) -> Found {
    // Taken out, not borrowed: a machine that panics is not used again.
    let machine = running.lock().unwrap_or_else(PoisonError::into_inner).take();
    let mut machine =
        machine.ok_or_else(|| Failure::internal("this operation is not waiting for an answer"))?;
    let step = wire::resume(&mut machine, answer, &slots());
    answered(running, machine, step, fast)
}

fn answered(running: &Running, machine: Machine, step: Step, fast: bool) -> Found {
    match step {
        Step::Done(Ok(reply)) => Ok(told(reply, fast)),
        Step::Done(Err(refusal)) => Err(refusal.into()),
        Step::Load(_) | Step::Commit(_) => {
            *running.lock().unwrap_or_else(PoisonError::into_inner) = Some(machine);
            Ok(format!(">{}", wire::step_json(&step)))
        }
    }
}
