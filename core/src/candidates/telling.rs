//! Telling a client's people of what the agency did, where whoever did it chose so.

use super::model::{Candidate, Job};
use super::rules;
use crate::access::Grant;
use crate::clients::model::Client;
use crate::engine::{Run, Tx, Want};
use crate::notifications::model::AboutCandidate;
use crate::notifications::{Notice, raise};

/// What is needed to tell anybody.
pub(super) fn wants(candidate: &Candidate) -> [Want; 2] {
    [Want::record::<Job>(candidate.job), Want::record::<Client>(candidate.client)]
}

/// Raises the notice, if that was chosen. A choice to tell clients of what they do not see is refused.
pub(super) fn tell(
    tx: &mut Tx,
    grant: &Grant,
    candidate: &Candidate,
    (chosen, visible): (bool, bool),
    notice: fn(AboutCandidate) -> Notice,
) -> Run<()> {
    if !chosen {
        return Ok(());
    }
    rules::may_tell(candidate.is_shown() && visible)?;
    say(tx, grant, candidate, notice)
}

/// Raises the notice.
pub(super) fn say(
    tx: &mut Tx,
    grant: &Grant,
    candidate: &Candidate,
    notice: fn(AboutCandidate) -> Notice,
) -> Run<()> {
    tx.prefetch(wants(candidate))?;
    let (job, client): (Job, Client) = (tx.get(candidate.job)?, tx.get(candidate.client)?);
    raise(tx, grant, &notice(AboutCandidate::of(&client, &job, candidate.id)))
}
