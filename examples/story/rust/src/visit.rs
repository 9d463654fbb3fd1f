//! Somebody of another client looks around and finds nothing.

use serde_json::{Value, json};
use staffgate::Actor;
use staffgate::clients::operations::{CreateClient, GetClient};
use staffgate::engine::Operation;
use staffgate::mandates::operations::GetMyMandate;
use staffgate::shifts::operations::{GetMyShift, ListMyShifts};
use staffgate::users::operations::{EnableAccess, JoinPortal};
use staffgate::values::{MandateId, ShiftId};

use super::Told;
use super::account::{chapter, says};
use super::setting::{Agency, Client};
use super::teller::{Teller, member, user};

pub fn stranger(
    teller: &Teller,
    agency: &Agency,
    client: &Client,
    shift: ShiftId,
    mandate: MandateId,
) -> Told<()> {
    chapter("Rob of another client looks around");
    let mia = member(agency.mia);
    let other = teller.ask::<CreateClient>(mia, &json!({ "name": "Riverside Hall" }))?;
    let delivery = json!({ "base_url": "https://northlight.example/join", "send_now": false });
    let link = teller.ask::<EnableAccess>(mia, &json!({ "client": other.id, "delivery": delivery }))?;
    let join = json!({
        "token": link.token.expose(),
        "name": "Rob Lang",
        "email": "rob@riverside.example",
        "password": "nine green kites above the dunes"
    });
    let rob = user(teller.ask::<JoinPortal>(Actor::Guest, &join)?.user);
    let missing = "00000000-0000-4000-8000-000000000000";
    let absent = answer::<GetMyShift>(teller, rob, &json!({ "shift": missing }));
    let answers = [
        answer::<GetMyShift>(teller, rob, &json!({ "shift": shift })),
        answer::<ListMyShifts>(teller, rob, &json!({ "client": client.id })),
        answer::<GetMyMandate>(teller, rob, &json!({ "mandate": mandate })),
        answer::<GetClient>(teller, rob, &json!({ "client": client.id })),
    ];
    let same = answers.iter().filter(|answer| **answer == absent).count();
    says("Rob", &format!("asks for {} things of the Astoria", answers.len()));
    says("Rob", &format!("gets {same} times the very bytes of an id that never existed"));
    if same == answers.len() {
        Ok(())
    } else {
        Err("somebody else's ids are told apart from missing ones".into())
    }
}

/// The bytes of the answer, whatever it is.
fn answer<O: Operation>(teller: &Teller, actor: Actor, input: &Value) -> String {
    let _ = teller.ask::<O>(actor, input);
    teller.last_answer()
}
