//! Unpaid minutes taken off the stretches of a shift, where the policy says.

use super::Few;
use super::clock::Minute;
use super::shift::{Clocks, Part};
use super::stretch::{Stretch, Stretches};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::pricing::demand::Position;
use crate::pricing::list::{BreakPlacement, BreakPolicy, Reached};

/// A break that is not paid.
struct Unpaid {
    from: Option<Minute>,
    minutes: Minute,
}

/// Takes the unpaid breaks off. Those that the position names go before the automatic ones.
pub(super) fn take_off(
    stretches: &mut Stretches,
    position: &Position,
    policy: &BreakPolicy,
    clocks: Clocks,
) -> Result<(), Refusal> {
    if position.breaks.is_empty() && policy.automatic.is_empty() {
        return Ok(());
    }
    let length: Minute = stretches.iter().map(|stretch| stretch.part.minutes()).sum();
    let unpaid = unpaid(position, policy, clocks, length)?;
    let total: Minute = unpaid.iter().map(|one| one.minutes).sum();
    if total >= length && total > 0 {
        return Err(Refusal::new(Code::BreakTooLong).at("breaks"));
    }
    for one in unpaid {
        place(stretches, &one, policy.placement);
    }
    if length > 0 {
        stretches.retain(|stretch| stretch.part.minutes() > 0);
    }
    Ok(())
}

fn unpaid(
    position: &Position,
    policy: &BreakPolicy,
    clocks: Clocks,
    length: Minute,
) -> Result<Few<Unpaid>, Refusal> {
    if position.breaks.is_empty() {
        let minutes = if policy.paid { 0 } else { automatic(policy, length) };
        return Ok((minutes > 0).then_some(Unpaid { from: None, minutes }).into_iter().collect());
    }
    let mut found = Few::new();
    for (index, one) in position.breaks.iter().enumerate() {
        if one.paid || one.minutes == 0 {
            continue;
        }
        let from = match one.from {
            None => None,
            Some(from) => {
                Some(clocks.minute(from).map_err(|refusal| refusal.at(format!("breaks[{index}].from")))?)
            }
        };
        found.push(Unpaid { from, minutes: one.minutes.into() });
    }
    Ok(found)
}

/// The break of the highest threshold that the shift reaches; it replaces those before it.
pub(super) fn automatic(policy: &BreakPolicy, length: Minute) -> Minute {
    let reached = |after: u32| match policy.threshold {
        Reached::At => length >= after.into(),
        Reached::After => length > after.into(),
    };
    let highest =
        policy.automatic.iter().filter(|one| reached(one.after_minutes)).max_by_key(|one| one.after_minutes);
    highest.map_or(0, |one| one.minutes.into())
}

fn place(stretches: &mut Stretches, unpaid: &Unpaid, placement: BreakPlacement) {
    let minutes = unpaid.minutes;
    match (placement, unpaid.from) {
        (BreakPlacement::Explicit, Some(from)) => carve(stretches, Part { from, to: from + minutes }),
        (BreakPlacement::Explicit | BreakPlacement::PrevailingRate, from) => {
            prevailing(stretches, minutes, from);
        }
        (BreakPlacement::EndOfShift | BreakPlacement::Reverse, _) => off_the_end(stretches, minutes),
        (BreakPlacement::Sequential, _) => off_the_start(stretches, minutes),
        (BreakPlacement::Largest, _) => off_the_largest(stretches, minutes),
        (BreakPlacement::Proportional, _) => in_proportion(stretches, minutes),
    }
}

/// Cuts a part out of the time line.
fn carve(stretches: &mut Stretches, out: Part) {
    let rests = stretches.iter().flat_map(|stretch| {
        let before = Part { from: stretch.part.from, to: stretch.part.to.min(out.from) };
        let after = Part { from: stretch.part.from.max(out.to), to: stretch.part.to };
        [before, after].map(|part| Stretch { part, ..*stretch })
    });
    *stretches = rests.filter(|stretch| stretch.part.minutes() > 0).collect();
}

/// Shortens a stretch at its end; the minutes that it had not go on.
fn shorten(stretch: &mut Stretch, minutes: &mut Minute) {
    let taken = stretch.part.minutes().min(*minutes);
    stretch.part.to -= taken;
    *minutes -= taken;
}

fn off_the_end(stretches: &mut [Stretch], mut minutes: Minute) {
    for stretch in stretches.iter_mut().rev() {
        shorten(stretch, &mut minutes);
    }
}

fn off_the_start(stretches: &mut [Stretch], mut minutes: Minute) {
    for stretch in stretches.iter_mut() {
        let taken = stretch.part.minutes().min(minutes);
        stretch.part.from += taken;
        minutes -= taken;
    }
}

fn off_the_largest(stretches: &mut [Stretch], mut minutes: Minute) {
    while minutes > 0 {
        let most = stretches.iter().map(|stretch| stretch.part.minutes()).max().unwrap_or(0);
        let Some(largest) = stretches.iter_mut().find(|stretch| stretch.part.minutes() == most && most > 0)
        else {
            return;
        };
        shorten(largest, &mut minutes);
    }
}

/// All from the prices under which most of the break, or of the shift, lies; what they do not hold from the next.
fn prevailing(stretches: &mut [Stretch], mut minutes: Minute, from: Option<Minute>) {
    let weight = |stretch: &Stretch| match from {
        None => stretch.part.minutes(),
        Some(from) => (stretch.part.to.min(from + minutes) - stretch.part.from.max(from)).max(0),
    };
    // The rules with the weight of all their stretches, the earlier ones first.
    let mut weights: Few<((usize, u32), Minute)> = Few::new();
    let rules = |stretch: &Stretch| (stretch.active, stretch.set);
    for stretch in stretches.iter() {
        match weights.iter_mut().find(|(known, _)| *known == rules(stretch)) {
            Some((_, sum)) => *sum += weight(stretch),
            None => weights.push((rules(stretch), weight(stretch))),
        }
    }
    weights.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
    for (known, _) in weights {
        for stretch in stretches.iter_mut().filter(|stretch| rules(stretch) == known).rev() {
            shorten(stretch, &mut minutes);
        }
    }
}

/// Whole minutes in proportion to the length; the minutes that rounding leaves over go to the largest remainders.
fn in_proportion(stretches: &mut [Stretch], minutes: Minute) {
    let total: Minute = stretches.iter().map(|stretch| stretch.part.minutes()).sum();
    if total == 0 {
        return;
    }
    let mut shares: Few<(Minute, usize)> = Few::new();
    let mut left = minutes;
    for (at, stretch) in stretches.iter_mut().enumerate() {
        let exact = stretch.part.minutes() * minutes;
        stretch.part.to -= exact / total;
        left -= exact / total;
        shares.push((exact % total, at));
    }
    shares.sort_by_key(|(rest, at)| (std::cmp::Reverse(*rest), *at));
    for (_, at) in shares.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        if let Some(stretch) = stretches.get_mut(at) {
            stretch.part.to -= 1;
        }
    }
}
