//! What was compared, by reading, and what differed.

use std::collections::BTreeMap;
use std::fmt;

/// Where the core and the policies differ, in a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference(pub String);

/// How often each reading was allowed and denied.
#[derive(Clone, Debug)]
pub struct Tally {
    pub seed: u64,
    pub worlds: u64,
    counts: BTreeMap<&'static str, (u64, u64)>,
    pub differences: Vec<Difference>,
}

/// More differences than this are not written down.
const MOST: usize = 20;

impl Tally {
    pub(super) const fn new(seed: u64) -> Self {
        Self { seed, worlds: 0, counts: BTreeMap::new(), differences: Vec::new() }
    }

    pub(super) fn note(
        &mut self,
        reading: &'static str,
        allowed: bool,
        is_same: bool,
        sentence: impl FnOnce() -> String,
    ) {
        let (yes, no) = self.counts.entry(reading).or_default();
        *(if allowed { yes } else { no }) += 1;
        if !is_same && self.differences.len() < MOST {
            self.differences.push(Difference(sentence()));
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.worlds += other.worlds;
        for (reading, (yes, no)) in other.counts {
            let (all_yes, all_no) = self.counts.entry(reading).or_default();
            *all_yes += yes;
            *all_no += no;
        }
        self.differences.extend(other.differences);
    }

    pub fn allowed(&self) -> u64 {
        self.counts.values().map(|(yes, _)| yes).sum()
    }

    pub fn denied(&self) -> u64 {
        self.counts.values().map(|(_, no)| no).sum()
    }

    pub fn decisions(&self) -> u64 {
        self.allowed() + self.denied()
    }

    /// Readings that were always allowed, or always denied.
    pub fn one_sided(&self) -> Vec<&'static str> {
        let one_sided = self.counts.iter().filter(|(_, (yes, no))| *yes == 0 || *no == 0);
        one_sided.map(|(reading, _)| *reading).collect()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} worlds, of seeds from {} on", self.worlds, self.seed)?;
        for (reading, (yes, no)) in &self.counts {
            writeln!(f, "{reading:>26} {yes:>8} allowed {no:>8} denied")?;
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
