//! Every state machine, one line each, as data: its tables and pictures in the docs are made from here.

use crate::engine::StateTable;

macro_rules! machines {
    ($($name:literal $state:ty, $action:ty, $next:path;)+) => {
        /// Every machine with every action in every state.
        pub fn state_tables() -> Vec<StateTable> {
            vec![$(StateTable::of(
                $name,
                (&<$state>::ALL[..], <$state>::text),
                (&<$action>::ALL[..], <$action>::text),
                $next,
            ),)+]
        }
    };
}

machines! {
    "mandate" crate::mandates::rules::MandateState, crate::mandates::rules::MandateAction, crate::mandates::rules::next;
    "approval" crate::purchasing::rules::approval::ApprovalState, crate::purchasing::rules::approval::ApprovalAction, crate::purchasing::rules::approval::next;
    "job" crate::candidates::model::JobState, crate::candidates::rules::job::JobAction, crate::candidates::rules::job::next;
    "candidate" crate::candidates::model::CandidateState, crate::candidates::rules::candidate::CandidateAction, crate::candidates::rules::candidate::next;
    "booking" crate::shifts::model::BookingState, crate::shifts::rules::Action, crate::shifts::rules::next;
    "change request" crate::changes::model::ChangeState, crate::changes::rules::ChangeAction, crate::changes::rules::next;
    "selection" crate::selection::model::SelectionState, crate::selection::rules::SelectionAction, crate::selection::rules::next;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::state_tables;
    use crate::engine::Cell;
    use crate::values::Locale;

    #[test]
    fn every_machine_is_listed_once_and_every_refusal_names_state_and_action() {
        let tables = state_tables();
        let names: BTreeSet<_> = tables.iter().map(|table| table.name).collect();
        assert_eq!(names.len(), tables.len());
        for table in &tables {
            assert_eq!(table.pairs().count(), table.states.len() * table.actions.len(), "{}", table.name);
            for (state, action, cell) in table.pairs() {
                if let Cell::Refused(code) = cell {
                    let names_both =
                        ["{state}", "{action}"].map(|name| code.template(Locale::En).contains(name));
                    let is_advice = code.text() == "submit_additional_request";
                    assert!(names_both == [true, true] || is_advice, "{}: {state} {action}", table.name);
                }
            }
        }
    }
}
