//! The calls of some pairs of worlds in a file, a line each: Python and Node make them again and compare for themselves.

use std::fs::File;
use std::io::{BufWriter, Write};

use serde_json::{Value, json};
use staffgate::{Refusal, Reply};

use crate::lifecycle::Founded;

/// How many pairs of answers the file gets, and the rest of the worlds that they are in.
pub(crate) const RECORDED: usize = 2_000;

/// Writes if `NONINTERFERENCE_RECORD` names a file.
pub(crate) struct Record(Option<BufWriter<File>>);

impl Record {
    /// A file that is there already belongs to an earlier run.
    pub(crate) fn begin() {
        if let Some(path) = path() {
            File::create(path).unwrap();
        }
    }

    /// Two new worlds, and how they were founded.
    pub(crate) fn of(founded: &Founded, wanted: bool) -> Self {
        let file = |path| File::options().append(true).open(path).unwrap();
        let mut record = Self(path().filter(|_| wanted).map(|path| BufWriter::new(file(path))));
        record.line(&json!({ "worlds": 2 }));
        for side in [0, 1] {
            for call in &founded.calls {
                record.line(&json!({ "side": side, "call": call }));
            }
        }
        record
    }

    fn line(&mut self, line: &Value) {
        if let Some(file) = &mut self.0 {
            writeln!(file, "{line}").unwrap();
        }
    }

    /// A call on one side, as data.
    pub(crate) fn call(&mut self, side: usize, call: impl FnOnce() -> Value) {
        if self.0.is_some() {
            self.line(&json!({ "side": side, "call": call() }));
        }
    }

    /// The last two calls were an observer's: they have to answer the same, and this in Rust.
    pub(crate) fn told(&mut self, answer: &Result<Reply, Refusal>) {
        if self.0.is_some() {
            let (reply, refused) = match answer {
                Ok(reply) => (Some(reply.json()), None),
                Err(refusal) => (None, Some(refusal.code.text())),
            };
            self.line(&json!({ "told": reply, "refused": refused }));
        }
    }
}

fn path() -> Option<String> {
    std::env::var("NONINTERFERENCE_RECORD").ok()
}
