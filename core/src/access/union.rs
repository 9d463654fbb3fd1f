//! Pages over several index ranges at once: what somebody sees who is limited to selected projects and sites.
//!
//! What is out of reach is not read, so neither a page's length nor its cursor tells of it.

use std::cmp::Reverse;

use super::page::{open, position, seal};
use super::{Page, PageRequest};
use crate::codes::Code;
use crate::engine::{Record, Refusal, Run, Tx, Want};
use crate::store::{Cursor, IndexValue};

/// A row that several ranges may hold.
pub trait InUnion: Record {
    /// What makes two rows the same thing.
    fn identity(&self) -> String {
        self.record_id()
    }

    /// The id of the row with this identity in the range under `key`.
    fn id_under(_key: Option<&IndexValue>, identity: &str) -> String {
        identity.to_owned()
    }
}

/// A page of what is in any of these ranges, each thing once.
///
/// The ranges are of one kind and one direction, each over an index that ends in the same sorting column.
pub fn page_of_union<T: InUnion, V>(
    tx: &mut Tx,
    request: &PageRequest,
    ranges: Vec<Want>,
    mut view: impl FnMut(T) -> V,
) -> Run<Page<V>> {
    let limit = request.limit()?;
    let question = format!("{ranges:?}");
    let after = match &request.after {
        Some(text) => Some(open(tx, &question, text.as_str())?),
        None => None,
    };
    let mut is_descending = false;
    let mut wants = Vec::with_capacity(ranges.len());
    for range in ranges {
        let Want::Range { kind, index, equals, bound, descending, .. } = range else {
            return Err(Refusal::new(Code::Internal).with("reason", "a page needs ranges").into());
        };
        is_descending = descending;
        let after = after.as_ref().map(|after| within::<T>(after, &equals));
        // One row more than asked for tells whether there is a next page.
        wants.push(Want::Range { kind, index, equals, bound, descending, limit: limit + 1, after });
    }
    tx.prefetch(wants.iter().cloned())?;
    let mut found = Vec::new();
    for want in wants {
        let Want::Range { index, .. } = want else { continue };
        for record in tx.list::<T>(want)? {
            let place = position(T::KIND, index, &record);
            found.push((place.values.last().cloned(), record.identity(), record));
        }
    }
    if is_descending {
        found.sort_by_key(|(sort, id, _)| Reverse((sort.clone(), id.clone())));
    } else {
        found.sort_by_key(|(sort, id, _)| (sort.clone(), id.clone()));
    }
    found.dedup_by(|one, other| one.1 == other.1);
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = match found.last() {
        Some((sort, id, _)) if more => {
            // Shaped like a cursor of the whole client's list, which is asked for before it is known who asks.
            let values = std::iter::once(IndexValue::from("")).chain(sort.clone()).collect();
            let cursor = Cursor { values, id: id.clone() };
            Some(seal(tx, &question, &cursor)?)
        }
        _ => None,
    };
    Ok(Page { items: found.into_iter().map(|(_, _, record)| view(record)).collect(), next })
}

/// Where a range goes on after a place in the union: the same sorting value, under the range's own key.
fn within<T: InUnion>(after: &Cursor, equals: &[IndexValue]) -> Cursor {
    let values = equals.iter().chain(after.values.last()).cloned().collect();
    Cursor { values, id: T::id_under(equals.first(), &after.id) }
}
