//! What becomes of a purchase order, and who may ask, when the shifts of an accepted mandate change.
//!
//! What a change takes is held while it is asked for, and what it gives back stays used until it is approved: the rest
//! of a purchase order is never more than what is certain.

use super::approval::{NoApproval, Route, route};
use super::usage::{Crossed, add};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::purchasing::model::{ApprovalChain, Holder, Holding, PurchaseOrder, Usage, UsageChange};
use crate::values::{Amount, Instant, Money, UserId};

impl Usage {
    /// The usage after this change.
    #[must_use]
    pub fn changed(self, by: UsageChange) -> Self {
        let amount = by.amount.unwrap_or_default();
        Self {
            amount: self.amount.checked_add(amount).unwrap_or(self.amount),
            minutes: self.minutes.saturating_add_signed(by.minutes),
        }
    }

    /// All of it given back.
    pub fn given_back(self) -> UsageChange {
        UsageChange {
            amount: Amount::ZERO.checked_sub(self.amount),
            minutes: i64::try_from(self.minutes).map_or(i64::MIN, |minutes| -minutes),
        }
    }
}

impl UsageChange {
    /// The same with a fee on top.
    #[must_use]
    pub fn with_fee(self, fee: Amount) -> Self {
        Self { amount: self.amount.and_then(|amount| amount.checked_add(fee)), ..self }
    }

    /// A fee that is not charged after all.
    pub fn fee_back(fee: Amount) -> Self {
        Self { amount: Amount::ZERO.checked_sub(fee), minutes: 0 }
    }

    /// What of it is to be held until it is certain; none if it takes nothing.
    fn held(self) -> Option<Usage> {
        let amount = self.amount.unwrap_or_default().max(Amount::ZERO);
        let minutes = u64::try_from(self.minutes).unwrap_or(0);
        let takes = self.amount.is_none() || amount > Amount::ZERO || minutes > 0;
        takes.then_some(Usage { amount, minutes })
    }
}

impl PurchaseOrder {
    /// What would be used if this change came, in place of what is held under this name.
    pub fn used_with(&self, by: Holder, change: UsageChange, now: Instant, knows_in_house: bool) -> Usage {
        self.used_as(now, Some(by), knows_in_house).changed(change)
    }

    /// Whether a change may take this, in place of what is held under this name. It may always give back.
    pub fn may_change(&self, by: Holder, change: UsageChange, now: Instant) -> Result<(), Refusal> {
        self.may_become(self.used_with(by, change, now, true), change.amount.is_some(), now)
    }

    /// Holds what a change would take, until `expires_at` at most, in place of what is held under this name. What only
    /// gives back holds nothing.
    pub fn hold_change(
        &mut self,
        by: Holder,
        change: UsageChange,
        expires_at: Instant,
        now: Instant,
    ) -> Result<Crossed, Refusal> {
        self.may_change(by, change, now)?;
        let Some(Usage { amount, minutes }) = change.held() else {
            self.release(by);
            return Ok(Crossed::default());
        };
        let amount = change.amount.map(|_| amount);
        self.hold(Holding { by, amount, minutes, expires_at: Some(expires_at), in_house: false }, now)
    }

    /// The change is certain: it is used, or given back, for good.
    pub fn settle_change(&mut self, by: Holder, change: UsageChange) {
        self.release(by);
        self.accepted = self.accepted.changed(change);
    }

    /// Takes again what was given back, if there is as much left.
    pub fn take_again(&mut self, usage: Usage, now: Instant) -> Result<Crossed, Refusal> {
        let before = self.used(now, None);
        self.may_become(add(before, usage), true, now)?;
        self.accepted = add(self.accepted, usage);
        Ok(self.crossed(before, now))
    }
}

/// Who would have to approve that a shift costs so much more, its fee with it: nobody, if it costs no more.
///
/// `rise` is none if it may cost more and nobody can say how much.
pub fn route_rise(
    chain: Option<&ApprovalChain>,
    rise: Option<Money>,
    asks: Option<UserId>,
    acting: Option<UserId>,
) -> Route {
    let is_on = chain.is_some_and(|chain| chain.on);
    if is_on && rise.is_some_and(|rise| rise.amount <= Amount::ZERO) {
        return Route::NotNeeded(NoApproval::CostsNoMore);
    }
    route(chain, rise, asks.as_slice(), acting)
}

/// A change is asked for by somebody who needs nobody's approval for it: there is none to be waited for.
pub fn may_ask_for(chain: Option<&ApprovalChain>, rise: Option<Money>, route: Route) -> Result<(), Refusal> {
    match route {
        Route::NotNeeded(_) => Ok(()),
        Route::Ask(approver) => {
            let refusal = Refusal::new(Code::ChangeNeedsApprover);
            // Whose limit covers it may only ask if the client lets people order within their own limits.
            let could_ask = rise.is_some() && chain.is_some_and(|chain| chain.within_own_limit);
            Err(if could_ask { refusal.with("approver", approver) } else { refusal })
        }
        Route::Nobody => {
            let reason = chain.map_or(String::new(), |chain| chain.reason.to_string());
            Err(Refusal::new(Code::NobodyCanApprove).with("reason", reason))
        }
    }
}

#[cfg(test)]
mod tests;
