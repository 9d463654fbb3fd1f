//! Reading many rows: ranges of an index, claims, events.

use super::bodies::decode;
use super::{Run, Stop, Tx};
use crate::engine::record::{Record, Want};
use crate::store::{Key, Row};

impl<'m> Tx<'m> {
    /// Records of an index, in its order. What this run has put is not among them.
    ///
    /// The versions of the rows are expected at commit, but not that no row comes in between: a rule over a set
    /// needs a guard record.
    pub fn list<T: Record>(&mut self, want: Want) -> Run<Vec<T>> {
        let records = self.records(want)?;
        let mut list = Vec::with_capacity(records.len());
        for record in records {
            list.push(record?);
        }
        Ok(list)
    }

    /// The same, each read when its turn comes: who goes through a thousand need not hold them all at once.
    pub fn records<T: Record>(
        &mut self,
        want: Want,
    ) -> Run<impl ExactSizeIterator<Item = Run<T>> + use<'m, T>> {
        let rows = self.rows(want)?;
        for row in rows {
            self.expect_version::<T>(row);
        }
        Ok(rows.iter().map(|row| decode(&row.body)))
    }

    /// A query commits nothing that rests on what it read.
    fn expect_version<T: Record>(&mut self, row: &Row) {
        if self.writes {
            self.expect.insert(Key::new(&self.tenant, T::KIND.name, row.id.clone()), row.version);
        }
    }

    /// All records of an index, where no version of any is expected at commit.
    pub fn peek<T: Record>(&mut self, want: Want) -> Run<Vec<T>> {
        self.rows(want)?.iter().map(|row| decode(&row.body)).collect()
    }

    /// Those of a range whose text has this part, such as an id. The others are not even read, and no version is
    /// expected of them.
    pub fn list_with<T: Record>(&mut self, want: Want, part: &str) -> Run<Vec<T>> {
        let mut list = Vec::new();
        for row in self.rows(want)?.iter().filter(|row| row.body.contains(part)) {
            self.expect_version::<T>(row);
            list.push(decode(&row.body)?);
        }
        Ok(list)
    }

    /// Who holds a unique name.
    pub fn holder(&mut self, want: Want) -> Run<Option<String>> {
        Ok(self.rows(want)?.first().map(|row| row.body.clone()))
    }

    /// Stored rows as they are: for events, whose numbers and links count.
    pub fn rows(&mut self, want: Want) -> Run<&'m [Row]> {
        let read = want.read(&self.tenant);
        let loaded = self.loaded;
        if let Some(rows) = loaded.get(&read) {
            return Ok(rows);
        }
        self.ask(read);
        Err(Stop::Waiting)
    }
}
