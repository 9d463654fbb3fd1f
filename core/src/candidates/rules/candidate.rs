//! The life of a candidate: nobody comes on a portal whom the agency has not looked at as they are.

use crate::candidates::model::{Candidate, CandidateState};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::closed_list;

closed_list! {
    /// What can happen to a candidate.
    CandidateAction {
        /// Whatever clients may be shown is changed.
        Edit "edit",
        /// It is handed in for review.
        Submit "submit",
        /// It passes the review.
        Approve "approve",
        /// It does not, and is worked on again.
        SendBack "send_back",
        /// It comes to another stage.
        Move "move",
        /// Somebody at the client says something of it.
        GiveFeedback "give_feedback",
        /// It is taken off.
        Remove "remove",
        /// It is taken up again, to be reviewed anew.
        Restore "restore",
    }
}

/// The state after an action, or the refusal that the state does not allow it.
pub fn next(state: CandidateState, action: CandidateAction) -> Result<CandidateState, Refusal> {
    use CandidateAction as A;
    use CandidateState as S;
    match (state, action) {
        (S::Draft, A::Edit | A::Move) | (S::InReview, A::SendBack) | (S::Removed, A::Restore) => Ok(S::Draft),
        (S::Draft, A::Submit) | (S::InReview, A::Edit | A::Move) => Ok(S::InReview),
        (S::InReview, A::Approve) | (S::OnPortal, A::Edit | A::Move | A::GiveFeedback) => Ok(S::OnPortal),
        (S::Draft | S::InReview | S::OnPortal, A::Remove) => Ok(S::Removed),
        _ => {
            Err(Refusal::new(Code::CandidateState).with("state", state.text()).with("action", action.text()))
        }
    }
}

/// Takes one step. What a reviewer reads is another revision; a stage and a word of the client's are not what is reviewed.
pub fn step(candidate: &mut Candidate, action: CandidateAction) -> Result<(), Refusal> {
    candidate.state = next(candidate.state, action)?;
    if !matches!(action, CandidateAction::Move | CandidateAction::GiveFeedback) {
        candidate.revision += 1;
    }
    if candidate.state != CandidateState::OnPortal {
        candidate.shown_at = None;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e2_the_whole_matrix_of_a_candidates_states_and_actions() {
        use CandidateState as S;
        const N: Option<CandidateState> = None;
        let [draft, review, on, removed] = CandidateState::ALL.map(Some);
        // Columns in the order of `CandidateAction::ALL`: edit, submit, approve, send_back, move, give_feedback, remove,
        // restore.
        #[rustfmt::skip]
        let matrix = [
            (S::Draft,    [draft,  review, N,  N,     draft,  N,  removed, N]),
            (S::InReview, [review, N,      on, draft, review, N,  removed, N]),
            (S::OnPortal, [on,     N,      N,  N,     on,     on, removed, N]),
            (S::Removed,  [N,      N,      N,  N,     N,      N,  N,       draft]),
        ];
        assert_eq!(matrix.map(|(state, _)| state), CandidateState::ALL);
        for (state, row) in matrix {
            for (action, expected) in CandidateAction::ALL.into_iter().zip(row) {
                let found = next(state, action);
                assert_eq!(found.as_ref().ok(), expected.as_ref(), "{state:?} {action:?}");
                if let Err(refusal) = found {
                    assert_eq!(refusal.code, Code::CandidateState);
                    let details = [("state", state.text().to_owned()), ("action", action.text().to_owned())];
                    assert_eq!(refusal.details, details);
                }
            }
        }
    }

    #[test]
    fn e2_nobody_comes_on_the_portal_but_out_of_the_review() {
        for state in CandidateState::ALL.into_iter().filter(|state| *state != CandidateState::OnPortal) {
            for action in CandidateAction::ALL {
                if next(state, action) == Ok(CandidateState::OnPortal) {
                    assert_eq!((state, action), (CandidateState::InReview, CandidateAction::Approve));
                }
            }
        }
    }
}
