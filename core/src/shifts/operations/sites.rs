//! Moving a shift to another site of its client.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Permission, Scope, authorize};
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::projects::carrying::place;
use crate::projects::model::Project;
use crate::shifts::apply;
use crate::shifts::events::ShiftChange;
use crate::shifts::model::Shift;
use crate::shifts::rules;
use crate::shifts::views::{self, AgencyShiftView};
use crate::values::{ShiftId, SiteId};

/// Moves a shift to another site of its client. The clock on the wall stays as it was: in another zone that is another
/// time. Confirmed workers are asked again.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSite {
    pub shift: ShiftId,
    /// The revision that was read; another one now is refused.
    pub revision: u32,
    pub site: SiteId,
}

impl Operation for ChangeSite {
    const NAME: &'static str = "shifts.change_site";
    const EFFECT: Effect = Effect::Command;
    type Reply = AgencyShiftView;

    fn run(&self, tx: &mut Tx) -> Run<AgencyShiftView> {
        tx.prefetch([Want::record::<Shift>(self.shift)])?;
        let grant = authorize(tx, Permission::PlanShifts, Scope::Agency)?;
        let mut shift: Shift = tx.get(self.shift)?;
        rules::may_cancel(&shift, tx.now())?;
        rules::expected(&shift, Some(self.revision))?;
        // A shift of nobody's is at a place of its own.
        let of_client = shift.client.ok_or_else(|| Refusal::new(Code::SiteUnknown).at("site"))?;
        let client = Want::record::<Client>(of_client);
        tx.prefetch(Project::joining(shift.project, self.site).into_iter().chain([client]))?;
        let client: Client = tx.get(of_client)?;
        let site = client.site(self.site).ok_or_else(|| Refusal::new(Code::SiteUnknown).at("site"))?;
        if shift.site == site.id {
            return Ok(views::agency_shift(&grant, shift, tx.now()));
        }
        let span = rules::span(&site.zone, shift.local_start, shift.local_end, shift.break_minutes)?;
        let mut project: Project = tx.get(shift.project)?;
        if !project.sites().contains(&site.id) {
            project.other_sites.push(site.id);
            tx.put(&grant, &project)?;
            // Who is limited to the new site finds the project there.
            place(tx, &grant, &project, site.id)?;
        }
        let old_site = shift.contact.clone().filter(|contact| {
            // What the order said stays; what the old site said does not.
            client.site(shift.site).and_then(|old| old.contact.as_ref()) != Some(contact)
        });
        shift.contact = old_site.or_else(|| site.contact.clone());
        shift.site = site.id;
        shift.site_name = site.name.clone();
        shift.site_address.clone_from(&site.address);
        shift.zone = site.zone.clone();
        if span == shift.span() {
            let held = apply::held(&shift);
            apply::ask_again(tx, &grant, &mut shift, held.iter())?;
        } else {
            rules::may_move(&shift, span, tx.now())?;
            apply::reschedule(tx, &grant, &mut shift, span)?;
        }
        apply::write(tx, &grant, &mut shift, ShiftChange::SiteChanged)?;
        Ok(views::agency_shift(&grant, shift, tx.now()))
    }
}
