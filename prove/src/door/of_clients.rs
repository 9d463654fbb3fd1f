//! The agency, its clients, their orders and words, and pages, as the core keeps them.

use serde_json::{Map, Value, json};
use staffgate::agency::model::Agency as AgencyRecord;
use staffgate::branding::model::ExposureBook;
use staffgate::clients::model::Client as ClientRecord;
use staffgate::mandates::model::Mandate as MandateRecord;
use staffgate::pages::model::{ContentPage, SLUG};
use staffgate::shifts::model::{StaffPreferences, Worker};

use super::marks;
use super::of_projects::inner;
use super::records::Records;
use crate::Fallible;
use crate::world::START;
use crate::world::model::{Agency, Client, Mandate, Page, Preference, World};

pub(super) fn put(records: &mut Records, world: &World, agency: &Agency) -> Fallible<()> {
    records.put::<AgencyRecord>(json!({
        "id": agency.id, "name": "Northlight", "subdomain": null, "locale": "en", "currency": "EUR",
        "ordering": true, "orderable": [],
    }))?;
    let clients = || world.clients.iter().filter(|client| client.agency.id == agency.id);
    for client in clients() {
        records.put::<ClientRecord>(of_client(world, client))?;
        let of_client = world.preferences.iter().filter(|one| one.client.id == client.id);
        preferences(records, client, of_client)?;
    }
    for mandate in world.mandates.iter().filter(|mandate| mandate.client.agency.id == agency.id) {
        records.put::<MandateRecord>(of_mandate(mandate))?;
    }
    for page in world.pages.iter().filter(|page| page.agency.id == agency.id) {
        records.put::<ContentPage>(of_page(page))?;
        records.claim(SLUG, marks::text("page", page.number), page.id);
    }
    let projects = world.projects.iter().filter(|project| project.agency.id == agency.id);
    let own = |id: uuid::Uuid, shown: &crate::world::model::Shown| {
        shown.as_ref().map(|facts| (id.to_string(), json!(facts)))
    };
    let of_clients: Map<String, Value> = clients().filter_map(|one| own(one.id, &one.shown)).collect();
    let of_projects: Map<String, Value> = projects.filter_map(|one| own(one.id, &one.shown)).collect();
    records.put::<ExposureBook>(json!({
        "agency": agency.id, "default": agency.shown, "clients": of_clients, "projects": of_projects,
    }))
}

fn of_client(world: &World, client: &Client) -> Value {
    let sites = world.sites.iter().filter(|site| site.client.id == client.id);
    let site =
        |id: uuid::Uuid| json!({ "id": id, "name": "A place", "address": null, "zone": "Europe/Berlin" });
    json!({
        "id": client.id, "name": "Grand Hotel", "locale": null,
        "sites": sites.map(|one| site(one.id)).collect::<Vec<_>>(),
        "access": if client.access_ended { "deactivated" } else { "active" }, "ordering": null,
        "orderable": null, "auto_accept": false, "host_id": null, "access_epoch": client.epoch,
    })
}

fn of_mandate(mandate: &Mandate) -> Value {
    let number = mandate.number;
    let request = json!({
        "name": marks::text("order", number), "site": mandate.site.id, "site_name": "A place",
        "zone": "Europe/Berlin", "shifts": [], "note": null, "buyer_reference": null, "contact": null,
    });
    let reason = json!({
        "code": "no_rate", "position": 0, "label": marks::text("label", number), "skill": null, "role": "staff",
        "from": marks::instant(START),
    });
    json!({
        "id": mandate.id, "client": mandate.client.id, "state": mandate.state,
        "revisions": [{ "number": 1, "by": "client", "at": marks::instant(START), "request": request }],
        "estimate": { "outcome": "unpriced", "currency": "EUR", "reasons": [reason] },
        "submitted_by": mandate.placed_by, "submitted_at": marks::instant(START), "terms": null,
        "decline_reason": null, "project": mandate.project.as_ref().map(|project| project.id),
        "project_hidden": mandate.project.as_ref().is_some_and(|project| !project.shared), "decided_at": null,
        "in_house": mandate.in_house,
    })
}

fn preferences<'a>(
    records: &mut Records,
    client: &Client,
    words: impl Iterator<Item = &'a Preference>,
) -> Fallible<()> {
    let mut list = Vec::new();
    for word in words {
        let worker = inner(word.id, 1);
        records.put::<Worker>(json!({
            "id": worker, "name": marks::text("known", word.number), "phone": null, "skills": [],
            "archived": false, "host_id": null,
        }))?;
        list.push(json!({
            "id": word.id, "worker": worker, "preference": "preferred", "by": word.by, "at": marks::instant(START),
        }));
    }
    records.put::<StaffPreferences>(json!({ "client": client.id, "list": list }))
}

fn of_page(page: &Page) -> Value {
    json!({
        "id": page.id, "slug": marks::text("page", page.number),
        "audience": { "client": page.for_client, "staff": page.for_staff }, "position": 1,
        "published": page.published,
        "texts": { "en": { "title": marks::text("title", page.number), "body": "Hi" }, "fr": null },
        "revision": 1,
    })
}
