//! Jobs and candidates: in both worlds the same but for who an anonymised candidate is and what the agency keeps to itself;
//! in the second alone what is not on the portal, and what is on another client's.

use serde_json::{Value, json};

use crate::dice::Dice;
use crate::pool::{Pool, pick};
use crate::twins::Twins;

/// What the agency does in both worlds.
pub(crate) fn step(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<()> {
    match dice.of(8) {
        0 | 1 => job(twins, pool, dice),
        2..=4 => candidate(twins, pool, dice),
        5 => later(twins, pool, dice),
        6 => stage(twins, pool, dice),
        _ => portal(twins, pool, dice),
    }
}

fn job(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<()> {
    let client = twins.founded.clients[dice.of(2)].clone();
    let project = pick(dice, &pool.projects).filter(|_| dice.once_in(2));
    let site = dice.once_in(2).then(|| client.sites[0].id.clone());
    let details = |note: &str| {
        let details = json!({
            "title": "Waiter", "positions": 2, "project": project, "site": site, "internal_note": note,
        });
        json!({ "client": client.id, "details": details })
    };
    let planner = twins.founded.planner();
    let reply = twins.apart(planner, "jobs.create", &details("Good payer"), &details("Sentinel note"))?;
    pool.learn(&reply);
    pool.jobs.push(reply["id"].clone());
    twins.both(planner, "jobs.put_on_portal", &json!({ "job": reply["id"] })).map(|_| ())
}

/// A named candidate is the same in both; an anonymised one is somebody else in the second.
fn candidate(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<()> {
    let job = pick(dice, &pool.jobs)?;
    let anonymous = dice.once_in(2);
    let contact = dice.once_in(2);
    let add = |name: &str, mail: &str, note: &str| {
        let (name, mail) = if anonymous { (name, mail) } else { ("Lena Sturm", "lena@sturm.example") };
        let details = json!({ "name": name, "email": mail, "shows_contact": contact, "internal_note": note });
        json!({
            "job": job, "anonymous": anonymous, "details": details, "summary": format!("{name} speaks French"),
            "anonymous_summary": "Speaks French",
        })
    };
    let planner = twins.founded.planner();
    let other = add("Sentinel Person", "sentinel@person.example", "Sentinel words");
    let added =
        twins.apart(planner, "candidates.add", &add("Eva Stone", "eva@stone.example", "Nice"), &other)?;
    let id = added["id"].clone();
    let mut revision = 2;
    if dice.once_in(2) {
        let file = |name: &str, bytes: u32, hash: char| {
            let name = if anonymous { name } else { "Lena.pdf" };
            let (bytes, hash) = if anonymous { (bytes, hash) } else { (7, 'e') };
            json!({
                "name": name, "media_type": "application/pdf", "bytes": bytes, "sha256": hash.to_string().repeat(64),
            })
        };
        let document = |file: Value| {
            json!({
                "candidate": id, "audience": "clients", "notify_clients": false, "file": file,
                "anonymised": { "name": "cv.jpg", "media_type": "image/jpeg", "bytes": 9, "sha256": "c".repeat(64) },
            })
        };
        let (one, other) = (file("Eva.pdf", 5, 'a'), file("Sentinel.pdf", 5_000, 'b'));
        pool.learn(&twins.apart(planner, "candidates.add_document", &document(one), &document(other))?);
        revision += 1;
    }
    twins.both(planner, "candidates.submit", &json!({ "candidate": id }))?;
    let approve = json!({ "candidate": id, "revision": revision, "notify_clients": false });
    pool.learn(&twins.both(planner, "candidates.approve", &approve)?);
    pool.candidates.push(id);
    Some(())
}

/// What is done about a candidate whom the client may see.
fn later(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<()> {
    let candidate = pick(dice, &pool.candidates)?;
    let planner = twins.founded.planner();
    let activity = |text: &str| {
        json!({
            "candidate": candidate, "kind": "call", "text": text, "audience": "agency", "notify_clients": false,
        })
    };
    match dice.of(4) {
        0 => twins.both(planner, "candidates.remove", &json!({ "candidate": candidate })),
        1 => {
            let stage = dice.pick(&["screening", "presented", "interview", "offer"]);
            twins.both(planner, "candidates.move", &json!({ "candidate": candidate, "stage": stage }))
        }
        _ => twins.apart(planner, "candidates.add_activity", &activity("Called"), &activity("Sentinel call")),
    }
    .map(|_| ())
}

fn stage(twins: &mut Twins, _: &mut Pool, dice: &mut Dice) -> Option<()> {
    let stage = dice.pick(&["new", "presented", "offer"]);
    let set = json!({ "stage": stage, "en": dice.pick(&["Met", "Shown"]), "hidden": dice.once_in(3) });
    twins.both(twins.founded.planner(), "stages.set", &set).map(|_| ())
}

fn portal(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<()> {
    let job = pick(dice, &pool.jobs)?;
    let name = dice.pick(&["jobs.remove_from_portal", "jobs.put_on_portal", "jobs.close", "jobs.reopen"]);
    twins.both(twins.founded.planner(), name, &json!({ "job": job })).map(|_| ())
}

/// In the second world alone: a job that is not on the portal, one of another client's, a candidate who has not passed
/// the review, and what the agency notes for itself.
pub(crate) fn secret(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<Value> {
    let planner = twins.founded.planner();
    let number = dice.of(3);
    let job = match dice.of(3) {
        0 => pick(dice, &pool.jobs)?,
        1 => {
            let candidate = pick(dice, &pool.candidates)?;
            let note = json!({
                "candidate": candidate, "kind": "note", "text": "Sentinel remark", "audience": "agency",
                "notify_clients": false,
            });
            return twins.aside(planner, "candidates.add_activity", &note);
        }
        _ => {
            let client = twins.founded.clients[number].id.clone();
            let details = json!({ "title": "Sentinel job", "positions": 1 });
            let made =
                twins.aside(planner, "jobs.create", &json!({ "client": client, "details": details }))?;
            if number == 2 {
                twins.aside(planner, "jobs.put_on_portal", &json!({ "job": made["id"] }));
            }
            pool.learn(&made);
            made["id"].clone()
        }
    };
    let details = json!({ "name": "Sentinel Somebody", "email": "sentinel@somebody.example" });
    let added = twins.aside(planner, "candidates.add", &json!({ "job": job, "details": details }))?;
    twins.aside(planner, "candidates.submit", &json!({ "candidate": added["id"] }));
    Some(added)
}

/// What a client's person asks of them.
pub(crate) fn question(pool: &Pool, dice: &mut Dice, client: &Value) -> (&'static str, Value) {
    let (job, candidate) = (pick(dice, &pool.jobs), pick(dice, &pool.candidates));
    let page = json!({ "limit": dice.pick(&[1, 3, 50]) });
    match dice.of(6) {
        0 => ("my_jobs.list", json!({ "client": client, "page": page })),
        1 => ("my_jobs.get", json!({ "job": job })),
        2 | 3 => ("my_candidates.list", json!({ "job": job, "page": page })),
        4 => ("my_feedback.list", json!({ "candidate": candidate, "page": page })),
        _ => ("my_candidates.get", json!({ "candidate": candidate })),
    }
}

/// What a client's person says of one, and which documents they may be served.
pub(crate) fn say(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice, who: staffgate::Actor) {
    let Some(candidate) = pick(dice, &pool.candidates) else { return };
    let feedback = json!({
        "candidate": candidate, "decision": dice.pick(&["interview", "hire", "decline"]), "rating": 1 + dice.of(5),
    });
    twins.observe(who, "my_feedback.give", &feedback);
    let Some(reply) = twins.observe(who, "my_candidates.get", &json!({ "candidate": candidate })) else {
        return;
    };
    let document = reply["documents"][0]["id"].clone();
    let preview = json!({ "candidate": candidate, "document": document });
    twins.observe(who, "my_candidates.preview_document", &preview);
}

/// Which fields of something a client's person is shown, and why.
pub(crate) fn explained(pool: &Pool, dice: &mut Dice) -> (&'static str, Value) {
    let input = match dice.of(4) {
        0 => json!({ "shift": pick(dice, &pool.shifts).map(|shift| shift.id) }),
        1 => json!({ "mandate": pick(dice, &pool.mandates).map(|mandate| mandate.id) }),
        2 => json!({ "project": pick(dice, &pool.projects) }),
        _ => json!({ "candidate": pick(dice, &pool.candidates) }),
    };
    ("visibility.explain", input)
}
