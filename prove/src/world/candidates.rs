//! Jobs, those who are put forward for them, and in which situations they are.

use std::rc::Rc;

use uuid::Uuid;

use super::model::{Client, Project, Site};

/// Every stage, in the order in which somebody comes to them.
pub const STAGES: &[&str] =
    &["new", "screening", "presented", "interview", "offer", "placed", "rejected", "withdrawn"];

#[derive(Debug)]
pub struct Job {
    pub id: Uuid,
    pub number: u32,
    pub client: Rc<Client>,
    pub project: Option<Rc<Project>>,
    pub site: Option<Rc<Site>>,
    pub on_portal: bool,
    pub open: bool,
}

/// Somebody who is put forward, with one document, one activity, and what one person at the client says.
#[allow(clippy::struct_excessive_bools, reason = "facts that are so or not, each by itself")]
#[derive(Debug)]
pub struct Candidate {
    pub id: Uuid,
    pub number: u32,
    pub job: Rc<Job>,
    pub review: &'static str,
    pub removed: bool,
    pub erased: bool,
    pub anonymous: bool,
    pub shows_contact: bool,
    pub blind_summary: bool,
    /// The stages that they were in, the present one last.
    pub stages: Vec<&'static str>,
    pub document: Uuid,
    pub document_for_clients: bool,
    pub blind_file: bool,
    pub activity: Uuid,
    pub activity_for_clients: bool,
    pub blind_activity: bool,
    /// Who has said something.
    pub critic: Uuid,
}

impl Job {
    /// What decides over it, in words.
    pub fn situation(&self) -> &'static str {
        match (self.on_portal, self.open) {
            (true, true) => "on the portal",
            (true, false) => "closed on the portal",
            (false, true) => "not on the portal",
            (false, false) => "closed",
        }
    }

    /// How its project stands to its client, in words.
    pub fn belonging(&self) -> &'static str {
        let Some(project) = &self.project else { return "in no project" };
        let is_own = project.client.as_ref().is_some_and(|client| client.id == self.client.id);
        match (is_own, project.shared) {
            (_, false) => "in a project that is not shared",
            (true, true) => "in a shared project",
            (false, true) => "in a project shared with another",
        }
    }

    /// Whether it is in a project that its client does not see.
    pub fn is_hidden(&self) -> bool {
        self.project.is_some() && self.belonging() != "in a shared project"
    }
}

impl Candidate {
    /// The reading of one stage has an id of its own.
    pub fn step(&self, stage: &str) -> String {
        format!("{}/{stage}", self.id)
    }

    /// What decides over everything of them, in words.
    pub fn situation(&self) -> &'static str {
        match (self.erased, self.removed) {
            (true, _) => "erased",
            (false, true) => "removed",
            (false, false) => self.review,
        }
    }
}
