//! C14, D2, D3, D4: what a client sees of a shift and its team, and what it never sees.

use serde_json::{Value, json};
use staffgate::Actor;
use staffgate::codes::Code;

use crate::world::{
    ANNA, BAKERY, BREAD, BRUNO, CLARA, GALA, HOTEL, NIGHT, NOTHING, NOW, OVEN, World, position, shift,
};

fn seen(world: &World, now: &str) -> Value {
    world.ok(ANNA, now, "my_shifts.get", json!({"shift": NIGHT}))
}

/// Mara leads and has confirmed, Nils has confirmed, Oda is invited to the bakery.
fn staffed() -> World {
    let world = World::new();
    let [mara, nils] = ["Mara", "Nils"].map(|name| world.worker(name));
    let lead = world.book(NIGHT, 2, &mara, "confirmed");
    world.book(NIGHT, 1, &nils, "confirmed");
    world.plan("shifts.name_lead", json!({"shift": NIGHT, "booking": lead}));
    world
}

#[test]
fn c14_the_shift_as_the_client_sees_it() {
    let world = staffed();
    let tags = json!([{"text": "VIP", "visible_to_client": true}, {"text": "difficult", "visible_to_client": false}]);
    world.plan("shifts.set_tags", json!({"shift": NIGHT, "tags": tags}));
    let seen = seen(&world, NOW);
    assert_eq!(seen["tags"], json!(["VIP"]));
    assert_eq!(seen["site_name"], "Ballroom");
    assert_eq!(seen["site_address"], "Unter den Linden 1, Berlin");
    assert_eq!(seen["zone"], "Europe/Berlin");
    assert_eq!(
        (&seen["starts_at"], &seen["local_start"]),
        (&json!("2026-10-24T20:00:00Z"), &json!("2026-10-24T22:00"))
    );
    assert_eq!(
        (&seen["ends_at"], &seen["local_end"]),
        (&json!("2026-10-25T02:00:00Z"), &json!("2026-10-25T03:00"))
    );
    assert_eq!((&seen["status"], &seen["fill"]), (&json!("upcoming"), &json!("partly_filled")));
    let staff = &seen["positions"][0];
    assert_eq!(
        (&staff["headcount"], &staff["confirmed"], &staff["fill"]),
        (&json!(2), &json!(1), &json!("partly_filled"))
    );
    assert_eq!(seen["positions"][1]["fill"], "filled");
    assert_eq!(
        seen["progress"],
        json!({"requested": 3, "proposed": 0, "confirmed": 2, "on_site": 0, "done": 0})
    );
}

#[test]
fn c13_a_shift_is_filled_when_each_position_is() {
    let world = World::new();
    let fill = || seen(&world, NOW)["fill"].clone();
    assert_eq!(fill(), "unfilled");
    let [mara, nils, oda] = ["Mara", "Nils", "Oda"].map(|name| world.worker(name));
    let invited = world.book(NIGHT, 1, &mara, "invited");
    assert_eq!(fill(), "unfilled", "who is asked does not fill");
    world.book(NIGHT, 1, &nils, "confirmed");
    world.book(NIGHT, 2, &oda, "confirmed");
    assert_eq!(fill(), "partly_filled");
    world.plan("bookings.confirm", json!({"shift": NIGHT, "booking": invited}));
    assert_eq!(fill(), "filled");
}

#[test]
fn d2_the_team_appears_when_it_is_published() {
    let world = staffed();
    assert_eq!((&seen(&world, NOW)["team"], &seen(&world, NOW)["lead"]), (&Value::Null, &Value::Null));
    world.plan("projects.publish_team", json!({"project": GALA}));
    let team = json!([
        {"name": "Nils", "picture": null, "position": position(NIGHT, 1)},
        {"name": "Mara", "picture": null, "position": position(NIGHT, 2)},
    ]);
    // Each with the booking by which the client can name the worker.
    let shown = |world: &World| {
        let mut team = seen(world, NOW)["team"].clone();
        for member in team.as_array_mut().unwrap() {
            assert!(member.as_object_mut().unwrap().remove("booking").unwrap().is_string());
        }
        team
    };
    assert_eq!(shown(&world), team);
    // Who is only asked is not among them.
    let oda = world.worker("Oda");
    let booking = world.book(NIGHT, 1, &oda, "invited");
    assert_eq!(shown(&world), team);
    world.plan("bookings.confirm", json!({"shift": NIGHT, "booking": booking}));
    assert_eq!(seen(&world, NOW)["team"].as_array().unwrap().len(), 3);
    // Another project's team is its own matter.
    assert_eq!(world.ok(BRUNO, NOW, "my_shifts.get", json!({"shift": OVEN}))["team"], Value::Null);
}

#[test]
fn d2_with_the_override_each_worker_appears_once_confirmed() {
    let world = World::new();
    let mara = world.worker("Mara");
    world.plan("projects.set_sharing", json!({"project": GALA, "team_immediately": true}));
    let booking = world.book(NIGHT, 1, &mara, "invited");
    assert_eq!(seen(&world, NOW)["team"], json!([]));
    world.plan("bookings.confirm", json!({"shift": NIGHT, "booking": booking}));
    assert_eq!(seen(&world, NOW)["team"][0]["name"], "Mara");
    world.plan("projects.set_sharing", json!({"project": GALA, "team_immediately": false}));
    assert_eq!(seen(&world, NOW)["team"], Value::Null);
}

#[test]
fn d3_a12_the_leads_phone_is_gone_at_the_end_instant() {
    let world = staffed();
    world.plan("projects.publish_team", json!({"project": GALA}));
    let lead = |now| seen(&world, now)["lead"].clone();
    let shown = json!({"name": "Mara", "phone": "+49 30 5550100"});
    let hidden = json!({"name": "Mara", "phone": null});
    assert_eq!(lead(NOW), shown);
    assert_eq!(lead("2026-10-24T20:00:00Z"), shown);
    assert_eq!(lead("2026-10-25T01:59:59Z"), shown);
    assert_eq!(lead("2026-10-25T02:00:00Z"), hidden);
    let status = |now| seen(&world, now)["status"].clone();
    assert_eq!(status("2026-10-24T19:59:59Z"), "upcoming");
    assert_eq!(status("2026-10-24T20:00:00Z"), "running");
    assert_eq!(status("2026-10-25T01:59:59Z"), "running");
    assert_eq!(status("2026-10-25T02:00:00Z"), "finished");
}

#[test]
fn d3_a_cancelled_shift_never_shows_the_phone() {
    let world = staffed();
    world.plan("projects.publish_team", json!({"project": GALA}));
    world.plan("shifts.cancel", json!({"shift": NIGHT}));
    let seen = seen(&world, NOW);
    assert_eq!(
        (&seen["status"], &seen["lead"], &seen["team"]),
        (&json!("cancelled"), &Value::Null, &json!([]))
    );
}

#[test]
fn d3_a_lead_who_is_asked_again_is_not_shown_until_the_answer() {
    let world = staffed();
    world.plan("projects.publish_team", json!({"project": GALA}));
    let moved = world.plan("shifts.move", json!({"shift": NIGHT, "start": "2026-10-24T21:00"}));
    assert_eq!(seen(&world, NOW)["lead"], Value::Null);
    world.plan("bookings.reconfirm", json!({"shift": NIGHT, "booking": moved["lead"]}));
    assert_eq!(seen(&world, NOW)["lead"]["name"], "Mara");
}

#[test]
fn a_lead_must_have_confirmed() {
    let world = World::new();
    let booking = world.book(NIGHT, 2, &world.worker("Mara"), "invited");
    let input = json!({"shift": NIGHT, "booking": booking});
    assert_eq!(world.refused(NOW, "shifts.name_lead", input).code, Code::LeadNotConfirmed);
}

#[test]
fn d4_no_pay_rate_and_no_hidden_word_is_in_any_byte_for_a_client() {
    let world = World::new();
    let secrets = ["73.9173", "81.4081", "difficult guest", "needs watching", "Oda Hidden", "+49 30 5550100"];
    world.plan("projects.set_sharing", json!({"project": GALA, "team_immediately": true}));
    for (place, name, pay) in [(1, "Mara", secrets[0]), (2, "Nils", secrets[1])] {
        let position = position(NIGHT, place);
        let worker = world.worker(name);
        let input =
            json!({"shift": NIGHT, "position": position, "worker": worker, "pay": pay, "state": "confirmed"});
        let booked = world.plan("bookings.book", input);
        assert_eq!(booked["pay"], pay, "the agency sees it");
    }
    world.book(NIGHT, 1, &world.worker("Oda Hidden"), "invited");
    let tags = json!([{"text": secrets[2], "visible_to_client": false}, {"text": secrets[3], "visible_to_client": false}]);
    world.plan("shifts.set_tags", json!({"shift": NIGHT, "tags": tags}));
    for (name, input) in [
        ("my_shifts.get", json!({"shift": NIGHT})),
        ("my_shifts.list", json!({"client": HOTEL})),
        ("my_shifts.list", json!({"project": GALA, "page": {"limit": 1}})),
        ("my_projects.get", json!({"project": GALA})),
        ("my_projects.list", json!({"client": HOTEL})),
        ("my_projects.progress", json!({"project": GALA})),
    ] {
        let bytes = world.run(ANNA, NOW, name, input).unwrap().json().to_owned();
        let found = secrets.iter().find(|secret| bytes.contains(**secret));
        assert_eq!(found, None, "{name}");
        assert!(!bytes.contains("pay") && !bytes.contains(&BAKERY.to_string()), "{name}");
    }
    // Events are ids and figures: neither pay nor names nor phones.
    let tenant = staffgate::store::Tenant::new(crate::world::AGENCY);
    let read = staffgate::store::Read::Events { tenant, subject: None, after: 0, limit: 1000 };
    let events = staffgate::store::Store::load(world.portal.store(), &[read]).unwrap().remove(0);
    assert!(events.iter().any(|row| row.body.contains("booking_confirmed")));
    for row in events {
        let found = secrets.iter().chain(&["Mara", "Nils", "pay"]).find(|secret| row.body.contains(**secret));
        assert_eq!(found, None, "{}", row.body);
    }
}

#[test]
fn anothers_shift_and_no_shift_are_one_answer_by_one_path() {
    let world = World::new();
    let nowhere = NOTHING.uuid();
    for (name, field, foreign) in [
        ("my_shifts.get", "shift", OVEN.uuid()),
        ("my_shifts.list", "client", BAKERY.uuid()),
        ("my_shifts.list", "project", BREAD.uuid()),
        ("my_projects.get", "project", BREAD.uuid()),
        ("my_projects.list", "client", BAKERY.uuid()),
        ("my_projects.progress", "project", BREAD.uuid()),
    ] {
        let answer = |actor: Actor, id: uuid::Uuid| {
            let (result, rounds) = world.answered(actor, name, &json!({field: id}));
            (result.unwrap_err(), rounds)
        };
        let foreign_answer = answer(ANNA, foreign);
        assert_eq!(foreign_answer, answer(ANNA, nowhere), "{name} by {field}");
        assert_eq!(foreign_answer.0.code, Code::NotFound);
        assert!(foreign_answer.0.path.is_none() && foreign_answer.0.details.is_empty());
        assert_eq!(foreign_answer.1.len(), 1, "one round");
        // Whose access has ended hears that, for any id.
        assert_eq!(answer(CLARA, foreign), answer(CLARA, nowhere));
        assert_eq!(answer(CLARA, nowhere).0.code, Code::AccessEnded);
    }
    world.ok(Actor::Operator, NOW, "agencies.switch_portal", json!({"on": false}));
    let code = |id: uuid::Uuid| world.run(ANNA, NOW, "my_shifts.get", json!({"shift": id})).unwrap_err().code;
    assert_eq!((code(nowhere), code(NIGHT.uuid())), (Code::PortalOff, Code::PortalOff));
}

#[test]
fn d2_a_whole_project_is_published_in_one_commit() {
    let world = World::new();
    for number in 0..498_u128 {
        let id = staffgate::values::ShiftId::new(uuid::Uuid::from_u128(0x1000 + number));
        world.put(&shift(id, HOTEL, GALA, "2026-11-24T22:00", "2026-11-25T03:00"));
    }
    let call = world.call(crate::world::PLANNER, NOW);
    let input = json!({"project": GALA}).to_string();
    assert_eq!(world.portal.run_json(&call, "projects.publish_team", &input).unwrap().rounds, 1);
    let page = world.ok(ANNA, NOW, "my_shifts.list", json!({"client": HOTEL, "page": {"limit": 1000}}));
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), 500);
    assert!(items.iter().all(|item| item["team"] == json!([])));
}
