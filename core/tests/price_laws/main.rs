//! Laws of the price engine over random lists and demands. `make rust` runs them optimised, 100,000 cases each; the
//! number comes from `PROPTEST_CASES`, so that a plain `cargo test` is quick.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, unreachable_pub)]

mod demands;
mod hours;
mod lists;
mod mutations;
mod order;
mod premiums;
mod rounding;
mod run;
