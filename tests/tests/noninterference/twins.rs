//! Two worlds side by side: what is done to both, to one, and what an observer gets from each.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use staffgate::store::MemoryStore;
use staffgate::{Actor, Call, Portal, Refusal, Reply};

use crate::dice::Dice;
use crate::lifecycle::{self, AGENCY, Founded};
use crate::record::Record;

/// What every secret text begins with, and how every secret amount looks.
pub(crate) const MARKERS: [&str; 2] = ["Sentinel", "917.3"];

struct Side {
    portal: Portal<MemoryStore>,
    /// What the library says for debugging.
    said: Arc<Mutex<Vec<String>>>,
}

pub(crate) struct Twins {
    pub(crate) founded: Founded,
    sides: [Side; 2],
    seed: u64,
    steps: u64,
    /// Minutes since the worlds began.
    now: i64,
    pub(crate) compared: usize,
    pub(crate) replies: usize,
    pub(crate) answered: BTreeMap<String, usize>,
    record: Record,
}

/// Everybody who observes: people at the first two clients. Whoever belongs to the third is no observer.
pub(crate) const OBSERVERS: [usize; 5] = [0, 1, 2, 3, 4];

impl Twins {
    pub(crate) fn new(founded: &Founded, seed: u64, recorded: bool) -> Self {
        let side = || {
            let store = MemoryStore::default();
            lifecycle::lay(&store, &founded.sets);
            let said = Arc::new(Mutex::new(Vec::new()));
            let keep = Arc::clone(&said);
            let portal = Portal::new(store).watched(move |line| keep.lock().unwrap().push(line.to_owned()));
            Side { portal, said }
        };
        Self {
            founded: founded.clone(),
            sides: [side(), side()],
            seed,
            steps: 0,
            now: 0,
            compared: 0,
            replies: 0,
            answered: BTreeMap::new(),
            record: Record::of(founded, recorded),
        }
    }

    pub(crate) fn pass(&mut self, dice: &mut Dice) {
        self.now += dice.pick(&[1, 30, 120, 600, 1_500]);
    }

    pub(crate) fn day(&self) -> i64 {
        self.now.div_euclid(24 * 60)
    }

    pub(crate) fn instant(&self) -> String {
        let start: jiff::Timestamp = lifecycle::START.parse().unwrap();
        (start + jiff::SignedDuration::from_mins(self.now)).to_string()
    }

    /// A local reading at the first client's first site, so many days on.
    pub(crate) fn local(&self, days: usize, hour: usize) -> String {
        let start: jiff::civil::Date = "2026-09-01".parse().unwrap();
        let day = start + jiff::Span::new().days(self.day() + i64::try_from(days).unwrap());
        format!("{day}T{hour:02}:00")
    }

    fn id(&mut self) -> String {
        self.steps += 1;
        format!("{}-{}", self.seed, self.steps)
    }

    /// `agency` is the one that both worlds have, unless it is said.
    fn call(
        &mut self,
        side: usize,
        id: &str,
        agency: &str,
        actor: Actor,
        name: &str,
        input: &Value,
    ) -> Result<Reply, Refusal> {
        let mut entropy = [7; 32];
        for (to, from) in entropy.iter_mut().zip(id.bytes()) {
            *to = from;
        }
        let now = self.instant();
        let call = Call::new(agency, actor, &now, id, &entropy).unwrap();
        let answer = self.sides[side].portal.run_json(&call, name, &input.to_string());
        self.record.call(side, || {
            let mut call = lifecycle::as_data(actor, &now, id, &entropy, name, input);
            call["context"]["agency"] = agency.into();
            call
        });
        answer
    }

    /// The same thing happens in both worlds; it is done in both, or in none.
    pub(crate) fn both(&mut self, actor: Actor, name: &str, input: &Value) -> Option<Value> {
        self.apart(actor, name, input, input)
    }

    /// The same but for what is secret in it.
    pub(crate) fn apart(&mut self, actor: Actor, name: &str, one: &Value, other: &Value) -> Option<Value> {
        let id = self.id();
        let first = self.call(0, &id, AGENCY, actor, name, one);
        let second = self.call(1, &id, AGENCY, actor, name, other);
        match (first, second) {
            (Ok(reply), Ok(_)) => Some(serde_json::from_str(reply.json()).unwrap()),
            (Err(one), Err(other)) if one.code == other.code => None,
            (one, other) => {
                panic!("seed {}: the worlds came apart at {name} ({id}): {one:?} {other:?}", self.seed)
            }
        }
    }

    /// Something happens in the second world alone.
    pub(crate) fn aside(&mut self, actor: Actor, name: &str, input: &Value) -> Option<Value> {
        let id = format!("aside-{}", self.id());
        let answer = self.call(1, &id, AGENCY, actor, name, input);
        answer.ok().map(|reply| serde_json::from_str(reply.json()).unwrap())
    }

    /// The same under another agency's key.
    pub(crate) fn elsewhere(&mut self, agency: &str, name: &str, input: &Value) -> Option<Value> {
        let id = format!("elsewhere-{}", self.id());
        let answer = self.call(1, &id, agency, Actor::Operator, name, input);
        answer.ok().map(|reply| serde_json::from_str(reply.json()).unwrap())
    }

    /// An observer acts in both worlds, and must not see which is which.
    pub(crate) fn observe(&mut self, actor: Actor, name: &str, input: &Value) -> Option<Value> {
        let id = self.id();
        let lines = [0, 1].map(|side| self.sides[side].said.lock().unwrap().len());
        let answers = [0, 1].map(|side| self.call(side, &id, AGENCY, actor, name, input));
        let told: Vec<String> = answers.iter().map(bytes).collect();
        let label = || format!("seed {}, step {}: {actor} {name} {input}", self.seed, self.steps);
        assert!(
            told[0] == told[1],
            "the worlds can be told apart: {}\nfirst  {}\nsecond {}",
            label(),
            told[0],
            told[1]
        );
        for (side, (told, answer)) in told.iter().zip(&answers).enumerate() {
            let said = self.sides[side].said.lock().unwrap()[lines[side]..].join("\n");
            for marker in MARKERS {
                assert!(!told.contains(marker), "{}: a secret is told: {told}", label());
                assert!(!said.contains(marker), "{}: a secret is logged: {said}", label());
                assert!(!format!("{answer:?}").contains(marker), "{}: a secret is in {answer:?}", label());
            }
        }
        self.compared += 1;
        self.record.told(&answers[0]);
        let [first, _] = answers;
        let reply = first.ok()?;
        self.replies += 1;
        *self.answered.entry(name.to_owned()).or_insert(0) += 1;
        Some(serde_json::from_str(reply.json()).unwrap())
    }
}

/// All that a caller can tell.
fn bytes(answer: &Result<Reply, Refusal>) -> String {
    match answer {
        Ok(reply) => format!("{} rounds, {} attempts: {}", reply.rounds, reply.attempts, reply.json()),
        Err(refusal) => format!("refused {} {}", serde_json::to_string(refusal).unwrap(), refusal),
    }
}
