//! Workers, and the guard records of their days.

use serde::{Deserialize, Serialize};

use crate::engine::Record;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{
    BookingId, Bounded, HostId, Instant, Phone, Picture, ShiftId, SkillId, Span, Text, WorkerId,
};

/// What holds a worker for a time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DayEntry {
    pub shift: ShiftId,
    pub booking: BookingId,
    pub starts_at: Instant,
    pub ends_at: Instant,
    /// An invitation holds until this instant, unless it is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

impl DayEntry {
    pub const fn span(&self) -> Span {
        Span { start: self.starts_at, end: self.ends_at }
    }
}

/// Guard record: no worker is booked twice for the same time, at whichever client of the agency.
///
/// One per worker and UTC day, with the active bookings that touch the day. Every booking that takes or frees a time
/// reads and writes the days of its span, so of two at the same time one finds a changed day and decides anew. An
/// empty day stays, with its version: a day that went and came back would look as if nothing had happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WorkerDay {
    pub worker: WorkerId,
    /// Days since 1970-01-01, in UTC.
    pub day: i64,
    pub entries: Vec<DayEntry>,
}

pub static WORKER_DAY: Kind = Kind {
    name: "worker_day",
    columns: &[Column::text("worker"), Column::integer("day")],
    indexes: &[IndexSpec { name: "by_worker", columns: &["worker", "day"] }],
};

impl WorkerDay {
    pub const fn empty(worker: WorkerId, day: i64) -> Self {
        Self { worker, day, entries: Vec::new() }
    }

    pub fn id(worker: WorkerId, day: i64) -> String {
        format!("{worker}/{day}")
    }
}

impl Record for WorkerDay {
    const KIND: &'static Kind = &WORKER_DAY;

    fn record_id(&self) -> String {
        Self::id(self.worker, self.day)
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        vec![("worker", self.worker.to_string().into()), ("day", self.day.into())]
    }
}

/// A person who works shifts.
///
/// Guard record: who books a worker writes the worker's row too, so that a change of name, phone or picture at the same
/// moment finds every booking that carries them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Worker {
    pub id: WorkerId,
    pub name: Text<120>,
    pub phone: Option<Phone>,
    #[serde(default)]
    pub picture: Option<Picture>,
    pub skills: Bounded<SkillId, 100>,
    pub archived: bool,
    pub host_id: Option<HostId>,
    /// When everything that is personal was taken out of this row and of all copies. What is left keeps the row's
    /// version counting, and is nobody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_at: Option<Instant>,
}

pub static WORKER: Kind = Kind {
    name: "worker",
    columns: &[Column::text("name")],
    indexes: &[IndexSpec { name: "by_name", columns: &["name"] }],
};

impl Record for Worker {
    const KIND: &'static Kind = &WORKER;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        // A column that is left out is in no range: an erased worker is in no list.
        if self.is_erased() {
            return Vec::new();
        }
        vec![("name", self.name.as_str().into())]
    }

    fn is_erased(&self) -> bool {
        self.erased_at.is_some()
    }
}
