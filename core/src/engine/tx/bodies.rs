//! What is kept of records and events, as text, and back.

use serde::Serialize;

use super::{Run, Stop};
use crate::codes::Code;
use crate::engine::record::Record;
use crate::engine::{Refusal, json};

/// An event as it is kept.
pub(super) fn encode<T: Serialize>(value: &T) -> Run<String> {
    serde_json::to_string(value)
        .map_err(|error| Stop::Refused(Refusal::new(Code::Internal).with("reason", error)))
}

/// A record as it is kept. Whoever reads it back finds the same.
pub(super) fn kept<T: Record>(record: &T) -> Run<String> {
    let write = |record: &T| {
        json::write_sparse(record)
            .map_err(|error| Stop::Refused(Refusal::new(Code::Internal).with("reason", error)))
    };
    let body = write(record)?;
    if cfg!(debug_assertions) {
        for again in [decode::<T>(&body)?, carefully(&body)?] {
            let again = write(&again)?;
            debug_assert_eq!(body, again, "a record of kind `{}` reads back as another one", T::KIND.name);
        }
    }
    Ok(body)
}

/// A record from what is kept of it.
pub(super) fn decode<T: Record>(body: &str) -> Run<T> {
    json::read(body).map_or_else(|| carefully(body), Ok)
}

/// The same for what is not written as we write, with what is wrong about it.
fn carefully<T: Record>(body: &str) -> Run<T> {
    serde_json::from_str(body).map_err(|error| {
        let reason = format!("a record of kind `{}` does not read back: {error}", T::KIND.name);
        Stop::Refused(Refusal::new(Code::StoreDamaged).with("reason", reason))
    })
}
