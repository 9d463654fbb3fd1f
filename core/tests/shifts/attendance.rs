//! L11, L16, L17: who says yes once more, when people come and go, and who is late.

use serde_json::{Value, json};
use staffgate::Actor;
use staffgate::codes::Code;

use crate::world::{ANNA, NIGHT, NOW, OVEN, PLANNER, READER, World, position};

/// The night goes from 2026-10-24T20:00Z to 2026-10-25T02:00Z.
const START: &str = "2026-10-24T20:00:00Z";

fn flags(world: &World, now: &str, flag: &str) -> Vec<bool> {
    let shift = world.ok(READER, now, "shifts.get", json!({"shift": NIGHT}));
    let positions = shift["positions"].as_array().unwrap().iter();
    positions.flat_map(|one| one["bookings"].as_array().unwrap()).map(|one| one[flag] == true).collect()
}

fn asked(world: &World, now: &str, attention: &str) -> usize {
    let list = world.ok(READER, now, "bookings.attention", json!({"attention": attention}));
    list["items"].as_array().unwrap().iter().map(|one| one["bookings"].as_array().unwrap().len()).sum()
}

#[test]
fn l11_who_said_yes_over_72_hours_ago_is_asked_again_within_24_hours_of_the_start() {
    let world = World::new();
    let mara = world.worker("Mara");
    let booking = world.book(NIGHT, 1, &mara, "confirmed");
    for (now, again) in [
        ("2026-10-23T19:59:59.999Z", false),
        ("2026-10-23T20:00:00Z", true),
        ("2026-10-24T19:59:59.999Z", true),
        (START, false),
    ] {
        assert_eq!(flags(&world, now, "confirm_again"), [again], "{now}");
        assert_eq!(asked(&world, now, "confirm_again"), usize::from(again), "{now}");
    }
    let input = json!({"shift": NIGHT, "booking": booking});
    let again = world.ok(PLANNER, "2026-10-23T20:00:00Z", "bookings.confirm_again", input.clone());
    assert_eq!((&again["state"], &again["confirm_again"]), (&json!("confirmed"), &json!(false)));
    assert_eq!(flags(&world, "2026-10-24T19:00:00Z", "confirm_again"), [false]);
    assert_eq!(world.refused(NOW, "bookings.reconfirm", input).code, Code::BookingState);
}

#[test]
fn l11_the_age_counts_from_the_last_yes() {
    let world = World::new();
    let [mara, nils] = ["Mara", "Nils"].map(|name| world.worker(name));
    // Both were asked on the 20th; 72 hours before the 23rd, 21:00, is the 20th, 21:00.
    let [first, second] = [&mara, &nils].map(|worker| world.book(NIGHT, 1, worker, "invited"));
    let confirm = |booking: &Value, now: &str| {
        world.ok(PLANNER, now, "bookings.confirm", json!({"shift": NIGHT, "booking": booking}));
    };
    confirm(&first, "2026-10-20T20:59:59.999Z");
    confirm(&second, "2026-10-20T21:00:00Z");
    assert_eq!(flags(&world, "2026-10-23T21:00:00Z", "confirm_again"), [true, false]);
}

#[test]
fn l16_the_window_the_graces_and_the_time_to_leave_are_the_agencys() {
    let world = World::new();
    let policy = json!({"check_in_before": 0, "late_after": 0, "early_before": 0, "check_out_after": 0});
    world.ok(Actor::Operator, NOW, "bookings.set_policy", policy);
    let mara = world.worker("Mara");
    let booking = world.book(NIGHT, 1, &mara, "confirmed");
    let input = json!({"shift": NIGHT, "booking": booking});
    let early = world.refused("2026-10-24T19:59:59.999Z", "bookings.check_in", input.clone());
    assert_eq!((early.code, early.path.as_deref()), (Code::CheckInTooEarly, Some("at")));
    let came = world.ok(PLANNER, START, "bookings.check_in", input.clone());
    assert_eq!((&came["state"], &came["came_late"]), (&json!("checked_in"), &json!(false)));
    let late = world.refused("2026-10-25T02:00:00.001Z", "bookings.check_out", input.clone());
    assert_eq!(late.code, Code::CheckOutTooLate);
    let left = world.ok(PLANNER, "2026-10-25T02:00:00Z", "bookings.check_out", input.clone());
    assert_eq!((&left["state"], &left["left_early"]), (&json!("checked_out"), &json!(false)));
    let undo = |name: &str| world.ok(PLANNER, "2026-10-25T02:00:00Z", name, input.clone());
    undo("bookings.undo_check_out");
    undo("bookings.undo_check_in");
    let again = json!({"shift": NIGHT, "booking": booking, "at": "2026-10-24T20:00:00.001Z"});
    assert_eq!(world.ok(PLANNER, "2026-10-25T02:00:00Z", "bookings.check_in", again)["came_late"], true);
    let before = json!({"shift": NIGHT, "booking": booking, "at": "2026-10-25T01:59:59.999Z"});
    assert_eq!(world.ok(PLANNER, "2026-10-25T02:00:00Z", "bookings.check_out", before)["left_early"], true);
}

#[test]
fn l17_who_has_not_come_five_minutes_after_the_start_is_late_until_the_end() {
    let world = World::new();
    let [mara, nils, oda] = ["Mara", "Nils", "Oda"].map(|name| world.worker(name));
    let first = world.book(NIGHT, 1, &mara, "confirmed");
    world.book(NIGHT, 1, &nils, "invited");
    world.book(NIGHT, 2, &oda, "confirmed");
    for (now, late) in [
        ("2026-10-24T20:04:59.999Z", [false, false, false]),
        ("2026-10-24T20:05:00Z", [true, false, true]),
        ("2026-10-25T01:59:59.999Z", [true, false, true]),
        ("2026-10-25T02:00:00Z", [false, false, false]),
    ] {
        assert_eq!(flags(&world, now, "late"), late, "{now}");
        let found = late.into_iter().filter(|late| *late).count();
        assert_eq!(asked(&world, now, "late"), found, "{now}");
    }
    let input = json!({"shift": NIGHT, "booking": first});
    world.ok(PLANNER, "2026-10-24T20:06:00Z", "bookings.check_in", input);
    assert_eq!(flags(&world, "2026-10-24T20:06:00Z", "late"), [false, false, true]);
}

#[test]
fn c20_a_lapsed_invitation_frees_time_and_place_and_is_never_confirmed() {
    let world = World::new();
    let [mara, nils] = ["Mara", "Nils"].map(|name| world.worker(name));
    let until = "2026-10-21T08:00:00Z";
    let input = |worker: &Value, shift| json!({"shift": shift, "position": position(shift, 2), "worker": worker, "answer_by": until});
    let booking = world.plan("bookings.book", input(&mara, NIGHT))["id"].clone();
    let place = json!({"shift": NIGHT, "position": position(NIGHT, 2), "worker": nils});
    assert_eq!(world.refused(NOW, "bookings.book", place.clone()).code, Code::PositionFull);
    // A move takes a lapsed invitation nowhere: Mara's new time is not looked at.
    world.ok(PLANNER, until, "shifts.move", json!({"shift": NIGHT, "start": "2026-10-24T21:00"}));
    world.ok(PLANNER, until, "bookings.book", place);
    let oven = json!({"shift": OVEN, "position": position(OVEN, 1), "worker": mara, "state": "confirmed"});
    world.ok(PLANNER, until, "bookings.book", oven);
    for name in ["bookings.confirm", "bookings.decline", "bookings.cancel"] {
        let late = world.refused(until, name, json!({"shift": NIGHT, "booking": booking}));
        assert_eq!(late.code, Code::BookingState, "{name}");
        assert!(late.details.contains(&("state", "lapsed".to_owned())), "{late:?}");
    }
}

#[test]
fn c13_the_figures_are_those_of_the_lists_that_one_sees() {
    let world = World::new();
    let workers = ["Mara", "Nils", "Oda"].map(|name| world.worker(name));
    let first = world.book(NIGHT, 1, &workers[0], "confirmed");
    world.book(NIGHT, 1, &workers[1], "confirmed");
    let lead = world.book(NIGHT, 2, &workers[2], "confirmed");
    world.plan("projects.publish_team", json!({"project": crate::world::GALA}));
    let step = |name: &str, booking: &Value, now: &str| {
        world.ok(PLANNER, now, name, json!({"shift": NIGHT, "booking": booking}));
    };
    step("bookings.check_in", &first, START);
    step("bookings.check_in", &lead, START);
    step("bookings.check_out", &first, "2026-10-25T01:58:00Z");
    for now in [START, "2026-10-25T01:58:00Z", "2026-10-25T02:00:00Z", "2026-10-25T14:00:00Z"] {
        let shift = world.ok(ANNA, now, "my_shifts.get", json!({"shift": NIGHT}));
        let progress = world.ok(ANNA, now, "my_projects.progress", json!({"project": crate::world::GALA}));
        let of =
            progress["shifts"].as_array().unwrap().iter().find(|one| one["shift"] == shift["id"]).unwrap();
        assert_eq!(of["progress"], shift["progress"], "{now}");
        let team = shift["team"].as_array().unwrap().len();
        assert_eq!(of["progress"]["confirmed"], team, "{now}: the team that one sees is who is counted");
        let positions = shift["positions"].as_array().unwrap().iter();
        let wanted: u64 = positions.map(|one| one["headcount"].as_u64().unwrap()).sum();
        assert_eq!(of["progress"]["requested"], wanted);
    }
}
