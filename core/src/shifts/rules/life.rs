//! The life of a booking: one function over two closed lists.

use crate::codes::Code;
use crate::engine::Refusal;
use crate::shifts::model::BookingState;
use crate::values::closed_list;

closed_list! {
    /// What can happen to a booking.
    Action {
        /// The proposed worker is asked.
        Invite "invite",
        /// The worker says yes to the invitation.
        Confirm "confirm",
        /// The worker says no, to the invitation or to the changed shift.
        Decline "decline",
        /// The time to answer the invitation has passed.
        Lapse "lapse",
        /// It is taken back: by the agency, for the client, or by the worker who had said yes.
        Cancel "cancel",
        /// Another worker takes the place.
        Replace "replace",
        /// The worker did not come.
        NoShow "no_show",
        /// The worker says yes to the changed shift.
        Reconfirm "reconfirm",
        /// Start, end, place or profession changed: who had said yes is asked again.
        AskAgain "ask_again",
        /// The worker says once more, shortly before the start, that it stays so.
        ConfirmAgain "confirm_again",
        /// The worker has come.
        CheckIn "check_in",
        /// The check-in was a mistake.
        UndoCheckIn "undo_check_in",
        /// The worker has left.
        CheckOut "check_out",
        /// The check-out was a mistake: the worker is still there.
        UndoCheckOut "undo_check_out",
    }
}

/// The state after an action, or the refusal that the state does not allow it.
///
/// Declined, lapsed, cancelled, replaced and no-show are ends: a worker who comes back gets a new booking. Who is or
/// was on site is neither asked nor taken back nor replaced: they are checked out, or the check-in is undone first.
pub fn next(state: BookingState, action: Action) -> Result<BookingState, Refusal> {
    use Action as A;
    use BookingState as S;
    match (state, action) {
        (S::Proposed, A::Invite) | (S::Invited, A::AskAgain) => Ok(S::Invited),
        (S::Proposed, A::AskAgain) => Ok(S::Proposed),
        (S::Invited, A::Confirm)
        | (S::NeedsReconfirmation, A::Reconfirm)
        | (S::Confirmed, A::ConfirmAgain)
        | (S::CheckedIn, A::UndoCheckIn) => Ok(S::Confirmed),
        (S::Invited | S::NeedsReconfirmation, A::Decline) => Ok(S::Declined),
        (S::Invited, A::Lapse) => Ok(S::Lapsed),
        (S::Proposed | S::Invited | S::Confirmed | S::NeedsReconfirmation, A::Cancel) => Ok(S::Cancelled),
        (S::Invited | S::Confirmed | S::NeedsReconfirmation, A::Replace) => Ok(S::Replaced),
        (S::Confirmed | S::NeedsReconfirmation, A::NoShow) => Ok(S::NoShow),
        (S::Confirmed | S::NeedsReconfirmation, A::AskAgain) => Ok(S::NeedsReconfirmation),
        (S::Confirmed, A::CheckIn) | (S::CheckedOut, A::UndoCheckOut) | (S::CheckedIn, A::AskAgain) => {
            Ok(S::CheckedIn)
        }
        (S::CheckedIn, A::CheckOut) | (S::CheckedOut, A::AskAgain) => Ok(S::CheckedOut),
        _ => Err(Refusal::new(Code::BookingState).with("state", state.text()).with("action", action.text())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c20_the_whole_matrix_of_states_and_actions() {
        use BookingState as S;
        const N: Option<BookingState> = None;
        let to = Some::<BookingState>;
        let again = to(S::NeedsReconfirmation);
        // One row per state in the order of `BookingState::ALL`; columns in the order of `Action::ALL`: invite, confirm,
        // decline, lapse, cancel, replace, no-show, reconfirm, ask again, confirm again, check in, undo, check out, undo.
        #[rustfmt::skip]
        let matrix = [
            (S::Proposed, [to(S::Invited), N, N, N, to(S::Cancelled), N, N, N, to(S::Proposed), N, N, N, N, N]),
            (S::Invited, [N, to(S::Confirmed), to(S::Declined), to(S::Lapsed), to(S::Cancelled), to(S::Replaced), N, N, to(S::Invited), N, N, N, N, N]),
            (S::Confirmed, [N, N, N, N, to(S::Cancelled), to(S::Replaced), to(S::NoShow), N, again, to(S::Confirmed), to(S::CheckedIn), N, N, N]),
            (S::NeedsReconfirmation, [N, N, to(S::Declined), N, to(S::Cancelled), to(S::Replaced), to(S::NoShow), to(S::Confirmed), again, N, N, N, N, N]),
            (S::CheckedIn, [N, N, N, N, N, N, N, N, to(S::CheckedIn), N, N, to(S::Confirmed), to(S::CheckedOut), N]),
            (S::CheckedOut, [N, N, N, N, N, N, N, N, to(S::CheckedOut), N, N, N, N, to(S::CheckedIn)]),
            (S::Declined, [N; 14]),
            (S::Lapsed, [N; 14]),
            (S::Cancelled, [N; 14]),
            (S::Replaced, [N; 14]),
            (S::NoShow, [N; 14]),
        ];
        assert_eq!(matrix.map(|(state, _)| state), BookingState::ALL);
        for (state, row) in matrix {
            for (action, expected) in Action::ALL.into_iter().zip(row) {
                let found = next(state, action);
                assert_eq!(found.as_ref().ok(), expected.as_ref(), "{state:?} {action:?}");
                if let Err(refusal) = found {
                    assert_eq!(refusal.code, Code::BookingState);
                    let details = [("state", state.text().to_owned()), ("action", action.text().to_owned())];
                    assert_eq!(refusal.details, details);
                }
            }
        }
    }

    #[test]
    fn c20_what_holds_a_worker_can_go_on_and_an_end_holds_nobody() {
        for state in BookingState::ALL {
            let moves = Action::ALL.into_iter().any(|action| next(state, action).is_ok());
            let holds = state.is_active() || state == BookingState::Proposed;
            assert_eq!(moves, holds, "{state:?}");
            assert!(state.is_active() || !state.is_of_team(), "{state:?}");
        }
    }
}
