//! Work on one of libuv's threads, so that the event loop goes on: native stores and costly hashing.

use napi::bindgen_prelude::AsyncTask;
use napi::{Env, Result, Task};

use crate::answer::{Found, Outgoing, outgoing};
use crate::guard::guarded;

/// Boxed, because one job type serves every entry.
pub struct Job(Option<Box<dyn FnOnce() -> Found + Send>>);

/// A promise for the answer's text; it never rejects.
pub fn later(work: impl FnOnce() -> Found + Send + 'static) -> AsyncTask<Job> {
    AsyncTask::new(Job(Some(Box::new(work))))
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Job")
    }
}

impl Task for Job {
    type Output = String;
    type JsValue = Outgoing;

    fn compute(&mut self) -> Result<String> {
        let work = self.0.take();
        Ok(guarded(|| work.map_or_else(|| Ok(String::new()), |work| work())))
    }

    fn resolve(&mut self, _: Env, answer: String) -> Result<Outgoing> {
        Ok(outgoing(answer))
    }
}
