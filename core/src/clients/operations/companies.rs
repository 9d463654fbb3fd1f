//! Client companies: creating, renaming, reading.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::sites::NewSite;
use crate::access::{Page, PageRequest, Permission, Scope, authorize, page, prefetch_page};
use crate::agency::model::{Agency, Skill};
use crate::clients::events::ClientEvent;
use crate::clients::model::{Client, MOST_SITES};
use crate::clients::views::{self, ClientReply, ClientView};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::hosts;
use crate::values::{Bounded, ClientId, HostId, Locale, SkillId, Text};

/// Creates a client, with its sites if they are known. It has no portal access yet.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateClient {
    pub name: Text<120>,
    #[serde(default)]
    pub sites: Bounded<NewSite, MOST_SITES>,
    /// The language of mails to the client; without it, the agency's.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// The host's own id, unique among the agency's clients.
    #[serde(default)]
    pub host_id: Option<HostId>,
}

impl Operation for CreateClient {
    const NAME: &'static str = "clients.create";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientView;

    fn run(&self, tx: &mut Tx) -> Run<ClientView> {
        tx.prefetch(hosts::wants(hosts::CLIENT, self.host_id.as_ref()))?;
        let grant = authorize(tx, Permission::ManageClients, Scope::Agency)?;
        let id: ClientId = tx.new_id();
        hosts::bind(tx, &grant, hosts::CLIENT, None, self.host_id.as_ref(), id)?;
        let client = Client {
            locale: self.locale,
            sites: self.sites.iter().map(|site| site.placed(tx.new_id())).collect(),
            host_id: self.host_id.clone(),
            ..Client::new(id, self.name.clone())
        };
        tx.put(&grant, &client)?;
        tx.emit(&grant, &ClientEvent::Created { client: id })?;
        Ok(views::client(&grant, &client))
    }
}

/// Changes a client's name or language. What is not given stays.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateClient {
    pub client: ClientId,
    #[serde(default)]
    pub name: Option<Text<120>>,
    #[serde(default)]
    pub locale: Option<Locale>,
}

impl Operation for UpdateClient {
    const NAME: &'static str = "clients.update";
    const EFFECT: Effect = Effect::Command;
    type Reply = ClientView;

    fn run(&self, tx: &mut Tx) -> Run<ClientView> {
        super::change(tx, self.client, &ClientEvent::Changed { client: self.client }, |client| {
            if let Some(name) = &self.name {
                client.name = name.clone();
            }
            client.locale = self.locale.or(client.locale);
        })
    }
}

/// One client: the agency sees its settings, its own people see what concerns them.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetClient {
    pub client: ClientId,
}

impl Operation for GetClient {
    const NAME: &'static str = "clients.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = ClientReply;

    fn run(&self, tx: &mut Tx) -> Run<ClientReply> {
        let agency = tx.context().agency;
        tx.prefetch([Want::record::<Client>(self.client), Want::record::<Agency>(agency)])?;
        if tx.context().actor.user().is_none() {
            let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
            return Ok(ClientReply::Agency(views::client(&grant, &tx.get(self.client)?)));
        }
        let grant = authorize(tx, Permission::ViewShifts, Scope::Client(self.client))?;
        let client: Client = tx.get(self.client)?;
        let agency: Agency = tx.get(agency)?;
        tx.prefetch(agency.orderable.iter().map(Want::record::<Skill>))?;
        let skills: Run<Vec<Skill>> = agency.orderable.iter().map(|id: &SkillId| tx.get(id)).collect();
        Ok(ClientReply::Client(views::own_client(&grant, &agency, &client, &skills?)))
    }
}

/// The agency's clients by name.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListClients {
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListClients {
    const NAME: &'static str = "clients.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ClientView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ClientView>> {
        let want = Want::range::<Client>("by_name", Vec::new(), 0);
        prefetch_page::<Client>(tx, &self.page, &want, [])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let (clients, next) = page::<Client>(tx, &self.page, want)?;
        Ok(Page { items: clients.iter().map(|client| views::client(&grant, client)).collect(), next })
    }
}
