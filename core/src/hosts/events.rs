//! What happened to the host's ids.

use serde::Serialize;

use super::records::HostKind;
use crate::engine::{EventBody, Subject};
use crate::values::RecordId;

/// A record got another host id, or lost its own. The id itself is the host's affair and not told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct HostIdSet {
    pub kind: HostKind,
    pub id: RecordId,
}

impl EventBody for HostIdSet {
    fn name(&self) -> &'static str {
        "host_id_set"
    }

    fn subject(&self) -> Subject {
        Subject::new(self.kind.text(), self.id)
    }
}
