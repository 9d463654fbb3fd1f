//! What members and users are told.

use serde_json::{Value, json};
use staffgate::Actor;

use crate::support::{World, member, no, operator, user};

struct Told {
    world: World,
    client: Value,
    anna: Value,
    paul: Value,
    vera: Value,
}

/// Anna has ordered; Paul has declined; Vera has looked on.
fn told() -> Told {
    let world = World::new();
    let skill = world.ok(operator(), "skills.create", json!({ "name": "Waiter" }))["id"].clone();
    world.ok(operator(), "agencies.set_ordering", json!({ "skills": [skill] }));
    let site = json!({ "name": "Main house", "zone": "Europe/Berlin" });
    let client = world.ok(operator(), "clients.create", json!({ "name": "Astoria", "sites": [site] }));
    let add = |name: &str, locale: &str| {
        let email = format!("{name}@northlight.example");
        let input = json!({ "name": name, "email": email, "role": "planner", "locale": locale });
        world.ok(operator(), "members.add", input)["id"].clone()
    };
    let (paul, vera) = (add("paul", "en"), add("vera", "fr"));
    let anna = world.joined(&client["id"], "Anna");
    let order = json!({
        "name": "Gala", "site": client["sites"][0]["id"],
        "shifts": [{
            "start": "2026-10-01T18:00", "end": "2026-10-01T23:00",
            "positions": [{ "skill": skill, "headcount": 3 }],
        }],
    });
    let submit = json!({ "client": client["id"], "order": order });
    let mandate = world.ok(user(&anna), "mandates.submit", submit);
    let decline = json!({ "mandate": mandate["id"], "revision": 1, "reason": "fully booked" });
    world.ok(member(&paul), "mandates.decline", decline);
    Told { client: client["id"].clone(), world, anna, paul, vera }
}

fn messages(world: &World, actor: Actor, input: Value) -> Vec<String> {
    let page = world.ok(actor, "notifications.list", input);
    page["items"].as_array().unwrap().iter().map(|one| one["message"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn c3_h1_each_is_told_in_their_language_and_not_of_their_own_doing() {
    let Told { world, client, anna, paul, vera } = told();
    assert_eq!(messages(&world, member(&paul), json!({})), ["Astoria has submitted the mandate “Gala”"]);
    let mut french = messages(&world, member(&vera), json!({}));
    french.sort();
    assert_eq!(french, ["Astoria a soumis le mandat « Gala »", "le mandat « Gala » (Astoria) est refusé"]);
    let own = json!({ "client": client });
    assert_eq!(messages(&world, user(&anna), own), ["the mandate “Gala” of Astoria is declined"]);
    assert_eq!(world.no(user(&anna), "notifications.list", json!({})), no("wrong_side", ""));
}

#[test]
fn c3_reading_is_each_readers_own() {
    let Told { world, client, anna, paul, vera } = told();
    let list = world.ok(member(&paul), "notifications.list", json!({}));
    let id = list["items"][0]["id"].clone();
    assert_eq!(list["items"][0]["read"], false);
    let mark = json!({ "notifications": [id] });
    assert_eq!(world.ok(member(&paul), "notifications.mark_read", mark.clone()), json!({ "marked": 1 }));
    assert_eq!(world.ok(member(&paul), "notifications.mark_read", mark), json!({ "marked": 0 }));
    assert_eq!(world.ok(member(&paul), "notifications.list", json!({}))["items"][0]["read"], true);
    let others = world.ok(member(&vera), "notifications.list", json!({}));
    assert!(others["items"].as_array().unwrap().iter().all(|one| one["read"] == false));
    let theirs = json!({ "client": client, "notifications": [id] });
    assert_eq!(world.no(user(&anna), "notifications.mark_read", theirs), no("not_found", ""));
}
