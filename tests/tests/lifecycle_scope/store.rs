//! A store whose states are small values: what differs from the beginning, by number. Copies cost nothing to speak of,
//! and the same commit on the same state is worked out once.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use staffgate::catalog;
use staffgate::store::{ChangeSet, CommandRecord, IndexValue, Kind, NewEvent, RangeRead, Read, Row, link_of};
use staffgate::values::hex;

use crate::intern::{Interned, Map};

/// A record as it was put: its columns and its body.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Body {
    pub(crate) kind: &'static str,
    pub(crate) columns: Vec<(String, Value)>,
    pub(crate) text: String,
}

/// An index value that can be hashed.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Value {
    Integer(i64),
    Text(String),
}

impl From<&IndexValue> for Value {
    fn from(value: &IndexValue) -> Self {
        match value {
            IndexValue::Integer(number) => Self::Integer(*number),
            IndexValue::Text(text) => Self::Text(text.clone()),
        }
    }
}

/// Where a record is and how often it was written.
type Version = (u32, u32);

/// What was committed since the beginning.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct State {
    /// Key, version and body of each record that was written, by key.
    pub(crate) records: Vec<(u32, u32, u32)>,
    /// The commands that are kept.
    commands: Vec<u32>,
    /// Events by what they are about: which of two things happened first is not the state's business.
    pub(crate) events: Vec<(u32, Vec<u32>)>,
}

/// A change set with everything in it known by number.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Commit {
    pub(crate) operation: u32,
    command: u32,
    expect: Vec<(u32, u32)>,
    puts: Vec<(u32, u32)>,
    events: Vec<(u32, u32)>,
}

#[derive(Default)]
pub(crate) struct Lean {
    keys: Interned<(&'static str, String)>,
    pub(crate) bodies: Interned<Body>,
    pub(crate) subjects: Interned<String>,
    /// Event bodies with their digests.
    pub(crate) events: Interned<(String, String, String)>,
    base: Map<u32, Version>,
    base_events: Vec<NewEvent>,
    /// The same by what they are about.
    base_about: Map<u32, Vec<u32>>,
    base_claims: BTreeMap<(String, String), String>,
    by_kind: Map<&'static str, Vec<u32>>,
    pub(crate) states: Interned<State>,
    /// The state before and the commit that first led to a state, for telling how it came about.
    from: Vec<Option<(u32, u32)>>,
    commits: Interned<Commit>,
    /// Id, fingerprint and reply.
    commands: Interned<(String, String, String)>,
    done: Map<(u32, u32), Option<u32>>,
}

/// One round of reads, its keys known by number.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Question {
    Point(u32),
    Other(Read),
}

fn kind_named(name: &str) -> &'static Kind {
    catalog::kinds().iter().find(|kind| kind.name == name).unwrap()
}

impl Lean {
    /// The beginning is what these change sets leave behind.
    pub(crate) fn new(sets: &[ChangeSet]) -> Self {
        let mut lean = Self::default();
        for set in sets {
            for put in &set.puts {
                let key = lean.key(&put.kind, &put.id);
                let body = lean.body(put);
                let version = lean.base.get(&key).map_or(1, |(version, _)| version + 1);
                lean.base.insert(key, (version, body));
            }
            for claim in &set.claims {
                lean.base_claims.insert((claim.space.to_string(), claim.name.clone()), claim.owner.clone());
            }
            for event in &set.events {
                let subject = lean.subjects.number(event.subject.clone());
                let known = (event.id.clone(), event.body.clone(), event.digest.clone());
                let number = lean.events.number(known);
                lean.base_about.entry(subject).or_default().push(number);
                lean.base_events.push(event.clone());
            }
        }
        lean.states.number(State::default());
        lean.from.push(None);
        lean
    }

    fn key(&mut self, kind: &str, id: &str) -> u32 {
        let kind = kind_named(kind).name;
        let (key, is_new) = self.keys.add((kind, id.to_owned()));
        if is_new {
            self.by_kind.entry(kind).or_default().push(key);
        }
        key
    }

    fn body(&mut self, put: &staffgate::store::Put) -> u32 {
        let columns = put.columns.iter().map(|(name, value)| (name.to_string(), value.into())).collect();
        self.bodies.number(Body { kind: kind_named(&put.kind).name, columns, text: put.body.clone() })
    }

    pub(crate) fn question(&mut self, read: Read) -> Question {
        match &read {
            Read::Point(key) => Question::Point(self.key(&key.kind, &key.id)),
            _ => Question::Other(read),
        }
    }

    fn version(&self, state: u32, key: u32) -> Option<Version> {
        let records = &self.states.get(state).records;
        match records.binary_search_by_key(&key, |(known, _, _)| *known) {
            Ok(at) => Some((records[at].1, records[at].2)),
            Err(_) => self.base.get(&key).copied(),
        }
    }

    /// The answers to a round of reads as numbers: two states that answer alike are alike to who asks.
    pub(crate) fn look(&self, state: u32, questions: &[Question], found: &mut Vec<u32>) {
        found.clear();
        for question in questions {
            match question {
                Question::Point(key) => match self.version(state, *key) {
                    None => found.push(0),
                    Some((version, body)) => found.extend([1, version, body]),
                },
                Question::Other(Read::Range(range)) => {
                    for key in self.range(state, range) {
                        let (version, body) = self.version(state, key).unwrap();
                        found.extend([key, version, body]);
                    }
                    found.push(u32::MAX);
                }
                Question::Other(Read::Command { id, .. }) => {
                    found.push(self.command(state, id).map_or(0, |command| command + 1));
                }
                // Claims are not written within the scope, events are read at the ends only.
                Question::Other(_) => {}
            }
        }
    }

    fn command(&self, state: u32, id: &str) -> Option<u32> {
        let commands = &self.states.get(state).commands;
        commands.iter().copied().find(|command| self.commands.get(*command).0 == id)
    }

    /// The answers as a machine wants them.
    pub(crate) fn rows(&self, state: u32, questions: &[Question]) -> Vec<Vec<Row>> {
        let of = |question: &Question| match question {
            Question::Point(key) => self.row(state, *key).into_iter().collect(),
            Question::Other(Read::Range(range)) => {
                self.range(state, range).into_iter().filter_map(|key| self.row(state, key)).collect()
            }
            Question::Other(Read::Command { id, .. }) => {
                let command = self.command(state, id).map(|command| self.commands.get(command).clone());
                let row = command.map(|(id, fingerprint, reply)| {
                    let body = serde_json::to_string(&CommandRecord { fingerprint, reply }).unwrap();
                    Row { id, version: 1, body, link: None }
                });
                row.into_iter().collect()
            }
            Question::Other(Read::Claim { space, name, .. }) => {
                let owner = self.base_claims.get(&(space.to_string(), name.clone()));
                let row =
                    |owner: &String| Row { id: name.clone(), version: 1, body: owner.clone(), link: None };
                owner.map(row).into_iter().collect()
            }
            Question::Other(Read::Events { after, limit, .. }) => self.history(state, *after, *limit),
            Question::Other(Read::Point(_)) => Vec::new(),
        };
        questions.iter().map(of).collect()
    }

    fn row(&self, state: u32, key: u32) -> Option<Row> {
        let (version, body) = self.version(state, key)?;
        let text = self.bodies.get(body).text.clone();
        Some(Row { id: self.keys.get(key).1.clone(), version: version.into(), body: text, link: None })
    }

    /// The keys of a range in its order: every record of the kind is looked at, of which there are few.
    fn range(&self, state: u32, range: &RangeRead) -> Vec<u32> {
        let kind = kind_named(&range.kind);
        let index = kind.index(&range.index).unwrap();
        let equals: Vec<Value> = range.equals.iter().map(Value::from).collect();
        let none = Vec::new();
        let mut found = Vec::new();
        for key in self.by_kind.get(kind.name).unwrap_or(&none) {
            let Some((_, body)) = self.version(state, *key) else { continue };
            let columns = &self.bodies.get(body).columns;
            let value = |name: &&str| columns.iter().find(|(known, _)| known == name).map(|(_, value)| value);
            let Some(values) = index.columns.iter().map(value).collect::<Option<Vec<_>>>() else { continue };
            let starts = equals.iter().zip(&values).all(|(wanted, value)| wanted == *value);
            let bounded = values.get(equals.len()).is_none_or(|value| {
                range.bound.from.as_ref().is_none_or(|from| **value >= Value::from(from))
                    && range.bound.to.as_ref().is_none_or(|to| **value < Value::from(to))
            });
            assert!(range.after.is_none(), "no pages within the scope");
            if starts && bounded {
                found.push((values.into_iter().cloned().collect::<Vec<_>>(), &self.keys.get(*key).1, *key));
            }
        }
        found.sort();
        if range.descending {
            found.reverse();
        }
        found.truncate(range.limit as usize);
        found.into_iter().map(|(_, _, key)| key).collect()
    }

    /// The events in one of the orders in which they can have come, linked as a store links them.
    fn history(&self, state: u32, after: u64, limit: u32) -> Vec<Row> {
        let mut path = Vec::new();
        let mut at = state;
        while let Some((before, commit)) = self.from[at as usize] {
            path.push(commit);
            at = before;
        }
        let since = path.iter().rev().flat_map(|commit| &self.commits.get(*commit).events);
        let since = since.map(|(_, event)| self.events.get(*event).clone());
        let base =
            self.base_events.iter().map(|event| (event.id.clone(), event.body.clone(), event.digest.clone()));
        let mut link = String::new();
        let mut rows = Vec::new();
        for (number, (id, body, digest)) in (1..).zip(base.chain(since)) {
            link = link_of(&link, number, &digest);
            if number > after && rows.len() < limit as usize {
                rows.push(Row { id, version: number, body, link: Some(link.clone()) });
            }
        }
        rows
    }

    pub(crate) fn commit_of(&mut self, operation: u32, changes: ChangeSet) -> u32 {
        assert!(changes.claims.is_empty() && changes.deletes.is_empty(), "neither happens within the scope");
        let mut expect = Vec::new();
        for expected in &changes.expect {
            let key = self.key(&expected.key.kind, &expected.key.id);
            expect.push((key, u32::try_from(expected.version).unwrap()));
        }
        let mut puts = Vec::new();
        for put in &changes.puts {
            puts.push((self.key(&put.kind, &put.id), self.body(put)));
        }
        let mut events = Vec::new();
        for event in changes.events {
            assert_eq!(
                event.digest,
                hex::encode(&Sha256::digest(&event.body)),
                "an event's digest is of its body"
            );
            let subject = self.subjects.number(event.subject);
            events.push((subject, self.events.number((event.id, event.body, event.digest))));
        }
        let command = (changes.command_id, changes.command.fingerprint, changes.command.reply);
        let command = self.commands.number(command);
        self.commits.number(Commit { operation, command, expect, puts, events })
    }

    /// The state after a commit, or none if it conflicts. Whether the state is a new one is told beside.
    pub(crate) fn commit(&mut self, state: u32, commit: u32) -> (Option<u32>, bool) {
        if let Some(known) = self.done.get(&(state, commit)) {
            return (*known, false);
        }
        let wanted = self.commits.get(commit).clone();
        let holds =
            |(key, version): &(u32, u32)| self.version(state, *key).map_or(0, |(now, _)| now) == *version;
        let (after, is_new) = if wanted.expect.iter().all(holds) {
            let mut next = self.states.get(state).clone();
            for (key, body) in wanted.puts {
                let version = self.version(state, key).map_or(0, |(version, _)| version) + 1;
                match next.records.binary_search_by_key(&key, |(known, _, _)| *known) {
                    Ok(at) => next.records[at] = (key, version, body),
                    Err(at) => next.records.insert(at, (key, version, body)),
                }
            }
            for (subject, event) in wanted.events {
                match next.events.binary_search_by_key(&subject, |(known, _)| *known) {
                    Ok(at) => next.events[at].1.push(event),
                    Err(at) => next.events.insert(at, (subject, vec![event])),
                }
            }
            let at = next.commands.binary_search(&wanted.command).unwrap_err();
            next.commands.insert(at, wanted.command);
            let (after, is_new) = self.states.add(next);
            if is_new {
                self.from.push(Some((state, commit)));
            }
            (Some(after), is_new)
        } else {
            (None, false)
        };
        self.done.insert((state, commit), after);
        (after, is_new)
    }

    /// The events about something, in their order.
    pub(crate) fn events_about(&self, state: u32, subject: &str) -> Vec<u32> {
        let Some(subject) = self.subjects.find(subject) else { return Vec::new() };
        let mut events = self.base_about.get(&subject).cloned().unwrap_or_default();
        let since = &self.states.get(state).events;
        if let Ok(at) = since.binary_search_by_key(&subject, |(known, _)| *known) {
            events.extend(&since[at].1);
        }
        events
    }

    /// The operations whose commits led to a state, in one of the orders in which they can have come.
    pub(crate) fn story(&self, state: u32) -> Vec<u32> {
        let mut story = Vec::new();
        let mut at = state;
        while let Some((before, commit)) = self.from[at as usize] {
            story.push(self.commits.get(commit).operation);
            at = before;
        }
        story.reverse();
        story
    }

    /// Every record of a kind, by id.
    pub(crate) fn all(&self, state: u32, kind: &str) -> Vec<u32> {
        let none = Vec::new();
        let keys = self.by_kind.get(kind).unwrap_or(&none);
        keys.iter().filter_map(|key| self.version(state, *key).map(|(_, body)| body)).collect()
    }
}
