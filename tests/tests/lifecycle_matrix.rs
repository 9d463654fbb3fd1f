//! Every action in every state, through the operations that people call: done, with the state that follows, or refused
//! with the code that is written here by hand, which names the state and the action.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod lifecycle;

use lifecycle::{Caller, Founded};
use serde_json::{Value, json};
use staffgate::store::MemoryStore;
use staffgate::{Actor, Refusal};

/// Every mandate is ordered in the morning, for the afternoon.
const MORNING: &str = "2026-09-01T08:00:00Z";
const START: &str = "2026-09-01T16:00";
const END: &str = "2026-09-01T22:00";
/// When the shift runs, in UTC.
const RUNNING: &str = "2026-09-01T14:05:00Z";

struct Play {
    founded: Founded,
    caller: Caller<MemoryStore>,
    now: &'static str,
}

/// Somebody who orders, somebody who approves, and where: the first client has an approver, the last a cut-off.
struct House {
    client: usize,
    orders: usize,
    approves: usize,
}

const WITH_APPROVAL: House = House { client: 0, orders: 1, approves: 0 };
const WITHOUT: House = House { client: 1, orders: 4, approves: 3 };
const WITH_CUTOFF: House = House { client: 2, orders: 5, approves: 5 };

impl Play {
    fn new() -> Self {
        Self::in_agency(lifecycle::found(2))
    }

    fn in_agency(founded: Founded) -> Self {
        let store = MemoryStore::default();
        lifecycle::lay(&store, &founded.sets);
        let mut play = Self { caller: Caller::new(store, 3), founded, now: MORNING };
        let approvers = json!([{ "user": play.founded.users[0], "up_to": { "limit": "unlimited" } }]);
        let settings = json!({ "on": true, "reason": "Nobody may", "approvers": approvers });
        let chain = json!({ "client": play.founded.clients[0].id, "revision": 0, "settings": settings });
        play.ok(Actor::Operator, "approval_chains.set", &chain);
        let cutoff = json!({ "client": play.founded.clients[2].id, "minutes": 60 });
        play.ok(Actor::Operator, "clients.set_cutoff", &cutoff);
        play
    }

    fn ask(&mut self, actor: Actor, name: &str, input: &Value) -> Result<Value, Refusal> {
        self.caller.ask(actor, self.now, name, input)
    }

    fn ok(&mut self, actor: Actor, name: &str, input: &Value) -> Value {
        self.ask(actor, name, input).unwrap_or_else(|refusal| panic!("{name} {input}: {refusal:?}"))
    }

    fn order(&self, house: &House, end: &str) -> Value {
        let positions = json!([{ "skill": self.founded.skills[0], "headcount": 3 }]);
        let site = &self.founded.clients[house.client].sites[0].id;
        let shift = json!({ "start": START, "end": end, "positions": positions });
        json!({ "name": "Dinner", "site": site, "shifts": [shift] })
    }
}

/// A mandate in this state, and whose it is.
fn mandate_in(play: &mut Play, state: &str) -> (String, House) {
    let house = match state {
        "awaiting_approval" | "rejected" => WITH_APPROVAL,
        "expired" => WITH_CUTOFF,
        _ => WITHOUT,
    };
    play.now = MORNING;
    let (orders, approves) = (play.founded.user(house.orders), play.founded.user(house.approves));
    let placed = json!({ "client": play.founded.clients[house.client].id, "order": play.order(&house, END) });
    let drafts = ["draft", "discarded"].contains(&state);
    let first = if drafts { "mandates.save_draft" } else { "mandates.submit" };
    let id = play.ok(orders, first, &placed)["id"].as_str().unwrap().to_owned();
    let at = json!({ "mandate": id, "revision": 1 });
    let mut why = at.clone();
    why["reason"] = json!("Not now");
    match state {
        "discarded" => play.ok(orders, "mandates.discard_draft", &at),
        "rejected" => play.ok(approves, "mandates.reject", &why),
        "in_review" => play.ok(Actor::Operator, "mandates.open_review", &at),
        "accepted" => play.ok(Actor::Operator, "mandates.accept", &at),
        "declined" => play.ok(Actor::Operator, "mandates.decline", &why),
        "withdrawn" => play.ok(orders, "mandates.withdraw", &at),
        "expired" => {
            play.now = "2026-09-01T13:30:00Z";
            Value::Null
        }
        _ => Value::Null,
    };
    (id, house)
}

const STATES: [&str; 10] = [
    "draft",
    "discarded",
    "awaiting_approval",
    "rejected",
    "submitted",
    "in_review",
    "accepted",
    "declined",
    "withdrawn",
    "expired",
];

const STATE: &str = "mandate_state";
const CLOSED: &str = "mandate_closed";
const MORE: &str = "submit_additional_request";
/// What is inside the client is not there for the agency, and what was thrown away is there for nobody.
const GONE: &str = "not_found";

#[rustfmt::skip]
const MANDATES: [(&str, [&str; 10]); 12] = [
    ("edit", ["draft", GONE, "awaiting_approval", CLOSED, "submitted", "submitted", MORE, CLOSED, CLOSED, CLOSED]),
    ("discard_draft", ["discarded", GONE, STATE, CLOSED, STATE, STATE, CLOSED, CLOSED, CLOSED, CLOSED]),
    ("submit_draft", ["submitted", GONE, STATE, CLOSED, STATE, STATE, CLOSED, CLOSED, CLOSED, CLOSED]),
    ("approve", [STATE, GONE, "submitted", CLOSED, STATE, STATE, CLOSED, CLOSED, CLOSED, CLOSED]),
    ("reject", [STATE, GONE, "rejected", CLOSED, STATE, STATE, CLOSED, CLOSED, CLOSED, CLOSED]),
    ("withdraw", [STATE, GONE, "withdrawn", CLOSED, "withdrawn", "withdrawn", MORE, CLOSED, CLOSED, CLOSED]),
    ("open_review", [GONE, GONE, GONE, GONE, "in_review", "in_review", CLOSED, CLOSED, CLOSED, CLOSED]),
    ("close_review", [GONE, GONE, GONE, GONE, STATE, "submitted", CLOSED, CLOSED, CLOSED, CLOSED]),
    ("revise", [GONE, GONE, GONE, GONE, "submitted", "in_review", CLOSED, CLOSED, CLOSED, CLOSED]),
    ("accept", [GONE, GONE, GONE, GONE, "accepted", "accepted", CLOSED, CLOSED, CLOSED, CLOSED]),
    ("decline", [GONE, GONE, GONE, GONE, "declined", "declined", CLOSED, CLOSED, CLOSED, CLOSED]),
    ("resubmit", [STATE, GONE, STATE, "rejected", STATE, STATE, CLOSED, "declined", "withdrawn", "expired"]),
];

#[test]
fn l1_every_action_in_every_state_of_a_mandate_is_done_or_refused_by_name() {
    let mut play = Play::new();
    for (action, row) in MANDATES {
        for (state, expected) in STATES.into_iter().zip(row) {
            let (id, house) = mandate_in(&mut play, state);
            let (orders, approves) = (play.founded.user(house.orders), play.founded.user(house.approves));
            let mut input = json!({ "mandate": id, "revision": 1 });
            let actor = match action {
                "approve" | "reject" => approves,
                "edit" | "discard_draft" | "submit_draft" | "withdraw" | "resubmit" => orders,
                _ => Actor::Operator,
            };
            match action {
                "edit" | "revise" => input["order"] = play.order(&house, "2026-09-01T21:00"),
                "reject" | "decline" => input["reason"] = json!("Not now"),
                "resubmit" => {
                    // For another day: the cut-off of the first has passed.
                    input = json!({ "mandate": id, "order": play.order(&house, END) });
                    input["order"]["shifts"][0]["start"] = json!("2026-09-03T16:00");
                    input["order"]["shifts"][0]["end"] = json!("2026-09-03T22:00");
                }
                _ => {}
            }
            let came = play.ask(actor, &format!("mandates.{action}"), &input);
            let label = format!("{action} of a mandate that is {state}");
            if STATES.contains(&expected) {
                assert!(came.is_ok(), "{label}: {came:?}");
                let after = play.ask(orders, "my_mandates.get", &json!({ "mandate": id }));
                if expected == "discarded" {
                    assert_eq!(after.unwrap_err().code.text(), GONE, "{label}");
                } else {
                    assert_eq!(after.unwrap()["state"], expected, "{label}");
                }
            } else {
                named(&came.unwrap_err(), expected, state, &label);
            }
        }
    }
}

/// The refusal has the code, and says what stands in the way of what.
fn named(refusal: &Refusal, code: &str, state: &str, label: &str) {
    assert_eq!(refusal.code.text(), code, "{label}");
    if code != GONE {
        let told = |name: &str| refusal.details.iter().find(|(known, _)| *known == name);
        assert_eq!(told("state").map(|(_, text)| text.as_str()), Some(state), "{label}");
        assert!(told("action").is_some(), "{label}: {refusal:?}");
    }
}

const BOOKINGS: [&str; 11] = [
    "proposed",
    "invited",
    "confirmed",
    "needs_reconfirmation",
    "checked_in",
    "checked_out",
    "declined",
    "lapsed",
    "cancelled",
    "replaced",
    "no_show",
];

/// No: refused, as the state does not allow it.
const N: &str = "booking_state";

#[rustfmt::skip]
const STEPS: [(&str, [&str; 11]); 12] = [
    ("invite", ["invited", N, N, N, N, N, N, N, N, N, N]),
    ("confirm", [N, "confirmed", N, N, N, N, N, N, N, N, N]),
    ("decline", [N, "declined", N, "declined", N, N, N, N, N, N, N]),
    ("cancel", ["cancelled", "cancelled", "cancelled", "cancelled", N, N, N, N, N, N, N]),
    ("replace", [N, "replaced", "replaced", "replaced", N, N, N, N, N, N, N]),
    ("no_show", [N, N, "no_show", "no_show", N, N, N, N, N, N, N]),
    ("reconfirm", [N, N, N, "confirmed", N, N, N, N, N, N, N]),
    ("confirm_again", [N, N, "confirmed", N, N, N, N, N, N, N, N]),
    ("check_in", [N, N, "checked_in", N, N, N, N, N, N, N, N]),
    ("undo_check_in", [N, N, N, N, "confirmed", N, N, N, N, N, N]),
    ("check_out", [N, N, N, N, "checked_out", N, N, N, N, N, N]),
    ("undo_check_out", [N, N, N, N, N, "checked_in", N, N, N, N, N]),
];

/// A shift of an accepted mandate: its id and that of its position.
fn a_shift(play: &mut Play) -> (Value, Value) {
    let (id, _) = mandate_in(play, "accepted");
    let mandate = play.ok(Actor::Operator, "mandates.get", &json!({ "mandate": id }));
    let shifts = play.ok(Actor::Operator, "shifts.list", &json!({ "project": mandate["project"] }));
    (shifts["items"][0]["id"].clone(), shifts["items"][0]["positions"][0]["id"].clone())
}

/// A booking in this state, while its shift runs: the shift's id and its own.
fn booking_in(play: &mut Play, state: &str, (shift, position): &(Value, Value)) -> Value {
    let begins = match state {
        "proposed" | "invited" => state,
        "declined" | "lapsed" => "invited",
        _ => "confirmed",
    };
    let mut book = json!({
        "shift": shift, "position": position, "worker": play.founded.workers[0], "state": begins,
    });
    if state == "lapsed" {
        book["answer_by"] = json!("2026-09-01T12:00:00Z");
    }
    let id = play.ok(Actor::Operator, "bookings.book", &book)["id"].clone();
    let this = json!({ "shift": shift, "booking": id });
    if state == "needs_reconfirmation" {
        play.ok(Actor::Operator, "shifts.move", &json!({ "shift": shift, "end": "2026-09-01T21:00" }));
    }
    play.now = RUNNING;
    let steps: &[&str] = match state {
        "checked_in" => &["check_in"],
        "checked_out" => &["check_in", "check_out"],
        "declined" => &["decline"],
        "cancelled" => &["cancel"],
        "no_show" => &["no_show"],
        _ => &[],
    };
    for step in steps {
        play.ok(Actor::Operator, &format!("bookings.{step}"), &this);
    }
    if state == "replaced" {
        let mut other = this;
        other["worker"] = json!(play.founded.workers[1]);
        play.ok(Actor::Operator, "bookings.replace", &other);
    }
    id
}

#[test]
fn c20_every_action_in_every_state_of_a_booking_is_done_or_refused_by_name() {
    let founded = lifecycle::found(2);
    for (action, row) in STEPS {
        for (state, expected) in BOOKINGS.into_iter().zip(row) {
            // A worker is in one place at a time, so each is in an agency of its own.
            let mut play = Play::in_agency(founded.clone());
            let place = a_shift(&mut play);
            let booking = booking_in(&mut play, state, &place);
            let mut input = json!({ "shift": place.0, "booking": booking });
            if action == "replace" {
                input["worker"] = json!(play.founded.workers[1]);
            }
            // Who came instead is as busy as who left is free.
            if action == "replace" && state == "replaced" {
                input["worker"] = json!(play.founded.workers[0]);
            }
            let came = play.ask(Actor::Operator, &format!("bookings.{action}"), &input);
            let label = format!("{action} of a booking that is {state}");
            if BOOKINGS.contains(&expected) {
                assert!(came.is_ok(), "{label}: {came:?}");
                let shift = play.ok(Actor::Operator, "shifts.get", &json!({ "shift": place.0 }));
                let bookings = shift["positions"][0]["bookings"].as_array().unwrap();
                let after = bookings.iter().find(|each| each["id"] == booking).unwrap();
                assert_eq!(after["state"], expected, "{label}");
            } else {
                named(&came.unwrap_err(), expected, state, &label);
            }
        }
    }
}

const CHANGES: [&str; 5] = ["open", "approved", "declined", "withdrawn", "superseded"];

const DECIDED: &str = "change_state";

const ANSWERS: [(&str, [&str; 5]); 3] = [
    ("approve", ["approved", DECIDED, DECIDED, DECIDED, DECIDED]),
    ("decline", ["declined", DECIDED, DECIDED, DECIDED, DECIDED]),
    ("withdraw", ["withdrawn", DECIDED, DECIDED, DECIDED, DECIDED]),
];

#[test]
fn c9_every_action_in_every_state_of_a_change_request_is_done_or_refused_by_name() {
    let mut play = Play::new();
    let user = play.founded.user(WITHOUT.orders);
    for (action, row) in ANSWERS {
        for (state, expected) in CHANGES.into_iter().zip(row) {
            let (shift, _) = a_shift(&mut play);
            let note = |text: &str| json!({ "kind": "note", "note": text });
            let wish = json!({ "shift": shift, "revision": 1, "change": note("Side entrance") });
            let id = play.ok(user, "change_requests.submit", &wish)["id"].clone();
            let this = json!({ "request": id });
            let why = json!({ "request": id, "reason": "Not now" });
            match state {
                "approved" => play.ok(Actor::Operator, "change_requests.approve", &this),
                "declined" => play.ok(Actor::Operator, "change_requests.decline", &why),
                "withdrawn" => play.ok(user, "change_requests.withdraw", &this),
                "superseded" => {
                    let mut other = wish;
                    (other["change"], other["supersedes"]) = (note("Back entrance"), id.clone());
                    play.ok(user, "change_requests.submit", &other)
                }
                _ => Value::Null,
            };
            let actor = if action == "withdraw" { user } else { Actor::Operator };
            let input = if action == "decline" { &why } else { &this };
            let came = play.ask(actor, &format!("change_requests.{action}"), input);
            let label = format!("{action} of a change request that is {state}");
            if CHANGES.contains(&expected) {
                assert!(came.is_ok(), "{label}: {came:?}");
                let after = play.ok(Actor::Operator, "change_requests.get", &this);
                assert_eq!(after["state"], expected, "{label}");
            } else {
                named(&came.unwrap_err(), expected, state, &label);
            }
        }
    }
}
