//! What is proved of the policies for all requests.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use prove::policies::Policies;
use prove::solver::Solver;
use prove::solver::properties::Property;

/// Two solvers side by side, each with the next property that nobody has begun.
#[test]
fn d4_d5_a11_a13_the_properties_hold_for_all_requests() {
    let policies = Policies::ours().unwrap();
    let next = AtomicUsize::new(0);
    let in_lane = || {
        let mut solver = Solver::start().unwrap();
        while let Some(property) = Property::ALL.get(next.fetch_add(1, Ordering::Relaxed)) {
            let report = property.check(&mut solver, &policies).unwrap();
            println!("{:?}, {} kinds of requests: {:?}", property, report.asked, report.found);
            assert!(report.found.is_proved(), "{}", property.sentence());
            println!("proved: {}", property.sentence());
        }
    };
    thread::scope(|scope| {
        let lanes = [scope.spawn(in_lane), scope.spawn(in_lane)];
        for lane in lanes {
            lane.join().unwrap();
        }
    });
    assert!(next.into_inner() >= Property::ALL.len());
}
