//! The client orders, changes its mind, takes it back.

use serde_json::{Value, json};

use super::{Done, agreed, done, instead, orderer, read, recent};
use crate::dice::Dice;
use crate::forms::{fill_in, written};
use crate::model::{Form, Mandate, Model, Who};
use crate::people::{Reasons, Spot, Verdict};
use crate::views::Thing;
use crate::world::World;

/// What somebody wants to order, and what stands in the way.
pub(super) struct Order {
    pub(super) client: usize,
    pub(super) who: Who,
    pub(super) form: Form,
    pub(super) project: Option<usize>,
}

impl Order {
    pub(super) fn any(world: &World, dice: &mut Dice) -> Self {
        let model = &world.model;
        let client = dice.of(model.clients.len());
        let who = orderer(world, dice, client);
        let form = fill_in(model, dice, client);
        // A further request: for a project of the client, or seldom of another one.
        let own: Vec<usize> = (0..model.projects.len())
            .filter(|project| dice.once_in(30) || model.projects[*project].client == client)
            .collect();
        let project = (!own.is_empty() && dice.once_in(2)).then(|| dice.pick(&own));
        Self { client, who, form, project }
    }

    pub(super) fn judged(&self, model: &Model) -> Verdict {
        let Self { client, who, form, project } = self;
        model.at_client(*who, "place_orders", *client, None)?;
        let spot = Spot { project: *project, sites: vec![form.site], by: None };
        Reasons::default()
            .when(!matches!(who, Who::User(_)), "wrong_side")
            .when(!model.reaches(*who, *client, &spot), "site_unknown")
            .when(!model.can_order(*client), "ordering_closed")
            .when(project.is_some_and(|project| model.projects[project].client != *client), "not_found")
            .all(model.judge(*client, form, None).err().unwrap_or_default())
            .verdict()
    }

    pub(super) fn written(&self, world: &World) -> Value {
        json!({
            "client": world.client(self.client),
            "project": self.project.map(|project| &world.model.projects[project].id),
            "order": written(world, &self.form),
        })
    }

    /// What the library made of it, kept in the model as a draft.
    pub(super) fn kept(self, world: &mut World, reply: &Value) -> usize {
        let Who::User(by) = self.who else { panic!("only people order") };
        let model = &mut world.model;
        model.mandates.push(Mandate {
            id: reply["id"].as_str().unwrap().to_owned(),
            client: self.client,
            state: "draft",
            revisions: vec![(true, self.form)],
            number: 1,
            in_house: true,
            review: None,
            previous: None,
            taken_up: None,
            by,
            project: self.project,
            reason: None,
            submitted: model.now,
            decided: None,
        });
        model.mandates.len() - 1
    }
}

/// The agency knows of it; with auto-accept a priced one is accepted at once.
pub(super) fn forward(world: &mut World, mandate: usize, reply: &Value) -> Vec<Thing> {
    let model = &mut world.model;
    let of = &mut model.mandates[mandate];
    (of.state, of.in_house) = ("submitted", false);
    let accepts = model.clients[of.client].auto_accept && Model::priced(of.form());
    let mut touched = vec![Thing::Mandate(mandate)];
    if accepts {
        touched.extend(accepted(world, mandate, reply["project"].as_str().unwrap_or_default()));
    }
    touched
}

pub(crate) fn submit(world: &mut World, dice: &mut Dice) -> Done {
    let order = Order::any(world, dice);
    let who = order.who;
    let expected = order.judged(&world.model);
    let came = world.call(who, "mandates.submit", &order.written(world));
    let label = format!("{who:?} orders at {} for {:?}: {:?}", order.client, order.project, order.form);
    let mut touched = Vec::new();
    if agreed(&expected, &came) {
        let reply = came.as_ref().unwrap();
        let mandate = order.kept(world, reply);
        touched = forward(world, mandate, reply);
    }
    done(label, expected, &came, touched)
}

/// What an acceptance has made.
pub(super) fn accepted(world: &mut World, mandate: usize, project: &str) -> Vec<Thing> {
    let before = world.model.shifts.len();
    world.model.accept(mandate);
    world.learn(mandate, project);
    let project = world.model.mandates[mandate].project.unwrap();
    let shifts = (before..world.model.shifts.len()).map(Thing::Shift);
    shifts.chain([Thing::Project(project)]).collect()
}

/// Why something cannot be done to a mandate now. What is accepted is an agreement; what ended is closed.
pub(super) fn stands(state: &str, action: &str, allowed: &[&str]) -> Vec<&'static str> {
    if allowed.contains(&state) {
        Vec::new()
    } else if state == "accepted" && ["edit", "withdraw"].contains(&action) {
        vec!["submit_additional_request"]
    } else if ["draft", "awaiting_approval", "submitted", "in_review"].contains(&state) {
        vec!["mandate_state"]
    } else {
        vec!["mandate_closed"]
    }
}

/// While the agency has not answered.
const OPEN: [&str; 2] = ["submitted", "in_review"];

pub(crate) fn edit(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = recent(&world.model.mandates, dice) else { return instead(world, dice) };
    let client = world.model.mandates[number].client;
    let who = orderer(world, dice, client);
    let form = fill_in(&world.model, dice, client);
    let model = &world.model;
    let mandate = &model.mandates[number];
    let revision = read(dice, mandate.number);
    let is_draft = mandate.state == "draft";
    let expected = model.at_mandate(who, "edit_orders", number).and_then(|()| {
        let new = Spot { project: mandate.project, sites: vec![form.site], by: None };
        // Nothing was ordered by a draft, so there is nothing that it may keep.
        let before = (!is_draft).then(|| mandate.form());
        Reasons::default()
            .when(!matches!(who, Who::User(_)), "wrong_side")
            .all(stands(mandate.state, "edit", &["draft", OPEN[0], OPEN[1]]))
            .when(revision != mandate.number, "stale_revision")
            .when(!model.can_order(client), "ordering_closed")
            .when(!model.reaches(who, client, &new), "site_unknown")
            .when(mandate.revisions.len() >= 50, "too_many")
            .all(model.judge(client, &form, before).err().unwrap_or_default())
            .verdict()
    });
    let input = json!({ "mandate": mandate.id, "revision": revision, "order": written(world, &form) });
    let came = world.call(who, "mandates.edit", &input);
    let label = format!("{who:?} edits {number} at {revision}: {form:?}");
    if agreed(&expected, &came) {
        let mandate = &mut world.model.mandates[number];
        mandate.write(true, form);
        // Whoever looked at it looks at something else now.
        mandate.review = None;
        if !is_draft {
            mandate.state = "submitted";
        }
    }
    done(label, expected, &came, vec![Thing::Mandate(number)])
}

pub(crate) fn withdraw(world: &mut World, dice: &mut Dice) -> Done {
    let Some(number) = recent(&world.model.mandates, dice) else { return instead(world, dice) };
    let client = world.model.mandates[number].client;
    let who = orderer(world, dice, client);
    let model = &world.model;
    let mandate = &model.mandates[number];
    let revision = read(dice, mandate.number);
    let expected = model.at_mandate(who, "withdraw_orders", number).and_then(|()| {
        Reasons::default()
            .all(stands(mandate.state, "withdraw", &OPEN))
            .when(revision != mandate.number, "stale_revision")
            .verdict()
    });
    let came = world.call(who, "mandates.withdraw", &json!({ "mandate": mandate.id, "revision": revision }));
    let now = world.model.now;
    if agreed(&expected, &came) {
        let mandate = &mut world.model.mandates[number];
        (mandate.state, mandate.decided, mandate.review) = ("withdrawn", Some(now), None);
    }
    done(format!("{who:?} withdraws {number} at {revision}"), expected, &came, vec![Thing::Mandate(number)])
}
