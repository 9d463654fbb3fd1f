//! The nine rules of the reference list and nothing else, on `rust_decimal` and `chrono-tz`: what a team would write
//! that needs no engine. Straightforward, segment by segment; it shares no code with staffgate.

use chrono::{
    Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Timelike, Weekday,
};
use chrono_tz::Tz;
use rust_decimal::{Decimal, RoundingStrategy};

use super::inputs::Input;

type Failure = Box<dyn std::error::Error>;

/// A price list, read once.
#[derive(Clone, Debug)]
pub struct Terms {
    hourly_rate: Decimal,
    night_price: Decimal,
    weekend_price: Decimal,
    holiday_price: Decimal,
    overtime_price: Decimal,
    vat_percent: Decimal,
    overtime_after: i64,
    minimum: i64,
    rounding: i64,
    holidays: Vec<NaiveDate>,
}

/// What a client asks for; times are local at the site.
#[derive(Clone, Debug)]
pub struct Demand {
    zone: Tz,
    start: NaiveDateTime,
    end: NaiveDateTime,
    headcount: i64,
}

#[derive(Clone, Debug)]
pub struct Line {
    pub code: &'static str,
    pub minutes: i64,
    pub unit_price: Decimal,
    pub amount: Decimal,
}

#[derive(Clone, Debug)]
pub struct Priced {
    pub lines: Vec<Line>,
    pub net: Decimal,
    pub vat: Decimal,
    pub gross: Decimal,
}

impl Terms {
    /// # Errors
    /// When a figure or a date is not one.
    pub fn read(given: &Input) -> Result<Self, Failure> {
        let hourly_rate = decimal(&given.hourly_rate)?;
        let share = |percent: &str| -> Result<Decimal, Failure> {
            Ok(half_up(hourly_rate * decimal(percent)? / Decimal::ONE_HUNDRED, 4))
        };
        let mut holidays =
            given.holidays.iter().map(|day| day.parse()).collect::<Result<Vec<NaiveDate>, _>>()?;
        holidays.sort_unstable();
        Ok(Self {
            night_price: share(&given.night_percent)?,
            weekend_price: share(&given.weekend_percent)?,
            holiday_price: share(&given.holiday_percent)?,
            overtime_price: share(&given.overtime_percent)?,
            hourly_rate,
            vat_percent: decimal(&given.vat_percent)?,
            overtime_after: given.overtime_after_minutes,
            minimum: given.minimum_minutes,
            rounding: given.rounding_minutes,
            holidays,
        })
    }
}

impl Demand {
    /// # Errors
    /// When the zone is unknown or a time is not one.
    pub fn read(given: &Input) -> Result<Self, Failure> {
        let time = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M");
        Ok(Self {
            zone: given.zone.parse()?,
            start: time(&given.start)?,
            end: time(&given.end)?,
            headcount: given.headcount,
        })
    }
}

/// Prices one demand; `None` when the shift ends before it starts.
#[must_use]
pub fn estimate(terms: &Terms, demand: &Demand) -> Option<Priced> {
    let start = instant(demand.zone, demand.start);
    let elapsed = (instant(demand.zone, demand.end) - start).num_minutes();
    if elapsed <= 0 {
        return None;
    }
    let worked = (elapsed + terms.rounding - 1) / terms.rounding * terms.rounding;
    let (mut night, mut weekend, mut holiday) = (0, 0, 0);
    segments(demand.zone, start, start + TimeDelta::minutes(worked), |segment| {
        if segment.night {
            night += segment.minutes;
        }
        if terms.holidays.binary_search(&segment.day).is_ok() {
            holiday += segment.minutes;
        } else if matches!(segment.day.weekday(), Weekday::Sat | Weekday::Sun) {
            weekend += segment.minutes;
        }
    });
    let mut lines = Vec::with_capacity(6);
    let mut net = Decimal::ZERO;
    for (code, each, unit_price) in [
        ("base", worked, terms.hourly_rate),
        ("minimum", (terms.minimum - worked).max(0), terms.hourly_rate),
        ("night", night, terms.night_price),
        ("weekend", weekend, terms.weekend_price),
        ("holiday", holiday, terms.holiday_price),
        ("overtime", (worked - terms.overtime_after).max(0), terms.overtime_price),
    ] {
        if each > 0 || code == "base" {
            let minutes = each * demand.headcount;
            let amount = half_up(Decimal::from(minutes) * unit_price / Decimal::from(60), 2);
            lines.push(Line { code, minutes, unit_price, amount });
            net += amount;
        }
    }
    let vat = half_up(net * terms.vat_percent / Decimal::ONE_HUNDRED, 2);
    Some(Priced { lines, net, vat, gross: net + vat })
}

/// A stretch within one local day and one side of the night's edges.
struct Segment {
    minutes: i64,
    day: NaiveDate,
    night: bool,
}

/// Cuts at 06:00, 22:00 and midnight on the wall and at clock changes; within a segment the offset stays as it is.
fn segments(zone: Tz, start: NaiveDateTime, end: NaiveDateTime, mut each: impl FnMut(Segment)) {
    // A day begins when its date is first read, and a clock that is put back does not take it away again.
    let before = start - Days::new(1);
    let mut offset = offset_at(zone, start);
    let mut day = (start + offset).date();
    let earlier = offset_at(zone, before);
    if earlier != offset {
        let change = clock_change(zone, before, start);
        day = day.max((change - TimeDelta::minutes(1) + earlier).date());
    }
    let mut moment = start;
    while moment < end {
        let local = moment + offset;
        let mut until = end.min(moment + to_edge(local.time()));
        let after = offset_at(zone, until);
        if after != offset {
            until = clock_change(zone, moment, until);
        }
        day = day.max(local.date());
        let night = local.hour() >= 22 || local.hour() < 6;
        each(Segment { minutes: (until - moment).num_minutes(), day, night });
        moment = until;
        offset = after;
    }
}

/// The time until the next 06:00, 22:00 or midnight on the wall.
fn to_edge(time: NaiveTime) -> TimeDelta {
    let minute = i64::from(time.hour() * 60 + time.minute());
    let edge = match time.hour() {
        0..6 => 6,
        6..22 => 22,
        _ => 24,
    };
    TimeDelta::minutes(edge * 60 - minute)
}

/// The UTC time of a local one: of two equal readings the earlier, a missing one moved forward by the gap.
fn instant(zone: Tz, local: NaiveDateTime) -> NaiveDateTime {
    match zone.offset_from_local_datetime(&local).earliest() {
        Some(offset) => local - TimeDelta::seconds(offset.fix().local_minus_utc().into()),
        // No place is further than 15 hours from UTC, so this is surely before the gap.
        None => local - offset_at(zone, local - TimeDelta::hours(26)),
    }
}

fn offset_at(zone: Tz, moment: NaiveDateTime) -> TimeDelta {
    TimeDelta::seconds(zone.offset_from_utc_datetime(&moment).fix().local_minus_utc().into())
}

/// The first minute with another offset than `from`, given that `until` has another one.
fn clock_change(zone: Tz, from: NaiveDateTime, until: NaiveDateTime) -> NaiveDateTime {
    let old = offset_at(zone, from);
    let (mut low, mut high) = (0, (until - from).num_minutes());
    while high - low > 1 {
        let middle = low.midpoint(high);
        if offset_at(zone, from + TimeDelta::minutes(middle)) == old {
            low = middle;
        } else {
            high = middle;
        }
    }
    from + TimeDelta::minutes(high)
}

fn decimal(text: &str) -> Result<Decimal, Failure> {
    text.parse().map_err(|error: rust_decimal::Error| error.to_string().into())
}

fn half_up(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}
