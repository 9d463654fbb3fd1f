//! How much of a purchase order is used, what that sets off, and whether more may be ordered on it.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::Code;
use crate::engine::Refusal;
use crate::purchasing::model::{
    Holder, Holding, MOST_HOLDINGS, OnExcess, PurchaseLimit, PurchaseOrder, PurchaseOrderRef, Usage,
    UsageChange,
};
use crate::values::{Amount, Instant};

/// Where a purchase order stands; it follows from the clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PurchaseOrderState {
    /// Its first day has not come.
    Upcoming,
    /// It can be chosen.
    Live,
    /// Its last day is over; it stays where it is used.
    Expired,
    /// Switched off.
    Inactive,
}

/// What people should know before they order on it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PurchaseWarning {
    /// At least 75 % of it is used.
    ThreeQuartersUsed,
    /// More is used than it is for.
    Exceeded,
    /// It ends within ten days.
    EndsSoon,
    /// It ends before the work does.
    EndsBeforeWork,
    /// What is ordered has no price, so it is not known how much is used.
    CostUnknown,
}

/// A warning comes ten days before the end.
const SOON_MINUTES: i64 = 10 * 24 * 60;

/// What using it has set off, each to be told once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Crossed {
    pub three_quarters: bool,
    pub ends_soon: bool,
}

impl PurchaseOrder {
    pub fn reference(&self) -> PurchaseOrderRef {
        PurchaseOrderRef { id: self.id, number: self.number.clone() }
    }

    pub fn state_at(&self, now: Instant) -> PurchaseOrderState {
        if !self.active {
            PurchaseOrderState::Inactive
        } else if now < self.starts_at {
            PurchaseOrderState::Upcoming
        } else if now < self.ends_at {
            PurchaseOrderState::Live
        } else {
            PurchaseOrderState::Expired
        }
    }

    /// Only a live one is chosen.
    pub fn may_choose(&self, now: Instant) -> Result<(), Refusal> {
        let state = match self.state_at(now) {
            PurchaseOrderState::Live => return Ok(()),
            PurchaseOrderState::Upcoming => "upcoming",
            PurchaseOrderState::Expired => "expired",
            PurchaseOrderState::Inactive => "inactive",
        };
        Err(Refusal::new(Code::PurchaseOrderNotLive).with("number", &self.number).with("state", state))
    }

    /// What is used now, without what one holds if it is named. What has expired holds nothing.
    pub fn used(&self, now: Instant, without: Option<Holder>) -> Usage {
        self.used_as(now, without, true)
    }

    /// The same as somebody may know it: the agency without what is still inside the client.
    pub fn used_as(&self, now: Instant, without: Option<Holder>, knows_in_house: bool) -> Usage {
        let counts =
            |one: &&Holding| Some(one.by) != without && one.holds(now) && (knows_in_house || !one.in_house);
        let start = add(self.before, self.accepted);
        self.holdings.iter().filter(counts).fold(start, |sum, holding| add(sum, holding.usage()))
    }

    /// How much it is for, and how much of it a usage is, in the same unit.
    fn measured(&self, usage: Usage) -> (Decimal, Decimal) {
        match self.limit {
            PurchaseLimit::Value { money } => (money.amount.decimal(), usage.amount.decimal()),
            PurchaseLimit::Hours { hours } => {
                (Decimal::from(u64::from(hours) * 60), Decimal::from(usage.minutes))
            }
        }
    }

    fn is_three_quarters(&self, usage: Usage) -> bool {
        let (limit, used) = self.measured(usage);
        used * Decimal::from(4) >= limit * Decimal::from(3)
    }

    fn is_exceeded(&self, usage: Usage) -> bool {
        let (limit, used) = self.measured(usage);
        used > limit
    }

    /// From ten days before the end on.
    pub fn ends_soon(&self, now: Instant) -> bool {
        self.ends_at.plus_minutes(-SOON_MINUTES).is_ok_and(|from| now >= from)
    }

    /// What there is to know of it now.
    pub fn warnings(&self, usage: Usage, now: Instant) -> Vec<PurchaseWarning> {
        let mut found = Vec::new();
        if self.is_three_quarters(usage) {
            found.push(PurchaseWarning::ThreeQuartersUsed);
        }
        if self.is_exceeded(usage) {
            found.push(PurchaseWarning::Exceeded);
        }
        if self.ends_soon(now) {
            found.push(PurchaseWarning::EndsSoon);
        }
        found
    }

    /// Whether so much may be used, all in all: less than now always, more if nothing stops it.
    pub(super) fn may_become(&self, after: Usage, is_priced: bool, now: Instant) -> Result<(), Refusal> {
        if self.on_excess == OnExcess::Warn {
            return Ok(());
        }
        let is_in_money = matches!(self.limit, PurchaseLimit::Value { .. });
        if is_in_money && !is_priced {
            return Err(Refusal::new(Code::PurchaseOrderUnpriced).with("number", &self.number));
        }
        let grows = self.measured(after).1 > self.measured(self.used(now, None)).1;
        if grows && self.is_exceeded(after) {
            return Err(Refusal::new(Code::PurchaseOrderExceeded).with("number", &self.number));
        }
        Ok(())
    }

    /// Lets this be held, in place of what the same one held before.
    pub fn hold(&mut self, holding: Holding, now: Instant) -> Result<Crossed, Refusal> {
        self.may_change(holding.by, holding.change(), now)?;
        let before = self.used(now, None);
        self.holdings.retain(|one| one.by != holding.by && one.holds(now));
        if self.holdings.len() >= MOST_HOLDINGS {
            return Err(Refusal::new(Code::TooMany).with("expected", MOST_HOLDINGS));
        }
        self.holdings.push(holding);
        Ok(self.crossed(before, now))
    }

    /// What has been crossed since so much was used.
    pub(super) fn crossed(&mut self, before: Usage, now: Instant) -> Crossed {
        let three_quarters = !self.is_three_quarters(before) && self.is_three_quarters(self.used(now, None));
        let ends_soon = self.ends_soon(now) && !self.told_of_end;
        self.told_of_end |= ends_soon;
        Crossed { three_quarters, ends_soon }
    }

    /// Gives back what somebody holds. Whether there was anything.
    pub fn release(&mut self, by: Holder) -> bool {
        let count = self.holdings.len();
        self.holdings.retain(|one| one.by != by);
        self.holdings.len() != count
    }

    /// A mandate is accepted: what it holds is used for good.
    pub fn settle(&mut self, by: Holder) {
        if let Some(holding) = self.holdings.iter().find(|one| one.by == by) {
            self.accepted = add(self.accepted, holding.usage());
        }
        self.release(by);
    }
}

impl Holding {
    fn holds(&self, now: Instant) -> bool {
        self.expires_at.is_none_or(|at| now < at)
    }

    pub fn usage(&self) -> Usage {
        Usage { amount: self.amount.unwrap_or_default(), minutes: self.minutes }
    }

    /// The same as a change from nothing to this.
    pub fn change(&self) -> UsageChange {
        UsageChange { amount: self.amount, minutes: i64::try_from(self.minutes).unwrap_or(i64::MAX) }
    }
}

/// Amounts stay far below what a decimal holds: each is at most a million million.
pub fn add(one: Usage, other: Usage) -> Usage {
    Usage {
        amount: one.amount.checked_add(other.amount).unwrap_or(Amount::ZERO),
        minutes: one.minutes.saturating_add(other.minutes),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Crossed, PurchaseOrderState, PurchaseWarning};
    use crate::codes::Code;
    use crate::purchasing::model::{Holder, Holding, OnExcess, PurchaseLimit, Usage};
    use crate::purchasing::rules::sample::{amount, at, order};
    use crate::values::MandateId;

    const EARLY: &str = "2026-09-01T08:00:00Z";

    fn holding(mandate: u128, text: &str) -> Holding {
        let by = Holder::Mandate(MandateId::new(Uuid::from_u128(mandate)));
        Holding { by, amount: Some(amount(text)), minutes: 60, expires_at: None, in_house: false }
    }

    #[test]
    fn l18a_three_quarters_warn_and_more_than_all_is_blocked_by_a_hard_stop() {
        let now = at(EARLY);
        let mut warned = order(OnExcess::Warn);
        let crossed = warned.hold(holding(1, "200"), now).unwrap();
        assert_eq!(warned.used(now, None).amount, amount("7600"), "76 %");
        assert_eq!(crossed, Crossed { three_quarters: true, ends_soon: false });
        assert_eq!(warned.warnings(warned.used(now, None), now), [PurchaseWarning::ThreeQuartersUsed]);
        let crossed = warned.hold(holding(2, "2500"), now).unwrap();
        assert!(!crossed.three_quarters, "told once");
        let both = [PurchaseWarning::ThreeQuartersUsed, PurchaseWarning::Exceeded];
        assert_eq!(warned.warnings(warned.used(now, None), now), both, "10 100");
        let mut strict = order(OnExcess::Stop);
        let refusal = strict.hold(holding(1, "2700"), now).unwrap_err();
        assert_eq!(refusal.code, Code::PurchaseOrderExceeded, "10 100");
        assert!(strict.holdings.is_empty());
        strict.hold(holding(1, "2600"), now).unwrap();
        assert_eq!(strict.hold(holding(2, "0.01"), now).unwrap_err().code, Code::PurchaseOrderExceeded);
        strict.hold(holding(1, "100"), now).unwrap();
        strict.hold(holding(2, "2500"), now).unwrap();
    }

    #[test]
    fn l18_just_below_three_quarters_is_not_warned_of() {
        let now = at(EARLY);
        let mut order = order(OnExcess::Warn);
        assert!(!order.hold(holding(1, "99.99"), now).unwrap().three_quarters);
        assert!(order.warnings(order.used(now, None), now).is_empty());
        assert!(order.hold(holding(1, "100.00"), now).unwrap().three_quarters);
    }

    #[test]
    fn l18_ten_days_before_the_end() {
        let mut order = order(OnExcess::Warn);
        // The last day ends at 23:00Z, ten days before is 21 December, 23:00Z.
        let (before, on) = (at("2026-12-21T22:59:59Z"), at("2026-12-21T23:00:00Z"));
        assert!(!order.hold(holding(1, "1"), before).unwrap().ends_soon);
        assert!(order.warnings(Usage::default(), before).is_empty());
        assert_eq!(order.warnings(Usage::default(), on), [PurchaseWarning::EndsSoon]);
        assert!(order.hold(holding(1, "1"), on).unwrap().ends_soon);
        assert!(!order.hold(holding(1, "1"), on).unwrap().ends_soon, "told once");
        assert_eq!(order.state_at(at("2026-12-31T22:59:59Z")), PurchaseOrderState::Live);
        assert_eq!(order.state_at(at("2026-12-31T23:00:00Z")), PurchaseOrderState::Expired);
        assert_eq!(
            order.may_choose(at("2026-12-31T23:00:00Z")).unwrap_err().code,
            Code::PurchaseOrderNotLive
        );
    }

    #[test]
    fn l18_what_is_released_settled_or_expired() {
        let now = at(EARLY);
        let mut order = order(OnExcess::Stop);
        let mandate = holding(1, "1").by;
        order
            .hold(Holding { expires_at: Some(at("2026-09-02T08:00:00Z")), ..holding(1, "2000") }, now)
            .unwrap();
        assert_eq!(order.used(at("2026-09-02T07:59:59Z"), None).amount, amount("9400"));
        assert_eq!(order.used(at("2026-09-02T08:00:00Z"), None).amount, amount("7400"), "expired");
        assert!(order.hold(holding(2, "2600"), now).is_err());
        order.settle(mandate);
        assert_eq!(order.used(at("2026-09-02T08:00:00Z"), None).amount, amount("9400"), "accepted in time");
        assert!(!order.release(mandate), "used for good");
        order.hold(holding(2, "600"), now).unwrap();
        assert!(order.release(holding(2, "1").by));
        assert_eq!(order.used(now, None).amount, amount("9400"));
    }

    #[test]
    fn l18_hours_are_counted_and_a_missing_price_stops_only_what_is_in_money() {
        let now = at(EARLY);
        let unpriced = Holding { amount: None, ..holding(1, "1") };
        let mut order = order(OnExcess::Stop);
        assert_eq!(order.hold(unpriced.clone(), now).unwrap_err().code, Code::PurchaseOrderUnpriced);
        order.limit = PurchaseLimit::Hours { hours: 2 };
        assert!(!order.hold(unpriced.clone(), now).unwrap().three_quarters, "half");
        let more = Holding { minutes: 30, ..holding(2, "1") };
        assert!(order.hold(more, now).unwrap().three_quarters, "90 of 120 minutes");
        let refusal = order.hold(Holding { minutes: 31, ..holding(3, "1") }, now).unwrap_err();
        assert_eq!(refusal.code, Code::PurchaseOrderExceeded);
    }
}
