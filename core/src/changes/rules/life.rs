//! The life of a change request: one function over two closed lists.

use crate::changes::model::{ChangeRequest, ChangeState};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::shifts::model::Shift;
use crate::values::closed_list;

closed_list! {
    /// What somebody does to a change request.
    ChangeAction {
        /// The agency makes the shift what was wanted.
        Approve "approve",
        /// The agency says no, with a reason.
        Decline "decline",
        /// The client takes it back.
        Withdraw "withdraw",
        /// The client asks for something else instead, or the shift is called off.
        Supersede "supersede",
        /// The agency does not charge the fee.
        WaiveFee "waive_fee",
    }
}

/// The whole life of a change request in one table. Nothing comes back to life; who wants it again asks again.
pub fn next(state: ChangeState, action: ChangeAction) -> Result<ChangeState, Refusal> {
    use {ChangeAction as A, ChangeState as S};
    match (state, action) {
        (S::Open, A::Approve) | (S::Approved, A::WaiveFee) => Ok(S::Approved),
        (S::Open, A::Decline) => Ok(S::Declined),
        (S::Open, A::Withdraw) => Ok(S::Withdrawn),
        (S::Open, A::Supersede) => Ok(S::Superseded),
        // A fee is due once it is approved; before that there is nothing to waive.
        (S::Open, A::WaiveFee)
        | (S::Approved, A::Approve | A::Decline | A::Withdraw | A::Supersede)
        | (S::Declined | S::Withdrawn | S::Superseded, _) => {
            Err(Refusal::new(Code::ChangeState).with("state", state.text()).with("action", action.text()))
        }
    }
}

/// Only the revision that the client saw is changed. The request stays open if the shift is another one now: the
/// agency declines it with a reason, or the client asks anew in its place.
pub fn pinned(request: &ChangeRequest, shift: &Shift) -> Result<(), Refusal> {
    if request.shift_revision == shift.revision {
        return Ok(());
    }
    let refusal = Refusal::new(Code::ChangeStale).at("request");
    Err(refusal.with("asked", request.shift_revision).with("revision", shift.revision))
}

#[cfg(test)]
mod tests {
    use super::{ChangeAction as A, ChangeState as S, next};
    use crate::codes::Code;

    #[test]
    fn c9_every_action_in_every_state() {
        // approve, decline, withdraw, supersede, waive_fee
        let table = [
            (S::Open, [Some(S::Approved), Some(S::Declined), Some(S::Withdrawn), Some(S::Superseded), None]),
            (S::Approved, [None, None, None, None, Some(S::Approved)]),
            (S::Declined, [None, None, None, None, None]),
            (S::Withdrawn, [None, None, None, None, None]),
            (S::Superseded, [None, None, None, None, None]),
        ];
        assert_eq!(table.map(|(state, _)| state), S::ALL);
        for (state, row) in table {
            for (action, expected) in A::ALL.into_iter().zip(row) {
                match next(state, action) {
                    Ok(reached) => assert_eq!(Some(reached), expected, "{state:?} {action:?}"),
                    Err(refusal) => {
                        assert_eq!(
                            (expected, refusal.code),
                            (None, Code::ChangeState),
                            "{state:?} {action:?}"
                        );
                        let told = [("state", state.text().to_owned()), ("action", action.text().to_owned())];
                        assert_eq!(refusal.details, told);
                    }
                }
            }
        }
    }
}
