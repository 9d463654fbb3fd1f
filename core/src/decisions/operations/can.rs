//! May somebody do this to that, and why not: one question and a batch of them.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asking;
use crate::access::{Grant, Permission, Principal};
use crate::agency::model::Agency;
use crate::clients::model::Client;
use crate::clients::rules::can_order;
use crate::codes::Code;
use crate::decisions::questions::{AccessObject, AccessQuestion, AccessSubject, MOST_QUESTIONS};
use crate::decisions::rules::{self, DecidingRule};
use crate::decisions::subject::Subject;
use crate::decisions::things::{Thing, Things};
use crate::decisions::views::{self, AccessAnswers, PlainAnswers};
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::mandates::model::Mandate;
use crate::projects::model::Project;
use crate::shifts::model::Shift;
use crate::shifts::rules::Terms;
use crate::values::{Bounded, ClientId};

/// Whether somebody may do each of these things, by which rule, and if not what they can do about it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessCan {
    /// Whom the questions are about; without it, whoever asks. Asking about others takes the right to manage them.
    #[serde(default)]
    pub subject: Option<AccessSubject>,
    pub questions: Bounded<AccessQuestion, MOST_QUESTIONS>,
}

impl Operation for AccessCan {
    const NAME: &'static str = "access.can";
    const EFFECT: Effect = Effect::Query;
    type Reply = AccessAnswers;

    fn run(&self, tx: &mut Tx) -> Run<AccessAnswers> {
        let (grant, rules) = decide(tx, self.subject, &self.questions)?;
        let locale = tx.locale();
        Ok(AccessAnswers {
            answers: rules.into_iter().map(|rule| views::answer(&grant, rule, locale)).collect(),
        })
    }
}

/// The same with yes or no alone, for going through many things.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessAllowed {
    /// Whom the questions are about; without it, whoever asks. Asking about others takes the right to manage them.
    #[serde(default)]
    pub subject: Option<AccessSubject>,
    pub questions: Bounded<AccessQuestion, MOST_QUESTIONS>,
}

impl Operation for AccessAllowed {
    const NAME: &'static str = "access.allowed";
    const EFFECT: Effect = Effect::Query;
    type Reply = PlainAnswers;

    fn run(&self, tx: &mut Tx) -> Run<PlainAnswers> {
        let (_, rules) = decide(tx, self.subject, &self.questions)?;
        Ok(PlainAnswers { allowed: rules.into_iter().map(|rule| rule.code().is_none()).collect() })
    }
}

fn decide(
    tx: &mut Tx,
    about: Option<AccessSubject>,
    questions: &[AccessQuestion],
) -> Run<(Grant, Vec<DecidingRule>)> {
    if questions.is_empty() {
        return Err(Refusal::new(Code::TooFew).at("questions").with("expected", 1).into());
    }
    // Questions about one thing often stand together, so most repeats go before there is anything to sort.
    let mut objects: Vec<AccessObject> = questions.iter().map(|question| question.object).collect();
    objects.dedup();
    objects.sort_unstable();
    objects.dedup();
    let asks_for_orders = questions.iter().any(|question| is_order(question.permission));
    let agency = asks_for_orders.then(|| Want::record::<Agency>(tx.context().agency));
    tx.prefetch(asking::wants(about).into_iter().chain(agency).chain(objects.iter().filter_map(want)))?;
    let (grant, subject) = asking::subject(tx, about)?;
    let mut list = Vec::with_capacity(objects.len());
    let mut home = None;
    for object in objects {
        list.push((object, thing(tx, object, &mut home)?));
    }
    let mut things = Things::new(list);
    if asks_for_orders {
        ordering(tx, &subject, questions, &mut things)?;
    }
    let now = tx.now();
    let one = |AccessQuestion { permission, object }: &AccessQuestion| {
        rules::decide(&subject, *permission, things.get(object), &things, now)
    };
    Ok((grant, questions.iter().map(one).collect()))
}

const fn is_order(permission: Permission) -> bool {
    matches!(permission, Permission::PlaceOrders | Permission::EditOrders | Permission::RequestChanges)
}

fn want(object: &AccessObject) -> Option<Want> {
    Some(match object {
        AccessObject::Agency => return None,
        AccessObject::Client { id } | AccessObject::Site { client: id, .. } => Want::record::<Client>(id),
        AccessObject::Project { id } => Want::record::<Project>(id),
        AccessObject::Shift { id } => Want::record::<Shift>(id),
        AccessObject::Mandate { id } => Want::record::<Mandate>(id),
        AccessObject::User { id } => Want::record::<Principal>(id),
    })
}

/// `home` is the client of the last site: in their order, the sites of one client come after each other.
fn thing(tx: &mut Tx, object: AccessObject, home: &mut Option<Client>) -> Run<Thing> {
    let found = match object {
        AccessObject::Agency => Some(Thing::Agency),
        AccessObject::Client { id } => tx.exists::<Client>(id)?.then_some(Thing::Client(id)),
        AccessObject::Site { client, id } => {
            if home.as_ref().is_none_or(|home| home.id != client) {
                *home = tx.find(client)?;
            }
            let found = home.as_ref().filter(|home| home.id == client && home.site(id).is_some());
            found.map(|_| Thing::Site(client, id))
        }
        AccessObject::Project { id } => {
            tx.find(id)?.map(|project: Project| Thing::Project { sites: project.sites(), project })
        }
        AccessObject::Shift { id } => tx.find(id)?.map(Box::new).map(Thing::Shift),
        AccessObject::Mandate { id } => {
            // What is still inside the client is there for its own people alone.
            let actor = tx.context().actor;
            let mandate: Option<Mandate> = tx.find(id)?;
            mandate.filter(|mandate| mandate.is_there_for(actor)).map(Box::new).map(Thing::Mandate)
        }
        AccessObject::User { id } => tx.find(id)?.map(Thing::Person),
    };
    Ok(found.unwrap_or(Thing::Missing))
}

/// Which clients can order, and what they may ask of split shifts, of those where it matters. Only what is within the
/// subject's rights is looked up further, so that what is not theirs takes no other load than what is not there.
fn ordering(tx: &mut Tx, subject: &Subject, questions: &[AccessQuestion], things: &mut Things) -> Run<()> {
    let (mut ordering, mut asking): (BTreeSet<ClientId>, BTreeSet<ClientId>) = Default::default();
    for AccessQuestion { permission, object } in questions.iter().filter(|one| is_order(one.permission)) {
        let thing = things.get(object);
        let (orders, split) = (thing.orders_of(*permission), thing.split_of(*permission));
        if orders.or(split).is_some() && rules::by_rights(subject, *permission, thing).code().is_none() {
            ordering.extend(orders);
            asking.extend(split);
        }
    }
    tx.prefetch(ordering.union(&asking).copied().map(Want::record::<Client>))?;
    let agency: Agency = tx.get(tx.context().agency)?;
    for id in ordering {
        let client: Client = tx.get(id)?;
        things.set_ordering(id, can_order(&agency, &client));
    }
    for id in asking {
        let client: Client = tx.get(id)?;
        things.set_terms(id, Terms::of(&agency, Some(&client)));
    }
    Ok(())
}
