//! The small world, and what its three people may do in it.

use serde_json::{Value, json};
use staffgate::Actor;

use crate::lifecycle::{self, Caller, Founded, Recorder, START};
use crate::machines::{Machines, Operation};
use crate::search::{PEOPLE, Search};
use crate::store::Lean;

const NOW: &str = "2026-09-01T12:00:00Z";

pub(crate) struct World {
    founded: Founded,
    lean: Lean,
    machines: Machines,
    /// Whether the shift's worker was asked, and who answers.
    ids: Ids,
}

/// What was there before anybody did anything.
#[derive(Clone)]
struct Ids {
    /// Of each client: the mandate that waits, the project and the shift that are there.
    mandates: [Value; 2],
    projects: [Value; 2],
    shifts: [Value; 2],
    positions: [Value; 2],
    /// The first worker is asked for the first shift.
    booking: Value,
}

/// An evening or a night at a client's first site.
fn order(founded: &Founded, client: usize, start: &str, end: &str, heads: u32) -> Value {
    let position = json!({ "skill": founded.skills[0], "headcount": heads });
    let shift = json!({ "start": start, "end": end, "positions": [position] });
    json!({ "name": "Autumn", "site": founded.clients[client].sites[0].id, "shifts": [shift] })
}

const EVENING: (&str, &str) = ("2026-09-10T18:00", "2026-09-10T23:00");
const NIGHT: (&str, &str) = ("2026-09-10T22:00", "2026-09-11T03:00");
const LATER: (&str, &str) = ("2026-09-12T18:00", "2026-09-12T23:00");

impl World {
    pub(crate) fn new() -> Self {
        let founded = lifecycle::found(2);
        let recorder = Recorder::default();
        lifecycle::lay(&recorder, &founded.sets);
        let mut caller = Caller::new(recorder, 2);
        let mut run = |actor: Actor, name: &str, input: Value| {
            caller.call(actor, START, name, &input).unwrap_or_else(|code| panic!("{name}: {code}"))
        };
        let operator = Actor::Operator;
        let otto = founded.user(2);
        // Who takes part belongs to both clients.
        let access =
            json!({ "user": founded.users[2], "client": founded.clients[0].id, "role": "administrator" });
        run(operator, "users.set_access", access);
        let mut there = |client: usize, (start, end): (&str, &str), heads: u32| {
            let id = &founded.clients[client].id;
            let form = order(&founded, client, start, end, heads);
            let mandate = run(otto, "mandates.submit", json!({ "client": id, "order": form }));
            let accepted =
                run(operator, "mandates.accept", json!({ "mandate": mandate["id"], "revision": 1 }));
            let shifts = run(operator, "shifts.list", json!({ "project": accepted["project"] }));
            let shift = &shifts["items"][0];
            let project = (client == 0).then(|| accepted["project"].clone());
            let form = order(&founded, client, LATER.0, LATER.1, 1);
            let waits = json!({ "client": id, "project": project, "order": form });
            let waits = run(otto, "mandates.submit", waits);
            (
                waits["id"].clone(),
                accepted["project"].clone(),
                shift["id"].clone(),
                shift["positions"][0]["id"].clone(),
            )
        };
        let (first, second) = (there(0, EVENING, 2), there(1, NIGHT, 1));
        let book = json!({ "shift": first.2, "position": first.3, "worker": founded.workers[0] });
        let booking = run(operator, "bookings.book", book)["id"].clone();
        let ids = Ids {
            mandates: [first.0, second.0],
            projects: [first.1, second.1],
            shifts: [first.2, second.2],
            positions: [first.3, second.3],
            booking,
        };
        let lean = Lean::new(&caller.portal.store().sets());
        Self { founded, lean, machines: Machines::default(), ids }
    }

    pub(crate) fn search(self, menus: [Vec<u32>; PEOPLE], each: [usize; PEOPLE]) -> Search {
        Search::new(self.lean, self.machines, menus, each)
    }

    /// The first so many of each person's operations.
    fn menus(
        &mut self,
        most: usize,
        user: Vec<(&'static str, &'static str, Value)>,
        planner: Vec<(&'static str, &'static str, Value)>,
        operator: Vec<(&'static str, &'static str, Value)>,
    ) -> [Vec<u32>; PEOPLE] {
        let actors = [self.founded.user(2), self.founded.planner(), Actor::Operator];
        let mut menus: [Vec<u32>; PEOPLE] = Default::default();
        for ((actor, list), menu) in actors.into_iter().zip([user, planner, operator]).zip(&mut menus) {
            for (label, name, input) in list.into_iter().take(most) {
                menu.push(self.machines.add(Operation::new(label, actor, NOW, name, &input)));
            }
        }
        menus
    }

    /// What becomes of the mandates that wait.
    pub(crate) fn mandates(&mut self, most: usize) -> [Vec<u32>; PEOPLE] {
        let [first, second] = self.ids.mandates.clone();
        let [project, other] = self.ids.projects.clone();
        let client = self.founded.clients[0].id.clone();
        let longer = order(&self.founded, 0, LATER.0, "2026-09-13T02:00", 1);
        let more = order(&self.founded, 0, EVENING.0, EVENING.1, 3);
        let at = |mandate: &Value, revision: u32| json!({ "mandate": mandate, "revision": revision });
        let with = |mandate: &Value, revision: u32, order: &Value| json!({ "mandate": mandate, "revision": revision, "order": order });
        let declined = json!({ "mandate": first, "revision": 1, "reason": "nobody is free" });
        let user = vec![
            ("edits", "mandates.edit", with(&first, 1, &longer)),
            ("withdraws", "mandates.withdraw", at(&first, 1)),
            (
                "orders more",
                "mandates.submit",
                json!({ "client": client, "project": project, "order": more }),
            ),
            ("edits again", "mandates.edit", with(&first, 2, &more)),
            ("withdraws the other", "mandates.withdraw", at(&second, 1)),
        ];
        let approvers = |reason: &str| {
            let one = json!({ "user": self.founded.users[3], "up_to": { "limit": "unlimited" } });
            let settings = json!({ "on": true, "reason": reason, "approvers": [one] });
            json!({ "client": self.founded.clients[1].id, "revision": 0, "settings": settings })
        };
        // The first four of each are what a small search takes.
        let planner = vec![
            ("accepts", "mandates.accept", at(&first, 1)),
            ("accepts the edit", "mandates.accept", at(&first, 2)),
            ("revises", "mandates.revise", with(&first, 1, &more)),
            ("names an approver", "approval_chains.set", approvers("Ask Anna")),
            ("declines", "mandates.decline", declined),
            ("publishes", "projects.publish_team", json!({ "project": project })),
            ("accepts the other", "mandates.accept", at(&second, 1)),
        ];
        let operator = vec![
            ("accepts too", "mandates.accept", at(&first, 1)),
            ("names an approver too", "approval_chains.set", approvers("Ask Otto")),
            ("accepts on", "clients.set_auto_accept", json!({ "client": client, "on": true })),
            ("accepts the revision", "mandates.accept", at(&first, 2)),
            ("shares", "projects.set_sharing", json!({ "project": project, "team_immediately": true })),
            ("accepts the other too", "mandates.accept", at(&second, 1)),
            ("renames the other", "projects.rename", json!({ "project": other, "name": "Winter" })),
        ];
        self.menus(most, user, planner, operator)
    }

    /// What becomes of the shifts, and of the workers in them.
    pub(crate) fn shifts(&mut self, most: usize) -> [Vec<u32>; PEOPLE] {
        let Ids {
            shifts: [evening, night], positions: [early, late], projects: [project, _], booking, ..
        } = &self.ids;
        let [first, second] = [0, 1].map(|number| self.founded.workers[number].clone());
        let client = self.founded.clients[0].id.clone();
        let more = order(&self.founded, 0, LATER.0, LATER.1, 1);
        let book = |shift: &Value, position: &Value, worker: &str| json!({ "shift": shift, "position": position, "worker": worker, "state": "confirmed" });
        let prefers = |worker: &str, preference: &str| json!({ "client": client, "worker": worker, "preference": preference });
        let this = json!({ "shift": evening, "booking": booking });
        let replaced = json!({ "shift": evening, "booking": booking, "worker": second });
        let (shift, lead) = (json!({ "shift": evening }), this.clone());
        let later = json!({ "shift": evening, "start": LATER.0, "end": LATER.1 });
        let earlier = json!({ "shift": night, "start": "2026-09-10T19:00" });
        let tags = json!({ "shift": evening, "tags": [{ "text": "black tie", "visible_to_client": true }] });
        let user = vec![
            (
                "orders more",
                "mandates.submit",
                json!({ "client": client, "project": project, "order": more }),
            ),
            ("reads", "notifications.mark_read", json!({ "client": client, "notifications": [] })),
        ];
        // The first four of each are what a small search takes.
        let planner = vec![
            ("books the second early", "bookings.book", book(evening, early, &second)),
            ("books the second late", "bookings.book", book(night, late, &second)),
            ("renames the second", "workers.update", json!({ "worker": second, "name": "Ada" })),
            ("refuses the second", "staff_preferences.set", prefers(&second, "refused")),
            ("confirms", "bookings.confirm", this.clone()),
            ("moves away", "shifts.move", later),
            ("cancels", "shifts.cancel", shift),
            ("books the first late", "bookings.book", book(night, late, &first)),
        ];
        let operator = vec![
            ("books the second late too", "bookings.book", book(night, late, &second)),
            ("prefers the first", "staff_preferences.set", prefers(&first, "preferred")),
            ("replaces", "bookings.replace", replaced),
            ("moves closer", "shifts.move", earlier),
            ("declines", "bookings.decline", this),
            ("publishes", "projects.publish_team", json!({ "project": project })),
            ("names the lead", "shifts.name_lead", lead),
            ("archives the second", "workers.update", json!({ "worker": second, "archived": true })),
            ("tags", "shifts.set_tags", tags),
        ];
        self.menus(most, user, planner, operator)
    }

    /// What becomes of wishes for the first shift.
    pub(crate) fn changes(&mut self, most: usize) -> [Vec<u32>; PEOPLE] {
        let Ids { shifts: [evening, _], positions: [early, _], projects: [project, _], booking, .. } =
            self.ids.clone();
        let wish = |change: Value| json!({ "shift": evening, "revision": 1, "change": change });
        let later = wish(json!({ "kind": "times", "start": LATER.0, "end": LATER.1 }));
        let fewer = wish(json!({ "kind": "headcount", "position": early, "headcount": 1 }));
        let [first, other] =
            [("asks for later", &later), ("asks for fewer", &fewer)].map(|(label, input)| {
                let ask = Operation::new(label, self.founded.user(2), NOW, "change_requests.submit", input);
                Machines::foretell(&mut self.lean, &ask)["id"].clone()
            });
        let mut instead = fewer.clone();
        instead["supersedes"] = first.clone();
        let this = |request: &Value| json!({ "request": request });
        let declined = json!({ "request": first, "reason": "nobody is free" });
        let second = self.founded.workers[1].clone();
        let book = json!({ "shift": evening, "position": early, "worker": second, "state": "confirmed" });
        let user = vec![
            ("asks for later", "change_requests.submit", later),
            ("asks for fewer", "change_requests.submit", fewer),
            ("takes it back", "change_requests.withdraw", this(&first)),
            ("asks to cancel", "change_requests.submit", wish(json!({ "kind": "cancel" }))),
            ("asks for fewer instead", "change_requests.submit", instead),
        ];
        let planner = vec![
            ("approves", "change_requests.approve", this(&first)),
            ("declines", "change_requests.decline", declined),
            ("books the second", "bookings.book", book),
            ("moves away", "shifts.move", json!({ "shift": evening, "start": LATER.0, "end": LATER.1 })),
            ("restores", "shifts.restore", json!({ "shift": evening, "revision": 2 })),
        ];
        let operator = vec![
            ("approves too", "change_requests.approve", this(&first)),
            ("approves the other", "change_requests.approve", this(&other)),
            ("cancels", "shifts.cancel", json!({ "shift": evening })),
            ("confirms", "bookings.confirm", json!({ "shift": evening, "booking": booking })),
            ("writes a note", "shifts.move", json!({ "shift": evening, "note": "Black tie" })),
            ("takes the project back", "projects.unshare", json!({ "project": project })),
        ];
        self.menus(most, user, planner, operator)
    }
}
