//! A reply that describes itself cannot hold pay.

use staffgate::values::Pay;

#[derive(schemars::JsonSchema)]
struct ShiftForTheClient {
    pay: Option<Pay>,
}

fn main() {}
