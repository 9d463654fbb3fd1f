//! Pure functions of prices: JSON in, JSON out, without store, portal or actor. Each is one type, listed once; the
//! functions and types of the other languages are generated from them, as those of operations are.

mod answers;
mod book;
mod demands;
mod estimates;
mod fees;

use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use answers::{CheckList, ExplainEstimate, NamedSkill, ReplayDemand};
pub use book::JsonBook;
pub use demands::{Demands, MAX_DEMANDS};
pub use estimates::{
    EstimateBatch, EstimateDemand, EstimateResult, EstimateSums, EstimateTotals, TotalBatch,
};
pub use fees::{CancellationFinding, CheckCancellation, ExplainFee, PreviewFee};

use crate::codes::Code;
use crate::engine::{Refusal, decode_within};

/// The largest input of one function: lists of 10,000 rules and batches of 10,000 demands fit.
pub const MAX_BYTES: usize = 32 << 20;

/// One computation. Its doc comment is its documentation in every language.
pub trait Function: DeserializeOwned + JsonSchema {
    const NAME: &'static str;

    type Reply: Serialize + JsonSchema;

    /// From JSON; a batch reads the items that are good although others are not.
    fn read(input: &str) -> Result<Self, Refusal> {
        decode_within(input, MAX_BYTES)
    }

    fn compute(self) -> Result<Self::Reply, Refusal>;
}

/// One function without its types.
#[derive(Clone, Copy)]
pub struct Entry {
    pub name: &'static str,
    compute: fn(&str) -> Result<String, Refusal>,
    pub(crate) describe: fn(&mut SchemaGenerator) -> (schemars::Schema, schemars::Schema),
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry").field("name", &self.name).finish_non_exhaustive()
    }
}

const fn entry<F: Function>() -> Entry {
    Entry {
        name: F::NAME,
        compute: |input| written(&F::read(input)?.compute()?),
        describe: |generator| (F::json_schema(generator), generator.subschema_for::<F::Reply>()),
    }
}

macro_rules! functions {
    ($($function:path,)+) => {
        static FUNCTIONS: &[Entry] = &[$(entry::<$function>(),)+];
    };
}

functions! {
    EstimateDemand,
    EstimateBatch,
    TotalBatch,
    PreviewFee,
    ExplainFee,
    CheckCancellation,
    CheckList,
    ExplainEstimate,
    ReplayDemand,
}

/// Every function.
pub fn functions() -> &'static [Entry] {
    FUNCTIONS
}

/// Runs a function by its name, JSON in and JSON out.
pub fn compute(name: &str, input: &[u8]) -> Result<String, Refusal> {
    let Some(entry) = FUNCTIONS.iter().find(|entry| entry.name == name) else {
        let name: String = name.chars().take(80).collect();
        return Err(Refusal::new(Code::UnknownOperation).with("name", name));
    };
    (entry.compute)(text(input)?)
}

fn text(input: &[u8]) -> Result<&str, Refusal> {
    if input.len() > MAX_BYTES {
        return Err(Refusal::new(Code::InputTooLarge).with("expected", MAX_BYTES));
    }
    std::str::from_utf8(input).map_err(|_| Refusal::new(Code::NotJson).with("expected", "UTF-8 text"))
}

fn written<T: Serialize>(reply: &T) -> Result<String, Refusal> {
    serde_json::to_string(reply).map_err(|error| Refusal::new(Code::Internal).with("reason", error))
}

#[cfg(test)]
mod tests;
