//! Members, terms, clients, portal users, host ids and history, driven by name over the memory store.

mod access;
mod agency;
mod history;
mod passwords;
mod secrets;
mod support;
