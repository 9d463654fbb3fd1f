//! The naive model: what there is as plain lists, and the rules as one would say them. Instants are minutes since the
//! start; the model shares nothing with the library but ids.

use crate::lifecycle::{Client as Place, RATES};

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Reach {
    All,
    /// Numbers of projects, and sites by client and number.
    Some(Vec<usize>, Vec<(usize, usize)>),
}

/// Somebody who calls.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Who {
    Operator,
    Planner,
    /// A member who only looks.
    Viewer,
    User(usize),
    /// A person of nobody.
    Stranger,
}

pub(crate) struct Standing {
    pub(crate) client: usize,
    pub(crate) role: &'static str,
    pub(crate) reach: Reach,
}

pub(crate) struct Client {
    pub(crate) auto_accept: bool,
    pub(crate) team_immediately: bool,
    /// None as the agency says, which is yes.
    pub(crate) ordering: Option<bool>,
    /// Only these skills; none for all that the agency lets clients order.
    pub(crate) narrowed: Option<Vec<usize>>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Ask {
    pub(crate) skill: usize,
    pub(crate) lead: bool,
    pub(crate) heads: usize,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Span {
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) pause: i64,
    pub(crate) asks: Vec<Ask>,
}

/// What is filled in to order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Form {
    pub(crate) name: String,
    /// Client and number of the site.
    pub(crate) site: (usize, usize),
    pub(crate) spans: Vec<Span>,
    pub(crate) note: Option<String>,
}

pub(crate) struct Mandate {
    pub(crate) id: String,
    pub(crate) client: usize,
    pub(crate) state: &'static str,
    /// Whether the client wrote it, and what was written. Of a draft there is only the last.
    pub(crate) revisions: Vec<(bool, Form)>,
    pub(crate) number: usize,
    /// Whether the agency does not know of it yet.
    pub(crate) in_house: bool,
    /// A member looks at it since then, at this revision.
    pub(crate) review: Option<(Who, i64)>,
    /// The declined, withdrawn or expired one that it takes up again, and the one that took it up.
    pub(crate) previous: Option<usize>,
    pub(crate) taken_up: Option<usize>,
    pub(crate) by: usize,
    pub(crate) project: Option<usize>,
    pub(crate) reason: Option<String>,
    pub(crate) submitted: i64,
    pub(crate) decided: Option<i64>,
}

pub(crate) struct Schedule {
    pub(crate) id: String,
    pub(crate) mandate: usize,
    pub(crate) site: (usize, usize),
    pub(crate) accepted: i64,
}

pub(crate) struct Project {
    pub(crate) id: String,
    pub(crate) client: usize,
    pub(crate) name: String,
    pub(crate) schedules: Vec<Schedule>,
    pub(crate) immediately: bool,
    pub(crate) published: Option<i64>,
    pub(crate) created: i64,
}

#[derive(Clone)]
pub(crate) struct Booking {
    pub(crate) id: String,
    pub(crate) worker: usize,
    pub(crate) name: String,
    pub(crate) phone: String,
    pub(crate) state: &'static str,
    pub(crate) pay: Option<&'static str>,
    pub(crate) replaced_by: Option<String>,
    pub(crate) changed: i64,
    /// From then on an invitation without an answer has lapsed.
    pub(crate) answer_by: Option<i64>,
    /// When the worker came.
    pub(crate) came: Option<i64>,
    pub(crate) left: Option<i64>,
}

impl Booking {
    /// Whether the worker is held for the time.
    pub(crate) fn holds(&self) -> bool {
        self.state == "invited" || self.state == "needs_reconfirmation" || self.of_team()
    }

    /// Who is or was on site is not taken back.
    pub(crate) fn came(&self) -> bool {
        ["checked_in", "checked_out"].contains(&self.state)
    }

    /// Who has said yes to the shift as it is, is there, or was.
    pub(crate) fn of_team(&self) -> bool {
        ["confirmed", "checked_in", "checked_out"].contains(&self.state)
    }
}

#[derive(Clone)]
pub(crate) struct Position {
    pub(crate) id: String,
    pub(crate) skill: usize,
    pub(crate) lead: bool,
    pub(crate) heads: usize,
    pub(crate) bookings: Vec<Booking>,
}

impl Position {
    pub(crate) fn held(&self) -> usize {
        self.bookings.iter().filter(|booking| booking.holds()).count()
    }

    pub(crate) fn confirmed(&self) -> usize {
        self.bookings.iter().filter(|booking| booking.of_team()).count()
    }
}

#[derive(Clone)]
pub(crate) struct Shift {
    pub(crate) id: String,
    pub(crate) project: usize,
    pub(crate) schedule: String,
    pub(crate) mandate: usize,
    pub(crate) site: (usize, usize),
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) pause: i64,
    pub(crate) note: Option<String>,
    pub(crate) positions: Vec<Position>,
    pub(crate) tags: Vec<(String, bool)>,
    /// The id of the booking that leads.
    pub(crate) lead: Option<String>,
    pub(crate) cancelled: Option<i64>,
    /// Who was held when it was called off: they come back when that is undone.
    pub(crate) ended: Vec<String>,
    pub(crate) revision: usize,
}

impl Shift {
    pub(crate) fn bookings(&self) -> impl Iterator<Item = &Booking> {
        self.positions.iter().flat_map(|position| &position.bookings)
    }

    pub(crate) fn bookings_mut(&mut self) -> impl Iterator<Item = &mut Booking> {
        self.positions.iter_mut().flat_map(|position| &mut position.bookings)
    }
}

/// What a client wants changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Wish {
    Times { start: i64, end: i64, pause: Option<i64> },
    Heads { position: usize, heads: usize },
    Skill(usize),
    Note(Option<String>),
    Cancel,
}

pub(crate) struct Request {
    pub(crate) id: String,
    pub(crate) shift: usize,
    pub(crate) site: (usize, usize),
    /// The shift's revision that was seen.
    pub(crate) revision: usize,
    pub(crate) wish: Wish,
    pub(crate) by: usize,
    pub(crate) at: i64,
    pub(crate) state: &'static str,
    pub(crate) decided: Option<i64>,
    pub(crate) reason: Option<String>,
    pub(crate) superseded_by: Option<usize>,
}

pub(crate) struct Worker {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) phone: String,
    pub(crate) archived: bool,
}

pub(crate) struct Model {
    pub(crate) now: i64,
    pub(crate) places: Vec<Place>,
    pub(crate) clients: Vec<Client>,
    pub(crate) standings: Vec<Vec<Standing>>,
    pub(crate) mandates: Vec<Mandate>,
    pub(crate) projects: Vec<Project>,
    pub(crate) shifts: Vec<Shift>,
    pub(crate) requests: Vec<Request>,
    pub(crate) workers: Vec<Worker>,
}

impl Mandate {
    pub(crate) fn form(&self) -> &Form {
        &self.revisions.last().unwrap().1
    }

    pub(crate) fn write(&mut self, by_client: bool, form: Form) {
        if self.state == "draft" {
            self.revisions.clear();
        }
        self.revisions.push((by_client, form));
        self.number += 1;
    }

    /// Whether somebody of this side can see it at all.
    pub(crate) fn is_there_for(&self, who: Who) -> bool {
        self.state != "discarded" && (!self.in_house || matches!(who, Who::User(_)))
    }
}

impl Model {
    /// The instant as everybody writes it.
    pub(crate) fn instant(minute: i64) -> String {
        let start: jiff::Timestamp = crate::lifecycle::START.parse().unwrap();
        (start + jiff::SignedDuration::from_mins(minute)).to_string()
    }

    /// The same as the clock at a site shows it.
    pub(crate) fn local(&self, site: (usize, usize), minute: i64) -> String {
        let shown = Self::instant(minute + self.places[site.0].sites[site.1].ahead);
        shown.chars().take(16).collect()
    }

    pub(crate) fn site(&self, site: (usize, usize)) -> &str {
        &self.places[site.0].sites[site.1].id
    }

    /// Whether everything that is asked for has a price.
    pub(crate) fn priced(form: &Form) -> bool {
        form.spans.iter().flat_map(|span| &span.asks).all(|ask| RATES[ask.skill].is_some())
    }

    /// What it costs before VAT, in cents: heads times hours times rate. All times are halves of hours.
    pub(crate) fn net(form: &Form) -> i64 {
        let mut sum = 0;
        for span in &form.spans {
            for ask in &span.asks {
                let rate: i64 = RATES[ask.skill].unwrap().replace('.', "").parse().unwrap();
                sum += i64::try_from(ask.heads).unwrap() * rate * (span.end - span.start - span.pause) / 60;
            }
        }
        sum
    }

    /// Whether a worker is held anywhere in this time, but for what a shift holds.
    pub(crate) fn busy(&self, worker: usize, start: i64, end: i64, but_for: Option<&str>) -> bool {
        self.shifts.iter().any(|shift| {
            let overlaps = shift.start < end && start < shift.end;
            overlaps
                && shift.bookings().any(|booking| {
                    booking.worker == worker && booking.holds() && but_for != Some(booking.id.as_str())
                })
        })
    }

    /// The clock goes on, and what could be answered until now has lapsed.
    pub(crate) fn pass(&mut self, minutes: i64) {
        self.now += minutes;
        let now = self.now;
        for booking in self.shifts.iter_mut().flat_map(Shift::bookings_mut) {
            if booking.state == "invited" && booking.answer_by.is_some_and(|until| until <= now) {
                booking.state = "lapsed";
            }
        }
    }

    pub(crate) fn shifts_of(&self, project: usize) -> Vec<usize> {
        let mut own: Vec<usize> =
            (0..self.shifts.len()).filter(|shift| self.shifts[*shift].project == project).collect();
        own.sort_by_key(|shift| (self.shifts[*shift].start, self.shifts[*shift].id.clone()));
        own
    }

    pub(crate) fn sites_of(&self, project: usize) -> Vec<(usize, usize)> {
        self.projects[project].schedules.iter().map(|schedule| schedule.site).collect()
    }

    /// Accepts what is asked for: project, schedule and shifts. Their ids are learnt from the library.
    pub(crate) fn accept(&mut self, mandate: usize) {
        let now = self.now;
        let form = self.mandates[mandate].form().clone();
        let client = self.mandates[mandate].client;
        let project = self.mandates[mandate].project.unwrap_or_else(|| {
            self.projects.push(Project {
                id: String::new(),
                client,
                name: form.name.clone(),
                schedules: Vec::new(),
                immediately: self.clients[client].team_immediately,
                published: None,
                created: now,
            });
            self.projects.len() - 1
        });
        let schedule = Schedule { id: String::new(), mandate, site: form.site, accepted: now };
        self.projects[project].schedules.push(schedule);
        for span in &form.spans {
            let position = |ask: &Ask| Position {
                id: String::new(),
                skill: ask.skill,
                lead: ask.lead,
                heads: ask.heads,
                bookings: Vec::new(),
            };
            self.shifts.push(Shift {
                id: String::new(),
                project,
                schedule: String::new(),
                mandate,
                site: form.site,
                start: span.start,
                end: span.end,
                pause: span.pause,
                note: form.note.clone(),
                positions: span.asks.iter().map(position).collect(),
                tags: Vec::new(),
                lead: None,
                cancelled: None,
                ended: Vec::new(),
                revision: 1,
            });
        }
        let mandate = &mut self.mandates[mandate];
        (mandate.state, mandate.project, mandate.decided) = ("accepted", Some(project), Some(now));
        mandate.review = None;
    }
}
