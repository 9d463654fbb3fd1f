//! Until when each tier is reached: notice in minutes, on the wall or in dates becomes moments of UTC.
//!
//! Fees are chosen by these moments alone, never by comparing notices, so that what is shown as a deadline and what
//! is charged are the same thing, also where a clock shows an hour twice.

use chrono::{Datelike, Days, Duration, NaiveDate, NaiveDateTime};

use super::facts::Cancellation;
use super::policy::{Boundary, CancellationPolicy, MINUTES_OF_A_DAY, NoticeCount};
use crate::engine::Refusal;
use crate::values::{Day, Fault, Instant, LocalTime, WallTimeError, Zone};

/// A moment in milliseconds until which something holds. In order of when they pass.
///
/// A moment of cancelling is one too, one that is not included: it passes all limits that are not above it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Limit {
    pub(super) at: i64,
    /// Whether it still holds at the moment itself.
    pub(super) included: bool,
}

impl Limit {
    const PAST: Self = Self { at: i64::MIN, included: false };
    pub(super) const NEVER: Self = Self { at: i64::MAX, included: true };

    pub(super) const fn moment(at: Instant) -> Self {
        Self { at: at.millis(), included: false }
    }

    /// So many minutes after, the last one included. Both are far from the ends of 64 bits.
    pub(super) fn after(at: Instant, minutes: u32) -> Self {
        Self { at: at.millis() + i64::from(minutes) * 60_000, included: true }
    }
}

/// The limits of a policy for one shift.
pub(super) struct Limits {
    /// For each tier of the policy; those for a shift that has begun have none.
    pub(super) tiers: Vec<Limit>,
    pub(super) start: Limit,
    pub(super) notice_minutes: i64,
}

pub(super) fn limits(policy: &CancellationPolicy, facts: &Cancellation) -> Result<Limits, Refusal> {
    let cheaper = policy.boundary == Boundary::Cheaper;
    let start = Limit { at: facts.start.millis(), included: cheaper };
    let place = Place::new(policy.count, facts)?;
    let mut tiers = Vec::with_capacity(policy.tiers.len());
    for tier in &policy.tiers {
        tiers.push(match tier.notice.minutes() {
            None => Limit::NEVER,
            // There is nothing shorter before the start, so it holds until then.
            Some(0) => start,
            Some(minutes) => place.limit(minutes, cheaper)?.min(start),
        });
    }
    Ok(Limits { tiers, start, notice_minutes: place.notice(facts) })
}

/// How notice is counted, with the readings of the clock that it takes.
enum Place<'f> {
    Elapsed { start: Instant },
    Wall { zone: &'f Zone, start: Instant, readings: [NaiveDateTime; 2] },
    Dates { zone: &'f Zone, readings: [NaiveDateTime; 2] },
}

impl<'f> Place<'f> {
    fn new(count: NoticeCount, facts: &'f Cancellation) -> Result<Self, Refusal> {
        let start = facts.start;
        if count == NoticeCount::Elapsed {
            return Ok(Self::Elapsed { start });
        }
        let zone = &facts.zone;
        let moments = [facts.start, facts.cancelled_at];
        let walls = zone.wall_times(&moments).map_err(at_start)?;
        // One reading per moment comes back, in their order.
        let mut walls = walls.into_iter().map(LocalTime::naive);
        let readings = moments.map(|moment| walls.next().unwrap_or(moment.utc().naive_utc()));
        Ok(match count {
            NoticeCount::Wall => Self::Wall { zone, start, readings },
            NoticeCount::Elapsed | NoticeCount::CalendarDays => Self::Dates { zone, readings },
        })
    }

    fn notice(&self, facts: &Cancellation) -> i64 {
        match self {
            Self::Elapsed { start } => (start.millis() - facts.cancelled_at.millis()).div_euclid(60_000),
            Self::Wall { readings: [start, now], .. } => {
                (*start - *now).num_milliseconds().div_euclid(60_000)
            }
            Self::Dates { readings: [start, now], .. } => {
                (start.date() - now.date()).num_days() * i64::from(MINUTES_OF_A_DAY)
            }
        }
    }

    /// Until when there are so many minutes of notice.
    fn limit(&self, minutes: u32, cheaper: bool) -> Result<Limit, Refusal> {
        match self {
            Self::Elapsed { start } => {
                Ok(Limit { at: start.millis() - i64::from(minutes) * 60_000, included: cheaper })
            }
            Self::Wall { zone, start, readings: [reading, _] } => {
                let wanted = *reading - Duration::minutes(minutes.into());
                Ok(match wall_moment(zone, wanted, *start, cheaper).map_err(at_start)? {
                    None => Limit::PAST,
                    Some(at) => Limit { at: at.millis(), included: cheaper },
                })
            }
            Self::Dates { zone, readings: [start, _] } => {
                // The last date with enough notice ends where the next one begins; the dearer side owns that date.
                let days = (minutes / MINUTES_OF_A_DAY).into();
                let date = start.date().checked_sub_days(Days::new(days));
                let after = date.and_then(|date| if cheaper { date.succ_opt() } else { Some(date) });
                let first = after.map(|date| first_moment(zone, date)).transpose().map_err(at_start)?;
                Ok(first.flatten().map_or(Limit::PAST, Limit::moment))
            }
        }
    }
}

fn at_start(fault: Fault) -> Refusal {
    Refusal::from(fault).at("start")
}

/// The first moment of a date; `None` before 1970, which nobody's notice reaches.
fn first_moment(zone: &Zone, date: NaiveDate) -> Result<Option<Instant>, Fault> {
    if date.year() < 1970 {
        return Ok(None);
    }
    let day = Day::parse(&date.to_string())?;
    // In the first hours of 1970 a date east of Greenwich begins in 1969.
    Ok(zone.starts_of(&[day]).ok().and_then(|starts| starts.first().copied()))
}

/// When the wall shows this. Of two such moments it is the one of the side that owns the boundary, but none after the
/// start; a time that the clock skips is where it skips.
fn wall_moment(
    zone: &Zone,
    wall: NaiveDateTime,
    start: Instant,
    cheaper: bool,
) -> Result<Option<Instant>, Fault> {
    if wall.year() < 1970 {
        return Ok(None);
    }
    let local = LocalTime::parse(&wall.format("%Y-%m-%dT%H:%M").to_string())?;
    match zone.resolve_span(local, local) {
        Ok(span) => Ok(Some(span.start)),
        Err(WallTimeError::Twice([_, second])) if cheaper && second <= start => Ok(Some(second)),
        Err(WallTimeError::Twice([first, _])) => Ok(Some(first)),
        Err(WallTimeError::Missing([late, early])) => skip(zone, early, late).map(Some),
        Err(WallTimeError::OffsetNotHere | WallTimeError::Fault(_)) => Ok(None),
    }
}

/// The minute between the two at which the clock skips.
fn skip(zone: &Zone, early: Instant, late: Instant) -> Result<Instant, Fault> {
    let mut minutes = Vec::new();
    let mut minute = early;
    while minute < late {
        minutes.push(minute);
        minute = minute.plus_minutes(1)?;
    }
    minutes.push(late);
    let walls = zone.wall_times(&minutes)?;
    let ahead: Vec<Duration> =
        minutes.iter().zip(&walls).map(|(minute, wall)| wall.naive() - minute.utc().naive_utc()).collect();
    let skipped = ahead.iter().position(|ahead_here| Some(ahead_here) == ahead.last());
    Ok(skipped.and_then(|index| minutes.get(index)).copied().unwrap_or(late))
}
