//! Asking the core: its own operations, as a host calls them.

use serde_json::{Value, json};
use staffgate::access::{LinkToken, Purpose};
use staffgate::engine::{Class, CommandId, Context, Entropy};
use staffgate::store::{CommitOutcome, MemoryStore, Store};
use staffgate::values::{AgencyId, Instant, LinkId};
use staffgate::{Actor, Call, Portal};
use uuid::Uuid;

use super::records::Records;
use super::{of_candidates, of_clients, of_projects, people};
use crate::Fallible;
use crate::world::START;
use crate::world::model::{Candidate, Link, World};

/// The core over one world.
#[derive(Debug)]
pub struct Door {
    portal: Portal<MemoryStore>,
}

impl Door {
    pub fn new(world: &World) -> Fallible<Self> {
        let store = MemoryStore::default();
        for agency in &world.agencies {
            let mut records = Records::of(agency.id);
            of_clients::put(&mut records, world, agency)?;
            of_projects::put(&mut records, world, agency)?;
            of_candidates::put(&mut records, world, agency)?;
            people::put(&mut records, world, agency)?;
            if Store::commit(&store, &records.into_changes())? != CommitOutcome::Committed {
                return Err("the world was not kept".into());
            }
        }
        let door = Self { portal: Portal::new(store) };
        for candidate in world.candidates.iter().filter(|candidate| candidate.erased) {
            door.erase(candidate)?;
        }
        Ok(door)
    }

    /// What is left of somebody erased is the core's own affair, so it does this itself.
    fn erase(&self, candidate: &Candidate) -> Fallible<()> {
        let command = CommandId::parse(&candidate.id.to_string()).map_err(|fault| format!("{fault:?}"))?;
        let entropy = Entropy::parse(&"07".repeat(32)).map_err(|fault| format!("{fault:?}"))?;
        let agency = candidate.job.client.agency.id;
        let context = Context {
            command_id: Some(command),
            entropy: Some(entropy),
            ..context(agency, Actor::Operator, START)?
        };
        let input = json!({ "candidate": candidate.id }).to_string();
        let done = self.portal.run_json(&Call { context }, "privacy.erase_candidate", &input);
        done.map(drop).map_err(|refusal| format!("a candidate was not erased: {refusal}").into())
    }

    /// The reply, or none if the core refuses.
    pub fn ask(
        &self,
        agency: Uuid,
        actor: Actor,
        now: i64,
        operation: &str,
        input: &Value,
    ) -> Fallible<Option<String>> {
        let context = context(agency, actor, now)?;
        match self.portal.run_json(&Call { context }, operation, &input.to_string()) {
            Ok(reply) => Ok(Some(reply.json().to_owned())),
            Err(refusal) if is_fault(refusal.code.class()) => Err(format!("{operation}: {refusal}").into()),
            Err(_) => Ok(None),
        }
    }
}

fn context(agency: Uuid, actor: Actor, now: i64) -> Fallible<Context> {
    Ok(Context {
        agency: AgencyId::new(agency),
        actor,
        now: Instant::from_millis(now).map_err(|fault| format!("{fault:?}"))?,
        command_id: None,
        entropy: None,
        locale: None,
    })
}

/// What says that the question was wrong, or the core, and nothing about who may read.
const fn is_fault(class: Class) -> bool {
    !matches!(class, Class::Denied | Class::NotFound | Class::Conflict)
}

/// The secret of a link: made from its id.
pub fn token(link: &Link) -> LinkToken {
    let purpose = if link.is_public { Purpose::Public } else { Purpose::Share };
    LinkToken::new(purpose, AgencyId::new(link.client.agency.id), LinkId::new(link.id), &[7; 32])
}
