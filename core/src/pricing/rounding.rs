//! Rounding of worked times, on the grid of local clocks. Knows no rate and no zone: minutes in, minutes out.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::{Whole, round_half_up};

/// Minutes between two points of the grid.
pub type StepMinutes = Whole<1, 1440>;

/// What of a worked time is rounded. A plan needs none of this; a time that was clocked may.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum TimeRounding {
    /// Every minute counts as it was.
    None {},
    /// Start and end, each on the grid that begins with the local day.
    Punches { start: RoundingMode, end: RoundingMode, step_minutes: StepMinutes },
    /// The time between them: the start stays, the end moves.
    Duration { mode: RoundingMode, step_minutes: StepMinutes },
    /// The hours, when they become a decimal quantity; the minutes stay. See [`decimal_hours`].
    DecimalHours { places: Whole<0, 6> },
}

impl Default for TimeRounding {
    fn default() -> Self {
        Self::None {}
    }
}

/// Where a time between two points of the grid goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum RoundingMode {
    None {},
    Up {},
    Down {},
    Nearest {
        #[serde(default)]
        tie: Tie,
    },
    /// Away from the middle of the work: a start goes down, an end and a duration go up.
    Outward {},
    /// To the planned time if it is not further away than this, either way; otherwise it stays.
    ToScheduleWithin {
        tolerance_minutes: Whole<0, 1440>,
    },
}

/// Where exactly half a step goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    #[default]
    Up,
    Down,
}

/// Which end of the work a time is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Start,
    End,
}

/// Two points of a grid with the time between them, and the minutes from the lower point to the time.
struct Between {
    below: i64,
    above: i64,
    past: i64,
}

const DAY: i64 = 1440;

/// Minutes further away than this are no times of people: it keeps every sum here far from overflow.
const FURTHEST: i64 = 1 << 40;

/// The rounded start and end, in local minutes. `planned` is what [`RoundingMode::ToScheduleWithin`] goes to; without
/// it such a time stays as it is.
///
/// No time worked stays no time, and more time never becomes less: punches whose rounding would cross leave an empty
/// span at the rounded start.
pub fn round_span(
    policy: TimeRounding,
    start: i64,
    end: i64,
    planned: Option<(i64, i64)>,
) -> Result<(i64, i64), Refusal> {
    check_span(start, end, planned)?;
    if start == end {
        return Ok((start, end));
    }
    match policy {
        TimeRounding::None {} | TimeRounding::DecimalHours { .. } => Ok((start, end)),
        TimeRounding::Punches { start: first, end: last, step_minutes } => {
            let step = step_minutes.get().into();
            let from = round_punch(first, Side::Start, start, step, planned.map(|plan| plan.0));
            let to = round_punch(last, Side::End, end, step, planned.map(|plan| plan.1));
            Ok((from, to.max(from)))
        }
        TimeRounding::Duration { mode, step_minutes } => {
            let planned = planned.map(|(from, to)| to - from);
            let length = end - start;
            let between = between(length, 0, step_minutes.get().into(), i64::MAX);
            Ok((start, start + place(mode, Side::End, length, &between, planned)))
        }
    }
}

fn check_span(start: i64, end: i64, planned: Option<(i64, i64)>) -> Result<(), Refusal> {
    let (from, to) = planned.unwrap_or((start, end));
    for (path, time) in [("start", start), ("end", end), ("planned.start", from), ("planned.end", to)] {
        if !(-FURTHEST..=FURTHEST).contains(&time) {
            return Err(Refusal::new(Code::OutOfRange).with("expected", "a time of this era").at(path));
        }
    }
    match (start <= end, from <= to) {
        (true, true) => Ok(()),
        (false, _) => Err(Refusal::new(Code::EndBeforeStart).at("end")),
        (true, false) => Err(Refusal::new(Code::EndBeforeStart).at("planned.end")),
    }
}

/// The grid begins anew with each local day, so that a step which does not divide the day has the same points every
/// day; midnight is always one of them.
fn round_punch(mode: RoundingMode, side: Side, time: i64, step: i64, planned: Option<i64>) -> i64 {
    let midnight = time - time.rem_euclid(DAY);
    place(mode, side, time, &between(time, midnight, step, midnight + DAY), planned)
}

/// The points of the grid around a time. The grid begins at `origin`, and `last` is a point of it too.
fn between(time: i64, origin: i64, step: i64, last: i64) -> Between {
    let past = (time - origin).rem_euclid(step);
    let below = time - past;
    // A time on the grid has both points in one.
    let above = if past == 0 { time } else { (below + step).min(last) };
    Between { below, above, past }
}

fn place(mode: RoundingMode, side: Side, time: i64, between: &Between, planned: Option<i64>) -> i64 {
    match mode {
        RoundingMode::None {} => time,
        RoundingMode::Up {} => between.above,
        RoundingMode::Down {} => between.below,
        RoundingMode::Outward {} => match side {
            Side::Start => between.below,
            Side::End => between.above,
        },
        RoundingMode::Nearest { tie } => {
            let up = match (2 * between.past).cmp(&(between.above - between.below)) {
                std::cmp::Ordering::Less => false,
                std::cmp::Ordering::Equal => tie == Tie::Up,
                std::cmp::Ordering::Greater => true,
            };
            if up { between.above } else { between.below }
        }
        RoundingMode::ToScheduleWithin { tolerance_minutes } => {
            let near = |plan: &i64| (time - plan).abs() <= i64::from(tolerance_minutes.get());
            planned.filter(near).unwrap_or(time)
        }
    }
}

/// Minutes as decimal hours, half up: 543 minutes are 9.05 hours.
///
/// The policy of some; it costs or gives away up to half of the last digit. Minutes are the quantity of record.
pub fn decimal_hours(minutes: u32, places: u32) -> Decimal {
    round_half_up(Decimal::from(minutes) / Decimal::from(60), places)
}

#[cfg(test)]
#[path = "rounding_vectors.rs"]
mod vectors;
