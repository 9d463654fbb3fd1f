//! The host's side of the story: who speaks, what time it is, and a record of every answer.

use std::fs::File;
use std::io::Write;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use sha2::{Digest, Sha256};
use staffgate::engine::Operation;
use staffgate::values::{MemberId, UserId};
use staffgate::{Actor, Call, Portal, Refusal};
use staffgate_sqlite::SqliteStore;

pub const AGENCY: &str = "0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11";

/// Texts that no client may ever see.
const SECRET_RATES: [&str; 5] = ["17.31", "13.37", "13.38", "13.39", "13.41"];

/// A portal with a clock that stands where the story puts it. Everything is fixed, so that three languages can be
/// compared byte by byte; a real host takes its own clock and the machine's randomness.
pub struct Teller {
    portal: Portal<SqliteStore>,
    now: Mutex<String>,
    command: Mutex<u32>,
    heard_by_clients: Mutex<Vec<String>>,
    last: Arc<Mutex<String>>,
}

impl Teller {
    pub fn open(path: &str, answers: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let store = SqliteStore::open(path, staffgate::catalog::kinds())?;
        let mut file = File::create(answers)?;
        let last = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&last);
        let file = Mutex::new(file.flush().map(|()| file)?);
        let portal = Portal::new(store).watched(move |answer| {
            if let (Ok(mut file), Ok(mut last)) = (file.lock(), heard.lock()) {
                let _ = writeln!(file, "{answer}");
                last.clear();
                last.push_str(answer);
            }
        });
        let (now, command) = (Mutex::new(String::new()), Mutex::new(0));
        Ok(Self { portal, now, command, heard_by_clients: Mutex::default(), last })
    }

    /// The clock moves.
    pub fn at(&self, now: &str) {
        if let Ok(mut clock) = self.now.lock() {
            now.clone_into(&mut clock);
        }
    }

    /// One operation by one actor.
    pub fn ask<O: Operation>(&self, actor: Actor, input: &Value) -> Result<O::Reply, Refusal> {
        let number = self.command.lock().map_or(0, |mut number| {
            *number += 1;
            *number
        });
        let entropy: [u8; 32] = Sha256::digest(format!("story entropy {number}")).into();
        let now = self.now.lock().map(|now| now.clone()).unwrap_or_default();
        let call = Call::new(AGENCY, actor, &now, &format!("story {number}"), &entropy)?;
        let result = self.portal.run_json(&call, O::NAME, &input.to_string());
        if let (Actor::User { .. }, Ok(mut heard), Ok(last)) =
            (actor, self.heard_by_clients.lock(), self.last.lock())
        {
            heard.push(last.clone());
        }
        let reply = result?;
        serde_json::from_str(reply.json())
            .map_err(|error| Refusal::new(staffgate::codes::Code::Internal).with("reason", error))
    }

    /// The last answer's bytes.
    pub fn last_answer(&self) -> String {
        self.last.lock().map(|last| last.clone()).unwrap_or_default()
    }

    /// How many answers people at clients got, and how many of them hold a pay rate.
    pub fn leaks(&self) -> (usize, usize) {
        let Ok(heard) = self.heard_by_clients.lock() else { return (0, 0) };
        let leaking = heard.iter().filter(|answer| SECRET_RATES.iter().any(|rate| answer.contains(rate)));
        (heard.len(), leaking.count())
    }
}

pub fn member(id: MemberId) -> Actor {
    Actor::Member { id }
}

pub fn user(id: UserId) -> Actor {
    Actor::User { id }
}
