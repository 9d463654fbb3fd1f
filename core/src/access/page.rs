//! Lists in pages. A cursor is opaque, signed, and good only for the same actor and the same question.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::actors::cursor_key;
use crate::codes::Code;
use crate::engine::{Record, Refusal, Run, Tx, Want};
use crate::store::{ColumnType, Cursor, IndexValue, Kind};
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
            _ => Err(Refusal::new(Code::OutOfRange).at("page.limit").with("expected", "1 to 1000")),
        }
    }
}

/// Asks for a page's rows before anything is decided, so that they come in the first round.
///
/// The cursor's seal is checked by [`page`] only, for which the agency's key must be loaded: rows after a forged
/// cursor are loaded and then not used. Its shape is checked here, so that no store sees one that it cannot read.
pub fn prefetch_page<T: Record>(
    tx: &mut Tx,
    request: &PageRequest,
    want: &Want,
    others: impl IntoIterator<Item = Want>,
) -> Run<()> {
    let Want::Range { kind, index, equals, bound, descending, .. } = want.clone() else {
        return Err(Refusal::new(Code::Internal).with("reason", "a page needs a range").into());
    };
    let after = match &request.after {
        Some(text) => Some(shaped(T::KIND, index, parse(text.as_str())?.2)?),
        None => None,
    };
    let limit = request.limit()? + 1;
    let range = Want::Range { kind, index, equals, bound, descending, limit, after };
    tx.prefetch(others.into_iter().chain([range]))
}

/// The cursor, if it has a value of the right type for each of the index's columns.
fn shaped(kind: &Kind, index: &str, cursor: Cursor) -> Result<Cursor, Refusal> {
    let columns = kind.index(index).map(|index| index.columns).unwrap_or_default();
    let fits = |(name, value): (&&str, &IndexValue)| {
        let wanted = kind.column(name).map(|column| column.column_type);
        match value {
            IndexValue::Text(_) => wanted == Some(ColumnType::Text),
            IndexValue::Integer(_) => wanted == Some(ColumnType::Integer),
        }
    };
    if columns.len() == cursor.values.len() && columns.iter().zip(&cursor.values).all(fits) {
        Ok(cursor)
    } else {
        Err(Refusal::new(Code::CursorInvalid).at("page.after"))
    }
}

/// Reads one page of an index and says where the next one starts.
///
/// `want` is a range whose limit and cursor are filled in here.
pub fn page<T: Record>(tx: &mut Tx, request: &PageRequest, want: Want) -> Run<(Vec<T>, Option<String>)> {
    let Page { items, next } = page_of(tx, request, want, |record: T| record)?;
    Ok((items, next))
}

/// The same with a view made of each record as it is read, so that a page of a thousand is in memory once.
pub fn page_of<T: Record, V>(
    tx: &mut Tx,
    request: &PageRequest,
    want: Want,
    mut view: impl FnMut(T) -> V,
) -> Run<Page<V>> {
    prefetch_page::<T>(tx, request, &want, [])?;
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
    let records = tx.records::<T>(want)?;
    let shown = records.len().min(limit as usize);
    let more = records.len() > shown;
    let mut items = Vec::with_capacity(shown);
    let mut last = None;
    for record in records.take(shown) {
        let record = record?;
        if more && items.len() + 1 == shown {
            last = Some(position(T::KIND, index, &record));
        }
        items.push(view(record));
    }
    let next = last.map(|last| seal(tx, &question, &last)).transpose()?;
    Ok(Page { items, next })
}

pub(super) fn position<T: Record>(kind: &Kind, index: &str, record: &T) -> Cursor {
    let columns = record.columns();
    let names = kind.index(index).map(|index| index.columns).unwrap_or_default();
    let values = names
        .iter()
        .filter_map(|name| columns.iter().find(|(column, _)| column == name).map(|(_, value)| value.clone()));
    Cursor { values: values.collect(), id: record.record_id() }
}

pub(super) fn seal(tx: &mut Tx, question: &str, cursor: &Cursor) -> Run<String> {
    let body =
        serde_json::to_string(cursor).map_err(|error| Refusal::new(Code::Internal).with("reason", error))?;
    let body = hex::encode(body.as_bytes());
    let seal = signature(tx, question, &body)?;
    Ok(format!("{seal}{body}"))
}

pub(super) fn open(tx: &mut Tx, question: &str, text: &str) -> Run<Cursor> {
    let (seal, body, cursor) = parse(text)?;
    if signature(tx, question, body)? != seal {
        return Err(Refusal::new(Code::CursorInvalid).at("page.after").into());
    }
    Ok(cursor)
}

/// Seal, body and what the body says; the seal is not checked here.
fn parse(text: &str) -> Result<(&str, &str, Cursor), Refusal> {
    let invalid = || Refusal::new(Code::CursorInvalid).at("page.after");
    let (seal, body) = text.split_at_checked(SEAL_DIGITS).ok_or_else(invalid)?;
    let bytes = hex::decode(body).ok_or_else(invalid)?;
    let cursor = serde_json::from_slice(&bytes).map_err(|_| invalid())?;
    Ok((seal, body, cursor))
}

const SEAL_DIGITS: usize = 32;

fn signature(tx: &mut Tx, question: &str, body: &str) -> Run<String> {
    let key = cursor_key(tx)?;
    let mut hash = Sha256::new();
    for part in [&key, &tx.context().actor.audience().to_string(), question, body, &key] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut text = hex::encode(&hash.finalize());
    text.truncate(SEAL_DIGITS);
    Ok(text)
}
