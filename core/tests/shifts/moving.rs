//! L10: what a change of times asks of workers, and what calling a shift off does.

use serde_json::{Value, json};
use staffgate::codes::Code;

use crate::world::{MORNING, NIGHT, NOW, OVEN, PLANNER, World, position};

fn states(shift: &Value) -> Vec<&str> {
    let positions = shift["positions"].as_array().unwrap().iter();
    positions.flat_map(|p| p["bookings"].as_array().unwrap()).map(|b| b["state"].as_str().unwrap()).collect()
}

#[test]
fn l10_a_change_of_times_asks_the_confirmed_again_and_a_note_asks_nobody() {
    let world = World::new();
    let [mara, nils] = ["Mara", "Nils"].map(|name| world.worker(name));
    let confirmed = world.book(NIGHT, 1, &mara, "confirmed");
    world.book(NIGHT, 1, &nils, "invited");

    let noted =
        world.plan("shifts.move", json!({"shift": NIGHT, "note": "Black shoes", "break_minutes": 45}));
    assert_eq!(states(&noted), ["confirmed", "invited"]);
    assert_eq!(
        (&noted["note"], &noted["break_minutes"], &noted["revision"]),
        (&json!("Black shoes"), &json!(45), &json!(2))
    );

    let moved =
        world.plan("shifts.move", json!({"shift": NIGHT, "start": "2026-10-24T21:00", "revision": 2}));
    assert_eq!(states(&moved), ["needs_reconfirmation", "invited"]);
    assert_eq!(
        (&moved["starts_at"], &moved["ends_at"]),
        (&json!("2026-10-24T19:00:00Z"), &json!("2026-10-25T02:00:00Z"))
    );
    assert_eq!((&moved["local_start"], &moved["revision"]), (&json!("2026-10-24T21:00"), &json!(3)));
    assert_eq!(moved["progress"]["proposed"], 2);

    let again = world.plan("bookings.reconfirm", json!({"shift": NIGHT, "booking": confirmed}));
    assert_eq!(again["state"], "confirmed");
}

#[test]
fn l10_a_move_takes_the_workers_days_along() {
    let world = World::new();
    let mara = world.worker("Mara");
    world.book(NIGHT, 1, &mara, "confirmed");
    // From the night of the 24th to noon of the 24th: the bakery's night is free for Mara then.
    let input = json!({"shift": NIGHT, "start": "2026-10-24T10:00", "end": "2026-10-24T16:00"});
    world.plan("shifts.move", input);
    world.book(OVEN, 1, &mara, "confirmed");
    // And back again it is not.
    let back = json!({"shift": NIGHT, "start": "2026-10-24T22:00", "end": "2026-10-25T03:00"});
    let busy = world.refused(NOW, "shifts.move", back);
    assert_eq!(busy.code, Code::WorkerBusy);
    let shift = world.plan("shifts.get", json!({"shift": NIGHT}));
    assert_eq!(shift["local_start"], "2026-10-24T10:00", "a refusal changes nothing");
    assert_eq!(shift["revision"], 2);
}

#[test]
fn a_move_over_its_own_old_time_is_no_overlap() {
    let world = World::new();
    let mara = world.worker("Mara");
    world.book(NIGHT, 1, &mara, "confirmed");
    world.book(MORNING, 1, &mara, "confirmed");
    world.plan("shifts.move", json!({"shift": NIGHT, "start": "2026-10-24T21:30"}));
    let late = json!({"shift": NIGHT, "end": "2026-10-25T03:01"});
    assert_eq!(world.refused(NOW, "shifts.move", late).code, Code::WorkerBusy);
}

#[test]
fn times_that_are_none_name_their_field() {
    let world = World::new();
    let refused = |input: Value| {
        let refusal = world.refused(NOW, "shifts.move", input);
        (refusal.code, refusal.path.unwrap_or_default())
    };
    let end = |end: &str| json!({"shift": NIGHT, "end": end});
    assert_eq!(refused(end("2026-10-24T22:00")), (Code::EndBeforeStart, "end".into()));
    assert_eq!(refused(end("2026-10-26T21:01")), (Code::ShiftTooLong, "end".into()));
    assert_eq!(refused(end("2026-10-25T02:30")), (Code::LocalTimeTwice, "end".into()));
    assert_eq!(refused(end("2026-10-25T02:30+05:00")), (Code::OffsetNotHere, "end".into()));
    let gap = json!({"shift": NIGHT, "start": "2027-03-28T02:30", "end": "2027-03-28T08:00"});
    assert_eq!(refused(gap), (Code::LocalTimeMissing, "start".into()));
    let long_break = json!({"shift": NIGHT, "break_minutes": 360});
    assert_eq!(refused(long_break), (Code::BreakTooLong, "break_minutes".into()));
    let past = json!({"shift": NIGHT, "start": "2026-10-20T09:00", "end": "2026-10-20T12:00"});
    assert_eq!(refused(past), (Code::InThePast, "start".into()));
    let stale = json!({"shift": NIGHT, "note": "x", "revision": 7});
    assert_eq!(refused(stale), (Code::StaleRevision, "revision".into()));
}

#[test]
fn a_running_shift_keeps_its_start_and_a_finished_one_its_times() {
    let world = World::new();
    let start = json!({"shift": NIGHT, "start": "2026-10-24T21:00"});
    let end = json!({"shift": NIGHT, "end": "2026-10-25T01:00"});
    let (running, finished) = ("2026-10-24T20:00:00Z", "2026-10-25T02:00:00Z");
    assert_eq!(world.refused(running, "shifts.move", start).code, Code::ShiftStarted);
    assert_eq!(world.refused(finished, "shifts.move", end.clone()).code, Code::ShiftFinished);
    assert_eq!(world.refused(running, "shifts.cancel", json!({"shift": NIGHT})).code, Code::ShiftStarted);
    assert_eq!(world.ok(PLANNER, running, "shifts.move", end)["ends_at"], "2026-10-24T23:00:00Z");
}

#[test]
fn a_shift_called_off_frees_its_workers_and_stays_so() {
    let world = World::new();
    let [mara, nils] = ["Mara", "Nils"].map(|name| world.worker(name));
    let lead = world.book(NIGHT, 2, &mara, "confirmed");
    world.book(NIGHT, 1, &nils, "invited");
    world.plan("shifts.name_lead", json!({"shift": NIGHT, "booking": lead}));
    let cancelled = world.plan("shifts.cancel", json!({"shift": NIGHT}));
    assert_eq!(cancelled["status"], "cancelled");
    assert_eq!(states(&cancelled), ["cancelled", "cancelled"]);
    assert_eq!(cancelled["progress"]["requested"], 0);
    world.book(OVEN, 1, &mara, "confirmed");
    world.book(OVEN, 1, &nils, "confirmed");

    let place = json!({"shift": NIGHT, "position": position(NIGHT, 1), "worker": world.worker("Oda")});
    for (name, input) in [
        ("bookings.book", place),
        ("bookings.confirm", json!({"shift": NIGHT, "booking": lead})),
        ("shifts.name_lead", json!({"shift": NIGHT, "booking": lead})),
        ("shifts.set_tags", json!({"shift": NIGHT, "tags": []})),
        ("shifts.move", json!({"shift": NIGHT, "note": "late"})),
        ("shifts.cancel", json!({"shift": NIGHT})),
    ] {
        assert_eq!(world.refused(NOW, name, input).code, Code::ShiftCancelled, "{name}");
    }
}
