//! What the agency does in both worlds, the same but for what it keeps to itself: pay, internal notes and tags, reasons
//! that are not for the client, hidden certificates.

use serde_json::{Value, json};

use crate::candidates;
use crate::dice::Dice;
use crate::pool::{Booking, Mandate, Pool, Shift, pick};
use crate::twins::Twins;

/// Workers whom observers can meet.
const SEEN: usize = 4;

pub(crate) fn step(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) {
    let done = match dice.of(28) {
        0..=4 => accept(twins, pool, dice),
        5..=8 => book(twins, pool, dice),
        9 | 10 => booking_step(twins, pool, dice),
        11 => tag(twins, pool, dice),
        12..=14 => project_step(twins, pool, dice),
        15 | 16 => share(twins, pool, dice),
        17 => write(twins, pool, dice),
        18 => select(twins, pool, dice),
        19 => cancel(twins, pool, dice),
        20 => certify(twins, dice),
        21 => answer_request(twins, pool, dice),
        22 => review(twins, pool, dice),
        23..=26 => candidates::step(twins, pool, dice),
        _ => worker(twins, dice),
    };
    if done.is_none() {
        twins.pass(dice);
    }
}

/// The mandate is accepted, and its shifts become known.
fn accept(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<()> {
    let Mandate { id, revision, .. } = pick(dice, &pool.mandates)?;
    let planner = twins.founded.planner();
    let reply = twins.both(planner, "mandates.accept", &json!({ "mandate": id, "revision": revision }))?;
    let project = reply["project"].clone();
    if !pool.projects.contains(&project) {
        pool.projects.push(project.clone());
    }
    see_shifts(twins, pool, &project)
}

fn see_shifts(twins: &mut Twins, pool: &mut Pool, project: &Value) -> Option<()> {
    let planner = twins.founded.planner();
    let page = json!({ "project": project, "page": { "limit": 100 } });
    let reply = twins.both(planner, "shifts.list", &page)?;
    pool.learn(&reply);
    pool.shifts.retain(|shift| shift.project != *project);
    for shift in reply["items"].as_array()? {
        pool.shifts.push(Shift {
            id: shift["id"].clone(),
            project: project.clone(),
            revision: shift["revision"].clone(),
            positions: shift["positions"].as_array()?.iter().map(|position| position["id"].clone()).collect(),
        });
    }
    Some(())
}

fn book(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<()> {
    let shift = pick(dice, &pool.shifts)?;
    let worker = twins.founded.workers[dice.of(SEEN)].clone();
    let booking = |pay: Option<&str>, state: &str| json!({ "shift": shift.id, "position": shift.positions[0], "worker": worker, "state": state, "pay": pay });
    let state = dice.pick(&["confirmed", "confirmed", "invited", "proposed"]);
    let pay = dice.pick(&[Some("12.10"), None]);
    let planner = twins.founded.planner();
    let reply =
        twins.apart(planner, "bookings.book", &booking(pay, state), &booking(Some("917.31"), state))?;
    pool.learn(&reply);
    pool.bookings.push(Booking { shift: shift.id, id: reply["id"].clone() });
    Some(())
}

fn booking_step(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<()> {
    let booking = pick(dice, &pool.bookings)?;
    let name = dice.pick(&[
        "bookings.confirm",
        "bookings.confirm",
        "bookings.cancel",
        "bookings.check_in",
        "bookings.check_out",
        "bookings.no_show",
        "shifts.name_lead",
        "shifts.name_lead",
    ]);
    let planner = twins.founded.planner();
    twins.both(planner, name, &json!({ "shift": booking.shift, "booking": booking.id })).map(|_| ())
}

fn tag(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<()> {
    let shift = pick(dice, &pool.shifts)?;
    let tags = |hidden: &str| {
        let hidden = json!({ "text": hidden, "visible_to_client": false });
        json!({ "shift": shift.id, "tags": [{ "text": "gala", "visible_to_client": true }, hidden] })
    };
    let planner = twins.founded.planner();
    twins.apart(planner, "shifts.set_tags", &tags("late payer"), &tags("Sentinel tag")).map(|_| ())
}

fn project_step(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<()> {
    let project = pick(dice, &pool.projects)?;
    let (name, input) = match dice.of(6) {
        0 | 1 => ("projects.publish_team", json!({ "project": project })),
        2 => ("projects.unshare", json!({ "project": project })),
        3 => ("projects.share", json!({ "project": project })),
        _ => {
            let sharing = json!({
                "project": project, "public": true, "public_names": "given",
                "profile_pictures": dice.once_in(2), "time_report": dice.once_in(2),
            });
            ("projects.set_sharing", sharing)
        }
    };
    let planner = twins.founded.planner();
    twins.both(planner, name, &input).map(|_| ())
}

/// A link to a project, or to its public page.
fn share(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<()> {
    let project = pick(dice, &pool.projects)?;
    let name = dice.pick(&["links.share_project", "projects.publish_link"]);
    let input = json!({ "project": project, "base_url": "https://portal.northlight.example/look" });
    let planner = twins.founded.planner();
    let reply = twins.both(planner, name, &input)?;
    pool.tokens.push(reply["token"].clone());
    if name == "links.share_project" {
        pool.shared.push((reply["id"].clone(), reply["token"].clone()));
    }
    Some(())
}

/// Words for the client in both worlds; words inside the agency in the second alone stand in `secrets`.
fn write(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<()> {
    let project = pick(dice, &pool.projects)?;
    let planner = twins.founded.planner();
    let message = json!({ "project": project, "text": format!("Message {}", dice.of(100)) });
    twins.both(planner, "messages.write", &message).map(|_| ())
}

fn select(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<()> {
    let shift = pick(dice, &pool.shifts)?;
    let planner = twins.founded.planner();
    let proposals: Vec<Value> = (0..2).map(|at| json!({ "worker": twins.founded.workers[at] })).collect();
    let open = json!({
        "positions": [{ "shift": shift.id, "position": shift.positions[0] }], "proposals": proposals, "minimum": 1,
    });
    let reply = twins.both(planner, "selections.open", &open)?;
    let proposals = reply["proposals"].as_array()?.iter().map(|one| one["id"].clone()).collect();
    let selection = reply["id"].clone();
    pool.learn(&reply);
    twins.both(planner, "selections.offer", &json!({ "selection": selection }))?;
    pool.selections.push((selection, proposals));
    Some(())
}

fn cancel(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<()> {
    if !dice.once_in(3) {
        return None;
    }
    let shift = pick(dice, &pool.shifts)?;
    let visible = dice.once_in(2);
    let cancel = |reason: &str| {
        let reason = if visible { "Rain" } else { reason };
        json!({ "shift": shift.id, "reason": reason, "reason_visible": visible })
    };
    let planner = twins.founded.planner();
    twins.apart(planner, "shifts.cancel", &cancel("No staff"), &cancel("Sentinel reason")).map(|_| ())
}

/// A hidden certificate is one secret; a shown one is the same in both.
fn certify(twins: &mut Twins, dice: &mut Dice) -> Option<()> {
    let worker = twins.founded.workers[dice.of(SEEN)].clone();
    let visible = dice.once_in(2);
    let certificate = |name: &str, reference: &str| {
        let name = if visible { "First aid" } else { name };
        json!({
            "worker": worker, "kind": "certificate", "name": name, "reference": reference,
            "valid_to": "2027-01-31", "visible_to_clients": visible,
        })
    };
    let planner = twins.founded.planner();
    let one = certificate("Driving", "A 1");
    twins
        .apart(planner, "workers.set_certificate", &one, &certificate("Sentinel paper", "Sentinel 7"))
        .map(|_| ())
}

fn answer_request(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<()> {
    let request = pick(dice, &pool.requests)?;
    let planner = twins.founded.planner();
    if dice.once_in(3) {
        let decline = json!({ "request": request, "reason": "No staff" });
        twins.both(planner, "change_requests.decline", &decline)?;
    } else {
        twins.both(planner, "change_requests.approve", &json!({ "request": request }))?;
    }
    let projects = pool.projects.clone();
    projects.iter().rev().take(3).try_for_each(|project| see_shifts(twins, pool, project))
}

fn review(twins: &mut Twins, pool: &mut Pool, dice: &mut Dice) -> Option<()> {
    let Mandate { id, revision, .. } = pick(dice, &pool.mandates)?;
    let planner = twins.founded.planner();
    let input = json!({ "mandate": id, "revision": revision, "reason": "No staff" });
    let plain = json!({ "mandate": id, "revision": revision });
    match dice.of(3) {
        0 => twins.both(planner, "mandates.open_review", &plain),
        1 => twins.both(planner, "mandates.close_review", &plain),
        _ => twins.both(planner, "mandates.decline", &input),
    }
    .map(|_| ())
}

/// A phone is seen while a shift is led; so it is the same in both.
fn worker(twins: &mut Twins, dice: &mut Dice) -> Option<()> {
    let worker = twins.founded.workers[dice.of(SEEN)].clone();
    let phone = format!("+4930{}", 1_000_000 + dice.of(1000));
    let planner = twins.founded.planner();
    twins.both(planner, "workers.update", &json!({ "worker": worker, "phone": phone })).map(|_| ())
}
