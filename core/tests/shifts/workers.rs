//! Workers: what is kept of them, and that a new phone reaches the shifts ahead.

use serde_json::{Value, json};
use staffgate::codes::Code;

use crate::world::{MORNING, NIGHT, NOW, PLANNER, READER, World};

fn phones(world: &World, now: &str) -> Vec<Value> {
    let page = world.ok(READER, now, "shifts.list", json!({}));
    let positions =
        page["items"].as_array().unwrap().iter().flat_map(|shift| shift["positions"].as_array().unwrap());
    positions.flat_map(|p| p["bookings"].as_array().unwrap()).map(|b| b["phone"].clone()).collect()
}

#[test]
fn a_new_phone_reaches_the_shifts_that_have_not_ended() {
    let world = World::new();
    let mara = world.worker("Mara");
    world.book(NIGHT, 1, &mara, "confirmed");
    world.book(MORNING, 1, &mara, "confirmed");
    let during_the_morning = "2026-10-25T02:00:00Z";
    let input = json!({"worker": mara, "phone": "+49 30 777"});
    world.ok(PLANNER, during_the_morning, "workers.update", input);
    assert_eq!(phones(&world, during_the_morning), ["+49 30 5550100", "+49 30 777"]);
    assert_eq!(world.plan("workers.get", json!({"worker": mara}))["phone"], "+49 30 777");
}

#[test]
fn workers_come_by_name_and_stay_when_archived() {
    let world = World::new();
    let [oda, mara] = ["Oda", "Mara"].map(|name| world.worker(name));
    world.plan("workers.update", json!({"worker": oda, "archived": true, "name": "Oda Berg"}));
    let list = world.ok(READER, NOW, "workers.list", json!({}));
    let found: Vec<_> =
        list["items"].as_array().unwrap().iter().map(|w| (&w["id"], &w["archived"])).collect();
    assert_eq!(found, [(&mara, &json!(false)), (&oda, &json!(true))]);
}

#[test]
fn a_skill_that_does_not_exist_is_refused_at_its_place() {
    let world = World::new();
    let skill = world.ok(PLANNER, NOW, "skills.create", json!({"name": "Waiter"}))["id"].clone();
    let worker = world.plan("workers.create", json!({"name": "Mara", "skills": [skill, skill]}));
    assert_eq!(worker["skills"], json!([skill]));
    let unknown = json!({"name": "Nils", "skills": [skill, NIGHT]});
    let refusal = world.refused(NOW, "workers.create", unknown);
    assert_eq!((refusal.code, refusal.path.as_deref()), (Code::SkillUnknown, Some("skills[1]")));
}
