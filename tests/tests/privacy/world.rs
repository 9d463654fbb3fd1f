//! A world in which everything personal is a marker that stands nowhere else, and random commands that spread copies.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use conformance::World;
use serde_json::{Value, json};
use staffgate::{Refusal, Reply};

/// A small generator: the same seed gives the same world.
pub(crate) struct Dice(Cell<u64>);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Cell::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1))
    }

    pub(crate) fn below(&self, most: usize) -> usize {
        let mut state = self.0.get();
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        self.0.set(state);
        usize::try_from(state >> 33).unwrap() % most.max(1)
    }

    pub(crate) fn one<'a, T>(&self, list: &'a [T]) -> Option<&'a T> {
        if list.is_empty() { None } else { list.get(self.below(list.len())) }
    }
}

/// A worker or a portal user with every marker that was ever theirs.
pub(crate) struct Person {
    pub(crate) id: Value,
    pub(crate) markers: RefCell<Vec<String>>,
}

impl Person {
    /// The latest is what views show; earlier ones may stand in copies.
    pub(crate) fn stands_in(&self, text: &str) -> Option<String> {
        self.markers.borrow().iter().find(|marker| text.contains(marker.as_str())).cloned()
    }

    fn learns<const COUNT: usize>(&self, markers: [String; COUNT]) {
        self.markers.borrow_mut().extend(markers);
    }
}

pub(crate) struct Agency {
    pub(crate) world: World,
    pub(crate) dice: Dice,
    pub(crate) workers: Vec<Person>,
    pub(crate) users: Vec<Person>,
    /// What anna was shown: worker by number, operation.
    pub(crate) shown: RefCell<BTreeSet<(usize, String)>>,
    markers: Cell<u32>,
    minutes: Cell<i64>,
    shifts: Vec<Value>,
}

impl Agency {
    /// Two projects of one client, six shifts of which three are over soon, four workers, two more users.
    pub(crate) fn new(seed: u64) -> Self {
        let world = World::after("privacy_export").unwrap();
        let mut agency = Self {
            world,
            dice: Dice::new(seed),
            workers: Vec::new(),
            users: Vec::new(),
            shown: RefCell::default(),
            markers: Cell::new(0),
            minutes: Cell::new(0),
            shifts: Vec::new(),
        };
        agency.plan();
        for _ in 0..4 {
            let (name, phone, host_id) = (agency.marker("Zname"), agency.phone(), agency.marker("zhost"));
            let input = json!({ "name": name, "phone": phone, "host_id": host_id, "skills": [agency.world.id("waiter")] });
            let reply = agency.does("workers.create", &input).unwrap();
            let markers = RefCell::new(vec![name, phone, host_id]);
            agency.workers.push(Person { id: reply["id"].clone(), markers });
        }
        for _ in 0..2 {
            let (name, email) = (agency.marker("Zuser"), format!("{}@zmail.example", agency.marker("zbox")));
            let delivery = json!({ "base_url": "https://portal.northlight.example/join", "send_now": false });
            let client = agency.world.id("astoria");
            let input = json!({ "client": client, "name": name, "email": email, "role": "orderer", "delivery": delivery });
            let reply = agency.does("users.create", &input).unwrap();
            let join = json!({ "token": reply["token"], "password": "nine slow rivers bend", "source": "2001:db8::2a71" });
            agency.run(&json!({ "as": "guest" }), "users.join", &join).unwrap();
            let markers = RefCell::new(vec![name, email, "2001:db8::2a71".to_owned()]);
            agency.users.push(Person { id: reply["user"].clone(), markers });
        }
        agency
    }

    fn plan(&mut self) {
        let (client, site, waiter) =
            (self.world.id("astoria"), self.world.id("berlin"), self.world.id("waiter"));
        for (name, days) in [("Autumn", ["03", "04", "05"]), ("Winter", ["25", "26", "27"])] {
            let project = self.does("projects.create", &json!({ "name": name, "client": client })).unwrap();
            let shift = |day: &str| {
                let positions = json!([{ "skill": waiter, "headcount": 3 }, { "skill": waiter, "role": "lead", "headcount": 1 }]);
                json!({ "start": format!("2026-09-{day}T18:00"), "end": format!("2026-09-{day}T23:00"), "positions": positions })
            };
            let shifts: Vec<Value> = days.iter().map(|day| shift(day)).collect();
            let place = json!({ "at": "site", "site": site });
            let schedule = json!({ "project": project["id"], "place": place, "shifts": shifts });
            self.does("projects.add_schedule", &schedule).unwrap();
            self.does("projects.share", &json!({ "project": project["id"] })).unwrap();
            let list = self.does("shifts.list", &json!({ "project": project["id"] })).unwrap();
            self.shifts.extend(list["items"].as_array().unwrap().iter().cloned());
        }
    }

    pub(crate) fn now(&self) -> String {
        let start: jiff::Timestamp = "2026-09-01T08:00:00Z".parse().unwrap();
        (start + jiff::SignedDuration::from_mins(self.minutes.get())).to_string()
    }

    pub(crate) fn wait(&self, minutes: i64) {
        self.minutes.set(self.minutes.get() + minutes);
    }

    pub(crate) fn marker(&self, what: &str) -> String {
        self.markers.set(self.markers.get() + 1);
        format!("{what}q{:04}x", self.markers.get())
    }

    fn phone(&self) -> String {
        self.markers.set(self.markers.get() + 1);
        format!("+49 88 7766 {:05}", 10_000 + self.markers.get())
    }

    pub(crate) fn run(&self, actor: &Value, operation: &str, input: &Value) -> Result<Reply, Refusal> {
        self.world.call(actor, &self.now(), operation, input)
    }

    /// The administrator does it.
    pub(crate) fn does(&self, operation: &str, input: &Value) -> Result<Value, Refusal> {
        let reply = self.run(&self.world.member("mia"), operation, input)?;
        Ok(serde_json::from_str(reply.json()).unwrap())
    }

    /// Anna reads something; whose marker stands in the reply is noted.
    fn reads(&self, operation: &str, input: &Value) {
        let anna = self.world.user("anna");
        let Ok(reply) = self.run(&anna, operation, input) else { return };
        let preview = json!({ "as": "preview", "user": anna["id"], "by": self.world.id("mia") });
        let again = self.run(&anna, operation, input);
        let unlogged = self.run(&preview, operation, input);
        if operation.starts_with("my_") || operation.starts_with("attendance") {
            assert_eq!(again.unwrap().json(), reply.json(), "{operation}: the same with an entry as without");
            assert_eq!(unlogged.unwrap().json(), reply.json(), "{operation}: the same without a log");
        }
        for (number, worker) in self.workers.iter().enumerate() {
            if worker.stands_in(reply.json()).is_some() {
                self.shown.borrow_mut().insert((number, operation.to_owned()));
            }
        }
    }

    /// One random thing. Refusals are as good as replies: what counts is what is kept.
    pub(crate) fn step(&self) {
        let worker = self.dice.one(&self.workers).unwrap();
        let shift = self.dice.one(&self.shifts).unwrap();
        let position = &shift["positions"][self.dice.below(2)]["id"];
        let at = json!({ "shift": shift["id"] });
        match self.dice.below(16) {
            0 => {
                let (name, reference, host_id) =
                    (self.marker("Zname"), self.marker("zface"), self.marker("zhost"));
                let picture = json!({ "reference": reference, "media_type": "image/png" });
                let input =
                    json!({ "worker": worker.id, "name": name, "picture": picture, "host_id": host_id });
                if self.does("workers.update", &input).is_ok() {
                    worker.learns([name, reference, host_id]);
                }
            }
            1..=4 => {
                let state = *self.dice.one(&["proposed", "invited", "confirmed", "confirmed"]).unwrap();
                let input = json!({ "shift": shift["id"], "position": position, "worker": worker.id, "state": state, "pay": "13.37" });
                let _ = self.does("bookings.book", &input);
            }
            5 | 6 => {
                let Some(booking) = self.booking_in(&shift["id"]) else { return };
                let name = *self
                    .dice
                    .one(&["bookings.decline", "bookings.cancel", "bookings.confirm", "bookings.check_in"])
                    .unwrap();
                let _ = self.does(name, &json!({ "shift": shift["id"], "booking": booking }));
            }
            7 => {
                let Some(booking) = self.booking_in(&shift["id"]) else { return };
                let _ = self.does("shifts.name_lead", &json!({ "shift": shift["id"], "booking": booking }));
            }
            8 => {
                let (name, reference) = (self.marker("Zpaper"), self.marker("zfile"));
                let seen = self.dice.below(2) == 0;
                let input = json!({ "worker": worker.id, "kind": "certificate", "name": name, "reference": reference, "visible_to_clients": seen });
                if self.does("workers.set_certificate", &input).is_ok() {
                    worker.learns([name, reference]);
                }
            }
            9 => self.proposes(worker, &shift["id"], position),
            10 => {
                let client = self.world.id(self.dice.one(&["astoria", "riverside"]).unwrap());
                let _ = self.does(
                    "staff_preferences.set",
                    &json!({ "client": client, "worker": worker.id, "preference": "preferred" }),
                );
            }
            11 => {
                let _ = self.does("projects.publish_team", &json!({ "project": shift["project"] }));
                let _ = self.does(
                    "projects.set_sharing",
                    &json!({ "project": shift["project"], "profile_pictures": true }),
                );
            }
            12 => self.wait(i64::try_from(self.dice.below(600)).unwrap()),
            13 => self.reads("my_shifts.get", &at),
            14 => self.reads("my_shifts.list", &json!({ "client": self.world.id("astoria") })),
            _ => {
                let client = self.world.id("astoria");
                self.reads(
                    "attendance.on_site",
                    &json!({ "client": client, "site": self.world.id("berlin") }),
                );
                self.reads("my_staff.list", &json!({ "client": client }));
            }
        }
    }

    fn booking_in(&self, shift: &Value) -> Option<Value> {
        let view = self.does("shifts.get", &json!({ "shift": shift })).ok()?;
        let positions = view["positions"].as_array()?.clone();
        let all: Vec<Value> = positions
            .iter()
            .flat_map(|each| each["bookings"].as_array().cloned().unwrap_or_default())
            .collect();
        self.dice.one(&all).map(|booking| booking["id"].clone())
    }

    /// A selection with a note on the worker, offered; anna looks at it and says what she thinks.
    fn proposes(&self, worker: &Person, shift: &Value, position: &Value) {
        let note = self.marker("Znote");
        let positions = json!([{ "shift": shift, "position": position }]);
        let proposals = json!([{ "worker": worker.id, "note": note }]);
        let open = json!({ "positions": positions, "proposals": proposals, "minimum": 1 });
        let Ok(opened) = self.does("selections.open", &open) else { return };
        worker.learns([note.clone()]);
        let _ = self.does("selections.offer", &json!({ "selection": opened["id"], "revision": 1 }));
        self.reads("my_selections.get", &json!({ "selection": opened["id"] }));
        let seen = json!({ "seen": "selection", "selection": opened["id"], "proposal": opened["proposals"][0]["id"] });
        let anna = self.world.user("anna");
        if let Ok(reply) =
            self.run(&anna, "my_staff.set", &json!({ "worker": seen, "preference": "preferred" }))
        {
            assert!(worker.stands_in(reply.json()).is_some());
            let number = self.workers.iter().position(|one| one.id == worker.id).unwrap();
            self.shown.borrow_mut().insert((number, "my_staff.set".to_owned()));
        }
    }

    /// What a portal user leaves behind.
    pub(crate) fn lives(&self, user: &Person) {
        let me = json!({ "as": "user", "id": user.id });
        let (name, email, subject) =
            (self.marker("Zuser"), format!("{}@zmail.example", self.marker("zbox")), self.marker("zsubject"));
        let project = self.world.id("project");
        for text in ["one", "two", "three"] {
            let _ = self.run(&me, "my_messages.write", &json!({ "project": project, "text": text }));
        }
        self.does("users.rename", &json!({ "user": user.id, "name": name, "email": email })).unwrap();
        let _ = self.run(&me, "my_messages.write", &json!({ "project": project, "text": "four" }));
        let issuer = "https://login.astoria.example";
        let linked = json!({ "user": user.id, "issuer": issuer, "subject": subject });
        let provider = json!({ "client": self.world.id("astoria"), "issuer": issuer, "groups": [], "creates_people": false, "links_by_email": false });
        let _ = self.does("identity_providers.set", &provider);
        self.does("identities.link", &linked).unwrap();
        if self.dice.below(2) == 0 {
            self.does("identities.unlink", &linked).unwrap();
        }
        let guest = json!({ "as": "guest" });
        let source = format!("2001:db8::{:x}", 0x5a00 + self.dice.below(255));
        let sign_in = json!({ "email": email, "password": "nine slow rivers bend", "source": source });
        self.run(&guest, "sessions.sign_in", &sign_in).unwrap();
        let _ = self.run(&guest, "users.request_password_reset", &json!({ "email": email }));
        let mail = json!({ "email": email, "base_url": "https://portal.northlight.example/reset" });
        let _ = self.run(&json!({ "as": "operator" }), "users.password_reset_mail", &mail);
        let _ = self.run(&me, "users.enrol_second_factor", &json!({ "password": "nine slow rivers bend" }));
        user.learns([name, email, subject, source]);
    }
}
