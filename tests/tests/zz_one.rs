//! Scratch: plays the stories whose keys begin with $ONE over memory. Not committed.
#![allow(clippy::unwrap_used)]
use conformance::{Door, Scenario, play};
use staffgate::store::MemoryStore;
#[test]
fn one() {
    let wanted = std::env::var("ONE").unwrap_or_default();
    for scenario in Scenario::all().unwrap() {
        if scenario.key.starts_with(&wanted) {
            let memory = MemoryStore::default();
            match play(&scenario, &|request| Door::call(&memory, request)) {
                Ok(_) => println!("ok {}", scenario.key),
                Err(difference) => println!("FAILED {}: {difference}", scenario.key),
            }
        }
    }
}
