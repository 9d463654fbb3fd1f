//! What is proved of the policies for all requests.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use prove::policies::Policies;
use prove::solver::Solver;
use prove::solver::properties::Property;

#[test]
fn d4_d5_a11_a13_the_properties_hold_for_all_requests() {
    let policies = Policies::ours().unwrap();
    let mut solver = Solver::start().unwrap();
    for property in Property::ALL {
        let report = property.check(&mut solver, &policies).unwrap();
        println!("{:?}, {} kinds of requests: {:?}", property, report.asked, report.found);
        assert!(report.found.is_proved(), "{}", property.sentence());
        println!("proved: {}", property.sentence());
    }
}
