//! Members, terms, clients, portal users, host ids and history, driven by name over the memory store.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::needless_pass_by_value, clippy::similar_names)]

mod access;
mod agency;
mod history;
mod hosts;
mod links;
mod notifications;
mod passwords;
mod reset;
mod rounds;
mod secrets;
mod sign_in;
mod support;
