//! Orders as the model says that each side sees them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::lifecycle::SKILLS;
use crate::model::{Form, Mandate, Model, Who};
use crate::views::instant;
use crate::world::World;

pub(crate) fn request(world: &World, form: &Form) -> Value {
    let spans = form.spans.iter().map(|span| {
        let asks = span.asks.iter().map(|ask| {
            let role = if ask.lead { "lead" } else { "staff" };
            json!({
                "skill": world.skill(ask.skill), "skill_name": SKILLS[ask.skill], "role": role,
                "headcount": ask.heads,
            })
        });
        json!({
            "starts_at": instant(span.start),
            "ends_at": instant(span.end),
            "local_start": world.model.local(form.site, span.start),
            "local_end": world.model.local(form.site, span.end),
            "break_minutes": span.pause,
            "positions": asks.collect::<Vec<_>>(),
        })
    });
    json!({
        "name": form.name,
        "site": world.model.site(form.site),
        "note": form.note,
        "shifts": spans.collect::<Vec<_>>(),
    })
}

pub(crate) fn cents(amount: i64) -> String {
    format!("{}.{:02}", amount / 100, amount % 100)
}

pub(crate) fn estimate(form: &Form) -> Value {
    if Model::priced(form) {
        json!({ "outcome": "priced", "net": cents(Model::net(form)) })
    } else {
        json!({ "outcome": "unpriced" })
    }
}

/// Every field of a request by its path, as text.
pub(crate) fn flat(world: &World, form: &Form) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::from([
        ("name".to_owned(), form.name.clone()),
        ("site".to_owned(), format!("Hall {}", ["Europe/Berlin", "Asia/Kolkata"][form.site.1])),
    ]);
    fields.extend(form.note.clone().map(|note| ("note".to_owned(), note)));
    for (index, span) in form.spans.iter().enumerate() {
        let at = |field: &str| format!("shifts[{index}].{field}");
        fields.insert(at("start"), world.model.local(form.site, span.start));
        fields.insert(at("end"), world.model.local(form.site, span.end));
        fields.insert(at("break_minutes"), span.pause.to_string());
        for (place, ask) in span.asks.iter().enumerate() {
            let at = |field: &str| at(&format!("positions[{place}].{field}"));
            fields.insert(at("skill"), SKILLS[ask.skill].to_owned());
            fields.insert(at("role"), if ask.lead { "lead" } else { "staff" }.to_owned());
            fields.insert(at("headcount"), ask.heads.to_string());
        }
    }
    fields
}

/// What the agency changed since the client last wrote.
pub(crate) fn changes(world: &World, mandate: &Mandate) -> Vec<Value> {
    let (by_client, after) = mandate.revisions.last().unwrap();
    if *by_client {
        return Vec::new();
    }
    let before = &mandate.revisions.iter().rev().find(|(by_client, _)| *by_client).unwrap().1;
    let (before, after) = (flat(world, before), flat(world, after));
    let mut paths: Vec<&String> = before.keys().chain(after.keys()).collect();
    paths.sort();
    paths.dedup();
    let change = |path: &&String| {
        let (old, new) = (before.get(*path), after.get(*path));
        (old != new).then(|| json!({ "path": path, "before": old, "after": new }))
    };
    paths.iter().filter_map(change).collect()
}

pub(crate) fn agency_mandate(world: &World, number: usize) -> Value {
    let mandate = &world.model.mandates[number];
    json!({
        "id": mandate.id,
        "client": world.client(mandate.client),
        "state": mandate.state,
        "revision": mandate.number,
        "request": request(world, mandate.form()),
        "estimate": estimate(mandate.form()),
        "changes": changes(world, mandate),
        "submitted_by": world.user(mandate.by),
        "submitted_at": instant(mandate.submitted),
        "decline_reason": mandate.reason,
        "review": mandate.review.map(|(who, at)| {
            let by = (who == Who::Planner).then(|| world.planner_id());
            json!({ "revision": mandate.number, "by": by, "opened_at": instant(at) })
        }),
        "previous": mandate.previous.map(|other| &world.model.mandates[other].id),
        "resubmitted_as": mandate.taken_up.map(|other| &world.model.mandates[other].id),
        "project": mandate.project.map(|project| &world.model.projects[project].id),
        "decided_at": mandate.decided.map(instant),
    })
}

pub(crate) fn client_mandate(world: &World, who: Who, number: usize) -> Value {
    let mut seen = agency_mandate(world, number);
    let fields = seen.as_object_mut().unwrap();
    fields.remove("submitted_by");
    fields.remove("review");
    let number_seen = world.model.mandates[number].review.map(|_| world.model.mandates[number].number);
    fields.insert("in_review".to_owned(), json!(number_seen));
    if !world.model.may(who, "see_prices", world.model.mandates[number].client) {
        fields.insert("estimate".to_owned(), Value::Null);
    }
    seen
}
