//! Lists as filters: what somebody would be shown, said before anything is listed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asking;
use crate::access::Permission;
use crate::decisions::questions::AccessSubject;
use crate::decisions::views::{self, VisibleView};
use crate::engine::{Effect, Operation, Run, Tx};

/// What is listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VisibleKind {
    Shifts,
    Projects,
    Mandates,
    /// Selections of staff.
    Selections,
    /// Messages of projects.
    Messages,
    /// Who is on site.
    Attendance,
}

/// What of a kind somebody may see, as a filter over client, project and site: the same decision as `access.can`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessVisible {
    /// Whom it is about; without it, whoever asks. Asking about others takes the right to manage them.
    #[serde(default)]
    pub subject: Option<AccessSubject>,
    pub kind: VisibleKind,
}

impl Operation for AccessVisible {
    const NAME: &'static str = "access.visible";
    const EFFECT: Effect = Effect::Query;
    type Reply = VisibleView;

    fn run(&self, tx: &mut Tx) -> Run<VisibleView> {
        tx.prefetch(asking::wants(self.subject))?;
        let (grant, subject) = asking::subject(tx, self.subject)?;
        let (permission, own) = match self.kind {
            VisibleKind::Shifts | VisibleKind::Projects => (Permission::ViewShifts, false),
            VisibleKind::Mandates => (Permission::ViewOrders, true),
            VisibleKind::Selections => (Permission::SelectStaff, false),
            VisibleKind::Messages => (Permission::ReadMessages, false),
            VisibleKind::Attendance => (Permission::ViewAttendance, false),
        };
        Ok(views::visible(&grant, &subject, permission, own))
    }
}
