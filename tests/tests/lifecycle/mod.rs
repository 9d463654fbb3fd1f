//! The agency that the proofs of the lifecycle play in. It is founded once, through the library, and kept as the
//! change sets that founding it made: a new run lays them into a new store and need not hash passwords again.

#![allow(dead_code)] // Each of the proofs uses a part of it.

use std::fmt::Write;
use std::sync::Mutex;

use serde_json::{Value, json};
use staffgate::store::{ChangeSet, CommitOutcome, MemoryStore, Read, Row, Store, StoreError};
use staffgate::{Actor, Call, Portal, Refusal};
use uuid::Uuid;

pub(crate) const AGENCY: &str = "0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11";
/// When the agency has been founded and things begin to happen.
pub(crate) const START: &str = "2026-09-01T08:00:00Z";

/// A memory store that remembers what was committed.
#[derive(Default)]
pub(crate) struct Recorder {
    inner: MemoryStore,
    sets: Mutex<Vec<ChangeSet>>,
}

impl Store for Recorder {
    fn load(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, StoreError> {
        self.inner.load(reads)
    }

    fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError> {
        let outcome = self.inner.commit(changes)?;
        if outcome == CommitOutcome::Committed {
            self.sets.lock().unwrap().push(changes.clone());
        }
        Ok(outcome)
    }
}

/// A place of work. Its clock stands still for as long as a run lasts, so that a naive reader can add minutes.
#[derive(Clone)]
pub(crate) struct Site {
    pub(crate) id: String,
    /// Minutes that its clock is ahead of UTC.
    pub(crate) ahead: i64,
}

#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) sites: Vec<Site>,
}

/// What founding the agency has made.
#[derive(Clone)]
pub(crate) struct Founded {
    pub(crate) sets: Vec<ChangeSet>,
    /// The calls that made them.
    pub(crate) calls: Vec<Value>,
    pub(crate) clients: Vec<Client>,
    /// Waiter and cook are priced and can be ordered, porter can be ordered and has no price, driver cannot be.
    pub(crate) skills: Vec<String>,
    pub(crate) workers: Vec<String>,
    /// A planner and a viewer.
    pub(crate) members: Vec<String>,
    /// In the order of [`PEOPLE`].
    pub(crate) users: Vec<String>,
}

/// People at clients: the clients they belong to, with a role at each.
pub(crate) const PEOPLE: [&[(usize, &str)]; 6] = [
    &[(0, "administrator")],
    &[(0, "orderer")],
    &[(0, "viewer"), (1, "orderer")],
    &[(1, "administrator")],
    &[(1, "orderer")],
    &[(2, "administrator")],
];

pub(crate) const SKILLS: [&str; 4] = ["Waiter", "Cook", "Porter", "Driver"];
/// What the client pays an hour; none if the list does not say.
pub(crate) const RATES: [Option<&str>; 4] = [Some("20.00"), Some("25.50"), None, None];

/// Calls by name, each with a command id of its own.
pub(crate) struct Caller<S> {
    pub(crate) portal: Portal<S>,
    commands: u64,
    /// As the other languages make them again, if somebody wants them.
    calls: Option<Vec<Value>>,
}

/// A call as data: the context, the operation and its input.
pub(crate) fn as_data(
    actor: Actor,
    now: &str,
    command: &str,
    entropy: &[u8; 32],
    name: &str,
    input: &Value,
) -> Value {
    let mut digits = String::new();
    for byte in entropy {
        write!(digits, "{byte:02x}").unwrap();
    }
    let context = json!({
        "agency": AGENCY, "actor": actor, "now": now, "command_id": command, "entropy": digits,
    });
    json!({ "context": context, "operation": name, "input": input })
}

impl<S: Store> Caller<S> {
    pub(crate) fn new(store: S, name: u64) -> Self {
        Self { portal: Portal::new(store), commands: name << 32, calls: None }
    }

    /// The refusal's code is what counts.
    pub(crate) fn call(
        &mut self,
        actor: Actor,
        now: &str,
        name: &str,
        input: &Value,
    ) -> Result<Value, String> {
        self.ask(actor, now, name, input).map_err(|refusal| refusal.code.text().to_owned())
    }

    pub(crate) fn ask(
        &mut self,
        actor: Actor,
        now: &str,
        name: &str,
        input: &Value,
    ) -> Result<Value, Refusal> {
        self.commands += 1;
        let mut entropy = [0; 32];
        entropy[..8].copy_from_slice(&self.commands.to_be_bytes());
        let command = self.commands.to_string();
        if let Some(calls) = &mut self.calls {
            calls.push(as_data(actor, now, &command, &entropy, name, input));
        }
        let call = Call::new(AGENCY, actor, now, &command, &entropy).unwrap();
        let reply = self.portal.run_json(&call, name, &input.to_string())?;
        Ok(serde_json::from_str(reply.json()).unwrap())
    }
}

pub(crate) fn uuid(id: &str) -> Uuid {
    id.parse().unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// An agency with three clients with two sites each, four skills, as many workers as wanted, and [`PEOPLE`].
pub(crate) fn found(workers: usize) -> Founded {
    let mut caller = Caller::new(Recorder::default(), 0);
    caller.calls = Some(Vec::new());
    let mut run = |name: &str, input: Value| {
        let reply = caller.call(Actor::Operator, "2026-08-01T08:00:00Z", name, &input);
        reply.unwrap_or_else(|code| panic!("{name}: {code}"))
    };
    run("agencies.create", json!({ "name": "Northlight", "currency": "EUR" }));
    run("agencies.switch_portal", json!({ "on": true }));
    let mut member = |role: &str| {
        let email = format!("{role}@northlight.example");
        text(&run("members.add", json!({ "name": "Mia Berg", "email": email, "role": role }))["id"])
    };
    let members = vec![member("planner"), member("viewer")];
    let skills: Vec<String> =
        SKILLS.iter().map(|name| text(&run("skills.create", json!({ "name": name }))["id"])).collect();
    run("agencies.set_ordering", json!({ "ordering": true, "skills": &skills[..3] }));
    let mut rates = Vec::new();
    for (skill, rate) in skills.iter().zip(RATES).filter(|(_, rate)| rate.is_some()) {
        for role in ["staff", "lead"] {
            rates.push(json!({ "skill": skill, "role": role, "per_hour": rate }));
        }
    }
    let list = json!({
        "scope": { "for": "basic" }, "valid_from": "2026-01-01", "vat_percent": "19", "rates": rates,
    });
    run("price_lists.publish", list);
    let mut clients = Vec::new();
    for number in 0..3 {
        let zones = [("Europe/Berlin", 120), ("Asia/Kolkata", 330)];
        let sites = zones.map(|(zone, _)| json!({ "name": format!("Hall {zone}"), "zone": zone }));
        let made = run("clients.create", json!({ "name": format!("Client {number}"), "sites": sites }));
        let site =
            |(index, (_, ahead)): (usize, (&str, i64))| Site { id: text(&made["sites"][index]["id"]), ahead };
        clients
            .push(Client { id: text(&made["id"]), sites: zones.into_iter().enumerate().map(site).collect() });
    }
    let worker =
        |number: usize| json!({ "name": worker_name(number), "phone": "+4930123456", "skills": [skills[0]] });
    let workers = (0..workers).map(|number| text(&run("workers.create", worker(number))["id"])).collect();
    let mut users = Vec::new();
    for (number, places) in PEOPLE.iter().enumerate() {
        let (first, role) = places[0];
        let made = json!({
            "client": clients[first].id, "name": "Anna Weiss", "email": format!("anna{number}@client.example"),
            "role": role, "delivery": { "base_url": "https://portal.northlight.example/join", "send_now": false },
        });
        let token = run("users.create", made)["token"].clone();
        users.push(token);
    }
    let mut joined = Vec::new();
    for (places, token) in PEOPLE.iter().zip(users) {
        let join = json!({ "token": token, "password": "seven purple lanterns" });
        let user = caller.call(Actor::Guest, "2026-08-01T09:00:00Z", "users.join", &join).unwrap();
        let user = text(&user["user"]);
        for (client, role) in &places[1..] {
            let more = json!({
                "client": clients[*client].id, "user": user, "role": role,
                "portal_url": "https://portal.northlight.example/",
            });
            caller.call(Actor::Operator, "2026-08-01T10:00:00Z", "users.add_to_client", &more).unwrap();
        }
        joined.push(user);
    }
    let calls = caller.calls.take().unwrap_or_default();
    Founded { sets: caller.portal.store().sets(), calls, clients, skills, workers, members, users: joined }
}

pub(crate) fn worker_name(number: usize) -> String {
    format!("Worker {number}")
}

impl Founded {
    pub(crate) fn planner(&self) -> Actor {
        Actor::Member { id: uuid(&self.members[0]).into() }
    }

    pub(crate) fn user(&self, number: usize) -> Actor {
        Actor::User { id: uuid(&self.users[number]).into() }
    }
}

/// Lays what was committed elsewhere into a store.
pub(crate) fn lay(store: &impl Store, sets: &[ChangeSet]) {
    for set in sets {
        assert_eq!(store.commit(set).unwrap(), CommitOutcome::Committed);
    }
}

impl Recorder {
    pub(crate) fn sets(&self) -> Vec<ChangeSet> {
        self.sets.lock().unwrap().clone()
    }
}
