//! A store in memory: for tests, for trying things out, and as the plainest reading of the contract.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{PoisonError, RwLock};

use super::{
    ChangeSet, Claim, ClaimAction, CommandRecord, CommitOutcome, IndexSpec, IndexValue, Key, Kind,
    KnownKinds, NewEvent, Put, RangeRead, Read, Row, Store, StoreError, StoreErrorKind, Tenant, link_of,
};

type Columns = BTreeMap<String, IndexValue>;
type IndexKey = (Tenant, &'static str, &'static str, Vec<IndexValue>, String);

#[derive(Debug)]
struct Stored {
    version: u64,
    body: String,
    columns: Columns,
}

#[derive(Debug, Clone)]
struct StoredEvent {
    event: NewEvent,
    number: u64,
    link: String,
}

#[derive(Debug, Default)]
struct Data {
    records: BTreeMap<Key, Stored>,
    /// Every record once per index that it is in.
    index: BTreeSet<IndexKey>,
    claims: BTreeMap<(Tenant, String, String), String>,
    commands: BTreeMap<(Tenant, String), CommandRecord>,
    events: BTreeMap<Tenant, Vec<StoredEvent>>,
}

/// Keeps everything in ordered maps behind one lock. Nothing is durable.
#[derive(Debug)]
pub struct MemoryStore {
    kinds: KnownKinds,
    data: RwLock<Data>,
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new(crate::catalog::kinds())
    }
}

impl MemoryStore {
    pub fn new(kinds: &[&'static Kind]) -> Self {
        Self { kinds: KnownKinds::new(kinds), data: RwLock::default() }
    }
}

impl Store for MemoryStore {
    fn load(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, StoreError> {
        let data = self.data.read().unwrap_or_else(PoisonError::into_inner);
        reads.iter().map(|read| self.answer(&data, read)).collect()
    }

    fn commit(&self, changes: &ChangeSet) -> Result<CommitOutcome, StoreError> {
        self.kinds.check(changes)?;
        let mut data = self.data.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(done) = data.commands.get(&(changes.tenant.clone(), changes.command_id.clone())) {
            return Ok(CommitOutcome::AlreadyDone {
                fingerprint: done.fingerprint.clone(),
                reply: done.reply.clone(),
            });
        }
        if !data.holds(changes) {
            return Ok(CommitOutcome::Conflict);
        }
        for key in &changes.deletes {
            data.remove(self.kinds.find(&key.kind)?, key);
        }
        for put in &changes.puts {
            data.write(self.kinds.find(&put.kind)?, put);
        }
        data.apply_claims(&changes.claims);
        for event in &changes.events {
            data.append(event);
        }
        data.commands.insert((changes.tenant.clone(), changes.command_id.clone()), changes.command.clone());
        Ok(CommitOutcome::Committed)
    }
}

impl MemoryStore {
    fn answer(&self, data: &Data, read: &Read) -> Result<Vec<Row>, StoreError> {
        let rows = match read {
            Read::Point(key) => {
                self.kinds.find(&key.kind)?;
                data.records.get(key).map(|stored| stored.row(&key.id)).into_iter().collect()
            }
            Read::Range(range) => {
                let (kind, index) = self.kinds.range(range)?;
                data.range(kind, index, range)?
            }
            Read::Claim { tenant, space, name } => data
                .claims
                .get(&(tenant.clone(), space.to_string(), name.clone()))
                .map(|owner| Row { id: name.clone(), version: 1, body: owner.clone(), link: None })
                .into_iter()
                .collect(),
            Read::Command { tenant, id } => match data.commands.get(&(tenant.clone(), id.clone())) {
                None => Vec::new(),
                Some(done) => {
                    let body = serde_json::to_string(done)
                        .map_err(|error| StoreError::new(StoreErrorKind::Internal, error.to_string()))?;
                    vec![Row { id: id.clone(), version: 1, body, link: None }]
                }
            },
            Read::Events { tenant, subject, after, limit } => {
                data.events_after(tenant, subject.as_deref(), *after, *limit)
            }
        };
        Ok(rows)
    }
}

impl Stored {
    fn row(&self, id: &str) -> Row {
        Row { id: id.to_owned(), version: self.version, body: self.body.clone(), link: None }
    }
}

impl Data {
    fn version(&self, key: &Key) -> u64 {
        self.records.get(key).map_or(0, |stored| stored.version)
    }

    fn holds(&self, changes: &ChangeSet) -> bool {
        changes.expect.iter().all(|expected| self.version(&expected.key) == expected.version)
            && self.claims_hold(&changes.claims)
    }

    fn claims_hold(&self, claims: &[Claim]) -> bool {
        let mut after: BTreeMap<(&Tenant, &str, &str), Option<&str>> = BTreeMap::new();
        for action in [ClaimAction::Release, ClaimAction::Take] {
            for claim in claims.iter().filter(|claim| claim.action == action) {
                let at = (&claim.tenant, claim.space.as_ref(), claim.name.as_str());
                let key = (claim.tenant.clone(), claim.space.to_string(), claim.name.clone());
                let holder =
                    after.get(&at).copied().unwrap_or_else(|| self.claims.get(&key).map(String::as_str));
                match (action, holder) {
                    (ClaimAction::Take, Some(owner)) if owner != claim.owner => return false,
                    (ClaimAction::Take, _) => after.insert(at, Some(&claim.owner)),
                    (ClaimAction::Release, Some(owner)) if owner == claim.owner => after.insert(at, None),
                    (ClaimAction::Release, _) => None,
                };
            }
        }
        true
    }

    fn apply_claims(&mut self, claims: &[Claim]) {
        for action in [ClaimAction::Release, ClaimAction::Take] {
            for claim in claims.iter().filter(|claim| claim.action == action) {
                let key = (claim.tenant.clone(), claim.space.to_string(), claim.name.clone());
                match action {
                    ClaimAction::Take => {
                        self.claims.insert(key, claim.owner.clone());
                    }
                    ClaimAction::Release if self.claims.get(&key) == Some(&claim.owner) => {
                        self.claims.remove(&key);
                    }
                    ClaimAction::Release => {}
                }
            }
        }
    }

    fn remove(&mut self, kind: &'static Kind, key: &Key) {
        let Some(old) = self.records.remove(key) else { return };
        for index in kind.indexes {
            if let Some(at) = index_key(key, kind, index, &old.columns) {
                self.index.remove(&at);
            }
        }
    }

    fn write(&mut self, kind: &'static Kind, put: &Put) {
        let key = Key { tenant: put.tenant.clone(), kind: put.kind.clone(), id: put.id.clone() };
        let version = self.version(&key) + 1;
        self.remove(kind, &key);
        let columns: Columns =
            put.columns.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
        for index in kind.indexes {
            if let Some(at) = index_key(&key, kind, index, &columns) {
                self.index.insert(at);
            }
        }
        self.records.insert(key, Stored { version, body: put.body.clone(), columns });
    }

    fn append(&mut self, event: &NewEvent) {
        let events = self.events.entry(event.tenant.clone()).or_default();
        let number = events.len() as u64 + 1;
        let previous = events.last().map_or("", |last| last.link.as_str());
        let link = link_of(previous, number, &event.digest);
        events.push(StoredEvent { event: event.clone(), number, link });
    }

    fn events_after(&self, tenant: &Tenant, subject: Option<&str>, after: u64, limit: u32) -> Vec<Row> {
        let events = self.events.get(tenant).map(Vec::as_slice).unwrap_or_default();
        let start = usize::try_from(after).unwrap_or(usize::MAX).min(events.len());
        events
            .iter()
            .skip(start)
            .filter(|stored| subject.is_none_or(|wanted| stored.event.subject == wanted))
            .take(limit as usize)
            .map(|stored| Row {
                id: stored.event.id.clone(),
                version: stored.number,
                body: stored.event.body.clone(),
                link: Some(stored.link.clone()),
            })
            .collect()
    }

    fn range(
        &self,
        kind: &'static Kind,
        index: &'static IndexSpec,
        range: &RangeRead,
    ) -> Result<Vec<Row>, StoreError> {
        let mut low = range.equals.clone();
        low.extend(range.bound.from.clone());
        let start: IndexKey = (range.tenant.clone(), kind.name, index.name, low, String::new());
        let wanted = self
            .index
            .range(start..)
            .take_while(|(tenant, of, name, values, _)| {
                tenant == &range.tenant
                    && *of == kind.name
                    && *name == index.name
                    && values.starts_with(&range.equals)
            })
            .filter(|(_, _, _, values, id)| in_range(range, values, id))
            .map(|(_, _, _, _, id)| id);
        let limit = range.limit as usize;
        let ids: Vec<&String> = if range.descending {
            let mut all: Vec<_> = wanted.collect();
            all.reverse();
            all.truncate(limit);
            all
        } else {
            wanted.take(limit).collect()
        };
        ids.into_iter()
            .map(|id| {
                let stored = self.records.get(&Key::new(&range.tenant, kind.name, id.clone()));
                stored.map(|stored| stored.row(id)).ok_or_else(|| {
                    StoreError::new(StoreErrorKind::Internal, "an index names a record that is gone")
                })
            })
            .collect()
    }
}

/// Whether an index entry that begins with the range's fixed values is inside of its bound and behind its cursor.
fn in_range(range: &RangeRead, values: &Vec<IndexValue>, id: &String) -> bool {
    let bounded = values.get(range.equals.len()).is_none_or(|value| {
        range.bound.from.as_ref().is_none_or(|from| value >= from)
            && range.bound.to.as_ref().is_none_or(|to| value < to)
    });
    let behind = range.after.as_ref().is_none_or(|after| {
        let (here, there) = ((values, id), (&after.values, &after.id));
        if range.descending { here < there } else { here > there }
    });
    bounded && behind
}

fn index_key(
    key: &Key,
    kind: &'static Kind,
    index: &'static IndexSpec,
    columns: &Columns,
) -> Option<IndexKey> {
    let values = index.columns.iter().map(|name| columns.get(*name).cloned()).collect::<Option<Vec<_>>>()?;
    Some((key.tenant.clone(), kind.name, index.name, values, key.id.clone()))
}
