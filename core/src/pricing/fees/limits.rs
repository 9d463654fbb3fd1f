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
    let place = Place::new(policy.count, facts).map_err(at_start)?;
    let notices = policy.tiers.iter().filter_map(|tier| tier.notice.minutes());
    let notices: Vec<u32> = notices.filter(|minutes| *minutes > 0).collect();
    let mut reached = place.limits(&notices, cheaper).map_err(at_start)?.into_iter();
    let tiers = policy.tiers.iter().map(|tier| match tier.notice.minutes() {
        None => Limit::NEVER,
        // There is nothing shorter than no notice before the start, so that holds until then.
        Some(0) => start,
        Some(_) => reached.next().unwrap_or(Limit::PAST).min(start),
    });
    Ok(Limits { tiers: tiers.collect(), start, notice_minutes: place.notice(facts) })
}

/// How notice is counted, with the readings of the clock that it takes.
enum Place<'f> {
    Elapsed { start: Instant },
    Wall { zone: &'f Zone, start: Instant, readings: [NaiveDateTime; 2] },
    Dates { zone: &'f Zone, readings: [NaiveDateTime; 2] },
}

impl<'f> Place<'f> {
    fn new(count: NoticeCount, facts: &'f Cancellation) -> Result<Self, Fault> {
        let start = facts.start;
        if count == NoticeCount::Elapsed {
            return Ok(Self::Elapsed { start });
        }
        let zone = &facts.zone;
        let moments = [facts.start, facts.cancelled_at];
        let walls = zone.wall_times(&moments)?;
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

    /// Until when there are so many minutes of notice, for each of them.
    fn limits(&self, notices: &[u32], cheaper: bool) -> Result<Vec<Limit>, Fault> {
        match self {
            Self::Elapsed { start } => {
                let limit = |minutes: &u32| Limit {
                    at: start.millis() - i64::from(*minutes) * 60_000,
                    included: cheaper,
                };
                Ok(notices.iter().map(limit).collect())
            }
            Self::Wall { zone, start, readings: [reading, _] } => {
                let wall = |minutes: &u32| *reading - Duration::minutes((*minutes).into());
                let walls: Vec<NaiveDateTime> = notices.iter().map(wall).collect();
                wall_limits(zone, &walls, *start, cheaper)
            }
            Self::Dates { zone, readings: [start, _] } => {
                // The last date with enough notice ends where the next one begins; the dearer side owns that date.
                let first_too_late = |minutes: &u32| {
                    let date =
                        start.date().checked_sub_days(Days::new((minutes / MINUTES_OF_A_DAY).into()))?;
                    if cheaper { date.succ_opt() } else { Some(date) }
                };
                let dates: Vec<Option<NaiveDate>> = notices.iter().map(first_too_late).collect();
                date_limits(zone, &dates)
            }
        }
    }
}

fn at_start(fault: Fault) -> Refusal {
    Refusal::from(fault).at("start")
}

/// Before this nobody gives notice, and zones east of Greenwich have no earlier dates that can be said in UTC.
fn is_early(date: NaiveDate) -> bool {
    date.year() < 1970 || (date.year() == 1970 && date.ordinal() < 3)
}

/// Until the first moment of each date.
fn date_limits(zone: &Zone, dates: &[Option<NaiveDate>]) -> Result<Vec<Limit>, Fault> {
    let later = |date: &Option<NaiveDate>| date.filter(|date| !is_early(*date));
    let days: Vec<Day> =
        dates.iter().filter_map(later).map(|date| Day::parse(&date.to_string())).collect::<Result<_, _>>()?;
    let mut firsts = zone.starts_of(&days)?.into_iter();
    let limit = |date| later(date).and_then(|_| firsts.next()).map_or(Limit::PAST, Limit::moment);
    Ok(dates.iter().map(limit).collect())
}

/// Until the wall shows each of these. Of two such moments it is the one of the side that owns the boundary, but none
/// after the start; a time that the clock skips is where it skips.
fn wall_limits(
    zone: &Zone,
    walls: &[NaiveDateTime],
    start: Instant,
    cheaper: bool,
) -> Result<Vec<Limit>, Fault> {
    let later = |wall: &&NaiveDateTime| !is_early(wall.date());
    let locals: Vec<LocalTime> = walls
        .iter()
        .filter(later)
        .map(|wall| LocalTime::parse(&wall.format("%Y-%m-%dT%H:%M").to_string()))
        .collect::<Result<_, _>>()?;
    let mut moments = zone.instants_of(&locals)?.into_iter();
    let limit = |wall: &NaiveDateTime| {
        let Some(moment) = Some(wall).filter(later).and_then(|_| moments.next()) else {
            return Ok(Limit::PAST);
        };
        let moment = match moment {
            Ok(moment) => moment,
            Err(WallTimeError::Twice([_, second])) if cheaper && second <= start => second,
            Err(WallTimeError::Twice([first, _])) => first,
            Err(WallTimeError::Missing([late, early])) => skip(zone, early, late)?,
            Err(WallTimeError::Fault(fault)) => return Err(fault),
            Err(WallTimeError::OffsetNotHere) => return Ok(Limit::PAST),
        };
        Ok(Limit { at: moment.millis(), included: cheaper })
    };
    walls.iter().map(limit).collect()
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
