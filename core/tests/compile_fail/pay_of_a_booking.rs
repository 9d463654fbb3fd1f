//! A booking's record cannot become a reply: records describe no schema.

use staffgate::shifts::model::Booking;

#[derive(schemars::JsonSchema)]
struct TeamForTheClient {
    bookings: Vec<Booking>,
}

fn main() {}
