//! Orders that are kept to order by again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::client::submit;
use super::placing::{placed, wants};
use super::read::own;
use crate::access::{
    Grant, Page, PageRequest, Permission, Place, Reach, page_of, page_of_union, prefetch_page,
};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::mandates::events::TemplateEvent;
use crate::mandates::model::{Mandate, Request};
use crate::mandates::no_revision;
use crate::mandates::order::Order;
use crate::mandates::rules::recurrence::{dated, relative};
use crate::mandates::template::MandateTemplate;
use crate::mandates::views::{self, ClientMandateView, MandateTemplateView};
use crate::values::{Bounded, ClientId, ContentHash, Day, MandateId, MandateTemplateId, Text};
use crate::visibility::{client_grant, client_record};

/// What a template is made from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "from", rename_all = "snake_case", deny_unknown_fields)]
pub enum TemplateSource {
    /// An order as it would be placed now; what recurs is kept shift by shift.
    Order { order: Order },
    /// What a mandate of the client asks for.
    Mandate { mandate: MandateId },
}

/// Keeps an order as a template: its shifts by their days from the first one and their clock times.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveTemplate {
    pub client: ClientId,
    pub name: Text<120>,
    pub source: TemplateSource,
}

impl Operation for SaveTemplate {
    const NAME: &'static str = "mandate_templates.save";
    const EFFECT: Effect = Effect::Command;
    type Reply = MandateTemplateView;

    fn run(&self, tx: &mut Tx) -> Run<MandateTemplateView> {
        let (grant, request) = match &self.source {
            TemplateSource::Order { order } => {
                tx.prefetch(wants(tx, self.client, None, order))?;
                let found = placed(tx, self.client, None, order)?;
                (found.grant, found.request)
            }
            TemplateSource::Mandate { mandate } => {
                tx.prefetch([Want::record::<Mandate>(mandate)])?;
                let (grant, mandate) = own(tx, Permission::PlaceOrders, *mandate)?;
                if mandate.client != self.client {
                    return Err(Refusal::not_found().into());
                }
                (grant, mandate.request().cloned().ok_or_else(no_revision)?)
            }
        };
        let template = self.template(tx, request)?;
        tx.put(&grant, &template)?;
        tx.emit(&grant, &TemplateEvent::Saved { template: template.id, client: template.client })?;
        Ok(views::template(&grant, &template))
    }
}

impl SaveTemplate {
    fn template(&self, tx: &mut Tx, request: Request) -> Run<MandateTemplate> {
        Ok(MandateTemplate {
            id: tx.new_id(),
            client: self.client,
            name: self.name.clone(),
            shifts: relative(&request.shifts)?,
            order_name: request.name,
            site: request.site,
            site_name: request.site_name,
            note: request.note,
            buyer_reference: request.buyer_reference,
            contact: request.contact,
            purchase_order: request.purchase_order,
            saved_by: tx.context().actor.user(),
            created_at: tx.now(),
            removed: false,
        })
    }
}

/// The templates of a client, newest first: those at sites within reach.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListTemplates {
    pub client: ClientId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListTemplates {
    const NAME: &'static str = "mandate_templates.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<MandateTemplateView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<MandateTemplateView>> {
        let range =
            |index, key: String| Want::range::<MandateTemplate>(index, vec![key.into()], 0).newest_first();
        let want = range("by_client", self.client.to_string());
        prefetch_page::<MandateTemplate>(tx, &self.page, &want, [])?;
        let grant = client_grant(tx, Permission::PlaceOrders, Some(Place::client(self.client)))?;
        let view = |template: MandateTemplate| views::template(&grant, &template);
        match grant.reach() {
            Reach::Everything => page_of(tx, &self.page, want, view),
            Reach::Selected(selection) => {
                let wants = selection.sites.iter().map(|site| range("by_site", site.to_string()));
                page_of_union(tx, &self.page, wants.collect(), view)
            }
        }
    }
}

/// Gives a template another name.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameTemplate {
    pub template: MandateTemplateId,
    pub name: Text<120>,
}

impl Operation for RenameTemplate {
    const NAME: &'static str = "mandate_templates.rename";
    const EFFECT: Effect = Effect::Command;
    type Reply = MandateTemplateView;

    fn run(&self, tx: &mut Tx) -> Run<MandateTemplateView> {
        tx.prefetch([Want::record::<MandateTemplate>(self.template)])?;
        let (grant, mut template) = found(tx, self.template)?;
        template.name = self.name.clone();
        tx.put(&grant, &template)?;
        tx.emit(&grant, &TemplateEvent::Renamed { template: template.id, client: template.client })?;
        Ok(views::template(&grant, &template))
    }
}

/// Removes a template. What was ordered by it stays.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveTemplate {
    pub template: MandateTemplateId,
}

impl Operation for RemoveTemplate {
    const NAME: &'static str = "mandate_templates.remove";
    const EFFECT: Effect = Effect::Command;
    type Reply = MandateTemplateView;

    fn run(&self, tx: &mut Tx) -> Run<MandateTemplateView> {
        tx.prefetch([Want::record::<MandateTemplate>(self.template)])?;
        let (grant, mut template) = found(tx, self.template)?;
        template.removed = true;
        tx.put(&grant, &template)?;
        tx.emit(&grant, &TemplateEvent::Removed { template: template.id, client: template.client })?;
        Ok(views::template(&grant, &template))
    }
}

/// Orders by a template from a first day on, with one call: by the clock on the wall at its site.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderTemplate {
    pub template: MandateTemplateId,
    /// The first day of the order, at its site.
    pub first_day: Day,
    /// What the order is called; without it, as it was called when the template was made.
    #[serde(default)]
    pub name: Option<Text<120>>,
    /// The hash of the agency's current terms, which the user accepts herewith.
    #[serde(default)]
    pub terms: Option<ContentHash>,
}

impl Operation for OrderTemplate {
    const NAME: &'static str = "mandate_templates.order";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientMandateView;

    fn run(&self, tx: &mut Tx) -> Run<ClientMandateView> {
        tx.prefetch([Want::record::<MandateTemplate>(self.template)])?;
        let (_, template) = found(tx, self.template)?;
        let client: ClientId = template.client;
        // The site's zone is the client's to know, so the shifts get their dates once it is read.
        let mut order = template.order(self.name.clone())?;
        tx.prefetch(wants(tx, client, None, &order))?;
        let home: Client = tx.get(client)?;
        let Some(site) = home.site(template.site) else {
            return Err(Refusal::new(Code::SiteUnknown).at("template").into());
        };
        let shifts = dated(&template.shifts, self.first_day, &site.zone);
        let shifts = shifts.map_err(|refusal| refusal.at("first_day"))?;
        order.shifts = Bounded::new(shifts).map_err(Refusal::from)?;
        submit(tx, client, None, &order, self.terms.as_ref(), |_, _| {})
    }
}

/// A template of the actor's own client and within reach, with the same answer for all others as for none.
fn found(tx: &mut Tx, id: MandateTemplateId) -> Run<(Grant, MandateTemplate)> {
    client_record(tx, Permission::PlaceOrders, id, |template: &MandateTemplate| {
        (!template.removed).then(|| template.place())
    })
}
