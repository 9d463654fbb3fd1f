//! The template: an order without its dates.

use serde::{Deserialize, Serialize};

use super::model::Contact;
use super::order::{Order, ShiftRequest};
use super::rules::recurrence::RelativeShift;
use crate::access::{InUnion, Place};
use crate::engine::{Record, Refusal};
use crate::purchasing::model::PurchaseOrderRef;
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{Bounded, ClientId, Day, Instant, MandateTemplateId, SiteId, Text, UserId, Zone};

/// An order that is kept to order by again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MandateTemplate {
    pub id: MandateTemplateId,
    pub client: ClientId,
    pub name: Text<120>,
    /// What the mandates are called that are ordered by it.
    pub order_name: Text<120>,
    pub site: SiteId,
    pub site_name: Text<120>,
    pub shifts: Vec<RelativeShift>,
    pub note: Option<Text<2000>>,
    pub buyer_reference: Option<Text<120>>,
    pub contact: Option<Contact>,
    pub purchase_order: Option<PurchaseOrderRef>,
    pub saved_by: Option<UserId>,
    pub created_at: Instant,
    pub removed: bool,
}

pub static MANDATE_TEMPLATE: Kind = Kind {
    name: "mandate_template",
    columns: &[Column::text("client"), Column::text("site"), Column::integer("created_at")],
    indexes: &[
        IndexSpec { name: "by_client", columns: &["client", "created_at"] },
        IndexSpec { name: "by_site", columns: &["site", "created_at"] },
    ],
};

impl Record for MandateTemplate {
    const KIND: &'static Kind = &MANDATE_TEMPLATE;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        // A column that is left out is in no range.
        if self.removed {
            return Vec::new();
        }
        vec![
            ("client", self.client.to_string().into()),
            ("site", self.site.to_string().into()),
            ("created_at", self.created_at.millis().into()),
        ]
    }
}

impl InUnion for MandateTemplate {}

impl MandateTemplate {
    pub const fn place(&self) -> Place<'_> {
        Place::at(self.client, None, std::slice::from_ref(&self.site))
    }

    /// The form with all that it needs to be prefetched by; its shifts stand on a day of no meaning.
    pub fn order(&self, name: Option<Text<120>>) -> Result<Order, Refusal> {
        let (day, zone) = (Day::parse("2000-01-03")?, Zone::parse("Etc/UTC")?);
        let shifts: Vec<ShiftRequest> = super::rules::recurrence::dated(&self.shifts, day, &zone)?;
        Ok(Order {
            name: name.unwrap_or_else(|| self.order_name.clone()),
            site: self.site,
            shifts: Bounded::new(shifts)?,
            recurring: Bounded::default(),
            note: self.note.clone(),
            buyer_reference: self.buyer_reference.clone(),
            contact: self.contact.clone(),
            purchase_order: self.purchase_order.as_ref().map(|order| order.id),
        })
    }
}
