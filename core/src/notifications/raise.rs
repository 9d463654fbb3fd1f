//! How other domains tell people of something, in the same commit as the thing itself.

use super::model::{Notice, Notification};
use super::rules;
use crate::access::Grant;
use crate::engine::{Proof, Run, Tx};

/// Writes a notification for each audience that the notice is for. The actor is not told of their own doing.
pub fn raise(tx: &mut Tx, grant: &Grant, notice: &Notice) -> Run<()> {
    for audience in rules::audiences(notice) {
        let notification = Notification {
            id: tx.new_id(),
            audience,
            notice: notice.clone(),
            actor: grant.actor(),
            created_at: tx.now(),
            read_by: Vec::new(),
        };
        tx.put(grant, &notification)?;
    }
    Ok(())
}
