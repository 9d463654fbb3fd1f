//! After an erasure no record, reply or log of the agency's whole store holds anything of the person.

use serde_json::{Value, json};
use staffgate::store::{Read, Store, Tenant};

use super::world::{Agency, Person};

/// Everything that the store holds, kept replies and claims included, as text.
fn bytes(agency: &Agency) -> String {
    format!("{:?}", agency.world.store())
}

/// What the agency and the client can read of everything.
fn replies(agency: &Agency) -> String {
    let (astoria, project) = (agency.world.id("astoria"), agency.world.id("project"));
    let by_agency = [
        ("shifts.list", json!({})),
        ("workers.list", json!({})),
        ("users.list", json!({ "client": astoria })),
        ("selections.list", json!({})),
        ("staff_preferences.get", json!({ "client": astoria })),
        ("messages.list", json!({ "project": project })),
        ("notifications.list", json!({})),
        ("links.list", json!({ "client": astoria })),
        ("events.read", json!({ "after": 0, "limit": 1000 })),
        ("privacy.disclosures", json!({})),
    ];
    let by_client = [
        ("my_shifts.list", json!({ "client": astoria })),
        ("my_selections.list", json!({ "client": astoria })),
        ("my_staff.list", json!({ "client": astoria })),
        ("my_messages.list", json!({ "project": project })),
        ("notifications.list", json!({ "client": astoria })),
        ("attendance.on_site", json!({ "client": astoria, "site": agency.world.id("berlin") })),
    ];
    let mut text = String::new();
    for (name, input) in by_agency {
        let reply = agency.does(name, &input).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
        text.push_str(&reply.to_string());
    }
    let anna = agency.world.user("anna");
    for (name, input) in by_client {
        let reply = agency.run(&anna, name, &input).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
        text.push_str(reply.json());
    }
    text
}

fn assert_gone(agency: &Agency, person: &Person, seed: u64) {
    for text in [bytes(agency), replies(agency)] {
        if let Some(marker) = person.stands_in(&text) {
            let at = text.find(&marker).unwrap();
            let around =
                String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(400)..(at + 200).min(text.len())]);
            panic!("seed {seed}: `{marker}` is still there: {around}");
        }
    }
}

/// Calls until nothing is left, and says how many calls it took.
fn erase(agency: &Agency, operation: &str, input: &Value) -> u32 {
    for calls in 1..100 {
        let reply =
            agency.does(operation, input).unwrap_or_else(|refusal| panic!("{operation}: {refusal:?}"));
        if reply["more"] == json!(false) {
            assert!(reply["finished_at"].is_string());
            return calls;
        }
    }
    panic!("{operation} comes to no end");
}

fn verified(agency: &Agency) {
    let verdict = agency.does("history.verify", &json!({})).unwrap();
    assert_eq!((&verdict["ok"], &verdict["problem"]), (&json!(true), &Value::Null));
}

/// Commands that were done before, under the ids that the store knows.
fn first_command(agency: &Agency) -> (String, String) {
    let mia = agency.world.member("mia");
    let id = format!("member/{}", mia["id"].as_str().unwrap());
    let tenant = Tenant::new(agency.world.agency());
    let command = (1..1000).map(|number| format!("{id}/world/{number}")).find(|command| {
        let read = Read::Command { tenant: tenant.clone(), id: command.clone() };
        agency.world.store().load(&[read]).unwrap().concat().iter().any(|row| row.body.contains("sealed "))
    });
    let command = command.unwrap();
    let row = agency.world.store().load(&[Read::Command { tenant, id: command.clone() }]).unwrap().concat();
    (command, row[0].body.clone())
}

#[test]
fn d8_no_byte_of_the_store_and_no_reply_holds_an_erased_worker() {
    let mut rewritten = 0;
    for seed in 1..=24 {
        let agency = Agency::new(seed);
        (0..90).for_each(|_| agency.step());
        let worker = &agency.workers[0];
        assert!(worker.stands_in(&bytes(&agency)).is_some(), "it was there");
        // What has not ended is cancelled first.
        agency.wait(60 * 24 * 40);
        let most = 1 + agency.dice.below(4);
        let calls = erase(&agency, "privacy.erase_worker", &json!({ "worker": worker.id, "at_most": most }));
        assert!(calls > 1, "seed {seed}: two projects and a limit of {most} take more than a call");
        assert_gone(&agency, worker, seed);
        verified(&agency);
        let others = bytes(&agency);
        assert!(
            agency.workers[1..].iter().all(|other| other.stands_in(&others).is_some()),
            "the others stay"
        );
        let export = agency.does("privacy.export_worker", &json!({ "worker": worker.id }));
        assert_eq!(export.unwrap_err().code.text(), "not_found");
        rewritten += others.matches("\"name\\\":\\\"erased\\\"").count();
    }
    assert!(rewritten > 24, "bookings stay, under no name");
}

#[test]
fn d8_no_byte_of_the_store_and_no_reply_holds_an_erased_user() {
    for seed in 1..=4 {
        let agency = Agency::new(seed);
        agency.users.iter().for_each(|user| agency.lives(user));
        let user = &agency.users[0];
        assert!(user.stands_in(&bytes(&agency)).is_some(), "it was there");
        // Both came from one place, which the other's rows keep.
        agency.users.iter().for_each(|user| user.markers.borrow_mut().retain(|one| one != "2001:db8::2a71"));
        let most = 1 + agency.dice.below(3);
        erase(&agency, "privacy.erase_user", &json!({ "user": user.id, "at_most": most }));
        assert_gone(&agency, user, seed);
        verified(&agency);
        assert!(agency.users[1].stands_in(&bytes(&agency)).is_some(), "the other stays");
    }
}

#[test]
fn d8_a_kept_reply_tells_nothing_before_and_is_forgotten_after() {
    let agency = Agency::new(7);
    let worker = &agency.workers[0];
    let (command, kept) = first_command(&agency);
    assert!(worker.stands_in(&kept).is_none(), "{command}: {kept}");
    let name = worker.markers.borrow()[0].clone();
    let call = |name: &str| {
        let request = json!({
            "context": {
                "agency": agency.world.agency(), "actor": agency.world.member("mia"), "now": agency.now(),
                "command_id": "once", "entropy": "0b".repeat(32),
            },
            "operation": "workers.update",
            "input": { "worker": worker.id, "name": name },
        });
        let slots = staffgate::hashing::HashingSlots::default();
        staffgate::wire::execute(agency.world.store(), request.to_string().as_bytes(), &slots)
    };
    assert!(!call(&name).unwrap().replayed);
    let again = call(&name).unwrap();
    assert!(again.replayed && again.json().contains(&name), "until then a retry gets the first reply");
    assert_eq!(call("Another").unwrap_err().code.text(), "command_reused");
    erase(&agency, "privacy.erase_worker", &json!({ "worker": worker.id }));
    assert_eq!(call(&name).unwrap_err().code.text(), "reply_erased");
    assert_eq!(call("Another").unwrap_err().code.text(), "command_reused");
}

#[test]
fn d8_a_command_that_began_before_does_not_keep_its_reply_past_the_erasure() {
    use staffgate::engine::{Answer, Step};

    let agency = Agency::new(9);
    let (gone, other) = (&agency.workers[0], &agency.workers[1]);
    let request = json!({
        "context": {
            "agency": agency.world.agency(), "actor": agency.world.member("mia"), "now": agency.now(),
            "command_id": "slow", "entropy": "0c".repeat(32),
        },
        "operation": "workers.update",
        "input": { "worker": other.id, "archived": true },
    });
    let store = agency.world.store();
    let mut machine = staffgate::wire::machine(request.to_string().as_bytes()).unwrap();
    let mut step = machine.start();
    let changes = loop {
        step = match step {
            Step::Load(reads) => machine.resume(Answer::of_load(store.load(&reads))),
            Step::Commit(changes) => break changes,
            Step::Done(done) => panic!("{done:?}"),
        };
    };
    erase(&agency, "privacy.erase_worker", &json!({ "worker": gone.id }));
    let mut step = machine.resume(Answer::of_commit(store.commit(&changes)));
    assert!(matches!(step, Step::Load(_)), "it begins anew: {step:?}");
    let reply = loop {
        step = match step {
            Step::Load(reads) => machine.resume(Answer::of_load(store.load(&reads))),
            Step::Commit(changes) => machine.resume(Answer::of_commit(store.commit(&changes))),
            Step::Done(done) => break done.unwrap(),
        };
    };
    assert_eq!(reply.attempts, 2);
}
