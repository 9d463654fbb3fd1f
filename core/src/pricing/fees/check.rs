//! What an agency should hear about a policy before it publishes it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::policy::{CancellationPolicy, Fee, FeeCondition, FeeTier, FixedPer, HoursLimit};
use crate::values::{Locale, Percent};

/// How bad a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "CancellationFindingSeverity")]
pub enum Severity {
    /// The policy does not say what it seems to say.
    Error,
    /// It can be meant like that.
    Warning,
}

/// What was found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "CancellationFindingCode")]
pub enum FindingCode {
    Empty,
    Unordered,
    Duplicate,
    Unreachable,
    FeeMayFall,
    Gap,
}

impl FindingCode {
    pub const ALL: [Self; 6] =
        [Self::Empty, Self::Unordered, Self::Duplicate, Self::Unreachable, Self::FeeMayFall, Self::Gap];

    pub const fn severity(self) -> Severity {
        match self {
            Self::Empty | Self::Unordered | Self::Duplicate | Self::Unreachable => Severity::Error,
            Self::FeeMayFall | Self::Gap => Severity::Warning,
        }
    }

    /// One sentence for a person.
    pub const fn message(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Empty, Locale::En) => {
                "there are no tiers, so nothing is ever charged; leave the policy out"
            }
            (Self::Empty, Locale::Fr) => {
                "il n'y a aucun palier, rien n'est donc facturé ; omettez les conditions"
            }
            (Self::Unordered, Locale::En) => {
                "write the tiers from long notice to short; this one has longer notice"
            }
            (Self::Unordered, Locale::Fr) => {
                "écrivez les paliers du préavis long au court ; celui-ci a un préavis plus long"
            }
            (Self::Duplicate, Locale::En) => "another tier has the same notice and condition; keep one",
            (Self::Duplicate, Locale::Fr) => {
                "un autre palier a le même préavis et la même condition ; gardez-en un"
            }
            (Self::Unreachable, Locale::En) => {
                "this tier never counts; remove it, or put it before the others"
            }
            (Self::Unreachable, Locale::Fr) => {
                "ce palier ne s'applique jamais ; supprimez-le ou placez-le avant les autres"
            }
            (Self::FeeMayFall, Locale::En) => {
                "with less notice the fee may be lower here than in an earlier tier"
            }
            (Self::FeeMayFall, Locale::Fr) => {
                "avec moins de préavis, les frais peuvent être moindres ici que dans un palier précédent"
            }
            (Self::Gap, Locale::En) => {
                "with less notice than this nothing may be charged; add a tier with 0 minutes"
            }
            (Self::Gap, Locale::Fr) => {
                "avec moins de préavis, il se peut que rien ne soit facturé ; ajoutez un palier à 0 minute"
            }
        }
    }
}

/// A finding with the place where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub severity: Severity,
    pub code: FindingCode,
    /// The tier, such as `tiers[2]`; empty for the whole policy.
    pub path: String,
}

impl Finding {
    fn new(code: FindingCode, tier: Option<usize>) -> Self {
        let path = tier.map_or_else(String::new, |index| format!("tiers[{index}]"));
        Self { severity: code.severity(), code, path }
    }
}

/// What is odd about a policy, in the order of its tiers. Without findings less notice never costs less.
pub fn check(policy: &CancellationPolicy) -> Vec<Finding> {
    if policy.tiers.is_empty() {
        return vec![Finding::new(FindingCode::Empty, None)];
    }
    let tiers: &[FeeTier] = &policy.tiers;
    (0_usize..).zip(tiers).flat_map(|(index, tier)| of_tier(tiers, index, tier)).collect()
}

fn of_tier(tiers: &[FeeTier], index: usize, tier: &FeeTier) -> Vec<Finding> {
    let earlier: Vec<&FeeTier> = tiers.iter().take(index).filter(|other| other.on == tier.on).collect();
    let same = |other: &&&FeeTier| rank(other) == rank(tier);
    let mut found = Vec::new();
    if earlier.iter().any(|other| rank(other) < rank(tier)) {
        found.push(FindingCode::Unordered);
    }
    if earlier.iter().filter(same).any(|other| other.when == tier.when) {
        found.push(FindingCode::Duplicate);
    } else if !possible(&tier.when)
        || earlier.iter().filter(same).any(|other| covers(&other.when, &tier.when))
    {
        found.push(FindingCode::Unreachable);
    }
    if may_fall(tiers, index, tier) {
        found.push(FindingCode::FeeMayFall);
    }
    if rank(tier) > 1 && !is_nothing(&tier.fee) && !holds_until_the_start(tiers, tier) {
        found.push(FindingCode::Gap);
    }
    found.into_iter().map(|code| Finding::new(code, Some(index))).collect()
}

/// Longer notice is higher; a shift that has begun is lowest.
fn rank(tier: &FeeTier) -> u64 {
    tier.notice.minutes().map_or(0, |minutes| u64::from(minutes) + 1)
}

fn holds_until_the_start(tiers: &[FeeTier], tier: &FeeTier) -> bool {
    let last = |other: &&FeeTier| other.on == tier.on && rank(other) == 1;
    tiers.iter().filter(last).any(|other| covers(&other.when, &tier.when))
}

/// Whether slots can come to this tier from one with longer notice that may cost more.
fn may_fall(tiers: &[FeeTier], index: usize, tier: &FeeTier) -> bool {
    let alike = || tiers.iter().filter(|other| other.on == tier.on);
    let regroups = alike().any(|other| !other.when.skills.is_empty());
    alike().filter(|longer| rank(longer) > rank(tier) && !is_nothing(&longer.fee)).any(|longer| {
        let Some(both) = intersection(&longer.when, &tier.when) else { return false };
        let shadowed = tiers
            .iter()
            .take(index)
            .any(|other| other.on == tier.on && rank(other) == rank(tier) && covers(&other.when, &both));
        // Slots that share a tier may part in the next one, and fees that are made for all together do not add up.
        let together = regroups && !(adds_up(&longer.fee) && adds_up(&tier.fee));
        !shadowed && (together || !at_most(&longer.fee, &tier.fee))
    })
}

fn is_nothing(fee: &Fee) -> bool {
    matches!(fee, Fee::None {})
}

/// Whether the fee for two groups is the sum of their fees.
fn adds_up(fee: &Fee) -> bool {
    !matches!(fee, Fee::MaxOf { .. } | Fee::MinOf { .. } | Fee::Fixed { per: FixedPer::Once, .. })
}

/// Whether `low` is never above `high`, whatever the facts. False if that cannot be shown.
fn at_most(low: &Fee, high: &Fee) -> bool {
    match (low, high) {
        (Fee::None {}, _) => true,
        (Fee::MaxOf { of }, _) => of.iter().all(|part| at_most(part, high)),
        (_, Fee::MinOf { of }) => of.iter().all(|part| at_most(low, part)),
        (Fee::MinOf { of }, Fee::MaxOf { of: highs }) => {
            of.iter().any(|part| at_most(part, high)) || highs.iter().any(|part| at_most(low, part))
        }
        (Fee::MinOf { of }, _) => of.iter().any(|part| at_most(part, high)),
        (_, Fee::MaxOf { of }) => of.iter().any(|part| at_most(low, part)),
        (Fee::Full {} | Fee::Percent { .. }, Fee::Full {} | Fee::Percent { .. }) => share(low) <= share(high),
        (Fee::MinimumCall { percent: low }, Fee::MinimumCall { percent: high }) => low <= high,
        (Fee::Hours { minutes: low, limit: of_low }, Fee::Hours { minutes: high, limit: of_high }) => {
            let bounded = *of_high == HoursLimit::AsWritten || *of_low == HoursLimit::Scheduled;
            low <= high && bounded
        }
        (Fee::Fixed { amount: low, per: of_low }, Fee::Fixed { amount: high, per: of_high }) => {
            let counted = of_low == of_high || *of_low == FixedPer::Once;
            low <= high && counted
        }
        _ => false,
    }
}

/// The part of the estimate, where all of it counts as nothing less than the whole.
fn share(fee: &Fee) -> Option<Percent> {
    match fee {
        Fee::Percent { percent } => Some(*percent),
        Fee::Full {} => Percent::parse("100").ok(),
        _ => None,
    }
}

/// The minutes of shift length that a condition allows: above the first, up to the second.
fn lengths(when: &FeeCondition) -> (u32, u32) {
    let above = when.longer_than_minutes.map_or(0, super::policy::Minutes::get);
    (above, when.at_most_minutes.map_or(u32::MAX, super::policy::Minutes::get))
}

fn possible(when: &FeeCondition) -> bool {
    let (above, most) = lengths(when);
    above < most
}

/// Whether `wide` holds wherever `narrow` does.
fn covers(wide: &FeeCondition, narrow: &FeeCondition) -> bool {
    let (above, most) = lengths(wide);
    let (narrow_above, narrow_most) = lengths(narrow);
    let skills = wide.skills.is_empty()
        || (!narrow.skills.is_empty() && narrow.skills.iter().all(|skill| wide.skills.contains(skill)));
    skills && above <= narrow_above && most >= narrow_most
}

/// Where both hold, if anywhere.
fn intersection(left: &FeeCondition, right: &FeeCondition) -> Option<FeeCondition> {
    let skills = match (left.skills.is_empty(), right.skills.is_empty()) {
        (true, _) => right.skills.clone(),
        (false, true) => left.skills.clone(),
        (false, false) => {
            let both: Vec<_> =
                left.skills.iter().filter(|skill| right.skills.contains(skill)).cloned().collect();
            if both.is_empty() {
                return None;
            }
            crate::values::Bounded::new(both).ok()?
        }
    };
    let (left_above, left_most) = lengths(left);
    let (right_above, right_most) = lengths(right);
    let minutes = |value: u32| super::policy::Minutes::new(value).ok();
    let both = FeeCondition {
        skills,
        longer_than_minutes: minutes(left_above.max(right_above)),
        at_most_minutes: minutes(left_most.min(right_most)),
    };
    possible(&both).then_some(both)
}
