//! Many demands at once: one that does not read is refused by itself and leaves the others as they are.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::MAX_BYTES;
use crate::codes::Code;
use crate::engine::{Refusal, decode_within};
use crate::pricing::demand::Demand;
use crate::values::Bounded;

/// The most demands of one batch.
pub const MAX_DEMANDS: usize = 10_000;

/// Demands as they came, each read or refused. The path of a refusal begins at its demand.
#[derive(Debug, Default)]
pub struct Demands(pub Vec<Result<Demand, Refusal>>);

impl<'de> Deserialize<'de> for Demands {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Bounded::<Demand, MAX_DEMANDS>::deserialize(deserializer)?;
        Ok(Self(read.into_vec().into_iter().map(Ok).collect()))
    }
}

impl JsonSchema for Demands {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Demands".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Bounded::<Demand, MAX_DEMANDS>::json_schema(generator)
    }
}

/// The fields that inputs with demands have, unread.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw<'a> {
    #[serde(borrow, default)]
    currency: Option<&'a RawValue>,
    #[serde(borrow, default)]
    lists: Option<&'a RawValue>,
    #[serde(borrow)]
    demands: Vec<&'a RawValue>,
}

/// Reads an input with a field `demands`. All of it is read in one go; only if a demand is at fault is each one read
/// by itself.
pub(super) fn read<T: DeserializeOwned>(
    json: &str,
    demands: impl FnOnce(&mut T) -> &mut Demands,
) -> Result<T, Refusal> {
    let fault = match decode_within::<T>(json, MAX_BYTES) {
        Ok(input) => return Ok(input),
        Err(fault) => fault,
    };
    if !fault.path.as_deref().is_some_and(|path| path.starts_with("demands[")) {
        return Err(fault);
    }
    let Ok(raw) = serde_json::from_str::<Raw>(json) else { return Err(fault) };
    if raw.demands.len() > MAX_DEMANDS {
        return Err(Refusal::new(Code::TooMany).at("demands").with("expected", MAX_DEMANDS));
    }
    let mut rest = String::from("{\"demands\":[]");
    for (name, value) in [("currency", raw.currency), ("lists", raw.lists)] {
        if let Some(value) = value {
            rest.push_str(",\"");
            rest.push_str(name);
            rest.push_str("\":");
            rest.push_str(value.get());
        }
    }
    rest.push('}');
    let mut input: T = decode_within(&rest, MAX_BYTES)?;
    *demands(&mut input) = Demands(raw.demands.iter().map(|raw| one(raw.get())).collect());
    Ok(input)
}

fn one(json: &str) -> Result<Demand, Refusal> {
    if json.starts_with('{') {
        decode_within(json, MAX_BYTES)
    } else {
        Err(Refusal::new(Code::WrongType).with("expected", "an object"))
    }
}
