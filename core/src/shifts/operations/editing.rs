//! Naming the lead, setting tags and the host's id: edits that ask no worker anew.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Permission, Scope, authorize};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::shifts::events::{ShiftChange, ShiftEvent};
use crate::shifts::model::{Shift, Tag};
use crate::shifts::rules;
use crate::shifts::views::{self, AgencyShiftView, TagView};
use crate::values::{BookingId, Bounded, ShiftId};

/// Names the confirmed booking whose worker leads the shift.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NameLead {
    pub shift: ShiftId,
    pub booking: BookingId,
    /// The revision that was read; another one now is refused.
    #[serde(default)]
    pub revision: Option<u32>,
}

impl Operation for NameLead {
    const NAME: &'static str = "shifts.name_lead";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyShiftView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyShiftView> {
        tx.prefetch([Want::record::<Shift>(self.shift)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut shift: Shift = tx.get(self.shift)?;
        rules::open(&shift)?;
        rules::expected(&shift, self.revision)?;
        if !rules::booking_mut(&mut shift, self.booking)?.state.is_of_team() {
            return Err(Refusal::new(Code::LeadNotConfirmed).at("booking").into());
        }
        if shift.lead != Some(self.booking) {
            shift.lead = Some(self.booking);
            shift.revision += 1;
            tx.put(&grant, &shift)?;
            tx.emit(&grant, &ShiftEvent::of(&shift, ShiftChange::LeadNamed))?;
        }
        Ok(views::agency_shift(&grant, shift, tx.now()))
    }
}

/// Replaces the tags of a shift. The client sees those that are marked for it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetTags {
    pub shift: ShiftId,
    pub tags: Bounded<TagView, 20>,
    /// The revision that was read; another one now is refused.
    #[serde(default)]
    pub revision: Option<u32>,
}

impl Operation for SetTags {
    const NAME: &'static str = "shifts.set_tags";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyShiftView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyShiftView> {
        tx.prefetch([Want::record::<Shift>(self.shift)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut shift: Shift = tx.get(self.shift)?;
        rules::open(&shift)?;
        rules::expected(&shift, self.revision)?;
        let tag = |tag: &TagView| Tag { text: tag.text.clone(), visible_to_client: tag.visible_to_client };
        let tags: Vec<Tag> = self.tags.iter().map(tag).collect();
        if shift.tags != tags {
            shift.tags = tags;
            shift.revision += 1;
            tx.put(&grant, &shift)?;
            tx.emit(&grant, &ShiftEvent::of(&shift, ShiftChange::TagsSet))?;
        }
        Ok(views::agency_shift(&grant, shift, tx.now()))
    }
}
