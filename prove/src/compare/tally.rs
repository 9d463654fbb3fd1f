//! What was compared, by things and readings, and what differed.

use std::collections::BTreeMap;
use std::fmt;

use crate::world::model::World;

/// Where the core and the policies differ, in a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference(pub String);

/// What is decided over, and for whom.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    /// The kind of the thing.
    pub(super) kind: &'static str,
    pub(super) reading: &'static str,
    /// Somebody asks who is not of the agency.
    pub(super) is_outside: bool,
}

/// How often something was allowed and denied.
#[derive(Clone, Copy, Default, Debug)]
struct Count {
    allowed: u64,
    denied: u64,
}

impl Count {
    const fn all(self) -> u64 {
        self.allowed + self.denied
    }

    const fn is_one_sided(self) -> bool {
        self.allowed == 0 || self.denied == 0
    }

    const fn add(&mut self, other: Self) {
        self.allowed += other.allowed;
        self.denied += other.denied;
    }
}

/// Decisions for those outside the agency, and for its own people.
#[derive(Clone, Copy, Default, Debug)]
struct Counts {
    outside: Count,
    inside: Count,
}

/// How often each reading was allowed and denied.
#[derive(Clone, Debug)]
pub struct Tally {
    pub seed: u64,
    pub worlds: u64,
    counts: BTreeMap<(&'static str, &'static str), Counts>,
    /// How many of the jobs and candidates were in which situation.
    pub situations: BTreeMap<String, u64>,
    pub differences: Vec<Difference>,
}

/// More differences than this are not written down.
const MOST: usize = 20;

impl Tally {
    pub(super) const fn new(seed: u64) -> Self {
        Self {
            seed,
            worlds: 0,
            counts: BTreeMap::new(),
            situations: BTreeMap::new(),
            differences: Vec::new(),
        }
    }

    pub(super) fn note(
        &mut self,
        decision: Decision,
        allowed: bool,
        is_same: bool,
        sentence: impl FnOnce() -> String,
    ) {
        let counts = self.counts.entry((decision.kind, decision.reading)).or_default();
        let count = if decision.is_outside { &mut counts.outside } else { &mut counts.inside };
        *(if allowed { &mut count.allowed } else { &mut count.denied }) += 1;
        if !is_same && self.differences.len() < MOST {
            self.differences.push(Difference(sentence()));
        }
    }

    /// Counts a world that was asked about.
    pub(super) fn count(&mut self, world: &World) {
        self.worlds += 1;
        let mut seen = |situation: String| *self.situations.entry(situation).or_default() += 1;
        for job in &world.jobs {
            seen(format!("a job {}", job.situation()));
            seen(format!("a job {}", job.belonging()));
        }
        for candidate in &world.candidates {
            let named = if candidate.anonymous { "anonymised" } else { "named" };
            seen(format!("a candidate, {named}: {}", candidate.situation()));
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.worlds += other.worlds;
        for (about, counts) in other.counts {
            let all = self.counts.entry(about).or_default();
            all.outside.add(counts.outside);
            all.inside.add(counts.inside);
        }
        for (situation, count) in other.situations {
            *self.situations.entry(situation).or_default() += count;
        }
        self.differences.extend(other.differences);
    }

    /// All decisions over things of these kinds, or over all.
    fn sum(&self, kinds: Option<&[&str]>, of: impl Fn(&Counts) -> Count) -> Count {
        let mut sum = Count::default();
        for ((kind, _), counts) in &self.counts {
            if kinds.is_none_or(|kinds| kinds.contains(kind)) {
                sum.add(of(counts));
            }
        }
        sum
    }

    fn everybodys(&self, kinds: Option<&[&str]>) -> Count {
        self.sum(kinds, |counts| {
            let mut both = counts.outside;
            both.add(counts.inside);
            both
        })
    }

    pub fn allowed(&self) -> u64 {
        self.everybodys(None).allowed
    }

    pub fn denied(&self) -> u64 {
        self.everybodys(None).denied
    }

    pub fn decisions(&self) -> u64 {
        self.everybodys(None).all()
    }

    /// How many decisions are over things of these kinds, in percent.
    pub fn share(&self, kinds: &[&str]) -> u64 {
        percent(self.everybodys(Some(kinds)).all(), self.decisions())
    }

    /// How many of the decisions over things of these kinds, for those outside the agency, are that they may read, in
    /// percent.
    pub fn allowed_outside(&self, kinds: &[&str]) -> u64 {
        let outside = self.sum(Some(kinds), |counts| counts.outside);
        percent(outside.allowed, outside.all())
    }

    /// Readings that were always allowed to those outside the agency, or always denied.
    pub fn one_sided_outside(&self) -> Vec<&'static str> {
        self.one_sided(|counts| counts.outside)
    }

    /// The same for the agency's own people.
    pub fn one_sided_inside(&self) -> Vec<&'static str> {
        self.one_sided(|counts| counts.inside)
    }

    fn one_sided(&self, of: impl Fn(&Counts) -> Count) -> Vec<&'static str> {
        let mut readings: BTreeMap<&str, Count> = BTreeMap::new();
        for ((_, reading), counts) in &self.counts {
            readings.entry(reading).or_default().add(of(counts));
        }
        readings.into_iter().filter(|(_, count)| count.is_one_sided()).map(|(reading, _)| reading).collect()
    }
}

fn percent(part: u64, whole: u64) -> u64 {
    (part * 100).checked_div(whole).unwrap_or(0)
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} worlds, of seeds from {} on", self.worlds, self.seed)?;
        writeln!(f, "{:>26}  outside the agency: allowed, denied  at the agency: allowed, denied", "")?;
        let mut before = "";
        for ((kind, reading), Counts { outside, inside }) in &self.counts {
            if *kind != before {
                let kinds = [*kind];
                writeln!(
                    f,
                    "{kind}: {} decisions, {} %",
                    self.everybodys(Some(&kinds)).all(),
                    self.share(&kinds)
                )?;
                before = kind;
            }
            writeln!(
                f,
                "{reading:>26} {:>28} {:>7} {:>24} {:>7}",
                outside.allowed, outside.denied, inside.allowed, inside.denied
            )?;
        }
        for (situation, count) in &self.situations {
            writeln!(f, "{situation}: {count}")?;
        }
        write!(
            f,
            "{} decisions compared: {} allowed, {} denied, {} differences",
            self.decisions(),
            self.allowed(),
            self.denied(),
            self.differences.len()
        )
    }
}
