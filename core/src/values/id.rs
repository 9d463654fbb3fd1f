//! Typed ids. A client's id cannot be passed where a project's is wanted.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                super::id_text::read(deserializer).map(Self)
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": "uuid" })
            }
        }
    )+};
}

ids! {
    /// A staffing company: the tenant.
    AgencyId,
    /// A person at the agency.
    MemberId,
    /// A profession that can be ordered.
    SkillId,
    /// A company that orders staff.
    ClientId,
    /// A place of work of a client.
    SiteId,
    /// A person at a client.
    UserId,
    /// A named set of permissions.
    RoleId,
    /// An invitation, or a link that shows a project.
    LinkId,
    /// A member's time in a user's place.
    ImpersonationId,
    /// One published version of prices.
    PriceListId,
    /// A request for staff.
    MandateId,
    /// An order form that is kept to order by again.
    MandateTemplateId,
    /// A client's purchase order, on which mandates are charged.
    PurchaseOrderId,
    /// What an accepted mandate becomes.
    ProjectId,
    /// The shifts of one accepted request.
    ScheduleId,
    /// A time span at a place with positions to fill.
    ShiftId,
    /// A skill, a role and a headcount within a shift.
    PositionId,
    /// A worker in a position.
    BookingId,
    /// A person who works shifts.
    WorkerId,
    /// A content page.
    PageId,
    /// A client's wish to change an accepted shift.
    ChangeRequestId,
    /// A client's word on a worker: preferred or refused.
    PreferenceId,
    /// An offer of workers among whom a client chooses.
    SelectionId,
    /// A worker in such an offer.
    ProposalId,
    /// What somebody wrote in a project's thread.
    MessageId,
    /// A worker's certificate or induction.
    CertificateId,
    /// Work for which candidates are shown to a client.
    JobId,
    /// A person who is put forward for a job: another one for each job.
    CandidateId,
    /// A document of a candidate, whichever file stands for it.
    DocumentId,
    /// One file of a document: what a host keeps the bytes by. A file that takes its place has another.
    DocumentFileId,
    /// What was done about a candidate.
    ActivityId,
    /// A message to somebody about an event.
    NotificationId,
    /// One sign-in of a user, from its start to its end.
    SessionId,
    /// A device from which a user has signed in before.
    DeviceId,
    /// Any record's id, where its kind is told beside it.
    RecordId,
}
