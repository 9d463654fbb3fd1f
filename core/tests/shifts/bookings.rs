//! C20: the life of bookings, and that nobody is booked twice for the same time.

use serde_json::{Value, json};
use staffgate::codes::Code;

use crate::world::{ANNA, MORNING, NIGHT, NOW, OVEN, PLANNER, READER, World, position};

fn booking(world: &World, name: &str, shift: staffgate::values::ShiftId, booking: &Value) -> Value {
    world.plan(name, json!({"shift": shift, "booking": booking}))
}

#[test]
fn c20_a_booking_is_invited_confirmed_and_cancelled() {
    let world = World::new();
    let mara = world.worker("Mara");
    let input = json!({"shift": NIGHT, "position": position(NIGHT, 1), "worker": mara, "pay": "17.50"});
    let booked = world.plan("bookings.book", input);
    assert_eq!(
        (&booked["state"], &booked["pay"], &booked["name"]),
        (&json!("invited"), &json!("17.50"), &json!("Mara"))
    );
    assert_eq!(booking(&world, "bookings.confirm", NIGHT, &booked["id"])["state"], "confirmed");
    let twice = world.refused(NOW, "bookings.confirm", json!({"shift": NIGHT, "booking": booked["id"]}));
    assert_eq!(twice.code, Code::BookingState);
    assert_eq!(booking(&world, "bookings.cancel", NIGHT, &booked["id"])["state"], "cancelled");
    // The time is free again.
    world.book(OVEN, 1, &mara, "confirmed");
}

#[test]
fn c20_an_invited_worker_declines() {
    let world = World::new();
    let mara = world.worker("Mara");
    let first = world.book(NIGHT, 1, &mara, "invited");
    assert_eq!(booking(&world, "bookings.decline", NIGHT, &first)["state"], "declined");
    world.book(NIGHT, 1, &mara, "invited");
    let shift = world.plan("shifts.get", json!({"shift": NIGHT}));
    let states: Vec<_> =
        shift["positions"][0]["bookings"].as_array().unwrap().iter().map(|b| &b["state"]).collect();
    assert_eq!(states, ["declined", "invited"]);
}

#[test]
fn c20_no_worker_is_booked_twice_for_the_same_time_at_any_client() {
    let world = World::new();
    let mara = world.worker("Mara");
    world.book(NIGHT, 1, &mara, "invited");
    let place = |shift, place| json!({"shift": shift, "position": position(shift, place), "worker": mara});
    let busy = world.refused(NOW, "bookings.book", place(OVEN, 1));
    assert_eq!(busy.code, Code::WorkerBusy);
    assert!(busy.details.contains(&("shift", NIGHT.to_string())), "{busy:?}");
    assert_eq!(world.refused(NOW, "bookings.book", place(NIGHT, 2)).code, Code::WorkerBusy);
    // The night ends at the instant at which the morning starts.
    world.book(MORNING, 1, &mara, "confirmed");
}

#[test]
fn c20_a_position_takes_no_more_than_its_headcount() {
    let world = World::new();
    let [one, two, three] = ["Mara", "Nils", "Oda"].map(|name| world.worker(name));
    let first = world.book(NIGHT, 1, &one, "invited");
    world.book(NIGHT, 1, &two, "confirmed");
    let input = json!({"shift": NIGHT, "position": position(NIGHT, 1), "worker": three});
    assert_eq!(world.refused(NOW, "bookings.book", input).code, Code::PositionFull);
    booking(&world, "bookings.decline", NIGHT, &first);
    world.book(NIGHT, 1, &three, "invited");
}

#[test]
fn c20_a_replaced_booking_names_the_one_that_took_its_place() {
    let world = World::new();
    let [mara, nils] = ["Mara", "Nils"].map(|name| world.worker(name));
    let old = world.book(NIGHT, 2, &mara, "confirmed");
    world.plan("shifts.name_lead", json!({"shift": NIGHT, "booking": old}));
    let input = json!({"shift": NIGHT, "booking": old, "worker": nils, "state": "confirmed"});
    let reply = world.plan("bookings.replace", input);
    assert_eq!(reply["replaced"]["state"], "replaced");
    assert_eq!(reply["replaced"]["replaced_by"], reply["booking"]["id"]);
    assert_eq!(reply["booking"]["worker"], nils);
    let shift = world.plan("shifts.get", json!({"shift": NIGHT}));
    assert_eq!(shift["lead"], Value::Null, "who left does not lead");
    assert_eq!(shift["positions"][1]["confirmed"], 1);
    world.book(OVEN, 1, &mara, "confirmed");
    let input = json!({"shift": OVEN, "position": position(OVEN, 1), "worker": nils});
    assert_eq!(world.refused(NOW, "bookings.book", input).code, Code::WorkerBusy);
}

#[test]
fn c20_a_no_show_is_noted_only_after_the_start() {
    let world = World::new();
    let mara = world.worker("Mara");
    let booked = world.book(NIGHT, 1, &mara, "confirmed");
    let input = json!({"shift": NIGHT, "booking": booked});
    let early = world.refused("2026-10-24T19:59:59Z", "bookings.no_show", input.clone());
    assert_eq!(early.code, Code::ShiftNotStarted);
    let late = world.ok(PLANNER, "2026-10-24T20:00:00Z", "bookings.no_show", input);
    assert_eq!(late["state"], "no_show");
}

#[test]
fn c20_an_archived_worker_gets_no_new_bookings() {
    let world = World::new();
    let mara = world.worker("Mara");
    world.plan("workers.update", json!({"worker": mara, "archived": true}));
    let input = json!({"shift": NIGHT, "position": position(NIGHT, 1), "worker": mara});
    assert_eq!(world.refused(NOW, "bookings.book", input).code, Code::WorkerArchived);
}

#[test]
fn bookings_are_for_planners() {
    let world = World::new();
    let mara = world.worker("Mara");
    let input = json!({"shift": NIGHT, "position": position(NIGHT, 1), "worker": mara});
    let code = |actor| world.run(actor, NOW, "bookings.book", input.clone()).unwrap_err().code;
    assert_eq!(code(READER), Code::NotPermitted);
    assert_eq!(code(ANNA), Code::WrongSide);
    let reads = world.run(ANNA, NOW, "shifts.get", json!({"shift": NIGHT})).unwrap_err().code;
    assert_eq!(reads, Code::WrongSide);
}

#[test]
fn c20_of_two_bookings_at_the_same_moment_one_wins_and_the_other_finds_the_worker_busy() {
    let world = World::new();
    let mara = world.worker("Mara");
    let place = |shift| json!({"shift": shift, "position": position(shift, 1), "worker": mara});
    let [night, oven] = [NIGHT, OVEN].map(|shift| (PLANNER, "bookings.book", place(shift)));
    assert_eq!(world.at_once(night, oven), Err(Code::WorkerBusy));
}

#[test]
fn bookings_load_in_two_rounds_at_most() {
    let world = World::new();
    let mara = world.worker("Mara");
    let place = json!({"shift": NIGHT, "position": position(NIGHT, 1), "worker": mara});
    let booked = world.run(PLANNER, NOW, "bookings.book", place).unwrap();
    // Which days a shift touches is known once it is loaded.
    assert_eq!(booked.rounds, 2);
    let id = serde_json::from_str::<Value>(booked.json()).unwrap()["id"].clone();
    let step = json!({"shift": NIGHT, "booking": id});
    assert_eq!(world.run(PLANNER, NOW, "bookings.confirm", step.clone()).unwrap().rounds, 1);
    assert_eq!(world.run(PLANNER, NOW, "bookings.cancel", step).unwrap().rounds, 2);
}
