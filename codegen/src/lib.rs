//! The facades of the other languages, made from the catalog: read (`api`, `schema`) into a model (`model`),
//! then written by one folder per language.

pub mod api;
pub mod docs;
pub mod files;
pub mod model;
pub mod order;
pub mod python;
pub mod schema;
pub mod states;
pub mod typescript;

use files::File;
use schema::Reads;

/// Every generated file of every language, and the docs of the state machines.
pub fn generate() -> Reads<Vec<File>> {
    let mut api = api::read(&staffgate::catalog::describe())?;
    order::as_written(&mut api, &staffgate::catalog::describe_replies());
    let states = states::files(&staffgate::machines::state_tables());
    let code = python::files(&api).into_iter().chain(typescript::files(&api));
    Ok(code.chain(states).chain(docs::files()).collect())
}
