//! An agency with one client, prices, a person who orders, and as many shifts as wanted.

use std::path::Path;
use std::time::{Duration, Instant as Clock};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use staffgate::engine::Record;
use staffgate::shifts::model::{SHIFT, Shift};
use staffgate::store::{ChangeSet, CommandRecord, CommitOutcome, Key, Put, Read, Store, Tenant};
use staffgate::values::{Instant, MemberId, ProjectId, ShiftId, UserId};
use staffgate::{Actor, Call, Portal, catalog};
use staffgate_sqlite::SqliteStore;
use uuid::Uuid;

use crate::by_hand::Copied;

pub const AGENCY: &str = "0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11";
/// When everything happens.
pub const NOW: &str = "2026-10-01T09:00:00Z";
const BATCH: u32 = 1_000;
/// Shifts of one project among those that are filled in.
const A_PROJECT: u32 = 100;

pub type Done<T> = Result<T, Box<dyn std::error::Error>>;

pub struct World {
    portal: Portal<Copied<SqliteStore>>,
    commands: u32,
    pub anna: Actor,
    pub mia: Actor,
    pub client: Value,
    skill: Value,
    site: Value,
    /// An order of one night, as it was placed and accepted.
    order: Value,
    pub project: Value,
    shift: Value,
    pattern: Shift,
}

/// Something that a person at the client does: prepared, and then one call timed.
pub type Action = fn(&mut World) -> Done<Duration>;

pub const ACTIONS: &[(&str, Action)] = &[
    ("mandates.preview", |world| world.anna("mandates.preview", &world.order.clone())),
    ("mandates.submit", |world| world.anna("mandates.submit", &world.order.clone())),
    ("mandates.edit", |world| {
        let mandate = world.placed()?;
        let edit = json!({ "mandate": mandate, "revision": 1, "order": world.order["order"] });
        world.anna("mandates.edit", &edit)
    }),
    ("mandates.withdraw", |world| {
        let mandate = world.placed()?;
        world.anna("mandates.withdraw", &json!({ "mandate": mandate, "revision": 1 }))
    }),
    ("my_mandates.get", |world| {
        let mandate = world.placed()?;
        world.anna("my_mandates.get", &json!({ "mandate": mandate }))
    }),
    ("my_mandates.list", |world| world.anna("my_mandates.list", &json!({ "client": world.client }))),
    ("my_projects.list", |world| world.anna("my_projects.list", &json!({ "client": world.client }))),
    ("my_projects.get", |world| world.anna("my_projects.get", &json!({ "project": world.project }))),
    ("my_projects.progress", |world| {
        world.anna("my_projects.progress", &json!({ "project": world.project }))
    }),
    ("my_shifts.list, of the client", |world| {
        let from = json!({ "client": world.client, "from": "2026-11-01T00:00:00Z" });
        world.anna("my_shifts.list", &from)
    }),
    ("my_shifts.list, of a project", |world| {
        world.anna("my_shifts.list", &json!({ "project": world.project }))
    }),
    ("my_shifts.get", |world| world.anna("my_shifts.get", &json!({ "shift": world.shift }))),
    ("my_shifts.preview_cancellation", |world| {
        world.anna("my_shifts.preview_cancellation", &json!({ "shift": world.shift }))
    }),
];

impl World {
    pub fn new(path: &Path) -> Done<Self> {
        let portal = Portal::new(Copied::new(SqliteStore::open(path, catalog::kinds())?));
        let mut commands = 0;
        let mut run =
            |actor: Actor, name: &str, input: Value| ask(&portal, &mut commands, actor, name, &input);
        let operator = Actor::Operator;
        run(operator, "agencies.create", json!({ "name": "Northlight Staffing", "currency": "EUR" }))?;
        run(operator, "agencies.switch_portal", json!({ "on": true }))?;
        let member = json!({ "name": "Mia", "email": "mia@northlight.example", "role": "administrator" });
        let mia = Actor::Member { id: MemberId::new(id(&run(operator, "members.add", member)?)?) };
        let waiter = run(mia, "skills.create", json!({ "name": "Waiter" }))?["id"].clone();
        run(mia, "agencies.set_ordering", json!({ "skills": [waiter] }))?;
        let rates = json!([{ "skill": waiter, "per_hour": "20.00" }]);
        let prices = json!({ "scope": { "for": "basic" }, "valid_from": "2026-01-01", "vat_percent": "19", "rates": rates });
        run(mia, "price_lists.publish", prices)?;
        let site = json!({ "name": "Ballroom", "zone": "Europe/Berlin" });
        let client = run(mia, "clients.create", json!({ "name": "Grand Hotel Astoria", "sites": [site] }))?;
        let delivery = json!({ "base_url": "https://portal.example/join", "send_now": false });
        let link =
            run(mia, "clients.enable_access", json!({ "client": client["id"], "delivery": delivery }))?;
        let join = json!({
            "token": link["token"], "name": "Anna Berg", "email": "anna@astoria.example",
            "password": "seven blue lamps over the harbour"
        });
        let user = run(Actor::Guest, "users.join", join)?["user"].clone();
        let anna = Actor::User { id: UserId::new(serde_json::from_value::<UserId>(user)?.uuid()) };
        let site = client["sites"][0]["id"].clone();
        let client = client["id"].clone();
        let order = order(&client, &site, &waiter, (1, 1, 3));
        let mandate = run(anna, "mandates.submit", order.clone())?;
        let accepted = run(mia, "mandates.accept", json!({ "mandate": mandate["id"], "revision": 1 }))?;
        let project = accepted["project"].clone();
        let shifts = run(mia, "shifts.list", json!({ "client": client }))?;
        let shift = shifts["items"][0]["id"].clone();
        let pattern = stored(&portal, &shift)?;
        Ok(Self { portal, commands, anna, mia, client, skill: waiter, site, order, project, shift, pattern })
    }

    pub fn store(&self) -> &Copied<SqliteStore> {
        self.portal.store()
    }

    pub fn ask(&mut self, actor: Actor, name: &str, input: &Value) -> Done<Value> {
        ask(&self.portal, &mut self.commands, actor, name, input)
    }

    /// One call of the person at the client, timed.
    pub fn anna(&mut self, name: &str, input: &Value) -> Done<Duration> {
        self.timed(self.anna, name, input)
    }

    /// One call, timed: from JSON to JSON, as a host sees it.
    pub fn timed(&mut self, actor: Actor, name: &str, input: &Value) -> Done<Duration> {
        let (call, input) = (next_call(&mut self.commands, actor)?, input.to_string());
        let start = Clock::now();
        self.portal.run_json(&call, name, &input)?;
        Ok(start.elapsed())
    }

    /// An order that waits for the agency.
    fn placed(&mut self) -> Done<Value> {
        let order = self.order.clone();
        Ok(self.ask(self.anna, "mandates.submit", &order)?["id"].clone())
    }

    /// An order of so many shifts with so many positions each, and so many heads in each.
    pub fn order(&self, size: (usize, usize, usize)) -> Value {
        order(&self.client, &self.site, &self.skill, size)
    }

    /// Three workers come to the first shift and its client may know who, so that further shifts like it have a team.
    pub fn staff(&mut self) -> Done<()> {
        let shift = self.ask(self.mia, "shifts.get", &json!({ "shift": self.shift }))?;
        let position = &shift["positions"][0]["id"];
        for name in ["Lena Sturm", "Tom Fischer", "Ida Blum"] {
            let worker = json!({ "name": name, "phone": "+4915112345", "skills": [self.skill] });
            let worker = self.ask(self.mia, "workers.create", &worker)?["id"].clone();
            let booking = json!({
                "shift": self.shift, "position": position, "worker": worker, "pay": "17.31", "state": "confirmed"
            });
            self.ask(self.mia, "bookings.book", &booking)?;
        }
        self.ask(self.mia, "projects.publish_team", &json!({ "project": self.project }))?;
        self.pattern = stored(&self.portal, &self.shift)?;
        Ok(())
    }

    /// Shifts like the first one, an hour apart, written straight into the store: a new project for every hundred.
    pub fn fill(&self, count: u32) -> Done<()> {
        self.write(count, |number| {
            ProjectId::new(Uuid::from_u128(u128::from(number / A_PROJECT) + (1 << 64)))
        })
    }

    /// The same, all of one project, which lists those that it has.
    pub fn fill_project(&self, count: u32) -> Done<ProjectId> {
        let project = self.pattern.project;
        self.write(count, |_| project)?;
        Ok(project)
    }

    fn write(&self, count: u32, project: impl Fn(u32) -> ProjectId) -> Done<()> {
        let tenant = Tenant::new(AGENCY);
        for batch in 0..count.div_ceil(BATCH) {
            let numbers = batch * BATCH..count.min((batch + 1) * BATCH);
            let puts = numbers
                .map(|number| self.put(&tenant, number, project(number)))
                .collect::<Done<Vec<Put>>>()?;
            let changes = ChangeSet {
                tenant: tenant.clone(),
                command_id: format!("fill {batch}"),
                command: CommandRecord { fingerprint: String::new(), reply: "null".to_owned() },
                expect: Vec::new(),
                puts,
                deletes: Vec::new(),
                claims: Vec::new(),
                events: Vec::new(),
            };
            if self.portal.store().commit(&changes)? != CommitOutcome::Committed {
                return Err("a batch of shifts was not written".into());
            }
        }
        Ok(())
    }

    fn put(&self, tenant: &Tenant, number: u32, project: ProjectId) -> Done<Put> {
        let mut shift = self.pattern.clone();
        shift.id = ShiftId::new(Uuid::new_v4());
        shift.project = project;
        let start = self.pattern.starts_at.millis() + i64::from(number % 100_000) * 3_600_000;
        let length = self.pattern.ends_at.millis() - self.pattern.starts_at.millis();
        shift.starts_at = Instant::from_millis(start)?;
        shift.ends_at = Instant::from_millis(start + length)?;
        Ok(Put {
            tenant: tenant.clone(),
            kind: SHIFT.name.into(),
            id: shift.record_id(),
            columns: shift.columns().into_iter().map(|(name, value)| (name.into(), value)).collect(),
            body: serde_json::to_string(&shift)?,
        })
    }
}

fn order(
    client: &Value,
    site: &Value,
    skill: &Value,
    (shifts, positions, heads): (usize, usize, usize),
) -> Value {
    let position = json!({ "skill": skill, "headcount": heads });
    let shift = |day: usize| {
        json!({
            "start": format!("2026-10-{:02}T22:00", 10 + day), "end": format!("2026-10-{:02}T06:00", 11 + day),
            "positions": vec![position.clone(); positions],
        })
    };
    let shifts: Vec<Value> = (0..shifts).map(shift).collect();
    json!({ "client": client, "order": { "name": "Autumn ball", "site": site, "shifts": shifts } })
}

fn next_call(commands: &mut u32, actor: Actor) -> Done<Call> {
    *commands += 1;
    let entropy: [u8; 32] = Sha256::digest(format!("bench {commands}")).into();
    Ok(Call::new(AGENCY, actor, NOW, &format!("bench {commands}"), &entropy)?)
}

fn ask(
    portal: &Portal<Copied<SqliteStore>>,
    commands: &mut u32,
    actor: Actor,
    name: &str,
    input: &Value,
) -> Done<Value> {
    let call = next_call(commands, actor)?;
    let reply =
        portal.run_json(&call, name, &input.to_string()).map_err(|refusal| format!("{name}: {refusal:?}"))?;
    Ok(serde_json::from_str(reply.json())?)
}

fn id(reply: &Value) -> Done<Uuid> {
    Ok(reply["id"].as_str().ok_or("a reply without an id")?.parse()?)
}

fn stored(portal: &Portal<Copied<SqliteStore>>, id: &Value) -> Done<Shift> {
    let id = id.as_str().ok_or("a shift without an id")?;
    let rows = portal.store().load(&[Read::Point(Key::new(&Tenant::new(AGENCY), SHIFT.name, id))])?;
    let row = rows.first().and_then(|rows| rows.first()).ok_or("the shift is not in the store")?;
    Ok(serde_json::from_str(&row.body)?)
}
