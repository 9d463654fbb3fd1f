//! The main job, told in Rust: `story FILE.db ANSWERS.txt`.
//!
//! Every line that it prints, and every answer's bytes, are the same in Python and Node.

mod account;
mod setting;
mod teller;
mod visit;

use account::{chapter, estimate, says, shift};
use serde_json::json;
use setting::{Agency, Client};
use staffgate::history::operations::VerifyHistory;
use staffgate::mandates::operations::{
    AcceptMandate, EditMandate, ListMandates, PreviewMandate, SubmitMandate,
};
use staffgate::projects::operations::PublishTeam;
use staffgate::shifts::operations::{Book, ConfirmBooking, CreateWorker, GetMyShift, ListMyShifts, NameLead};
use staffgate::values::{MandateId, ShiftId};
use teller::{Teller, member, user};

type Told<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Told<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(answers)) = (arguments.next(), arguments.next()) else {
        return Err("usage: story FILE.db ANSWERS.txt".into());
    };
    let teller = Teller::open(&path, &answers)?;
    let agency = setting::found_agency(&teller)?;
    let client = setting::open_client(&teller, &agency)?;
    let mandate = order(&teller, &agency, &client)?;
    let shift = accept(&teller, &agency, &client, mandate)?;
    staff(&teller, &agency, &client, shift)?;
    visit::stranger(&teller, &agency, &client, shift, mandate)?;
    end(&teller, &client, shift)
}

fn order(teller: &Teller, agency: &Agency, client: &Client) -> Told<MandateId> {
    chapter("Anna orders staff for the night in which the clock goes back");
    teller.at("2026-10-01T09:00:00Z");
    let anna = user(client.anna);
    let form = |waiters: u32| {
        json!({
            "name": "Autumn ball",
            "site": client.site,
            "buyer_reference": "PO-77",
            "shifts": [{
                "start": "2026-10-24T22:00",
                "end": "2026-10-25T06:00",
                "break_minutes": 30,
                "positions": [
                    { "skill": agency.waiter, "headcount": waiters },
                    { "skill": agency.waiter, "role": "lead", "headcount": 1 }
                ]
            }]
        })
    };
    let preview = teller.ask::<PreviewMandate>(anna, &json!({ "client": client.id, "order": form(3) }))?;
    says("Anna", "previews three waiters and a lead, ten to six: nine hours, less half an hour of break");
    if let Some(price) = &preview.estimate {
        estimate(price);
    }
    let input = json!({ "client": client.id, "order": form(3), "terms": preview.terms });
    let mandate = teller.ask::<SubmitMandate>(anna, &input)?;
    says("Anna", "accepts the terms and submits the order");
    let review = teller.ask::<ListMandates>(member(agency.mia), &json!({ "state": "submitted" }))?;
    says("Mia", &format!("finds {} order to review, revision {}", review.items.len(), mandate.revision));
    let edit = json!({ "mandate": mandate.id, "revision": mandate.revision, "order": form(4) });
    let edited = teller.ask::<EditMandate>(anna, &edit)?;
    says("Anna", &format!("makes it four waiters: revision {}", edited.revision));
    if let Some(price) = &edited.estimate {
        estimate(price);
    }
    Ok(mandate.id)
}

fn accept(teller: &Teller, agency: &Agency, client: &Client, mandate: MandateId) -> Told<ShiftId> {
    chapter("The agency accepts");
    let stale =
        teller.ask::<AcceptMandate>(member(agency.mia), &json!({ "mandate": mandate, "revision": 1 }));
    if let Err(refusal) = stale {
        says("Mia", &format!("cannot accept revision 1: {}", refusal.code.text()));
    }
    teller.ask::<AcceptMandate>(member(agency.mia), &json!({ "mandate": mandate, "revision": 2 }))?;
    says("Mia", "accepts revision 2: project, schedule and shifts exist");
    let shifts = teller.ask::<ListMyShifts>(user(client.anna), &json!({ "client": client.id }))?;
    let first = shifts.items.first().ok_or("no shift after acceptance")?;
    shift(first);
    Ok(first.id)
}

fn staff(teller: &Teller, agency: &Agency, client: &Client, id: ShiftId) -> Told<()> {
    chapter("The agency books the team");
    teller.at("2026-10-05T08:00:00Z");
    let (mia, anna) = (member(agency.mia), user(client.anna));
    let this = json!({ "shift": id });
    let seen = teller.ask::<GetMyShift>(anna, &this)?;
    let (staff, lead) = match seen.positions.as_slice() {
        [staff, lead] => (staff.id, lead.id),
        _ => return Err("the shift has other positions than were ordered".into()),
    };
    let people = [
        ("Lena Sturm", "+49 151 1000001", lead, "17.31"),
        ("Tom Fischer", "+49 151 1000002", staff, "13.37"),
        ("Ida Blum", "+49 151 1000003", staff, "13.38"),
        ("Max Vogel", "+49 151 1000004", staff, "13.39"),
        ("Eva Stein", "+49 151 1000005", staff, "13.41"),
    ];
    let mut lead_booking = None;
    for (name, phone, position, pay) in people {
        let input = json!({ "name": name, "phone": phone, "skills": [agency.waiter] });
        let worker = teller.ask::<CreateWorker>(mia, &input)?;
        let input = json!({ "shift": id, "position": position, "worker": worker.id, "pay": pay });
        let booking = teller.ask::<Book>(mia, &input)?;
        teller.ask::<ConfirmBooking>(mia, &json!({ "shift": id, "booking": booking.id }))?;
        says("Mia", &format!("books {name}, who confirms"));
        lead_booking = lead_booking.or(Some(booking.id));
    }
    teller.ask::<NameLead>(mia, &json!({ "shift": id, "booking": lead_booking }))?;
    says("Mia", "names Lena Sturm as lead");
    shift(&teller.ask::<GetMyShift>(anna, &this)?);
    teller.ask::<PublishTeam>(mia, &json!({ "project": seen.project }))?;
    says("Mia", "publishes the team");
    shift(&teller.ask::<GetMyShift>(anna, &this)?);
    Ok(())
}

fn end(teller: &Teller, client: &Client, id: ShiftId) -> Told<()> {
    chapter("The night passes");
    for now in ["2026-10-25T04:59:59Z", "2026-10-25T05:00:00Z"] {
        teller.at(now);
        says("clock", now);
        shift(&teller.ask::<GetMyShift>(user(client.anna), &json!({ "shift": id }))?);
    }
    let (answers, leaking) = teller.leaks();
    says("check", &format!("{leaking} of {answers} answers to people at clients hold a pay rate"));
    let verdict = teller.ask::<VerifyHistory>(staffgate::Actor::Operator, &json!({}))?;
    let word = if verdict.ok { "verifies" } else { "does NOT verify" };
    says("check", &format!("the history of {} events {word}", verdict.verified_to));
    if leaking > 0 || !verdict.ok {
        return Err("the story did not end well".into());
    }
    Ok(())
}
