//! What there is in both worlds, and what there is in the second alone: observers ask for all of it.

use serde_json::Value;

use crate::dice::Dice;
use crate::lifecycle::Founded;

/// A shift that both worlds have, with what booking needs.
#[derive(Clone)]
pub(crate) struct Shift {
    pub(crate) id: Value,
    pub(crate) project: Value,
    pub(crate) revision: Value,
    pub(crate) positions: Vec<Value>,
}

/// A booking that both worlds have.
#[derive(Clone)]
pub(crate) struct Booking {
    pub(crate) shift: Value,
    pub(crate) id: Value,
}

/// An order with the revision that was seen last.
#[derive(Clone)]
pub(crate) struct Mandate {
    pub(crate) client: usize,
    pub(crate) id: Value,
    pub(crate) revision: u64,
}

pub(crate) struct Pool {
    pub(crate) mandates: Vec<Mandate>,
    pub(crate) shifts: Vec<Shift>,
    pub(crate) bookings: Vec<Booking>,
    pub(crate) projects: Vec<Value>,
    pub(crate) requests: Vec<Value>,
    /// Selections with their proposals.
    pub(crate) selections: Vec<(Value, Vec<Value>)>,
    pub(crate) jobs: Vec<Value>,
    pub(crate) candidates: Vec<Value>,
    pub(crate) tokens: Vec<Value>,
    /// Links to projects, with their tokens.
    pub(crate) shared: Vec<(Value, Value)>,
    /// Links that were opened.
    pub(crate) links: Vec<Value>,
    /// Ids of everything, the secret things among it: to the observer, each must be like one that never was.
    pub(crate) ids: Vec<Value>,
    /// The second world's own, for it to build on.
    pub(crate) secret_mandates: Vec<Value>,
    pub(crate) secret_projects: Vec<Value>,
    pub(crate) secret_shifts: Vec<Shift>,
}

impl Pool {
    pub(crate) fn new(founded: &Founded) -> Self {
        let mut ids: Vec<Value> = Vec::new();
        for client in &founded.clients {
            ids.push(client.id.clone().into());
            ids.extend(client.sites.iter().map(|site| Value::from(site.id.clone())));
        }
        for list in [&founded.skills, &founded.workers, &founded.members, &founded.users] {
            ids.extend(list.iter().map(|id| Value::from(id.clone())));
        }
        Self {
            mandates: Vec::new(),
            shifts: Vec::new(),
            bookings: Vec::new(),
            projects: Vec::new(),
            requests: Vec::new(),
            selections: Vec::new(),
            jobs: Vec::new(),
            candidates: Vec::new(),
            tokens: Vec::new(),
            shared: Vec::new(),
            links: Vec::new(),
            ids,
            secret_mandates: Vec::new(),
            secret_projects: Vec::new(),
            secret_shifts: Vec::new(),
        }
    }

    /// Learns every id that stands anywhere in a reply.
    pub(crate) fn learn(&mut self, reply: &Value) {
        match reply {
            Value::String(text)
                if text.len() == 36 && text.parse::<uuid::Uuid>().is_ok() && !self.ids.contains(reply) =>
            {
                self.ids.push(reply.clone());
            }
            Value::Array(items) => items.iter().for_each(|item| self.learn(item)),
            Value::Object(fields) => fields.values().for_each(|field| self.learn(field)),
            _ => {}
        }
    }
}

/// One of the last few, or one of all.
pub(crate) fn pick<T: Clone>(dice: &mut Dice, list: &[T]) -> Option<T> {
    let most = if dice.once_in(3) { list.len() } else { list.len().min(5) };
    (most > 0).then(|| list[list.len() - 1 - dice.of(most)].clone())
}
