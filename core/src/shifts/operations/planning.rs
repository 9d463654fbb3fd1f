//! The agency's own plan of a shift's positions: skills, roles, headcounts.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::opening;
use crate::access::{Grant, Permission, Scope, authorize};
use crate::agency::model::Skill;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::shifts::apply;
use crate::shifts::events::ShiftChange;
use crate::shifts::model::{Booking, CancelledBy, Position, Role, Shift};
use crate::shifts::rules;
use crate::shifts::views::{self, AgencyShiftView};
use crate::values::{Bounded, PositionId, ShiftId, SkillId};

/// A position as it shall be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlannedPosition {
    /// A position that the shift has; left out for a new one.
    #[serde(default)]
    pub position: Option<PositionId>,
    pub skill: SkillId,
    #[serde(default)]
    pub role: Role,
    /// 1 to 500.
    pub headcount: u32,
}

/// Sets all positions of a shift: skill, role and headcount of each. A position that is left out goes, if nobody is
/// booked in it.
///
/// Fewer heads give up unfilled slots first, then cancel whoever was booked last. Another skill asks confirmed workers
/// again.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditPositions {
    pub shift: ShiftId,
    /// The revision that was read; another one now is refused.
    pub revision: u32,
    pub positions: Bounded<PlannedPosition, 50>,
}

impl Operation for EditPositions {
    const NAME: &'static str = "shifts.edit_positions";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyShiftView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyShiftView> {
        let skills = self.positions.iter().map(|planned| Want::record::<Skill>(planned.skill));
        tx.prefetch(skills.chain([Want::record::<Shift>(self.shift)]))?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut shift = opening::opened(tx, &grant, self.shift)?;
        rules::open(&shift)?;
        if tx.now() >= shift.ends_at {
            return Err(Refusal::new(Code::ShiftFinished).into());
        }
        rules::expected(&shift, Some(self.revision))?;
        self.check(&shift)?;
        let before = shift.clone();
        let mut planned = Vec::with_capacity(self.positions.len());
        let (mut surplus, mut asked): (Vec<_>, Vec<Booking>) = (Vec::new(), Vec::new());
        for (index, wish) in self.positions.iter().enumerate() {
            let mut position = match wish.position {
                Some(id) => rules::position_mut(&mut shift, id)?.clone(),
                None => Position {
                    id: tx.new_id(),
                    skill: wish.skill,
                    skill_name: skill(tx, wish.skill, index)?.name,
                    role: wish.role,
                    headcount: wish.headcount,
                    added: Vec::new(),
                    bookings: Vec::new(),
                },
            };
            if position.skill != wish.skill {
                let skill = skill(tx, wish.skill, index)?;
                (position.skill, position.skill_name) = (skill.id, skill.name);
                asked.extend(position.bookings.iter().cloned());
            }
            position.role = wish.role;
            surplus.extend(rules::set_headcount(&mut position, wish.headcount, None));
            planned.push(position);
        }
        shift.positions = planned;
        if shift != before {
            apply_bookings(tx, &grant, &mut shift, &surplus, &asked)?;
            apply::write(tx, &grant, &mut shift, ShiftChange::PositionsChanged)?;
        }
        Ok(views::agency_shift(&grant, shift, tx.now()))
    }
}

fn apply_bookings(
    tx: &mut Tx,
    grant: &Grant,
    shift: &mut Shift,
    surplus: &[crate::values::BookingId],
    asked: &[Booking],
) -> Run<()> {
    apply::cancel_bookings(tx, grant, shift, surplus, CancelledBy::Agency)?;
    apply::ask_again(tx, grant, shift, asked.iter().filter(|booking| !surplus.contains(&booking.id)))
}

fn skill(tx: &mut Tx, id: SkillId, index: usize) -> Run<Skill> {
    let skill: Option<Skill> = tx.find(id)?;
    let path = format!("positions[{index}].skill");
    match skill {
        Some(skill) if !skill.archived => Ok(skill),
        Some(_) => Err(Refusal::new(Code::SkillArchived).at(path).into()),
        None => Err(Refusal::new(Code::SkillUnknown).at(path).into()),
    }
}

impl EditPositions {
    fn check(&self, shift: &Shift) -> Result<(), Refusal> {
        if self.positions.is_empty() {
            return Err(Refusal::new(Code::TooFew).at("positions").with("expected", 1));
        }
        let mut kept = BTreeSet::new();
        for (index, wish) in self.positions.iter().enumerate() {
            let at = |field: &str| format!("positions[{index}].{field}");
            rules::headcount(wish.headcount).map_err(|refusal| refusal.at(at("headcount")))?;
            if let Some(id) = wish.position {
                if shift.positions.iter().all(|position| position.id != id) {
                    return Err(Refusal::not_found().at(at("position")));
                }
                if !kept.insert(id) {
                    return Err(Refusal::new(Code::FieldTwice).at(at("position")));
                }
            }
        }
        rules::slots(self.positions.iter().map(|wish| wish.headcount))
            .map_err(|refusal| refusal.at("positions"))?;
        let mut gone = shift.positions.iter().filter(|position| !kept.contains(&position.id));
        let is_booked =
            |position: &Position| position.bookings.iter().any(|booking| booking.state.is_active());
        match gone.find(|position| is_booked(position)) {
            Some(position) => {
                Err(Refusal::new(Code::PositionBooked).at("positions").with("position", position.id))
            }
            None => Ok(()),
        }
    }
}
