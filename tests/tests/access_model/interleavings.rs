//! Two operations over one store, in every order of their steps: a right that is taken away is gone.
//!
//! Once the revocation is committed, nothing of the other commits any more, and whatever starts afterwards is refused.

use serde_json::{Value, json};
use staffgate::engine::{Answer, Machine, Step};
use staffgate::store::Store;
use staffgate::{Refusal, Reply};

use crate::model::{Access, MadeRole, Reach, RoleName, Session, User, Who};
use crate::world::World;

/// One operation on its way, a step at a time.
struct Running {
    machine: Machine,
    step: Option<Step>,
    /// When it committed, counted in steps of both.
    committed: Option<usize>,
    first_load: Option<usize>,
    result: Option<Result<Reply, Refusal>>,
}

impl Running {
    fn new(machine: Machine) -> Self {
        Self { machine, step: None, committed: None, first_load: None, result: None }
    }

    fn is_done(&self) -> bool {
        self.result.is_some()
    }

    fn go(&mut self, store: &impl Store, moment: usize) {
        let next = match self.step.take() {
            None => self.machine.start(),
            Some(Step::Load(reads)) => {
                self.first_load.get_or_insert(moment);
                self.machine.resume(Answer::of_load(store.load(&reads)))
            }
            Some(Step::Commit(changes)) => {
                let next = self.machine.resume(Answer::of_commit(store.commit(&changes)));
                if matches!(next, Step::Done(Ok(_))) {
                    self.committed = Some(moment);
                }
                next
            }
            Some(Step::Done(_)) => return,
        };
        match next {
            Step::Done(result) => self.result = Some(result),
            step => self.step = Some(step),
        }
    }
}

/// A right that is taken, what uses it, and how it is given back for the next order.
struct Case {
    name: &'static str,
    takes: (Who, &'static str, Value),
    uses: (Who, &'static str, Value),
    restores: (Who, &'static str, Value),
    is_command: bool,
}

#[test]
fn a3_a_right_that_is_taken_away_is_gone_in_every_order_of_steps() {
    let mut world = World::new();
    people(&mut world);
    for case in cases(&world) {
        let mut orders = 0;
        let (mut before, mut after) = (0, 0);
        // Each bit says whose step is next; what is left when one is done goes to the other.
        for order in 0..(1_u32 << 9) {
            let ended = one_order(&mut world, &case, order);
            orders += 1;
            before += usize::from(ended);
            after += usize::from(!ended);
            let (who, name, input) = &case.restores;
            world.call(*who, name, input).unwrap_or_else(|code| panic!("{}: {code}", case.name));
        }
        assert!(before > 0 && after > 0, "{}: {before} of {orders} came first, {after} did not", case.name);
    }
}

/// Whether the use of the right got through.
fn one_order(world: &mut World, case: &Case, order: u32) -> bool {
    let (who, name, input) = &case.takes;
    let mut takes = Running::new(world.machine(*who, name, input));
    let (who, name, input) = &case.uses;
    let mut uses = Running::new(world.machine(*who, name, input));
    let mut moment = 0;
    while !(takes.is_done() && uses.is_done()) {
        let taker_next = uses.is_done() || (!takes.is_done() && order >> moment.min(31) & 1 == 0);
        let next = if taker_next { &mut takes } else { &mut uses };
        next.go(world.store(), moment);
        moment += 1;
    }
    assert!(matches!(takes.result, Some(Ok(_))), "{}: {:?}", case.name, takes.result);
    let gone = takes.committed.unwrap();
    let got_through = matches!(uses.result, Some(Ok(_)));
    if got_through && case.is_command {
        assert!(uses.committed.unwrap() < gone, "{}: committed after the right was gone", case.name);
    }
    if got_through {
        assert!(uses.first_load.unwrap() < gone, "{}: began after the right was gone", case.name);
    }
    // Whoever comes afterwards finds nothing, whatever the order was.
    let (who, name, input) = &case.uses;
    assert!(world.call(*who, name, input).is_err(), "{}: still there afterwards", case.name);
    got_through
}

/// Anna is the client's administrator, Otto orders there, Ida has a role of the agency's making; Mia is in Otto's
/// place.
fn people(world: &mut World) {
    for (name, right) in [("Orders", "place_orders"), ("Shifts", "view_shifts")] {
        let role = json!({ "name": name, "side": "client", "permissions": [right] });
        let made = world.call(Who::Operator, "roles.create", &role).unwrap();
        let id = made["role"].as_str().unwrap().to_owned();
        let holds = std::iter::once(right).collect();
        let (client, of_agency, gone) = (None, false, false);
        world.model.roles.push(MadeRole { id, name: name.to_owned(), client, of_agency, holds, gone });
    }
    let roles = [RoleName::Always("administrator"), RoleName::Always("orderer"), RoleName::Made(1)];
    for (email, role) in roles.into_iter().enumerate() {
        let input = json!({
            "client": world.clients[0], "name": "Anna", "email": format!("anna{email}@astoria.example"),
            "role": world.role(role),
            "delivery": { "base_url": "https://portal.northlight.example/", "send_now": true },
        });
        let made = world.call(Who::Operator, "users.create", &input).unwrap();
        let join = json!({ "token": made["token"], "password": "seven purple lanterns" });
        world.as_guest("users.join", &join).unwrap();
        let id = made["user"].as_str().unwrap().to_owned();
        let at = std::iter::once((0, (role, Reach::All))).collect();
        world.model.users.push(User { id, email, access: Access::Active, joined: true, at, link: None });
    }
    let input = json!({ "user": world.model.users[1].id, "reason": "they asked", "read_only": false });
    let started = world.call(Who::Member(0), "impersonations.start", &input).unwrap();
    let id = started["id"].as_str().unwrap().to_owned();
    world.model.sessions.push(Session { id, user: 1, by: 0, reads_only: false, ends: 15, ended: false });
}

fn cases(world: &World) -> Vec<Case> {
    let client = &world.clients[0];
    let otto = &world.model.users[1].id;
    let planner = &world.model.members[1].id;
    let (user, operator) = (Who::User(1), Who::Operator);
    let looks = |who| (who, "my_shifts.list", json!({ "client": client }));
    let access = |role: &str| json!({ "user": otto, "client": client, "role": role });
    let (orders, shifts) = (&world.model.roles[0].id, &world.model.roles[1].id);
    let reads = |name, takes, restores| Case { name, takes, uses: looks(user), restores, is_command: false };
    // A command of a client's person that changes nothing that others look at: marking nothing as read.
    let marks = || (user, "notifications.mark_read", json!({ "client": client, "notifications": [] }));
    let writes = |name, takes, restores| Case { name, takes, uses: marks(), restores, is_command: true };
    let holds = |permissions: &[&str]| json!({ "role": shifts, "permissions": permissions });
    vec![
        reads(
            "deactivated, reading",
            (operator, "users.deactivate", json!({ "user": otto })),
            (operator, "users.reactivate", json!({ "user": otto })),
        ),
        writes(
            "deactivated, writing",
            (operator, "users.deactivate", json!({ "user": otto })),
            (operator, "users.reactivate", json!({ "user": otto })),
        ),
        writes(
            "the client's access ended",
            (operator, "clients.deactivate_access", json!({ "client": client })),
            (operator, "clients.reactivate_access", json!({ "client": client })),
        ),
        reads(
            "another role from the client's administrator",
            (Who::User(0), "users.set_access", access(orders)),
            (Who::User(0), "users.set_access", access("orderer")),
        ),
        Case {
            name: "a member demoted while planning",
            takes: (operator, "members.set_role", json!({ "member": planner, "role": "viewer" })),
            uses: (Who::Member(1), "workers.create", json!({ "name": "Ada", "skills": [] })),
            restores: (operator, "members.set_role", json!({ "member": planner, "role": "planner" })),
            is_command: true,
        },
        Case {
            name: "a member deactivated while planning",
            takes: (operator, "members.deactivate", json!({ "member": planner })),
            uses: (Who::Member(1), "workers.create", json!({ "name": "Ada", "skills": [] })),
            restores: (operator, "members.reactivate", json!({ "member": planner })),
            is_command: true,
        },
        Case {
            name: "the user deactivated while somebody is in their place",
            takes: (operator, "users.deactivate", json!({ "user": otto })),
            uses: (
                Who::Instead { session: 0, user: 1, by: 0 },
                "notifications.mark_read",
                json!({ "client": client, "notifications": [] }),
            ),
            restores: (operator, "users.reactivate", json!({ "user": otto })),
            is_command: true,
        },
        Case {
            name: "the role emptied",
            takes: (operator, "roles.update", holds(&[])),
            uses: looks(Who::User(2)),
            restores: (operator, "roles.update", holds(&["view_shifts"])),
            is_command: false,
        },
    ]
}
