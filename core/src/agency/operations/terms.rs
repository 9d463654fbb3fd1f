//! Terms and conditions: publishing a version, reading the current one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Page, PageRequest, Permission, Scope, authorize, page, prefetch_page, present};
use crate::agency::events::AgencyEvent;
use crate::agency::model::{Terms, TermsVersion};
use crate::agency::rules;
use crate::agency::views::{self, TermsVersionView, TermsView};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::values::Text;

/// Publishes terms and conditions. From now on, placing an order needs acceptance of this version.
///
/// A version is its content: publishing the current one again changes nothing, publishing an older one makes it
/// current again.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishTerms {
    pub title: Text<200>,
    pub text: Text<200_000>,
}

impl Operation for PublishTerms {
    const NAME: &'static str = "terms.publish";
    const EFFECT: Effect = Effect::Command;
    type Reply = TermsVersionView;

    fn run(&self, tx: &mut Tx) -> Run<TermsVersionView> {
        let agency = tx.context().agency;
        let hash = rules::terms_hash(&self.title, &self.text);
        tx.prefetch([Want::record::<Terms>(agency), Want::record::<TermsVersion>(&hash)])?;
        let grant = authorize(tx, Permission::ManageAgency, Scope::Agency)?;
        let current: Option<Terms> = tx.find(agency)?;
        let known: Option<TermsVersion> = tx.find(&hash)?;
        let is_current = current.is_some_and(|current| current.current == hash);
        if let Some(known) = known.filter(|_| is_current) {
            return Ok(views::terms_version(&grant, &known));
        }
        let version = TermsVersion {
            hash: hash.clone(),
            title: self.title.clone(),
            text: self.text.clone(),
            published_at: tx.now(),
        };
        tx.put(&grant, &version)?;
        tx.put(&grant, &Terms { agency, current: hash.clone() })?;
        tx.emit(&grant, &AgencyEvent::TermsPublished { agency, terms: hash })?;
        Ok(views::terms_version(&grant, &version))
    }
}

/// The terms that an order must accept, for the agency and for clients.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurrentTerms {}

/// The current terms, if the agency has published any.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MaybeTerms {
    /// Null if orders need no acceptance.
    pub terms: Option<TermsView>,
}

impl Operation for CurrentTerms {
    const NAME: &'static str = "terms.current";
    const EFFECT: Effect = Effect::Query;
    type Reply = MaybeTerms;

    fn run(&self, tx: &mut Tx) -> Run<MaybeTerms> {
        let agency = tx.context().agency;
        tx.prefetch([Want::record::<Terms>(agency)])?;
        let grant = present(tx)?;
        let Some(current) = tx.find::<Terms>(agency)? else { return Ok(MaybeTerms { terms: None }) };
        let version: TermsVersion = tx.get(&current.current)?;
        Ok(MaybeTerms { terms: Some(views::terms(&grant, &version)) })
    }
}

/// All versions, in the order in which they became current.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListTerms {
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListTerms {
    const NAME: &'static str = "terms.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<TermsVersionView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<TermsVersionView>> {
        let want = Want::range::<TermsVersion>("by_published", Vec::new(), 0);
        prefetch_page::<TermsVersion>(tx, &self.page, &want, [])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let (versions, next) = page::<TermsVersion>(tx, &self.page, want)?;
        Ok(Page { items: versions.iter().map(|one| views::terms_version(&grant, one)).collect(), next })
    }
}
