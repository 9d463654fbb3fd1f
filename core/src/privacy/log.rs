//! The disclosure log: each reply that shows a worker's or a candidate's personal data outside the agency leaves one record.
//!
//! Not written means not shown: the engine commits the record before the reply goes out. Who is shown the same set again
//! on the same day (in UTC) leaves no second one.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::facts::{Facts, Shown, Subject, groups};
use super::model::{Disclosure, MOST_SEEN, Recipient, SeenToday};
use crate::access::{Grant, Scope};
use crate::engine::{Run, Tx, Want};
use crate::values::{ClientId, LinkId, hex};

const DAY_MILLIS: i64 = 86_400_000;

/// What to prefetch with an operation that shows personal data, so that the log takes no load round of its own.
pub fn want(tx: &Tx) -> Option<Want> {
    Recipient::of(tx.context().actor).map(|recipient| Want::record::<SeenToday>(recipient.key()))
}

/// The same for a public page.
pub fn want_public(link: LinkId) -> Want {
    Want::record::<SeenToday>(Recipient::Public { link }.key())
}

/// Notes what the reply of this operation shows to whoever asks.
pub fn disclose(tx: &mut Tx, grant: &Grant, operation: &'static str, shown: Shown) -> Run<()> {
    let client = match grant.scope() {
        Scope::Client(client) => Some(client),
        Scope::Agency => None,
    };
    match Recipient::of(tx.context().actor) {
        Some(recipient) => note(tx, grant, recipient, client, operation, shown),
        None => Ok(()),
    }
}

/// The same for whoever reads a public page of this client.
pub fn disclose_publicly(
    tx: &mut Tx,
    grant: &Grant,
    link: LinkId,
    client: ClientId,
    operation: &'static str,
    shown: Shown,
) -> Run<()> {
    note(tx, grant, Recipient::Public { link }, Some(client), operation, shown)
}

fn note(
    tx: &mut Tx,
    grant: &Grant,
    recipient: Recipient,
    client: Option<ClientId>,
    operation: &'static str,
    shown: Shown,
) -> Run<()> {
    if shown.is_empty() {
        return Ok(());
    }
    let settled = shown.settled();
    let digest = digest(grant, client, operation, &settled);
    let (key, day) = (recipient.key(), tx.now().millis().div_euclid(DAY_MILLIS));
    let seen: Option<SeenToday> = tx.glance(&key)?;
    let mut seen = seen.filter(|seen| seen.day == day).unwrap_or_else(|| SeenToday {
        recipient: key.clone(),
        day,
        digests: Vec::new(),
    });
    if seen.digests.contains(&digest) {
        return Ok(());
    }
    if seen.digests.len() < MOST_SEEN {
        seen.digests.push(digest.clone());
    }
    let disclosure = Disclosure {
        recipient,
        at: tx.now(),
        client,
        permission: grant.permission(),
        operation: operation.to_owned(),
        shown: groups(settled),
        digest: digest.clone(),
    };
    tx.leave(grant, format!("{key}/{day}/{digest}"), &disclosure, &seen)
}

/// 128 bits over everything that makes one disclosure another than the last.
fn digest(
    grant: &Grant,
    client: Option<ClientId>,
    operation: &str,
    settled: &BTreeMap<Facts, Vec<Subject>>,
) -> String {
    let permission = grant.permission().map_or("", crate::access::Permission::text);
    let client = client.map(|client| client.to_string()).unwrap_or_default();
    let mut hash = Sha256::new();
    for part in ["disclosure", operation, permission, &client] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    for (facts, subjects) in settled {
        hash.update(facts.bits().to_be_bytes());
        hash.update((subjects.len() as u64).to_be_bytes());
        for subject in subjects {
            let (mark, id) = match subject {
                Subject::Worker(worker) => (b"w", worker.uuid()),
                Subject::Candidate(candidate) => (b"c", candidate.uuid()),
            };
            hash.update(mark);
            hash.update(id.as_bytes());
        }
    }
    let mut text = hex::encode(&hash.finalize());
    text.truncate(32);
    text
}
