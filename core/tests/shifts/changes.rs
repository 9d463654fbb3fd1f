//! C9, L14: change requests when several people act at once, and every action in every state.

use serde_json::{Value, json};
use staffgate::codes::Code;
use staffgate::shifts::model::Shift;
use staffgate::values::ShiftId;
use uuid::Uuid;

use crate::world::{ANNA, BAKERY, BRUNO, GALA, HOTEL, NIGHT, NOW, PLANNER, World, client, position, shift};

/// The hotel's day with one position: 2026-10-27 09:00Z to 17:00Z.
const DAY: ShiftId = ShiftId::new(Uuid::from_u128(0xe7));

fn world() -> World {
    let world = World::new();
    for company in [HOTEL, BAKERY] {
        world.put(&client(company));
    }
    let mut day: Shift = shift(DAY, HOTEL, GALA, "2026-10-27T10:00", "2026-10-27T18:00");
    day.positions.truncate(1);
    world.put(&day);
    world
}

fn note(text: &str) -> Value {
    json!({ "shift": DAY, "revision": 1, "change": { "kind": "note", "note": text } })
}

fn ask(world: &World, input: Value) -> Value {
    world.ok(ANNA, NOW, "change_requests.submit", input)["id"].clone()
}

fn state(world: &World, request: &Value) -> Value {
    world.ok(ANNA, NOW, "my_change_requests.get", json!({ "request": request }))["state"].clone()
}

#[test]
fn c9_of_two_requests_at_once_one_is_refused() {
    let world = world();
    let lost = world.at_once(
        (ANNA, "change_requests.submit", note("Black shirts")),
        (ANNA, "change_requests.submit", note("White shirts")),
    );
    assert_eq!(lost.unwrap_err(), Code::ChangeOpen);
    let open = world.ok(PLANNER, NOW, "change_requests.list", json!({}));
    assert_eq!(open["items"].as_array().unwrap().len(), 1);
}

#[test]
fn c9_of_an_answer_and_a_withdrawal_at_once_one_holds() {
    let acts = ["change_requests.approve", "change_requests.decline", "change_requests.withdraw"];
    let act = |name: &'static str, request: &Value| {
        let input = match name {
            "change_requests.decline" => json!({ "request": request, "reason": "No" }),
            _ => json!({ "request": request }),
        };
        (if name == "change_requests.withdraw" { ANNA } else { PLANNER }, name, input)
    };
    for first in acts {
        for second in acts {
            let world = world();
            let request = ask(&world, note("Black shirts"));
            let lost = world.at_once(act(first, &request), act(second, &request));
            assert_eq!(lost.unwrap_err(), Code::ChangeState, "{second} after {first}");
            let expected = match first {
                "change_requests.approve" => "approved",
                "change_requests.decline" => "declined",
                _ => "withdrawn",
            };
            assert_eq!(state(&world, &request), expected);
            let shift = world.plan("shifts.get", json!({ "shift": DAY }));
            assert_eq!(shift["open_change"], Value::Null);
            let is_noted = shift["note"] == "Black shirts";
            assert_eq!(is_noted, first == "change_requests.approve");
        }
    }
}

#[test]
fn l14_an_edit_of_the_shift_at_the_same_time_makes_a_request_stale() {
    let edits = [
        ("shifts.move", json!({ "shift": DAY, "note": "Side door" })),
        ("shifts.set_tags", json!({ "shift": DAY, "tags": [{ "text": "vip", "visible_to_client": true }] })),
        (
            "shifts.split",
            json!({ "shift": DAY, "revision": 1, "how": { "by": "time", "at": "2026-10-27T14:00" } }),
        ),
    ];
    for (edit, input) in edits {
        let world = world();
        let request = ask(&world, note("Black shirts"));
        let approve = (PLANNER, "change_requests.approve", json!({ "request": request }));
        let lost = world.at_once((PLANNER, edit, input.clone()), approve.clone());
        assert_eq!(lost.unwrap_err(), Code::ChangeStale, "{edit}");
        assert_eq!(state(&world, &request), "open");
        // Asking on what is not there any more is stale as well.
        let again = world.run(ANNA, NOW, "change_requests.submit", note("Red shirts")).unwrap_err();
        assert_eq!(again.code, Code::StaleRevision);

        // The other way round the edit is made on the changed shift, if it does not name the old one.
        let world = self::world();
        let request = ask(&world, note("Black shirts"));
        let approve = (PLANNER, "change_requests.approve", json!({ "request": request }));
        match world.at_once(approve, (PLANNER, edit, input)) {
            Ok(edited) => assert_eq!(edited["revision"], 3, "{edit}"),
            Err(code) => assert_eq!((code, edit), (Code::StaleRevision, "shifts.split")),
        }
    }
}

#[test]
fn l14_calling_a_shift_off_and_asking_for_a_change_leave_no_open_request() {
    let cancel = || (PLANNER, "shifts.cancel", json!({ "shift": DAY }));
    let world = world();
    let lost = world.at_once(cancel(), (ANNA, "change_requests.submit", note("Black shirts")));
    assert_eq!(lost.unwrap_err(), Code::StaleRevision);
    let world = self::world();
    world.at_once((ANNA, "change_requests.submit", note("Black shirts")), cancel()).unwrap();
    let all = world.ok(PLANNER, NOW, "change_requests.list", json!({ "shift": DAY }));
    assert_eq!(all["items"][0]["state"], "superseded");
    assert_eq!(world.plan("shifts.get", json!({ "shift": DAY }))["open_change"], Value::Null);
}

#[test]
fn c11_a_booking_at_the_same_time_is_among_those_that_an_approval_looks_at() {
    let world = world();
    let [mara, nils] = ["Mara", "Nils"].map(|name| world.worker(name));
    world.book(DAY, 1, &mara, "confirmed");
    let one = json!({ "kind": "headcount", "position": position(DAY, 1), "headcount": 1 });
    let request = ask(&world, json!({ "shift": DAY, "revision": 1, "change": one }));
    let book = json!({ "shift": DAY, "position": position(DAY, 1), "worker": nils });
    let approve = (PLANNER, "change_requests.approve", json!({ "request": request }));
    world.at_once((PLANNER, "bookings.book", book), approve).unwrap();
    let shift = world.plan("shifts.get", json!({ "shift": DAY }));
    let states: Vec<_> =
        shift["positions"][0]["bookings"].as_array().unwrap().iter().map(|one| &one["state"]).collect();
    assert_eq!(states, ["confirmed", "cancelled"], "the last booked goes");
    // And the other way round the place is gone.
    let world = self::world();
    let [mara, nils] = ["Mara", "Nils"].map(|name| world.worker(name));
    world.book(DAY, 1, &mara, "confirmed");
    let one = json!({ "kind": "headcount", "position": position(DAY, 1), "headcount": 1 });
    let request = ask(&world, json!({ "shift": DAY, "revision": 1, "change": one }));
    let book = json!({ "shift": DAY, "position": position(DAY, 1), "worker": nils });
    let approve = (PLANNER, "change_requests.approve", json!({ "request": request }));
    assert_eq!(world.at_once(approve, (PLANNER, "bookings.book", book)).unwrap_err(), Code::PositionFull);
}

/// A request in this state.
fn in_state(world: &World, state: &str) -> Value {
    let request = ask(world, note("Black shirts"));
    let on = |name: &str| json!({ "request": request, "reason": name });
    match state {
        "open" => {}
        "approved" => {
            world.plan("change_requests.approve", json!({ "request": request }));
        }
        "declined" => {
            world.plan("change_requests.decline", on("No"));
        }
        "withdrawn" => {
            world.ok(ANNA, NOW, "change_requests.withdraw", json!({ "request": request }));
        }
        _ => {
            let mut instead = note("White shirts");
            instead["supersedes"] = request.clone();
            ask(world, instead);
        }
    }
    request
}

#[test]
fn c9_every_operation_in_every_state_is_allowed_or_names_state_and_action() {
    let none = "no_fee_to_waive";
    // approve, decline, withdraw, supersede, waive_fee: what becomes of it; a note costs nothing, so nothing is waived.
    let table = [
        ("open", ["approved", "declined", "withdrawn", "superseded", "change_state"]),
        ("approved", ["change_state", "change_state", "change_state", "change_state", none]),
        ("declined", ["change_state"; 5]),
        ("withdrawn", ["change_state"; 5]),
        ("superseded", ["change_state"; 5]),
    ];
    let actions = ["approve", "decline", "withdraw", "supersede", "waive_fee"];
    for (from, row) in table {
        for (action, expected) in actions.into_iter().zip(row) {
            let world = world();
            let request = in_state(&world, from);
            let input = json!({ "request": request });
            let (actor, name, input) = match action {
                "approve" => (PLANNER, "change_requests.approve", input),
                "decline" => {
                    (PLANNER, "change_requests.decline", json!({ "request": request, "reason": "No" }))
                }
                "withdraw" => (ANNA, "change_requests.withdraw", input),
                "waive_fee" => (
                    PLANNER,
                    "change_requests.waive_fee",
                    json!({ "request": request, "reason": "goodwill" }),
                ),
                _ => {
                    let revision = world.plan("shifts.get", json!({ "shift": DAY }))["revision"].clone();
                    let change = json!({ "kind": "note", "note": "Red shirts" });
                    let input = json!({
                        "shift": DAY, "revision": revision, "change": change, "supersedes": request,
                    });
                    (ANNA, "change_requests.submit", input)
                }
            };
            match world.run(actor, NOW, name, input) {
                Ok(_) => assert_eq!(state(&world, &request), expected, "{action} of {from}"),
                Err(refusal) => {
                    assert_eq!(refusal.code.text(), expected, "{action} of {from}");
                    if refusal.code == Code::ChangeState {
                        let told = [("state", from.to_owned()), ("action", action.to_owned())];
                        assert_eq!(refusal.details, told);
                    }
                    assert_eq!(state(&world, &request), from);
                }
            }
        }
    }
}

#[test]
fn c9_a_strangers_answer_is_the_same_for_what_is_there_and_what_is_not() {
    let world = world();
    let request = ask(&world, note("Black shirts"));
    let code = |name: &str, input: Value| {
        let refusal = world.run(BRUNO, NOW, name, input).unwrap_err();
        (refusal.code, refusal.path, refusal.details)
    };
    let nowhere = json!("00000000-0000-4000-8000-000000000000");
    for name in ["my_change_requests.get", "change_requests.withdraw"] {
        let there = code(name, json!({ "request": request }));
        assert_eq!(there, code(name, json!({ "request": nowhere })));
        assert_eq!(there, (Code::NotFound, None, Vec::new()), "{name}");
    }
    let cancel = |shift: &Value| json!({ "shift": shift, "revision": 1, "change": { "kind": "cancel" } });
    assert_eq!(
        code("change_requests.submit", cancel(&json!(DAY))),
        code("change_requests.submit", cancel(&nowhere))
    );
}

#[test]
fn c9_another_shifts_request_is_not_superseded() {
    let world = world();
    let other = ask(&world, note("Black shirts"));
    world.ok(
        staffgate::Actor::Operator,
        NOW,
        "agencies.set_changes",
        json!({ "policy": { "note_on_split": true } }),
    );
    let input = json!({
        "shift": NIGHT, "revision": 1, "change": { "kind": "note", "note": "x" }, "supersedes": other,
    });
    let refusal = world.run(ANNA, NOW, "change_requests.submit", input).unwrap_err();
    assert_eq!((refusal.code, refusal.path.as_deref()), (Code::NotFound, Some("supersedes")));
    assert_eq!(state(&world, &other), "open");
}
