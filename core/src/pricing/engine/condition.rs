//! Conditions made ready for speed: what a position decides once, and masks for what each minute decides.

use std::collections::BTreeSet;

use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::list::{Between, Condition, Key, WorkerAttributes};
use crate::shifts::model::Role;

/// What holds at a minute of a shift: the windows, the weekdays (several under any-touch) and whether it is a holiday.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Moment {
    pub windows: u32,
    pub weekdays: u8,
    pub holiday: bool,
}

/// What a condition asks of a minute.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct When {
    /// All of these windows.
    pub windows: u32,
    /// One of these days; none asks nothing.
    pub weekdays: u8,
    pub holiday: Option<bool>,
}

impl When {
    pub fn holds(self, moment: Moment) -> bool {
        moment.windows & self.windows == self.windows
            && (self.weekdays == 0 || moment.weekdays & self.weekdays != 0)
            && self.holiday.is_none_or(|wanted| wanted == moment.holiday)
    }

    pub fn asks_nothing(self) -> bool {
        self == Self::default()
    }
}

/// What a condition asks of a position as a whole.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Whole {
    /// One of these; none asks nothing.
    pub skills: Option<BTreeSet<Key>>,
    pub role: Option<Role>,
    pub length: Between,
    pub headcount: Between,
    pub lead_time: Between,
    pub worker: WorkerAttributes,
}

/// A position as conditions see it.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'d> {
    pub skill: Option<&'d Key>,
    pub role: Role,
    /// Minutes before breaks.
    pub length: i64,
    pub headcount: u32,
    /// Minutes from the order to the start, if it is known when the order came.
    pub lead_time: Option<i64>,
    pub worker: &'d WorkerAttributes,
}

fn within(between: Between, value: i64) -> bool {
    between.over.is_none_or(|over| value > i64::from(over))
        && between.up_to.is_none_or(|most| value <= i64::from(most))
}

impl Whole {
    /// Whether the rule's condition on the position holds; what is unknown of the worker does not.
    pub fn holds(&self, facts: &Facts) -> bool {
        let skill_fits = || match (&self.skills, facts.skill) {
            (None, _) => true,
            (Some(skills), Some(skill)) => skills.contains(skill),
            (Some(_), None) => false,
        };
        let lead_fits = || {
            self.lead_time == Between::default()
                || facts.lead_time.is_some_and(|minutes| within(self.lead_time, minutes))
        };
        let worker = &self.worker;
        self.role.is_none_or(|role| role == facts.role)
            && within(self.length, facts.length)
            && within(self.headcount, i64::from(facts.headcount))
            && lead_fits()
            && (worker.qualified.is_none() || worker.qualified == facts.worker.qualified)
            && (worker.grade.is_none() || worker.grade == facts.worker.grade)
            && skill_fits()
    }

    /// Whether two positions of one skill and role may differ.
    pub fn asks_more_than_role(&self) -> bool {
        *self != Self { skills: self.skills.clone(), role: self.role, ..Self::default() }
    }

    pub fn asks_of_worker(&self) -> bool {
        self.worker != WorkerAttributes::default()
    }
}

/// Both halves, and how many things are asked: the measure of how specific a rule is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ask {
    pub whole: Whole,
    pub when: When,
    pub specificity: u32,
}

/// Reads a condition; `windows` are the codes of the calendar.
pub(super) fn read(condition: &Condition, windows: &[Key], path: &str) -> Result<Ask, Refusal> {
    let mut ask = Ask::default();
    let mut count = |given: bool| ask.specificity += u32::from(given);
    count(!condition.skills.is_empty());
    count(condition.role.is_some());
    count(condition.window.is_some());
    count(!condition.weekdays.is_empty());
    count(condition.holiday.is_some());
    count(condition.length_minutes.is_some());
    count(condition.headcount.is_some());
    count(condition.lead_time_minutes.is_some());
    if let Some(worker) = &condition.worker {
        count(worker.qualified.is_some());
        count(worker.grade.is_some());
    }
    if let Some(window) = &condition.window {
        let at = windows.iter().position(|code| code == window);
        let at = at.and_then(|at| u32::try_from(at).ok()).ok_or_else(|| {
            Refusal::new(Code::WindowUnknown).at(format!("{path}.window")).with("window", window)
        })?;
        ask.when.windows = 1_u32.checked_shl(at).unwrap_or(0);
    }
    for day in &condition.weekdays {
        ask.when.weekdays |= 1 << day.index();
    }
    ask.when.holiday = condition.holiday;
    let between = |field: &str, given: Option<Between>| match given {
        Some(Between { over: Some(over), up_to: Some(most) }) if over >= most => {
            let refusal = Refusal::new(Code::OutOfRange).at(format!("{path}.{field}"));
            Err(refusal.with("expected", "more at the upper end than at the lower"))
        }
        Some(Between { over: None, up_to: None }) => {
            Err(Refusal::new(Code::FieldMissing).at(format!("{path}.{field}.over")))
        }
        given => Ok(given.unwrap_or_default()),
    };
    ask.whole = Whole {
        skills: (!condition.skills.is_empty()).then(|| condition.skills.iter().cloned().collect()),
        role: condition.role,
        length: between("length_minutes", condition.length_minutes)?,
        headcount: between("headcount", condition.headcount)?,
        lead_time: between("lead_time_minutes", condition.lead_time_minutes)?,
        worker: condition.worker.clone().unwrap_or_default(),
    };
    Ok(ask)
}

impl Ask {
    /// Both conditions at once; `None` if they can never hold together.
    pub fn and(&self, inner: &Self) -> Option<Self> {
        let weekdays = match (self.when.weekdays, inner.when.weekdays) {
            (0, days) | (days, 0) => days,
            (one, other) if one & other != 0 => one & other,
            _ => return None,
        };
        let whole = Whole {
            skills: match (&self.whole.skills, &inner.whole.skills) {
                (None, skills) | (skills, None) => skills.clone(),
                (Some(one), Some(other)) => {
                    let both: BTreeSet<Key> = one.intersection(other).cloned().collect();
                    (!both.is_empty()).then_some(both)?.into()
                }
            },
            role: same(self.whole.role, inner.whole.role)?,
            length: narrower(self.whole.length, inner.whole.length),
            headcount: narrower(self.whole.headcount, inner.whole.headcount),
            lead_time: narrower(self.whole.lead_time, inner.whole.lead_time),
            worker: WorkerAttributes {
                qualified: same(self.whole.worker.qualified, inner.whole.worker.qualified)?,
                grade: same(self.whole.worker.grade.clone(), inner.whole.worker.grade.clone())?,
            },
        };
        let when = When {
            windows: self.when.windows | inner.when.windows,
            weekdays,
            holiday: same(self.when.holiday, inner.when.holiday)?,
        };
        Some(Self { whole, when, specificity: self.specificity.saturating_add(inner.specificity) })
    }
}

/// `None` if both are given and differ.
#[expect(clippy::option_option, reason = "the outer one says whether the two can hold together")]
fn same<T: PartialEq>(one: Option<T>, other: Option<T>) -> Option<Option<T>> {
    match (one, other) {
        (None, given) | (given, None) => Some(given),
        (Some(one), Some(other)) => (one == other).then_some(Some(one)),
    }
}

fn narrower(one: Between, other: Between) -> Between {
    let most = match (one.up_to, other.up_to) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    Between { over: one.over.max(other.over), up_to: most }
}
