//! The data set, made by one generator: 1,000 people, 20 roles, ten clients with their sites and projects, and questions.

use serde::Serialize;
use serde_json::{Value, json};
use staffgate::access::{
    Access, ClientAccess, ClientRole, Permission, Permissions, Principal, PrincipalSide, Reach, Role,
    RoleBook, Selection, Side,
};
use staffgate::clients::model::{AccessStatus, Client, Site};
use staffgate::engine::Record;
use staffgate::projects::model::{Project, Schedule};
use staffgate::values::{
    Bounded, ClientId, Instant, MandateId, ProjectId, RoleId, ScheduleId, SiteId, Text, UserId, Zone,
};
use staffgate::visibility::Sharing;
use uuid::Uuid;

pub const AGENCY: &str = "0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11";
const USERS: usize = 1_000;
const ROLES: usize = 20;
const CLIENTS: usize = 10;
const SITES: usize = 4;
const PROJECTS: usize = 20;
const QUESTIONS: usize = 10_000;
const BATCHES: usize = 10;
/// A page of things and what may be done with each of them.
pub const BATCH: usize = 1_000;
const THINGS_OF_A_BATCH: usize = 84;
const CLIENTS_OF_A_BATCH: usize = 5;

type Done<T> = Result<T, Box<dyn std::error::Error>>;

/// One thing and where it is; the client itself has neither project nor site.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Thing {
    pub client: ClientId,
    pub project: Option<ProjectId>,
    pub site: Option<SiteId>,
}

/// A person, a permission, a thing.
#[derive(Clone, Copy)]
pub struct Question {
    pub user: UserId,
    pub permission: Permission,
    pub thing: Thing,
}

pub struct World {
    pub permissions: Vec<Permission>,
    pub roles: Vec<Role>,
    pub clients: Vec<Client>,
    pub projects: Vec<Project>,
    pub users: Vec<Principal>,
    pub questions: Vec<Question>,
    pub batches: Vec<Vec<Question>>,
}

/// Sebastiano Vigna's splitmix64: the same numbers everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut roll = self.0;
        roll = (roll ^ (roll >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        roll = (roll ^ (roll >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        roll ^ (roll >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.roll() % limit as u64) as usize
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    fn id<T: From<Uuid>>(&mut self) -> T {
        uuid::Builder::from_random_bytes(
            ((u128::from(self.roll()) << 64) | u128::from(self.roll())).to_be_bytes(),
        )
        .into_uuid()
        .into()
    }
}

impl World {
    pub fn new() -> Done<Self> {
        let mut dice = Dice(4);
        let permissions: Vec<Permission> =
            Permission::ALL.iter().copied().filter(|one| one.side() == Side::Client).collect();
        let roles =
            (0..ROLES).map(|number| role(&mut dice, &permissions, number)).collect::<Done<Vec<_>>>()?;
        let clients = (0..CLIENTS).map(|number| client(&mut dice, number)).collect::<Done<Vec<_>>>()?;
        let mut projects = Vec::new();
        for client in &clients {
            for number in 0..PROJECTS {
                projects.push(project(&mut dice, client, number)?);
            }
        }
        let mut users = Vec::new();
        for _ in 0..USERS {
            users.push(user(&mut dice, &roles, &clients, &projects)?);
        }
        let mut world =
            Self { permissions, roles, clients, projects, users, questions: Vec::new(), batches: Vec::new() };
        let things = world.things();
        world.questions = (0..QUESTIONS).map(|_| world.question(&mut dice, &things)).collect();
        world.batches = (0..BATCHES).map(|_| world.batch(&mut dice, &things)).collect();
        Ok(world)
    }

    fn things(&self) -> Vec<Thing> {
        let whole = |client: &Client| Thing { client: client.id, project: None, site: None };
        let sites = self.clients.iter().flat_map(|client| {
            client.sites.iter().map(|site| Thing { client: client.id, project: None, site: Some(site.id) })
        });
        let projects = self.projects.iter().filter_map(|project| {
            let site = project.schedules.first().map(|one| one.site);
            Some(Thing { client: project.client?, project: Some(project.id), site })
        });
        self.clients.iter().map(whole).chain(sites).chain(projects).collect()
    }

    /// About as often yes as no: most questions are about one's own clients.
    fn question(&self, dice: &mut Dice, things: &[Thing]) -> Question {
        let user = &self.users[dice.below(self.users.len())];
        let own: Vec<ClientId> = standings(user).iter().map(|one| one.client).collect();
        let at_home = dice.percent(85);
        let thing = loop {
            let thing = dice.pick(things);
            if !at_home || own.contains(&thing.client) {
                break thing;
            }
        };
        Question { user: UserId::new(user.id), permission: dice.pick(&self.permissions), thing }
    }

    /// What one person may do with each thing of a page: clients, some of their sites and projects.
    fn batch(&self, dice: &mut Dice, things: &[Thing]) -> Vec<Question> {
        let user = loop {
            let user = &self.users[dice.below(self.users.len())];
            if standings(user).len() > 1 {
                break user;
            }
        };
        let mut clients: Vec<ClientId> = standings(user).iter().map(|one| one.client).collect();
        while clients.len() < CLIENTS_OF_A_BATCH {
            let client = self.clients[dice.below(self.clients.len())].id;
            if !clients.contains(&client) {
                clients.push(client);
            }
        }
        let (projects, mut page): (Vec<Thing>, Vec<Thing>) = things
            .iter()
            .filter(|thing| clients.contains(&thing.client))
            .partition(|thing| thing.project.is_some());
        while page.len() < THINGS_OF_A_BATCH {
            let project = dice.pick(&projects);
            if !page.contains(&project) {
                page.push(project);
            }
        }
        let of = |thing: Thing| {
            self.permissions.iter().map(move |permission| Question {
                user: UserId::new(user.id),
                permission: *permission,
                thing,
            })
        };
        page.into_iter().flat_map(of).take(BATCH).collect()
    }

    /// The rows of all this, as a store keeps them.
    pub fn puts(&self) -> Done<Vec<Value>> {
        let book = RoleBook {
            owner: AGENCY.parse()?,
            roles: Bounded::new(self.roles.clone()).map_err(|_| "roles")?,
        };
        let mut puts = vec![put(&book)?];
        puts.extend(self.clients.iter().map(put).collect::<Done<Vec<_>>>()?);
        puts.extend(self.projects.iter().map(put).collect::<Done<Vec<_>>>()?);
        puts.extend(self.users.iter().map(put).collect::<Done<Vec<_>>>()?);
        Ok(puts)
    }

    /// Everything that the programs in other languages need. `answers` are those of the plain program.
    pub fn json(&self, plain: impl Fn(&Question) -> bool) -> Done<Value> {
        let asked = |questions: &[Question]| {
            let one = |question: &Question| {
                json!({
                    "user": question.user, "permission": question.permission, "client": question.thing.client,
                    "project": question.thing.project, "site": question.thing.site, "answer": plain(question),
                })
            };
            questions.iter().map(one).collect::<Vec<_>>()
        };
        let project = |one: &Project| json!({ "id": one.id, "client": one.client, "site": one.schedules.first().map(|one| one.site) });
        let client = |one: &Client| json!({ "id": one.id, "sites": one.sites.iter().map(|site| site.id).collect::<Vec<_>>() });
        let user = |one: &Principal| json!({ "id": one.id, "standings": standings(one) });
        let role = |one: &Role| json!({ "id": one.id, "permissions": one.permissions });
        Ok(json!({
            "agency": AGENCY,
            "permissions": self.permissions,
            "roles": self.roles.iter().map(role).collect::<Vec<_>>(),
            "clients": self.clients.iter().map(client).collect::<Vec<_>>(),
            "projects": self.projects.iter().map(project).collect::<Vec<_>>(),
            "users": self.users.iter().map(user).collect::<Vec<_>>(),
            "batches": self.batches.iter().map(|one| asked(one)).collect::<Vec<_>>(),
            "puts": self.puts()?,
        }))
    }

    /// The permissions that a role holds.
    pub fn held(&self, role: ClientRole) -> Permissions {
        let ClientRole::Made(id) = role else { return Permissions::NONE };
        self.roles.iter().find(|one| one.id == id).map_or(Permissions::NONE, |one| one.permissions)
    }
}

pub fn standings(user: &Principal) -> &[ClientAccess] {
    match &user.side {
        PrincipalSide::User { clients } => clients,
        PrincipalSide::Member { .. } => &[],
    }
}

fn put<T: Record>(record: &T) -> Done<Value> {
    let columns: Vec<(&str, Value)> = record
        .columns()
        .into_iter()
        .map(|(name, value)| Ok((name, serde_json::to_value(value)?)))
        .collect::<Done<Vec<_>>>()?;
    Ok(json!({
        "tenant": AGENCY, "kind": T::KIND.name, "id": record.record_id(), "columns": columns,
        "body": serde_json::to_string(record)?,
    }))
}

fn text<const MAX: usize>(text: &str) -> Done<Text<MAX>> {
    Text::parse(text).map_err(|fault| format!("{text}: {fault}").into())
}

/// Half of the permissions. Who sees phones sees teams, since a phone is shown with a name.
fn role(dice: &mut Dice, permissions: &[Permission], number: usize) -> Done<Role> {
    let mut held: Permissions = permissions.iter().copied().filter(|_| dice.percent(50)).collect();
    if held.holds(Permission::SeePhones) {
        held = held.with(Permissions::of(&[Permission::ViewTeam]));
    }
    Ok(Role {
        id: dice.id::<RoleId>(),
        name: text(&format!("Role {number}"))?,
        side: Side::Client,
        permissions: held,
    })
}

fn shared() -> Sharing {
    Sharing { team_immediately: true, ..Sharing::default() }
}

fn client(dice: &mut Dice, number: usize) -> Done<Client> {
    let id = dice.id();
    let zone = Zone::parse("Europe/Berlin").map_err(|_| "zone")?;
    let site = |dice: &mut Dice, site: usize| {
        Ok(Site {
            id: dice.id(),
            name: text(&format!("Site {site}"))?,
            address: None,
            contact: None,
            zone: zone.clone(),
        })
    };
    let sites = (0..SITES).map(|number| site(dice, number)).collect::<Done<Vec<_>>>()?;
    Ok(Client {
        sites,
        access: AccessStatus::Active,
        ordering: Some(true),
        sharing: shared(),
        ..Client::new(id, text(&format!("Client {number}"))?)
    })
}

fn project(dice: &mut Dice, client: &Client, number: usize) -> Done<Project> {
    let created_at =
        Instant::from_millis(1_780_000_000_000 + i64::try_from(number)?).map_err(|_| "instant")?;
    let site = client.sites[dice.below(client.sites.len())].id;
    let mandate = dice.id::<MandateId>();
    let schedule =
        Schedule { id: dice.id::<ScheduleId>(), mandate: Some(mandate), site, accepted_at: created_at };
    Ok(Project {
        client: Some(client.id),
        schedules: vec![schedule],
        sharing: shared(),
        shared: true,
        ..Project::new(dice.id(), text(&format!("Project {number}"))?, created_at)
    })
}

/// At one to four clients; at half of them limited to some projects and sites.
fn user(dice: &mut Dice, roles: &[Role], clients: &[Client], projects: &[Project]) -> Done<Principal> {
    let id: Uuid = dice.id();
    let first = dice.below(clients.len());
    let mut standings = Vec::new();
    for step in 0..=dice.below(4) {
        let client = &clients[(first + step) % clients.len()];
        let role = ClientRole::Made(roles[dice.below(roles.len())].id);
        let reach = if dice.percent(50) {
            Reach::Everything
        } else {
            let of_client: Vec<ProjectId> =
                projects.iter().filter(|one| one.client == Some(client.id)).map(|one| one.id).collect();
            let mut picked: Vec<ProjectId> = (0..3 + dice.below(6)).map(|_| dice.pick(&of_client)).collect();
            picked.sort_unstable();
            picked.dedup();
            let sites = (0..dice.below(2)).map(|_| client.sites[dice.below(client.sites.len())].id).collect();
            Reach::Selected(Selection {
                projects: Bounded::new(picked).map_err(|_| "projects")?,
                sites: Bounded::new(sites).map_err(|_| "sites")?,
            })
        };
        standings.push(ClientAccess { client: client.id, role, reach });
    }
    Ok(Principal {
        id,
        side: PrincipalSide::User { clients: standings },
        access: Access::Active,
        must_change_password: false,
        locale: None,
    })
}
