//! Pages of shifts in order, and C13: figures that equal counting the lists.

use serde_json::{Value, json};
use staffgate::Actor;
use staffgate::codes::Code;
use staffgate::values::ShiftId;
use uuid::Uuid;

use crate::world::{ANNA, GALA, HOTEL, MORNING, NIGHT, NOW, OVEN, PLANNER, READER, World, shift};

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

fn texts(shifts: &[ShiftId]) -> Vec<String> {
    shifts.iter().map(ToString::to_string).collect()
}

#[test]
fn shifts_come_by_start_of_a_client_a_project_or_all() {
    let world = World::new();
    let list = |actor: Actor, name: &str, input: Value| ids(&world.ok(actor, NOW, name, input));
    assert_eq!(list(READER, "shifts.list", json!({})), texts(&[NIGHT, OVEN, MORNING]));
    assert_eq!(list(READER, "shifts.list", json!({"client": HOTEL})), texts(&[NIGHT, MORNING]));
    assert_eq!(list(ANNA, "my_shifts.list", json!({"client": HOTEL})), texts(&[NIGHT, MORNING]));
    assert_eq!(list(ANNA, "my_shifts.list", json!({"project": GALA})), texts(&[NIGHT, MORNING]));
    // From is inclusive, to is not.
    let window = json!({"client": HOTEL, "from": "2026-10-24T20:00:00Z", "to": "2026-10-25T02:00:00Z"});
    assert_eq!(list(ANNA, "my_shifts.list", window), texts(&[NIGHT]));
    let later = json!({"client": HOTEL, "from": "2026-10-24T20:00:00.001Z"});
    assert_eq!(list(ANNA, "my_shifts.list", later), texts(&[MORNING]));
}

#[test]
fn a_list_needs_to_know_whose() {
    let world = World::new();
    let refused = |input: Value| {
        let refusal = world.run(ANNA, NOW, "my_shifts.list", input).unwrap_err();
        (refusal.code, refusal.path.unwrap_or_default())
    };
    assert_eq!(refused(json!({})), (Code::FieldMissing, "client".into()));
    assert_eq!(refused(json!({"client": HOTEL, "project": GALA})), (Code::NotOneOf, "project".into()));
    assert_eq!(
        refused(json!({"client": HOTEL, "page": {"limit": 1001}})),
        (Code::OutOfRange, "page.limit".into())
    );
}

#[test]
fn a_page_goes_on_where_the_last_one_ended_in_one_round() {
    let world = World::new();
    for number in 0..25_u128 {
        let id = ShiftId::new(Uuid::from_u128(0x2000 + number));
        world.put(&shift(id, HOTEL, GALA, "2026-11-24T22:00", "2026-11-25T03:00"));
    }
    let (mut found, mut after) = (Vec::new(), Value::Null);
    loop {
        let input = json!({"client": HOTEL, "page": {"limit": 10, "after": after}});
        let reply = world.run(ANNA, NOW, "my_shifts.list", input).unwrap();
        assert_eq!(reply.rounds, 1);
        let page: Value = serde_json::from_str(reply.json()).unwrap();
        found.extend(ids(&page));
        after = page["next"].clone();
        if after.is_null() {
            break;
        }
    }
    let mut sorted = found.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!((found.len(), sorted.len()), (27, 27));

    let page = world.ok(ANNA, NOW, "my_shifts.list", json!({"client": HOTEL, "page": {"limit": 2}}));
    let cursor = page["next"].as_str().unwrap();
    let forged = format!("{}{}", "0".repeat(32), &cursor[32..]);
    let short = &cursor[..40];
    let code = |actor, name: &str, after: &str| {
        let input = json!({"client": HOTEL, "page": {"limit": 2, "after": after}});
        world.run(actor, NOW, name, input).unwrap_err().code
    };
    assert_eq!(code(ANNA, "my_shifts.list", &forged), Code::CursorInvalid);
    assert_eq!(code(ANNA, "my_shifts.list", short), Code::CursorInvalid);
    assert_eq!(code(PLANNER, "my_shifts.list", cursor), Code::CursorInvalid, "another actor's");
    // A cursor of another index has another shape.
    assert_eq!(code(ANNA, "my_projects.list", &forged), Code::CursorInvalid);
    let other = json!({"page": {"after": cursor}});
    assert_eq!(world.run(PLANNER, NOW, "workers.list", other).unwrap_err().code, Code::CursorInvalid);
}

fn sum(items: &[Value], field: &str) -> u64 {
    items.iter().map(|item| item["progress"][field].as_u64().unwrap()).sum()
}

#[test]
fn c13_progress_equals_counting_the_lists() {
    let world = World::new();
    let workers = ["Mara", "Nils", "Oda", "Pia"].map(|name| world.worker(name));
    let there = world.book(NIGHT, 1, &workers[0], "confirmed");
    world.book(NIGHT, 1, &workers[1], "invited");
    world.book(NIGHT, 2, &workers[2], "confirmed");
    let early = world.book(MORNING, 1, &workers[3], "confirmed");
    // The night is running with one of its two on site, and so is one an hour before the morning.
    let check_in = |shift: ShiftId, booking: &Value, at: &str| {
        world.ok(PLANNER, at, "bookings.check_in", json!({"shift": shift, "booking": booking}));
    };
    check_in(NIGHT, &there, "2026-10-24T20:00:00Z");
    let during = "2026-10-24T23:00:00Z";
    let progress = world.ok(ANNA, during, "my_projects.progress", json!({"project": GALA}));
    let expected = json!({"requested": 6, "proposed": 1, "confirmed": 3, "on_site": 1, "done": 0});
    assert_eq!(progress["total"], expected);
    assert_eq!(progress["schedules"][0]["progress"], expected);
    check_in(MORNING, &early, "2026-10-25T01:00:00Z");
    let out = json!({"shift": NIGHT, "booking": there});
    world.ok(PLANNER, "2026-10-25T02:00:00Z", "bookings.check_out", out);
    let after = world.ok(READER, "2026-10-25T02:00:00Z", "projects.progress", json!({"project": GALA}));
    assert_eq!(
        after["total"],
        json!({"requested": 6, "proposed": 1, "confirmed": 3, "on_site": 1, "done": 2})
    );

    for (actor, now, figures) in [(READER, "2026-10-25T02:00:00Z", &after)] {
        let name = if actor == ANNA { "my_shifts.list" } else { "shifts.list" };
        let list = world.ok(actor, now, name, json!({"project": GALA}));
        let items = list["items"].as_array().unwrap();
        for field in ["requested", "proposed", "confirmed", "on_site", "done"] {
            assert_eq!(figures["total"][field], sum(items, field), "{field}");
            assert_eq!(figures["total"][field], sum(figures["shifts"].as_array().unwrap(), field), "{field}");
        }
    }
    // Whoever is on site is in the way of calling a shift off; else it asks for nobody any more.
    let cancel = json!({"shift": MORNING});
    assert_eq!(world.refused(NOW, "shifts.cancel", cancel.clone()).code, Code::BookingState);
    world.plan("bookings.undo_check_in", json!({"shift": MORNING, "booking": early}));
    world.plan("shifts.cancel", cancel);
    let left = world.ok(ANNA, "2026-10-25T02:00:00Z", "my_projects.progress", json!({"project": GALA}));
    assert_eq!(
        left["total"],
        json!({"requested": 3, "proposed": 1, "confirmed": 2, "on_site": 0, "done": 2})
    );
}

#[test]
fn every_read_and_edit_takes_one_round() {
    let world = World::new();
    let worker = world.worker("Mara");
    let booking = world.book(NIGHT, 1, &worker, "confirmed");
    // One position alone: what can be asked of it hangs on nobody's policy.
    let mut whole = shift(MORNING, HOTEL, GALA, "2026-10-25T03:00", "2026-10-25T09:00");
    whole.positions.truncate(1);
    world.put(&whole);
    for (actor, name, input) in [
        (PLANNER, "workers.create", json!({"name": "Nils", "host_id": "w-7"})),
        (PLANNER, "workers.update", json!({"worker": worker, "host_id": "w-8", "archived": false})),
        (READER, "workers.get", json!({"worker": worker})),
        (READER, "workers.list", json!({})),
        (READER, "shifts.get", json!({"shift": NIGHT})),
        (READER, "shifts.list", json!({})),
        (READER, "projects.get", json!({"project": GALA})),
        (READER, "projects.list", json!({"client": HOTEL})),
        (READER, "projects.progress", json!({"project": GALA})),
        (READER, "bookings.attention", json!({"attention": "late"})),
        (READER, "bookings.get_policy", json!({})),
        (ANNA, "my_shifts.get", json!({"shift": MORNING})),
        (ANNA, "my_shifts.list", json!({"client": HOTEL})),
        (ANNA, "my_shifts.list", json!({"project": GALA, "from": "2026-10-25T02:00:00Z"})),
        (ANNA, "my_projects.get", json!({"project": GALA})),
        (ANNA, "my_projects.list", json!({"client": HOTEL})),
        (ANNA, "my_projects.progress", json!({"project": GALA})),
        (PLANNER, "shifts.name_lead", json!({"shift": NIGHT, "booking": booking})),
        (
            PLANNER,
            "shifts.set_tags",
            json!({"shift": NIGHT, "tags": [{"text": "VIP", "visible_to_client": true}]}),
        ),
        (Actor::Operator, "hosts.set_id", json!({"kind": "shift", "id": NIGHT, "host_id": "s-1"})),
        (PLANNER, "shifts.move", json!({"shift": NIGHT, "note": "Black shoes"})),
        (PLANNER, "projects.rename", json!({"project": GALA, "name": "Gala"})),
        (Actor::Operator, "hosts.set_id", json!({"kind": "project", "id": GALA, "host_id": "p-1"})),
        (PLANNER, "projects.publish_team", json!({"project": GALA})),
        (PLANNER, "projects.set_sharing", json!({"project": GALA, "team_immediately": true})),
    ] {
        let reply =
            world.run(actor, NOW, name, input).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
        assert_eq!(reply.rounds, 1, "{name}");
    }
    // Whose policy decides over two positions is known once the shift or the project is loaded.
    assert_eq!(world.run(ANNA, NOW, "my_shifts.get", json!({"shift": NIGHT})).unwrap().rounds, 2);
    assert_eq!(world.run(ANNA, NOW, "my_shifts.list", json!({"project": GALA})).unwrap().rounds, 2);
    // The days of the workers are known once the shift is loaded.
    let moved = json!({"shift": NIGHT, "start": "2026-10-24T21:00"});
    assert_eq!(world.run(PLANNER, NOW, "shifts.move", moved).unwrap().rounds, 2);
    assert_eq!(world.run(PLANNER, NOW, "shifts.cancel", json!({"shift": NIGHT})).unwrap().rounds, 2);
}

#[test]
fn h8_a_host_id_belongs_to_one_record() {
    let world = World::new();
    let host = |input: Value| world.run(Actor::Operator, NOW, "hosts.set_id", input);
    host(json!({"kind": "shift", "id": NIGHT, "host_id": "s-1"})).unwrap();
    let taken = host(json!({"kind": "shift", "id": OVEN, "host_id": "s-1"})).unwrap_err();
    assert_eq!((taken.code, taken.path.as_deref()), (Code::HostIdTaken, Some("host_id")));
    host(json!({"kind": "shift", "id": NIGHT, "host_id": null})).unwrap();
    host(json!({"kind": "shift", "id": OVEN, "host_id": "s-1"})).unwrap();
    assert_eq!(world.plan("shifts.get", json!({"shift": OVEN}))["host_id"], "s-1");
}
