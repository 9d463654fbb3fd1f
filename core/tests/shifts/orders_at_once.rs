//! Two mandates on one purchase order at once: what is left is taken once, whoever is first.

use serde_json::{Value, json};
use staffgate::access::{Access, ClientAccess, ClientRole, Principal, PrincipalSide, Reach};
use staffgate::codes::Code;
use staffgate::engine::{Answer, Machine, Step};
use staffgate::store::{CommitOutcome, Store};
use staffgate::values::ClientId;
use staffgate::{Actor, Refusal};

use crate::world::{ANNA, NOW, World};

/// Anna's client with a purchase order that stops at its limit. One waiter for eight hours costs 200.00.
struct Ordering {
    world: World,
    client: Value,
    site: Value,
    skill: Value,
    purchase_order: Value,
}

fn terms(limit: &str) -> Value {
    json!({
        "limit": { "in": "value", "money": { "currency": "EUR", "amount": limit } },
        "on_excess": "stop",
        "valid_from": "2026-01-01",
        "valid_until": "2026-12-31",
        "zone": "Europe/Berlin",
    })
}

impl Ordering {
    fn new(limit: &str) -> Self {
        let world = World::new();
        let operator = |name: &str, input: Value| world.ok(Actor::Operator, NOW, name, input);
        let skill = operator("skills.create", json!({"name": "Waiter"}))["id"].clone();
        operator("agencies.set_ordering", json!({"ordering": true, "skills": [skill]}));
        let rates = json!([{"skill": skill, "per_hour": "25.00"}]);
        operator(
            "price_lists.publish",
            json!({"scope": {"for": "basic"}, "valid_from": "2026-01-01", "vat_percent": "19", "rates": rates}),
        );
        let sites = json!([{"name": "Ballroom", "zone": "Europe/Berlin"}]);
        let client = operator("clients.create", json!({"name": "Grand Hotel", "sites": sites}));
        let order = json!({"client": client["id"], "number": "PO-4711", "terms": terms(limit)});
        let purchase_order = operator("purchase_orders.create", order)["id"].clone();
        let of: ClientId = serde_json::from_value(client["id"].clone()).unwrap();
        let clients =
            vec![ClientAccess { client: of, role: ClientRole::Administrator, reach: Reach::Everything }];
        world.put(&Principal {
            id: ANNA.user().unwrap().uuid(),
            side: PrincipalSide::User { clients },
            access: Access::Active,
            must_change_password: false,
            locale: None,
        });
        let site = client["sites"][0]["id"].clone();
        Self { world, client: client["id"].clone(), site, skill, purchase_order }
    }

    fn submit(&self, name: &str, heads: u32) -> Machine {
        let positions = json!([{"skill": self.skill, "headcount": heads}]);
        let shifts =
            json!([{"start": "2026-11-21T09:00", "end": "2026-11-21T17:00", "positions": positions}]);
        let order =
            json!({"name": name, "site": self.site, "purchase_order": self.purchase_order, "shifts": shifts});
        self.machine("mandates.submit", &json!({"client": self.client, "order": order}))
    }

    fn lower(&self, limit: &str) -> Machine {
        let input = json!({"purchase_order": self.purchase_order, "revision": 1, "terms": terms(limit)});
        self.machine("my_purchase_orders.update", &input)
    }

    fn machine(&self, name: &str, input: &Value) -> Machine {
        self.world.machine(ANNA, NOW, name, input)
    }

    /// Loads for the machine until it wants to commit, or has ended.
    fn up_to_commit(&self, machine: &mut Machine, mut step: Step) -> Step {
        while let Step::Load(reads) = step {
            step = machine.resume(Answer::of_load(self.world.portal.store().load(&reads)));
        }
        step
    }

    /// Both read the same, the first commits first; the second is in conflict and starts over: what becomes of it.
    fn second_of(&self, mut first: Machine, mut second: Machine) -> Result<(), Refusal> {
        let store = self.world.portal.store();
        let step = second.start();
        let Step::Commit(late) = self.up_to_commit(&mut second, step) else {
            panic!("the second does not commit")
        };
        let step = first.start();
        let Step::Commit(early) = self.up_to_commit(&mut first, step) else {
            panic!("the first does not commit")
        };
        assert_eq!(store.commit(&early).unwrap(), CommitOutcome::Committed);
        assert_eq!(store.commit(&late).unwrap(), CommitOutcome::Conflict);
        let step = second.resume(Answer::Committed(CommitOutcome::Conflict));
        match self.up_to_commit(&mut second, step) {
            Step::Commit(changes) => {
                assert_eq!(store.commit(&changes).unwrap(), CommitOutcome::Committed);
                Ok(())
            }
            Step::Done(Err(refusal)) => Err(refusal),
            other => panic!("no end but {other:?}"),
        }
    }

    fn used(&self) -> Value {
        let input = json!({"purchase_order": self.purchase_order});
        let order = self.world.ok(ANNA, NOW, "my_purchase_orders.get", input);
        order["figures"]["used"]["money"]["amount"].clone()
    }
}

#[test]
fn c17_of_two_mandates_at_once_the_second_has_what_the_first_left() {
    // Two times 200.00 fit 400.00 exactly, and 399.99 does not hold them.
    let enough = Ordering::new("400.00");
    enough.second_of(enough.submit("Gala", 1), enough.submit("Reception", 1)).unwrap();
    assert_eq!(enough.used(), "400.00");
    let short = Ordering::new("399.99");
    let refusal = short.second_of(short.submit("Gala", 1), short.submit("Reception", 1)).unwrap_err();
    assert_eq!(refusal.code, Code::PurchaseOrderExceeded);
    assert_eq!(short.used(), "200.00");
}

#[test]
fn c17_a_mandate_does_not_go_past_a_limit_that_was_just_lowered() {
    let lowered = Ordering::new("400.00");
    let refusal = lowered.second_of(lowered.lower("100.00"), lowered.submit("Gala", 1)).unwrap_err();
    assert_eq!(refusal.code, Code::PurchaseOrderExceeded);
    assert_eq!(lowered.used(), "0.00");
}
