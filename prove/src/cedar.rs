//! The world as the policies are told it: every entity once, and requests over them.

mod of_candidates;

use std::str::FromStr;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression, Schema,
};
use serde_json::{Map, Value, json};

use crate::Fallible;
use crate::policies::Policies;
use crate::world::model::{Link, Project, Shown, Site, Standing, User, World};

/// A thing by its type and id.
pub fn uid(kind: &str, id: impl ToString) -> Fallible<EntityUid> {
    let kind = EntityTypeName::from_str(kind)?;
    Ok(EntityUid::from_type_name_and_id(kind, EntityId::new(id.to_string())))
}

/// When a question is asked, and whether a member asks in the user's place.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub now: i64,
    pub stands_in: bool,
}

impl Asked {
    /// The context of a reading.
    pub fn context(self) -> Fallible<Context> {
        self.with([])
    }

    /// The context of a question about a permission.
    pub fn about(self, permission: &str) -> Fallible<Context> {
        let permission = RestrictedExpression::new_entity_uid(uid("Permission", permission)?);
        self.with([("permission".to_owned(), permission)])
    }

    fn with<const N: usize>(self, further: [(String, RestrictedExpression); N]) -> Fallible<Context> {
        let own = [
            ("now".to_owned(), RestrictedExpression::new_long(self.now)),
            ("stands_in".to_owned(), RestrictedExpression::new_bool(self.stands_in)),
        ];
        Ok(Context::from_pairs(own.into_iter().chain(further))?)
    }
}

/// The authoriser over one world.
#[derive(Debug)]
pub struct Opinion<'a> {
    authorizer: Authorizer,
    schema: &'a Schema,
    set: &'a PolicySet,
    entities: Entities,
}

impl<'a> Opinion<'a> {
    pub fn new(policies: &'a Policies, world: &World) -> Fallible<Self> {
        let entities = Entities::from_json_value(entities(world), Some(&policies.schema))?;
        Ok(Self { authorizer: Authorizer::new(), schema: &policies.schema, set: &policies.set, entities })
    }

    /// Whether the policies allow it. A policy that fails to say so is a fault.
    pub fn allows(
        &self,
        principal: &EntityUid,
        action: &EntityUid,
        resource: &EntityUid,
        context: &Context,
    ) -> Fallible<bool> {
        let (principal, action, resource) = (principal.clone(), action.clone(), resource.clone());
        let request = Request::new(principal, action, resource, context.clone(), Some(self.schema))?;
        let response = self.authorizer.is_authorized(&request, self.set, &self.entities);
        if let Some(error) = response.diagnostics().errors().next() {
            return Err(error.to_string().into());
        }
        Ok(response.decision() == Decision::Allow)
    }
}

fn of(kind: &str, id: impl ToString) -> Value {
    json!({ "__entity": { "type": kind, "id": id.to_string() } })
}

fn all(kind: &str, ids: impl IntoIterator<Item = impl ToString>) -> Value {
    ids.into_iter().map(|id| of(kind, id)).collect()
}

fn sites<'a>(sites: impl IntoIterator<Item = &'a std::rc::Rc<Site>>) -> Value {
    all("Site", sites.into_iter().map(|site| site.id))
}

/// Puts an attribute that may be missing.
fn optional(mut attributes: Value, name: &str, value: Option<Value>) -> Value {
    if let (Some(map), Some(value)) = (attributes.as_object_mut(), value) {
        map.insert(name.to_owned(), value);
    }
    attributes
}

fn shown(shown: &Shown) -> Option<Value> {
    shown.as_ref().map(|facts| all("Fact", facts))
}

struct Entity(Vec<Value>);

impl Entity {
    fn put(&mut self, kind: &str, id: impl ToString, attributes: Value) {
        self.put_with_tags(kind, id, attributes, Map::new());
    }

    fn put_with_tags(&mut self, kind: &str, id: impl ToString, attributes: Value, tags: Map<String, Value>) {
        self.0.push(json!({
            "uid": { "type": kind, "id": id.to_string() }, "attrs": attributes, "parents": [], "tags": tags,
        }));
    }
}

fn entities(world: &World) -> Value {
    let mut list = Entity(Vec::new());
    for agency in &world.agencies {
        let attributes =
            json!({ "portal": agency.portal, "hidden_stages": all("Stage", &agency.hidden_stages) });
        list.put("Agency", agency.id, optional(attributes, "shown", shown(&agency.shown)));
    }
    for client in &world.clients {
        let attributes = json!({
            "agency": of("Agency", client.agency.id), "key": client.id.to_string(), "access_ended": client.access_ended,
            "epoch": client.epoch,
        });
        list.put("Client", client.id, optional(attributes, "shown", shown(&client.shown)));
    }
    for site in &world.sites {
        list.put("Site", site.id, json!({ "client": of("Client", site.client.id) }));
    }
    for one in &world.projects {
        list.put("Project", one.id, project(one));
        for (id, site) in one.schedules() {
            list.put("Schedule", id, json!({ "project": of("Project", one.id), "sites": sites(site) }));
        }
    }
    of_projects(&mut list, world);
    of_clients(&mut list, world);
    people(&mut list, world);
    Value::Array(list.0)
}

fn project(project: &Project) -> Value {
    let attributes = json!({
        "agency": of("Agency", project.agency.id), "shared": project.shared, "share_epoch": project.share_epoch,
        "sites": sites(&project.sites), "team_immediately": project.team_immediately,
        "team_published": project.team_published, "pictures": project.pictures, "public": project.public,
        "public_names": of("Names", project.public_names),
    });
    let client = project.client.as_ref().map(|client| of("Client", client.id));
    optional(optional(attributes, "client", client), "shown", shown(&project.shown))
}

fn of_projects(list: &mut Entity, world: &World) {
    for shift in &world.shifts {
        let project = of("Project", shift.project.id);
        let sites = sites(&shift.site);
        let at = |further: Value| {
            let mut attributes = json!({ "project": project, "sites": sites });
            if let (Some(map), Value::Object(further)) = (attributes.as_object_mut(), further) {
                map.extend(further);
            }
            attributes
        };
        let attributes = json!({
            "cancelled": shift.cancelled, "ends_at": shift.ends_at, "reason_for_client": shift.reason_for_client,
        });
        list.put("Shift", shift.id, at(attributes));
        for booking in &shift.team {
            let state = of("BookingState", booking.state);
            let attributes =
                json!({ "shift": of("Shift", shift.id), "state": state, "leads": booking.leads });
            list.put("TeamMember", booking.id, at(attributes));
        }
        for tag in &shift.tags {
            list.put("Tag", tag.id, at(json!({ "for_client": tag.for_client })));
        }
    }
    for message in &world.messages {
        let attributes = json!({
            "project": of("Project", message.project.id), "sites": sites(&message.project.sites),
            "audience": of("Audience", message.audience),
        });
        list.put("Message", message.id, attributes);
    }
    for selection in &world.selections {
        let attributes = json!({
            "project": of("Project", selection.project.id), "sites": sites([&selection.site]),
            "offered": selection.offered, "state": of("SelectionState", selection.state),
        });
        list.put(
            "Selection",
            selection.id,
            optional(attributes, "deadline", selection.deadline.map(Value::from)),
        );
    }
    for change in &world.changes {
        let (project, sites) = (of("Project", change.project.id), sites([&change.site]));
        list.put("ChangeRequest", change.id, json!({ "project": project, "sites": sites }));
    }
}

fn of_clients(list: &mut Entity, world: &World) {
    for mandate in &world.mandates {
        let attributes = json!({
            "client": of("Client", mandate.client.id), "site": of("Site", mandate.site.id),
            "placed_by": of("User", mandate.placed_by), "in_house": mandate.in_house,
            "discarded": mandate.state == "discarded",
        });
        let project = mandate.project.as_ref().map(|project| of("Project", project.id));
        list.put("Mandate", mandate.id, optional(attributes, "project", project));
    }
    for preference in &world.preferences {
        let attributes = json!({ "client": of("Client", preference.client.id) });
        let by = preference.by.map(|by| of("User", by));
        list.put("Preference", preference.id, optional(attributes, "by", by));
    }
    of_candidates::put(list, world);
    for page in &world.pages {
        let attributes = json!({
            "agency": of("Agency", page.agency.id), "published": page.published, "for_client": page.for_client,
            "for_staff": page.for_staff,
        });
        list.put("Page", page.id, attributes);
    }
}

fn people(list: &mut Entity, world: &World) {
    for agency in &world.agencies {
        list.put("Operator", agency.id, json!({ "agency": of("Agency", agency.id) }));
    }
    for user in &world.users {
        put_user(list, user);
    }
    for member in &world.members {
        let attributes = json!({
            "agency": of("Agency", member.agency.id), "access": of("Access", member.access),
            "holds": all("Permission", member.role.holds()),
        });
        list.put("Member", member.id, attributes);
    }
    for link in &world.links {
        put_link(list, link);
    }
}

fn put_user(list: &mut Entity, user: &User) {
    let standing = |standing: &Standing| {
        let everything = standing.reach.is_none();
        let (projects, limits) = match &standing.reach {
            None => (json!([]), json!([])),
            Some((projects, limits)) => {
                (all("Project", projects.iter().map(|project| project.id)), sites(limits))
            }
        };
        json!({
            "client": of("Client", standing.client.id), "holds": all("Permission", standing.role.holds()),
            "everything": everything, "projects": projects, "sites": limits,
        })
    };
    let tags = user.standings.iter().map(|one| (one.client.id.to_string(), standing(one))).collect();
    let attributes = json!({
        "agency": of("Agency", user.agency.id), "access": of("Access", user.access),
        "must_change_password": user.must_change_password,
    });
    list.put_with_tags("User", user.id, attributes, tags);
}

fn put_link(list: &mut Entity, link: &Link) {
    let attributes = json!({
        "agency": of("Agency", link.client.agency.id), "client": of("Client", link.client.id),
        "project": of("Project", link.project.id), "ended": link.ended, "expires_at": link.expires_at,
        "client_epoch": link.client_epoch, "share_epoch": link.share_epoch,
    });
    if link.is_public {
        list.put("Visitor", link.id, optional(attributes, "maker_may", Some(link.maker_may.into())));
    } else {
        list.put("Holder", link.id, optional(attributes, "opened", Some(link.opened.into())));
    }
}
