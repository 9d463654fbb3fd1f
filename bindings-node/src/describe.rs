//! What the package knows about itself: catalog, kinds, contract cases, refusals that arise in the facade.

use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use serde_json::to_string;
use staffgate::codes::Code;
use staffgate::store::contract;
use staffgate::values::Locale;
use staffgate::{Refusal, catalog, wire};

use crate::answer::{Failure, Outgoing, outgoing};
use crate::guard::guarded;
use crate::job::{Job, later};

/// The whole catalog as JSON: operations with their schemas, and every code.
#[napi(catch_unwind)]
pub fn catalog() -> Outgoing {
    outgoing(guarded(|| to_string(&catalog::describe()).map_err(Failure::internal)))
}

/// Every kind of record that a store keeps, with its columns and indexes; those of the contract's cases too.
#[napi(catch_unwind)]
pub fn kinds() -> Outgoing {
    outgoing(guarded(|| to_string(catalog::kinds()).map_err(Failure::internal)))
}

/// The cases of the store contract.
#[napi(catch_unwind)]
pub fn contract_cases() -> Outgoing {
    outgoing(guarded(|| to_string(&contract::cases()).map_err(Failure::internal)))
}

/// The refusal of an input that the facade could not even write as JSON, in the words of the catalog.
#[napi(catch_unwind)]
#[allow(clippy::needless_pass_by_value)]
pub fn refusal(code: String, path: String, expected: String, french: bool) -> Outgoing {
    outgoing(guarded(|| {
        let code = Code::ALL.iter().find(|known| known.text() == code).copied().unwrap_or(Code::Internal);
        let mut refusal = Refusal::new(code).with("expected", expected);
        refusal.locale = if french { Locale::Fr } else { Locale::En };
        Ok(wire::refusal_json(&if path.is_empty() { refusal } else { refusal.at(path) }))
    }))
}

/// Panics under the guard, so that the tests can see what becomes of it.
#[napi(catch_unwind)]
#[allow(clippy::panic)]
pub fn panic_for_test() -> Outgoing {
    outgoing(guarded(|| panic!("a panic for the tests")))
}

/// The same on another thread.
#[napi(catch_unwind)]
#[allow(clippy::panic)]
pub fn panic_for_test_later() -> AsyncTask<Job> {
    later(|| panic!("a panic for the tests"))
}
