//! Reading the disclosure log, by whom it was shown to and of whom it was.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Page, PageRequest, Permission, Scope, authorize, page, prefetch_page};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Record, Refusal, Run, Tx, Want};
use crate::privacy::facts::Subject;
use crate::privacy::model::{Disclosure, of_link, of_user};
use crate::privacy::views::{self, DisclosureView};
use crate::store::{Bound, IndexValue};
use crate::values::{CandidateId, ClientId, Instant, LinkId, UserId, WorkerId};

/// An entry may name thousands of workers.
const MOST: u32 = 200;

/// Which personal data of workers and candidates was shown to whom, newest first: one entry for each reply that showed something to
/// somebody at a client, to the holder of a link or on a public page, and that had not shown the same on the same day
/// (in UTC). The agency's own people and previews are not in it.
///
/// With a worker or a candidate, the entries are cut to that person. The log is kept by reply and not by worker, so such a page may
/// be shorter than its limit, or empty: go on until `next` is null; a client, a person or a time makes it shorter.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListDisclosures {
    /// Whose data.
    #[serde(default)]
    pub worker: Option<WorkerId>,
    /// Whose data, of a candidate for a job. Give a worker or a candidate, not both.
    #[serde(default)]
    pub candidate: Option<CandidateId>,
    /// Shown to this portal user, or to somebody in their place.
    #[serde(default)]
    pub user: Option<UserId>,
    /// Shown to who held this link or had the address of this public page. Give a user or a link, not both.
    #[serde(default)]
    pub link: Option<LinkId>,
    /// Shown at this client.
    #[serde(default)]
    pub client: Option<ClientId>,
    /// Shown at this instant or later.
    #[serde(default)]
    pub from: Option<Instant>,
    /// Shown before this instant.
    #[serde(default)]
    pub to: Option<Instant>,
    /// At most 200 at a time.
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListDisclosures {
    const NAME: &'static str = "privacy.disclosures";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<DisclosureView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<DisclosureView>> {
        if self.page.limit()? > MOST {
            let expected = format!("1 to {MOST}");
            return Err(Refusal::new(Code::OutOfRange).at("page.limit").with("expected", expected).into());
        }
        let (want, only) = (self.range()?, self.subject()?);
        prefetch_page::<Disclosure>(tx, &self.page, &want, [])?;
        let grant = authorize(tx, Permission::ManagePersonalData, Scope::Agency)?;
        let (entries, next) = page::<Disclosure>(tx, &self.page, want)?;
        let of_client = |entry: &Disclosure| self.client.is_none() || entry.client == self.client;
        let entries = entries.into_iter().filter(of_client);
        let items = entries.filter_map(|entry| views::disclosure(&grant, entry, only)).collect();
        Ok(Page { items, next })
    }
}

impl ListDisclosures {
    fn subject(&self) -> Result<Option<Subject>, Refusal> {
        match (self.worker, self.candidate) {
            (Some(_), Some(_)) => {
                let refusal = Refusal::new(Code::NotOneOf).at("candidate");
                Err(refusal.with("expected", "left out if a worker is given"))
            }
            (Some(worker), None) => Ok(Some(Subject::Worker(worker))),
            (None, candidate) => Ok(candidate.map(Subject::Candidate)),
        }
    }

    fn range(&self) -> Result<Want, Refusal> {
        let (index, equals): (_, Vec<IndexValue>) = match (self.user, self.link, self.client) {
            (Some(_), Some(_), _) => {
                let refusal = Refusal::new(Code::NotOneOf).at("link");
                return Err(refusal.with("expected", "left out if a user is given"));
            }
            (Some(user), None, _) => ("by_recipient", vec![of_user(user).into()]),
            (None, Some(link), _) => ("by_recipient", vec![of_link(link).into()]),
            (None, None, Some(client)) => ("by_client", vec![client.to_string().into()]),
            (None, None, None) => ("by_at", Vec::new()),
        };
        let millis = |at: Option<Instant>| at.map(|at| at.millis().into());
        let bound = Bound { from: millis(self.from), to: millis(self.to) };
        let kind = Disclosure::KIND.name;
        Ok(Want::Range { kind, index, equals, bound, descending: true, limit: 0, after: None })
    }
}
