//! What somebody sees, as the model says it, beside what the library shows. Nothing that is named may differ, and what
//! a client sees holds no pay.

use conformance::check::differences;
use serde_json::{Value, json};

use crate::model::{Mandate, Model, Shift, Who};
use crate::orders::{agency_mandate, client_mandate};
use crate::people::{Spot, Verdict, no};
use crate::planned::{agency_project, agency_shift, change, client_project, client_shift, progress};
use crate::world::{EVERYBODY, World};

/// Something to look at, by number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Thing {
    Mandate(usize),
    Project(usize),
    Shift(usize),
    /// A change that was asked for.
    Change(usize),
}

/// Everybody looks at this thing.
pub(crate) fn everybody_at(world: &mut World, thing: Thing) -> usize {
    EVERYBODY.iter().map(|who| look(world, *who, thing)).sum()
}

/// One person looks at one thing, from both sides.
pub(crate) fn look(world: &mut World, who: Who, thing: Thing) -> usize {
    let at_agency = Model::at_agency(who, "view_agency");
    let model = &world.model;
    match thing {
        Thing::Mandate(number) => {
            let input = json!({ "mandate": model.mandates[number].id });
            let known = model.mandates[number].is_there_for(Who::Planner);
            let seen = at_agency.and_then(|()| if known { Ok(()) } else { no("not_found") });
            let seen = seen.map(|()| agency_mandate(world, number));
            compare(world, who, "mandates.get", &input, seen);
            let seen = world.model.at_mandate(who, "view_orders", number);
            compare(world, who, "my_mandates.get", &input, seen.map(|()| client_mandate(world, who, number)));
            2
        }
        Thing::Project(number) => {
            let input = json!({ "project": model.projects[number].id });
            let client = model.projects[number].client;
            let seen = at_agency.clone().map(|()| agency_project(world, number));
            compare(world, who, "projects.get", &input, seen);
            let seen = at_agency.map(|()| progress(world, Who::Operator, number));
            compare(world, who, "projects.progress", &input, seen);
            let may = sees(&world.model, who, "view_shifts", client, || world.model.project_spot(number));
            let seen = may.clone().map(|()| client_project(world, who, number));
            compare(world, who, "my_projects.get", &input, seen);
            let seen = may.map(|()| progress(world, who, number));
            compare(world, who, "my_projects.progress", &input, seen);
            4
        }
        Thing::Change(number) => {
            let input = json!({ "request": model.requests[number].id });
            let client = model.projects[model.shifts[model.requests[number].shift].project].client;
            let seen = at_agency.map(|()| change(world, number));
            compare(world, who, "change_requests.get", &input, seen);
            let seen = sees(&world.model, who, "view_shifts", client, || world.model.request_spot(number));
            compare(world, who, "my_change_requests.get", &input, seen.map(|()| change(world, number)));
            2
        }
        Thing::Shift(number) => {
            let input = json!({ "shift": model.shifts[number].id });
            let client = model.projects[model.shifts[number].project].client;
            let seen = at_agency.map(|()| agency_shift(world, number));
            compare(world, who, "shifts.get", &input, seen);
            let seen = sees(&world.model, who, "view_shifts", client, || world.model.shift_spot(number));
            compare(world, who, "my_shifts.get", &input, seen.map(|()| client_shift(world, who, number)));
            2
        }
    }
}

/// One person looks at every list there is.
pub(crate) fn all_lists(world: &mut World, who: Who) -> usize {
    let page = json!({ "limit": 1000 });
    let at_agency = Model::at_agency(who, "view_agency");
    for state in ["submitted", "in_review", "accepted", "declined", "withdrawn"] {
        let seen = at_agency.clone().map(|()| {
            let mandates = mandates(&world.model, |mandate| mandate.state == state);
            mandates.into_iter().map(|number| agency_mandate(world, number)).collect()
        });
        compare(world, who, "mandates.list", &json!({ "state": state, "page": page }), items(seen));
    }
    let seen = at_agency.clone().map(|()| {
        shifts(&world.model, |_| true).into_iter().map(|number| agency_shift(world, number)).collect()
    });
    compare(world, who, "shifts.list", &json!({ "page": page }), items(seen));
    let mut looked = 6;
    for client in 0..world.model.clients.len() {
        let input = json!({ "client": world.client(client), "page": page });
        let seen = at_agency.clone().map(|()| {
            let own = projects(&world.model, client, |_| true);
            own.into_iter().map(|number| agency_project(world, number)).collect()
        });
        compare(world, who, "projects.list", &input, items(seen));
        let model = &world.model;
        let seen = model.at_client(who, "view_orders", client, None).map(|()| {
            let own = mandates(model, |mandate| mandate.client == client && mandate.is_there_for(who));
            let own =
                own.into_iter().filter(|number| model.reaches(who, client, &model.mandate_spot(*number)));
            own.map(|number| client_mandate(world, who, number)).collect()
        });
        compare(world, who, "my_mandates.list", &input, items(seen));
        let model = &world.model;
        let seen = model.at_client(who, "view_shifts", client, None).map(|()| {
            let own = shifts(model, |shift| model.projects[shift.project].client == client);
            let own = own.into_iter().filter(|number| model.reaches(who, client, &model.shift_spot(*number)));
            own.map(|number| client_shift(world, who, number)).collect()
        });
        compare(world, who, "my_shifts.list", &input, items(seen));
        let model = &world.model;
        let seen = model.at_client(who, "view_shifts", client, None).map(|()| {
            let own =
                projects(model, client, |number| model.reaches(who, client, &model.project_spot(number)));
            own.into_iter().map(|number| client_project(world, who, number)).collect()
        });
        compare(world, who, "my_projects.list", &input, items(seen));
        let model = &world.model;
        let seen = model.at_client(who, "view_shifts", client, None).map(|()| {
            let of =
                |number: &usize| model.projects[model.shifts[model.requests[*number].shift].project].client;
            let own = (0..model.requests.len()).filter(|number| of(number) == client);
            let mut own: Vec<usize> =
                own.filter(|number| model.reaches(who, client, &model.request_spot(*number))).collect();
            own.sort_by_key(|number| (model.requests[*number].at, &model.requests[*number].id));
            own.into_iter().rev().map(|number| change(world, number)).collect()
        });
        compare(world, who, "my_change_requests.list", &input, items(seen));
        looked += 5;
    }
    looked
}

/// Every project, with its progress, as this person sees it.
pub(crate) fn all_projects(world: &mut World, who: Who) -> usize {
    (0..world.model.projects.len()).map(|number| look(world, who, Thing::Project(number))).sum()
}

fn items(seen: Result<Vec<Value>, Vec<&'static str>>) -> Result<Value, Vec<&'static str>> {
    seen.map(|items| json!({ "items": items, "next": null }))
}

fn sees(model: &Model, who: Who, right: &str, client: usize, spot: impl FnOnce() -> Spot) -> Verdict {
    model.at_client(who, right, client, Some(&spot()))
}

fn compare(
    world: &mut World,
    who: Who,
    name: &str,
    input: &Value,
    expected: Result<Value, Vec<&'static str>>,
) {
    match (world.call(who, name, input), expected) {
        (Ok(mut got), Ok(expected)) => {
            if name.starts_with("my_") {
                let text = got.to_string();
                assert!(!text.contains("\"pay\""), "{who:?} sees pay in {name} {input}: {text}");
            }
            sort_changes(&mut got);
            let mut found = Vec::new();
            differences(&expected, &got, false, name, &mut found);
            assert!(found.is_empty(), "{who:?}: {name} {input}: {found:#?}");
        }
        (Err(code), Err(codes)) => {
            assert!(codes.contains(&code.as_str()), "{who:?}: {name} {input}: {code}, not {codes:?}");
        }
        (came, expected) => panic!("{who:?}: {name} {input}: came {came:?}, expected {expected:?}"),
    }
}

/// Differences are a set: by path.
fn sort_changes(got: &mut Value) {
    let sort = |of: &mut Value| {
        if let Some(changes) = of.get_mut("changes").and_then(Value::as_array_mut) {
            changes.sort_by_key(|change| change["path"].as_str().unwrap_or_default().to_owned());
        }
    };
    match got.get_mut("items").and_then(Value::as_array_mut) {
        Some(items) => items.iter_mut().for_each(sort),
        None => sort(got),
    }
}

pub(crate) fn instant(minute: i64) -> Value {
    Value::from(Model::instant(minute))
}

/// Newest first; of one moment, by id.
fn mandates(model: &Model, wanted: impl Fn(&Mandate) -> bool) -> Vec<usize> {
    let mut own: Vec<usize> =
        (0..model.mandates.len()).filter(|number| wanted(&model.mandates[*number])).collect();
    own.sort_by_key(|number| (model.mandates[*number].submitted, &model.mandates[*number].id));
    own.reverse();
    own
}

fn shifts(model: &Model, wanted: impl Fn(&Shift) -> bool) -> Vec<usize> {
    let mut own: Vec<usize> =
        (0..model.shifts.len()).filter(|number| wanted(&model.shifts[*number])).collect();
    own.sort_by_key(|number| (model.shifts[*number].start, &model.shifts[*number].id));
    own
}

fn projects(model: &Model, client: usize, wanted: impl Fn(usize) -> bool) -> Vec<usize> {
    let own = (0..model.projects.len()).filter(|number| model.projects[*number].client == client);
    let mut own: Vec<usize> = own.filter(|number| wanted(*number)).collect();
    own.sort_by_key(|number| (model.projects[*number].created, &model.projects[*number].id));
    own
}
