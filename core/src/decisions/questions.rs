//! What is asked: who, which permission, about what.

use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

use crate::access::Permission;
use crate::values::{ClientId, MandateId, MemberId, ProjectId, ShiftId, SiteId, UserId};

/// Questions in one call.
pub const MOST_QUESTIONS: usize = 10_000;

/// Whom the question is about, if not the actor.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "side", rename_all = "snake_case", deny_unknown_fields)]
pub enum AccessSubject {
    /// A person at the agency.
    Member { id: MemberId },
    /// A person at a client.
    User { id: UserId },
}

/// What a question is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum AccessObject {
    /// The agency as a whole.
    Agency,
    /// A client as a whole.
    Client {
        id: ClientId,
    },
    /// A place of work of a client.
    Site {
        client: ClientId,
        id: SiteId,
    },
    Project {
        id: ProjectId,
    },
    Shift {
        id: ShiftId,
    },
    Mandate {
        id: MandateId,
    },
    /// A person at a client.
    User {
        id: UserId,
    },
}

/// The fields of all kinds of objects. A call may name ten thousand, and what serde makes of a tagged enum keeps every
/// field aside until it knows the tag; this reads them where they stand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnyObject {
    kind: ObjectKind,
    #[serde(default)]
    client: Option<ClientId>,
    #[serde(default)]
    id: Option<Uuid>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ObjectKind {
    Agency,
    Client,
    Site,
    Project,
    Shift,
    Mandate,
    User,
}

impl<'de> Deserialize<'de> for AccessObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let AnyObject { kind, client, id } = AnyObject::deserialize(deserializer)?;
        if client.is_some() && !matches!(kind, ObjectKind::Site) {
            return Err(D::Error::unknown_field("client", &["kind", "id"]));
        }
        let id = match (kind, id) {
            (ObjectKind::Agency, None) => return Ok(Self::Agency),
            (ObjectKind::Agency, Some(_)) => return Err(D::Error::unknown_field("id", &["kind"])),
            (_, None) => return Err(D::Error::missing_field("id")),
            (_, Some(id)) => id,
        };
        Ok(match kind {
            ObjectKind::Agency => Self::Agency,
            ObjectKind::Client => Self::Client { id: id.into() },
            ObjectKind::Site => {
                Self::Site { client: client.ok_or_else(|| D::Error::missing_field("client"))?, id: id.into() }
            }
            ObjectKind::Project => Self::Project { id: id.into() },
            ObjectKind::Shift => Self::Shift { id: id.into() },
            ObjectKind::Mandate => Self::Mandate { id: id.into() },
            ObjectKind::User => Self::User { id: id.into() },
        })
    }
}

/// May they do this to that?
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessQuestion {
    pub permission: Permission,
    pub object: AccessObject,
}

#[cfg(test)]
mod tests {
    use super::{AccessObject, AccessQuestion};
    use crate::values::{ClientId, SiteId};

    const ONE: &str = "00000000-0000-0000-0000-000000000001";
    const TWO: &str = "00000000-0000-0000-0000-000000000002";

    fn read(text: &str) -> Result<AccessObject, String> {
        let json = text.replace("ONE", &format!("\"{ONE}\"")).replace("TWO", &format!("\"{TWO}\""));
        serde_json::from_str(&json).map_err(|error| error.to_string())
    }

    #[test]
    fn an_object_is_read_back_as_it_was_written_whatever_the_order_of_its_fields() {
        let kinds = ["client", "project", "shift", "mandate", "user"];
        for kind in kinds {
            let object = read(&format!(r#"{{"id":ONE,"kind":"{kind}"}}"#)).unwrap();
            assert_eq!(
                serde_json::to_string(&object).unwrap(),
                format!(r#"{{"kind":"{kind}","id":"{ONE}"}}"#)
            );
        }
        assert_eq!(read(r#"{"kind":"agency"}"#).unwrap(), AccessObject::Agency);
        let [client, id] = [ONE, TWO].map(|text| text.parse::<uuid::Uuid>().unwrap());
        let site = AccessObject::Site { client: ClientId::new(client), id: SiteId::new(id) };
        assert_eq!(read(r#"{"id":TWO,"kind":"site","client":ONE}"#).unwrap(), site);
        assert_eq!(
            serde_json::to_string(&site).unwrap(),
            format!(r#"{{"kind":"site","client":"{ONE}","id":"{TWO}"}}"#)
        );
    }

    #[test]
    fn an_object_has_the_fields_of_its_kind_and_no_others() {
        for (text, fault) in [
            (r#"{"id":ONE}"#, "missing field `kind`"),
            (r#"{"kind":"client"}"#, "missing field `id`"),
            (r#"{"kind":"site","id":ONE}"#, "missing field `client`"),
            (r#"{"kind":"project","id":ONE,"client":TWO}"#, "unknown field `client`"),
            (r#"{"kind":"agency","id":ONE}"#, "unknown field `id`"),
            (r#"{"kind":"client","id":ONE,"name":"x"}"#, "unknown field `name`"),
            (r#"{"kind":"planet","id":ONE}"#, "unknown variant `planet`"),
        ] {
            assert!(read(text).unwrap_err().starts_with(fault), "{text}");
        }
        let asked = format!(r#"{{"permission":"view_shifts","object":{{"kind":"client","id":"{ONE}"}}}}"#);
        assert!(serde_json::from_str::<AccessQuestion>(&asked).is_ok());
    }
}
