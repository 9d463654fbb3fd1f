//! The life of a selection, and what makes an offer and a choice good. No Tx.

use std::collections::BTreeSet;

use super::model::{Proposal, Selection, SelectionState, Target};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::shifts::model::Shift;
use crate::shifts::rules as shifts;
use crate::values::{Instant, PositionId, ProposalId, ShiftId, closed_list};

closed_list! {
    /// What can happen to a selection.
    SelectionAction {
        /// The agency changes who is proposed, or how many are wanted.
        Edit "edit",
        /// It is shown to the client.
        Offer "offer",
        /// The client notes who comes into question.
        Shortlist "shortlist",
        /// The client chooses.
        Submit "submit",
        /// The agency notes that a proposed worker cannot come.
        Drop "drop",
        /// The client is asked to choose anew.
        Reopen "reopen",
        /// The agency books the chosen.
        Apply "apply",
        Withdraw "withdraw",
        /// The deadline has passed.
        Expire "expire",
    }
}

/// The state after an action, or the refusal that the state does not allow it. Applied and withdrawn are ends.
pub fn next(state: SelectionState, action: SelectionAction) -> Result<SelectionState, Refusal> {
    use SelectionAction as A;
    use SelectionState as S;
    match (state, action) {
        (S::Draft, A::Edit) => Ok(S::Draft),
        (S::Draft, A::Offer)
        | (S::Offered, A::Edit | A::Shortlist | A::Drop)
        | (S::Submitted | S::Expired, A::Reopen) => Ok(S::Offered),
        (S::Offered, A::Submit) | (S::Submitted, A::Drop) => Ok(S::Submitted),
        (S::Submitted, A::Apply) => Ok(S::Applied),
        (S::Draft | S::Offered | S::Submitted | S::Expired, A::Withdraw) => Ok(S::Withdrawn),
        (S::Offered, A::Expire) => Ok(S::Expired),
        _ => {
            Err(Refusal::new(Code::SelectionState).with("state", state.text()).with("action", action.text()))
        }
    }
}

/// Takes one step by the clock.
pub fn step(selection: &mut Selection, action: SelectionAction, now: Instant) -> Result<(), Refusal> {
    selection.state = next(selection.state_at(now), action)?;
    selection.revision += 1;
    Ok(())
}

/// The caller has read this revision.
pub fn expected(selection: &Selection, revision: u32) -> Result<(), Refusal> {
    if selection.revision == revision {
        return Ok(());
    }
    Err(Refusal::new(Code::StaleRevision).at("revision").with("revision", selection.revision))
}

/// The positions that are wanted, of shifts at hand that stand in the same order: one project, one site, none begun.
pub fn targets(
    wanted: &[(ShiftId, PositionId)],
    shifts: &[Shift],
    now: Instant,
) -> Result<Vec<Target>, Refusal> {
    let first =
        shifts.first().ok_or_else(|| Refusal::new(Code::TooFew).at("positions").with("expected", 1))?;
    let mut seen = BTreeSet::new();
    let mut found = Vec::with_capacity(wanted.len());
    for (index, ((_, position), shift)) in wanted.iter().zip(shifts).enumerate() {
        let at = |refusal: Refusal| refusal.at(format!("positions[{index}]"));
        if !seen.insert(shift.id) {
            return Err(at(Refusal::new(Code::GivenTwice)));
        }
        if shift.project != first.project || shift.site != first.site {
            let expected = "of the same project and site as the first";
            return Err(at(Refusal::new(Code::NotOneOf).with("expected", expected)));
        }
        shifts::open(shift).map_err(at)?;
        if now >= shift.starts_at {
            return Err(at(Refusal::new(Code::ShiftStarted)));
        }
        let position = shift.positions.iter().find(|each| each.id == *position);
        let position = position.ok_or_else(Refusal::not_found)?;
        found.push(Target {
            shift: shift.id,
            position: position.id,
            skill_name: position.skill_name.clone(),
            role: position.role,
        });
    }
    Ok(found)
}

/// The fewest heads that any of the positions has: more cannot be chosen.
pub fn heads(targets: &[Target], shifts: &[Shift]) -> u32 {
    let positions = shifts.iter().flat_map(|shift| shift.positions.iter());
    let wanted = positions.filter(|position| targets.iter().any(|target| target.position == position.id));
    wanted.map(|position| position.headcount).min().unwrap_or(0)
}

/// How many are chosen: at least one, no more than there are heads.
pub fn bounds(minimum: u32, maximum: Option<u32>, heads: u32) -> Result<(u32, u32), Refusal> {
    let maximum = maximum.unwrap_or(heads);
    if maximum == 0 || maximum > heads {
        return Err(Refusal::new(Code::OutOfRange).at("maximum").with("expected", format!("1 to {heads}")));
    }
    if minimum == 0 || minimum > maximum {
        return Err(Refusal::new(Code::OutOfRange).at("minimum").with("expected", format!("1 to {maximum}")));
    }
    Ok((minimum, maximum))
}

/// Until when the client chooses: later than now, and not after the first start.
pub fn deadline(deadline: Option<Instant>, shifts: &[Shift], now: Instant) -> Result<(), Refusal> {
    let Some(deadline) = deadline else { return Ok(()) };
    if deadline <= now {
        return Err(Refusal::new(Code::InThePast).at("deadline"));
    }
    match shifts.iter().map(|shift| shift.starts_at).min() {
        Some(start) if deadline > start => {
            let expected = format!("{start} at the latest, the first start");
            Err(Refusal::new(Code::OutOfRange).at("deadline").with("expected", expected))
        }
        _ => Ok(()),
    }
}

/// Whether there are enough workers to choose from.
pub fn may_offer(selection: &Selection) -> Result<(), Refusal> {
    let left = selection.proposals.iter().filter(|proposal| !proposal.dropped).count();
    if left < selection.minimum as usize {
        return Err(Refusal::new(Code::TooFew).at("proposals").with("expected", selection.minimum));
    }
    Ok(())
}

/// Marks these as shortlisted or chosen and all others as not. Who is dropped cannot be named any more.
pub fn mark(
    proposals: &mut [Proposal],
    named: &[ProposalId],
    set: impl Fn(&mut Proposal, bool),
) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for (index, id) in named.iter().enumerate() {
        let at = |code| Err(Refusal::new(code).at(format!("proposals[{index}]")));
        if !seen.insert(*id) {
            return at(Code::GivenTwice);
        }
        match proposals.iter().find(|proposal| proposal.id == *id) {
            None => return Err(Refusal::not_found()),
            Some(proposal) if proposal.dropped => return at(Code::NoLongerAvailable),
            Some(_) => {}
        }
    }
    for proposal in proposals {
        set(proposal, seen.contains(&proposal.id));
    }
    Ok(())
}

/// L15: the chosen are at least the minimum and at most the maximum.
pub fn enough(selection: &Selection, chosen: usize) -> Result<(), Refusal> {
    if chosen < selection.minimum as usize {
        let refusal = Refusal::new(Code::SelectionTooSmall).at("proposals");
        return Err(refusal.with("minimum", selection.minimum));
    }
    if chosen > selection.maximum as usize {
        let refusal = Refusal::new(Code::SelectionTooLarge).at("proposals");
        return Err(refusal.with("maximum", selection.maximum));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l15_the_whole_matrix_of_states_and_actions() {
        use SelectionState as S;
        const N: Option<SelectionState> = None;
        let [draft, offered, submitted, applied, withdrawn, expired] = SelectionState::ALL.map(Some);
        // Columns in the order of `SelectionAction::ALL`: edit, offer, shortlist, submit, drop, reopen, apply, withdraw,
        // expire.
        #[rustfmt::skip]
        let matrix = [
            (S::Draft, [draft, offered, N, N, N, N, N, withdrawn, N]),
            (S::Offered, [offered, N, offered, submitted, offered, N, N, withdrawn, expired]),
            (S::Submitted, [N, N, N, N, submitted, offered, applied, withdrawn, N]),
            (S::Applied, [N; 9]),
            (S::Withdrawn, [N; 9]),
            (S::Expired, [N, N, N, N, N, offered, N, withdrawn, N]),
        ];
        assert_eq!(matrix.map(|(state, _)| state), SelectionState::ALL);
        for (state, row) in matrix {
            for (action, expected) in SelectionAction::ALL.into_iter().zip(row) {
                let found = next(state, action);
                assert_eq!(found.as_ref().ok(), expected.as_ref(), "{state:?} {action:?}");
                if let Err(refusal) = found {
                    assert_eq!(refusal.code, Code::SelectionState);
                    let details = [("state", state.text().to_owned()), ("action", action.text().to_owned())];
                    assert_eq!(refusal.details, details);
                }
            }
        }
    }

    #[test]
    fn l15_how_many_can_be_chosen_is_bound_by_the_heads() {
        let paths = |minimum, maximum, heads| bounds(minimum, maximum, heads).map_err(|refusal| refusal.path);
        assert_eq!(paths(1, None, 3), Ok((1, 3)));
        assert_eq!(paths(2, Some(2), 3), Ok((2, 2)));
        for (minimum, maximum, path) in [
            (0, Some(2), "minimum"),
            (3, Some(2), "minimum"),
            (1, Some(4), "maximum"),
            (1, Some(0), "maximum"),
        ] {
            assert_eq!(paths(minimum, maximum, 3), Err(Some(path.to_owned())));
        }
    }
}
