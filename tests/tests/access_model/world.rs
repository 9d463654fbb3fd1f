//! The library beside the model: a store, calls by name, and the places that there are.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use staffgate::engine::{Machine, Record};
use staffgate::projects::model::{Project, ProjectPlace, Schedule};
use staffgate::shifts::model::{Position, Role, Shift};
use staffgate::store::{ChangeSet, CommandRecord, CommitOutcome, MemoryStore, Put, Store, Tenant};
use staffgate::values::{
    ClientId, Instant, LocalTime, MandateId, PositionId, ProjectId, ScheduleId, ShiftId, SiteId, SkillId,
    Text, Zone,
};
use staffgate::visibility::TeamSharing;
use staffgate::{Actor, Call, Portal, Refusal, catalog};
use uuid::Uuid;

use crate::model::{Access, Member, Model, RoleName, Who};

const AGENCY: &str = "0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11";
pub(crate) const CLIENTS: usize = 3;
/// Two at each client: project and site of one number belong together.
pub(crate) const PLACES: usize = 2 * CLIENTS;

pub(crate) struct World {
    portal: Portal<MemoryStore>,
    commands: u64,
    start: Instant,
    pub(crate) model: Model,
    pub(crate) clients: Vec<String>,
    pub(crate) sites: Vec<String>,
    pub(crate) projects: Vec<String>,
    pub(crate) shifts: Vec<String>,
}

fn id(text: &Value) -> Uuid {
    text.as_str().unwrap().parse().unwrap()
}

impl World {
    pub(crate) fn new() -> Self {
        let mut world = Self {
            portal: Portal::new(MemoryStore::default()),
            commands: 0,
            start: Instant::parse("2026-09-01T08:00:00Z").unwrap(),
            model: Model::default(),
            clients: Vec::new(),
            sites: Vec::new(),
            projects: Vec::new(),
            shifts: Vec::new(),
        };
        let operator = Actor::Operator;
        world.ok(operator, "agencies.create", &json!({ "name": "Northlight", "currency": "EUR" }));
        world.ok(operator, "agencies.switch_portal", &json!({ "on": true }));
        for (number, role) in ["administrator", "planner", "viewer"].into_iter().enumerate() {
            let email = format!("member{number}@northlight.example");
            let input = json!({ "name": "Mia", "email": email, "role": role });
            let member = world.ok(operator, "members.add", &input);
            let (id, role) = (member["id"].as_str().unwrap().to_owned(), RoleName::Always(role));
            world.model.members.push(Member { id, role, active: true });
        }
        for number in 0..CLIENTS {
            let site = |name: &str| json!({ "name": name, "zone": "Europe/Berlin" });
            let input = json!({ "name": format!("Client {number}"), "sites": [site("Hall"), site("Yard")] });
            let client = world.ok(operator, "clients.create", &input);
            for place in 0..2 {
                let site = &client["sites"][place]["id"];
                world.place(ClientId::new(id(&client["id"])), SiteId::new(id(site)));
            }
            world.clients.push(client["id"].as_str().unwrap().to_owned());
        }
        world
    }

    /// A project with one shift at this site.
    fn place(&mut self, client: ClientId, site: SiteId) {
        let number = u128::try_from(self.sites.len() + 1).unwrap();
        let (project, shift) = (Uuid::from_u128(number << 8), Uuid::from_u128(number));
        let now = self.start;
        let schedule = ScheduleId::new(project);
        let mandate = MandateId::new(project);
        self.put(&Project {
            client: Some(client),
            schedules: vec![Schedule { id: schedule, mandate: Some(mandate), site, accepted_at: now }],
            shared: true,
            shift_count: 1,
            ..Project::new(ProjectId::new(project), Text::parse("Autumn").unwrap(), now)
        });
        for key in [project, site.uuid()] {
            self.put(&ProjectPlace { key, project: ProjectId::new(project), created_at: now, shared: true });
        }
        let zone = Zone::parse("Europe/Berlin").unwrap();
        let local = |text: &str| LocalTime::parse(text).unwrap();
        let (local_start, local_end) = (local("2027-09-10T18:00"), local("2027-09-10T23:00"));
        let span = zone.resolve_span(local_start, local_end).unwrap();
        self.put(&Shift {
            id: ShiftId::new(shift),
            client: Some(client),
            project: ProjectId::new(project),
            schedule,
            mandate: None,
            site,
            site_name: Text::parse("Hall").unwrap(),
            site_address: None,
            zone,
            starts_at: span.start,
            ends_at: span.end,
            local_start,
            local_end,
            break_minutes: 0,
            note: None,
            contact: None,
            positions: vec![Position {
                id: PositionId::new(shift),
                skill: SkillId::new(shift),
                skill_name: Text::parse("Waiter").unwrap(),
                role: Role::Staff,
                headcount: 1,
                added: Vec::new(),
                bookings: Vec::new(),
            }],
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
        });
        self.sites.push(site.to_string());
        self.projects.push(project.to_string());
        self.shifts.push(shift.to_string());
    }

    fn put<T: Record>(&mut self, record: &T) {
        let tenant = Tenant::new(AGENCY);
        let columns = record.columns().into_iter().map(|(name, value)| (name.into(), value)).collect();
        let body = serde_json::to_string(record).unwrap();
        let (kind, id) = (T::KIND.name.into(), record.record_id());
        let put = Put { tenant: tenant.clone(), kind, id, columns, body };
        let changes = ChangeSet {
            tenant,
            command_id: self.command(),
            command: CommandRecord { fingerprint: String::new(), reply: "null".into() },
            expect: Vec::new(),
            puts: vec![put],
            deletes: Vec::new(),
            claims: Vec::new(),
            events: Vec::new(),
        };
        assert_eq!(self.portal.store().commit(&changes).unwrap(), CommitOutcome::Committed);
    }

    fn command(&mut self) -> String {
        self.commands += 1;
        self.commands.to_string()
    }

    fn next_call(&mut self, actor: Actor) -> Call {
        let mut entropy = [0; 32];
        entropy[..8].copy_from_slice(&self.commands.to_be_bytes());
        let now = self.start.plus_minutes(self.model.minute).unwrap().to_string();
        let command = self.command();
        Call::new(AGENCY, actor, &now, &command, &entropy).unwrap()
    }

    /// An operation that has not begun, to be driven step by step.
    pub(crate) fn machine(&mut self, who: Who, name: &str, input: &Value) -> Machine {
        let actor = self.actor(who);
        catalog::machine(self.next_call(actor).context, name, &input.to_string()).unwrap()
    }

    pub(crate) fn store(&self) -> &MemoryStore {
        self.portal.store()
    }

    fn run(&mut self, actor: Actor, name: &str, input: &Value) -> Result<Value, Refusal> {
        let call = self.next_call(actor);
        let reply = self.portal.run_json(&call, name, &input.to_string())?;
        Ok(serde_json::from_str(reply.json()).unwrap())
    }

    fn ok(&mut self, actor: Actor, name: &str, input: &Value) -> Value {
        self.run(actor, name, input).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"))
    }

    /// Calls as somebody of the model; the refusal's code is what counts.
    pub(crate) fn call(&mut self, who: Who, name: &str, input: &Value) -> Result<Value, String> {
        let actor = self.actor(who);
        self.run(actor, name, input).map_err(|refusal| refusal.code.text().to_owned())
    }

    pub(crate) fn as_guest(&mut self, name: &str, input: &Value) -> Result<Value, String> {
        self.run(Actor::Guest, name, input).map_err(|refusal| refusal.code.text().to_owned())
    }

    fn actor(&self, who: Who) -> Actor {
        let member = |number: usize| self.model.members[number].id.parse::<Uuid>().unwrap().into();
        let user = |number: usize| self.model.users[number].id.parse::<Uuid>().unwrap().into();
        match who {
            Who::Operator => Actor::Operator,
            Who::Member(number) => Actor::Member { id: member(number) },
            Who::User(number) => Actor::User { id: user(number) },
            Who::Preview { user: number, by } => Actor::Preview { user: user(number), by: member(by) },
            Who::Instead { session, user: number, by } => Actor::Impersonated {
                user: user(number),
                by: member(by),
                session: self.model.sessions[session].id.parse::<Uuid>().unwrap().into(),
            },
        }
    }

    /// The role as the library writes it.
    pub(crate) fn role(&self, role: RoleName) -> String {
        match role {
            RoleName::Always(name) => name.to_owned(),
            RoleName::Made(number) => self.model.roles[number].id.clone(),
        }
    }

    /// Users who are in, by number, of one client.
    pub(crate) fn people_of(&self, client: usize) -> BTreeMap<String, Access> {
        let of = self.model.users.iter().filter(|user| user.at.contains_key(&client));
        of.map(|user| (user.id.clone(), user.access)).collect()
    }
}
