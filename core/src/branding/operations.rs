//! Setting looks and exposure, and reading those in force.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::events::BrandEvent;
use super::model::{Brand, BrandOwner, Colours, Exposure, ExposureBook, Look};
use super::rules;
use super::views::{self, BrandView, MyBrandView};
use crate::access::{Grant, Permission, Place, Scope, authorize};
use crate::clients::model::Client;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::projects::model::Project;
use crate::values::{ClientId, Fault, LONGEST_HTML, Picture, ProjectId, SafeHtml, Text};
use crate::visibility::client_grant;

/// Looks as they are given. Header and footer are made safe: what is not the mark-up of an ordinary page is taken out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLook {
    #[serde(default)]
    pub logo: Option<Picture>,
    /// HTML.
    #[serde(default)]
    pub header: Option<Text<LONGEST_HTML>>,
    /// HTML.
    #[serde(default)]
    pub footer: Option<Text<LONGEST_HTML>>,
    #[serde(default)]
    pub colours: Colours,
}

impl NewLook {
    fn cleaned(&self) -> Result<Look, Refusal> {
        let clean = |html: Option<&Text<LONGEST_HTML>>, path: &str| {
            let fault = |fault: Fault| Refusal::from(fault).at(path);
            html.map(SafeHtml::clean).transpose().map_err(fault)
        };
        Ok(Look {
            logo: self.logo.clone(),
            header: clean(self.header.as_ref(), "look.header")?,
            footer: clean(self.footer.as_ref(), "look.footer")?,
            colours: self.colours.clone(),
        })
    }
}

/// Sets how the portal looks: for everybody, for a client or for a project. Settings are taken as a whole, in place of
/// the wider ones.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetLook {
    pub owner: BrandOwner,
    /// Null gives up custom settings: those of the client or the agency hold again.
    pub look: Option<NewLook>,
}

impl Operation for SetLook {
    const NAME: &'static str = "branding.set_look";
    const EFFECT: Effect = Effect::Command;
    type Reply = BrandView;

    fn run(&self, tx: &mut Tx) -> Run<BrandView> {
        let (grant, book) = setting(tx, self.owner)?;
        let look = self.look.as_ref().map(NewLook::cleaned).transpose()?;
        let old: Option<Brand> = tx.find(self.owner.key())?;
        if old.and_then(|old| old.look) != look {
            tx.put(&grant, &Brand { owner: self.owner, look: look.clone() })?;
            let (agency, custom) = (tx.context().agency, look.is_some());
            tx.emit(&grant, &BrandEvent::LookChanged { agency, owner: self.owner, custom })?;
        }
        Ok(views::brand(&grant, self.owner, look, own(&book, self.owner)))
    }
}

/// Sets which optional facts of a shift a client's people are shown: for everybody, for a client or for a project.
/// Nothing is shown that the field rules hide.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetExposure {
    pub owner: BrandOwner,
    /// All that is shown of the optional facts. Null gives up a custom setting; of the agency, it shows everything.
    pub exposure: Option<Exposure>,
}

impl Operation for SetExposure {
    const NAME: &'static str = "branding.set_exposure";
    const EFFECT: Effect = Effect::Command;
    type Reply = BrandView;

    fn run(&self, tx: &mut Tx) -> Run<BrandView> {
        let (grant, mut book) = setting(tx, self.owner)?;
        let before = book.clone();
        let given = self.exposure.clone();
        match self.owner {
            BrandOwner::Agency {} => book.default = given,
            BrandOwner::Client { client } => keep(&mut book.clients, client, given),
            BrandOwner::Project { project } => keep(&mut book.projects, project, given),
        }
        rules::fits(book.clients.len().max(book.projects.len()))?;
        let exposure = own(&book, self.owner);
        if book != before {
            tx.put(&grant, &book)?;
            let (agency, custom) = (tx.context().agency, exposure.is_some());
            tx.emit(&grant, &BrandEvent::ExposureChanged { agency, owner: self.owner, custom })?;
        }
        let look = tx.find::<Brand>(self.owner.key())?.and_then(|brand| brand.look);
        Ok(views::brand(&grant, self.owner, look, exposure))
    }
}

/// The settings of the agency, of a client or of a project, as they were set. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetBrand {
    pub owner: BrandOwner,
}

impl Operation for GetBrand {
    const NAME: &'static str = "branding.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = BrandView;

    fn run(&self, tx: &mut Tx) -> Run<BrandView> {
        tx.prefetch(wants(tx, self.owner))?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        exists(tx, self.owner)?;
        let look = tx.find::<Brand>(self.owner.key())?.and_then(|brand| brand.look);
        let book = book(tx)?;
        Ok(views::brand(&grant, self.owner, look, own(&book, self.owner)))
    }
}

/// How the portal looks to the actor: at one of their clients, or in one of its projects.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetMyBrand {
    pub client: ClientId,
    #[serde(default)]
    pub project: Option<ProjectId>,
}

impl Operation for GetMyBrand {
    const NAME: &'static str = "my_branding.get";
    const EFFECT: Effect = Effect::Query;
    type Reply = MyBrandView;

    fn run(&self, tx: &mut Tx) -> Run<MyBrandView> {
        let client = BrandOwner::Client { client: self.client };
        let project = self.project.map(|project| BrandOwner::Project { project });
        let owners = [project, Some(client), Some(BrandOwner::Agency {})];
        let brands = owners.iter().flatten().map(|owner| Want::record::<Brand>(owner.key()));
        tx.prefetch(brands.chain(self.project.map(Want::record::<Project>)))?;
        let found: Option<Project> = self.project.map_or(Ok(None), |id| tx.find(id))?;
        let sites = found.as_ref().map(Project::sites).unwrap_or_default();
        let place = match self.project {
            Some(_) => found
                .as_ref()
                .and_then(|project| project.place(&sites))
                .filter(|place| place.client == self.client),
            None => Some(Place::client(self.client)),
        };
        let grant = client_grant(tx, Permission::ViewShifts, place)?;
        for owner in owners.into_iter().flatten() {
            if let Some(look) = tx.find::<Brand>(owner.key())?.and_then(|brand| brand.look) {
                return Ok(views::mine(&grant, Some(look)));
            }
        }
        Ok(views::mine(&grant, None))
    }
}

/// What setting something for this owner needs: the right, the owner, and the book.
fn setting(tx: &mut Tx, owner: BrandOwner) -> Run<(Grant, ExposureBook)> {
    tx.prefetch(wants(tx, owner))?;
    let permission = match owner {
        BrandOwner::Agency {} => Permission::ManageAgency,
        BrandOwner::Client { .. } | BrandOwner::Project { .. } => Permission::ManageClients,
    };
    let grant = authorize(tx, permission, Scope::Agency)?;
    exists(tx, owner)?;
    Ok((grant, book(tx)?))
}

fn wants(tx: &Tx, owner: BrandOwner) -> Vec<Want> {
    let mut wants =
        vec![Want::record::<Brand>(owner.key()), Want::record::<ExposureBook>(tx.context().agency)];
    match owner {
        BrandOwner::Agency {} => {}
        BrandOwner::Client { client } => wants.push(Want::record::<Client>(client)),
        BrandOwner::Project { project } => wants.push(Want::record::<Project>(project)),
    }
    wants
}

fn exists(tx: &mut Tx, owner: BrandOwner) -> Run<()> {
    let is_there = match owner {
        BrandOwner::Agency {} => true,
        BrandOwner::Client { client } => tx.exists::<Client>(client)?,
        BrandOwner::Project { project } => tx.exists::<Project>(project)?,
    };
    if is_there { Ok(()) } else { Err(Refusal::not_found().into()) }
}

fn book(tx: &mut Tx) -> Run<ExposureBook> {
    let agency = tx.context().agency;
    Ok(tx.find(agency)?.unwrap_or_else(|| ExposureBook::empty(agency)))
}

fn own(book: &ExposureBook, owner: BrandOwner) -> Option<Exposure> {
    match owner {
        BrandOwner::Agency {} => book.default.clone(),
        BrandOwner::Client { client } => book.clients.get(&client).cloned(),
        BrandOwner::Project { project } => book.projects.get(&project).cloned(),
    }
}

fn keep<K: Ord>(kept: &mut std::collections::BTreeMap<K, Exposure>, key: K, given: Option<Exposure>) {
    match given {
        Some(given) => kept.insert(key, given),
        None => kept.remove(&key),
    };
}
