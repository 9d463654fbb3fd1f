//! What of a worker or a candidate a reply shows to people outside the agency, and by which rule. Views note it as they are built.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::values::{CandidateId, WorkerId, closed_list};

closed_list! {
    /// A kind of personal data of a worker or a candidate.
    PersonalData {
        Name "name",
        /// A part of the name, as public pages show it.
        GivenName "given_name",
        Picture "picture",
        Phone "phone",
        Email "email",
        /// Being at a place, and since when.
        Presence "presence",
        /// A certificate or an induction: its name, and how long it is valid.
        Certificate "certificate",
        /// The agency's words on the person: a note, a summary, what was done.
        Note "note",
        /// A file, or what it is called.
        Document "document",
    }
}

closed_list! {
    /// By which sharing personal data is shown; the permission stands beside it.
    SharingRule {
        /// The project's team was published, or is shared at once.
        TeamShared "team_shared",
        /// With the team, since the project shares pictures.
        PicturesShared "pictures_shared",
        /// The lead of a shared team, until the end of a shift that is not cancelled.
        LeadUntilEnd "lead_until_end",
        /// Checked in at one of the client's own sites.
        OnSite "on_site",
        /// The agency marked it for clients.
        MarkedForClients "marked_for_clients",
        /// The agency offered the worker for selection.
        Offered "offered",
        /// The candidate passed the review, and the job is on the portal.
        OnPortal "on_portal",
        /// The agency lets clients reach the candidate.
        ContactShared "contact_shared",
        /// The client itself has said something of the worker.
        OwnWord "own_word",
        /// The project shows names to the public.
        PublicNames "public_names",
    }
}

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident: $data:ident by $rule:ident,)+) => {
        /// One kind of personal data, shown by one rule.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Fact { $($(#[$doc])* $name,)+ }

        impl Fact {
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            pub const fn data(self) -> PersonalData {
                match self { $(Self::$name => PersonalData::$data,)+ }
            }

            pub const fn rule(self) -> SharingRule {
                match self { $(Self::$name => SharingRule::$rule,)+ }
            }

            const fn bit(self) -> u32 {
                match self { $(Self::$name => 1 << (Self::$name as u32),)+ }
            }
        }
    };
}

facts! {
    TeamName: Name by TeamShared,
    TeamPicture: Picture by PicturesShared,
    LeadPhone: Phone by LeadUntilEnd,
    OnSite: Presence by OnSite,
    Paper: Certificate by MarkedForClients,
    ProposedName: Name by Offered,
    ProposedNote: Note by Offered,
    NamedByClient: Name by OwnWord,
    PublicName: Name by PublicNames,
    PublicGivenName: GivenName by PublicNames,
    CandidateName: Name by OnPortal,
    CandidatePicture: Picture by OnPortal,
    CandidateSummary: Note by OnPortal,
    CandidateEmail: Email by ContactShared,
    CandidatePhone: Phone by ContactShared,
    CandidateDocument: Document by MarkedForClients,
    CandidateActivity: Note by MarkedForClients,
}

/// A set of facts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Facts(u32);

impl Facts {
    pub const NONE: Self = Self(0);

    pub const fn of(fact: Fact) -> Self {
        Self(fact.bit())
    }

    /// With this one too, if it is so.
    #[must_use]
    pub const fn and(self, fact: Fact, is_so: bool) -> Self {
        if is_so { Self(self.0 | fact.bit()) } else { self }
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn bits(self) -> u32 {
        self.0
    }

    fn list(self) -> Vec<Fact> {
        Fact::ALL.iter().copied().filter(|fact| self.0 & fact.bit() != 0).collect()
    }
}

/// Whose data it is: a worker's, or that of a candidate for one job, who may be no worker.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Subject {
    Worker(WorkerId),
    Candidate(CandidateId),
}

/// People of whom the same was shown. A candidate who is a worker stands in both lists.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShownGroup {
    pub facts: Vec<Fact>,
    /// In the order of their ids.
    pub workers: Vec<WorkerId>,
    /// In the order of their ids.
    #[serde(default)]
    pub candidates: Vec<CandidateId>,
}

/// What one reply shows. Whoever builds a view for people outside the agency notes each worker in it.
#[derive(Clone, Default, Debug)]
pub struct Shown(Vec<(Subject, Facts)>);

impl Shown {
    /// This of this worker; as often as the reply does, once is kept.
    pub fn worker(&mut self, worker: WorkerId, facts: Facts) {
        if facts != Facts::NONE {
            self.0.push((Subject::Worker(worker), facts));
        }
    }

    /// This of this candidate, and so of the worker, if it is one.
    pub fn candidate(&mut self, candidate: CandidateId, worker: Option<WorkerId>, facts: Facts) {
        if facts != Facts::NONE {
            self.0.push((Subject::Candidate(candidate), facts));
            self.0.extend(worker.map(|worker| (Subject::Worker(worker), facts)));
        }
    }

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The set of it, in an order that depends on nothing else.
    pub(super) fn settled(mut self) -> BTreeMap<Facts, Vec<Subject>> {
        self.0.sort_unstable();
        let mut groups: BTreeMap<Facts, Vec<Subject>> = BTreeMap::new();
        for same in self.0.chunk_by(|one, other| one.0 == other.0) {
            let facts = same.iter().fold(Facts::NONE, |all, (_, facts)| all.with(*facts));
            if let Some((subject, _)) = same.first() {
                groups.entry(facts).or_default().push(*subject);
            }
        }
        groups
    }
}

/// As it is kept.
pub(super) fn groups(settled: BTreeMap<Facts, Vec<Subject>>) -> Vec<ShownGroup> {
    settled.into_iter().map(|(facts, subjects)| group(facts, subjects)).collect()
}

fn group(facts: Facts, subjects: Vec<Subject>) -> ShownGroup {
    let mut group = ShownGroup { facts: facts.list(), workers: Vec::new(), candidates: Vec::new() };
    for subject in subjects {
        match subject {
            Subject::Worker(worker) => group.workers.push(worker),
            Subject::Candidate(candidate) => group.candidates.push(candidate),
        }
    }
    group
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn worker(number: u128) -> WorkerId {
        WorkerId::new(Uuid::from_u128(number))
    }

    #[test]
    fn d8_a_thousand_rows_are_one_set() {
        let mut shown = Shown::default();
        for row in 0..1000 {
            shown.worker(worker(row % 3), Facts::of(Fact::TeamName));
            shown.worker(worker(0), Facts::NONE.and(Fact::LeadPhone, row == 7));
        }
        let groups = groups(shown.settled());
        let of = |facts: &[Fact], workers: &[u128]| ShownGroup {
            facts: facts.to_vec(),
            workers: workers.iter().map(|number| worker(*number)).collect(),
            candidates: Vec::new(),
        };
        assert_eq!(
            groups,
            [of(&[Fact::TeamName], &[1, 2]), of(&[Fact::TeamName, Fact::LeadPhone], &[0])],
            "each worker once, with all that was shown"
        );
    }

    #[test]
    fn d8_a_candidate_who_is_a_worker_stands_under_both_and_another_under_one() {
        let candidate = |number| CandidateId::new(Uuid::from_u128(number));
        let facts = Facts::of(Fact::CandidateName);
        let mut shown = Shown::default();
        shown.candidate(candidate(7), Some(worker(1)), facts);
        shown.candidate(candidate(8), None, facts);
        shown.candidate(candidate(9), Some(worker(2)), Facts::NONE);
        let expected = ShownGroup {
            facts: vec![Fact::CandidateName],
            workers: vec![worker(1)],
            candidates: vec![candidate(7), candidate(8)],
        };
        assert_eq!(groups(shown.settled()), [expected]);
    }

    #[test]
    fn d8_what_is_not_shown_leaves_nothing() {
        let mut shown = Shown::default();
        shown.worker(worker(1), Facts::NONE.and(Fact::TeamPicture, false));
        assert!(shown.is_empty() && shown.settled().is_empty());
    }

    #[test]
    fn d8_the_order_of_a_reply_makes_no_other_set() {
        let facts = Facts::of(Fact::TeamName);
        let (mut one, mut other) = (Shown::default(), Shown::default());
        for number in [1, 2, 3] {
            one.worker(worker(number), facts);
        }
        for number in [3, 1, 2, 3] {
            other.worker(worker(number), facts);
        }
        assert_eq!(one.settled(), other.settled());
    }
}
