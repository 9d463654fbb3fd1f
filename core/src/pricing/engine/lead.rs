//! What a position is computed from: the list whose policies lead, the shift, and the lists that may price its minutes.

use smallvec::SmallVec;

use super::active::{Active, View};
use super::book::{Asked, Book};
use super::clock::{LocalClock, ZoneTable};
use super::compile::Compiled;
use super::condition::Facts;
use super::position::Job;
use super::shift::{Clocks, Shift};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::demand::Position;
use crate::pricing::list::{Level, Policies};
use crate::values::{Instant, LocalTime};

/// The list whose policies hold for a whole position, with what follows from them.
struct Lead<'b, 'd> {
    list: &'b Compiled,
    shift: Shift<'b>,
    facts: Facts<'d>,
}

impl Book {
    /// Does some work with everything about a position that does not depend on hours before it. If no list is in force
    /// there is none to do, and the start is the answer.
    pub(super) fn with_job<'b, 'd, T>(
        &'b self,
        asked: Asked<'d>,
        clock: LocalClock<'b>,
        work: impl FnOnce(&mut Job<'b, 'd>) -> Result<T, Refusal>,
    ) -> Result<Result<T, Instant>, Refusal> {
        let Some(Lead { list: lead, shift, facts }) = self.lead(asked, clock)? else {
            // The times are checked even where nothing is priced.
            let usual = Policies::default();
            let clocks = Clocks::new(&usual, clock, self.wall_clock.always());
            let shift = Shift::new(asked.position, &usual, clocks)?;
            return Ok(Err(clocks.instant(shift.counted.from)?));
        };
        let demand = asked.demand;
        let view = View { clocks: shift.clocks, whole: shift.counted, policies: &lead.policies };
        let begin = shift.counted.from.min(shift.planned.from);
        let end = shift.counted.to.max(shift.planned.to);
        let mut job = Job {
            index: asked.index,
            position: asked.position,
            currency: self.currency,
            policies: &lead.policies,
            shift,
            actives: SmallVec::new(),
        };
        let shift = &job.shift;
        let mut passed = None;
        for list in &self.lists {
            let since = shift.clocks.line.first_reading(list.valid_from);
            if passed == Some(list.level) || since >= end {
                continue;
            }
            if demand.ordered_at.is_none() && list.lead_times {
                return Err(Refusal::new(Code::OrderTimeMissing).with("list", &list.id));
            }
            job.actives.push(Active::new(list, since, facts, &view, demand.place.as_ref()));
            if since <= begin {
                passed = Some(list.level);
            }
        }
        work(&mut job).map(Ok)
    }

    /// The narrowest list in force on the day of the start that has a rule for the first component.
    fn lead<'b, 'd>(
        &'b self,
        asked: Asked<'d>,
        clock: LocalClock<'b>,
    ) -> Result<Option<Lead<'b, 'd>>, Refusal> {
        let start = asked.position.start.minute();
        let mut passed = None;
        for list in &self.lists {
            if passed == Some(list.level) || list.valid_from > start {
                continue;
            }
            passed = Some(list.level);
            let clocks = Clocks::new(&list.policies, clock, self.wall_clock.always());
            let shift = Shift::new(asked.position, &list.policies, clocks)?;
            let facts = facts(asked, &shift)?;
            if list.level == Level::Basic || list.prices_first(&facts) {
                return Ok(Some(Lead { list, shift, facts }));
            }
        }
        Ok(None)
    }
}

/// The clock around all the times that a position names.
pub(super) fn clock<'z>(table: &'z ZoneTable, position: &Position) -> LocalClock<'z> {
    let of = |local: LocalTime| local.minute();
    let (mut from, mut to) = (of(position.start), of(position.end));
    let mut also = |time| {
        from = from.min(of(time));
        to = to.max(of(time));
    };
    if let Some(worked) = position.worked {
        also(worked.start);
        also(worked.end);
    }
    position.breaks.iter().filter_map(|one| one.from).for_each(also);
    table.around(from, to)
}

fn facts<'d>(asked: Asked<'d>, shift: &Shift) -> Result<Facts<'d>, Refusal> {
    let start = shift.clocks.instant(shift.planned.from)?;
    Ok(Facts {
        skill: asked.position.skill.as_ref(),
        role: asked.position.role,
        length: shift.counted.minutes(),
        headcount: asked.position.headcount,
        lead_time: asked.demand.ordered_at.map(|ordered| start.minutes_since(ordered)),
        worker: asked.worker,
    })
}
