//! What asking for a change comes to, for the preview and for the request itself: one walk for both.

use crate::access::{Grant, Permission};
use crate::agency::model::{Agency, Skill};
use crate::changes::figures::{self, Cost};
use crate::changes::model::Change;
use crate::changes::rules::{self, Planned};
use crate::changes::views::Figures;
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Refusal, Run, Stop, Tx, Want};
use crate::mandates::rules::{orderable, ordering_open};
use crate::purchasing::model::{ApprovalChain, Holder, PurchaseOrder};
use crate::purchasing::previews;
use crate::purchasing::rules::approval::acting;
use crate::purchasing::rules::changing::{may_ask_for, route_rise};
use crate::shifts::model::Shift;
use crate::shifts::rules::{Terms, may_ask};
use crate::values::{ChangeRequestId, ShiftId, SkillId, Text};
use crate::visibility::client_record;

/// What was found: the figures, or why it cannot be asked for.
pub(super) struct Examined {
    pub terms: Terms,
    pub client: Client,
    pub skill_name: Option<Text<120>>,
    pub found: Result<Figures, Refusal>,
}

/// The skill that the input names.
pub(super) const fn skill_of(change: &Change) -> Option<SkillId> {
    match change {
        Change::Skill { skill } => Some(*skill),
        _ => None,
    }
}

/// The shift, for a person who may ask for changes where it is.
pub(super) fn asked(tx: &mut Tx, id: ShiftId) -> Run<(Grant, Shift)> {
    client_record(tx, Permission::RequestChanges, id, Shift::place)
}

/// Examines a change of a shift that is the actor's to change. `instead` is the open request that it would replace.
pub(super) fn examine(
    tx: &mut Tx,
    grant: &Grant,
    shift: &Shift,
    change: &Change,
    instead: Option<ChangeRequestId>,
) -> Run<Examined> {
    let id = shift.seen_by().ok_or_else(Refusal::not_found)?;
    let named = skill_of(change).or_else(|| ordered_again(shift, change));
    tx.prefetch(figures::wants(tx, id, shift).into_iter().chain(named.map(Want::record::<Skill>)))?;
    let agency: Agency = tx.get(tx.context().agency)?;
    let client: Client = tx.get(id)?;
    let skill: Option<Skill> = named.map_or(Ok(None), |skill| tx.find(skill))?;
    let terms = Terms::of(&agency, Some(&client));
    let now = tx.now();
    let planned = may_ask(shift, change.kind(), Some(&terms), now)
        .and_then(|()| alone(shift, instead))
        .and_then(|()| rules::plan(shift, change, skill.as_ref(), now, now))
        .and_then(|planned| {
            may_order(&agency, &client, shift, change, skill.as_ref())?;
            Ok(planned)
        });
    let skill_name = skill_of(change).and(skill).map(|skill| skill.name);
    let found = match planned {
        Err(refusal) => Err(refusal),
        Ok(planned) => match figures::of(tx, id, shift, &planned.shift, change) {
            Ok(cost) => Ok(bound(tx, grant, &client, shift, change, planned, cost)?),
            Err(Stop::Refused(refusal)) => Err(refusal),
            Err(stop) => return Err(stop),
        },
    };
    Ok(Examined { terms, client, skill_name, found })
}

/// What the change does to the client's purchase order, and whose approval it would need: whether it can be asked for.
fn bound(
    tx: &mut Tx,
    grant: &Grant,
    client: &Client,
    shift: &Shift,
    change: &Change,
    planned: Planned,
    cost: Cost,
) -> Run<Figures> {
    let now = tx.now();
    let (mut purchase_order, mut stopped) = (None, None);
    let taken = rules::taken(shift, &planned.shift, change, cost.work);
    if let Some(taken) = taken {
        let order: PurchaseOrder = tx.get(taken.purchase_order)?;
        let (by, more) = (Holder::Shift(shift.id), taken.work.with_fee(cost.fee.amount()));
        let work_ends = planned.shift.cancelled_at.is_none().then_some(planned.shift.ends_at);
        purchase_order = Some(previews::effect(grant, &order, (by, more), work_ends, now)?);
        stopped = order.may_change(by, more, now).err().map(|refusal| refusal.at("change"));
    }
    let chain: Option<ApprovalChain> = tx.find(client.id)?;
    let actor = tx.context().actor;
    let rise = cost.rise();
    let route = route_rise(chain.as_ref(), rise, actor.user(), acting(actor));
    let approval = previews::approval(chain.as_ref(), route);
    let stopped = stopped.or_else(|| may_ask_for(chain.as_ref(), rise, route).err());
    let Cost { price, fee, .. } = cost;
    Ok(Figures { price, fee, effects: planned.effects, purchase_order, approval, taken, stopped })
}

/// One request at a time: another one takes its place or waits until it is decided.
fn alone(shift: &Shift, instead: Option<ChangeRequestId>) -> Result<(), Refusal> {
    match shift.open_change {
        Some(open) if instead != Some(open) => Err(Refusal::new(Code::ChangeOpen).with("request", open)),
        _ => Ok(()),
    }
}

/// The skill of which more is wanted: that is a new order, and needs to be one that can be placed.
fn ordered_again(shift: &Shift, change: &Change) -> Option<SkillId> {
    let Change::Headcount { position, headcount } = change else { return None };
    let position = shift.positions.iter().find(|one| one.id == *position)?;
    (*headcount > position.headcount).then_some(position.skill)
}

/// What is ordered anew must be this client's to order now: another skill, or more of one.
fn may_order(
    agency: &Agency,
    client: &Client,
    shift: &Shift,
    change: &Change,
    skill: Option<&Skill>,
) -> Result<(), Refusal> {
    let path = match change {
        Change::Skill { .. } => "change.skill",
        Change::Headcount { .. } if ordered_again(shift, change).is_some() => "change.headcount",
        _ => return Ok(()),
    };
    ordering_open(agency, client)?;
    let skill = skill.ok_or_else(|| Refusal::new(Code::SkillNotOrderable).at(path))?;
    orderable(agency, client, skill, path)
}
