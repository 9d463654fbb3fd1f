//! Making a link: its record and its secret; and what the links that show a project have in common.

use super::model::{Link, LinkTarget};
use crate::access::{Grant, LinkToken, Permission, Scope, authorize};
use crate::clients::model::{AccessStatus, Client};
use crate::codes::Code;
use crate::engine::{Proof, Refusal, Run, Tx, Want};
use crate::projects::model::Project;
use crate::values::{Instant, LinkId, ProjectId};

/// A link shows a project for this long at most.
const DAYS_MOST: u32 = 365;

/// A new link with its secret: good as often as wanted, without a passcode. The caller says what is otherwise, and
/// writes it.
pub fn make(
    tx: &mut Tx,
    grant: &Grant,
    client: &Client,
    target: LinkTarget,
    expires_at: Instant,
) -> (Link, LinkToken) {
    let id: LinkId = tx.new_id();
    let word = match target {
        LinkTarget::Client { .. } | LinkTarget::User { .. } => "invitation",
        LinkTarget::Project { .. } => "share",
        LinkTarget::Public { .. } => "public",
    };
    let secret = tx.secret_bytes(&format!("{word}/{id}"));
    let token = LinkToken::new(target.purpose(), tx.context().agency, id, &secret);
    let link = Link {
        id,
        target,
        secret: token.hash(),
        made_by: grant.actor(),
        epoch: client.access_epoch,
        share_epoch: 0,
        created_at: tx.now(),
        expires_at,
        send_now: false,
        uses: None,
        used: 0,
        last_used_at: None,
        last_source: None,
        passcode: None,
        wrong_passcodes: 0,
        ended: None,
        erased: false,
    };
    (link, token)
}

/// A project that may be shown by a link now, and its client.
pub fn shown(tx: &mut Tx, id: ProjectId) -> Run<(Grant, Project, Client)> {
    tx.prefetch([Want::record::<Project>(id)])?;
    let grant = authorize(tx, Permission::ShareLinks, Scope::Agency)?;
    let project: Project = tx.get(id)?;
    let not_shared = || Refusal::new(Code::ProjectNotShared).at("project");
    let client: Client = tx.get(project.seen_by().ok_or_else(not_shared)?)?;
    if client.access == AccessStatus::Deactivated {
        return Err(Refusal::new(Code::AccessEnded).into());
    }
    Ok((grant, project, client))
}

/// When a link ends that shows a project for so many days from now on.
pub fn ends_after(tx: &Tx, days: u32) -> Result<Instant, Refusal> {
    let days = within(days, DAYS_MOST, "expires_in_days")?;
    Ok(tx.now().plus_minutes(i64::from(days) * 24 * 60)?)
}

pub fn within(number: u32, most: u32, path: &str) -> Result<u32, Refusal> {
    if (1..=most).contains(&number) {
        return Ok(number);
    }
    Err(Refusal::new(Code::OutOfRange).at(path).with("expected", format!("1 to {most}")))
}
