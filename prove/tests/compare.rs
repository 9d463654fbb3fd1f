//! Random decisions of the core and of the policies: not one differs.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeSet;
use std::env;

use prove::compare::compare;
use prove::policies::Policies;
use prove::solver::properties::NEVER;

/// Of jobs and candidates, each in some of the worlds.
const SITUATIONS: [&str; 18] = [
    "a job on the portal",
    "a job closed on the portal",
    "a job not on the portal",
    "a job closed",
    "a job in no project",
    "a job in a shared project",
    "a job in a project that is not shared",
    "a job in a project shared with another",
    "a candidate, named: draft",
    "a candidate, named: in_review",
    "a candidate, named: passed",
    "a candidate, named: removed",
    "a candidate, named: erased",
    "a candidate, anonymised: draft",
    "a candidate, anonymised: in_review",
    "a candidate, anonymised: passed",
    "a candidate, anonymised: removed",
    "a candidate, anonymised: erased",
];

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
    let one_sided = "readings that were always allowed or always denied";
    let never: BTreeSet<&str> = NEVER.iter().copied().collect();
    let found: BTreeSet<&str> = tally.one_sided_outside().into_iter().collect();
    assert_eq!(found, never, "outside the agency: {one_sided}");
    // Nobody of the agency is asked for a margin, since the core keeps none, nor to explain what clients see.
    assert_eq!(tally.one_sided_inside(), ["explain", "read_margin"], "at the agency: {one_sided}");
    let candidates = ["Job", "Candidate", "Step", "Document", "Activity", "Feedback"];
    let (share, allowed) = (tally.share(&candidates), tally.allowed_outside(&candidates));
    println!("jobs and candidates: {share} % of all; of those outside the agency, {allowed} % are allowed");
    assert!(share >= 15 && allowed >= 5, "too little of candidates to say anything");
    let often: BTreeSet<&str> =
        tally.situations.iter().filter(|(_, count)| **count >= 5).map(|(one, _)| one.as_str()).collect();
    assert_eq!(often, SITUATIONS.into(), "situations that are too rare to say anything of");
}
