//! Who may write for whom, who reads what, and whose message it is. No Tx.

use super::model::{Author, MOST_MESSAGES, Message, MessageAudience, Thread};
use crate::codes::Code;
use crate::engine::{Actor, Refusal};

/// The author that an actor is, if it is one who can write.
pub const fn author(actor: Actor) -> Option<Author> {
    match actor {
        Actor::Operator => Some(Author::Operator),
        Actor::Member { id } => Some(Author::Member { id }),
        Actor::User { id } => Some(Author::User { id, by: None }),
        Actor::Impersonated { user, by, .. } => Some(Author::User { id: user, by: Some(by) }),
        Actor::Preview { .. } | Actor::Holder { .. } | Actor::Guest => None,
    }
}

/// Nobody writes what the own side does not read.
pub fn may_address(author: Author, audience: MessageAudience) -> Result<(), Refusal> {
    let fits = match audience {
        MessageAudience::Both => true,
        MessageAudience::Agency => !author.is_client(),
        MessageAudience::Client => author.is_client(),
    };
    if fits {
        return Ok(());
    }
    let own = if author.is_client() { "`client`" } else { "`agency`" };
    Err(Refusal::new(Code::NotOneOf).at("audience").with("expected", format!("`both` or {own}")))
}

/// Takes the next numbers of the thread: one for each side that reads the message.
pub fn number(thread: &mut Thread, audience: MessageAudience) -> Result<(Option<u32>, Option<u32>), Refusal> {
    let next = |count: &mut u32, reads: bool| {
        if !reads {
            return Ok(None);
        }
        if *count >= MOST_MESSAGES {
            return Err(Refusal::new(Code::ThreadFull).with("expected", MOST_MESSAGES));
        }
        *count += 1;
        Ok(Some(*count))
    };
    let agency = next(&mut thread.for_agency, audience != MessageAudience::Client)?;
    let client = next(&mut thread.for_client, audience != MessageAudience::Agency)?;
    Ok((agency, client))
}

/// Whether a message waits to be read by this person: it stands, and somebody else wrote it.
pub fn is_unread_by(message: &Message, reader: Option<Author>) -> bool {
    let same = match (message.author, reader) {
        (Author::User { id: one, .. }, Some(Author::User { id: other, .. })) => one == other,
        (one, Some(other)) => one == other,
        (_, None) => false,
    };
    message.withdrawn_at.is_none() && !same
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::values::{MemberId, ProjectId, UserId};

    #[test]
    fn c15_each_side_writes_to_both_or_to_itself() {
        let member = Author::Member { id: MemberId::new(Uuid::from_u128(1)) };
        let user = Author::User { id: UserId::new(Uuid::from_u128(2)), by: None };
        for (author, both, agency, client) in
            [(member, true, true, false), (Author::Operator, true, true, false), (user, true, false, true)]
        {
            let may = |audience| may_address(author, audience).is_ok();
            let found = [MessageAudience::Both, MessageAudience::Agency, MessageAudience::Client].map(may);
            assert_eq!(found, [both, agency, client], "{author:?}");
        }
    }

    #[test]
    fn c15_each_side_counts_what_it_reads_without_a_gap() {
        let mut thread = Thread::of(ProjectId::new(Uuid::from_u128(1)));
        let mut next = |audience| number(&mut thread, audience).unwrap();
        assert_eq!(next(MessageAudience::Both), (Some(1), Some(1)));
        assert_eq!(next(MessageAudience::Agency), (Some(2), None));
        assert_eq!(next(MessageAudience::Client), (None, Some(2)));
        assert_eq!(next(MessageAudience::Both), (Some(3), Some(3)));
        let mut full = Thread { for_client: MOST_MESSAGES, ..thread };
        assert_eq!(number(&mut full, MessageAudience::Both).unwrap_err().code, Code::ThreadFull);
        assert_eq!(number(&mut full, MessageAudience::Agency), Ok((Some(4), None)));
    }
}
