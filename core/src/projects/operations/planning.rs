//! What the agency plans itself: a project that no mandate became, and its shifts.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Permission, Scope, authorize};
use crate::agency::model::Skill;
use crate::clients::model::{Client, Site};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::hosts;
use crate::mandates::order::ShiftRequest;
use crate::mandates::rules::plausible;
use crate::projects::carrying::place;
use crate::projects::events::ProjectEvent;
use crate::projects::model::{Project, Schedule};
use crate::projects::views::{self, PlannedSchedule, ProjectView};
use crate::shifts::model::{Position, Shift};
use crate::shifts::rules::span;
use crate::values::{
    Bounded, ClientId, HostId, LocalTime, ProjectId, ScheduleId, SiteId, SkillId, Span, Text, Zone,
};

/// Creates a project that was not born from a mandate. Nobody at a client sees it until it is shared.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateProject {
    pub name: Text<120>,
    /// For whom it is; sharing needs one, and it can be named later.
    #[serde(default)]
    pub client: Option<ClientId>,
    /// The host's own id, unique among the agency's projects.
    #[serde(default)]
    pub host_id: Option<HostId>,
}

impl Operation for CreateProject {
    const NAME: &'static str = "projects.create";
    const EFFECT: Effect = Effect::Command;
    type Reply = ProjectView;

    fn run(&self, tx: &mut Tx) -> Run<ProjectView> {
        let client = self.client.map(Want::record::<Client>);
        tx.prefetch(client.into_iter().chain(hosts::wants(hosts::PROJECT, self.host_id.as_ref())))?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        if let Some(client) = self.client {
            super::existing(tx, client)?;
        }
        let id: ProjectId = tx.new_id();
        hosts::bind(tx, &grant, hosts::PROJECT, None, self.host_id.as_ref(), id)?;
        let (client, host_id) = (self.client, self.host_id.clone());
        let project = Project { client, host_id, ..Project::new(id, self.name.clone(), tx.now()) };
        tx.put(&grant, &project)?;
        tx.emit(&grant, &ProjectEvent::Created { project: id, client: project.client })?;
        Ok(views::project(&grant, project))
    }
}

/// Where shifts are that the agency plans.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "at", rename_all = "snake_case", deny_unknown_fields)]
pub enum PlanningPlace {
    /// One of the sites of the project's client.
    Site { site: SiteId },
    /// A place that is not among a client's sites.
    Elsewhere {
        name: Text<120>,
        #[serde(default)]
        address: Option<Text<500>>,
        /// IANA name: decides what the clock shows there.
        zone: Zone,
    },
}

/// Adds shifts to a project, as one schedule: what the agency plans without an order.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddSchedule {
    pub project: ProjectId,
    pub place: PlanningPlace,
    pub shifts: Bounded<ShiftRequest, 100>,
    /// For everybody who sees the shifts.
    #[serde(default)]
    pub note: Option<Text<2000>>,
}

impl Operation for AddSchedule {
    const NAME: &'static str = "projects.add_schedule";
    const EFFECT: Effect = Effect::Command;
    type Reply = PlannedSchedule;

    fn run(&self, tx: &mut Tx) -> Run<PlannedSchedule> {
        let wanted = self.shifts.iter().flat_map(|shift| shift.positions.iter());
        let skills: BTreeSet<SkillId> = wanted.map(|position| position.skill).collect();
        let skills = skills.into_iter().map(Want::record::<Skill>);
        tx.prefetch([Want::record::<Project>(self.project)].into_iter().chain(skills))?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut project: Project = tx.get(self.project)?;
        let (id, own_place): (ScheduleId, SiteId) = (tx.new_id(), tx.new_id());
        let site = match &self.place {
            PlanningPlace::Site { site } => *site,
            PlanningPlace::Elsewhere { .. } => own_place,
        };
        let client = project.client.map(Want::record::<Client>);
        tx.prefetch(Project::joining(project.id, site).into_iter().chain(client))?;
        let site = self.site(tx, &project, own_place)?;
        if self.shifts.is_empty() {
            return Err(Refusal::new(Code::TooFew).at("shifts").with("expected", 1).into());
        }
        project.add_shifts(self.shifts.len())?;
        let schedule = Schedule { id, mandate: None, site: site.id, accepted_at: tx.now() };
        project.add_schedule(schedule).map_err(|refusal| refusal.at("project"))?;
        let mut shifts = Vec::with_capacity(self.shifts.len());
        for (index, wanted) in self.shifts.iter().enumerate() {
            let path = format!("shifts[{index}]");
            let span = span(&site.zone, wanted.start, wanted.end, wanted.break_minutes)
                .and_then(|span| plausible(span, tx.now()).map(|()| span))
                .map_err(|refusal| refusal.under(&path))?;
            let positions = positions(tx, wanted, &path)?;
            let shift = self.shift(tx, &project, id, &site, wanted, (span, positions));
            tx.put(&grant, &shift)?;
            shifts.push(shift);
        }
        tx.put(&grant, &project)?;
        place(tx, &grant, &project, site.id)?;
        let count = u32::try_from(shifts.len()).unwrap_or(u32::MAX);
        let (id, client, schedule) = (project.id, project.client, id);
        tx.emit(&grant, &ProjectEvent::Planned { project: id, client, schedule, shifts: count })?;
        Ok(views::planned(&grant, project, schedule, shifts, tx.now()))
    }
}

impl AddSchedule {
    /// The site of the project's client, or a place of its own with an id that nothing else has.
    fn site(&self, tx: &mut Tx, project: &Project, id: SiteId) -> Run<Site> {
        match &self.place {
            PlanningPlace::Site { site } => {
                let unknown = || Refusal::new(Code::SiteUnknown).at("place.site");
                let client: Client = tx.get(project.client.ok_or_else(unknown)?)?;
                Ok(client.site(*site).cloned().ok_or_else(unknown)?)
            }
            PlanningPlace::Elsewhere { name, address, zone } => Ok(Site {
                id,
                name: name.clone(),
                address: address.clone(),
                contact: None,
                zone: zone.clone(),
            }),
        }
    }

    fn shift(
        &self,
        tx: &mut Tx,
        project: &Project,
        schedule: ScheduleId,
        site: &Site,
        wanted: &ShiftRequest,
        (span, positions): (Span, Vec<Position>),
    ) -> Shift {
        let (local_start, local_end): (LocalTime, LocalTime) = (wanted.start, wanted.end);
        Shift {
            id: tx.new_id(),
            client: project.client,
            project: project.id,
            schedule,
            mandate: None,
            site: site.id,
            site_name: site.name.clone(),
            site_address: site.address.clone(),
            zone: site.zone.clone(),
            starts_at: span.start,
            ends_at: span.end,
            local_start,
            local_end,
            break_minutes: wanted.break_minutes,
            note: self.note.clone(),
            contact: site.contact.clone(),
            positions,
            tags: Vec::new(),
            lead: None,
            cancelled_at: None,
            cancellation: None,
            part: None,
            open_change: None,
            on_order: None,
            team: project.team(),
            shared: project.shared,
            revision: 1,
            host_id: None,
        }
    }
}

fn positions(tx: &mut Tx, wanted: &ShiftRequest, path: &str) -> Run<Vec<Position>> {
    if wanted.positions.is_empty() {
        let refusal = Refusal::new(Code::TooFew).at(format!("{path}.positions"));
        return Err(refusal.with("expected", 1).into());
    }
    let mut positions = Vec::with_capacity(wanted.positions.len());
    for (index, position) in wanted.positions.iter().enumerate() {
        let at = |field: &str| format!("{path}.positions[{index}].{field}");
        if !(1..=500).contains(&position.headcount) {
            let refusal = Refusal::new(Code::OutOfRange).at(at("headcount"));
            return Err(refusal.with("expected", "1 to 500").into());
        }
        let skill: Option<Skill> = tx.find(position.skill)?;
        let skill = skill.ok_or_else(|| Refusal::new(Code::SkillUnknown).at(at("skill")))?;
        if skill.archived {
            return Err(Refusal::new(Code::SkillArchived).at(at("skill")).into());
        }
        positions.push(Position {
            id: tx.new_id(),
            skill: skill.id,
            skill_name: skill.name,
            role: position.role,
            headcount: position.headcount,
            added: Vec::new(),
            bookings: Vec::new(),
        });
    }
    Ok(positions)
}
