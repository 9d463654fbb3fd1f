//! The roll call of a site, and keeping workers' papers.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::events::PaperEvent;
use super::model::{Certificate, CertificateKind, MOST_CERTIFICATES, WorkerPapers};
use super::rules;
use super::views::{self, CertificatesView, RollCallView};
use crate::access::{
    Grant, Page, PageRequest, Permission, Place, Reach, Scope, authorize, page_of, page_of_union,
    prefetch_page,
};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::privacy::{Shown, log};
use crate::projects::model::ProjectPlace;
use crate::shifts::model::{OnSite, Shift, Worker};
use crate::shifts::rules::{booking_in, is_on_site};
use crate::values::{Bounded, CertificateId, ClientId, Day, SiteId, Text, WorkerId};
use crate::visibility::client_grant;

/// Who is on site now at one of the client's own sites: since when, in which shift and role, with the papers that are
/// marked for clients. Names are there as far as the team is shared.
///
/// Who is limited to projects sees those who are there for these. Who was never checked out counts until twelve hours
/// after the end; a page may be shorter than its limit by those who counted longer.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RollCall {
    pub client: ClientId,
    pub site: SiteId,
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for RollCall {
    const NAME: &'static str = "attendance.on_site";
    const EFFECT: Effect = Effect::Query;
    type Reply = RollCallView;

    fn run(&self, tx: &mut Tx) -> Run<RollCallView> {
        let whole = newest("by_site", vec![self.site.to_string()]);
        let others = [Want::record::<Client>(self.client)].into_iter().chain(log::want(tx));
        prefetch_page::<OnSite>(tx, &self.page, &whole, others)?;
        let grant = client_grant(tx, Permission::ViewAttendance, Some(Place::client(self.client)))?;
        let client: Client = tx.get(self.client)?;
        let site = client.site(self.site).ok_or_else(Refusal::not_found)?;
        let found = self.found(tx, &grant, whole)?;
        let now = tx.now();
        let today = site.zone.wall_times(&[now]).map_err(Refusal::from)?;
        let today = today.first().map(|wall| wall.date()).ok_or_else(Refusal::not_found)?;
        let shifts: BTreeSet<_> = found.items.iter().map(|one| one.shift).collect();
        let papers = found.items.iter().map(|one| Want::record::<WorkerPapers>(one.worker));
        tx.prefetch(shifts.iter().map(Want::record::<Shift>).chain(papers))?;
        let (mut on_site, mut shown) = (Vec::with_capacity(found.items.len()), Shown::default());
        for one in &found.items {
            let shift: Shift = tx.get(one.shift)?;
            let (position, _) = booking_in(&shift, one.booking)?;
            let position = shift.positions.iter().find(|each| each.id == position);
            let booking = shift.bookings().find(|each| each.id == one.booking);
            let Some((position, booking)) = position.zip(booking) else { continue };
            let is_seen = shift.place().is_some_and(|at| at.client == client.id && grant.reaches(&at));
            if is_seen && is_on_site(booking.state, shift.ends_at, now) {
                let papers: Option<WorkerPapers> = tx.find(one.worker)?;
                let papers = papers.unwrap_or_else(|| WorkerPapers::of(one.worker));
                on_site.extend(views::entry(&grant, &shift, position, booking, &papers, today, &mut shown));
            }
        }
        log::disclose(tx, &grant, Self::NAME, shown)?;
        let (site, site_name) = (site.id, site.name.clone());
        Ok(RollCallView { site, site_name, at: now, on_site, next: found.next })
    }
}

impl RollCall {
    fn found(&self, tx: &mut Tx, grant: &Grant, whole: Want) -> Run<Page<OnSite>> {
        let limited = match grant.reach() {
            Reach::Selected(selection) if !selection.sites.contains(&self.site) => selection,
            _ => return page_of(tx, &self.page, whole, |one: OnSite| one),
        };
        // Asked for here and waited for below, so that both come in one round.
        let places = limited.projects.iter().map(|id| ProjectPlace::id(self.site.uuid(), *id));
        let _ = tx.prefetch(places.clone().map(Want::record::<ProjectPlace>));
        let keys = |project: String| vec![project, self.site.to_string()];
        let wants = limited.projects.iter().map(|id| newest("by_project_site", keys(id.to_string())));
        let found = page_of_union(tx, &self.page, wants.collect(), |one: OnSite| one)?;
        // A site that none of the projects is at is not there.
        for place in places {
            let place: Option<ProjectPlace> = tx.find(place)?;
            if place.is_some_and(|place| place.shared) {
                return Ok(found);
            }
        }
        Err(Refusal::not_found().into())
    }
}

fn newest(index: &'static str, keys: Vec<String>) -> Want {
    Want::range::<OnSite>(index, keys.into_iter().map(Into::into).collect(), 0).newest_first()
}

/// Sets a certificate or an induction of a worker: a new one, or in place of the one with this id.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetCertificate {
    pub worker: WorkerId,
    /// Which one is changed; without it, one is added.
    #[serde(default)]
    pub certificate: Option<CertificateId>,
    pub kind: CertificateKind,
    pub name: Text<120>,
    #[serde(default)]
    pub valid_from: Option<Day>,
    /// The last day on which it is valid.
    #[serde(default)]
    pub valid_to: Option<Day>,
    /// By what the host finds the paper. Clients never see it.
    #[serde(default)]
    pub reference: Option<Text<500>>,
    /// Whether clients see it on a roll call.
    #[serde(default)]
    pub visible_to_clients: bool,
    /// The client at which it holds, as an induction does; without one, it holds everywhere.
    #[serde(default)]
    pub client: Option<ClientId>,
}

impl Operation for SetCertificate {
    const NAME: &'static str = "workers.set_certificate";
    const EFFECT: Effect = Effect::Command;
    type Reply = CertificatesView;

    fn run(&self, tx: &mut Tx) -> Run<CertificatesView> {
        let client = self.client.map(Want::record::<Client>);
        let records = [Want::record::<Worker>(self.worker), Want::record::<WorkerPapers>(self.worker)];
        tx.prefetch(records.into_iter().chain(client))?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let worker: Worker = tx.get(self.worker)?;
        if let Some(client) = self.client {
            tx.get::<Client>(client)?;
        }
        let found: Option<WorkerPapers> = tx.find(worker.id)?;
        let mut papers = found.unwrap_or_else(|| WorkerPapers::of(worker.id));
        let id = match self.certificate {
            Some(id) => id,
            None => tx.new_id(),
        };
        let certificate = Certificate {
            id,
            kind: self.kind,
            name: self.name.clone(),
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            reference: self.reference.clone(),
            visible_to_clients: self.visible_to_clients,
            client: self.client,
        };
        rules::check_days(&certificate)?;
        let mut list = papers.certificates.into_vec();
        match (list.iter_mut().find(|paper| paper.id == id), self.certificate) {
            (Some(old), _) => *old = certificate,
            (None, Some(_)) => return Err(Refusal::not_found().into()),
            (None, None) => list.push(certificate),
        }
        papers.certificates = Bounded::new(list)
            .map_err(|_| Refusal::new(Code::TooMany).at("worker").with("expected", MOST_CERTIFICATES))?;
        tx.put(&grant, &papers)?;
        let visible_to_clients = self.visible_to_clients;
        tx.emit(&grant, &PaperEvent::Set { worker: worker.id, certificate: id, visible_to_clients })?;
        Ok(views::certificates(&grant, &papers))
    }
}

/// Removes a certificate or an induction of a worker.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveCertificate {
    pub worker: WorkerId,
    pub certificate: CertificateId,
}

impl Operation for RemoveCertificate {
    const NAME: &'static str = "workers.remove_certificate";
    const EFFECT: Effect = Effect::Command;
    type Reply = CertificatesView;

    fn run(&self, tx: &mut Tx) -> Run<CertificatesView> {
        tx.prefetch([Want::record::<WorkerPapers>(self.worker)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut papers: WorkerPapers = tx.get(self.worker)?;
        let mut list = papers.certificates.into_vec();
        let place = list.iter().position(|paper| paper.id == self.certificate);
        list.remove(place.ok_or_else(Refusal::not_found)?);
        papers.certificates = Bounded::new(list).map_err(Refusal::from)?;
        tx.put(&grant, &papers)?;
        tx.emit(&grant, &PaperEvent::Removed { worker: self.worker, certificate: self.certificate })?;
        Ok(views::certificates(&grant, &papers))
    }
}

/// The certificates and inductions of a worker. For the agency.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListCertificates {
    pub worker: WorkerId,
}

impl Operation for ListCertificates {
    const NAME: &'static str = "workers.certificates";
    const EFFECT: Effect = Effect::Query;
    type Reply = CertificatesView;

    fn run(&self, tx: &mut Tx) -> Run<CertificatesView> {
        tx.prefetch([Want::record::<Worker>(self.worker), Want::record::<WorkerPapers>(self.worker)])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let worker: Worker = tx.get(self.worker)?;
        let found: Option<WorkerPapers> = tx.find(worker.id)?;
        let papers = found.unwrap_or_else(|| WorkerPapers::of(worker.id));
        Ok(views::certificates(&grant, &papers))
    }
}
