//! A view that serialises cannot hold pay.

use staffgate::values::Pay;

#[derive(serde::Serialize)]
struct ShiftForTheClient {
    pay: Pay,
}

fn main() {}
