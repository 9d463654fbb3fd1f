//! Asking for a change, at the fee that was seen.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::examining::{asked, examine, skill_of};
use crate::agency::model::Skill;
use crate::changes::events::ChangeEvent;
use crate::changes::model::{Change, ChangeRequest, ChangeState};
use crate::changes::notify;
use crate::changes::rules::{self, ChangeAction};
use crate::changes::views::{self, ClientChangeView};
use crate::codes::Code;
use crate::engine::{Actor, Effect, Operation, Refusal, Run, Tx, Want};
use crate::projects::model::Project;
use crate::purchasing::holding;
use crate::purchasing::model::{Holder, Taken};
use crate::shifts::model::Shift;
use crate::shifts::rules::{expected, until};
use crate::values::{Amount, ChangeRequestId, ShiftId, Text};

/// Asks the agency for a change of an accepted shift. One request waits for a shift at a time.
///
/// The fee is that of this moment; accepting another one is refused. The agency's approval does not change it. What it
/// costs more, the fee with it, must be within what whoever asks may decide alone, and within the purchase order that
/// the shift is on, which holds it from now on.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestChange {
    pub shift: ShiftId,
    /// The shift's revision that was read; another one now is refused.
    pub revision: u32,
    pub change: Change,
    /// Why, for the agency.
    #[serde(default)]
    pub reason: Option<Text<500>>,
    /// The fee as the preview showed it; needed unless it is nothing.
    #[serde(default)]
    pub accepted_fee: Option<Amount>,
    /// The client's own open request that this one takes the place of.
    #[serde(default)]
    pub supersedes: Option<ChangeRequestId>,
}

impl Operation for RequestChange {
    const NAME: &'static str = "change_requests.submit";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientChangeView;

    fn run(&self, tx: &mut Tx) -> Run<ClientChangeView> {
        let skill = skill_of(&self.change).map(Want::record::<Skill>);
        let replaced = self.supersedes.map(Want::record::<ChangeRequest>);
        tx.prefetch([Want::record::<Shift>(self.shift)].into_iter().chain(skill).chain(replaced))?;
        let (grant, mut shift) = asked(tx, self.shift)?;
        // Changes bind the client, so a person at the client asks for them, not the platform in their name.
        let by = tx.context().actor.user().ok_or_else(|| Refusal::new(Code::WrongSide))?;
        expected(&shift, Some(self.revision))?;
        // Asked for here and waited for below, so that it comes with what examining needs.
        let _ = tx.prefetch([Want::record::<Project>(shift.project)]);
        let examined = examine(tx, &grant, &shift, &self.change, self.supersedes)?;
        let replaced = self.replaced(tx, &shift)?;
        let figures = examined.found?;
        if let Some(refusal) = figures.stopped {
            return Err(refusal.into());
        }
        rules::accepts_fee(&figures.fee, self.accepted_fee)?;
        let is_another = matches!(tx.context().actor, Actor::Impersonated { .. });
        if is_another && figures.fee.amount() > Amount::ZERO {
            return Err(Refusal::new(Code::NotInAnothersPlace).at("accepted_fee").into());
        }
        let request = ChangeRequest {
            id: tx.new_id(),
            client: examined.client.id,
            project: shift.project,
            shared: shift.shared,
            site: shift.site,
            shift: shift.id,
            shift_revision: shift.revision,
            before: rules::before(&shift, &self.change),
            change: self.change.clone(),
            skill_name: examined.skill_name,
            reason: self.reason.clone(),
            by,
            at: tx.now(),
            starts: shift.local_start,
            state: ChangeState::Open,
            decided_at: None,
            decided_by: None,
            decline_reason: None,
            superseded_by: None,
            fee: figures.fee,
            waived: None,
            price: figures.price,
            effects: figures.effects,
            taken: figures.taken,
        };
        if let Some(mut old) = replaced {
            old.state = rules::next(old.state, ChangeAction::Supersede)?;
            old.superseded_by = Some(request.id);
            old.decided_at = Some(tx.now());
            tx.put(&grant, &old)?;
            tx.emit(&grant, &ChangeEvent::of(&old, ChangeAction::Supersede))?;
        }
        if let Some(Taken { purchase_order, work }) = request.taken {
            let change = work.with_fee(request.fee.amount());
            let held = (Holder::Shift(shift.id), change, until(&shift, request.change.kind()));
            holding::hold_change(tx, &grant, &examined.client, purchase_order, held)?;
        }
        // Taking the project back in the same moment finds this request, or this request finds it taken back.
        let mut project: Project = tx.get(shift.project)?;
        project.add_request()?;
        tx.put(&grant, &project)?;
        shift.open_change = Some(request.id);
        tx.put(&grant, &shift)?;
        tx.put(&grant, &request)?;
        tx.emit(&grant, &ChangeEvent::asked(&request))?;
        notify::asked(tx, &grant, &request, &examined.client)?;
        Ok(views::client(&grant, request)?)
    }
}

impl RequestChange {
    /// The request that this one takes the place of: of this shift, and still open.
    fn replaced(&self, tx: &mut Tx, shift: &Shift) -> Run<Option<ChangeRequest>> {
        let Some(id) = self.supersedes else { return Ok(None) };
        let old: Option<ChangeRequest> = tx.find(id)?;
        let old = old.filter(|old| old.shift == shift.id);
        let old = old.ok_or_else(|| Refusal::not_found().at("supersedes"))?;
        rules::next(old.state, ChangeAction::Supersede).map_err(|refusal| refusal.at("supersedes"))?;
        Ok(Some(old))
    }
}
