//! Each rule that is broken on purpose is refuted by the solver, with a request, and found by the comparison.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeSet;

use prove::broken::BROKEN;
use prove::compare::compare;
use prove::policies::Policies;
use prove::solver::properties::Property;
use prove::solver::{Found, Solver};

#[test]
fn d6_every_broken_rule_is_refuted_with_a_request() {
    let mut solver = Solver::start().unwrap();
    for broken in BROKEN {
        let policies = Policies::patched(broken.patches).unwrap();
        let report = broken.property.check(&mut solver, &policies).unwrap();
        let Found::Refuted(request) = report.found else { panic!("not refuted: {}", broken.fault) };
        println!("refuted, where {}:\n{request}\n", broken.fault);
        assert!(request.contains("is allowed"));
    }
}

#[test]
fn d6_every_broken_rule_is_found_by_the_comparison() {
    for broken in BROKEN {
        let policies = Policies::patched(broken.patches).unwrap();
        let tally = compare(&policies, 1, 2_000_000, 1).unwrap();
        let found = tally.differences.first();
        let found = found.unwrap_or_else(|| panic!("not found: {}", broken.fault));
        println!("found after {} decisions, where {}: {}", tally.decisions(), broken.fault, found.0);
    }
}

#[test]
fn every_property_of_the_issue_has_a_broken_rule() {
    let broken: BTreeSet<Property> = BROKEN.iter().map(|one| one.property).collect();
    // The first two say that the proofs are not empty.
    assert_eq!(broken, Property::ALL.into_iter().skip(2).collect());
}
