//! Whom a client prefers or refuses: as the agency notes it, and as the client's people say it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission, Place, Scope, authorize};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Proof, Refusal, Run, Tx, Want};
use crate::privacy::{Shown, log};
use crate::selection::model::Selection;
use crate::shifts::events::StaffEvent;
use crate::shifts::model::{MOST_PREFERENCES, Preference, Shift, StaffPreference, StaffPreferences, Worker};
use crate::shifts::views::{self, MyStaffView, StaffPreferencesView};
use crate::values::{
    BookingId, Bounded, ClientId, PreferenceId, ProposalId, SelectionId, ShiftId, UserId, WorkerId,
};
use crate::visibility::{client_grant, client_record};

/// Writes one word on a worker, in place of an earlier one of the same side.
fn put_word(
    tx: &mut Tx,
    grant: &Grant,
    client: ClientId,
    worker: WorkerId,
    preference: Preference,
    by: Option<UserId>,
) -> Run<StaffPreferences> {
    let found: Option<StaffPreferences> = tx.find(client)?;
    let mut preferences = found.unwrap_or_else(|| StaffPreferences::of(client));
    let mut list = preferences.list.into_vec();
    let old = list.iter().position(|entry| entry.worker == worker && entry.by.is_some() == by.is_some());
    let id = match old {
        Some(at) => list.remove(at).id,
        None => tx.new_id(),
    };
    if list.len() >= MOST_PREFERENCES {
        return Err(Refusal::new(Code::TooMany).at("client").with("expected", MOST_PREFERENCES).into());
    }
    list.push(StaffPreference { id, worker, preference, by, at: tx.now() });
    preferences.list = Bounded::new(list).map_err(Refusal::from)?;
    tx.put(grant, &preferences)?;
    tx.emit(grant, &StaffEvent::PreferenceSet { client, entry: id, worker, preference })?;
    Ok(preferences)
}

/// Removes a word that is this side's to remove; one of the other side is not there.
fn remove_word(
    tx: &mut Tx,
    grant: &Grant,
    client: ClientId,
    entry: PreferenceId,
    theirs: impl Fn(&StaffPreference) -> bool,
) -> Run<StaffPreferences> {
    let found: Option<StaffPreferences> = tx.find(client)?;
    let mut preferences = found.ok_or_else(Refusal::not_found)?;
    let mut list = preferences.list.into_vec();
    let place = list.iter().position(|one| one.id == entry && theirs(one)).ok_or_else(Refusal::not_found)?;
    let removed = list.remove(place);
    preferences.list = Bounded::new(list).map_err(Refusal::from)?;
    tx.put(grant, &preferences)?;
    tx.emit(grant, &StaffEvent::PreferenceRemoved { client, entry, worker: removed.worker })?;
    Ok(preferences)
}

/// The workers whom a client prefers or refuses, whoever said so. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetStaffPreferences {
    pub client: ClientId,
}

impl Operation for GetStaffPreferences {
    const NAME: &'static str = "staff_preferences.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = StaffPreferencesView;

    fn run(&self, tx: &mut Tx) -> Run<StaffPreferencesView> {
        tx.prefetch([Want::record::<Client>(self.client), Want::record::<StaffPreferences>(self.client)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let client: Client = tx.get(self.client)?;
        let found: Option<StaffPreferences> = tx.find(client.id)?;
        Ok(views::staff_preferences(&grant, &found.unwrap_or_else(|| StaffPreferences::of(client.id))))
    }
}

/// Notes that a client prefers or refuses a worker. A refused worker is not booked at this client from now on;
/// bookings that exist stay.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetStaffPreference {
    pub client: ClientId,
    pub worker: WorkerId,
    pub preference: Preference,
}

impl Operation for SetStaffPreference {
    const NAME: &'static str = "staff_preferences.set";
    const EFFECT: Effect = Effect::Command;
    type Reply = StaffPreferencesView;

    fn run(&self, tx: &mut Tx) -> Run<StaffPreferencesView> {
        let client = Want::record::<Client>(self.client);
        let worker = Want::record::<Worker>(self.worker);
        tx.prefetch([client, worker, Want::record::<StaffPreferences>(self.client)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let client: Client = tx.get(self.client)?;
        let worker: Worker = tx.get(self.worker)?;
        let preferences = put_word(tx, &grant, client.id, worker.id, self.preference, None)?;
        Ok(views::staff_preferences(&grant, &preferences))
    }
}

/// Takes a word on a worker back, whoever said it. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveStaffPreference {
    pub client: ClientId,
    pub entry: PreferenceId,
}

impl Operation for RemoveStaffPreference {
    const NAME: &'static str = "staff_preferences.remove";
    const EFFECT: Effect = Effect::Command;
    type Reply = StaffPreferencesView;

    fn run(&self, tx: &mut Tx) -> Run<StaffPreferencesView> {
        tx.prefetch([Want::record::<StaffPreferences>(self.client)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let preferences = remove_word(tx, &grant, self.client, self.entry, |_| true)?;
        Ok(views::staff_preferences(&grant, &preferences))
    }
}

/// Where a client's person has seen a worker: only such a worker can be named.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "seen", rename_all = "snake_case", deny_unknown_fields)]
pub enum SeenWorker {
    /// In the team of a shift.
    Team { shift: ShiftId, booking: BookingId },
    /// Among the workers who were offered for selection.
    Selection { selection: SelectionId, proposal: ProposalId },
}

/// Says that the client prefers or refuses a worker whom the person has seen in a team or a selection.
///
/// The agency learns of it; the worker and other clients do not.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetMyStaff {
    pub worker: SeenWorker,
    pub preference: Preference,
}

/// What became of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MyStaffSet {
    pub staff: MyStaffView,
}

impl Operation for SetMyStaff {
    const NAME: &'static str = "my_staff.set";
    const EFFECT: Effect = Effect::Command;
    type Reply = MyStaffSet;

    fn run(&self, tx: &mut Tx) -> Run<MyStaffSet> {
        let (grant, client, worker) = match self.worker {
            SeenWorker::Team { shift, booking } => in_team(tx, shift, booking)?,
            SeenWorker::Selection { selection, proposal } => in_selection(tx, selection, proposal)?,
        };
        let log = log::want(tx);
        let records = [Want::record::<StaffPreferences>(client), Want::record::<Worker>(worker)];
        tx.prefetch(records.into_iter().chain(log))?;
        let by = grant.actor().user();
        let preferences = put_word(tx, &grant, client, worker, self.preference, by)?;
        let worker: Worker = tx.get(worker)?;
        let is_it =
            |entry: &&StaffPreference| entry.worker == worker.id && entry.by.is_some() == by.is_some();
        let entry = preferences.list.iter().find(is_it).ok_or_else(Refusal::not_found)?;
        let mut shown = Shown::default();
        let staff = views::my_staff(&grant, entry, &worker, &mut shown);
        log::disclose(tx, &grant, Self::NAME, shown)?;
        Ok(MyStaffSet { staff })
    }
}

fn in_team(tx: &mut Tx, shift: ShiftId, booking: BookingId) -> Run<(Grant, ClientId, WorkerId)> {
    tx.prefetch([Want::record::<Shift>(shift)])?;
    let (grant, shift) = client_record(tx, Permission::SelectStaff, shift, Shift::place)?;
    let seen = views::sees_team(&grant, &shift.state());
    let is_seen = |one: &&crate::shifts::model::Booking| one.id == booking && views::seen_by_client(one);
    let found = shift.bookings().find(is_seen).filter(|_| seen).ok_or_else(Refusal::not_found)?;
    let client = shift.seen_by().ok_or_else(Refusal::not_found)?;
    Ok((grant, client, found.worker))
}

fn in_selection(
    tx: &mut Tx,
    selection: SelectionId,
    proposal: ProposalId,
) -> Run<(Grant, ClientId, WorkerId)> {
    tx.prefetch([Want::record::<Selection>(selection)])?;
    let (grant, selection) = client_record(tx, Permission::SelectStaff, selection, Selection::place)?;
    let shown = selection.shows_proposals(tx.now());
    let found = selection.proposals.iter().find(|one| one.id == proposal).filter(|_| shown);
    let found = found.ok_or_else(Refusal::not_found)?;
    Ok((grant, selection.client, found.worker))
}

/// The workers whom the client's people prefer or refuse. Who is limited to projects or sites sees their own words.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMyStaff {
    pub client: ClientId,
}

/// In the order in which they were said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MyStaffList {
    pub items: Vec<MyStaffView>,
}

impl Operation for ListMyStaff {
    const NAME: &'static str = "my_staff.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = MyStaffList;

    fn run(&self, tx: &mut Tx) -> Run<MyStaffList> {
        let log = log::want(tx);
        tx.prefetch([Want::record::<StaffPreferences>(self.client)].into_iter().chain(log))?;
        let grant = client_grant(tx, Permission::SelectStaff, Some(Place::client(self.client)))?;
        let found: Option<StaffPreferences> = tx.find(self.client)?;
        let preferences = found.unwrap_or_else(|| StaffPreferences::of(self.client));
        let shown: Vec<&StaffPreference> =
            preferences.list.iter().filter(|entry| is_shown(&grant, entry)).collect();
        tx.prefetch(shown.iter().map(|entry| Want::record::<Worker>(entry.worker)))?;
        let (mut items, mut seen) = (Vec::with_capacity(shown.len()), Shown::default());
        for entry in shown {
            // Of an erased worker there is nothing to be said.
            if let Some(worker) = tx.find::<Worker>(entry.worker)? {
                items.push(views::my_staff(&grant, entry, &worker, &mut seen));
            }
        }
        log::disclose(tx, &grant, Self::NAME, seen)?;
        Ok(MyStaffList { items })
    }
}

/// Words of the client's own people; of others than oneself only to who reaches the whole client.
fn is_shown(grant: &Grant, entry: &StaffPreference) -> bool {
    entry.by.is_some() && (grant.reach().is_everything() || entry.by == grant.actor().user())
}

/// Takes a word of the client's own people on a worker back.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveMyStaff {
    pub client: ClientId,
    pub entry: PreferenceId,
}

impl Operation for RemoveMyStaff {
    const NAME: &'static str = "my_staff.remove";
    const EFFECT: Effect = Effect::Command;
    type Reply = MyStaffRemoved;

    fn run(&self, tx: &mut Tx) -> Run<MyStaffRemoved> {
        tx.prefetch([Want::record::<StaffPreferences>(self.client)])?;
        let grant = client_grant(tx, Permission::SelectStaff, Some(Place::client(self.client)))?;
        remove_word(tx, &grant, self.client, self.entry, |entry| is_shown(&grant, entry))?;
        Ok(MyStaffRemoved { removed: self.entry })
    }
}

/// Which word was taken back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MyStaffRemoved {
    pub removed: PreferenceId,
}
