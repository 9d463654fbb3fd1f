//! Who is asked to approve a mandate, who may, and the life of an approval.
//!
//! Routing looks at the chain alone: the first whose limit covers the cost is asked, whether or not they can act today.
//! Everybody after them whose limit covers it may decide too, so nobody who is away holds an order up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::codes::Code;
use crate::engine::{Actor, Refusal};
use crate::purchasing::model::{Approval, ApprovalChain, ApprovalLimit, Approver};
use crate::values::{Money, UserId, closed_list};

closed_list! {
    /// Where an approval stands.
    ApprovalState {
        /// Somebody is asked and has not answered.
        Asked "asked",
        Approved "approved",
        Rejected "rejected",
        /// There is nothing to approve any more: the mandate was withdrawn, or now costs too little to need it.
        Dropped "dropped",
    }
}

closed_list! {
    /// What happens to an approval.
    ApprovalAction {
        /// The mandate was changed, so the question is another one.
        AskAgain "ask_again",
        Approve "approve",
        Reject "reject",
        Drop "drop",
    }
}

/// The whole life of an approval in one table.
pub fn next(state: ApprovalState, action: ApprovalAction) -> Result<ApprovalState, Refusal> {
    use {ApprovalAction as A, ApprovalState as S};
    match (state, action) {
        // What was approved costs more now, or what was dropped needs approval again.
        (S::Asked | S::Approved | S::Dropped, A::AskAgain) => Ok(S::Asked),
        (S::Asked, A::Approve) => Ok(S::Approved),
        (S::Asked, A::Reject) => Ok(S::Rejected),
        (S::Asked | S::Approved, A::Drop) => Ok(S::Dropped),
        (S::Approved, A::Approve | A::Reject)
        | (S::Rejected, A::AskAgain | A::Approve | A::Reject | A::Drop)
        | (S::Dropped, A::Approve | A::Reject | A::Drop) => {
            Err(Refusal::new(Code::ApprovalState).with("state", state.text()).with("action", action.text()))
        }
    }
}

/// Why nobody has to approve.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoApproval {
    /// The client asks for none.
    Off,
    /// It costs no more than the client's threshold.
    BelowThreshold,
    /// Whoever places it may do so within their own limit.
    WithinOwnLimit,
    /// It costs no more than was approved already.
    ApprovedAlready,
    /// A shift is changed, and costs no more than before.
    CostsNoMore,
}

/// Who has to approve.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Route {
    NotNeeded(NoApproval),
    Ask(UserId),
    /// Nobody's limit is high enough.
    Nobody,
}

/// Whoever acts for themself, with their own limit, or is looked at as if they did. In another's place nobody does.
pub const fn acting(actor: Actor) -> Option<UserId> {
    match actor {
        Actor::User { id } | Actor::Preview { user: id, .. } => Some(id),
        _ => None,
    }
}

/// The first approver whose limit covers the cost in its own currency. Whoever placed the order is not asked.
///
/// `acting` is who places it themself; nobody, if a member does so in their place: an own limit is not lent.
pub fn route(
    chain: Option<&ApprovalChain>,
    cost: Option<Money>,
    placed_by: &[UserId],
    acting: Option<UserId>,
) -> Route {
    let Some(chain) = chain.filter(|chain| chain.on) else { return Route::NotNeeded(NoApproval::Off) };
    let below =
        chain.threshold.zip(cost).is_some_and(|(threshold, cost)| threshold.covers(cost) == Some(true));
    if below {
        return Route::NotNeeded(NoApproval::BelowThreshold);
    }
    let own = chain.approvers.iter().find(|approver| Some(approver.user) == acting);
    if chain.within_own_limit && cost.is_some() && own.is_some_and(|own| covers(own, cost)) {
        return Route::NotNeeded(NoApproval::WithinOwnLimit);
    }
    let mut able = chain.approvers.iter().filter(|one| !placed_by.contains(&one.user) && covers(one, cost));
    // What has no price goes to the last word.
    let asked = if cost.is_some() { able.next() } else { able.next_back() };
    asked.map_or(Route::Nobody, |approver| Route::Ask(approver.user))
}

/// Exactly the limit is within it. What has no price is within no limit.
fn covers(approver: &Approver, cost: Option<Money>) -> bool {
    match (approver.up_to, cost) {
        (ApprovalLimit::Unlimited {}, _) => true,
        (ApprovalLimit::UpTo { money }, Some(cost)) => money.covers(cost) == Some(true),
        (ApprovalLimit::UpTo { .. }, None) => false,
    }
}

/// Whether what was approved covers this cost too.
pub fn approved_covers(approval: Option<&Approval>, cost: Option<Money>) -> bool {
    let approved = approval.filter(|approval| approval.state == ApprovalState::Approved);
    match (approved, cost) {
        (Some(Approval { cost: Some(most), .. }), Some(cost)) => most.covers(cost) == Some(true),
        _ => false,
    }
}

/// Whether this person may decide: who is asked, or anybody after them with a limit that covers it. Nobody decides over
/// their own order.
pub fn may_decide(
    chain: Option<&ApprovalChain>,
    approval: &Approval,
    placed_by: UserId,
    user: UserId,
) -> Result<(), Refusal> {
    if user == placed_by || user == approval.by {
        return Err(Refusal::new(Code::OwnOrder));
    }
    let approvers = chain.map(|chain| &*chain.approvers).unwrap_or_default();
    let place = |wanted: UserId| approvers.iter().position(|approver| approver.user == wanted);
    let Some(own) = place(user) else { return Err(Refusal::new(Code::NotTheApprover)) };
    // If who was asked is in the chain no more, whoever is decides.
    if approval.asked.and_then(place).is_some_and(|asked| own < asked) {
        return Err(Refusal::new(Code::NotTheApprover));
    }
    match approvers.get(own) {
        Some(approver) if covers(approver, approval.cost) => Ok(()),
        _ => Err(Refusal::new(Code::LimitTooLow)),
    }
}

/// Nobody changes their own limit, nor puts themself into the chain or out of it.
pub fn own_limit_stays(
    before: Option<&ApprovalChain>,
    after: &ApprovalChain,
    user: UserId,
) -> Result<(), Refusal> {
    let limit = |chain: &ApprovalChain| {
        chain.approvers.iter().find(|approver| approver.user == user).map(|approver| approver.up_to)
    };
    let lets = |chain: &ApprovalChain| chain.within_own_limit && limit(chain).is_some();
    let (old, new) = (before.and_then(limit), limit(after));
    if old != new {
        return Err(Refusal::new(Code::OwnLimit).at("approvers"));
    }
    // Letting people order within their limits raises what one may do oneself.
    if lets(after) && !before.is_some_and(lets) {
        return Err(Refusal::new(Code::OwnLimit).at("within_own_limit"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{ApprovalAction, ApprovalState, NoApproval, Route, may_decide, next, own_limit_stays, route};
    use crate::codes::Code;
    use crate::purchasing::model::{Approval, ApprovalChain, ApprovalLimit, Approver};
    use crate::values::{Bounded, ClientId, Instant, Money, Text, UserId};

    const A: UserId = UserId::new(Uuid::from_u128(1));
    const B: UserId = UserId::new(Uuid::from_u128(2));
    const C: UserId = UserId::new(Uuid::from_u128(3));
    const ANNA: UserId = UserId::new(Uuid::from_u128(9));

    fn money(currency: &str, amount: &str) -> Money {
        serde_json::from_value(serde_json::json!({ "currency": currency, "amount": amount })).unwrap()
    }

    fn up_to(user: UserId, currency: &str, amount: &str) -> Approver {
        Approver { user, up_to: ApprovalLimit::UpTo { money: money(currency, amount) } }
    }

    fn chain(approvers: Vec<Approver>) -> ApprovalChain {
        ApprovalChain {
            client: ClientId::new(Uuid::nil()),
            on: true,
            threshold: None,
            within_own_limit: false,
            reason: Text::parse("above all limits").unwrap(),
            approvers: Bounded::new(approvers).unwrap(),
            revision: 1,
        }
    }

    fn asked(chain: &ApprovalChain, cost: Option<Money>) -> Route {
        route(Some(chain), cost, &[ANNA], Some(ANNA))
    }

    #[test]
    fn l19a_the_first_limit_in_the_same_currency_that_covers_the_cost() {
        // 5 workers x 5 days x 8 h x 25.00
        let cost = Some(money("EUR", "5000.00"));
        let all = [up_to(A, "EUR", "2000"), up_to(B, "GBP", "6000"), up_to(C, "EUR", "10000")];
        assert_eq!(asked(&chain(all.to_vec()), cost), Route::Ask(C), "B is skipped: another currency");
        assert_eq!(asked(&chain(all[..2].to_vec()), cost), Route::Nobody);
        let equal = chain(vec![up_to(A, "EUR", "4999.99"), up_to(B, "EUR", "5000.00")]);
        assert_eq!(asked(&equal, cost), Route::Ask(B), "exactly equal passes");
    }

    #[test]
    fn l19_off_and_below_the_threshold_nobody_is_asked() {
        let mut chain = chain(vec![up_to(A, "EUR", "2000")]);
        chain.threshold = Some(money("EUR", "500"));
        assert_eq!(asked(&chain, Some(money("EUR", "500.00"))), Route::NotNeeded(NoApproval::BelowThreshold));
        assert_eq!(asked(&chain, Some(money("EUR", "500.01"))), Route::Ask(A));
        assert_eq!(asked(&chain, Some(money("GBP", "1.00"))), Route::Nobody, "no rate of exchange is known");
        chain.on = false;
        assert_eq!(asked(&chain, Some(money("EUR", "9000"))), Route::NotNeeded(NoApproval::Off));
        assert_eq!(route(None, None, &[ANNA], None), Route::NotNeeded(NoApproval::Off));
    }

    #[test]
    fn l19_what_has_no_price_goes_to_the_last_who_has_no_limit() {
        let free = |user| Approver { user, up_to: ApprovalLimit::Unlimited {} };
        assert_eq!(asked(&chain(vec![up_to(A, "EUR", "10"), free(B), free(C)]), None), Route::Ask(C));
        assert_eq!(asked(&chain(vec![up_to(A, "EUR", "1000000")]), None), Route::Nobody);
    }

    #[test]
    fn l19_nobody_approves_their_own_order_and_an_own_limit_counts_only_where_the_client_says_so() {
        let mut chain = chain(vec![up_to(ANNA, "EUR", "1000"), up_to(B, "EUR", "1000")]);
        let cost = Some(money("EUR", "1000"));
        assert_eq!(asked(&chain, cost), Route::Ask(B));
        chain.within_own_limit = true;
        assert_eq!(asked(&chain, cost), Route::NotNeeded(NoApproval::WithinOwnLimit));
        assert_eq!(asked(&chain, Some(money("EUR", "1000.01"))), Route::Nobody);
        assert_eq!(
            route(Some(&chain), cost, &[ANNA], None),
            Route::Ask(B),
            "in another's place it is not lent"
        );
    }

    fn approval(asked: UserId, cost: &str) -> Approval {
        Approval {
            state: ApprovalState::Asked,
            asked: Some(asked),
            by: ANNA,
            cost: Some(money("EUR", cost)),
            asked_at: Instant::parse("2026-09-01T08:00:00Z").unwrap(),
            decided_by: None,
            decided_at: None,
            reason: None,
        }
    }

    #[test]
    fn l19_whoever_is_asked_decides_or_somebody_later_whose_limit_covers_it() {
        let chain = chain(vec![
            up_to(A, "EUR", "9000"),
            up_to(B, "EUR", "2000"),
            up_to(C, "EUR", "500"),
            up_to(ANNA, "EUR", "9000"),
        ]);
        let may = |asked, user| {
            may_decide(Some(&chain), &approval(asked, "1000"), ANNA, user).map_err(|refusal| refusal.code)
        };
        assert_eq!(may(A, A), Ok(()));
        assert_eq!(may(A, B), Ok(()));
        assert_eq!(may(A, C), Err(Code::LimitTooLow));
        assert_eq!(may(B, A), Err(Code::NotTheApprover), "before the one who is asked");
        assert_eq!(may(A, ANNA), Err(Code::OwnOrder));
        let gone = UserId::new(Uuid::from_u128(7));
        assert_eq!(may(A, gone), Err(Code::NotTheApprover));
        assert_eq!(may(gone, B), Ok(()), "who was asked is in the chain no more");
        assert_eq!(may_decide(None, &approval(A, "1"), ANNA, A).unwrap_err().code, Code::NotTheApprover);
    }

    #[test]
    fn l19_nobody_changes_their_own_limit() {
        let before = chain(vec![up_to(A, "EUR", "100"), up_to(B, "EUR", "200")]);
        let stays = |after: &ApprovalChain, user| {
            own_limit_stays(Some(&before), after, user).map_err(|refusal| refusal.code)
        };
        assert_eq!(stays(&chain(vec![up_to(B, "EUR", "900"), up_to(A, "EUR", "100")]), A), Ok(()));
        assert_eq!(stays(&chain(vec![up_to(A, "EUR", "101")]), A), Err(Code::OwnLimit));
        assert_eq!(stays(&chain(Vec::new()), A), Err(Code::OwnLimit));
        assert_eq!(stays(&before, C), Ok(()));
        assert_eq!(stays(&chain(vec![up_to(C, "EUR", "1")]), C), Err(Code::OwnLimit));
        let mut freer = before.clone();
        freer.within_own_limit = true;
        assert_eq!((stays(&freer, A), stays(&freer, C)), (Err(Code::OwnLimit), Ok(())));
    }

    #[test]
    fn l19_every_action_on_an_approval_in_every_state() {
        use ApprovalState as S;
        // Ask again, approve, reject, drop.
        let matrix = [
            (S::Asked, [Some(S::Asked), Some(S::Approved), Some(S::Rejected), Some(S::Dropped)]),
            (S::Approved, [Some(S::Asked), None, None, Some(S::Dropped)]),
            (S::Rejected, [None, None, None, None]),
            (S::Dropped, [Some(S::Asked), None, None, None]),
        ];
        assert_eq!(matrix.map(|(state, _)| state), ApprovalState::ALL);
        for (state, row) in matrix {
            for (action, expected) in ApprovalAction::ALL.iter().zip(row) {
                let found = next(state, *action);
                assert_eq!(found.as_ref().ok(), expected.as_ref(), "{state:?} {action:?}");
                if let Err(refusal) = found {
                    assert_eq!(refusal.code, Code::ApprovalState);
                    assert_eq!(
                        refusal.details,
                        [("state", state.text().into()), ("action", action.text().into())]
                    );
                }
            }
        }
    }
}
