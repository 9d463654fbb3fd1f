//! How other domains tell people of something, in the same commit as the thing itself.

use super::model::{Audience, Notice, Notification};
use super::rules;
use crate::access::Grant;
use crate::engine::{Proof, Run, Tx};

/// Writes a notification for each audience that the notice is for. The actor is not told of their own doing, and a
/// client of nothing in a project that it may not know of, until it may.
pub fn raise(tx: &mut Tx, grant: &Grant, notice: &Notice) -> Run<()> {
    for audience in rules::audiences(notice) {
        let notification = Notification {
            id: tx.new_id(),
            audience,
            notice: notice.clone(),
            actor: grant.actor(),
            created_at: tx.now(),
            read_by: Vec::new(),
            waits_for: notice.hidden_in().filter(|_| audience != Audience::Agency),
        };
        tx.put(grant, &notification)?;
    }
    Ok(())
}
