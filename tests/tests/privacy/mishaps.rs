//! Not written means not shown: what a query does when its trace cannot be written, is written twice, or meets others.

use std::cell::Cell;
use std::sync::Mutex;

use conformance::World;
use serde_json::{Value, json};
use staffgate::engine::{Answer, Machine, Step};
use staffgate::hashing::HashingSlots;
use staffgate::store::{
    ChangeSet, CommitOutcome, MemoryStore, Read, Row, Store, StoreError, StoreErrorKind, drive,
};
use staffgate::{Refusal, Reply, wire};

const NOW: &str = "2026-09-20T16:30:00Z";

/// What a store does with a commit in place of answering.
#[derive(Clone, Copy)]
enum Mishap {
    Fails(StoreErrorKind),
    LosesTheAnswer,
    Conflicts,
}

/// A store whose next commits go wrong, and which counts them.
struct Faulty<'s> {
    inner: &'s MemoryStore,
    plan: Mutex<Vec<Mishap>>,
    commits: Mutex<u32>,
}

impl<'s> Faulty<'s> {
    fn new(inner: &'s MemoryStore, plan: &[Mishap]) -> Self {
        Self { inner, plan: Mutex::new(plan.to_vec()), commits: Mutex::new(0) }
    }

    fn commits(&self) -> u32 {
        *self.commits.lock().unwrap()
    }
}

impl Store for Faulty<'_> {
    fn load(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, StoreError> {
        self.inner.load(reads)
    }

    fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError> {
        *self.commits.lock().unwrap() += 1;
        let mishap = {
            let mut plan = self.plan.lock().unwrap();
            if plan.is_empty() { None } else { Some(plan.remove(0)) }
        };
        match mishap {
            None => self.inner.commit(changes),
            Some(Mishap::Fails(kind)) => Err(StoreError::new(kind, "a planned mishap")),
            Some(Mishap::Conflicts) => Ok(CommitOutcome::Conflict),
            Some(Mishap::LosesTheAnswer) => {
                self.inner.commit(changes)?;
                Err(StoreError::new(StoreErrorKind::OutcomeUnknown, "the connection broke"))
            }
        }
    }
}

/// A team of one that is shared with anna's client.
struct Shared {
    world: World,
    calls: Cell<u32>,
}

impl Shared {
    fn new() -> Self {
        let world = World::after("privacy_export").unwrap();
        let mia = world.member("mia");
        world.reply(&mia, NOW, "projects.publish_team", &json!({ "project": world.id("project") })).unwrap();
        Self { world, calls: Cell::new(0) }
    }

    fn machine(&self, operation: &str, input: &Value) -> Machine {
        self.calls.set(self.calls.get() + 1);
        let context = json!({ "agency": self.world.agency(), "actor": self.world.user("anna"), "now": NOW });
        let request = json!({ "context": context, "operation": operation, "input": input });
        wire::machine(request.to_string().as_bytes()).unwrap()
    }

    fn get(&self) -> Machine {
        self.machine("my_shifts.get", &json!({ "shift": self.world.id("shift") }))
    }

    fn list(&self) -> Machine {
        self.machine("my_shifts.list", &json!({ "client": self.world.id("astoria") }))
    }

    fn run(&self, plan: &[Mishap]) -> (Result<Reply, Refusal>, u32) {
        let store = Faulty::new(self.world.store(), plan);
        let result = drive(&store, &mut self.get(), &HashingSlots::default());
        (result, store.commits())
    }

    fn entries(&self) -> usize {
        let mia = self.world.member("mia");
        let reply = self.world.reply(&mia, NOW, "privacy.disclosures", &json!({})).unwrap();
        reply["items"].as_array().unwrap().len()
    }
}

#[test]
fn d8_what_cannot_be_written_is_not_shown() {
    let shared = Shared::new();
    for (kind, code) in [
        (StoreErrorKind::ReadOnly, "store_read_only"),
        (StoreErrorKind::Unavailable, "store_unavailable"),
        (StoreErrorKind::Full, "store_full"),
    ] {
        let refusal = shared.run(&[Mishap::Fails(kind)]).0.unwrap_err();
        assert_eq!(refusal.code.text(), code);
        assert!(!format!("{refusal:?}").contains("Tom"));
    }
    assert_eq!(shared.entries(), 0);
    let (reply, commits) = shared.run(&[]);
    assert!(reply.unwrap().json().contains("Tom Fischer"));
    assert_eq!((commits, shared.entries()), (1, 1));
}

#[test]
fn d8_what_was_shown_today_is_shown_again_without_a_write() {
    let shared = Shared::new();
    let first = shared.run(&[]).0.unwrap();
    let fails = [Mishap::Fails(StoreErrorKind::ReadOnly)];
    let (again, commits) = shared.run(&fails);
    assert_eq!(
        (again.unwrap().json(), commits),
        (first.json(), 0),
        "a store that cannot write is not asked to"
    );
    assert_eq!(shared.entries(), 1);
}

#[test]
fn d8_a_lost_answer_leaves_one_entry() {
    let shared = Shared::new();
    let (reply, commits) = shared.run(&[Mishap::LosesTheAnswer]);
    let reply = reply.unwrap();
    assert!(reply.json().contains("Tom Fischer"));
    assert_eq!((commits, reply.attempts, shared.entries()), (1, 2, 1), "asked again, it was there");
}

#[test]
fn d8_a_hint_that_others_wrote_costs_a_write_and_no_reply() {
    let shared = Shared::new();
    let (reply, commits) = shared.run(&[Mishap::Conflicts]);
    let reply = reply.unwrap();
    // The shift has two positions, so its terms take a second round.
    assert_eq!((commits, reply.attempts, reply.rounds), (2, 1, 2), "the record went alone");
    assert_eq!(shared.entries(), 1);
    // The hint is lost: the same again is written again, and is found to be there.
    let (_, commits) = shared.run(&[]);
    assert_eq!((commits, shared.entries()), (1, 1));
}

/// Up to the commit.
fn up_to_commit(store: &MemoryStore, machine: &mut Machine) -> ChangeSet {
    let mut step = machine.start();
    loop {
        step = match step {
            Step::Load(reads) => machine.resume(Answer::of_load(store.load(&reads))),
            Step::Commit(changes) => return changes,
            Step::Done(done) => panic!("done without a commit: {done:?}"),
        };
    }
}

fn to_the_end(store: &MemoryStore, machine: &mut Machine, mut step: Step) -> Reply {
    loop {
        step = match step {
            Step::Load(reads) => machine.resume(Answer::of_load(store.load(&reads))),
            Step::Commit(changes) => machine.resume(Answer::of_commit(store.commit(&changes))),
            Step::Done(done) => return done.unwrap(),
        };
    }
}

#[test]
fn d8_pages_that_load_at_the_same_moment_all_come() {
    let shared = Shared::new();
    let store = shared.world.store();
    // Eight of one, and one of the other: all read before any of them writes.
    let mut machines: Vec<Machine> = (0..8).map(|_| shared.get()).collect();
    machines.push(shared.list());
    let changes: Vec<ChangeSet> = machines.iter_mut().map(|machine| up_to_commit(store, machine)).collect();
    for (machine, changes) in machines.iter_mut().zip(changes) {
        let step = machine.resume(Answer::of_commit(store.commit(&changes)));
        let reply = to_the_end(store, machine, step);
        assert!(reply.json().contains("Tom Fischer"));
        assert_eq!(reply.attempts, 1, "nobody reads twice for it");
    }
    assert_eq!(shared.entries(), 2);
}

#[test]
fn d8_a_trace_holds_ids_and_no_personal_data() {
    let shared = Shared::new();
    let changes = up_to_commit(shared.world.store(), &mut shared.get());
    let text = serde_json::to_string(&changes).unwrap();
    assert!(text.contains(shared.world.id("tom").as_str().unwrap()));
    assert!(!text.contains("Tom") && !text.contains("+49") && changes.events.is_empty(), "{text}");
    assert_eq!((changes.puts.len(), changes.expect.len()), (2, 1), "one record for the reply, and the hint");
}

/// The command that founds an agency makes the key of its replies, each attempt another one: who comes second reads the
/// reply with the key of who came first.
#[test]
fn d8_the_second_to_found_an_agency_by_one_command_gets_the_reply_of_the_first() {
    let store = MemoryStore::new(staffgate::catalog::kinds());
    let [mut first, mut second] = [1, 2].map(|number| {
        let context = json!({
            "agency": "0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11", "actor": { "as": "operator" }, "now": NOW,
            "command_id": "found", "entropy": format!("{number:064x}"),
        });
        let input = json!({ "name": "Northlight Staffing", "currency": "EUR" });
        let request = json!({ "context": context, "operation": "agencies.create", "input": input });
        wire::machine(request.to_string().as_bytes()).unwrap()
    });
    let looked = |machine: &mut Machine| {
        let Step::Load(reads) = machine.start() else { panic!("it looks first") };
        let Step::Commit(changes) = machine.resume(Answer::of_load(store.load(&reads))) else {
            panic!("it commits then")
        };
        changes
    };
    let (of_first, of_second) = (looked(&mut first), looked(&mut second));
    let Step::Done(Ok(done)) = first.resume(Answer::of_commit(store.commit(&of_first))) else {
        panic!("the first is done")
    };
    let mut step = second.resume(Answer::of_commit(store.commit(&of_second)));
    if let Step::Load(reads) = step {
        step = second.resume(Answer::of_load(store.load(&reads)));
    }
    let Step::Done(Ok(again)) = step else { panic!("the second is done too") };
    assert_eq!((again.json(), again.replayed), (done.json(), true));
}
