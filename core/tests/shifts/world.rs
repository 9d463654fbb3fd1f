//! A small agency with two clients: what the tests of this folder start from.

use std::cell::Cell;

use serde_json::{Value, json};
use staffgate::access::{Access, ClientAccess, ClientRole, MemberRole, Principal, PrincipalSide, Reach};
use staffgate::clients::model::{AccessStatus, Client};
use staffgate::engine::{Machine, Record};
use staffgate::projects::model::{Project, Schedule};
use staffgate::shifts::model::{Position, Role, Shift};
use staffgate::store::{ChangeSet, CommandRecord, CommitOutcome, MemoryStore, Put, Store, Tenant};
use staffgate::values::{
    ClientId, Instant, LocalTime, MandateId, MemberId, PositionId, ProjectId, ScheduleId, ShiftId, SiteId,
    SkillId, Text, UserId, Zone,
};
use staffgate::visibility::TeamSharing;
use staffgate::{Actor, Call, Portal, Refusal, Reply, catalog};
use uuid::Uuid;

pub(crate) const AGENCY: &str = "0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11";
pub(crate) const NOW: &str = "2026-10-20T08:00:00Z";

const fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub(crate) const PLANNER: Actor = Actor::Member { id: MemberId::new(id(0xa1)) };
pub(crate) const READER: Actor = Actor::Member { id: MemberId::new(id(0xa2)) };
/// Of the hotel.
pub(crate) const ANNA: Actor = Actor::User { id: UserId::new(id(0xb1)) };
/// Of the bakery.
pub(crate) const BRUNO: Actor = Actor::User { id: UserId::new(id(0xb2)) };
/// Of the hotel, deactivated.
pub(crate) const CLARA: Actor = Actor::User { id: UserId::new(id(0xb3)) };

pub(crate) const HOTEL: ClientId = ClientId::new(id(0xc1));
pub(crate) const BAKERY: ClientId = ClientId::new(id(0xc2));
pub(crate) const GALA: ProjectId = ProjectId::new(id(0xd1));
pub(crate) const BREAD: ProjectId = ProjectId::new(id(0xd2));
/// The hotel's night over the clock change: 2026-10-24 20:00Z to 2026-10-25 02:00Z.
pub(crate) const NIGHT: ShiftId = ShiftId::new(id(0xe1));
/// The hotel's next morning: 2026-10-25 02:00Z to 08:00Z.
pub(crate) const MORNING: ShiftId = ShiftId::new(id(0xe2));
/// The bakery's, at the same time as the night.
pub(crate) const OVEN: ShiftId = ShiftId::new(id(0xe3));
/// An id that nothing ever had.
pub(crate) const NOTHING: ShiftId = ShiftId::new(id(0xee));

pub(crate) struct World {
    pub(crate) portal: Portal<MemoryStore>,
    commands: Cell<u32>,
}

/// The first position of a shift takes two of the staff, the second a lead.
pub(crate) fn position(shift: ShiftId, place: u128) -> PositionId {
    PositionId::new(id(shift.uuid().as_u128() * 16 + place))
}

impl World {
    pub(crate) fn new() -> Self {
        let world = Self { portal: Portal::new(MemoryStore::default()), commands: Cell::new(0) };
        let operator = Actor::Operator;
        world.ok(operator, NOW, "agencies.create", json!({"name": "Northlight Staffing", "currency": "EUR"}));
        world.ok(operator, NOW, "agencies.switch_portal", json!({"on": true}));
        let client = |client, role| PrincipalSide::User {
            clients: vec![ClientAccess { client, role, reach: Reach::Everything }],
        };
        for (actor, side, access) in [
            (PLANNER, PrincipalSide::Member { role: MemberRole::Planner }, Access::Active),
            (READER, PrincipalSide::Member { role: MemberRole::Viewer }, Access::Active),
            (ANNA, client(HOTEL, ClientRole::Orderer), Access::Active),
            (BRUNO, client(BAKERY, ClientRole::Orderer), Access::Active),
            (CLARA, client(HOTEL, ClientRole::Orderer), Access::Deactivated),
        ] {
            let person = actor.user().map(UserId::uuid).or(actor.member().map(MemberId::uuid));
            let Some(id) = person else { continue };
            world.put(&Principal { id, side, access, must_change_password: false, locale: None });
        }
        world.put(&project(GALA, HOTEL));
        world.put(&project(BREAD, BAKERY));
        world.put(&shift(NIGHT, HOTEL, GALA, "2026-10-24T22:00", "2026-10-25T03:00"));
        world.put(&shift(MORNING, HOTEL, GALA, "2026-10-25T03:00", "2026-10-25T09:00"));
        world.put(&shift(OVEN, BAKERY, BREAD, "2026-10-24T23:00", "2026-10-25T01:00"));
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

    pub(crate) fn call(&self, actor: Actor, now: &str) -> Call {
        Call::new(AGENCY, actor, now, &self.next_command(), &[7; 32]).unwrap()
    }

    pub(crate) fn machine(&self, actor: Actor, now: &str, name: &str, input: &Value) -> Machine {
        catalog::machine(self.call(actor, now).context, name, &input.to_string()).unwrap()
    }

    pub(crate) fn run(&self, actor: Actor, now: &str, name: &str, input: Value) -> Result<Reply, Refusal> {
        self.portal.run_json(&self.call(actor, now), name, &input.to_string())
    }

    pub(crate) fn ok(&self, actor: Actor, now: &str, name: &str, input: Value) -> Value {
        let reply = self.run(actor, now, name, input).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
        serde_json::from_str(reply.json()).unwrap()
    }

    /// As the planner, now.
    pub(crate) fn plan(&self, name: &str, input: Value) -> Value {
        self.ok(PLANNER, NOW, name, input)
    }

    /// The code with which the planner is refused.
    pub(crate) fn refused(&self, now: &str, name: &str, input: Value) -> Refusal {
        self.run(PLANNER, now, name, input).unwrap_err()
    }

    pub(crate) fn worker(&self, name: &str) -> Value {
        self.plan("workers.create", json!({"name": name, "phone": "+49 30 5550100"}))["id"].clone()
    }

    pub(crate) fn book(&self, shift: ShiftId, place: u128, worker: &Value, state: &str) -> Value {
        let position = position(shift, place);
        let input = json!({"shift": shift, "position": position, "worker": worker, "state": state});
        self.plan("bookings.book", input)["id"].clone()
    }
}

pub(crate) fn client(id: ClientId) -> Client {
    Client { access: AccessStatus::Active, people: 2, ..Client::new(id, Text::parse("Grand Hotel").unwrap()) }
}

pub(crate) fn project(project: ProjectId, client: ClientId) -> Project {
    let now = Instant::parse(NOW).unwrap();
    Project {
        client: Some(client),
        schedules: vec![Schedule {
            id: ScheduleId::new(project.uuid()),
            mandate: Some(MandateId::new(project.uuid())),
            site: SiteId::new(id(0x51)),
            accepted_at: now,
        }],
        shared: true,
        shift_count: 2,
        ..Project::new(project, Text::parse("Autumn").unwrap(), now)
    }
}

pub(crate) fn shift(shift: ShiftId, client: ClientId, project: ProjectId, start: &str, end: &str) -> Shift {
    let zone = Zone::parse("Europe/Berlin").unwrap();
    let (local_start, local_end) = (LocalTime::parse(start).unwrap(), LocalTime::parse(end).unwrap());
    let span = zone.resolve_span(local_start, local_end).unwrap();
    let of = |place, role, headcount| Position {
        id: position(shift, place),
        skill: SkillId::new(id(0xf1)),
        skill_name: Text::parse("Waiter").unwrap(),
        role,
        headcount,
        added: Vec::new(),
        bookings: Vec::new(),
    };
    Shift {
        id: shift,
        client: Some(client),
        project,
        schedule: ScheduleId::new(project.uuid()),
        mandate: None,
        site: SiteId::new(client.uuid()),
        site_name: Text::parse("Ballroom").unwrap(),
        site_address: Some(Text::parse("Unter den Linden 1, Berlin").unwrap()),
        zone,
        starts_at: span.start,
        ends_at: span.end,
        local_start,
        local_end,
        break_minutes: 30,
        note: None,
        contact: None,
        positions: vec![of(1, Role::Staff, 2), of(2, Role::Lead, 1)],
        tags: Vec::new(),
        lead: None,
        cancelled_at: None,
        cancellation: None,
        part: None,
        open_change: None,
        on_order: None,
        team: TeamSharing::default(),
        shared: true,
        revision: 1,
        host_id: None,
    }
}
