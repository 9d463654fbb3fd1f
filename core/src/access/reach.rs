//! Where somebody's rights at a client hold: everywhere, or at selected projects and sites.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::engine::Want;
use crate::values::{Bounded, ClientId, ProjectId, SiteId, UserId};

/// More than this of either kind cannot be selected for one person.
pub const MOST_SELECTED: usize = 50;

/// The projects and sites that somebody is limited to.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// These projects, whatever their sites.
    #[serde(default)]
    pub projects: Bounded<ProjectId, MOST_SELECTED>,
    /// What happens at these sites, whatever the project.
    #[serde(default)]
    pub sites: Bounded<SiteId, MOST_SELECTED>,
}

impl Selection {
    /// A range for each thing that was selected, over an index that begins with it.
    pub fn ranges<'a>(
        &'a self,
        range: impl Fn(&'static str, String) -> Want + Copy + 'a,
    ) -> impl Iterator<Item = Want> + 'a {
        let projects = self.projects.iter().map(move |project| range("by_project", project.to_string()));
        projects.chain(self.sites.iter().map(move |site| range("by_site", site.to_string())))
    }
}

/// How far somebody's rights at a client reach.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, JsonSchema)]
#[serde(tag = "reach", rename_all = "snake_case", deny_unknown_fields)]
pub enum Reach {
    /// The whole client.
    #[default]
    Everything,
    /// Selected projects and sites; what is at neither is not there for this person.
    Selected(Selection),
}

/// Where something is, as far as rights go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place<'a> {
    pub client: ClientId,
    pub project: Option<ProjectId>,
    /// Every site that it touches; being at one of them is enough.
    pub sites: &'a [SiteId],
    /// Who placed it: one's own orders stay in sight.
    pub by: Option<UserId>,
}

impl<'a> Place<'a> {
    /// The client as a whole, which everybody who belongs to it reaches.
    pub const fn client(client: ClientId) -> Self {
        Self { client, project: None, sites: &[], by: None }
    }

    pub const fn at(client: ClientId, project: Option<ProjectId>, sites: &'a [SiteId]) -> Self {
        Self { client, project, sites, by: None }
    }

    const fn is_whole_client(&self) -> bool {
        self.project.is_none() && self.sites.is_empty() && self.by.is_none()
    }
}

/// The same as it is written. An empty struct refuses fields that it does not know, which a bare name does not.
#[derive(Deserialize)]
#[serde(tag = "reach", rename_all = "snake_case", deny_unknown_fields)]
enum Written {
    Everything {},
    Selected(Selection),
}

impl<'de> Deserialize<'de> for Reach {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Written::deserialize(deserializer)? {
            Written::Everything {} => Self::Everything,
            Written::Selected(selection) => Self::Selected(selection),
        })
    }
}

impl Reach {
    pub const fn is_everything(&self) -> bool {
        matches!(self, Self::Everything)
    }

    /// Whether this place is within reach for this person.
    pub fn covers(&self, place: &Place, person: Option<UserId>) -> bool {
        match self {
            Self::Everything => true,
            Self::Selected(selection) => {
                place.is_whole_client()
                    || (place.by.is_some() && place.by == person)
                    || place.project.is_some_and(|project| selection.projects.contains(&project))
                    || place.sites.iter().any(|site| selection.sites.contains(site))
            }
        }
    }

    /// Whether everything that `other` reaches is within this reach too: what a grant may give.
    pub fn includes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Everything, _) => true,
            (Self::Selected(_), Self::Everything) => false,
            (Self::Selected(own), Self::Selected(given)) => {
                given.projects.iter().all(|project| own.projects.contains(project))
                    && given.sites.iter().all(|site| own.sites.contains(site))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Place, Reach, Selection};
    use crate::values::{Bounded, ClientId, ProjectId, SiteId, UserId};

    const CLIENT: ClientId = ClientId::new(Uuid::from_u128(1));
    const ANNA: UserId = UserId::new(Uuid::from_u128(9));

    fn project(n: u128) -> ProjectId {
        ProjectId::new(Uuid::from_u128(n))
    }

    fn site(n: u128) -> SiteId {
        SiteId::new(Uuid::from_u128(n))
    }

    fn selected(projects: &[u128], sites: &[u128]) -> Reach {
        let projects = projects.iter().map(|n| project(*n)).collect();
        let sites = sites.iter().map(|n| site(*n)).collect();
        Reach::Selected(Selection {
            projects: Bounded::new(projects).unwrap(),
            sites: Bounded::new(sites).unwrap(),
        })
    }

    #[test]
    fn b8_a_selected_project_or_site_is_within_reach_and_nothing_else() {
        let reach = selected(&[2], &[7]);
        let at = |p: Option<u128>, sites: &[SiteId]| {
            reach.covers(&Place::at(CLIENT, p.map(project), sites), Some(ANNA))
        };
        assert!(at(Some(2), &[site(8)]) && at(Some(3), &[site(7)]) && at(Some(3), &[site(8), site(7)]));
        assert!(!at(Some(3), &[site(8)]) && !at(None, &[site(8)]) && !at(Some(3), &[]));
        assert!(at(None, &[]), "the client itself is in everybody's reach");
        let own = Place { by: Some(ANNA), ..Place::at(CLIENT, Some(project(3)), &[]) };
        assert!(reach.covers(&own, Some(ANNA)) && !reach.covers(&own, None));
        assert!(!reach.covers(&own, Some(UserId::new(Uuid::from_u128(10)))));
    }

    #[test]
    fn b8_a_reach_is_read_with_nothing_beside_it() {
        let read = |text: &str| serde_json::from_str::<Reach>(text);
        assert_eq!(read(r#"{"reach":"everything"}"#).unwrap(), Reach::Everything);
        assert_eq!(read(r#"{"reach":"selected","sites":[]}"#).unwrap(), selected(&[], &[]));
        for bad in [r#"{"reach":"everything","sites":[]}"#, r#"{"reach":"selected","zones":[]}"#, "{}"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a8_a_reach_includes_no_more_than_itself() {
        let (all, some) = (Reach::Everything, selected(&[2, 3], &[7]));
        assert!(all.includes(&some) && all.includes(&all) && !some.includes(&all) && some.includes(&some));
        assert!(some.includes(&selected(&[3], &[])) && !some.includes(&selected(&[3, 4], &[])));
        assert!(!some.includes(&selected(&[], &[8])));
    }
}
