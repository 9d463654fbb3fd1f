//! How the stage is set: the agency, its offer, its client, and Anna.

use serde_json::json;
use staffgate::Actor;
use staffgate::agency::operations::{
    AddMember, CreateAgency, CreateSkill, PublishTerms, SetOrdering, SetProfile, SwitchPortal,
};
use staffgate::clients::model::AccessStatus;
use staffgate::clients::operations::{CreateClient, GetClient};
use staffgate::clients::views::ClientReply;
use staffgate::pricing::operations::PublishPriceList;
use staffgate::users::operations::{EnableAccess, JoinPortal, PreviewLink};
use staffgate::values::{ClientId, MemberId, SiteId, SkillId, UserId};

use super::Told;
use super::account::{chapter, says};
use super::teller::{Teller, member};

pub struct Agency {
    pub mia: MemberId,
    pub waiter: SkillId,
}

pub struct Client {
    pub id: ClientId,
    pub site: SiteId,
    pub anna: UserId,
}

pub fn found_agency(teller: &Teller) -> Told<Agency> {
    chapter("The operator creates the agency");
    teller.at("2026-09-01T08:00:00Z");
    let operator = Actor::Operator;
    let agency =
        teller.ask::<CreateAgency>(operator, &json!({ "name": "Northlight Staffing", "currency": "EUR" }))?;
    says("operator", &format!("creates {}", agency.name));
    teller.ask::<SwitchPortal>(operator, &json!({ "on": true }))?;
    says("operator", "switches its portal on");
    let mia = json!({ "name": "Mia Keller", "email": "mia@northlight.example", "role": "administrator" });
    let mia = teller.ask::<AddMember>(operator, &mia)?.id;
    let who = member(mia);

    chapter("The agency sets up its offer");
    teller.ask::<SetProfile>(who, &json!({ "subdomain": "northlight" }))?;
    says("Mia", "takes the subdomain northlight");
    let waiter = teller.ask::<CreateSkill>(who, &json!({ "name": "Waiter" }))?.id;
    teller.ask::<SetOrdering>(who, &json!({ "skills": [waiter] }))?;
    says("Mia", "lets clients order waiters");
    let terms = json!({ "title": "Terms of 2026", "text": "Orders bind both sides." });
    teller.ask::<PublishTerms>(who, &terms)?;
    says("Mia", "publishes the terms");
    let prices = json!({
        "scope": { "for": "basic" },
        "valid_from": "2026-01-01",
        "vat_percent": "19",
        "minimum_minutes": 240,
        "rates": [
            { "skill": waiter, "per_hour": "20.00" },
            { "skill": waiter, "role": "lead", "per_hour": "25.00" }
        ]
    });
    teller.ask::<PublishPriceList>(who, &prices)?;
    says("Mia", "publishes the basic prices: 20.00 an hour, 25.00 for a lead");
    Ok(Agency { mia, waiter })
}

pub fn open_client(teller: &Teller, agency: &Agency) -> Told<Client> {
    chapter("The client gets access");
    let mia = member(agency.mia);
    let site = json!({ "name": "Ballroom", "address": "Pariser Platz 1, Berlin", "zone": "Europe/Berlin" });
    let client =
        teller.ask::<CreateClient>(mia, &json!({ "name": "Grand Hotel Astoria", "sites": [site] }))?;
    let site = client.sites.first().ok_or("the client has no site")?.id;
    let delivery = json!({ "base_url": "https://northlight.example/join", "send_now": true });
    let link = teller.ask::<EnableAccess>(mia, &json!({ "client": client.id, "delivery": delivery }))?;
    says("Mia", &format!("enables access for {}: {}", client.name, status(link.access)));
    let token = link.token.expose().ok_or("the link was handed out before")?;
    teller.ask::<PreviewLink>(Actor::Guest, &json!({ "token": token }))?;
    says("Anna", "looks at the link, which uses nothing up");
    let join = json!({
        "token": token,
        "name": "Anna Berg",
        "email": "anna@astoria.example",
        "password": "seven blue lamps over the harbour"
    });
    let anna = teller.ask::<JoinPortal>(Actor::Guest, &join)?.user;
    let now = match teller.ask::<GetClient>(mia, &json!({ "client": client.id }))? {
        ClientReply::Agency(client) => client.access,
        ClientReply::Client(_) => return Err("the agency got the client's view".into()),
    };
    says("Anna", &format!("joins and sets a password: {}", status(now)));
    Ok(Client { id: client.id, site, anna })
}

fn status(status: AccessStatus) -> &'static str {
    match status {
        AccessStatus::NoAccess => "no access",
        AccessStatus::Invited => "invited",
        AccessStatus::Active => "active",
        AccessStatus::Deactivated => "deactivated",
    }
}
