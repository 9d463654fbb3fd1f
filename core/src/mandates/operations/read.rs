//! Reading mandates, one and many, for each side.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Page, PageRequest, Permission, Scope, authorize, page};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::mandates::model::{Mandate, MandateState};
use crate::mandates::no_revision;
use crate::mandates::views::{self, AgencyMandateView, ClientMandateView};
use crate::values::{ClientId, MandateId};

/// One mandate, as the client sees it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetMyMandate {
    pub mandate: MandateId,
}

impl Operation for GetMyMandate {
    const NAME: &'static str = "my_mandates.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = ClientMandateView;

    fn run(&self, tx: &mut Tx) -> Run<ClientMandateView> {
        tx.prefetch([Want::record::<Mandate>(self.mandate)])?;
        let mandate: Mandate = tx.get(self.mandate)?;
        let grant = authorize(tx, Permission::ViewShifts, Scope::Client(mandate.client))?;
        views::client(&grant, &mandate).ok_or_else(no_revision)
    }
}

/// A client's mandates as it sees them, newest first.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMyMandates {
    pub client: ClientId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListMyMandates {
    const NAME: &'static str = "my_mandates.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ClientMandateView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ClientMandateView>> {
        let want = newest_first("by_client", self.client.to_string());
        let (mandates, next) = page::<Mandate>(tx, &self.page, want)?;
        let grant = authorize(tx, Permission::ViewShifts, Scope::Client(self.client))?;
        let items = mandates.iter().map(|mandate| views::client(&grant, mandate).ok_or_else(no_revision));
        Ok(Page { items: items.collect::<Run<_>>()?, next })
    }
}

/// One mandate, as the agency sees it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetMandate {
    pub mandate: MandateId,
}

impl Operation for GetMandate {
    const NAME: &'static str = "mandates.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = AgencyMandateView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyMandateView> {
        tx.prefetch([Want::record::<Mandate>(self.mandate)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let mandate: Mandate = tx.get(self.mandate)?;
        views::agency(&grant, &mandate).ok_or_else(no_revision)
    }
}

/// The agency's mandates in one state, newest first. `submitted` is the list to review.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMandates {
    pub state: MandateState,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListMandates {
    const NAME: &'static str = "mandates.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<AgencyMandateView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<AgencyMandateView>> {
        let want = newest_first("by_state", self.state.text().to_owned());
        let (mandates, next) = page::<Mandate>(tx, &self.page, want)?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let items = mandates.iter().map(|mandate| views::agency(&grant, mandate).ok_or_else(no_revision));
        Ok(Page { items: items.collect::<Run<_>>()?, next })
    }
}

fn newest_first(index: &'static str, first: String) -> Want {
    match Want::range::<Mandate>(index, vec![first.into()], 0) {
        Want::Range { kind, index, equals, bound, limit, after, .. } => {
            Want::Range { kind, index, equals, bound, descending: true, limit, after }
        }
        other => other,
    }
}
