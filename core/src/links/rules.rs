//! What a link is at a moment, and whether it opens: decisions over records alone.

use super::model::{EndReason, Link, LinkTarget};
use crate::access::{Access, Principal, PrincipalSide};
use crate::clients::model::{AccessStatus, Client};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::projects::model::Project;
use crate::users::model::User;
use crate::values::{Instant, Source};

/// After this many wrong passcodes a link ends.
pub const WRONG_PASSCODES_MOST: u32 = 10;
/// Where a link was used from is personal data: it is shown for this long.
const SOURCE_DAYS: i64 = 90;

/// What became of a link.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Debug,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LinkStatus {
    /// It opens.
    Live,
    /// All its uses are spent.
    Used,
    /// A newer one was made in its place.
    Superseded,
    /// Its time is over.
    Expired,
    /// It was ended: by somebody, with the access that it led to, or by too many wrong passcodes.
    Ended,
}

/// What decides beside the link itself.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    pub client: &'a Client,
    /// The invited person and what they may do, for a link that is one person's.
    pub user: Option<(&'a User, &'a Principal)>,
    /// The project, for a link that shows one.
    pub project: Option<&'a Project>,
    pub now: Instant,
}

/// What a link is now. From its end instant on it is expired.
pub fn status(link: &Link, standing: &Standing) -> LinkStatus {
    if link.is_used_up() {
        return LinkStatus::Used;
    }
    if let Some(end) = link.ended {
        return match end.reason {
            EndReason::Superseded => LinkStatus::Superseded,
            EndReason::Withdrawn | EndReason::Guessed => LinkStatus::Ended,
        };
    }
    if standing.now >= link.expires_at {
        return LinkStatus::Expired;
    }
    if leads_somewhere(link, standing) { LinkStatus::Live } else { LinkStatus::Ended }
}

/// Whether the project that a link shows was taken back from its client since, or from the public: then there is no
/// such link.
pub fn taken_back(link: &Link, project: Option<&Project>) -> bool {
    if link.target.project().is_none() {
        return false;
    }
    let needs_public = matches!(link.target, LinkTarget::Public { .. });
    let is_as_then = |project: &Project| {
        project.seen_by() == Some(link.target.client())
            && project.share_epoch == link.share_epoch
            && (project.sharing.public || !needs_public)
    };
    !project.is_some_and(is_as_then)
}

/// Whether what a link was made for is still as it was: the one live invitation, the address, the access.
fn leads_somewhere(link: &Link, standing: &Standing) -> bool {
    if standing.client.access == AccessStatus::Deactivated || standing.client.access_epoch != link.epoch {
        return false;
    }
    match (&link.target, standing.user) {
        (LinkTarget::Client { .. }, _) => standing.client.link == Some(link.id),
        (LinkTarget::User { client, email, .. }, Some((user, principal))) => {
            let belongs = matches!(&principal.side, PrincipalSide::User { clients }
                if clients.iter().any(|one| one.client == *client));
            belongs
                && user.link == Some(link.id)
                && user.email.folded() == email.folded()
                && principal.access == Access::Invited
        }
        (LinkTarget::User { .. }, None) => false,
        (LinkTarget::Project { .. } | LinkTarget::Public { .. }, _) => !taken_back(link, standing.project),
    }
}

/// Whether a link whose secret was shown opens anything.
///
/// Its holder may be told what became of it: they have shown the whole secret. Everybody else hears `link_invalid`
/// alone, before this is asked. Who has guessed at passcodes hears no more than that either.
pub fn may_use(link: &Link, standing: &Standing, maker_may: bool) -> Result<(), Refusal> {
    let guessed = link.ended.is_some_and(|end| end.reason == EndReason::Guessed);
    let code = match status(link, standing) {
        LinkStatus::Live if maker_may => return Ok(()),
        LinkStatus::Used => Code::LinkUsed,
        LinkStatus::Expired => Code::LinkExpired,
        LinkStatus::Superseded => Code::LinkSuperseded,
        LinkStatus::Ended if !guessed => Code::LinkSuperseded,
        // Somebody who has lost the right to make links leaves none behind.
        LinkStatus::Live | LinkStatus::Ended => Code::LinkInvalid,
    };
    Err(Refusal::new(code))
}

/// Where a link was last used from, as long as that may be known.
pub fn source_shown(link: &Link, now: Instant) -> Option<&Source> {
    let used = link.last_used_at?;
    let ends = used.plus_minutes(SOURCE_DAYS * 24 * 60).ok()?;
    if now < ends { link.last_source.as_ref() } else { None }
}

/// How often a link can still be used; none if it has no such limit.
pub fn uses_left(link: &Link, status: LinkStatus) -> Option<u32> {
    let left = link.uses.map(|uses| uses.saturating_sub(link.used));
    if status == LinkStatus::Live { left } else { Some(0) }
}
