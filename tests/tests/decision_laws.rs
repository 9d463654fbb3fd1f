//! Laws of decisions: a filter and a question say the same, and what a list shows is what may be seen.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::too_many_lines
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use conformance::{Door, World as Story};
use proptest::prelude::*;
use serde_json::{Value, json};
use staffgate::store::{ChangeSet, CommandRecord, Key, MemoryStore, Put, Read, Store, Tenant};
use uuid::Uuid;

/// One world's rows of the kinds that are multiplied, as a story made them.
struct Moulds {
    agency: String,
    rows: Vec<(&'static str, String, Value)>,
}

const USER: u128 = 0x0a00;
const CLIENTS: [u128; 2] = [0x0b01, 0x0b02];

fn id(number: u128) -> String {
    Uuid::from_u128(number).to_string()
}

/// A gate, an agency, a user, a shift, a project and a mandate, to make worlds from.
static MOULDS: LazyLock<Moulds> = LazyLock::new(|| {
    let world = Story::after("access_reach").unwrap();
    let tenant = Tenant::new(world.agency());
    let agency = world.agency().to_owned();
    let named = |name: &str| world.id(name).as_str().unwrap().to_owned();
    let kept = [
        ("gate", agency.clone()),
        ("agency", agency.clone()),
        ("shift", named("shift")),
        ("project", named("project")),
        ("mandate", named("mandate")),
    ];
    let rows = kept.map(|(kind, id)| {
        let read = Read::Point(Key::new(&tenant, kind, id.clone()));
        let rows = Store::load(world.store(), &[read]).unwrap();
        (kind, id, serde_json::from_str(&rows[0][0].body).unwrap())
    });
    Moulds { agency, rows: rows.into() }
});

/// A shift, project or mandate: which of few projects and sites, and whose.
#[derive(Clone, Debug)]
struct Thing {
    client: usize,
    project: u8,
    site: u8,
    is_own: bool,
    at: u8,
}

/// Selected projects and sites; none if everything is within reach.
type Limits = Option<(Vec<u8>, Vec<u8>)>;
/// Role and reach at a client; none if the user does not belong to it.
type Standing = Option<(&'static str, Limits)>;

/// A project: whose, the sites of its schedules, and whether its client's people may know of it.
#[derive(Clone, Debug)]
struct Plan {
    client: usize,
    sites: Vec<u8>,
    shared: bool,
}

#[derive(Clone, Debug)]
struct World {
    shifts: Vec<Thing>,
    mandates: Vec<Thing>,
    projects: Vec<Plan>,
    /// Role and reach at each client; none if the user does not belong to it.
    standings: Vec<Standing>,
    page: u32,
}

const PROJECTS: u8 = 5;
const SITES: u8 = 4;

fn thing() -> impl Strategy<Value = Thing> {
    (0..2_usize, 0..PROJECTS, 0..SITES, any::<bool>(), 0..4_u8)
        .prop_map(|(client, project, site, is_own, at)| Thing { client, project, site, is_own, at })
}

fn plan() -> impl Strategy<Value = Plan> {
    (0..2_usize, proptest::collection::vec(0..SITES, 1..3), proptest::bool::weighted(0.75))
        .prop_map(|(client, sites, shared)| Plan { client, sites, shared })
}

fn standing() -> impl Strategy<Value = Standing> {
    let few =
        |most: u8| proptest::collection::btree_set(0..most, 0..3).prop_map(|set| set.into_iter().collect());
    let reach = proptest::option::weighted(0.8, (few(PROJECTS), few(SITES)));
    let role = prop::sample::select(vec![
        "administrator",
        "orderer",
        "viewer",
        "00000000-0000-4000-8000-0000000000ff",
    ]);
    proptest::option::weighted(0.8, (role, reach))
}

fn world() -> impl Strategy<Value = World> {
    (
        proptest::collection::vec(thing(), 0..14),
        proptest::collection::vec(thing(), 0..14),
        proptest::collection::vec(plan(), PROJECTS as usize),
        proptest::collection::vec(standing(), 2),
        1..6_u32,
    )
        .prop_map(|(shifts, mandates, projects, standings, page)| World {
            shifts,
            mandates,
            projects,
            standings,
            page,
        })
}

fn project_id(number: u8) -> String {
    id(0x1000 + u128::from(number))
}

/// Sites of one client; the other's have other ids.
fn site_id(client: usize, number: u8) -> String {
    id(0x2000 + (client as u128) * 0x100 + u128::from(number))
}

impl World {
    /// A project's client decides that of what is in it.
    fn client_of(&self, thing: &Thing) -> usize {
        self.projects[thing.project as usize].client
    }

    fn is_shared(&self, project: u8) -> bool {
        self.projects[project as usize].shared
    }

    fn store(&self) -> MemoryStore {
        let mut puts = Vec::new();
        let mut put = |kind: &'static str, id: String, columns: Value, body: Value| {
            let columns = columns.as_object().unwrap().iter();
            let columns = columns
                .map(|(name, value)| (name.clone().into(), serde_json::from_value(value.clone()).unwrap()));
            puts.push(Put {
                tenant: Tenant::new(&MOULDS.agency),
                kind: kind.into(),
                id,
                columns: columns.collect(),
                body: body.to_string(),
            });
        };
        let mould = |kind: &str| MOULDS.rows.iter().find(|row| row.0 == kind).unwrap();
        for kind in ["gate", "agency"] {
            let (_, id, body) = mould(kind);
            put(mould(kind).0, id.clone(), json!({}), body.clone());
        }
        let clients: Vec<Value> = self
            .standings
            .iter()
            .zip(CLIENTS)
            .filter_map(|(standing, client)| {
                let (role, reach) = standing.clone()?;
                let at = usize::from(client == CLIENTS[1]);
                let reach = match reach {
                    None => json!({ "reach": "everything" }),
                    Some((projects, sites)) => json!({
                        "reach": "selected",
                        // What is selected is the client's own: `users.set_access` takes nothing else.
                        "projects": projects.into_iter().filter(|one| self.projects[usize::from(*one)].client == at).map(project_id).collect::<Vec<_>>(),
                        "sites": sites.into_iter().map(|site| site_id(at, site)).collect::<Vec<_>>(),
                    }),
                };
                Some(json!({ "client": id(client), "role": role, "reach": reach }))
            })
            .collect();
        let principal =
            json!({ "id": id(USER), "side": "user", "clients": clients, "access": "active", "locale": null });
        put("principal", id(USER), json!({}), principal);
        for (number, Plan { client, sites, shared }) in self.projects.iter().enumerate() {
            let mut body = mould("project").2.clone();
            let (own, client_id) = (project_id(number as u8), id(CLIENTS[*client]));
            body["id"] = json!(own);
            body["client"] = json!(client_id);
            body["shared"] = json!(shared);
            body["created_at"] = json!(format!("2026-09-01T08:00:0{}Z", number % 3));
            let schedule = body["schedules"][0].clone();
            let schedules = sites.iter().map(|site| {
                let mut schedule = schedule.clone();
                schedule["site"] = json!(site_id(*client, *site));
                schedule
            });
            body["schedules"] = schedules.collect();
            let created = millis(body["created_at"].as_str().unwrap());
            let mut columns = json!({ "owner": client_id, "created_at": created });
            if *shared {
                columns["client"] = json!(client_id);
            }
            put("project", own.clone(), columns, body.clone());
            let keys: BTreeSet<String> =
                sites.iter().map(|site| site_id(*client, *site)).chain([own.clone()]).collect();
            for key in keys {
                let place =
                    json!({ "key": key, "project": own, "created_at": body["created_at"], "shared": shared });
                let mut columns = json!({ "created_at": created });
                if *shared {
                    columns["key"] = json!(key);
                }
                put("project_place", format!("{key}/{own}"), columns, place);
            }
        }
        for (number, thing) in self.shifts.iter().enumerate() {
            let mut body = mould("shift").2.clone();
            let client = self.client_of(thing);
            let start = format!("2026-09-2{}T16:00:00Z", thing.at);
            body["id"] = json!(id(0x3000 + number as u128));
            body["client"] = json!(id(CLIENTS[client]));
            body["project"] = json!(project_id(thing.project));
            body["site"] = json!(site_id(client, thing.site));
            body["starts_at"] = json!(start);
            body["shared"] = json!(self.is_shared(thing.project));
            let mut columns =
                json!({ "owner": body["client"], "project": body["project"], "starts_at": millis(&start) });
            // What a client's people are given goes by these.
            if self.is_shared(thing.project) {
                columns["client"] = body["client"].clone();
                columns["seen_in"] = body["project"].clone();
                columns["site"] = body["site"].clone();
            }
            put("shift", id(0x3000 + number as u128), columns, body);
        }
        for (number, thing) in self.mandates.iter().enumerate() {
            let mut body = mould("mandate").2.clone();
            // Some stand in a project, some by themselves.
            let in_project = thing.at % 2 == 0;
            let client = if in_project { self.client_of(thing) } else { thing.client };
            let at = format!("2026-09-01T0{}:00:00Z", thing.at);
            body["id"] = json!(id(0x4000 + number as u128));
            body["client"] = json!(id(CLIENTS[client]));
            let is_hidden = in_project && !self.is_shared(thing.project);
            body["project"] = if in_project { json!(project_id(thing.project)) } else { Value::Null };
            body["project_hidden"] = json!(is_hidden);
            for revision in body["revisions"].as_array_mut().unwrap() {
                revision["request"]["site"] = json!(site_id(client, thing.site));
            }
            body["submitted_by"] = json!(if thing.is_own { id(USER) } else { id(USER + 1) });
            body["submitted_at"] = json!(at);
            let mut columns = json!({
                "client": body["client"], "state": body["state"], "site": site_id(client, thing.site),
                "submitted_by": body["submitted_by"], "submitted_at": millis(&at),
            });
            if in_project {
                let project = project_id(thing.project);
                columns["project"] = json!(if is_hidden { format!("hidden/{project}") } else { project });
            }
            put("mandate", id(0x4000 + number as u128), columns, body);
        }
        let store = MemoryStore::default();
        let command = CommandRecord { fingerprint: String::new(), reply: String::new() };
        let changes = ChangeSet {
            tenant: Tenant::new(&MOULDS.agency),
            command_id: "world".to_owned(),
            command,
            expect: Vec::new(),
            puts,
            deletes: Vec::new(),
            claims: Vec::new(),
            events: Vec::new(),
        };
        Store::commit(&store, &changes).unwrap();
        store
    }
}

fn millis(text: &str) -> i64 {
    staffgate::values::Instant::parse(text).unwrap().millis()
}

fn ask(store: &MemoryStore, operation: &str, input: &Value) -> Option<(Value, u32)> {
    let request = json!({
        "context": { "agency": MOULDS.agency, "actor": { "as": "user", "id": id(USER) }, "now": "2026-09-10T08:00:00Z" },
        "operation": operation,
        "input": input,
    });
    let reply = Door::call(store, request.to_string().as_bytes()).ok()?;
    Some((serde_json::from_str(reply.json()).unwrap(), reply.rounds))
}

/// Every id that a list shows, walked page by page; none where the list is refused.
fn listed(store: &MemoryStore, operation: &str, client: u128, page: u32) -> Vec<String> {
    let mut found = Vec::new();
    let mut after = Value::Null;
    loop {
        let input = json!({ "client": id(client), "page": { "limit": page, "after": after } });
        let Some((reply, _)) = ask(store, operation, &input) else { return found };
        for item in reply["items"].as_array().unwrap() {
            found.push(item["id"].as_str().unwrap().to_owned());
        }
        after = reply["next"].clone();
        if after.is_null() {
            return found;
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What the filter lets through, judged by itself.
fn passes(filter: &Value, client: &str, project: Option<&str>, sites: &[String], own: bool) -> bool {
    let holds = |list: &Value, id: &str| list.as_array().unwrap().iter().any(|one| one == id);
    filter["clients"].as_array().unwrap().iter().filter(|one| one["client"] == client).any(|one| {
        one["everything"] == true
            || project.is_some_and(|project| holds(&one["projects"], project))
            || sites.iter().any(|site| holds(&one["sites"], site))
            || (own && one["own"] == true)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn b15_lists_filters_and_questions_agree(world in world()) {
        let store = world.store();
        for (kind, permission, operation, count, base) in [
            ("shifts", "view_shifts", "my_shifts.list", world.shifts.len(), 0x3000_u128),
            ("projects", "view_shifts", "my_projects.list", PROJECTS as usize, 0x1000),
            ("mandates", "view_orders", "my_mandates.list", world.mandates.len(), 0x4000),
        ] {
            let mut shown = Vec::new();
            for client in CLIENTS {
                shown.extend(listed(&store, operation, client, world.page));
            }
            let distinct: BTreeSet<String> = shown.iter().cloned().collect();
            prop_assert_eq!(distinct.len(), shown.len(), "nothing is shown twice");

            let object = |number: usize| json!({ "kind": kind.trim_end_matches('s'), "id": id(base + number as u128) });
            // One more, which does not exist.
            let questions: Vec<Value> =
                (0..=count).map(|number| json!({ "permission": permission, "object": object(number) })).collect();
            let (reply, rounds) = ask(&store, "access.can", &json!({ "questions": questions })).unwrap();
            let answers = reply["answers"].as_array().unwrap();
            let (plain, _) = ask(&store, "access.allowed", &json!({ "questions": questions })).unwrap();
            let (filter, _) = ask(&store, "access.visible", &json!({ "kind": kind })).unwrap();
            prop_assert!(rounds <= 2, "{rounds} rounds");
            let nothing = &answers[count];
            prop_assert_eq!(&nothing["allowed"], &json!(false));
            for number in 0..count {
                let own_id = id(base + number as u128);
                let is_shown = distinct.contains(&own_id);
                let answer = &answers[number];
                prop_assert_eq!(&answer["allowed"], &json!(is_shown), "{} {} {:?}", kind, own_id, answer);
                prop_assert_eq!(&plain["allowed"][number], &json!(is_shown));
                // What is out of reach is answered like what is not there; only who may see it hears of their role.
                prop_assert!(is_shown || answer == nothing || answer["rule"] == "role_lacks");
                let row = &Store::load(&store, &[Read::Point(Key::new(&Tenant::new(&MOULDS.agency), kind_of(kind), own_id.clone()))]).unwrap()[0][0];
                let body: Value = serde_json::from_str(&row.body).unwrap();
                // An unshared project and its shifts are nowhere for a client's people, whatever the filter holds; an
                // order stays where it was placed, in no project.
                let is_somewhere = kind == "mandates" || body["shared"] == true;
                let (project, sites, own) = match kind {
                    "shifts" => (Some(text(&body["project"])), vec![text(&body["site"])], false),
                    "projects" => {
                        let schedules = body["schedules"].as_array().unwrap().iter();
                        (Some(own_id.clone()), schedules.map(|one| text(&one["site"])).collect(), false)
                    }
                    _ => {
                        let last = body["revisions"].as_array().unwrap().last().unwrap();
                        let project = body["project"].as_str().filter(|_| body["project_hidden"] != true).map(ToOwned::to_owned);
                        (project, vec![text(&last["request"]["site"])], body["submitted_by"] == id(USER))
                    }
                };
                let passed = is_somewhere && passes(&filter, &text(&body["client"]), project.as_deref(), &sites, own);
                prop_assert_eq!(passed, is_shown, "the filter: {} {}", kind, own_id);
            }
        }
    }
}

fn kind_of(kind: &str) -> &'static str {
    match kind {
        "shifts" => "shift",
        "projects" => "project",
        _ => "mandate",
    }
}
