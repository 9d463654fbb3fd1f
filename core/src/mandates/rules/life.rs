//! The life of a mandate: states, actions, and the one table that says what leads where.

use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::closed_list;

closed_list! {
    /// Where a mandate stands.
    ///
    /// An accepted mandate is an agreement and stays accepted: what is called off later are its shifts, each with its
    /// own deadline and fee, and each can be restored until it starts. A state `cancelled` here would be a second
    /// truth about them.
    MandateState {
        /// Kept by the client, not placed yet.
        Draft "draft",
        /// Thrown away as a draft; there is nothing to see of it.
        Discarded "discarded",
        /// Somebody at the client has to approve it; the agency does not know of it.
        AwaitingApproval "awaiting_approval",
        /// Refused inside the client, by the person asked or because nobody's limit is high enough.
        Rejected "rejected",
        /// To review: the agency has to answer; the client can still edit it.
        Submitted "submitted",
        /// A member looks at one revision; an edit by the client ends that.
        InReview "in_review",
        Accepted "accepted",
        Declined "declined",
        Withdrawn "withdrawn",
        /// The client's cut-off came before an answer. It follows from the clock.
        Expired "expired",
    }
}

closed_list! {
    /// What somebody does to a mandate.
    MandateAction {
        /// The client changes what it asks for.
        Edit "edit",
        Discard "discard",
        /// The client puts it before the agency, nobody needing to approve it.
        Submit "submit",
        /// The client places it, and somebody in the house has to approve it first.
        AskApproval "ask_approval",
        Approve "approve",
        Reject "reject",
        Withdraw "withdraw",
        /// A member opens one revision, to accept that one or none.
        OpenReview "open_review",
        CloseReview "close_review",
        /// The agency changes what is asked for.
        Revise "revise",
        Accept "accept",
        Decline "decline",
        /// The cut-off passes.
        Expire "expire",
        /// The client takes it up again as a new mandate; this one stays what it is.
        Resubmit "resubmit",
    }
}

impl MandateState {
    /// Whether somebody still has to answer: these expire at the cut-off, and hold their part of a purchase order.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::AwaitingApproval | Self::Submitted | Self::InReview)
    }
}

/// The whole life of a mandate in one table.
#[allow(clippy::match_same_arms, reason = "a table by action, not by outcome")]
pub fn next(state: MandateState, action: MandateAction) -> Result<MandateState, Refusal> {
    use {MandateAction as A, MandateState as S};
    match (state, action) {
        (S::Draft, A::Edit) => Ok(S::Draft),
        (S::Draft, A::Discard) => Ok(S::Discarded),
        (S::Draft | S::AwaitingApproval, A::Submit) | (S::AwaitingApproval, A::Approve) => Ok(S::Submitted),
        // An edit can make approval necessary again, or no longer.
        (S::Draft | S::AwaitingApproval | S::Submitted, A::AskApproval) | (S::AwaitingApproval, A::Edit) => {
            Ok(S::AwaitingApproval)
        }
        // Nobody's limit is high enough.
        (S::Draft | S::AwaitingApproval, A::Reject) => Ok(S::Rejected),
        // What a member looks at is no longer what is asked for.
        (S::Submitted | S::InReview, A::Edit) | (S::InReview, A::CloseReview) => Ok(S::Submitted),
        (S::Submitted | S::InReview, A::OpenReview) | (S::InReview, A::Revise) => Ok(S::InReview),
        (S::Submitted, A::Revise) => Ok(S::Submitted),
        (S::Submitted | S::InReview, A::Accept) => Ok(S::Accepted),
        (S::Submitted | S::InReview, A::Decline) => Ok(S::Declined),
        (S::AwaitingApproval | S::Submitted | S::InReview, A::Withdraw) => Ok(S::Withdrawn),
        (S::AwaitingApproval | S::Submitted | S::InReview, A::Expire) => Ok(S::Expired),
        (S::Rejected | S::Declined | S::Withdrawn | S::Expired, A::Resubmit) => Ok(state),
        // An accepted mandate is an agreement: the client orders more in the same project instead.
        (S::Accepted, A::Edit | A::Withdraw) => refused(Code::SubmitAdditionalRequest, state, action),
        (S::Draft | S::AwaitingApproval | S::Submitted | S::InReview, _) => {
            refused(Code::MandateState, state, action)
        }
        (
            S::Accepted | S::Discarded | S::Rejected | S::Declined | S::Withdrawn | S::Expired,
            A::Edit
            | A::Discard
            | A::Submit
            | A::AskApproval
            | A::Approve
            | A::Reject
            | A::Withdraw
            | A::OpenReview
            | A::CloseReview
            | A::Revise
            | A::Accept
            | A::Decline
            | A::Expire
            | A::Resubmit,
        ) => refused(Code::MandateClosed, state, action),
    }
}

/// The state after an action that people take in the wanted state alone, although the table has a way from others too.
pub fn only_from(
    wanted: MandateState,
    state: MandateState,
    action: MandateAction,
) -> Result<MandateState, Refusal> {
    let after = next(state, action)?;
    if state == wanted { Ok(after) } else { refused(Code::MandateState, state, action) }
}

fn refused(code: Code, state: MandateState, action: MandateAction) -> Result<MandateState, Refusal> {
    Err(Refusal::new(code).with("state", state.text()).with("action", action.text()))
}

#[cfg(test)]
mod tests {
    use super::{MandateAction, MandateState, next, only_from};
    use crate::codes::Code;

    /// One row per state, one column per action in the order of `MandateAction::ALL`. `.` is `mandate_state`, `x` is
    /// `mandate_closed`, `+` is `submit_additional_request`.
    const MATRIX: &str = "
        -                 edit     discard   submit    ask      approve   reject   withdraw  open      close     revise    accept   decline  expire  resubmit
        draft             draft    discarded submitted awaiting .         rejected .         .         .         .         .        .        .       .
        discarded         x        x         x         x        x         x        x         x         x         x         x        x        x       x
        awaiting          awaiting .         submitted awaiting submitted rejected withdrawn .         .         .         .        .        expired .
        rejected          x        x         x         x        x         x        x         x         x         x         x        x        x       rejected
        submitted         submitted .        .         awaiting .         .        withdrawn in_review .         submitted accepted declined expired .
        in_review         submitted .        .         .        .         .        withdrawn in_review submitted in_review accepted declined expired .
        accepted          +        x         x         x        x         x        +         x         x         x         x        x        x       x
        declined          x        x         x         x        x         x        x         x         x         x         x        x        x       declined
        withdrawn         x        x         x         x        x         x        x         x         x         x         x        x        x       withdrawn
        expired           x        x         x         x        x         x        x         x         x         x         x        x        x       expired";

    #[test]
    fn l1_l4_every_action_in_every_state() {
        let rows: Vec<Vec<&str>> =
            MATRIX.lines().skip(2).map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(rows.len(), MandateState::ALL.len());
        for (state, row) in MandateState::ALL.iter().zip(rows) {
            let short = |state: MandateState| state.text().strip_suffix("_approval").unwrap_or(state.text());
            assert_eq!(row[0], short(*state));
            assert_eq!(row.len() - 1, MandateAction::ALL.len());
            for (action, expected) in MandateAction::ALL.iter().zip(&row[1..]) {
                let found = next(*state, *action);
                let text = match &found {
                    Ok(to) => short(*to),
                    Err(refusal) => {
                        let details = [("state", state.text().into()), ("action", action.text().into())];
                        assert_eq!(refusal.details, details, "a refusal names state and action");
                        match refusal.code {
                            Code::MandateState => ".",
                            Code::MandateClosed => "x",
                            Code::SubmitAdditionalRequest => "+",
                            other => panic!("{other:?}"),
                        }
                    }
                };
                assert_eq!(text, *expected, "{state:?} {action:?}");
            }
        }
    }

    #[test]
    fn l1_what_is_for_one_state_is_refused_in_the_others_under_its_own_name() {
        use {MandateAction as A, MandateState as S};
        let told = |state, action| {
            let refusal = only_from(S::Draft, state, action).unwrap_err();
            (refusal.code, refusal.details)
        };
        let details = |state: &str, action: &str| vec![("state", state.into()), ("action", action.into())];
        assert_eq!(only_from(S::Draft, S::Draft, A::Submit).ok(), Some(S::Submitted));
        // The table has a way from there.
        let awaiting = (Code::MandateState, details("awaiting_approval", "submit"));
        assert_eq!(told(S::AwaitingApproval, A::Submit), awaiting);
        // It has none from there: the table's own refusal.
        assert_eq!(told(S::Declined, A::Submit), (Code::MandateClosed, details("declined", "submit")));
        assert_eq!(told(S::Accepted, A::Edit), (Code::SubmitAdditionalRequest, details("accepted", "edit")));
    }

    #[test]
    fn only_open_mandates_expire() {
        for state in MandateState::ALL {
            assert_eq!(next(state, MandateAction::Expire).is_ok(), state.is_open(), "{state:?}");
        }
    }
}
