//! A roll call as the client sees it, and a worker's papers as the agency keeps them.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Certificate, CertificateKind, WorkerPapers};
use super::rules::{self, Validity};
use crate::access::Grant;
use crate::privacy::{Fact, Facts, Shown};
use crate::shifts::model::{Booking, Position, Role, Shift};
use crate::shifts::views::sees_team;
use crate::values::{
    CertificateId, ClientId, Day, Instant, PositionId, ProjectId, ShiftId, SiteId, Text, WorkerId,
};

/// A paper as clients see it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RollCallCertificate {
    pub kind: CertificateKind,
    pub name: Text<120>,
    /// On the day that it is at the site.
    pub validity: Validity,
    pub valid_to: Option<Day>,
}

/// Somebody who is on site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RollCallEntry {
    /// Null while the team is not shared with the reader.
    pub name: Option<Text<120>>,
    pub since: Instant,
    pub shift: ShiftId,
    pub project: ProjectId,
    pub position: PositionId,
    pub skill_name: Text<120>,
    pub role: Role,
    /// Until when the shift goes.
    pub ends_at: Instant,
    pub certificates: Vec<RollCallCertificate>,
}

/// Who is on site, newest first.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RollCallView {
    pub site: SiteId,
    pub site_name: Text<120>,
    pub at: Instant,
    pub on_site: Vec<RollCallEntry>,
    /// Where the list goes on; null at its end.
    pub next: Option<String>,
}

/// Somebody on site as the client sees them: named as far as the team is shared. Whom it shows is noted in `shown`.
pub fn entry(
    grant: &Grant,
    shift: &Shift,
    position: &Position,
    booking: &Booking,
    papers: &WorkerPapers,
    today: NaiveDate,
    shown: &mut Shown,
) -> Option<RollCallEntry> {
    let since = booking.arrival?.at;
    let certificates =
        papers.certificates.iter().filter(|paper| shift.client.is_some_and(|of| rules::is_for(paper, of)));
    let view = |paper: &Certificate| RollCallCertificate {
        kind: paper.kind,
        name: paper.name.clone(),
        validity: rules::validity(paper, today),
        valid_to: paper.valid_to,
    };
    let certificates: Vec<RollCallCertificate> = certificates.map(view).collect();
    let name = sees_team(grant, &shift.state()).then(|| booking.name.clone());
    let facts = Facts::of(Fact::OnSite).and(Fact::TeamName, name.is_some());
    shown.worker(booking.worker, facts.and(Fact::Paper, !certificates.is_empty()));
    Some(RollCallEntry {
        name,
        since,
        shift: shift.id,
        project: shift.project,
        position: position.id,
        skill_name: position.skill_name.clone(),
        role: position.role,
        ends_at: shift.ends_at,
        certificates,
    })
}

/// A paper of a worker, for the agency.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CertificateView {
    pub id: CertificateId,
    pub kind: CertificateKind,
    pub name: Text<120>,
    pub valid_from: Option<Day>,
    /// The last day on which it is valid.
    pub valid_to: Option<Day>,
    pub reference: Option<Text<500>>,
    pub visible_to_clients: bool,
    /// The client at which it holds; null if it holds everywhere.
    pub client: Option<ClientId>,
}

/// All papers of a worker.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CertificatesView {
    pub worker: WorkerId,
    pub certificates: Vec<CertificateView>,
}

pub fn certificates(_: &Grant, papers: &WorkerPapers) -> CertificatesView {
    let view = |paper: &Certificate| CertificateView {
        id: paper.id,
        kind: paper.kind,
        name: paper.name.clone(),
        valid_from: paper.valid_from,
        valid_to: paper.valid_to,
        reference: paper.reference.clone(),
        visible_to_clients: paper.visible_to_clients,
        client: paper.client,
    };
    CertificatesView { worker: papers.worker, certificates: papers.certificates.iter().map(view).collect() }
}
