//! Throwing a world. Nothing here knows a rule; only what can be at all: a project without a client is not shared, a
//! draft was not offered.

mod jobs;

use std::rc::Rc;

use uuid::Uuid;

use super::model::{
    Agency, Booking, ChangeRequest, Client, Link, Mandate, Member, Message, Page, Preference, Project,
    Selection, Shift, Shown, Site, Standing, Tag, User, World,
};
use super::roles::Role;
use crate::dice::Dice;

/// 2026-10-01T00:00:00Z. Everything happens within some days from here.
pub const START: i64 = 1_790_812_800_000;
const HOUR: i64 = 3_600_000;

const FACTS: &[&str] = &["shift_note", "site_address", "tags"];
const BOOKINGS: &[&str] = &[
    "confirmed",
    "confirmed",
    "confirmed",
    "checked_in",
    "checked_out",
    "proposed",
    "invited",
    "needs_reconfirmation",
    "declined",
    "lapsed",
    "cancelled",
    "replaced",
    "no_show",
];
const IN_HOUSE: &[&str] = &["draft", "awaiting_approval", "rejected", "discarded"];
const RELEASED: &[&str] =
    &["submitted", "in_review", "accepted", "declined", "withdrawn", "expired", "submitted", "accepted"];

struct Maker {
    dice: Dice,
    number: u32,
    world: World,
}

/// A world of this seed: an agency with three clients, and a small one beside it.
pub fn random(seed: u64) -> World {
    let mut maker =
        Maker { dice: Dice::new(seed), number: 10_000, world: World { seed, ..World::default() } };
    for (clients, projects, shifts, people) in [(3, 6, 8, 9), (1, 1, 1, 2)] {
        maker.agency(clients, projects, shifts, people);
    }
    maker.world
}

impl Maker {
    fn id(&mut self) -> Uuid {
        uuid::Builder::from_random_bytes(
            (u128::from(self.dice.next()) << 64 | u128::from(self.dice.next())).to_be_bytes(),
        )
        .into_uuid()
    }

    const fn number(&mut self) -> u32 {
        self.number += 1;
        self.number
    }

    fn one_of(&mut self, list: &[&'static str]) -> &'static str {
        self.dice.pick(list).copied().unwrap_or_default()
    }

    fn instant(&mut self) -> i64 {
        START + i64::try_from(self.dice.of(96)).unwrap_or(0) * HOUR
    }

    fn shown(&mut self) -> Shown {
        self.dice.percent(30).then(|| self.dice.some(FACTS, 50))
    }

    fn agency(&mut self, clients: usize, projects: usize, shifts: usize, people: usize) {
        let shown = self.shown();
        let (id, previewer) = (self.id(), self.id());
        let hidden_stages = self.hidden_stages();
        let agency = Rc::new(Agency { id, portal: self.dice.percent(94), shown, hidden_stages, previewer });
        self.world.agencies.push(Rc::clone(&agency));
        let mut homes: Vec<Vec<Rc<Site>>> = Vec::new();
        for _ in 0..clients {
            let client = self.client(&agency);
            let sites: Vec<Rc<Site>> =
                (0..3).map(|_| Rc::new(Site { id: self.id(), client: Rc::clone(&client) })).collect();
            self.world.clients.push(client);
            self.world.sites.extend(sites.iter().cloned());
            homes.push(sites);
        }
        let mut ours: Vec<Rc<Project>> = Vec::new();
        for _ in 0..projects {
            let sites = self.dice.pick(&homes).cloned().unwrap_or_default();
            ours.push(self.project(&agency, sites));
        }
        let users: Vec<Uuid> = (0..people).map(|_| self.id()).collect();
        for _ in 0..shifts {
            if let Some(project) = self.dice.pick(&ours).cloned() {
                self.in_project(&project, &homes);
            }
        }
        for sites in &homes {
            for _ in 0..3 {
                self.mandate(sites, &ours, &users);
            }
            self.preferences(sites, &users);
            for _ in 0..2 {
                self.job(sites, &ours);
            }
        }
        self.pages(&agency);
        for id in users {
            self.user(id, &agency, &homes, &ours);
        }
        for _ in 0..4 {
            self.member(&agency);
        }
        for project in &ours {
            self.links(project, &homes);
        }
        self.world.projects.extend(ours);
    }

    fn client(&mut self, agency: &Rc<Agency>) -> Rc<Client> {
        let (access_ended, shown) = (self.dice.percent(8), self.shown());
        let epoch = u32::from(access_ended) + u32::from(self.dice.percent(20));
        Rc::new(Client { id: self.id(), agency: Rc::clone(agency), access_ended, epoch, shown })
    }

    fn project(&mut self, agency: &Rc<Agency>, sites: Vec<Rc<Site>>) -> Rc<Project> {
        let client = sites.first().filter(|_| self.dice.percent(93)).map(|site| Rc::clone(&site.client));
        let sites = if client.is_some() { self.dice.some(&sites, 60) } else { Vec::new() };
        let project = Project {
            id: self.id(),
            number: self.number(),
            agency: Rc::clone(agency),
            shared: client.is_some() && self.dice.percent(82),
            client,
            share_epoch: u32::from(self.dice.percent(30)),
            sites,
            team_immediately: self.dice.percent(45),
            team_published: self.dice.percent(45),
            pictures: self.dice.percent(60),
            public: self.dice.percent(75),
            public_names: self.one_of(&["none", "given", "full"]),
            shown: self.shown(),
        };
        Rc::new(project)
    }

    /// A shift at a site of the project, and what may be said of it.
    fn in_project(&mut self, project: &Rc<Project>, homes: &[Vec<Rc<Site>>]) {
        let site = self.dice.pick(&project.sites).cloned();
        let number = self.number();
        // No two shifts begin or end at the same time, so that a time tells which shift it is of.
        let starts_at = self.instant() + i64::from(number - 10_000) * 60_000;
        let lead = self.dice.of(5);
        let team = (0..3).map(|at| self.booking(at == lead)).collect();
        let tags = (0..2)
            .map(|_| Tag { id: self.id(), number: self.number(), for_client: self.dice.percent(60) })
            .collect();
        let shift = Rc::new(Shift {
            id: self.id(),
            number,
            project: Rc::clone(project),
            site,
            starts_at,
            ends_at: starts_at + 8 * HOUR,
            cancelled: self.dice.percent(25),
            reason_for_client: self.dice.percent(60),
            team,
            tags,
        });
        self.world.shifts.push(Rc::clone(&shift));
        let audience = self.one_of(&["both", "agency", "client"]);
        let message = Message { id: self.id(), number: self.number(), project: Rc::clone(project), audience };
        self.world.messages.push(message);
        let Some(client) = &project.client else { return };
        let site = shift
            .site
            .clone()
            .or_else(|| homes.iter().flatten().find(|site| Rc::ptr_eq(&site.client, client)).map(Rc::clone));
        if let Some(site) = site {
            self.selection(client, &shift, &site);
            let change = ChangeRequest {
                id: self.id(),
                number: self.number(),
                client: Rc::clone(client),
                project: Rc::clone(project),
                site,
                shift,
            };
            self.world.changes.push(change);
        }
    }

    fn booking(&mut self, leads: bool) -> Booking {
        Booking { id: self.id(), number: self.number(), state: self.one_of(BOOKINGS), leads }
    }

    fn selection(&mut self, client: &Rc<Client>, shift: &Rc<Shift>, site: &Rc<Site>) {
        let state =
            self.one_of(&["draft", "offered", "offered", "submitted", "applied", "withdrawn", "expired"]);
        let selection = Selection {
            id: self.id(),
            number: self.number(),
            client: Rc::clone(client),
            project: Rc::clone(&shift.project),
            site: Rc::clone(site),
            shift: Rc::clone(shift),
            // A draft may be withdrawn before it is offered.
            offered: state != "draft" && (state != "withdrawn" || self.dice.percent(50)),
            state,
            deadline: self.dice.percent(60).then(|| self.instant()),
        };
        self.world.selections.push(selection);
    }

    fn mandate(&mut self, sites: &[Rc<Site>], ours: &[Rc<Project>], users: &[Uuid]) {
        let (Some(site), Some(placed_by)) = (self.dice.pick(sites).cloned(), self.dice.pick(users).copied())
        else {
            return;
        };
        let of_client = |project: &&Rc<Project>| {
            project.client.as_ref().is_some_and(|client| Rc::ptr_eq(client, &site.client))
        };
        let projects: Vec<Rc<Project>> = ours.iter().filter(of_client).cloned().collect();
        let in_house = self.dice.percent(20);
        let mandate = Mandate {
            id: self.id(),
            number: self.number(),
            client: Rc::clone(&site.client),
            site,
            project: self.dice.pick(&projects).filter(|_| self.dice.percent(60)).cloned(),
            placed_by,
            state: self.one_of(if in_house { IN_HOUSE } else { RELEASED }),
            in_house,
        };
        self.world.mandates.push(mandate);
    }

    fn preferences(&mut self, sites: &[Rc<Site>], users: &[Uuid]) {
        let Some(client) = sites.first().map(|site| Rc::clone(&site.client)) else { return };
        for _ in 0..3 {
            let by = self.dice.pick(users).copied().filter(|_| self.dice.percent(75));
            let preference =
                Preference { id: self.id(), number: self.number(), client: Rc::clone(&client), by };
            self.world.preferences.push(preference);
        }
    }

    fn pages(&mut self, agency: &Rc<Agency>) {
        for _ in 0..3 {
            let page = Page {
                id: self.id(),
                number: self.number(),
                agency: Rc::clone(agency),
                published: self.dice.percent(75),
                for_client: self.dice.percent(60),
                for_staff: self.dice.percent(60),
            };
            self.world.pages.push(page);
        }
    }

    fn user(&mut self, id: Uuid, agency: &Rc<Agency>, homes: &[Vec<Rc<Site>>], ours: &[Rc<Project>]) {
        let mut standings = Vec::new();
        for sites in homes {
            if let Some(client) = sites.first().map(|site| Rc::clone(&site.client))
                && self.dice.percent(75)
            {
                standings.push(self.standing(client, sites, ours));
            }
        }
        let access = match self.dice.of(12) {
            0 => "invited",
            1 => "deactivated",
            _ => "active",
        };
        let must_change_password = self.dice.percent(5);
        self.world.users.push(User {
            id,
            agency: Rc::clone(agency),
            access,
            must_change_password,
            standings,
        });
    }

    fn standing(&mut self, client: Rc<Client>, sites: &[Rc<Site>], ours: &[Rc<Project>]) -> Standing {
        let of_client =
            |project: &&Rc<Project>| project.client.as_ref().is_some_and(|one| Rc::ptr_eq(one, &client));
        let projects: Vec<Rc<Project>> = ours.iter().filter(of_client).cloned().collect();
        let reach = self.dice.percent(45).then(|| (self.dice.some(&projects, 50), self.dice.some(sites, 50)));
        Standing { role: Role::at_client(&mut self.dice), role_id: self.id(), reach, client }
    }

    fn member(&mut self, agency: &Rc<Agency>) {
        let access = match self.dice.of(10) {
            0 => "deactivated",
            1 => "invited",
            _ => "active",
        };
        let role = Role::at_agency(&mut self.dice);
        let member = Member { id: self.id(), agency: Rc::clone(agency), access, role, role_id: self.id() };
        self.world.members.push(member);
    }

    /// Some links of a project: most as they were made, some of another time or for another client.
    fn links(&mut self, project: &Rc<Project>, homes: &[Vec<Rc<Site>>]) {
        for is_public in [false, true] {
            let other = homes.iter().flatten().next().map(|site| Rc::clone(&site.client));
            let own = project.client.clone().filter(|_| self.dice.percent(95));
            let Some(client) = own.or(other) else { return };
            let link = Link {
                id: self.id(),
                is_public,
                opened: self.dice.percent(90),
                maker_may: self.dice.percent(95),
                ended: self.dice.percent(6),
                expires_at: self.instant() + 60 * HOUR,
                client_epoch: if self.dice.percent(96) { client.epoch } else { client.epoch + 1 },
                share_epoch: if self.dice.percent(96) {
                    project.share_epoch
                } else {
                    project.share_epoch + 1
                },
                client,
                project: Rc::clone(project),
            };
            self.world.links.push(link);
        }
    }
}
