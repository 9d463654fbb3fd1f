//! cedar-policy on the same questions. A policy per role; people are in a group per client and role, and carry what
//! they are limited to; a thing knows its client and where it is. Policies, entities and requests are made beforehand.

use std::fmt::Write;

use cedar_policy::{Authorizer, Context, Decision, Entities, EntityUid, PolicySet, Request};
use serde_json::{Value, json};
use staffgate::access::Reach;
use staffgate::values::ClientId;

use crate::world::{Question, Thing, World, standings};

type Done<T> = Result<T, Box<dyn std::error::Error>>;

pub struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
}

impl Cedar {
    pub fn new(world: &World) -> Done<Self> {
        let entities = Entities::from_json_value(Value::Array(entities(world)), None)?;
        Ok(Self { authorizer: Authorizer::new(), policies: policies(world)?.parse()?, entities })
    }

    pub fn request(question: &Question) -> Done<Request> {
        let uid = |kind: &str, id: &str| format!("{kind}::\"{id}\"").parse::<EntityUid>();
        let (kind, id) = resource(&question.thing);
        Ok(Request::new(
            uid("User", &question.user.to_string())?,
            uid("Action", question.permission.text())?,
            uid(kind, &id)?,
            Context::empty(),
            None,
        )?)
    }

    pub fn allows(&self, request: &Request) -> bool {
        self.authorizer.is_authorized(request, &self.policies, &self.entities).decision() == Decision::Allow
    }
}

/// The thing's kind and id.
pub fn resource(thing: &Thing) -> (&'static str, String) {
    match (thing.project, thing.site) {
        (Some(project), _) => ("Project", project.to_string()),
        (None, Some(site)) => ("Site", site.to_string()),
        (None, None) => ("Client", thing.client.to_string()),
    }
}

pub fn policies(world: &World) -> Done<String> {
    let mut text = String::new();
    for role in &world.roles {
        let actions: Vec<String> =
            role.permissions.iter().map(|one| format!("Action::\"{}\"", one.text())).collect();
        writeln!(
            text,
            "@id(\"{id}\") permit(principal, action in [{}], resource) when {{ \
             principal in resource.client.roles[\"{id}\"] && \
             (resource.whole || principal.everywhere.contains(resource.client) || \
             principal.selected.containsAny(resource.at)) }};",
            actions.join(", "),
            id = role.id
        )?;
    }
    Ok(text)
}

pub fn entities(world: &World) -> Vec<Value> {
    let reference = |kind: &str, id: &str| json!({ "__entity": { "type": kind, "id": id } });
    let uid = |kind: &str, id: &str| json!({ "type": kind, "id": id });
    let group = |client: ClientId, role: &str| format!("{client}/{role}");
    let mut all = Vec::new();
    let mut thing = |kind: &str, id: &str, client: ClientId, at: Vec<Value>, extra: Option<Value>| {
        let whole = at.is_empty();
        let mut attrs =
            json!({ "client": reference("Client", &client.to_string()), "whole": whole, "at": at });
        if let Some(roles) = extra {
            attrs["roles"] = roles;
        }
        all.push(json!({ "uid": uid(kind, id), "attrs": attrs, "parents": [] }));
    };
    for client in &world.clients {
        let roles = world.roles.iter().map(|role| {
            let role = role.id.to_string();
            let group = reference("Group", &group(client.id, &role));
            (role, group)
        });
        let roles = Value::Object(roles.collect());
        thing("Client", &client.id.to_string(), client.id, Vec::new(), Some(roles));
        for site in &client.sites {
            let id = site.id.to_string();
            thing("Site", &id, client.id, vec![reference("Site", &id)], None);
        }
    }
    for project in &world.projects {
        let id = project.id.to_string();
        let sites = project.schedules.iter().map(|one| reference("Site", &one.site.to_string()));
        let at = std::iter::once(reference("Project", &id)).chain(sites).collect();
        if let Some(client) = project.client {
            thing("Project", &id, client, at, None);
        }
    }
    for client in &world.clients {
        for role in &world.roles {
            let id = group(client.id, &role.id.to_string());
            all.push(json!({ "uid": uid("Group", &id), "attrs": {}, "parents": [] }));
        }
    }
    for user in &world.users {
        let (mut parents, mut everywhere, mut selected) = (Vec::new(), Vec::new(), Vec::new());
        for standing in standings(user) {
            parents.push(uid("Group", &group(standing.client, &standing.role.text())));
            match &standing.reach {
                Reach::Everything => everywhere.push(reference("Client", &standing.client.to_string())),
                Reach::Selected(selection) => {
                    selected
                        .extend(selection.projects.iter().map(|one| reference("Project", &one.to_string())));
                    selected.extend(selection.sites.iter().map(|one| reference("Site", &one.to_string())));
                }
            }
        }
        let attrs = json!({ "everywhere": everywhere, "selected": selected });
        all.push(json!({ "uid": uid("User", &user.id.to_string()), "attrs": attrs, "parents": parents }));
    }
    all
}
