//! Making, changing, removing and listing roles, for the agency and for one client.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::events::RoleEvent;
use super::rules;
use super::views::{self, RoleView};
use crate::access::{
    ClientRole, Grant, MOST_ROLES, MemberRole, Permission, Permissions, Principal, PrincipalSide, Role,
    RoleBook, Scope, Side, authorize, held,
};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::values::{Bounded, ClientId, RoleId, Text};

/// Makes a role. The agency makes them for its own people and for people at clients; a client's administrator makes
/// some for the client alone, within what they hold themselves.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateRole {
    /// Unique among the agency's roles, or among the client's, compared without case.
    pub name: Text<80>,
    pub side: Side,
    pub permissions: Permissions,
    /// The client whose role it is; without it, the agency's.
    #[serde(default)]
    pub client: Option<ClientId>,
}

impl Operation for CreateRole {
    const NAME: &'static str = "roles.create";
    const EFFECT: Effect = Effect::Command;
    type Reply = RoleView;

    fn run(&self, tx: &mut Tx) -> Run<RoleView> {
        let (grant, mut book) = book(tx, self.client)?;
        let role =
            Role { id: tx.new_id(), name: self.name.clone(), side: self.side, permissions: self.permissions };
        checked(&grant, self.client, &book, &role)?;
        let mut roles = book.roles.into_vec();
        roles.push(role.clone());
        book.roles = Bounded::new(roles)
            .map_err(|_| Refusal::new(Code::TooMany).at("name").with("expected", MOST_ROLES))?;
        tx.put(&grant, &book)?;
        let (id, client, permissions) = (role.id, self.client, role.permissions);
        tx.emit(&grant, &RoleEvent::Created { role: id, client, permissions })?;
        Ok(views::made(&grant, &role, client, tx.locale()))
    }
}

/// Changes a role. Everybody who holds it may do the new things, and no longer the old ones, from then on.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateRole {
    pub role: RoleId,
    /// The client whose role it is; without it, the agency's.
    #[serde(default)]
    pub client: Option<ClientId>,
    #[serde(default)]
    pub name: Option<Text<80>>,
    #[serde(default)]
    pub permissions: Option<Permissions>,
}

impl Operation for UpdateRole {
    const NAME: &'static str = "roles.update";
    const EFFECT: Effect = Effect::Command;
    type Reply = RoleView;

    fn run(&self, tx: &mut Tx) -> Run<RoleView> {
        let (grant, mut book) = book(tx, self.client)?;
        let old = rules::in_book(&book, self.role)?;
        let mut role = old.clone();
        role.name = self.name.clone().unwrap_or(role.name);
        role.permissions = self.permissions.unwrap_or(role.permissions);
        not_own(tx, self.role)?;
        checked(&grant, self.client, &book, &old)?;
        checked(&grant, self.client, &book, &role)?;
        let client = self.client;
        if role != old {
            let put = |other: Role| if other.id == role.id { role.clone() } else { other };
            let roles = book.roles.into_vec().into_iter().map(put).collect();
            book.roles = Bounded::new(roles).map_err(Refusal::from)?;
            tx.put(&grant, &book)?;
            let permissions = role.permissions;
            tx.emit(&grant, &RoleEvent::Changed { role: role.id, client, permissions })?;
        }
        Ok(views::made(&grant, &role, client, tx.locale()))
    }
}

/// Removes a role. Who holds it still may do nothing through it; give them another one first.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveRole {
    pub role: RoleId,
    /// The client whose role it is; without it, the agency's.
    #[serde(default)]
    pub client: Option<ClientId>,
}

impl Operation for RemoveRole {
    const NAME: &'static str = "roles.remove";
    const EFFECT: Effect = Effect::Command;
    type Reply = RoleView;

    fn run(&self, tx: &mut Tx) -> Run<RoleView> {
        let (grant, mut book) = book(tx, self.client)?;
        let role = rules::in_book(&book, self.role)?;
        not_own(tx, self.role)?;
        checked(&grant, self.client, &book, &role)?;
        let mut roles = book.roles.into_vec();
        roles.retain(|other| other.id != role.id);
        book.roles = Bounded::new(roles).map_err(Refusal::from)?;
        tx.put(&grant, &book)?;
        tx.emit(&grant, &RoleEvent::Removed { role: role.id, client: self.client })?;
        Ok(views::made(&grant, &role, self.client, tx.locale()))
    }
}

/// The roles that can be given: those that are always there, the agency's, and with `client` those of the client.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListRoles {
    pub side: Side,
    /// A client whose own roles are wanted too. People at a client name their own.
    #[serde(default)]
    pub client: Option<ClientId>,
}

/// Roles with what they allow.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RolesView {
    pub items: Vec<RoleView>,
}

impl Operation for ListRoles {
    const NAME: &'static str = "roles.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = RolesView;

    fn run(&self, tx: &mut Tx) -> Run<RolesView> {
        let agency = tx.context().agency;
        let owners = [Some(agency.uuid()), self.client.map(ClientId::uuid)];
        tx.prefetch(owners.into_iter().flatten().map(Want::record::<RoleBook>))?;
        let grant = match (tx.context().actor.user(), self.client) {
            (None, _) => authorize(tx, Permission::ViewAgency, Scope::Agency)?,
            (Some(_), Some(client)) => authorize(tx, Permission::ManagePeople, Scope::Client(client))?,
            (Some(_), None) => return Err(Refusal::new(Code::FieldMissing).at("client").into()),
        };
        if grant.is_client_side() && self.side == Side::Agency {
            return Err(Refusal::new(Code::WrongSide).at("side").into());
        }
        let locale = tx.locale();
        let mut items = views::standard(&grant, self.side, locale);
        let mut add = |book: Option<RoleBook>, client: Option<ClientId>| {
            let roles = book.map(|book| book.roles.into_vec()).unwrap_or_default();
            let of_side = roles.iter().filter(|role| role.side == self.side);
            items.extend(of_side.map(|role| views::made(&grant, role, client, locale)));
        };
        add(tx.find(agency)?, None);
        if let Some(client) = self.client {
            add(tx.find(client)?, Some(client));
        }
        Ok(RolesView { items })
    }
}

/// The book to be changed, with the grant for it.
fn book(tx: &mut Tx, client: Option<ClientId>) -> Run<(Grant, RoleBook)> {
    let agency = tx.context().agency.uuid();
    let owner = client.map_or(agency, ClientId::uuid);
    let books = [owner, agency].into_iter().map(Want::record::<RoleBook>);
    tx.prefetch(books.chain(client.map(Want::record::<Client>)))?;
    let grant = match (tx.context().actor.user(), client) {
        (None, _) => authorize(tx, Permission::ManageRoles, Scope::Agency)?,
        (Some(_), Some(client)) => authorize(tx, Permission::ManageOwnRoles, Scope::Client(client))?,
        (Some(_), None) => return Err(Refusal::new(Code::WrongSide).into()),
    };
    if let Some(client) = client {
        let _: Client = tx.get(client)?;
    }
    let kept: Option<RoleBook> = tx.find(owner)?;
    Ok((grant, kept.unwrap_or(RoleBook { owner, roles: Bounded::default() })))
}

fn checked(grant: &Grant, client: Option<ClientId>, book: &RoleBook, role: &Role) -> Result<(), Refusal> {
    if client.is_some() && role.side == Side::Agency {
        return Err(Refusal::new(Code::WrongSide).at("side"));
    }
    rules::of_side(role.permissions, role.side)?;
    if grant.is_client_side() || role.side == Side::Agency {
        held(grant, role.permissions, "permissions")?;
    }
    rules::name_free(book, role)
}

/// Nobody changes the role that they hold themselves.
fn not_own(tx: &mut Tx, role: RoleId) -> Run<()> {
    let Some(id) = tx.context().actor.person() else { return Ok(()) };
    let principal: Principal = tx.get(id)?;
    let holds = match &principal.side {
        PrincipalSide::Member { role: own } => *own == MemberRole::Made(role),
        PrincipalSide::User { clients } => clients.iter().any(|one| one.role == ClientRole::Made(role)),
    };
    if holds { Err(Refusal::new(Code::OwnRights).at("role").into()) } else { Ok(()) }
}
