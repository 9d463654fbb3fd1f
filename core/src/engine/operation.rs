//! What an operation is, and its form without types for the catalog.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::packed::{Packed, Packer};
use super::{Context, Refusal, ReplyKey, Run, Stop, Tx, json};
use crate::codes::Code;
use crate::store::{Read, Tenant};

/// Whether an operation writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    Query,
    Command,
}

/// One thing that an actor can do. Its doc comment is its documentation in every language.
pub trait Operation: DeserializeOwned + JsonSchema + Send + Sync + 'static {
    /// `group.verb`, such as `mandates.submit`.
    const NAME: &'static str;
    const EFFECT: Effect;
    /// Fields of the input that must not leave a trace, not even in the fingerprint of a command.
    const SECRETS: &'static [&'static str] = &[];
    /// True if it hashes passwords: a host with an event loop runs it on another thread.
    const COSTLY: bool = false;

    type Reply: Serialize + DeserializeOwned + JsonSchema;

    /// Straight-line code, as if every record were in memory. It may run several times; it must be pure.
    fn run(&self, tx: &mut Tx) -> Run<Self::Reply>;

    /// The reply as it may be kept for retries: without one-time secrets.
    fn without_secrets(reply: Self::Reply) -> Self::Reply {
        reply
    }
}

/// What the engine is told of the world above it, as plain functions.
#[derive(Clone, Copy, Debug)]
pub struct Base {
    /// What every operation needs to know of its actor: loaded in the same round as its own reads.
    pub reads: fn(&Context, &Tenant) -> Vec<Read>,
    /// The key under which the tenant's replies are kept, from what `reads` loads. Without one they are kept as they are.
    pub reply_key: fn(&mut Tx) -> Run<Option<ReplyKey>>,
}

/// In which form a reply is wanted.
#[derive(Clone, Debug, Default)]
pub enum Form {
    #[default]
    Json,
    /// Packed where that is worth it, which is where a query has read much, and JSON elsewhere.
    Packed(Arc<Packer>),
}

/// A query that has read fewer bytes answers in JSON, which is then the quicker way.
const WORTH_PACKING: usize = 8192;

/// A reply as it goes out, and as it is kept if that differs.
#[derive(Clone, Debug)]
pub struct Output {
    pub reply: Body,
    pub kept: Option<String>,
}

/// A reply in one of its forms.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Body {
    Json(String),
    /// Only a machine that was told that it may pack gives this, and never for a command.
    Packed(Packed),
}

impl Body {
    /// The JSON; empty if it is packed.
    pub fn json(&self) -> &str {
        match self {
            Self::Json(text) => text,
            Self::Packed(_) => "",
        }
    }
}

/// An operation with its input, without its types.
pub trait Erased: Send + Sync {
    fn name(&self) -> &'static str;
    fn effect(&self) -> Effect;
    fn secrets(&self) -> &'static [&'static str];
    fn costly(&self) -> bool;
    fn run(&self, tx: &mut Tx, form: &Form) -> Run<Output>;
}

impl<O: Operation> Erased for O {
    fn name(&self) -> &'static str {
        O::NAME
    }

    fn effect(&self) -> Effect {
        O::EFFECT
    }

    fn secrets(&self) -> &'static [&'static str] {
        O::SECRETS
    }

    fn costly(&self) -> bool {
        O::COSTLY
    }

    fn run(&self, tx: &mut Tx, form: &Form) -> Run<Output> {
        let reply = Operation::run(self, tx)?;
        if tx.is_waiting() {
            return Err(Stop::Waiting);
        }
        // Room for what was read and a quarter more, which is about what a reply takes.
        let read = tx.loaded_bytes();
        let room = read + read / 4 + 256;
        if let Form::Packed(packer) = form
            && O::EFFECT == Effect::Query
            && read >= WORTH_PACKING
            // What has no packed form goes out as JSON.
            && let Ok(packed) = packer.pack(&reply, room)
        {
            return Ok(Output { reply: Body::Packed(packed), kept: None });
        }
        let text = text_of(&reply, room)?;
        if O::EFFECT == Effect::Query {
            return Ok(Output { reply: Body::Json(text), kept: None });
        }
        let kept = text_of(&O::without_secrets(reply), text.len())?;
        let kept = (kept != text).then_some(kept);
        Ok(Output { reply: Body::Json(text), kept })
    }
}

fn text_of<T: Serialize>(value: &T, room: usize) -> Run<String> {
    json::write(value, room)
        .map_err(|error| Stop::Refused(Refusal::new(Code::Internal).with("reason", error)))
}
