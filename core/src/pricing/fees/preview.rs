//! The fee now, and the moments at which it changes.

use rust_decimal::Decimal;

use super::evaluate::{Share, charge, shares};
use super::facts::{self, Cancellation, Deadline, FeeLine, FeePreview, Waived};
use super::limits::{Limit, Limits, limits};
use super::partial::released;
use super::policy::{self, CancellationPolicy, Liability};
use crate::engine::Refusal;
use crate::values::{Amount, Instant};

/// What this cancellation or change costs under the policy, before VAT, and until when it costs something else.
pub fn preview(policy: &CancellationPolicy, facts: &Cancellation) -> Result<FeePreview, Refusal> {
    policy::validate(policy).map_err(|refusal| refusal.under("policy"))?;
    facts::validate(facts).map_err(|refusal| refusal.under("cancellation"))?;
    let of_facts = |refusal: Refusal| refusal.under("cancellation");
    let case = Case {
        policy,
        facts,
        limits: limits(policy, facts).map_err(of_facts)?,
        shares: shares(policy, facts).map_err(of_facts)?,
        reason: waiver_limit(policy, facts),
        grace: facts
            .posted_at
            .filter(|_| policy.grace_minutes.get() > 0)
            .map(|posted| Limit::after(posted, policy.grace_minutes.get())),
    };
    let now = Limit::moment(facts.cancelled_at);
    let (waived, fee, lines) = case.at(now)?;
    let withdraw_until = match policy.liability {
        Liability::Claimable { withdraw_within_days } if fee != Amount::ZERO => {
            let minutes = i64::from(withdraw_within_days.get()) * 1440;
            Some(facts.cancelled_at.plus_minutes(minutes).map_err(|fault| of_facts(fault.into()))?)
        }
        Liability::Claimable { .. } | Liability::Due {} => None,
    };
    Ok(FeePreview {
        on: facts.on,
        currency: facts.currency,
        fee,
        lines,
        notice_minutes: case.limits.notice_minutes,
        waived,
        per: policy.per,
        released: facts.groups.iter().map(released).collect(),
        withdraw_until,
        deadlines: case.deadlines(now, fee)?,
    })
}

/// Until when the reason that was given waives everything.
fn waiver_limit(policy: &CancellationPolicy, facts: &Cancellation) -> Option<Limit> {
    let of_reason = policy.waivers.iter().filter(|waiver| Some(waiver.reason) == facts.reason);
    of_reason
        .map(|waiver| {
            let within = waiver.within_minutes_of_start;
            within.map_or(Limit::NEVER, |minutes| Limit::after(facts.start, minutes.get()))
        })
        .max()
}

struct Case<'p> {
    policy: &'p CancellationPolicy,
    facts: &'p Cancellation,
    limits: Limits,
    shares: Vec<Share<'p>>,
    reason: Option<Limit>,
    grace: Option<Limit>,
}

impl Case<'_> {
    /// What it costs once all limits up to this one have passed.
    fn at(&self, passed: Limit) -> Result<(Option<Waived>, Amount, Vec<FeeLine>), Refusal> {
        let holds = |limit: Option<Limit>| limit.is_some_and(|limit| limit > passed);
        let reason = self.facts.reason.filter(|_| holds(self.reason));
        let waived = match reason {
            Some(reason) => Some(Waived::Reason { reason }),
            None => holds(self.grace).then_some(Waived::Grace {}),
        };
        if waived.is_some() {
            return Ok((waived, Amount::rounded(Decimal::ZERO, self.facts.currency), Vec::new()));
        }
        let (fee, lines) = charge(self.policy, self.facts, &self.limits, &self.shares, passed)?;
        Ok((None, fee, lines))
    }

    fn deadlines(&self, now: Limit, fee: Amount) -> Result<Vec<Deadline>, Refusal> {
        let tiers = self.policy.tiers.iter().zip(&self.limits.tiers);
        let mut ahead: Vec<Limit> =
            tiers.filter(|(tier, _)| tier.on == self.facts.on).map(|(_, limit)| *limit).collect();
        ahead.extend([Some(self.limits.start), self.reason, self.grace].into_iter().flatten());
        ahead.retain(|limit| *limit > now && *limit < Limit::NEVER);
        ahead.sort_unstable();
        ahead.dedup();
        let mut deadlines = Vec::new();
        let mut before = fee;
        for limit in ahead {
            let (_, fee_after, _) = self.at(limit)?;
            if fee_after != before {
                let at = Instant::from_millis(limit.at)
                    .map_err(|fault| Refusal::from(fault).at("cancellation.start"))?;
                deadlines.push(Deadline { at, included: limit.included, fee_after });
            }
            before = fee_after;
        }
        Ok(deadlines)
    }
}
