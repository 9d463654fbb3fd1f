//! Taking somebody out of a client: their own records, the client's count, their sessions.

use crate::access::{Access, Grant, Principal, PrincipalSide, replace_principal};
use crate::clients::model::Client;
use crate::engine::{Refusal, Run, Tx};
use crate::sessions::ending;
use crate::users::events::UserEvent;
use crate::users::model::{Membership, MembershipState, User};
use crate::values::UserId;

/// Removes somebody from a client at once. They keep their other clients, and their login.
///
/// Their user, principal, membership and sessions should be among what the operation prefetched.
pub fn leave(tx: &mut Tx, grant: &Grant, client: &mut Client, id: UserId) -> Run<()> {
    let mut user: User = tx.get(id)?;
    let mut principal: Principal = tx.get(id)?;
    let mut membership: Membership = tx.get(Membership::id(client.id, id))?;
    if membership.state == MembershipState::Ended {
        return Err(Refusal::not_found().into());
    }
    membership.state = MembershipState::Ended;
    tx.put(grant, &membership)?;
    client.remove_person();
    tx.put(grant, client)?;
    if let PrincipalSide::User { clients } = &mut principal.side {
        clients.retain(|one| one.client != client.id);
        // An invitation to nowhere is none.
        if clients.is_empty() && principal.access == Access::Invited {
            user.link = None;
            tx.put(grant, &user)?;
        }
    }
    replace_principal(tx, grant, &principal)?;
    ending::end_all(tx, grant, id)?;
    tx.emit(grant, &UserEvent::RemovedFromClient { user: id, client: client.id })
}
