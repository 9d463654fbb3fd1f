//! The life of a job: opened and closed, put on its client's portal and taken off.

use crate::candidates::model::{Job, JobState};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::closed_list;

closed_list! {
    /// What can happen to a job.
    JobAction {
        Edit "edit",
        /// The client sees it from now on.
        PutOnPortal "put_on_portal",
        /// The client sees it no longer.
        RemoveFromPortal "remove_from_portal",
        Close "close",
        Reopen "reopen",
        /// Somebody is put forward for it, or passes the review.
        AddCandidate "add_candidate",
        /// The client says something of a candidate.
        GiveFeedback "give_feedback",
    }
}

/// The state after an action, or the refusal that the state does not allow it.
pub fn next(state: JobState, action: JobAction) -> Result<JobState, Refusal> {
    use JobAction as A;
    use JobState as S;
    match (state, action) {
        (S::NotOnPortal, A::Edit | A::AddCandidate)
        | (S::OnPortal, A::RemoveFromPortal)
        | (S::Closed, A::Reopen) => Ok(S::NotOnPortal),
        (S::NotOnPortal, A::PutOnPortal)
        | (S::OnPortal, A::Edit | A::AddCandidate | A::GiveFeedback)
        | (S::ClosedOnPortal, A::Reopen) => Ok(S::OnPortal),
        (S::OnPortal, A::Close) => Ok(S::ClosedOnPortal),
        (S::NotOnPortal, A::Close) | (S::ClosedOnPortal, A::RemoveFromPortal) => Ok(S::Closed),
        _ => Err(Refusal::new(Code::JobState).with("state", state.text()).with("action", action.text())),
    }
}

/// Takes one step.
pub fn step(job: &mut Job, action: JobAction) -> Result<(), Refusal> {
    job.state = next(job.state, action)?;
    job.revision += 1;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e1_the_whole_matrix_of_a_jobs_states_and_actions() {
        use JobState as S;
        const N: Option<JobState> = None;
        let [off, on, closed_on, closed] = JobState::ALL.map(Some);
        // Columns in the order of `JobAction::ALL`: edit, put_on_portal, remove_from_portal, close, reopen,
        // add_candidate, give_feedback.
        #[rustfmt::skip]
        let matrix = [
            (S::NotOnPortal,    [off, on, N,      closed,    N,   off, N]),
            (S::OnPortal,       [on,  N,  off,    closed_on, N,   on,  on]),
            (S::ClosedOnPortal, [N,   N,  closed, N,         on,  N,   N]),
            (S::Closed,         [N,   N,  N,      N,         off, N,   N]),
        ];
        assert_eq!(matrix.map(|(state, _)| state), JobState::ALL);
        for (state, row) in matrix {
            for (action, expected) in JobAction::ALL.into_iter().zip(row) {
                let found = next(state, action);
                assert_eq!(found.as_ref().ok(), expected.as_ref(), "{state:?} {action:?}");
                if let Err(refusal) = found {
                    assert_eq!(refusal.code, Code::JobState);
                    let details = [("state", state.text().to_owned()), ("action", action.text().to_owned())];
                    assert_eq!(refusal.details, details);
                }
            }
        }
    }

    #[test]
    fn e1_closing_and_reopening_leave_a_job_where_it_is_on_the_portal() {
        for state in JobState::ALL {
            for action in [JobAction::Close, JobAction::Reopen] {
                if let Ok(after) = next(state, action) {
                    assert_eq!(after.is_on_portal(), state.is_on_portal());
                    assert_ne!(after.is_open(), state.is_open());
                }
            }
        }
    }
}
