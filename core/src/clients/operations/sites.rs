//! Sites: where a client's staff work.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Permission, Scope, authorize};
use crate::clients::events::ClientEvent;
use crate::clients::model::{Client, Site, SiteContact};
use crate::clients::rules;
use crate::clients::views::{self, ClientView};
use crate::engine::{Effect, Operation, Refusal, Run, Stop, Tx, Want};
use crate::values::{ClientId, SiteId, Text, Zone};

/// A place of work as it is added.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSite {
    pub name: Text<120>,
    #[serde(default)]
    pub address: Option<Text<500>>,
    /// Whom to ask for there, unless an order names somebody.
    #[serde(default)]
    pub contact: Option<SiteContact>,
    /// IANA name: decides what the clock shows there.
    pub zone: Zone,
}

impl NewSite {
    pub fn placed(&self, id: SiteId) -> Site {
        Site {
            id,
            name: self.name.clone(),
            address: self.address.clone(),
            contact: self.contact.clone(),
            zone: self.zone.clone(),
        }
    }
}

/// Adds a site to a client.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddSite {
    pub client: ClientId,
    pub site: NewSite,
}

impl Operation for AddSite {
    const NAME: &'static str = "sites.add";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientView;

    fn run(&self, tx: &mut Tx) -> Run<ClientView> {
        tx.prefetch([Want::record::<Client>(self.client)])?;
        let grant = authorize(tx, Permission::ManageClients, Scope::Agency)?;
        let mut client: Client = tx.get(self.client)?;
        rules::may_add_site(&client)?;
        let site: SiteId = tx.new_id();
        client.sites.push(self.site.placed(site));
        tx.put(&grant, &client)?;
        tx.emit(&grant, &ClientEvent::SiteAdded { client: client.id, site })?;
        Ok(views::client(&grant, &client))
    }
}

/// Changes a site. What is not given stays; shifts that exist keep the name and zone they were made with.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateSite {
    pub client: ClientId,
    pub site: SiteId,
    #[serde(default)]
    pub name: Option<Text<120>>,
    #[serde(default)]
    pub address: Option<Text<500>>,
    #[serde(default)]
    pub contact: Option<SiteContact>,
    #[serde(default)]
    pub zone: Option<Zone>,
}

impl Operation for UpdateSite {
    const NAME: &'static str = "sites.update";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientView;

    fn run(&self, tx: &mut Tx) -> Run<ClientView> {
        tx.prefetch([Want::record::<Client>(self.client)])?;
        let grant = authorize(tx, Permission::ManageClients, Scope::Agency)?;
        let mut client: Client = tx.get(self.client)?;
        let site = client.sites.iter_mut().find(|site| site.id == self.site);
        let site = site.ok_or_else(|| Stop::Refused(Refusal::not_found()))?;
        let old = site.clone();
        site.name = self.name.clone().unwrap_or_else(|| old.name.clone());
        site.address = self.address.clone().or_else(|| old.address.clone());
        site.contact = self.contact.clone().or_else(|| old.contact.clone());
        site.zone = self.zone.clone().unwrap_or_else(|| old.zone.clone());
        if *site != old {
            tx.put(&grant, &client)?;
            tx.emit(&grant, &ClientEvent::SiteChanged { client: client.id, site: self.site })?;
        }
        Ok(views::client(&grant, &client))
    }
}
