//! L15 and C19 where two act at once: a choice is of what was read, and nobody is booked twice by it.

use serde_json::{Value, json};
use staffgate::codes::Code;

use crate::world::{ANNA, BRUNO, HOTEL, NIGHT, NOW, OVEN, PLANNER, World, client, position};

struct Offer {
    world: World,
    selection: Value,
    proposals: Vec<Value>,
    workers: Vec<Value>,
}

/// Two workers are offered for the two places of the night; one must be chosen.
fn offered() -> Offer {
    let world = World::new();
    world.put(&client(HOTEL));
    let workers = ["Mara", "Nils"].map(|name| world.worker(name)).to_vec();
    let proposed: Vec<Value> = workers.iter().map(|worker| json!({"worker": worker})).collect();
    let positions = json!([{"shift": NIGHT, "position": position(NIGHT, 1)}]);
    let input = json!({"positions": positions, "proposals": proposed, "minimum": 1});
    let opened = world.plan("selections.open", input);
    world.plan("selections.offer", json!({"selection": opened["id"]}));
    let proposals = opened["proposals"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
    Offer { selection: opened["id"].clone(), proposals, workers, world }
}

#[test]
fn l15_of_a_choice_and_an_edit_in_one_moment_the_second_is_on_stale_data() {
    for edit_first in [true, false] {
        let Offer { world, selection, proposals, .. } = offered();
        let submit = json!({"selection": selection, "revision": 2, "proposals": [proposals[0]]});
        let edit = json!({"selection": selection, "revision": 2, "minimum": 2});
        let (submit, edit) = ((ANNA, "my_selections.submit", submit), (PLANNER, "selections.edit", edit));
        let lost = if edit_first { world.at_once(edit, submit) } else { world.at_once(submit, edit) };
        assert_eq!(lost, Err(Code::StaleRevision));
    }
}

#[test]
fn c19_of_applying_and_a_booking_elsewhere_in_one_moment_one_finds_the_worker_busy() {
    for apply_first in [true, false] {
        let Offer { world, selection, proposals, workers } = offered();
        let submit = json!({"selection": selection, "revision": 2, "proposals": [proposals[0]]});
        world.ok(ANNA, NOW, "my_selections.submit", submit);
        let apply = (PLANNER, "selections.apply", json!({"selection": selection, "revision": 3}));
        let place = json!({"shift": OVEN, "position": position(OVEN, 1), "worker": workers[0]});
        let book = (PLANNER, "bookings.book", place);
        let lost = if apply_first { world.at_once(apply, book) } else { world.at_once(book, apply) };
        assert_eq!(lost, Err(Code::WorkerBusy));
    }
}

#[test]
fn c20_of_a_refusal_and_a_booking_in_one_moment_the_booking_hears_of_the_refusal() {
    let Offer { world, workers, .. } = offered();
    let refuse = json!({"client": HOTEL, "worker": workers[0], "preference": "refused"});
    let place = json!({"shift": NIGHT, "position": position(NIGHT, 1), "worker": workers[0]});
    let refused = (PLANNER, "staff_preferences.set", refuse);
    assert_eq!(world.at_once(refused, (PLANNER, "bookings.book", place)), Err(Code::WorkerRefused));
}

#[test]
fn c19_a_selection_of_another_client_is_answered_like_none() {
    let Offer { world, selection, proposals, .. } = offered();
    let none = "00000000-0000-4000-8000-000000000001";
    let ask = |name: &str, selection: &Value| {
        let input = json!({"selection": selection, "revision": 2, "proposals": [proposals[0]]});
        world.run(BRUNO, NOW, name, input).unwrap_err()
    };
    for name in ["my_selections.shortlist", "my_selections.submit"] {
        assert_eq!(ask(name, &selection), ask(name, &json!(none)), "{name}");
        assert_eq!(ask(name, &selection).code, Code::NotFound);
    }
}
