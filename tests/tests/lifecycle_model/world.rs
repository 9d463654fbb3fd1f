//! The library beside the model: calls by name, and the ids that the library gives.

use serde_json::{Value, json};
use staffgate::Actor;
use staffgate::store::MemoryStore;
use uuid::Uuid;

use crate::lifecycle::{self, Caller, Founded, PEOPLE, uuid};
use crate::model::{Client, Model, Reach, Standing, Who, Worker};

pub(crate) struct World<'f> {
    founded: &'f Founded,
    caller: Caller<MemoryStore>,
    pub(crate) model: Model,
}

/// Everybody who looks.
pub(crate) const EVERYBODY: [Who; 10] = [
    Who::Operator,
    Who::Planner,
    Who::Viewer,
    Who::User(0),
    Who::User(1),
    Who::User(2),
    Who::User(3),
    Who::User(4),
    Who::User(5),
    Who::Stranger,
];

impl<'f> World<'f> {
    pub(crate) fn new(founded: &'f Founded, seed: u64) -> Self {
        let store = MemoryStore::default();
        lifecycle::lay(&store, &founded.sets);
        let client =
            || Client { auto_accept: false, team_immediately: false, ordering: None, narrowed: None };
        let standings = PEOPLE.iter().map(|places| {
            let standing = |(client, role): &(usize, &'static str)| Standing {
                client: *client,
                role,
                reach: Reach::All,
            };
            places.iter().map(standing).collect()
        });
        let worker = |(number, id): (usize, &String)| Worker {
            id: id.clone(),
            name: lifecycle::worker_name(number),
            phone: "+4930123456".to_owned(),
            archived: false,
        };
        let model = Model {
            now: 0,
            places: founded.clients.clone(),
            clients: founded.clients.iter().map(|_| client()).collect(),
            standings: standings.collect(),
            mandates: Vec::new(),
            projects: Vec::new(),
            shifts: Vec::new(),
            requests: Vec::new(),
            workers: founded.workers.iter().enumerate().map(worker).collect(),
        };
        Self { founded, caller: Caller::new(store, seed), model }
    }

    /// Calls as somebody, now; the refusal's code is what counts.
    pub(crate) fn call(&mut self, who: Who, name: &str, input: &Value) -> Result<Value, String> {
        let actor = match who {
            Who::Operator => Actor::Operator,
            Who::Planner => self.founded.planner(),
            Who::Viewer => Actor::Member { id: uuid(&self.founded.members[1]).into() },
            Who::User(number) => self.founded.user(number),
            Who::Stranger => Actor::User { id: Uuid::from_u128(1).into() },
        };
        let now = Model::instant(self.model.now);
        self.caller.call(actor, &now, name, input)
    }

    pub(crate) fn skill(&self, skill: usize) -> &str {
        &self.founded.skills[skill]
    }

    pub(crate) fn client(&self, client: usize) -> &str {
        &self.founded.clients[client].id
    }

    pub(crate) fn planner_id(&self) -> &str {
        &self.founded.members[0]
    }

    pub(crate) fn user(&self, user: usize) -> &str {
        &self.founded.users[user]
    }

    /// Learns the ids of what an acceptance has made, by what is in it.
    pub(crate) fn learn(&mut self, mandate: usize, project_id: &str) {
        let project = self.model.mandates[mandate].project.unwrap();
        project_id.clone_into(&mut self.model.projects[project].id);
        let shown = self.call(Who::Operator, "projects.get", &json!({ "project": project_id })).unwrap();
        let schedules = shown["schedules"].as_array().unwrap();
        let schedule = schedules.last().unwrap()["id"].as_str().unwrap().to_owned();
        let last = self.model.projects[project].schedules.last_mut().unwrap();
        last.id.clone_from(&schedule);
        let page = json!({ "project": project_id, "page": { "limit": 1000 } });
        let shown = self.call(Who::Operator, "shifts.list", &page).unwrap();
        let mut made: Vec<Value> = shown["items"].as_array().unwrap().clone();
        made.retain(|shift| shift["schedule"] == schedule.as_str());
        for number in 0..self.model.shifts.len() {
            if !self.model.shifts[number].id.is_empty() {
                continue;
            }
            let shift = &self.model.shifts[number];
            let same = |there: &Value| self.looks_like(number, there);
            let at = made.iter().position(same);
            let at = at.unwrap_or_else(|| panic!("no shift was made from {} to {}", shift.start, shift.end));
            let there = made.remove(at);
            let shift = &mut self.model.shifts[number];
            there["id"].as_str().unwrap().clone_into(&mut shift.id);
            shift.schedule.clone_from(&schedule);
            for (position, there) in shift.positions.iter_mut().zip(there["positions"].as_array().unwrap()) {
                there["id"].as_str().unwrap().clone_into(&mut position.id);
            }
        }
        assert!(made.is_empty(), "more shifts were made than were asked for");
    }

    fn looks_like(&self, number: usize, there: &Value) -> bool {
        let shift = &self.model.shifts[number];
        let positions = there["positions"].as_array().unwrap();
        there["starts_at"] == Model::instant(shift.start)
            && there["ends_at"] == Model::instant(shift.end)
            && there["break_minutes"] == shift.pause
            && positions.len() == shift.positions.len()
            && positions.iter().zip(&shift.positions).all(|(there, position)| {
                there["skill"] == self.skill(position.skill)
                    && there["headcount"] == position.heads
                    && (there["role"] == "lead") == position.lead
            })
    }
}
