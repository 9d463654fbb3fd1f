//! Which fields of a shift somebody is shown, and why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{
    Grant, Permission, Permissions, Principal, PrincipalSide, Rights, Scope, authorize, rights_of,
};
use crate::branding::model::ExposureBook;
use crate::branding::rules::exposure;
use crate::decisions::fields::{self, Circumstances, ShiftExplanation};
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::shifts::model::Shift;
use crate::values::{ShiftId, UserId};
use crate::visibility::client_grant;

/// Says for each field of a shift, as its client sees it, whether it is shown and which rule decides.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainVisibility {
    pub shift: ShiftId,
    /// For whom, if a member asks; a user asks for themself.
    #[serde(default)]
    pub user: Option<UserId>,
}

impl Operation for ExplainVisibility {
    const NAME: &'static str = "visibility.explain";
    const EFFECT: Effect = Effect::Query;
    type Reply = ShiftExplanation;

    fn run(&self, tx: &mut Tx) -> Run<ShiftExplanation> {
        let person = self.user.map(Want::record::<Principal>);
        let book = Want::record::<ExposureBook>(tx.context().agency);
        tx.prefetch([Want::record::<Shift>(self.shift), book].into_iter().chain(person))?;
        let shift: Option<Shift> = tx.find(self.shift)?;
        let actor = tx.context().actor;
        let (grant, shift, held) = match self.user {
            Some(user) if actor.user() != Some(user) => {
                let grant = authorize(tx, Permission::PreviewPortal, Scope::Agency)?;
                let shift = shift.ok_or_else(Refusal::not_found)?;
                let held = held(tx, &grant, user, &shift)?;
                (grant, shift, held)
            }
            Some(_) | None => {
                let grant = client_grant(tx, Permission::ViewShifts, shift.as_ref().and_then(Shift::place))?;
                let held = grant.held();
                (grant, shift.ok_or_else(Refusal::not_found)?, Some(held))
            }
        };
        let book: Option<ExposureBook> = tx.find(tx.context().agency)?;
        let exposure = book.as_ref().and_then(|book| exposure(book, shift.client, shift.project));
        let (now, locale) = (tx.now(), tx.locale());
        Ok(fields::explain(&grant, &shift, Circumstances { held, exposure, now, locale }))
    }
}

/// What the user holds at the shift; none if they do not see it.
fn held(tx: &mut Tx, grant: &Grant, user: UserId, shift: &Shift) -> Run<Option<Permissions>> {
    let principal: Principal = tx.get(user)?;
    if matches!(principal.side, PrincipalSide::Member { .. }) {
        return Err(Refusal::not_found().into());
    }
    let rights: Rights = rights_of(tx, grant, &principal)?;
    let Some(place) = shift.place() else { return Ok(None) };
    let is_seen = rights.decide(Permission::ViewShifts, &place).is_allowed();
    Ok(rights.at(place.client).filter(|_| is_seen).map(|standing| standing.permissions))
}
