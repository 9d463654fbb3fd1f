//! What the client pays is never made of what the worker earns.

use staffgate::values::{ChargeRate, Pay};

fn charge(pay: Pay) -> ChargeRate {
    pay.into()
}

fn main() {}
