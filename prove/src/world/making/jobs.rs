//! Throwing jobs, and those who are put forward for them.

use std::rc::Rc;

use super::Maker;
use crate::world::candidates::STAGES;
use crate::world::model::{Candidate, Client, Job, Project, Site};

const REVIEWS: &[&str] = &["passed", "passed", "passed", "passed", "passed", "passed", "draft", "in_review"];

impl Maker {
    /// Mostly some, of which the first are hidden more often, so that somebody is in none that is told.
    pub(super) fn hidden_stages(&mut self) -> Vec<&'static str> {
        let (first, others) = STAGES.split_at(2);
        let mut hidden = self.dice.some(first, 50);
        hidden.extend(self.dice.some(others, 25));
        hidden
    }

    /// A job with two who are put forward for it.
    pub(super) fn job(&mut self, sites: &[Rc<Site>], ours: &[Rc<Project>]) {
        let Some(client) = sites.first().map(|site| Rc::clone(&site.client)) else { return };
        let job = Rc::new(Job {
            id: self.id(),
            number: self.number(),
            project: self.project_of_job(&client, ours),
            site: self.dice.pick(sites).filter(|_| self.dice.percent(60)).cloned(),
            on_portal: self.dice.percent(88),
            open: self.dice.percent(75),
            client,
        });
        for _ in 0..2 {
            let candidate = self.candidate(&job);
            self.world.candidates.push(candidate);
        }
        self.world.jobs.push(job);
    }

    /// Mostly one of the client's, if any; a project that nobody has seen may have become another's since.
    fn project_of_job(&mut self, client: &Rc<Client>, ours: &[Rc<Project>]) -> Option<Rc<Project>> {
        let is_own =
            |project: &&Rc<Project>| project.client.as_ref().is_some_and(|one| Rc::ptr_eq(one, client));
        let (own, others): (Vec<_>, Vec<_>) = ours.iter().partition(is_own);
        let list = match self.dice.of(10) {
            0..=4 => own,
            5 => others,
            _ => return None,
        };
        self.dice.pick(&list).map(|project| Rc::clone(project))
    }

    fn candidate(&mut self, job: &Rc<Job>) -> Candidate {
        let now = self.dice.of(STAGES.len());
        let (before, from_now) = STAGES.split_at(now);
        let mut stages = self.dice.some(before, 50);
        stages.extend(from_now.first());
        Candidate {
            id: self.id(),
            number: self.number(),
            job: Rc::clone(job),
            review: self.one_of(REVIEWS),
            removed: self.dice.percent(10),
            erased: self.dice.percent(8),
            anonymous: self.dice.percent(45),
            shows_contact: self.dice.percent(60),
            blind_summary: self.dice.percent(60),
            stages,
            document: self.id(),
            document_for_clients: self.dice.percent(70),
            blind_file: self.dice.percent(60),
            activity: self.id(),
            activity_for_clients: self.dice.percent(70),
            blind_activity: self.dice.percent(60),
            critic: self.id(),
        }
    }
}
