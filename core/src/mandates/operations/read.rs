//! Reading mandates, one and many, for each side.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{
    Grant, Page, PageRequest, Permission, Place, Reach, Scope, authorize, page_of, page_of_union,
    prefetch_page,
};
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::mandates::model::{Mandate, MandateState};
use crate::mandates::no_revision;
use crate::mandates::views::{self, AgencyMandateView, ClientMandateView};
use crate::values::{ClientId, MandateId};
use crate::visibility::{client_grant, client_record};

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
        let (grant, mandate) = own(tx, Permission::ViewOrders, self.mandate)?;
        views::client(&grant, &mandate, tx.now()).ok_or_else(no_revision)
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
        // The agency's people are shown what the agency knows of. In a person's place they page through the person's
        // list, whose cursors are the same, and what is inside the client is left out of it.
        let actor = tx.context().actor;
        let whole = if actor.user().is_some() { "by_client" } else { "by_released" };
        let want = newest_first(whole, [self.client.to_string()]);
        prefetch_page::<Mandate>(tx, &self.page, &want, [])?;
        let grant = client_grant(tx, Permission::ViewOrders, Some(Place::client(self.client)))?;
        let now = tx.now();
        let view = |mandate: Mandate| {
            let is_there = mandate.is_there_for(actor);
            is_there.then(|| views::client(&grant, &mandate, now).ok_or_else(no_revision))
        };
        let Page { items, next } = match grant.reach() {
            Reach::Everything => page_of(tx, &self.page, want, view)?,
            Reach::Selected(selection) => {
                let wants = selection.ranges(|index, key| newest_first(index, [key]));
                let own =
                    tx.context().actor.user().map(|person| {
                        newest_first("by_person", [person.to_string(), self.client.to_string()])
                    });
                let wants = wants.chain(own).collect();
                page_of_union(tx, &self.page, wants, view)?
            }
        };
        Ok(Page { items: items.into_iter().flatten().collect::<Run<_>>()?, next })
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
        if !mandate.is_there_for(tx.context().actor) {
            return Err(Refusal::not_found().into());
        }
        views::agency(&grant, &mandate, tx.now()).ok_or_else(no_revision)
    }
}

/// The agency's mandates in one state, newest first; of `expired`, the one that has been so for longest comes first.
/// `submitted` is the list to review. What the clock has moved to another state is left out, so a page may be shorter
/// than its limit.
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
        let wants = self.wants();
        let now = tx.now();
        if let [want] = wants.as_slice() {
            prefetch_page::<Mandate>(tx, &self.page, want, [])?;
        }
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let view = |mandate: Mandate| {
            let is_so = mandate.state_at(now) == self.state;
            is_so.then(|| views::agency(&grant, &mandate, now).ok_or_else(no_revision))
        };
        let Page { items, next } = match wants.as_slice() {
            [want] => page_of(tx, &self.page, want.clone(), view)?,
            _ => page_of_union(tx, &self.page, wants, view)?,
        };
        // By expiry, what has not expired comes after everything that has: behind it there is no more.
        let ended = self.state == MandateState::Expired && items.iter().any(Option::is_none);
        let next = next.filter(|_| !ended);
        Ok(Page { items: items.into_iter().flatten().collect::<Run<_>>()?, next })
    }
}

impl ListMandates {
    fn wants(&self) -> Vec<Want> {
        if self.state != MandateState::Expired {
            return vec![newest_first("by_state", [self.state.text().to_owned()])];
        }
        let states = [MandateState::Submitted, MandateState::InReview, MandateState::Expired];
        let one = |state: MandateState| Want::range::<Mandate>("by_expiry", vec![state.text().into()], 0);
        states.map(one).into()
    }
}

/// A mandate of the actor's own client, with the same answer for all others as for none.
pub(super) fn own(tx: &mut Tx, permission: Permission, id: MandateId) -> Run<(Grant, Mandate)> {
    let actor = tx.context().actor;
    client_record(tx, permission, id, |mandate: &Mandate| {
        mandate.is_there_for(actor).then(|| mandate.place())
    })
}

fn newest_first<const N: usize>(index: &'static str, first: [String; N]) -> Want {
    Want::range::<Mandate>(index, first.map(Into::into).into(), 0).newest_first()
}
