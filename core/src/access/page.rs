//! Lists in pages. A cursor is opaque, signed, and good only for the same actor and the same question.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::authorize::cursor_key;
use crate::codes::Code;
use crate::engine::{Record, Refusal, Run, Tx, Want};
use crate::store::{Cursor, Kind};
use crate::values::{Text, hex};

/// Which part of a list is wanted.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageRequest {
    /// 1 to 1,000; 100 if not given.
    #[serde(default)]
    pub limit: Option<u32>,
    /// The `next` of the page before.
    #[serde(default)]
    pub after: Option<Text<2000>>,
}

/// Part of a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Where the list goes on; null at its end.
    pub next: Option<String>,
}

const MOST: u32 = 1000;

impl PageRequest {
    pub fn limit(&self) -> Result<u32, Refusal> {
        match self.limit.unwrap_or(100) {
            limit @ 1..=MOST => Ok(limit),
            _ => Err(Refusal::new(Code::OutOfRange).at("limit").with("expected", "1 to 1000")),
        }
    }
}

/// Reads one page of an index and says where the next one starts.
///
/// `want` is a range whose limit and cursor are filled in here.
pub fn page<T: Record>(tx: &mut Tx, request: &PageRequest, want: Want) -> Run<(Vec<T>, Option<String>)> {
    let limit = request.limit()?;
    let Want::Range { kind, index, equals, bound, descending, .. } = want else {
        return Err(Refusal::new(Code::Internal).with("reason", "a page needs a range").into());
    };
    let question = format!("{kind}/{index}/{equals:?}/{bound:?}/{descending}");
    let after = match &request.after {
        Some(text) => Some(open(tx, &question, text.as_str())?),
        None => None,
    };
    // One row more than asked for tells whether there is a next page.
    let want = Want::Range { kind, index, equals, bound, descending, limit: limit + 1, after };
    let mut items: Vec<T> = tx.list(want)?;
    let more = items.len() > limit as usize;
    items.truncate(limit as usize);
    let next = match items.last() {
        Some(last) if more => Some(seal(tx, &question, &position(T::KIND, index, last))?),
        _ => None,
    };
    Ok((items, next))
}

fn position<T: Record>(kind: &Kind, index: &str, record: &T) -> Cursor {
    let columns = record.columns();
    let names = kind.index(index).map(|index| index.columns).unwrap_or_default();
    let values = names
        .iter()
        .filter_map(|name| columns.iter().find(|(column, _)| column == name).map(|(_, value)| value.clone()));
    Cursor { values: values.collect(), id: record.record_id() }
}

fn seal(tx: &mut Tx, question: &str, cursor: &Cursor) -> Run<String> {
    let body =
        serde_json::to_string(cursor).map_err(|error| Refusal::new(Code::Internal).with("reason", error))?;
    let body = hex::encode(body.as_bytes());
    let seal = signature(tx, question, &body)?;
    Ok(format!("{seal}{body}"))
}

fn open(tx: &mut Tx, question: &str, text: &str) -> Run<Cursor> {
    let invalid = || Refusal::new(Code::CursorInvalid).at("after");
    let (seal, body) = text.split_at_checked(SEAL_DIGITS).ok_or_else(invalid)?;
    if signature(tx, question, body)? != seal {
        return Err(invalid().into());
    }
    let bytes = hex::decode(body).ok_or_else(invalid)?;
    serde_json::from_slice(&bytes).map_err(|_| invalid().into())
}

const SEAL_DIGITS: usize = 32;

fn signature(tx: &mut Tx, question: &str, body: &str) -> Run<String> {
    let key = cursor_key(tx)?;
    let mut hash = Sha256::new();
    for part in [&key, &tx.context().actor.to_string(), question, body, &key] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut text = hex::encode(&hash.finalize());
    text.truncate(SEAL_DIGITS);
    Ok(text)
}
