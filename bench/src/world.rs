//! An agency with one client, prices, a person who orders, and as many shifts as wanted.

use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use staffgate::engine::Record;
use staffgate::shifts::model::{SHIFT, Shift};
use staffgate::store::{ChangeSet, CommandRecord, CommitOutcome, Put, Store, Tenant};
use staffgate::values::{Instant, MemberId, ShiftId, UserId};
use staffgate::{Actor, Call, Portal, catalog};
use staffgate_sqlite::SqliteStore;
use uuid::Uuid;

const AGENCY: &str = "0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11";
const BATCH: u32 = 1_000;

type Done<T> = Result<T, Box<dyn std::error::Error>>;

pub struct World {
    portal: Portal<SqliteStore>,
    commands: u32,
    anna: Actor,
    order: Value,
    pattern: Shift,
}

impl World {
    pub fn new(path: &Path) -> Done<Self> {
        let portal = Portal::new(SqliteStore::open(path, catalog::kinds())?);
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
        let positions = json!([{ "skill": waiter, "headcount": 3 }]);
        let shift = json!({ "start": "2026-10-24T22:00", "end": "2026-10-25T06:00", "positions": positions });
        let form = json!({ "name": "Autumn ball", "site": client["sites"][0]["id"], "shifts": [shift] });
        let order = json!({ "client": client["id"], "order": form });
        let mandate = run(anna, "mandates.submit", order.clone())?;
        run(mia, "mandates.accept", json!({ "mandate": mandate["id"], "revision": 1 }))?;
        let shifts = run(mia, "shifts.list", json!({ "client": client["id"] }))?;
        let pattern = stored(&portal, &shifts["items"][0]["id"])?;
        Ok(Self { portal, commands, anna, order, pattern })
    }

    /// One order, through everything that an order goes through.
    pub fn submit(&mut self) -> Done<()> {
        ask(&self.portal, &mut self.commands, self.anna, "mandates.submit", &self.order).map(|_| ())
    }

    /// Shifts like the first one, an hour apart, written straight into the store.
    pub fn fill(&mut self, count: u32) -> Done<()> {
        let tenant = Tenant::new(AGENCY);
        for batch in 0..count.div_ceil(BATCH) {
            let numbers = batch * BATCH..count.min((batch + 1) * BATCH);
            let puts = numbers.map(|number| self.put(&tenant, number)).collect::<Done<Vec<Put>>>()?;
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

    fn put(&self, tenant: &Tenant, number: u32) -> Done<Put> {
        let mut shift = self.pattern.clone();
        shift.id = ShiftId::new(Uuid::new_v4());
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

fn ask(
    portal: &Portal<SqliteStore>,
    commands: &mut u32,
    actor: Actor,
    name: &str,
    input: &Value,
) -> Done<Value> {
    *commands += 1;
    let entropy: [u8; 32] = Sha256::digest(format!("bench {commands}")).into();
    let call = Call::new(AGENCY, actor, "2026-10-01T09:00:00Z", &format!("bench {commands}"), &entropy)?;
    Ok(serde_json::from_str(&portal.run_json(&call, name, &input.to_string())?.json)?)
}

fn id(reply: &Value) -> Done<Uuid> {
    Ok(reply["id"].as_str().ok_or("a reply without an id")?.parse()?)
}

fn stored(portal: &Portal<SqliteStore>, id: &Value) -> Done<Shift> {
    let id = id.as_str().ok_or("a shift without an id")?;
    let key = staffgate::store::Key::new(&Tenant::new(AGENCY), SHIFT.name, id);
    let rows = portal.store().load(&[staffgate::store::Read::Point(key)])?;
    let row = rows.first().and_then(|rows| rows.first()).ok_or("the shift is not in the store")?;
    Ok(serde_json::from_str(&row.body)?)
}
