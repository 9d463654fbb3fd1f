//! How any operation runs: straight-line code over records, turned into load and commit steps. Knows no staffing.

mod context;
mod input;
mod json;
mod keeping;
mod loaded;
mod machine;
mod operation;
mod packed;
mod record;
mod refusal;
#[cfg(test)]
mod samples;
mod short;
mod state_table;
mod step;
mod strict;
mod trace;
mod trail;
mod tx;

pub use context::{Actor, CommandId, Context, Entropy};
pub(crate) use input::decode_within;
pub use input::{MAX_INPUT_BYTES, decode};
pub use keeping::ReplyKey;
pub use machine::{MAX_ATTEMPTS, MAX_ROUNDS, Machine};
pub use operation::{Base, Body, Effect, Erased, Form, Operation, Output};
pub use packed::{Packed, Packer, Token, Tokens, Unpackable, Words};
pub use record::{EventBody, Record, Subject, Want};
pub use refusal::{Class, Refusal};
pub use state_table::{Cell, StateTable};
pub use step::{Answer, Reply, Step};
pub use tx::{Proof, Run, Stop, Tx};
