//! How many loads each operation takes: one for most, never more than three.

use std::fmt::Write as _;

use serde_json::{Value, json};
use staffgate::Actor;

use crate::support::{PASSWORD, World, delivery, join, operator, user};

struct Counter {
    world: World,
    table: String,
}

impl Counter {
    #[track_caller]
    fn takes(&mut self, rounds: u32, actor: Actor, name: &str, input: Value) -> Value {
        let reply = match self.world.reply(&self.world.call(actor), name, &input) {
            Ok(reply) => reply,
            Err(refusal) => panic!("{name}: {refusal:?}"),
        };
        writeln!(self.table, "{name}: {}", reply.rounds).unwrap();
        assert_eq!((reply.rounds, reply.attempts), (rounds, 1), "{name}");
        serde_json::from_str(reply.json()).unwrap()
    }
}

#[test]
#[allow(clippy::print_stdout, clippy::too_many_lines)]
fn h6_loads_per_operation() {
    let mut of = Counter { world: World::new(), table: String::new() };
    let op = operator;
    let skill = of.takes(1, op(), "skills.create", json!({ "name": "Waiter" }))["id"].clone();
    of.takes(1, op(), "agencies.set_ordering", json!({ "skills": [skill] }));
    let paul = json!({ "name": "Paul", "email": "p@northlight.example", "role": "planner" });
    let paul = of.takes(1, op(), "members.add", paul)["id"].clone();
    of.takes(1, op(), "members.list", json!({}));
    of.takes(1, op(), "members.set_role", json!({ "member": paul, "role": "viewer" }));
    of.takes(1, op(), "members.deactivate", json!({ "member": paul }));
    of.takes(1, op(), "members.reactivate", json!({ "member": paul }));
    of.takes(1, op(), "terms.publish", json!({ "title": "Terms", "text": "Pay." }));
    of.takes(2, op(), "terms.current", json!({}));
    of.takes(1, op(), "terms.list", json!({}));
    let words =
        json!({ "kind": "invitation", "locale": "en", "subject": "s", "text": "{link}", "html": "{link}" });
    of.takes(1, op(), "email_templates.set", words);
    of.takes(1, op(), "email_templates.get", json!({ "kind": "invitation", "locale": "en" }));
    let client = of.takes(1, op(), "clients.create", json!({ "name": "Astoria" }))["id"].clone();
    let site = json!({ "client": client, "site": { "name": "Main", "zone": "Europe/Berlin" } });
    let site = of.takes(1, op(), "sites.add", site)["sites"][0]["id"].clone();
    of.takes(1, op(), "sites.update", json!({ "client": client, "site": site, "name": "House" }));
    of.takes(1, op(), "clients.update", json!({ "client": client, "name": "Grand Astoria" }));
    of.takes(1, op(), "clients.list", json!({}));
    of.takes(1, op(), "clients.get", json!({ "client": client }));
    of.takes(
        1,
        op(),
        "clients.set_ordering",
        json!({ "client": client, "ordering": "on", "skills": [skill] }),
    );
    of.takes(1, op(), "clients.set_auto_accept", json!({ "client": client, "on": true }));
    of.takes(1, op(), "clients.set_sharing", json!({ "client": client, "team_immediately": true }));
    let enable = json!({ "client": client, "delivery": delivery() });
    let token = of.takes(1, op(), "clients.enable_access", enable)["token"].clone();
    of.takes(2, Actor::Guest, "users.preview_link", json!({ "token": token }));
    let anna = of.takes(2, Actor::Guest, "users.join", join(&token, "Anna"))["user"].clone();
    of.takes(2, user(&anna), "clients.get", json!({ "client": client }));
    of.takes(1, user(&anna), "notifications.list", json!({ "client": client }));
    of.takes(1, user(&anna), "notifications.mark_read", json!({ "client": client, "notifications": [] }));
    let bert = json!({
        "client": client, "name": "Bert", "email": "bert@hotel.example", "role": "viewer", "delivery": delivery(),
    });
    let bert = of.takes(1, op(), "users.create", bert)["user"].clone();
    let invite = json!({ "user": bert, "client": client, "delivery": delivery() });
    let token = of.takes(2, op(), "users.invite", invite)["token"].clone();
    of.takes(2, Actor::Guest, "users.join", json!({ "token": token, "password": PASSWORD }));
    of.takes(2, op(), "users.list", json!({ "client": client }));
    of.takes(1, op(), "users.get", json!({ "user": anna }));
    of.takes(1, op(), "users.rename", json!({ "user": anna, "email": "a@hotel.example" }));
    of.takes(1, op(), "users.deactivate", json!({ "user": bert }));
    of.takes(1, op(), "users.reactivate", json!({ "user": bert }));
    let temporary = "yellow boat 7 sails";
    of.takes(2, op(), "users.set_temporary_password", json!({ "user": anna, "password": temporary }));
    let change = json!({ "current": temporary, "password": "green tea at nine" });
    of.takes(2, user(&anna), "users.change_password", change);
    let show = json!({ "email": "a@hotel.example", "password": "green tea at nine" });
    of.takes(2, Actor::Guest, "users.verify_password", show.clone());
    let policy = json!({ "idle_minutes": 20 });
    of.takes(1, op(), "sessions.set_policy", policy);
    of.takes(1, op(), "sessions.get_policy", json!({}));
    of.takes(1, op(), "sessions.set_hash_cost", json!({ "memory_kib": 20480, "passes": 2, "lanes": 1 }));
    let token = of.takes(2, Actor::Guest, "sessions.sign_in", show)["token"].clone();
    let session = of.takes(1, Actor::Guest, "sessions.check", json!({ "token": token }))["session"].clone();
    of.takes(1, Actor::Guest, "sessions.touch", json!({ "token": token }));
    of.takes(1, user(&anna), "sessions.list", json!({}));
    of.takes(1, user(&anna), "sessions.end", json!({ "session": session }));
    of.takes(1, op(), "sessions.end_all", json!({ "user": anna }));
    let enrol = json!({ "password": "green tea at nine" });
    of.takes(2, user(&anna), "users.enrol_second_factor", enrol.clone());
    of.takes(1, user(&anna), "users.get_second_factor", json!({}));
    of.takes(2, user(&anna), "users.disable_second_factor", enrol);
    of.takes(2, Actor::Guest, "users.request_password_reset", json!({ "email": "a@hotel.example" }));
    of.takes(1, op(), "users.start_password_reset", json!({ "user": anna }));
    let mail = json!({ "email": "a@hotel.example", "base_url": "https://portal.northlight.example/reset" });
    let token = of.takes(2, op(), "users.password_reset_mail", mail)["token"].clone();
    of.takes(1, Actor::Guest, "users.preview_password_reset", json!({ "token": token }));
    let reset = json!({ "token": token, "password": "blue coffee at ten" });
    of.takes(2, Actor::Guest, "users.reset_password", reset);
    of.takes(1, op(), "hosts.set_id", json!({ "kind": "client", "id": client, "host_id": "c1" }));
    of.takes(1, op(), "hosts.find", json!({ "kind": "client", "host_id": "c1" }));
    of.takes(2, op(), "hosts.upsert", json!({ "clients": [{ "host_id": "c1", "name": "Astoria" }] }));
    of.takes(1, op(), "events.read", json!({}));
    of.takes(1, op(), "history.of", json!({ "kind": "user", "id": anna }));
    of.takes(1, op(), "history.verify", json!({}));
    println!("loads per operation\n{}", of.table);
}
