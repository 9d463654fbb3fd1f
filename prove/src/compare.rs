//! Random questions to the core and to the policies, and where they differ.

mod asker;
mod tally;

pub use tally::{Difference, Tally};

use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

use cedar_policy::{Context, EntityUid};
use serde_json::{Value, json};

use crate::Fallible;
use crate::cedar::{Asked, Opinion, uid};
use crate::dice::Dice;
use crate::door::Door;
use crate::policies::Policies;
use crate::probes::{self, Inquiry, Probe, Side};
use crate::world::model::{Agency, World};
use crate::world::roles::{OF_AGENCIES, OF_CLIENTS, WITH_STATE};
use crate::world::{START, random};
use asker::{Asker, askers};

/// How many comparisons run side by side, each over every so manieth world: on every machine the same worlds.
const LANES: u64 = 2;

/// Compares at least so many decisions, over worlds of seeds from this one on, or until so many differences are found.
pub fn compare(policies: &Policies, seed: u64, decisions: u64, most: usize) -> Fallible<Tally> {
    let share = decisions.div_ceil(LANES);
    let found = AtomicUsize::new(0);
    let lane = |first| {
        let found = &found;
        move || in_lane(policies, first, share, (found, most))
    };
    let tallies = thread::scope(|scope| {
        let lanes: Vec<_> = (seed..seed + LANES).map(|first| scope.spawn(lane(first))).collect();
        lanes.into_iter().map(ScopedJoinHandle::join).collect::<Vec<_>>()
    });
    let mut sum = Tally::new(seed);
    for tally in tallies {
        sum.add(tally.map_err(|_| "a comparison ended before its time")??);
    }
    Ok(sum)
}

/// Ends when all lanes together have found that many differences.
fn in_lane(
    policies: &Policies,
    first: u64,
    decisions: u64,
    (found, most): (&AtomicUsize, usize),
) -> Fallible<Tally> {
    let mut tally = Tally::new(first);
    while tally.decisions() < decisions && found.load(Ordering::Relaxed) < most {
        let world = random(first + tally.worlds * LANES);
        let door = Door::new(&world)?;
        let opinion = Opinion::new(policies, &world)?;
        let mut session =
            Session { world: &world, door, opinion, dice: Dice::new(world.seed ^ 0x5eed), tally: &mut tally };
        for asker in askers(&world)? {
            let before = session.tally.differences.len();
            session.of(&asker)?;
            found.fetch_add(session.tally.differences.len() - before, Ordering::Relaxed);
            if found.load(Ordering::Relaxed) >= most {
                break;
            }
        }
        tally.count(&world);
    }
    Ok(tally)
}

/// The questions of one world.
struct Session<'a> {
    world: &'a World,
    door: Door,
    opinion: Opinion<'a>,
    dice: Dice,
    tally: &'a mut Tally,
}

impl Session<'_> {
    /// Everything that somebody is asked about.
    fn of(&mut self, asker: &Asker) -> Fallible<()> {
        let world = self.world;
        if let Some(link) = asker.link {
            let inquiry = probes::of_link(world, link);
            return self.inquire(asker, &inquiry, &link.client.agency, &[link.expires_at]);
        }
        let side = asker.side;
        for shift in &world.shifts {
            self.inquire(asker, &probes::of_shift(side, shift), &shift.project.agency, &[shift.ends_at])?;
        }
        for project in &world.projects {
            for inquiry in probes::of_project(side, project) {
                self.inquire(asker, &inquiry, &project.agency, &[])?;
            }
            let messages = world.messages.iter().filter(|message| message.project.id == project.id);
            self.inquire(asker, &probes::of_messages(side, project, messages), &project.agency, &[])?;
        }
        for selection in &world.selections {
            let deadline = selection.deadline.unwrap_or(START);
            self.inquire(
                asker,
                &probes::of_selection(side, selection),
                &selection.project.agency,
                &[deadline],
            )?;
        }
        for change in &world.changes {
            self.inquire(asker, &probes::of_change(side, change), &change.project.agency, &[])?;
        }
        for mandate in &world.mandates {
            for inquiry in probes::of_mandate(side, mandate) {
                self.inquire(asker, &inquiry, &mandate.client.agency, &[])?;
            }
        }
        for client in &world.clients {
            let words = world.preferences.iter().filter(|one| one.client.id == client.id);
            for inquiry in probes::of_client(side, client, words) {
                self.inquire(asker, &inquiry, &client.agency, &[])?;
            }
        }
        self.jobs(asker)?;
        for page in &world.pages {
            self.inquire(asker, &probes::of_page(side, page), &page.agency, &[])?;
        }
        if !asker.stands_in {
            self.permissions(asker)?;
        }
        Ok(())
    }

    /// Jobs, and those who are put forward for them.
    fn jobs(&mut self, asker: &Asker) -> Fallible<()> {
        let (world, side) = (self.world, asker.side);
        for client in &world.clients {
            let jobs = world.jobs.iter().filter(|job| job.client.id == client.id).map(Rc::as_ref);
            self.inquire(asker, &probes::of_jobs(side, client, jobs), &client.agency, &[])?;
        }
        for job in &world.jobs {
            let candidates = world.candidates.iter().filter(|one| one.job.id == job.id);
            for inquiry in probes::of_job(side, job, candidates) {
                self.inquire(asker, &inquiry, &job.client.agency, &[])?;
            }
        }
        for candidate in &world.candidates {
            for inquiry in probes::of_candidate(side, candidate) {
                self.inquire(asker, &inquiry, &candidate.job.client.agency, &[])?;
            }
        }
        Ok(())
    }

    /// Some time, and often just around one of these instants.
    fn time(&mut self, around: &[i64]) -> i64 {
        let edge = self.dice.pick(around).copied();
        match (edge, self.dice.of(6)) {
            (Some(edge), 0) => edge - 1,
            (Some(edge), 1) => edge,
            (Some(edge), 2) => edge + 1,
            _ => START + i64::try_from(self.dice.of(120 * 3_600_000)).unwrap_or(0),
        }
    }

    fn inquire(&mut self, asker: &Asker, inquiry: &Inquiry, home: &Agency, around: &[i64]) -> Fallible<()> {
        // Some of all questions, so that there are more worlds; fewer of another agency's things, of which there is
        // little to tell.
        let chance = if home.id == asker.agency { 45 } else { 12 };
        if asker.link.is_none() && !self.dice.percent(chance) {
            return Ok(());
        }
        let now = self.time(around);
        let context = Asked { now, stands_in: asker.stands_in }.context()?;
        let agency = asker.calls_at(home.id, &mut self.dice);
        let reply = self.door.ask(agency, asker.actor, now, inquiry.operation, &inquiry.input)?;
        let explain = inquiry.explain.as_ref();
        let explained = match explain.filter(|_| asker.side == Side::Client && asker.link.is_none()) {
            None => None,
            Some(input) => {
                let answer = self.door.ask(agency, asker.actor, now, "visibility.explain", input)?;
                Some(answer.unwrap_or_default())
            }
        };
        for probe in &inquiry.probes {
            let (action, thing) = (uid("Action", probe.action)?, uid(probe.kind, &probe.id)?);
            let allowed = self.opinion.allows(&asker.principal, &action, &thing, &context)?;
            let found = in_reply(probe, reply.as_deref());
            let sentence = || {
                format!(
                    "world {}: {} at {now}: {} of {thing}: the policies say {}, `{}` shows {}",
                    self.world.seed,
                    asker.name,
                    probe.action,
                    yes(allowed),
                    inquiry.operation,
                    found.map_or("a part", yes),
                )
            };
            self.tally.note(asker.about(probe.kind, probe.action), allowed, found == Some(allowed), sentence);
            if let (Some(field), Some(explanation)) = (probe.explained, &explained) {
                let shown = explains(explanation, field);
                let sentence = || {
                    format!(
                        "world {}: {} at {now}: {} of {thing}: the policies say {}, `visibility.explain` says {} of {field}",
                        self.world.seed,
                        asker.name,
                        probe.action,
                        yes(allowed),
                        yes(shown),
                    )
                };
                self.tally.note(asker.about(probe.kind, "explain"), allowed, shown == allowed, sentence);
            }
        }
        Ok(())
    }

    /// `access.allowed`, for some permissions and all things.
    fn permissions(&mut self, asker: &Asker) -> Fallible<()> {
        let mut questions: Vec<Value> = Vec::new();
        let mut same: Vec<(&'static str, EntityUid, EntityUid, Context)> = Vec::new();
        let now = self.time(&self.world.shifts.iter().map(|shift| shift.ends_at).collect::<Vec<_>>());
        let question = Asked { now, stands_in: false };
        for (action, kind, object) in objects(self.world) {
            for _ in 0..2 {
                let Some(permission) = self.permission(asker.side) else { continue };
                let id = object.get("id").and_then(Value::as_str);
                let thing = uid(kind, id.map_or_else(|| asker.agency.to_string(), str::to_owned))?;
                same.push((kind, uid("Action", action)?, thing, question.about(permission)?));
                questions.push(json!({ "permission": permission, "object": object }));
            }
        }
        let input = json!({ "questions": questions });
        let reply = self.door.ask(asker.agency, asker.actor, now, "access.allowed", &input)?;
        let reply: Value = serde_json::from_str(reply.as_deref().unwrap_or("{}"))?;
        for (at, (kind, action, thing, context)) in same.iter().enumerate() {
            let allowed = self.opinion.allows(&asker.principal, action, thing, context)?;
            let found = reply.pointer(&format!("/allowed/{at}")).and_then(Value::as_bool).unwrap_or(false);
            let sentence = || {
                format!(
                    "world {}: {} at {now}: {:?}: the policies say {}, `access.allowed` says {}",
                    self.world.seed,
                    asker.name,
                    questions.get(at),
                    yes(allowed),
                    yes(found),
                )
            };
            self.tally.note(asker.about(kind, "access.allowed"), allowed, found == allowed, sentence);
        }
        Ok(())
    }

    /// Mostly one of the asker's own side.
    fn permission(&mut self, side: Side) -> Option<&'static str> {
        let (own, other) = match side {
            Side::Client => (OF_CLIENTS, OF_AGENCIES),
            Side::Agency => (OF_AGENCIES, OF_CLIENTS),
        };
        let list = if self.dice.percent(80) { own } else { other };
        self.dice.pick(list).copied().filter(|permission| !WITH_STATE.contains(permission))
    }
}

/// Whether all marks are in the reply, or none; none if it is some.
fn in_reply(probe: &Probe, reply: Option<&str>) -> Option<bool> {
    let reply = reply.unwrap_or_default();
    let found = probe.marks.iter().filter(|mark| reply.contains(mark.as_str())).count();
    if found == 0 {
        Some(false)
    } else {
        // Any word of what must not be known is one too many.
        (found == probe.marks.len() || probe.action == "read_margin").then_some(true)
    }
}

fn explains(explanation: &str, field: &str) -> bool {
    explanation.contains(&format!("{{\"field\":\"{field}\",\"shown\":true,"))
}

const fn yes(allowed: bool) -> &'static str {
    if allowed { "yes" } else { "no" }
}

/// What a question about a permission can be about: the action, its kind, and the object as the core names it.
fn objects(world: &World) -> Vec<(&'static str, &'static str, Value)> {
    let mut list = vec![("ask_agency", "Agency", json!({ "kind": "agency" }))];
    let of = |kind: &str, id: uuid::Uuid| json!({ "kind": kind, "id": id });
    list.extend(world.clients.iter().map(|one| ("ask_client", "Client", of("client", one.id))));
    let site = |id: uuid::Uuid, client: uuid::Uuid| json!({ "kind": "site", "client": client, "id": id });
    list.extend(world.sites.iter().map(|one| ("ask_site", "Site", site(one.id, one.client.id))));
    list.extend(world.projects.iter().map(|one| ("ask_project", "Project", of("project", one.id))));
    list.extend(world.shifts.iter().map(|one| ("ask_shift", "Shift", of("shift", one.id))));
    list.extend(world.mandates.iter().map(|one| ("ask_mandate", "Mandate", of("mandate", one.id))));
    list
}
