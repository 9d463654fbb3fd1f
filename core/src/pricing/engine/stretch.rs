//! A shift cut wherever a price can change: at window edges, local midnights, holidays and versions.

use std::ops::Range;

use smallvec::SmallVec;

use super::Few;
use super::active::{Active, View};
use super::clock::{Face, Minute};
use super::condition::Moment;
use super::ready::Ready;
use super::shift::Part;
use crate::pricing::list::SplitBy;

/// Minutes for which the same rules hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Stretch {
    pub part: Part,
    /// Index into the kinds of minutes.
    pub kind: usize,
    /// Which rules price it, without those beyond a threshold: stretches with the same number have the same.
    pub rules: usize,
}

/// Minutes of which the lists know the same. The rules that price them are chosen once.
struct Kind {
    /// Index into the active lists.
    active: usize,
    moment: Moment,
    /// Index into the choices; `None` if the list does not price them.
    rules: Option<usize>,
}

/// Rules of one active list that price some kinds of minutes.
struct Choice {
    active: usize,
    /// Where they stand in [`Stretches::chosen`].
    rules: Range<usize>,
}

/// The parts of a shift by the rules that price them.
#[derive(Default)]
pub(super) struct Stretches<'b> {
    pub parts: SmallVec<[Stretch; 8]>,
    kinds: Few<Kind>,
    choices: Few<Choice>,
    chosen: SmallVec<[&'b Ready; 32]>,
}

impl<'b> Stretches<'b> {
    /// Cuts a shift, or says which is the first minute that nothing prices.
    ///
    /// `actives` stand in the order of precedence, and within a level the latest version first.
    pub(super) fn cut(&mut self, actives: &[Active<'b, '_>], view: &View) -> Result<(), Minute> {
        // Work that was rounded to nothing still has a price, for a minimum call and for what is charged once.
        let (mut at, end) = (view.whole.from, view.whole.to);
        loop {
            let face = view.clocks.line.face(at);
            let edges = actives.iter().map(|active| active.next_edge(view, &face));
            let until = edges.fold(end, Minute::min);
            let stretch = self.decide(actives, view, &face, Part { from: at, to: until }).ok_or(at)?;
            match self.parts.last().copied() {
                Some(before) if self.goes_on(actives, before, stretch) => {
                    if let Some(before) = self.parts.last_mut() {
                        before.part.to = until;
                    }
                }
                _ => self.parts.push(stretch),
            }
            if until >= end {
                return Ok(());
            }
            at = until;
        }
    }

    /// Minutes of all stretches together.
    pub(super) fn minutes(&self) -> Minute {
        self.parts.iter().map(|stretch| stretch.part.minutes()).sum()
    }

    /// The rules of a stretch, in the order in which they are priced.
    pub(super) fn rules(&self, stretch: &Stretch) -> &[&'b Ready] {
        let range = self.choices.get(stretch.rules).map_or(0..0, |choice| choice.rules.clone());
        self.chosen.get(range).unwrap_or_default()
    }

    /// The list of a stretch among the active ones, and what holds in its minutes.
    pub(super) fn kind(&self, stretch: &Stretch) -> (usize, Moment) {
        self.kinds.get(stretch.kind).map_or_else(Default::default, |kind| (kind.active, kind.moment))
    }

    fn decide(
        &mut self,
        actives: &[Active<'b, '_>],
        view: &View,
        face: &Face,
        part: Part,
    ) -> Option<Stretch> {
        let at = match view.policies.versions {
            SplitBy::Minute => part.from,
            SplitBy::Start => view.whole.from,
        };
        let mut passed = None;
        for (index, active) in actives.iter().enumerate() {
            // Of a level only the version in force counts, even if an older one had a rule.
            if active.since > at || passed == Some(active.list.level) {
                continue;
            }
            passed = Some(active.list.level);
            let moment = active.moment(view, face);
            let kind = self.kind_of(index, active, moment);
            if let Some(rules) = self.kinds.get(kind).and_then(|kind| kind.rules) {
                return Some(Stretch { part, kind, rules });
            }
        }
        None
    }

    /// The kind of some minutes, which is new when they are the first of it.
    fn kind_of(&mut self, index: usize, active: &Active<'b, '_>, moment: Moment) -> usize {
        let known = self.kinds.iter().position(|kind| kind.active == index && kind.moment == moment);
        known.unwrap_or_else(|| {
            let selected = active.select(moment);
            let rules = (!selected.is_empty()).then(|| self.choice(index, &selected));
            self.kinds.push(Kind { active: index, moment, rules });
            self.kinds.len() - 1
        })
    }

    fn choice(&mut self, active: usize, selected: &[&'b Ready]) -> usize {
        let alike = |choice: &Choice| {
            let known = self.chosen.get(choice.rules.clone()).unwrap_or_default();
            choice.active == active
                && known.len() == selected.len()
                && known.iter().zip(selected).all(|(one, other)| one.at == other.at)
        };
        let known = self.choices.iter().position(alike);
        known.unwrap_or_else(|| {
            let from = self.chosen.len();
            self.chosen.extend_from_slice(selected);
            self.choices.push(Choice { active, rules: from..self.chosen.len() });
            self.choices.len() - 1
        })
    }

    /// Whether two neighbours are priced alike whatever was worked before them.
    fn goes_on(&self, actives: &[Active], before: Stretch, next: Stretch) -> bool {
        let (active, _) = self.kind(&before);
        let needs = actives.get(active).map(|active| active.needs).unwrap_or_default();
        before.rules == next.rules && !needs.periods && (!needs.thresholds || before.kind == next.kind)
    }
}
