//! The things of a random world. What one thing has of another is the other itself.

use std::rc::Rc;

use uuid::Uuid;

use super::roles::Role;

pub use super::candidates::{Candidate, Job};

/// The optional facts that are shown; none: those of the next wider owner.
pub type Shown = Option<Vec<&'static str>>;

#[derive(Debug)]
pub struct Agency {
    pub id: Uuid,
    pub portal: bool,
    pub shown: Shown,
    /// Stages of candidates of which clients are not told.
    pub hidden_stages: Vec<&'static str>,
    /// Somebody at the agency who may preview, for questions in a user's place.
    pub previewer: Uuid,
}

#[derive(Debug)]
pub struct Client {
    pub id: Uuid,
    pub agency: Rc<Agency>,
    pub access_ended: bool,
    pub epoch: u32,
    pub shown: Shown,
}

#[derive(Debug)]
pub struct Site {
    pub id: Uuid,
    pub client: Rc<Client>,
}

#[allow(clippy::struct_excessive_bools, reason = "options that are on or off, each by itself")]
#[derive(Debug)]
pub struct Project {
    pub id: Uuid,
    /// Makes its texts unlike any other's.
    pub number: u32,
    pub agency: Rc<Agency>,
    pub client: Option<Rc<Client>>,
    pub shared: bool,
    pub share_epoch: u32,
    pub sites: Vec<Rc<Site>>,
    pub team_immediately: bool,
    pub team_published: bool,
    pub pictures: bool,
    pub public: bool,
    pub public_names: &'static str,
    pub shown: Shown,
}

impl Project {
    /// Its schedules by id: one at each of its sites, and one at a place of the agency's own.
    pub fn schedules(&self) -> Vec<(Uuid, Option<&Rc<Site>>)> {
        let id = |number| Uuid::from_u128(self.id.as_u128().wrapping_add(number));
        (1..).map(id).zip(self.sites.iter().map(Some).chain([None])).collect()
    }
}

#[derive(Debug)]
pub struct Shift {
    pub id: Uuid,
    pub number: u32,
    pub project: Rc<Project>,
    /// None for a place of the agency's own.
    pub site: Option<Rc<Site>>,
    pub starts_at: i64,
    pub ends_at: i64,
    pub cancelled: bool,
    pub reason_for_client: bool,
    pub team: Vec<Booking>,
    pub tags: Vec<Tag>,
}

/// A worker in a shift.
#[derive(Debug)]
pub struct Booking {
    pub id: Uuid,
    pub number: u32,
    pub state: &'static str,
    pub leads: bool,
}

#[derive(Debug)]
pub struct Tag {
    pub id: Uuid,
    pub number: u32,
    pub for_client: bool,
}

#[derive(Debug)]
pub struct Message {
    pub id: Uuid,
    pub number: u32,
    pub project: Rc<Project>,
    pub audience: &'static str,
}

#[derive(Debug)]
pub struct Selection {
    pub id: Uuid,
    pub number: u32,
    pub client: Rc<Client>,
    pub project: Rc<Project>,
    pub site: Rc<Site>,
    pub shift: Rc<Shift>,
    pub offered: bool,
    pub state: &'static str,
    pub deadline: Option<i64>,
}

#[derive(Debug)]
pub struct ChangeRequest {
    pub id: Uuid,
    pub number: u32,
    pub client: Rc<Client>,
    pub project: Rc<Project>,
    pub site: Rc<Site>,
    pub shift: Rc<Shift>,
}

#[derive(Debug)]
pub struct Mandate {
    pub id: Uuid,
    pub number: u32,
    pub client: Rc<Client>,
    pub site: Rc<Site>,
    pub project: Option<Rc<Project>>,
    pub placed_by: Uuid,
    pub state: &'static str,
    pub in_house: bool,
}

#[derive(Debug)]
pub struct Preference {
    pub id: Uuid,
    pub number: u32,
    pub client: Rc<Client>,
    pub by: Option<Uuid>,
}

#[derive(Debug)]
pub struct Page {
    pub id: Uuid,
    pub number: u32,
    pub agency: Rc<Agency>,
    pub published: bool,
    pub for_client: bool,
    pub for_staff: bool,
}

/// The projects and sites that somebody is limited to.
pub type Selected = (Vec<Rc<Project>>, Vec<Rc<Site>>);

#[derive(Debug)]
pub struct Standing {
    pub client: Rc<Client>,
    pub role: Role,
    /// The role's id in its book, if it was made.
    pub role_id: Uuid,
    /// None for everything.
    pub reach: Option<Selected>,
}

#[derive(Debug)]
pub struct User {
    pub id: Uuid,
    pub agency: Rc<Agency>,
    pub access: &'static str,
    pub must_change_password: bool,
    pub standings: Vec<Standing>,
}

#[derive(Debug)]
pub struct Member {
    pub id: Uuid,
    pub agency: Rc<Agency>,
    pub access: &'static str,
    pub role: Role,
    pub role_id: Uuid,
}

/// A link: one that shows a project to who has opened it, or the address of a public page.
#[allow(clippy::struct_excessive_bools, reason = "facts that are so or not, each by itself")]
#[derive(Debug)]
pub struct Link {
    pub id: Uuid,
    pub is_public: bool,
    pub client: Rc<Client>,
    pub project: Rc<Project>,
    pub opened: bool,
    pub maker_may: bool,
    pub ended: bool,
    pub expires_at: i64,
    pub client_epoch: u32,
    pub share_epoch: u32,
}

#[derive(Debug, Default)]
pub struct World {
    pub seed: u64,
    pub agencies: Vec<Rc<Agency>>,
    pub clients: Vec<Rc<Client>>,
    pub sites: Vec<Rc<Site>>,
    pub projects: Vec<Rc<Project>>,
    pub shifts: Vec<Rc<Shift>>,
    pub messages: Vec<Message>,
    pub selections: Vec<Selection>,
    pub changes: Vec<ChangeRequest>,
    pub mandates: Vec<Mandate>,
    pub preferences: Vec<Preference>,
    pub jobs: Vec<Rc<Job>>,
    pub candidates: Vec<Candidate>,
    pub pages: Vec<Page>,
    pub users: Vec<User>,
    pub members: Vec<Member>,
    pub links: Vec<Link>,
}
