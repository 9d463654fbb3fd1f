//! What a change would be and cost, before it is asked for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::examining::{asked, examine, skill_of};
use crate::agency::model::Skill;
use crate::changes::model::Change;
use crate::changes::views::{self, ChangePreview};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::shifts::model::Shift;
use crate::values::{ChangeRequestId, ShiftId};

/// Shows what a change of a shift would cost now, until when it costs less, and whom it affects; or why it cannot be
/// asked for, and whom to turn to. Nothing is stored.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewChange {
    pub shift: ShiftId,
    pub change: Change,
    /// The open request that it would take the place of.
    #[serde(default)]
    pub supersedes: Option<ChangeRequestId>,
}

impl Operation for PreviewChange {
    const NAME: &'static str = "change_requests.preview";
    const EFFECT: Effect = Effect::Query;
    type Reply = ChangePreview;

    fn run(&self, tx: &mut Tx) -> Run<ChangePreview> {
        let skill = skill_of(&self.change).map(Want::record::<Skill>);
        tx.prefetch([Want::record::<Shift>(self.shift)].into_iter().chain(skill))?;
        let (grant, shift) = asked(tx, self.shift)?;
        let examined = examine(tx, &grant, &shift, &self.change, self.supersedes)?;
        Ok(views::preview(&grant, &shift, examined.terms.contact, examined.found, tx.locale())?)
    }
}
