//! The change request: what was wanted of which revision of a shift, at which price and fee, and what became of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{InUnion, Place};
use crate::engine::{Record, Want};
use crate::pricing::fees::FeePreview;
use crate::projects::model::{MOST_REQUESTS, index_name};
use crate::purchasing::model::{PurchaseOrder, Taken};
use crate::shifts::rules::{ChangeKind, NoPrice};
use crate::store::{Column, IndexSpec, IndexValue, Kind};
use crate::values::{
    Amount, ChangeRequestId, ClientId, Currency, Instant, LocalTime, MemberId, PositionId, ProjectId,
    ShiftId, SiteId, SkillId, Text, UserId, closed_list,
};

closed_list! {
    /// Where a change request stands.
    ChangeState {
        /// To approve: the agency has to answer.
        Open "open",
        /// The shift is as it was wanted.
        Approved "approved",
        Declined "declined",
        /// The client took it back.
        Withdrawn "withdrawn",
        /// Another request of the client took its place, or the agency called the shift off.
        Superseded "superseded",
    }
}

/// What is wanted of a shift.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// Other times on the site's clock, or another break.
    Times {
        start: LocalTime,
        end: LocalTime,
        /// Unpaid; as it is if left out.
        #[serde(default)]
        break_minutes: Option<u32>,
    },
    /// More or fewer of a position.
    Headcount {
        position: PositionId,
        /// 1 to 500.
        headcount: u32,
    },
    /// Another skill.
    Skill { skill: SkillId },
    /// Another note; null takes it away.
    Note {
        #[serde(default)]
        note: Option<Text<2000>>,
    },
    /// The shift is called off.
    Cancel {},
}

impl Change {
    pub const fn kind(&self) -> ChangeKind {
        match self {
            Self::Times { .. } => ChangeKind::Times,
            Self::Headcount { .. } => ChangeKind::Headcount,
            Self::Skill { .. } => ChangeKind::Skill,
            Self::Note { .. } => ChangeKind::Note,
            Self::Cancel {} => ChangeKind::Cancel,
        }
    }
}

/// What a change costs, by the policy that was in force when it was asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ChangeFee {
    /// Changes of this kind are free.
    Free {},
    Known {
        currency: Currency,
        /// Without VAT: the sum of the parts.
        amount: Amount,
        /// What is given back, and what is altered.
        parts: Vec<FeePreview>,
    },
    /// There is a policy, but the shift has no price that it could be a part of. Nothing is charged.
    Unpriced {},
}

impl ChangeFee {
    /// What is charged.
    pub fn amount(&self) -> Amount {
        match self {
            Self::Known { amount, .. } => *amount,
            Self::Free {} | Self::Unpriced {} => Amount::ZERO,
        }
    }
}

/// What the shift is expected to cost before and after.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum PriceDifference {
    Priced {
        currency: Currency,
        /// Without VAT.
        net_before: Amount,
        net_after: Amount,
        net_difference: Amount,
        /// With VAT.
        total_before: Amount,
        total_after: Amount,
        total_difference: Amount,
    },
    /// Before or after there is no price. Never zero.
    Unpriced { why: NoPrice },
}

/// Whom a change affects, in numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ChangeEffects")]
pub struct Effects {
    /// The shift's slots before.
    pub slots_before: u32,
    pub slots_after: u32,
    /// Slots without a worker that are given up.
    pub unfilled_released: u32,
    /// Workers whose bookings end.
    pub bookings_cancelled: u32,
    /// Workers who had confirmed and are asked again.
    pub asked_again: u32,
}

/// Why the agency charges nothing although there is a fee.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeeWaiver {
    Goodwill,
    /// The worker was not suitable.
    UnsuitableWorker,
    /// The worker did not come, or left.
    WorkerFault,
    AgencyFault,
    ForceMajeure,
}

impl FeeWaiver {
    pub const fn text(self) -> &'static str {
        match self {
            Self::Goodwill => "goodwill",
            Self::UnsuitableWorker => "unsuitable_worker",
            Self::WorkerFault => "worker_fault",
            Self::AgencyFault => "agency_fault",
            Self::ForceMajeure => "force_majeure",
        }
    }
}

/// What a client wants changed of one revision of a shift.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ChangeRequest {
    pub id: ChangeRequestId,
    pub client: ClientId,
    pub project: ProjectId,
    /// Whether the project is shared with its client, copied from it like the sharing of its shifts. What was kept
    /// before is shared.
    #[serde(default = "crate::projects::model::shared_by_default")]
    pub shared: bool,
    pub site: SiteId,
    pub shift: ShiftId,
    /// The revision that it was made on: no other one is changed by it.
    pub shift_revision: u32,
    /// As it was then, in the same form.
    pub before: Change,
    pub change: Change,
    /// The name of the skill that is wanted, if one is.
    pub skill_name: Option<Text<120>>,
    /// The client's own words.
    pub reason: Option<Text<500>>,
    pub by: UserId,
    pub at: Instant,
    /// When the shift begins on the site's clock, for sentences about it.
    pub starts: LocalTime,
    pub state: ChangeState,
    pub decided_at: Option<Instant>,
    /// Who at the agency decided.
    pub decided_by: Option<MemberId>,
    /// What the client sees when it was declined.
    pub decline_reason: Option<Text<500>>,
    pub superseded_by: Option<ChangeRequestId>,
    /// What the client saw and accepted.
    pub fee: ChangeFee,
    pub waived: Option<FeeWaiver>,
    pub price: PriceDifference,
    pub effects: Effects,
    /// What it takes of the purchase order that the shift is on. What was kept before takes nothing.
    #[serde(default)]
    pub taken: Option<Taken>,
}

pub static CHANGE_REQUEST: Kind = Kind {
    name: "change_request",
    // `client` and `site` have a value, and `project` its own name, only while the project is shared: a list that a
    // client's person is given goes by these. `shift` and `state` always, for the agency.
    columns: &[
        Column::text("client"),
        Column::text("project"),
        Column::text("site"),
        Column::text("shift"),
        Column::text("state"),
        Column::integer("asked_at"),
    ],
    indexes: &[
        IndexSpec { name: "by_client", columns: &["client", "asked_at"] },
        IndexSpec { name: "by_project", columns: &["project", "asked_at"] },
        IndexSpec { name: "by_project_site", columns: &["project", "site", "asked_at"] },
        IndexSpec { name: "by_site", columns: &["site", "asked_at"] },
        IndexSpec { name: "by_shift", columns: &["shift", "asked_at"] },
        IndexSpec { name: "by_state", columns: &["state", "asked_at"] },
    ],
};

impl Record for ChangeRequest {
    const KIND: &'static Kind = &CHANGE_REQUEST;

    fn record_id(&self) -> String {
        self.id.to_string()
    }

    fn columns(&self) -> Vec<(&'static str, IndexValue)> {
        let mut columns = vec![
            ("project", index_name(self.project, self.shared).into()),
            ("shift", self.shift.to_string().into()),
            ("state", self.state.text().into()),
            ("asked_at", self.at.millis().into()),
        ];
        if self.shared {
            columns.push(("client", self.client.to_string().into()));
            columns.push(("site", self.site.to_string().into()));
        }
        columns
    }
}

impl InUnion for ChangeRequest {}

impl ChangeRequest {
    /// The change requests of a project, which have to know whether it is shared.
    pub fn of_project(project: ProjectId, shared: bool) -> Want {
        Want::range::<Self>("by_project", vec![index_name(project, shared).into()], MOST_REQUESTS)
    }

    /// The purchase order that its end writes.
    pub fn order_want(&self) -> Option<Want> {
        self.taken.map(|taken| Want::record::<PurchaseOrder>(taken.purchase_order))
    }

    /// Where it is, as far as the rights of a client's people go: at the shift's place. While its project is not
    /// shared, it is nowhere: for them there is no such request.
    pub fn place(&self) -> Option<Place<'_>> {
        let place = Place::at(self.client, Some(self.project), std::slice::from_ref(&self.site));
        self.shared.then_some(place)
    }
}
