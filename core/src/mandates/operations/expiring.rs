//! Writing down what the clock has done. Nothing waits for it: an expired mandate is expired without; but people are
//! told, and lists stay short.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::client::afterwards;
use super::forward::{drop_approval, let_go};
use super::notify::notify;
use crate::access::operator;
use crate::clients::model::Client;
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::mandates::events::MandateEvent;
use crate::mandates::model::Mandate;
use crate::mandates::rules::{self, MandateAction};
use crate::notifications::model::Notice;
use crate::values::{Instant, Whole};

/// Writes down which mandates have expired and tells their people; warns of those that soon will. For the platform's
/// own code, as often as it likes: it changes nothing that the clock has not changed already.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpireMandates {
    /// People are warned so many minutes before; without it, a day.
    #[serde(default)]
    pub warn_minutes: Option<Whole<0, 43_200>>,
}

/// What was found to write down.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExpiryRun {
    pub expired: u32,
    pub warned: u32,
    /// There may be more: call again.
    pub more: bool,
}

/// At one time, of each kind.
const MOST: u32 = 50;

impl Operation for ExpireMandates {
    const NAME: &'static str = "mandates.expire";
    const EFFECT: Effect = Effect::Command;
    type Reply = ExpiryRun;

    fn run(&self, tx: &mut Tx) -> Run<ExpiryRun> {
        let now = tx.now();
        let ahead = self.warn_minutes.map_or(24 * 60, Whole::get);
        let soon = now.plus_minutes(i64::from(ahead)).unwrap_or(now);
        let wants = [until("unwarned", soon), until("warned", now)];
        tx.prefetch(wants.clone())?;
        let grant = operator(tx)?;
        let mut due: Vec<Mandate> = Vec::new();
        let mut more = false;
        for want in wants {
            let found: Vec<Mandate> = tx.list(want)?;
            more |= found.len() >= MOST as usize;
            due.extend(found);
        }
        tx.prefetch(due.iter().flat_map(|mandate| {
            std::iter::once(Want::record::<Client>(mandate.client)).chain(afterwards(mandate))
        }))?;
        let (mut expired, mut warned) = (0, 0);
        for mut mandate in due {
            let client: Client = tx.get(mandate.client)?;
            if mandate.expires_at().is_some_and(|at| at <= now) {
                // Asked of the state as it is kept: the clock's is there already.
                mandate.state = rules::next(mandate.state, MandateAction::Expire)?;
                mandate.review = None;
                mandate.decided_at = mandate.expires_at();
                drop_approval(&mut mandate)?;
                let_go(tx, &grant, &mandate)?;
                tx.emit(&grant, &MandateEvent::Expired { mandate: mandate.id, client: client.id })?;
                notify(tx, &grant, &mandate, &client, Notice::MandateExpired)?;
                expired += 1;
            } else {
                mandate.warned = true;
                notify(tx, &grant, &mandate, &client, Notice::MandateExpiring)?;
                warned += 1;
            }
            tx.put(&grant, &mandate)?;
        }
        Ok(ExpiryRun { expired, warned, more })
    }
}

/// Open mandates whose cut-off comes at this instant or before.
fn until(open: &str, instant: Instant) -> Want {
    let behind = instant.millis() + 1;
    Want::range::<Mandate>("by_open", vec![open.into()], MOST).between(None, Some(behind.into()))
}
