//! An agency with a hotel and a bakery, and a job of the hotel's on its portal: what the tests of this folder start from.

use std::cell::Cell;

use serde_json::{Value, json};
use staffgate::access::{Access, ClientAccess, ClientRole, MemberRole, Principal, PrincipalSide, Reach};
use staffgate::candidates::model::{Candidate, Job};
use staffgate::clients::model::Client;
use staffgate::engine::{Machine, Record};
use staffgate::store::{ChangeSet, CommandRecord, CommitOutcome, MemoryStore, Put, Store, Tenant};
use staffgate::users::model::User;
use staffgate::values::{ClientId, MemberId, UserId};
use staffgate::{Actor, Call, Portal, Refusal, Reply, catalog};
use uuid::Uuid;

pub(crate) const AGENCY: &str = "0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11";
pub(crate) const NOW: &str = "2026-10-20T08:00:00Z";

const fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub(crate) const PLANNER: Actor = Actor::Member { id: MemberId::new(id(0xa1)) };
/// Of the hotel.
pub(crate) const ANNA: Actor = Actor::User { id: UserId::new(id(0xb1)) };
/// Of the bakery.
pub(crate) const BRUNO: Actor = Actor::User { id: UserId::new(id(0xb2)) };

pub(crate) const HOTEL: ClientId = ClientId::new(id(0xc1));
const BAKERY: ClientId = ClientId::new(id(0xc2));
pub(crate) const JOB: &str = "00000000-0000-0000-0000-0000000000d1";
pub(crate) const CANDIDATE: &str = "00000000-0000-0000-0000-0000000000e1";
/// An id that nothing ever had.
pub(crate) const NOTHING: &str = "00000000-0000-0000-0000-0000000000ff";

pub(crate) struct World {
    pub(crate) portal: Portal<MemoryStore>,
    commands: Cell<u32>,
}

impl World {
    pub(crate) fn new() -> Self {
        let world = Self { portal: Portal::new(MemoryStore::default()), commands: Cell::new(0) };
        let operator = Actor::Operator;
        world.ok(operator, "agencies.create", json!({"name": "Northlight Staffing", "currency": "EUR"}));
        world.ok(operator, "agencies.switch_portal", json!({"on": true}));
        let client = |client| PrincipalSide::User {
            clients: vec![ClientAccess { client, role: ClientRole::Orderer, reach: Reach::Everything }],
        };
        for (actor, side) in [
            (PLANNER, PrincipalSide::Member { role: MemberRole::Planner }),
            (ANNA, client(HOTEL)),
            (BRUNO, client(BAKERY)),
        ] {
            let id = actor.person().unwrap();
            let (access, must_change_password, locale) = (Access::Active, false, None);
            world.put(&Principal { id, side, access, must_change_password, locale });
            let user = json!({
                "id": id, "name": "Somebody", "email": format!("{id}@client.example"), "locale": null, "link": null,
                "created_at": NOW, "joined_at": NOW,
            });
            world.put(&serde_json::from_value::<User>(user).unwrap());
        }
        for (client, name) in [(HOTEL, "Grand Hotel"), (BAKERY, "Old Bakery")] {
            let client = json!({
                "id": client, "name": name, "locale": null, "sites": [], "access": "active", "ordering": null,
                "orderable": null, "auto_accept": false, "host_id": null,
            });
            world.put(&serde_json::from_value::<Client>(client).unwrap());
        }
        world
    }

    /// Writes a record as it is, past all rules.
    pub(crate) fn put<T: Record>(&self, record: &T) {
        let tenant = Tenant::new(AGENCY);
        let columns = record.columns().into_iter().map(|(name, value)| (name.into(), value)).collect();
        let body = serde_json::to_string(record).unwrap();
        let put =
            Put { tenant: tenant.clone(), kind: T::KIND.name.into(), id: record.record_id(), columns, body };
        let changes = ChangeSet {
            tenant,
            command_id: self.next_command(),
            command: CommandRecord { fingerprint: String::new(), reply: "null".into() },
            expect: Vec::new(),
            puts: vec![put],
            deletes: Vec::new(),
            claims: Vec::new(),
            events: Vec::new(),
        };
        assert_eq!(self.portal.store().commit(&changes).unwrap(), CommitOutcome::Committed);
    }

    fn next_command(&self) -> String {
        self.commands.set(self.commands.get() + 1);
        format!("command {}", self.commands.get())
    }

    fn call(&self, actor: Actor) -> Call {
        Call::new(AGENCY, actor, NOW, &self.next_command(), &[7; 32]).unwrap()
    }

    pub(crate) fn machine(&self, actor: Actor, name: &str, input: &Value) -> Machine {
        catalog::machine(self.call(actor).context, name, &input.to_string()).unwrap()
    }

    pub(crate) fn run(&self, actor: Actor, name: &str, input: &Value) -> Result<Reply, Refusal> {
        self.portal.run_json(&self.call(actor), name, &input.to_string())
    }

    pub(crate) fn ok(&self, actor: Actor, name: &str, input: Value) -> Value {
        let reply = self.run(actor, name, &input).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
        serde_json::from_str(reply.json()).unwrap()
    }

    /// As the planner.
    pub(crate) fn plan(&self, name: &str, input: Value) -> Value {
        self.ok(PLANNER, name, input)
    }

    /// Why the planner is refused.
    pub(crate) fn refused(&self, name: &str, input: &Value) -> Refusal {
        self.run(PLANNER, name, input).unwrap_err()
    }
}

/// A job with one candidate, on the portal or not.
pub(crate) fn job(on_portal: bool) -> Value {
    json!({
        "id": JOB, "client": HOTEL, "project": null, "mandate": null, "site": null, "title": "Head waiter",
        "description": null, "positions": 1, "internal_note": null,
        "state": if on_portal { "on_portal" } else { "not_on_portal" },
        "shown_at": on_portal.then_some(NOW), "candidates": 1, "shown_candidates": 1, "numbered": 1,
        "created_at": NOW, "revision": 1,
    })
}

/// A candidate for it who has passed the review.
pub(crate) fn candidate(job_shown: bool) -> Value {
    json!({
        "id": CANDIDATE, "job": JOB, "client": HOTEL, "project": null, "site": null, "job_shown": job_shown,
        "worker": null, "person": {"name": "Lena Sturm", "email": null, "phone": null, "picture": null},
        "shows_contact": false, "anonymous": false, "number": 1, "summary": null, "anonymous_summary": null,
        "internal_note": null, "documents": [], "activities": [], "state": "on_portal", "stages": ["new"],
        "review_note": null, "feedback": 0, "shown_at": NOW, "created_at": NOW, "revision": 1,
    })
}

impl World {
    pub(crate) fn put_job(&self, job: Value) {
        self.put(&serde_json::from_value::<Job>(job).unwrap());
    }

    pub(crate) fn put_candidate(&self, candidate: Value) {
        self.put(&serde_json::from_value::<Candidate>(candidate).unwrap());
    }
}

/// Everything that a client's person can ask about the candidate, with the documents that there may be.
pub(crate) fn questions(documents: &[String]) -> Vec<(&'static str, Value)> {
    let mut list = vec![
        ("my_jobs.get", json!({"job": JOB})),
        ("my_jobs.list", json!({"client": HOTEL})),
        ("my_jobs.list", json!({"client": HOTEL, "state": "open", "order": "oldest_first"})),
        ("my_candidates.get", json!({"candidate": CANDIDATE})),
        ("my_candidates.list", json!({"job": JOB})),
        ("my_candidates.list", json!({"job": JOB, "order": "newest_first", "page": {"limit": 1}})),
        (
            "my_feedback.give",
            json!({"candidate": CANDIDATE, "decision": "interview", "rating": 3, "note": "Soon"}),
        ),
        ("my_feedback.list", json!({"candidate": CANDIDATE})),
        ("notifications.list", json!({"client": HOTEL})),
    ];
    list.extend(documents.iter().map(|document| {
        ("my_candidates.preview_document", json!({"candidate": CANDIDATE, "document": document}))
    }));
    list
}
