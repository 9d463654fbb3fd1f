//! Random decisions of the core and of the policies: not one differs.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::env;

use prove::compare::compare;
use prove::policies::Policies;

fn number(name: &str, otherwise: u64) -> u64 {
    env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

#[test]
fn d6_the_core_and_the_policies_decide_the_same() {
    let (seed, decisions) = (number("PROVE_SEED", 1), number("PROVE_DECISIONS", 500_000));
    let policies = Policies::ours().unwrap();
    let tally = compare(&policies, seed, decisions, 20).unwrap();
    println!("{tally}");
    for difference in &tally.differences {
        println!("{}", difference.0);
    }
    assert!(tally.differences.is_empty(), "PROVE_SEED={seed}: the core and the policies differ");
    assert!(tally.decisions() >= decisions);
    let tenth = tally.decisions() / 10;
    assert!(tally.allowed() >= tenth && tally.denied() >= tenth, "too one-sided to say anything");
    // Nobody of the agency is asked for a margin, since the core keeps none.
    assert_eq!(tally.one_sided(), ["read_margin"], "readings that were always allowed or always denied");
}
