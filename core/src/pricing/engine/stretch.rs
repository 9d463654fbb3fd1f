//! A shift cut wherever a price can change: at window edges, local midnights, holidays and versions.

use smallvec::SmallVec;

use super::active::{Active, View};
use super::clock::{Face, Minute};
use super::shift::Part;
use crate::pricing::list::SplitBy;

/// Minutes for which the same rules hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Stretch {
    pub part: Part,
    /// Index into the active lists.
    pub active: usize,
    /// Which kind of minutes of that list.
    pub kind: usize,
    /// Which rules of it price them, without those beyond a threshold.
    pub set: u32,
}

/// Stretches in the order of time; few shifts have more.
pub(super) type Stretches = SmallVec<[Stretch; 8]>;

/// Cuts a shift, or says which is the first minute that nothing prices.
///
/// `actives` stand in the order of precedence, and within a level the latest version first.
pub(super) fn cut(actives: &mut [Active], view: &View, found: &mut Stretches) -> Result<(), Minute> {
    // Work that was rounded to nothing still has a price, for a minimum call and for what is charged once.
    let (mut at, end) = (view.whole.from, view.whole.to);
    loop {
        let face = view.clocks.line.face(at);
        let until = actives.iter().map(|active| active.next_edge(view, &face)).fold(end, Minute::min);
        let stretch = decide(actives, view, &face, Part { from: at, to: until }).ok_or(at)?;
        match found.last_mut() {
            Some(before) if goes_on(actives, before, &stretch) => before.part.to = until,
            _ => found.push(stretch),
        }
        if until >= end {
            return Ok(());
        }
        at = until;
    }
}

/// Minutes of all stretches together.
pub(super) fn minutes(stretches: &[Stretch]) -> Minute {
    stretches.iter().map(|stretch| stretch.part.minutes()).sum()
}

fn decide(actives: &mut [Active], view: &View, face: &Face, part: Part) -> Option<Stretch> {
    let at = match view.policies.versions {
        SplitBy::Minute => part.from,
        SplitBy::Start => view.whole.from,
    };
    let mut passed = None;
    for (index, active) in actives.iter_mut().enumerate() {
        // Of a level only the version in force counts, even if an older one had a rule.
        if active.since > at || passed == Some(active.list().level) {
            continue;
        }
        passed = Some(active.list().level);
        let moment = active.moment(view, face);
        let kind = active.kind(moment);
        if let Some((kind, set)) = kind.and_then(|kind| Some((kind, active.kinds().set_of(kind)?))) {
            return Some(Stretch { part, active: index, kind, set });
        }
    }
    None
}

/// Whether two neighbours are priced alike whatever was worked before them.
fn goes_on(actives: &[Active], before: &Stretch, next: &Stretch) -> bool {
    let alike = || {
        actives.get(before.active).is_some_and(|active| {
            let needs = active.needs();
            !needs.periods && (!needs.thresholds || before.kind == next.kind)
        })
    };
    before.active == next.active && before.set == next.set && alike()
}
