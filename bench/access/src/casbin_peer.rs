//! The casbin crate on the same questions: roles in domains, where a domain is a client, and a second role definition
//! for scopes. Model and policies are loaded once; only `enforce` is measured.

use casbin::{CoreApi, DefaultModel, Enforcer, MemoryAdapter, MgmtApi};
use staffgate::access::Reach;

use crate::world::{Question, World, standings};

type Done<T> = Result<T, Box<dyn std::error::Error>>;

/// Everybody at a client reaches the client itself.
const CLIENT: &str = "client";
const EVERYTHING: &str = "everything";

/// What a policy file would hold: the permissions of roles, who has which role where, and who reaches what where.
pub struct Policies {
    pub p: Vec<Vec<String>>,
    pub g: Vec<Vec<String>>,
    pub g2: Vec<Vec<String>>,
}

pub struct Casbin(Enforcer);

impl Casbin {
    pub async fn new(world: &World) -> Done<Self> {
        let model = DefaultModel::from_str(include_str!("../model.conf")).await?;
        let mut enforcer = Enforcer::new(model, MemoryAdapter::default()).await?;
        let Policies { p, g, g2 } = policies(world);
        enforcer.add_policies(p).await?;
        enforcer.add_named_grouping_policies("g", g).await?;
        enforcer.add_named_grouping_policies("g2", g2).await?;
        Ok(Self(enforcer))
    }

    pub fn allows(&self, request: &[String; 5]) -> Done<bool> {
        let [user, client, project, site, permission] = request;
        Ok(self.0.enforce((
            user.as_str(),
            client.as_str(),
            project.as_str(),
            site.as_str(),
            permission.as_str(),
        ))?)
    }
}

pub fn request(question: &Question) -> [String; 5] {
    let thing = &question.thing;
    let or_client = |id: Option<String>| id.unwrap_or_else(|| CLIENT.to_owned());
    // Of a site there is no project, of the client neither; what is not there is named like what is.
    let site = or_client(thing.site.map(|one| one.to_string()));
    let project = thing.project.map_or_else(|| site.clone(), |one| one.to_string());
    [
        question.user.to_string(),
        thing.client.to_string(),
        project,
        site,
        question.permission.text().to_owned(),
    ]
}

pub fn policies(world: &World) -> Policies {
    let mut all = Policies { p: Vec::new(), g: Vec::new(), g2: Vec::new() };
    for role in &world.roles {
        all.p.extend(role.permissions.iter().map(|one| vec![role.id.to_string(), one.text().to_owned()]));
    }
    for user in &world.users {
        for standing in standings(user) {
            let (user, client) = (user.id.to_string(), standing.client.to_string());
            let mut reaches = vec![CLIENT.to_owned()];
            match &standing.reach {
                Reach::Everything => reaches.push(EVERYTHING.to_owned()),
                Reach::Selected(selection) => {
                    reaches.extend(selection.projects.iter().map(ToString::to_string));
                    reaches.extend(selection.sites.iter().map(ToString::to_string));
                }
            }
            all.g.push(vec![user.clone(), standing.role.text().into_owned(), client.clone()]);
            all.g2.extend(reaches.into_iter().map(|reach| vec![user.clone(), reach, client.clone()]));
        }
    }
    all
}
