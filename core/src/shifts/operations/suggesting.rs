//! Who could be booked, and which bookings somebody should look at.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::listing::range;
use super::{days, opening};
use crate::access::{PageRequest, Permission, Scope, authorize, page, prefetch_page};
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::shifts::model::{Booking, Preference, Shift, StaffPreferences, Worker};
use crate::shifts::rules::{self, Times};
use crate::shifts::views::{self, AttentionView, SuggestionsView};
use crate::values::{ClientId, Instant, PositionId, ProjectId, ShiftId, WorkerId};

/// Workers who hold the position's skill, are free at that time and are not refused by the client.
///
/// Those whom the client prefers come first, with the first page; then the others by name. A page is of that many
/// workers of the agency, of whom those are left out who do not fit, so it may be shorter than its limit.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuggestWorkers {
    pub shift: ShiftId,
    pub position: PositionId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for SuggestWorkers {
    const NAME: &'static str = "bookings.suggest";
    const EFFECT: Effect = Effect::Query;
    type Reply = SuggestionsView;

    fn run(&self, tx: &mut Tx) -> Run<SuggestionsView> {
        let want = Want::range::<Worker>("by_name", Vec::new(), 0);
        prefetch_page::<Worker>(tx, &self.page, &want, [Want::record::<Shift>(self.shift)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let shift: Shift = tx.get(self.shift)?;
        let position = shift.positions.iter().find(|each| each.id == self.position);
        let skill = position.ok_or_else(Refusal::not_found)?.skill;
        let (workers, next) = page::<Worker>(tx, &self.page, want)?;
        let span = shift.span();
        let fits = |worker: &Worker| !worker.archived && worker.skills.contains(&skill);
        let workers: Vec<Worker> = workers.into_iter().filter(fits).collect();
        let preferences = shift.client.map(Want::record::<StaffPreferences>);
        let days = days::load_with(tx, workers.iter().map(|worker| (worker.id, span)), preferences)?;
        let preferences = opening::preferences(tx, &shift)?;
        let word = |worker: WorkerId| preferences.as_ref().and_then(|preferences| preferences.worker(worker));
        let named = preferences.iter().flat_map(|preferences| &preferences.list).map(|entry| entry.worker);
        let first: BTreeSet<WorkerId> = named.filter(|id| word(*id) == Some(Preference::Preferred)).collect();
        let mut items = Vec::new();
        if self.page.after.is_none() {
            let wants = first.iter().map(Want::record::<Worker>);
            let free = days::load_with(tx, first.iter().map(|worker| (*worker, span)), wants)?;
            let mut preferred = Vec::new();
            for id in &first {
                let found: Option<Worker> = tx.find(id)?;
                preferred.extend(found.filter(|worker| fits(worker) && free.is_free(worker.id, span)));
            }
            preferred.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
            items.extend(preferred.into_iter().map(|worker| views::suggestion(&grant, worker, true)));
        }
        let others =
            workers.into_iter().filter(|worker| word(worker.id).is_none() && days.is_free(worker.id, span));
        items.extend(others.map(|worker| views::suggestion(&grant, worker, false)));
        Ok(SuggestionsView { items, next })
    }
}

/// Why somebody should look at a booking.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Attention {
    /// The shift has been running for five minutes and the worker has not come.
    Late,
    /// The worker said yes more than 72 hours ago, and the shift starts within 24.
    ConfirmAgain,
}

/// Shifts with bookings that somebody should look at now, by start.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListAttention {
    pub attention: Attention,
    #[serde(default)]
    pub client: Option<ClientId>,
    /// Give a client or a project, not both.
    #[serde(default)]
    pub project: Option<ProjectId>,
}

/// At most 1,000 shifts of the time in question were looked at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AttentionList {
    pub items: Vec<AttentionView>,
    /// Whether there are further shifts in that time; ask per client or project then.
    pub more: bool,
}

const MOST_LOOKED_AT: u32 = 1000;

impl Operation for ListAttention {
    const NAME: &'static str = "bookings.attention";
    const EFFECT: Effect = Effect::Query;
    type Reply = AttentionList;

    fn run(&self, tx: &mut Tx) -> Run<AttentionList> {
        let now = tx.now();
        let (from, to) = match self.attention {
            // A minute more than needed, as the end of a range is not within it; the rule looks closely.
            Attention::Late => (-rules::LONGEST_MINUTES, 1 - rules::LATE_ALERT_MINUTES),
            Attention::ConfirmAgain => (0, rules::CONFIRM_AGAIN_MINUTES + 1),
        };
        let at = |minutes: i64| now.plus_minutes(minutes).ok();
        let mut want = range("by_owner", self.client, self.project, at(from), at(to))?;
        if let Want::Range { limit, .. } = &mut want {
            *limit = MOST_LOOKED_AT + 1;
        }
        tx.prefetch([want.clone()])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let shifts: Vec<Shift> = tx.list(want)?;
        let more = shifts.len() > MOST_LOOKED_AT as usize;
        let mut items = Vec::new();
        for shift in shifts.into_iter().take(MOST_LOOKED_AT as usize) {
            let found = self.found(&shift, now);
            if !found.is_empty() {
                items.push(views::attention(&grant, &shift, found, now));
            }
        }
        Ok(AttentionList { items, more })
    }
}

impl ListAttention {
    fn found(&self, shift: &Shift, now: Instant) -> Vec<Booking> {
        let times = Times::of(shift);
        let is_it = |booking: &&Booking| match self.attention {
            Attention::Late => rules::is_late(times, booking, now),
            Attention::ConfirmAgain => rules::is_to_confirm_again(times, booking, now),
        };
        shift.bookings().filter(is_it).cloned().collect()
    }
}
