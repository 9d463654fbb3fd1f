//! What an operation sees of the store while it runs: reads of what is loaded, writes that are collected.

mod bodies;
mod reads;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::loaded::Loaded;
use super::record::{EventBody, Record, Want};
use super::trace::Trace;
use super::{Actor, Context, Entropy, Refusal};
use crate::store::{
    ChangeSet, Claim, ClaimAction, CommandRecord, Expectation, Key, NewEvent, Put, Read, Row, Tenant,
};
use crate::values::{Instant, Locale, hex};
use bodies::{decode, encode, kept};

/// Proof that somebody was allowed to. Only `access` makes one; no write goes without.
pub trait Proof {
    /// Who acts, for the event.
    fn actor(&self) -> Actor;
}

/// Why a run ended early.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stop {
    /// Something is not loaded yet; the engine loads it and runs again.
    Waiting,
    Refused(Refusal),
    /// Refused, and what was put is committed: a failed attempt counts although nothing came of it.
    ///
    /// A retry under the same command id gets the same refusal and counts once. A query commits nothing.
    Counted(Refusal),
}

impl Stop {
    /// The same with another refusal, if there is one.
    #[must_use]
    pub fn map(self, change: impl FnOnce(Refusal) -> Refusal) -> Self {
        match self {
            Self::Waiting => Self::Waiting,
            Self::Refused(refusal) => Self::Refused(change(refusal)),
            Self::Counted(refusal) => Self::Counted(change(refusal)),
        }
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What an operation's `run` returns; `?` passes on waits and refusals alike.
pub type Run<T> = Result<T, Stop>;

pub(super) type Memo = BTreeMap<String, String>;

/// One run of one operation.
pub struct Tx<'m> {
    context: &'m Context,
    tenant: Tenant,
    loaded: &'m Loaded,
    memo: &'m mut Memo,
    waiting: Vec<Read>,
    expect: BTreeMap<Key, u64>,
    puts: BTreeMap<Key, Put>,
    claims: Vec<Claim>,
    events: Vec<NewEvent>,
    ordinal: u32,
    locale: Option<Locale>,
    trace: Option<Trace>,
    /// Queries change nothing, so they need not remember versions.
    writes: bool,
}

/// Shows no rows and no memo: both hold what proves people at sign-in.
impl std::fmt::Debug for Tx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tx").field("context", self.context).finish_non_exhaustive()
    }
}

impl<'m> Tx<'m> {
    pub(super) fn new(
        context: &'m Context,
        tenant: Tenant,
        loaded: &'m Loaded,
        memo: &'m mut Memo,
        writes: bool,
    ) -> Self {
        Self {
            context,
            tenant,
            loaded,
            memo,
            waiting: Vec::new(),
            expect: BTreeMap::new(),
            puts: BTreeMap::new(),
            claims: Vec::new(),
            events: Vec::new(),
            ordinal: 0,
            locale: context.locale,
            trace: None,
            writes,
        }
    }

    pub fn context(&self) -> &'m Context {
        self.context
    }

    pub fn now(&self) -> Instant {
        self.context.now
    }

    /// The language to answer in: the call's, else the actor's own.
    pub fn locale(&self) -> Locale {
        self.locale.unwrap_or_default()
    }

    /// Says the actor's own language; the call's goes before it.
    pub fn prefer_locale(&mut self, locale: Option<Locale>) {
        self.locale = self.locale.or(locale);
    }

    /// Names what will surely be needed, so that it comes in one round.
    pub fn prefetch(&mut self, wants: impl IntoIterator<Item = Want>) -> Run<()> {
        for want in wants {
            self.ask(want.read(&self.tenant));
        }
        if self.waiting.is_empty() { Ok(()) } else { Err(Stop::Waiting) }
    }

    /// The record with this id, or the refusal that nothing is there.
    pub fn get<T: Record>(&mut self, id: impl ToString) -> Run<T> {
        self.find(id)?.ok_or_else(|| Stop::Refused(Refusal::not_found()))
    }

    /// The record with this id, if there is one. Of an erased person there is none.
    pub fn find<T: Record>(&mut self, id: impl ToString) -> Run<Option<T>> {
        Ok(self.remains(id)?.filter(|record: &T| !record.is_erased()))
    }

    /// The same, or what is left of an erased person: for views of what stays, such as a booking or a message.
    pub fn remains<T: Record>(&mut self, id: impl ToString) -> Run<Option<T>> {
        self.body::<T>(id)?.map(decode).transpose()
    }

    /// Whether there is a row with this id, for who need not know what it says.
    pub fn exists<T: Record>(&mut self, id: impl ToString) -> Run<bool> {
        Ok(self.body::<T>(id)?.is_some())
    }

    /// The record with this id, whatever becomes of it: another one at commit is no conflict.
    pub fn glance<T: Record>(&mut self, id: impl ToString) -> Run<Option<T>> {
        let key = Key::new(&self.tenant, T::KIND.name, id.to_string());
        let read = Read::Point(key);
        let loaded = self.loaded;
        let Some(rows) = loaded.get(&read) else {
            self.ask(read);
            return Err(Stop::Waiting);
        };
        rows.first().map(|row| decode(&row.body)).transpose()
    }

    fn body<T: Record>(&mut self, id: impl ToString) -> Run<Option<&str>> {
        let key = Key::new(&self.tenant, T::KIND.name, id.to_string());
        if self.puts.contains_key(&key) {
            return Ok(self.puts.get(&key).map(|put| put.body.as_str()));
        }
        let loaded = self.loaded;
        let read = Read::Point(key);
        let Some(rows) = loaded.get(&read) else {
            self.ask(read);
            return Err(Stop::Waiting);
        };
        let Read::Point(key) = read else { return Err(Stop::Waiting) };
        let row = rows.first();
        if self.writes {
            self.expect.insert(key, row.map_or(0, |row| row.version));
        }
        Ok(row.map(|row| row.body.as_str()))
    }

    /// Writes a record. Its version as read is expected at commit; one that was not read must not exist.
    pub fn put<T: Record>(&mut self, proof: &impl Proof, record: &T) -> Run<()> {
        let _ = proof;
        let (key, put) = self.written(record)?;
        self.expect.entry(key.clone()).or_insert(0);
        self.puts.insert(key, put);
        Ok(())
    }

    fn written<T: Record>(&self, record: &T) -> Run<(Key, Put)> {
        let key = Key::new(&self.tenant, T::KIND.name, record.record_id());
        let columns =
            record.columns().into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect();
        let put = Put {
            tenant: key.tenant.clone(),
            kind: key.kind.clone(),
            id: key.id.clone(),
            columns,
            body: kept(record)?,
        };
        Ok((key, put))
    }

    /// Leaves a trace of what the reply shows: `record` is written before the reply goes out, once for each `name`.
    ///
    /// `hint` is what tells the next run that it need not be written again. It was read with [`Tx::glance`], and losing
    /// it costs a write and nothing else. A query has one trace at most; a command's is written with the command.
    pub fn leave<R: Record, H: Record>(
        &mut self,
        proof: &impl Proof,
        name: String,
        record: &R,
        hint: &H,
    ) -> Run<()> {
        let _ = proof;
        let (record, hint) = (self.written(record)?, self.written(hint)?);
        if self.writes {
            self.puts.extend([record, hint]);
            return Ok(());
        }
        let read = Read::Point(hint.0.clone());
        let version = self.loaded.get(&read).and_then(<[Row]>::first).map_or(0, |row| row.version);
        self.trace =
            Some(Trace { name, record: record.1, hint: hint.1, seen: Expectation { key: hint.0, version } });
        Ok(())
    }

    pub(super) fn take_trace(&mut self) -> Option<Trace> {
        self.trace.take()
    }

    /// Takes a unique name in the agency for an owner.
    pub fn take(&mut self, _: &impl Proof, space: &'static str, name: &str, owner: impl ToString) {
        self.claim(self.tenant.clone(), space, name, owner.to_string(), ClaimAction::Take);
    }

    /// Gives a unique name back.
    pub fn release(&mut self, _: &impl Proof, space: &'static str, name: &str, owner: impl ToString) {
        self.claim(self.tenant.clone(), space, name, owner.to_string(), ClaimAction::Release);
    }

    /// Takes a name that is unique across agencies, for this agency.
    pub fn take_in_directory(&mut self, _: &impl Proof, space: &'static str, name: &str) {
        self.claim(Tenant::directory(), space, name, self.tenant.as_str().to_owned(), ClaimAction::Take);
    }

    pub fn release_in_directory(&mut self, _: &impl Proof, space: &'static str, name: &str) {
        self.claim(Tenant::directory(), space, name, self.tenant.as_str().to_owned(), ClaimAction::Release);
    }

    fn claim(&mut self, tenant: Tenant, space: &'static str, name: &str, owner: String, action: ClaimAction) {
        self.claims.push(Claim { tenant, space: Cow::Borrowed(space), name: name.to_owned(), owner, action });
    }

    /// Appends an event to the agency's history; it is written in the same commit as the change.
    pub fn emit<E: EventBody>(&mut self, proof: &impl Proof, event: &E) -> Run<()> {
        #[derive(Serialize)]
        struct Envelope<'a, E> {
            id: Uuid,
            name: &'static str,
            at: Instant,
            actor: Actor,
            subject: &'a str,
            data: &'a E,
        }
        let id = self.new_id::<Uuid>();
        let subject = event.subject();
        let envelope = Envelope {
            id,
            name: event.name(),
            at: self.now(),
            actor: proof.actor(),
            subject: subject.as_str(),
            data: event,
        };
        let body = encode(&envelope)?;
        let digest = hex::encode(&Sha256::digest(body.as_bytes()));
        let subject = subject.as_str().to_owned();
        self.events.push(NewEvent { tenant: self.tenant.clone(), id: id.to_string(), subject, body, digest });
        Ok(())
    }

    /// A fresh id. It derives from the command, so a retry makes the same one.
    pub fn new_id<I: From<Uuid>>(&mut self) -> I {
        self.ordinal += 1;
        let mut hash = Sha256::new();
        for part in [
            "staffgate id",
            self.tenant.as_str(),
            &self.context.actor.to_string(),
            self.context.command(),
            &self.ordinal.to_string(),
        ] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        let mut bytes = [0; 16];
        for (to, from) in bytes.iter_mut().zip(digest.iter()) {
            *to = *from;
        }
        I::from(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// 32 bytes derived from the context's entropy; another purpose gives other bytes.
    pub fn secret_bytes(&self, purpose: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"staffgate secret");
        hash.update(self.context.entropy.as_ref().map_or(&[][..], Entropy::bytes));
        hash.update(purpose.as_bytes());
        hash.finalize().into()
    }

    /// Costly pure work, done once for all runs of this operation. The purpose must name all that it depends on.
    pub fn memo(&mut self, purpose: &str, work: impl FnOnce() -> Result<String, Refusal>) -> Run<String> {
        if let Some(done) = self.memo.get(purpose) {
            return Ok(done.clone());
        }
        let result = work()?;
        self.memo.insert(purpose.to_owned(), result.clone());
        Ok(result)
    }

    /// The bytes of all that is loaded: what a reply is made of, so about as long as it will be.
    pub(super) fn loaded_bytes(&self) -> usize {
        self.loaded.bytes()
    }

    /// Whether this operation may write.
    pub const fn is_command(&self) -> bool {
        self.writes
    }

    pub(super) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    pub(super) fn ask(&mut self, read: Read) {
        if self.loaded.get(&read).is_none() {
            self.waiting.push(read);
        }
    }

    /// What is missing, each once: put in order here, as asking ten thousand times must not search ten thousand times.
    pub(super) fn into_waiting(mut self) -> Vec<Read> {
        self.waiting.sort_unstable();
        self.waiting.dedup();
        self.waiting
    }

    pub(super) fn into_changes(self, command_id: String, command: CommandRecord) -> ChangeSet {
        ChangeSet {
            tenant: self.tenant,
            command_id,
            command,
            expect: self.expect.into_iter().map(|(key, version)| Expectation { key, version }).collect(),
            puts: self.puts.into_values().collect(),
            // Records are never removed: a version that began again would look as if nothing had happened.
            deletes: Vec::new(),
            claims: self.claims,
            events: self.events,
        }
    }
}
